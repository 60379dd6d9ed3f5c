import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {forecastAt} from '../../../src/core/foresight/forecast.ts';
import {emptySeries, restore, take} from '../../../src/core/foresight/series.ts';
import {dayOf, folded, recordedBy, sampleOf, spans, type Usage} from '../../../src/core/foresight/usage.ts';
import type {Reading, Window} from '../../../src/core/model.ts';

process.env.TZ = 'UTC';

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 2, 4, 12);

const windowOf = (usedPercent: number, resetsAt = noon + 4 * hour): Window => ({
  id: '5h',
  pool: null,
  windowMs: 5 * hour,
  resetsAt,
  use: {state: 'known', usedPercent},
  unit: 'percent',
});
const read = (after: number, used: number, plan = 'Plus', resetsAt?: number) => ({
  reading: {plan, windows: [windowOf(used, resetsAt)], amounts: [], notes: []} satisfies Reading,
  readAt: noon + after,
});
const nothingKept = () => null;
const usageOf = (before: ReturnType<typeof read> | null, after: ReturnType<typeof read>, top = nothingKept) =>
  recordedBy(before, after, top).get('5h')?.usage;

const quarter = (after: number): {span: number; at: number} => ({span: 900, at: (noon + after) / 1000});

describe('what is kept of a reading', () => {
  it('begins with the figure alone', () => {
    expect(usageOf(null, read(minute, 12.34))).toEqual([
      {...quarter(0), last: 123, peak: 123, added: 0, seen: 0, bridged: false},
    ]);
  });
  it('is what came since the last one, by quarter hours', () => {
    expect(usageOf(read(10 * minute, 12), read(20 * minute, 15))).toEqual([
      {...quarter(0), last: 135, peak: 135, added: 15, seen: 300, bridged: false},
      {...quarter(15 * minute), last: 150, peak: 150, added: 15, seen: 300, bridged: false},
    ]);
  });
  it('loses nothing of many small steps', () => {
    let sum = 0;
    for (let step = 1; step <= 100; step += 1)
      for (const {added} of usageOf(read((step - 1) * minute, step * 0.04), read(step * minute, (step + 1) * 0.04)) ??
        [])
        sum += added;
    expect(sum).toBe(40);
  });
  it('is written by hours, as nobody’s hour, where no reading lies in between; the figure stays findable', () => {
    const usage = usageOf(read(0, 10), read(3 * hour, 40)) ?? [];
    expect(usage.map(({span, added, bridged}) => [span, added, bridged])).toEqual([
      ...Array(3).fill([3600, 100, true]),
      [900, 0, false],
    ]);
    expect(usage.at(-1)).toMatchObject({at: (noon + 3 * hour) / 1000 - 900, last: 400});
  });
  it('keeps the highest use through a wobble', () => {
    const wobbled = usageOf(read(0, 39), read(minute, 41), () => 400 as never);
    expect(wobbled?.reduce((sum, {added}) => sum + added, 0)).toBe(10);
    // What was kept is the same but for the rounding to tenths: the reading itself knows better.
    const exact = usageOf(read(0, 39.96), read(minute, 41), () => 400 as never);
    expect(exact?.reduce((sum, {added}) => sum + added, 0)).toBe(10);
  });
  it('tells the turns', () => {
    const turns = (...[before, after]: [ReturnType<typeof read>, ReturnType<typeof read>]) =>
      recordedBy(before, after, nothingKept)
        .get('5h')
        ?.turns.map(({kind, before, after}) => [kind, before, after]);
    expect(turns(read(0, 60), read(5 * hour, 3, 'Plus', noon + 9 * hour))).toEqual([['reset', 600, 30]]);
    expect(turns(read(0, 60), read(minute, 30))).toEqual([['rescaled', 600, 300]]);
    expect(turns(read(0, 60), read(minute, 30, 'Pro'))).toEqual([['plan', 600, 300]]);
    expect(turns(read(0, 60), read(minute, 61))).toEqual([]);
  });
  it('is nothing for a reading that is not newer, or that knows no use', () => {
    expect(recordedBy(read(0, 10), read(0, 20), nothingKept).size).toBe(0);
    expect(recordedBy(read(0, 10), {reading: null, readAt: null}, nothingKept).size).toBe(0);
    const {reading} = read(minute, 0);
    const unknown = {...reading, windows: [{...windowOf(0), use: {state: 'unlimited' as const}}]};
    expect(recordedBy(read(0, 10), {reading: unknown, readAt: noon + minute}, nothingKept).size).toBe(0);
  });
});

it('rows of a window become one', () => {
  const row = (at: number, last: number, peak: number, added: number, bridged: boolean): Usage => ({
    ...{span: 900, at, last, peak, added, seen: 600, bridged},
  });
  expect(folded([row(0, 30, 90, 5, true), row(900, 40, 40, 10, false)], spans.hour, 0)).toEqual({
    ...{span: 3600, at: 0, last: 40, peak: 90, added: 15, seen: 1200, bridged: false},
  });
});

it('a day begins at the local midnight, also when the clocks change', () => {
  process.env.TZ = 'Europe/Berlin';
  expect(dayOf(Date.UTC(2026, 2, 29, 20) / 1000)).toBe(Date.UTC(2026, 2, 28, 23) / 1000);
  expect(dayOf(Date.UTC(2026, 2, 30, 20) / 1000)).toBe(Date.UTC(2026, 2, 29, 22) / 1000);
  process.env.TZ = 'UTC';
});

it('a forecast from what was kept is the forecast from the readings themselves', () => {
  const step = fc.record({gap: fc.integer({min: 1, max: 40}), more: fc.integer({min: 0, max: 3})});
  fc.assert(
    fc.property(fc.array(step, {minLength: 20, maxLength: 60}), steps => {
      const [live, restored] = [emptySeries(), emptySeries()];
      const kept: Usage[] = [];
      let before: ReturnType<typeof read> | null = null;
      let [at, used] = [0, 0];
      for (const {gap, more} of steps) {
        at += gap * minute;
        used = Math.min(99, used + more);
        const after = read(at, used, 'Plus', noon + 40 * hour);
        kept.push(...(usageOf(before, after) ?? []));
        before = after;
      }
      const last = before as ReturnType<typeof read>;
      replay(steps, sample => take(live, sample));
      restore(
        restored,
        kept.sort((a, b) => a.at - b.at),
        last.readAt,
      );
      take(restored, sampleOf(last.reading.windows[0] as Window, last.readAt));
      const [one, other] = [live, restored].map(series => forecastAt(series, last.readAt));
      expect(other?.verdict).toBe(one?.verdict);
      if (one?.usedAtReset != null) expect(Math.abs((other?.usedAtReset ?? 0) - one.usedAtReset)).toBeLessThan(1);
    }),
    {numRuns: 50},
  );
});

function replay(steps: readonly {gap: number; more: number}[], tell: (sample: ReturnType<typeof sampleOf>) => void) {
  let [at, used] = [0, 0];
  for (const {gap, more} of steps) {
    at += gap * minute;
    used = Math.min(99, used + more);
    tell(sampleOf(windowOf(used, noon + 40 * hour), noon + at));
  }
}
