import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {isTooDeep, pathText, segmentsOf, valueAt} from '../../../src/core/custom/path.ts';

describe('a path into a body', () => {
  const body = {data: {limits: [{used: 7}], 'a-b_1': null}, 'odd.key': {x: 'y'}};

  it('is read key by key, and place by place', () => {
    expect(valueAt(body, 'data.limits[0].used')).toBe(7);
    expect(valueAt(body, 'data.a-b_1')).toBeNull();
    expect(valueAt(body, ['odd.key', 'x'])).toBe('y');
    expect(valueAt([[{a: 1}]], '[0][0].a')).toBe(1);
    expect(valueAt(body, [])).toBe(body);
  });

  it.each([
    'data.limits[1].used',
    'data.limits.length',
    'data.limits.0',
    'odd.key',
    'data[0]',
    'data.limits[0].used.x',
  ])('leads nowhere where nothing stands: %s', path => expect(valueAt(body, path)).toBeUndefined());

  it.each<string | string[]>([
    ...['', '.', 'a.', '.a', 'a..b', 'a[', 'a[x]', 'a[100]', 'a[-1]', 'a[*]', 'a b', '$.a', 'a[0]b', '__proto__'],
    ...['a.prototype.b', 'constructor', 'a.b.c.d.e.f.g.h.i'],
    ['a', '__proto__'],
    ['a', ''],
  ])('is none when it is spelled so: %j', path => {
    expect(segmentsOf(path)).toBeNull();
    expect(valueAt({a: {b: 1}}, path)).toBeUndefined();
  });

  it('never reaches what is not in the body, whatever both are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.oneof(fc.string(), fc.array(fc.string(), {maxLength: 9})), (any, path) => {
        const value = valueAt(any, path);
        expect(value === undefined || JSON.stringify(any).includes(JSON.stringify(value))).toBe(true);
      }),
    );
    for (const name of ['toString', 'hasOwnProperty', '__proto__', 'constructor'])
      expect(valueAt({}, name)).toBeUndefined();
  });

  it('is shown as it is written', () => {
    expect([pathText('a[0].b'), pathText(['odd.key', 'x'])]).toEqual(['a[0].b', 'odd.key.x']);
  });
});

it('a body may be 32 levels deep, and no more', () => {
  const nested = (levels: number): unknown =>
    levels === 0 ? 1 : levels % 2 ? [nested(levels - 1)] : {a: nested(levels - 1)};
  expect([32, 33, 5000].map(levels => isTooDeep(nested(levels)))).toEqual([false, true, true]);
});
