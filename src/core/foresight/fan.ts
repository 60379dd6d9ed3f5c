import {forecastAt, pathTo} from './forecast.ts';
import {quantile, tenth} from './gamma.ts';
import type {Series} from './series.ts';

/** Percent used at a moment to come: the middle, and between what and what 8 times in 10. */
export type FanPoint = {at: number; low: number; middle: number; high: number};

const full = 100;

/** The forecast by time, from now to the reset, by the same m(s) and v(m) as the forecast itself; empty where that is silent. */
export function fanOf(series: Series, now: number): FanPoint[] {
  const sample = series.last;
  if (sample === null || sample.usedPercent === null || sample.resetsAt === null) return [];
  const {usedPercent: used, resetsAt} = sample;
  if (used >= full || forecastAt(series, now).probability === null) return [];
  const {at, expected, variance} = pathTo(series, sample, now, resetsAt);
  const usedBy = (mean: number, z: number): number => Math.min(full, used + quantile(mean, variance(mean), z));
  const points = Array.from(at, (time, index): FanPoint => {
    const mean = expected[index] ?? 0;
    return {at: time, low: usedBy(mean, -tenth), middle: usedBy(mean, 0), high: usedBy(mean, tenth)};
  });
  return [{at: now, low: used, middle: used, high: used}, ...points];
}
