import type {Window} from '../model.ts';
import {type Forecast, forecastAt, type Verdict} from './forecast.ts';
import type {WindowForecast} from './forecasts.ts';
import type {TrackRecord} from './outlook.ts';
import {emptySeries, restore, type Series, take} from './series.ts';
import {steadyVerdict} from './steady.ts';
import {sampleOf, type Usage} from './usage.ts';

/** One window that is followed while the monitor runs: what is learned of it, and what was last told. 100 KB each. */
export type Kept = {
  /** How the last forecasts held. */
  record: TrackRecord | null;
  series: Series;
  learnedFrom: number;
  forecast: WindowForecast;
  /** As it is learned; what is told may waver less. */
  made: Forecast;
  madeAt: number;
  told: Verdict | null;
  /** Since when nothing is left of the window; null while something is. */
  spentSince: number | null;
};

/** Name of an account's window among all. Neither has a line break. */
export const nameOf = (account: string, window: string): string => `${account}\n${window}`;
export const accountIn = (name: string): string => name.slice(0, name.indexOf('\n'));
export const windowIn = (name: string): string => name.slice(name.indexOf('\n') + 1);

/** From its history, oldest first, and the reading at `at`, which that history already holds. */
export function learned(
  usage: readonly Usage[],
  record: TrackRecord | null,
  {window, at}: {window: Window; at: number},
  now: number,
): Kept {
  const series = emptySeries();
  restore(series, usage, now);
  take(series, sampleOf(window, at));
  const [first] = usage;
  const learnedFrom = first === undefined ? at : first.at * 1000;
  const spentSince = isFull(window) ? (fullSince(usage) ?? at) : null;
  const own = {
    record,
    series,
    learnedFrom,
    told: null,
    spentSince,
    ...firstForecast(series, learnedFrom, now),
  };
  return forecastAgain(own, now);
}

function firstForecast(series: Series, learnedFrom: number, now: number): Pick<Kept, 'made' | 'madeAt' | 'forecast'> {
  const made = forecastAt(series, now);
  return {made, madeAt: now, forecast: {...made, learnedFrom}};
}

/** Takes a newer reading in; false when it is none. */
export function follow(own: Kept, window: Window, at: number, now: number): boolean {
  if (own.series.last !== null && at <= own.series.last.at) return false;
  const turn = take(own.series, sampleOf(window, at));
  if (turn === 'reset' || turn === 'early-reset') own.told = null;
  own.spentSince = isFull(window) ? (own.spentSince ?? at) : null;
  forecastAgain(own, now);
  return true;
}

export function forecastAgain(own: Kept, now: number): Kept {
  const made = forecastAt(own.series, now);
  own.made = made;
  own.madeAt = now;
  own.told = steadyVerdict(own.told, made);
  const runOutAt = made.verdict === 'spent' ? own.spentSince : made.runOutAt;
  own.forecast = {...made, verdict: own.told, runOutAt, learnedFrom: own.learnedFrom, record: own.record};
  return own;
}

const isFull = ({use}: Window): boolean => use.state === 'known' && use.usedPercent >= 100;

/** Epoch ms from which on all that is kept says that nothing was left. */
function fullSince(usage: readonly Usage[]): number | null {
  const before = usage.findLastIndex(({last}) => last < 1000);
  const first = usage[before + 1];
  return first === undefined ? null : first.at * 1000;
}
