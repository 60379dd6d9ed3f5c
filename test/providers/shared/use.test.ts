import fc from 'fast-check';
import {expect, it} from 'vitest';
import {fractionUse, percentUse, unlimitedUse} from '../../../src/providers/shared/use.ts';

it('figures come to a percentage, over the limit too', () => {
  expect(fractionUse(30, 40)).toEqual({state: 'known', usedPercent: 75, used: 30, limit: 40});
  expect(fractionUse(5.03, 5)).toMatchObject({usedPercent: 100.6});
  expect(fractionUse(0, 40)).toMatchObject({state: 'known', usedPercent: 0});
  expect(fractionUse(60, 40)).toMatchObject({state: 'known', usedPercent: 150});
});

it('without use, or without a limit that is one, nothing is known', () => {
  const pairs: [number | undefined, number | undefined][] = [
    [undefined, 40],
    [30, undefined],
    [30, 0],
    [30, -1],
    [-1, 40],
    [1e300, 1e-300],
  ];
  expect(pairs.map(([used, limit]) => fractionUse(used, limit).state)).toEqual(pairs.map(() => 'unknown'));
});

it('without a limit there may be a count, but none below zero', () => {
  expect([5, 0, -1, undefined].map(unlimitedUse)).toEqual([
    {state: 'unlimited', used: 5},
    {state: 'unlimited', used: 0},
    {state: 'unlimited'},
    {state: 'unlimited'},
  ]);
});

it('a percentage is a number that is not below zero', () => {
  expect([12.5, '12.5', 142.7, 0].map(value => percentUse(value))).toEqual(
    [12.5, 12.5, 142.7, 0].map(usedPercent => ({state: 'known', usedPercent})),
  );
  for (const value of [undefined, null, '', 'NaN', -1, true, {}, []]) expect(percentUse(value).state).toBe('unknown');
});

it('whatever figures come, a known use is finite', () => {
  const isSound = (used: number, limit: number) => {
    const use = fractionUse(used, limit);
    return (
      use.state === 'unknown' || (use.state === 'known' && Number.isFinite(use.usedPercent) && use.usedPercent >= 0)
    );
  };
  fc.assert(fc.property(fc.double(), fc.double(), isSound), {numRuns: 300});
});
