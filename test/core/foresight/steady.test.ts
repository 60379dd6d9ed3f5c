import {describe, expect, it} from 'vitest';
import {type Forecast, type Verdict, verdictOf} from '../../../src/core/foresight/forecast.ts';
import {steadyVerdict} from '../../../src/core/foresight/steady.ts';

const of = (probability: number | null, verdict?: Verdict): Forecast => ({
  verdict: verdict ?? verdictOf(probability ?? 0),
  probability,
  runOutAt: null,
  range: null,
  usedAtReset: null,
  usedRange: null,
});
const through = (...chances: number[]): Verdict[] => {
  let before: Verdict | null = null;
  return chances.map(chance => {
    before = steadyVerdict(before, of(chance));
    return before;
  });
};

describe('a verdict', () => {
  it('is entered upwards at its border', () => {
    expect(through(0.1, 0.25, 0.59, 0.6)).toEqual(['lasts', 'may-run-out', 'may-run-out', 'runs-out']);
  });
  it('is left downwards only 0.05 beyond it', () => {
    expect(through(0.6, 0.58, 0.56, 0.54, 0.58, 0.6)).toEqual([
      ...['runs-out', 'runs-out', 'runs-out', 'may-run-out', 'may-run-out', 'runs-out'],
    ]);
    expect(through(0.3, 0.24, 0.21, 0.19, 0.24)).toEqual([
      ...['may-run-out', 'may-run-out', 'may-run-out', 'lasts', 'lasts'],
    ]);
  });
  it('is as bad as the chance allows after a long fall', () => {
    expect(through(0.9, 0.22)).toEqual(['runs-out', 'may-run-out']);
    expect(through(0.9, 0.1)).toEqual(['runs-out', 'lasts']);
  });
  it('begins anew after a silence, and spent is spent', () => {
    expect(steadyVerdict('runs-out', of(null, 'too-early'))).toBe('too-early');
    expect(steadyVerdict('too-early', of(0.58))).toBe('may-run-out');
    expect(steadyVerdict('runs-out', of(1, 'spent'))).toBe('spent');
    expect(steadyVerdict('spent', of(0.1))).toBe('lasts');
  });
});
