import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Forecast, forecastAt} from '../../../src/core/foresight/forecast.ts';
import type {Sample} from '../../../src/core/foresight/samples.ts';
import {emptySeries, type Series, take} from '../../../src/core/foresight/series.ts';

process.env.TZ = 'UTC';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Wednesday at noon. */
const noon = Date.UTC(2026, 2, 4, 12);

const sample = (at: number, usedPercent: number | null, more: Partial<Sample> = {}): Sample => ({
  at,
  windowMs: 5 * hour,
  state: usedPercent === null ? 'unknown' : 'known',
  usedPercent,
  resetsAt: noon + 2 * hour,
  ...more,
});
function read(...samples: Sample[]): Series {
  const series = emptySeries();
  for (const each of samples) take(series, each);
  return series;
}
const silent = {probability: null, runOutAt: null, range: null, usedAtReset: null, usedRange: null};

describe('silence', () => {
  it.each([
    ['nothing was read', read()],
    ['the figure is not known', read(sample(noon - hour, 40), sample(noon, null))],
    ['there is no limit', read(sample(noon, null, {state: 'unlimited'}))],
    ['no reset was told', read(sample(noon, 40, {resetsAt: null}))],
    ['the reset is over', read(sample(noon, 40, {resetsAt: noon}))],
  ])('where %s', (_, series) => {
    expect(forecastAt(series, noon)).toEqual({verdict: 'no-forecast', ...silent});
  });
  it('while less than three in a hundred of the window are gone', () => {
    const at = (elapsed: number) =>
      forecastAt(read(sample(noon, 2, {resetsAt: noon + 5 * hour - elapsed})), noon).verdict;
    expect(at(8 * minute)).toBe('too-early');
    expect(at(10 * minute)).not.toBe('too-early');
  });
});

describe('a forecast', () => {
  const steady = (perHour: number, resetsAt = noon + 2 * hour): Series =>
    read(
      ...Array.from({length: 36}, (_, index) =>
        sample(noon - (35 - index) * 5 * minute, (index * perHour) / 12, {resetsAt}),
      ),
    );
  it('says that a quota lasts of which little is used', () => {
    const said = forecastAt(steady(4), noon);
    expect(said).toMatchObject({verdict: 'lasts', runOutAt: null, range: null});
    expect(said.probability).toBeLessThan(0.1);
    expect(said.usedAtReset).toBeGreaterThan(12);
    expect(said.usedAtReset).toBeLessThan(40);
  });
  it('says when a quota runs out that is being used up', () => {
    const said = forecastAt(steady(33), noon);
    expect(said.verdict).toBe('runs-out');
    // 4 points are left, at 33 an hour.
    expect(said.runOutAt).toBeGreaterThan(noon);
    expect(said.runOutAt).toBeLessThan(noon + hour);
    expect(said.usedRange?.[1]).toBe(100);
  });
  it('knows that people sleep', () => {
    const night = forecastAt(steady(20, noon + 2 * hour), noon);
    const late = Date.UTC(2026, 2, 5, 1);
    const moved = read(
      ...Array.from({length: 36}, (_, index) =>
        sample(late - (35 - index) * 5 * minute, (index * 20) / 12, {resetsAt: late + 2 * hour}),
      ),
    );
    expect(forecastAt(moved, late).probability ?? 1).toBeLessThan(night.probability ?? 0);
  });
  it('of a spent quota names the moment at which it was read', () => {
    expect(forecastAt(read(sample(noon - hour, 97), sample(noon, 137)), noon + minute)).toEqual({
      verdict: 'spent',
      probability: 1,
      runOutAt: noon,
      range: null,
      usedAtReset: 100,
      usedRange: [100, 100],
    });
  });
  it('takes a month for a window without a length', () => {
    const month = read(sample(noon, 12, {windowMs: null, resetsAt: Date.UTC(2026, 3, 1)}));
    expect(forecastAt(month, noon).verdict).not.toBe('no-forecast');
    expect(forecastAt(read(sample(noon, 2, {windowMs: null, resetsAt: noon + 31 * day - hour})), noon).verdict).toBe(
      'too-early',
    );
  });
});

it('never contradicts itself, whatever was read', () => {
  const reads = fc.record({
    after: fc.integer({min: 1, max: 20 * hour}),
    usedPercent: fc.double({min: 0, max: 130, noNaN: true}),
    resetsIn: fc.integer({min: 1, max: 30 * day}),
  });
  fc.assert(
    fc.property(
      fc.array(reads, {minLength: 1, maxLength: 60}),
      fc.constantFrom(5 * hour, 7 * day, null),
      (all, windowMs) => {
        const series = emptySeries();
        let at = noon;
        for (const {after, usedPercent, resetsIn} of all) {
          at += after;
          take(series, sample(at, usedPercent, {windowMs, resetsAt: at + resetsIn}));
          holds(forecastAt(series, at), at, at + resetsIn);
        }
      },
    ),
    {numRuns: 200},
  );
});

function holds({verdict, probability, runOutAt, range, usedAtReset, usedRange}: Forecast, now: number, reset: number) {
  expect([probability === null, usedAtReset === null, usedRange === null]).toEqual(
    Array(3).fill(verdict === 'no-forecast' || verdict === 'too-early'),
  );
  if (verdict === 'spent' || probability === null) return;
  expect(probability).toBeGreaterThanOrEqual(0.005);
  expect(probability).toBeLessThanOrEqual(0.995);
  expect(verdict).toBe(probability >= 0.6 ? 'runs-out' : probability >= 0.25 ? 'may-run-out' : 'lasts');
  expect([runOutAt === null, range === null]).toEqual(Array(2).fill(probability < 0.1));
  if (runOutAt !== null && range !== null)
    expect([now, ...range.slice(0, 1), runOutAt, range[1], reset]).toEqual(
      [now, range[0], runOutAt, range[1], reset].sort((a, b) => a - b),
    );
  const [low, high] = usedRange ?? [0, 0];
  expect(low).toBeLessThanOrEqual(usedAtReset ?? 0);
  expect(high).toBeGreaterThanOrEqual(usedAtReset ?? 0);
  expect(high).toBeLessThanOrEqual(100);
}
