import type {SeriesHistory} from '../ledger.ts';
import type {AccountState, Window} from '../model.ts';
import {type Forecast, forecastAt} from './forecast.ts';
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

/** `history` is read when it is first needed, and each window is forecast once. */
export function createForecasts(history: () => readonly SeriesHistory[], now: number): ForecastOf {
  let all: readonly SeriesHistory[] | undefined;
  const made = new WeakMap<Window, WindowForecast | null>();
  return ({key, readAt, failure}, window) => {
    const at = window.readAt ?? readAt;
    if (at === null || failure !== null || now - at > believedMs || window.use.state !== 'known') return null;
    const known = made.get(window);
    if (known !== undefined) return known;
    all ??= history();
    const forecast = forecastFrom(
      all.find(each => each.account === key && each.window === window.id),
      window,
      at,
      now,
    );
    made.set(window, forecast);
    return forecast;
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
