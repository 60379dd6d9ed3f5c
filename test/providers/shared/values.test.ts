import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
  difference,
  firstOf,
  isRecord,
  listOf,
  recordOf,
  titleCase,
  toEpochMs,
  toNumber,
  toText,
} from '../../../src/providers/shared/values.ts';

it('a difference is what it would be on paper, and none where a figure is missing or there is no number for it', () => {
  expect([difference(200, 137.61), difference(100, 99.9), difference(5, -0.03)]).toEqual([62.39, 0.1, 5.03]);
  expect([difference(1e300, 1), difference(1, 3)]).toEqual([1e300, -2]);
  expect([difference(undefined, 1), difference(1, undefined), difference(1.7e308, -1.7e308)]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

describe('toNumber', () => {
  it.each([
    [12, 12],
    [-0.5, -0.5],
    ['12', 12],
    [' 12.5 ', 12.5],
    ['-3', -3],
    ['+3', 3],
    ['.5', 0.5],
    ['0E-10', 0],
    ['36.79748725891113', 36.79748725891113],
  ])('reads %j', (value, number) => {
    expect(toNumber(value)).toBe(number);
  });

  it.each([
    {value: 'NaN'},
    {value: Number.NaN},
    {value: Number.POSITIVE_INFINITY},
    {value: 'Infinity'},
    {value: '1e999'},
    {value: ''},
    {value: ' '},
    {value: '0x10'},
    {value: '12%'},
    {value: '1,5'},
    {value: '1 2'},
    {value: true},
    {value: null},
    {value: undefined},
    {value: [12]},
    {value: {}},
    {value: 12n},
  ])('makes nothing of $value', ({value}) => {
    expect(toNumber(value)).toBeUndefined();
  });

  it('is a finite number or nothing for anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        const number = toNumber(value);
        expect(number === undefined || Number.isFinite(number)).toBe(true);
      }),
    );
  });
});

describe('toEpochMs', () => {
  const at = Date.UTC(2026, 8, 1, 22, 0, 0);
  it.each([
    [at],
    [at / 1000],
    [String(at)],
    [String(at / 1000)],
    ['2026-09-01T22:00:00Z'],
    ['2026-09-01t22:00:00z'],
    ['2026-09-01T22:00Z'],
    ['2026-09-01T22:00:00'],
    ['2026-09-01 22:00:00'],
    [' 2026-09-01T22:00:00.000Z '],
    ['2026-09-01T22:00:00.000999+00:00'],
    ['2026-09-01T22:00:00.000123456Z'],
    ['2026-09-02T06:00:00+08:00'],
    ['2026-09-02T06:00:00+0800'],
    ['2026-09-02 06:00:00 +0800'],
  ])('reads %j as the same moment', value => {
    expect(toEpochMs(value)).toBe(at);
  });

  it('takes a date alone for midnight UTC and keeps milliseconds', () => {
    expect(toEpochMs('2026-09-01')).toBe(Date.UTC(2026, 8, 1));
    expect(toEpochMs('2026-09-01T22:00:00.25Z')).toBe(at + 250);
  });

  it.each([
    0,
    -1,
    '0',
    '',
    ' ',
    'soon',
    'tomorrow 2026-09-01',
    '2026-13-01',
    '2026-09-01Tx',
    '2026-09-01 (x)',
    null,
    true,
    Number.NaN,
    1e300,
    '9e15',
  ])('is not told by %j', value => {
    expect(toEpochMs(value)).toBeNull();
  });

  it('is a moment that a date can stand for, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.string(), fc.anything()), value => {
        const ms = toEpochMs(value);
        expect(ms === null || (ms > 0 && !Number.isNaN(new Date(ms).getTime()))).toBe(true);
      }),
    );
  });
});

it('toText trims, and takes blank for nothing', () => {
  expect([' a ', '', ' \n', 5, null, {}].map(toText)).toEqual([
    'a',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('firstOf takes the first field that makes sense', () => {
  expect(firstOf({a: 'x', b: '2', c: 3}, ['missing', 'a', 'b', 'c'], toNumber)).toBe(2);
  expect(firstOf({a: 'x'}, ['a'], toNumber)).toBeUndefined();
});

it('records and lists are told apart from everything else', () => {
  expect([{}, [], null, 'x', 5].map(isRecord)).toEqual([true, false, false, false, false]);
  expect([{a: 1}, [], null, 'x'].map(recordOf)).toEqual([{a: 1}, {}, {}, {}]);
  expect([{}, [1], null, 'x'].map(listOf)).toEqual([[], [1], [], []]);
});

it('titleCase begins every word with a capital', () => {
  expect(['plus', 'self_serve-business', ' GLM coding', '', '__'].map(titleCase)).toEqual([
    'Plus',
    'Self Serve Business',
    'GLM Coding',
    '',
    '',
  ]);
});
