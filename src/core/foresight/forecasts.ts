import type {SeriesHistory} from '../ledger.ts';
import type {AccountState, Window} from '../model.ts';
import {type Forecast, forecastAt} from './forecast.ts';
import {type MadeForecast, madeOf, recentOf} from './made.ts';
import type {TrackRecord} from './outlook.ts';
import {emptySeries, restore, take} from './series.ts';
import {sampleOf} from './usage.ts';

/** Forecasts of what was last read, from the history that is kept. Pure. */

/** `learnedFrom`: since when there is a history of the window; null without one. `record`: how earlier forecasts of it held. */
export type WindowForecast = Forecast & {learnedFrom: number | null; record?: TrackRecord | null};
/** null where nothing can be said. The accounts are as `accountAt` gives them. */
export type ForecastOf = (
  account: Pick<AccountState, 'key' | 'readAt' | 'failure'>,
  window: Window,
) => WindowForecast | null;

/** What was read longer ago tells too little about now. */
export const believedMs = 30 * 60_000;

/**
 * `recent` tells what running copies forecast a moment ago. What it lacks is learned, each window once; the history of an
 * account is read when that is first needed. `learned` is given what was.
 */
export function createForecasts(
  history: (account: string) => readonly SeriesHistory[],
  now: number,
  recent: (account: string) => readonly MadeForecast[] = () => [],
  learned: (account: string, made: MadeForecast) => void = () => {},
): ForecastOf {
  const recentIn = remembered(recent);
  const historyIn = remembered(history);
  const learn = (key: string, window: Window, at: number): WindowForecast | null => {
    const own = historyIn(key).find(each => each.account === key && each.window === window.id);
    const forecast = forecastFrom(own, window, at, now);
    if (forecast !== null) tell(key, window, forecast);
    return forecast;
  };
  const tell = (key: string, window: Window, {learnedFrom, ...forecast}: WindowForecast): void => {
    const own = madeOf(window, {made: forecast, madeAt: now, learnedFrom});
    if (own !== null) learned(key, own);
  };
  const made = new WeakMap<Window, WindowForecast | null>();
  return ({key, readAt, failure}, window) => {
    const at = window.readAt ?? readAt;
    if (at === null || failure !== null || now - at > believedMs || window.use.state !== 'known') return null;
    // Without a reset to come there is nothing to learn for.
    if (window.resetsAt === null || window.resetsAt <= now) return null;
    const before = made.get(window);
    if (before !== undefined) return before;
    const forecast = recentOf(recentIn(key), window, at, now) ?? learn(key, window, at);
    made.set(window, forecast);
    return forecast;
  };
}

function remembered<T>(read: (account: string) => T): (account: string) => T {
  const known = new Map<string, T>();
  return account => {
    const own = known.get(account) ?? read(account);
    known.set(account, own);
    return own;
  };
}

function forecastFrom(
  history: SeriesHistory | undefined,
  window: Window,
  at: number,
  now: number,
): WindowForecast | null {
  const usage = history?.usage ?? [];
  const series = emptySeries();
  restore(series, usage, now);
  take(series, sampleOf(window, at));
  const forecast = forecastAt(series, now);
  const [first] = usage;
  if (forecast.verdict === 'no-forecast') return null;
  return {...forecast, learnedFrom: first === undefined ? null : first.at * 1000};
}
