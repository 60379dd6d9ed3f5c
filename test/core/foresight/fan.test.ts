import {describe, expect, it} from 'vitest';
import {fanOf} from '../../../src/core/foresight/fan.ts';
import {forecastAt} from '../../../src/core/foresight/forecast.ts';
import {emptySeries, type Series, take} from '../../../src/core/foresight/series.ts';
import {inventedHistory} from '../../support/history.ts';

process.env.TZ = 'UTC';

const day = 86_400_000;
const monday = Date.UTC(2026, 10, 2);
const now = monday + 9 * day + 15 * 3_600_000;
const resetsAt = monday + 14 * day;
const weekly = {id: 'weekly', windowMs: 7 * day};
const lived = (pace: number): Series =>
  inventedHistory({window: weekly, from: monday, to: now, resetsAt: monday + 7 * day, pace}).series;

describe('the forecast by time', () => {
  it('begins with what is used now, and ends with what the forecast says of the reset', () => {
    const series = lived(1.6);
    const fan = fanOf(series, now);
    const {usedAtReset, usedRange} = forecastAt(series, now);
    const used = series.last?.usedPercent;
    expect(fan[0]).toEqual({at: now, low: used, middle: used, high: used});
    expect(fan.at(-1)).toEqual({at: resetsAt, low: usedRange?.[0], middle: usedAtReset, high: usedRange?.[1]});
  });
  it('never falls, and never goes beyond the limit', () => {
    const fan = fanOf(lived(3), now);
    expect(fan.length).toBeGreaterThan(100);
    for (const [index, {at, low, middle, high}] of fan.entries()) {
      const before = fan[index - 1] ?? {at: 0, low: 0, middle: 0, high: 0};
      expect([at > before.at, low >= before.low, middle >= before.middle, high >= before.high]).toEqual([
        true,
        true,
        true,
        true,
      ]);
      expect([low <= middle, middle <= high, high <= 100]).toEqual([true, true, true]);
    }
    expect(fan.at(-1)?.high).toBe(100);
  });
  it('is empty where the forecast is silent, and where nothing is left', () => {
    const read = (usedPercent: number, reset: number | null): Series => {
      const series = emptySeries();
      take(series, {at: now, windowMs: 7 * day, state: 'known', usedPercent, resetsAt: reset});
      return series;
    };
    expect(fanOf(emptySeries(), now)).toEqual([]);
    expect(fanOf(read(20, null), now)).toEqual([]);
    expect(fanOf(read(20, now - 1), now)).toEqual([]);
    expect(fanOf(read(1, now + 7 * day - 1), now)).toEqual([]);
    expect(fanOf(read(100, resetsAt), now)).toEqual([]);
    expect(fanOf(read(20, resetsAt), now)).not.toEqual([]);
  });
});
