import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {remembering, sharing} from '../../src/view/sharing.ts';

const copy = <T>(value: T): T => structuredClone(value);
// As states of the monitor are made: without `undefined`, which JSON would drop, and without holes.
const values = fc.letrec(tie => ({
  value: fc.oneof(
    {maxDepth: 4},
    fc.constantFrom(null, true, 0, -0, Number.NaN, 1, 'a', 'b'),
    fc.array(tie('value'), {maxLength: 4}),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), {noNullPrototype: true}),
    fc.array(fc.tuple(fc.constantFrom('x', 'y'), tie('value')), {maxLength: 3}).map(entries => new Map(entries)),
  ),
})).value;

describe('sharing', () => {
  it('gives back the very object that says the same', () => {
    fc.assert(
      fc.property(values, value => {
        expect(sharing(value, copy(value))).toBe(value);
      }),
    );
  });
  it('says what the next value says, whatever was before', () => {
    fc.assert(
      fc.property(values, values, (before, next) => {
        expect(sharing(before, copy(next))).toEqual(next);
      }),
    );
  });
  it('keeps every part that stayed, and makes anew what lies around a change', () => {
    const before = {
      accounts: [
        {key: 'a', used: 1},
        {key: 'b', used: 2},
      ],
      size: {columns: 80},
    };
    const next = sharing(before, {
      accounts: [
        {key: 'a', used: 1},
        {key: 'b', used: 3},
      ],
      size: {columns: 80},
    });
    expect(next).toEqual({
      accounts: [
        {key: 'a', used: 1},
        {key: 'b', used: 3},
      ],
      size: {columns: 80},
    });
    expect(next.accounts[0]).toBe(before.accounts[0]);
    expect(next.size).toBe(before.size);
    expect(next.accounts).not.toBe(before.accounts);
  });
  it('tells a missing part from one that is undefined, and a shorter list from a longer one', () => {
    const before = {a: undefined};
    expect(sharing<object>(before, {b: undefined})).not.toBe(before);
    const list = [1, 2];
    expect(sharing(list, [1])).toEqual([1]);
    expect(sharing(list, [1, 2, 3])).toEqual([1, 2, 3]);
  });
  it('takes functions and objects of a class as they are', () => {
    const [one, other] = [new Date(0), new Date(0)];
    expect(sharing({at: one}, {at: other}).at).toBe(other);
  });
});

describe('remembering', () => {
  it('answers with the same object until it is asked with something else', () => {
    let made = 0;
    const answer = remembering((a: number, b: {n: number}) => ({sum: a + b.n, made: ++made}));
    const b = {n: 2};
    const first = answer(1, b);
    expect(answer(1, b)).toBe(first);
    expect(answer(1, {n: 2})).toEqual({sum: 3, made: 2});
    expect(answer(2, b)).toEqual({sum: 4, made: 3});
  });
});
