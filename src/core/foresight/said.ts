import type {AccountState, Window} from '../model.ts';
import type {Said} from './checks.ts';
import type {ForecastOf} from './forecasts.ts';
import {startOf} from './samples.ts';

/** What an account's reading leads to say, of each window in whose first quarter it does not lie. */
export const saidOf = (account: AccountState, forecastOf: ForecastOf): Said[] =>
  (account.reading?.windows ?? []).flatMap(window => {
    const at = window.readAt ?? account.readAt;
    const quarter = at === null ? null : quarterOf(window, at);
    const forecast = quarter === null ? null : forecastOf(account, window);
    if (quarter === null || forecast === null || forecast.probability === null || forecast.verdict === 'spent')
      return [];
    const {probability, usedRange: range} = forecast;
    const cycle = Math.round((window.resetsAt ?? 0) / 1000);
    return range === null ? [] : [{window: window.id, cycle, quarter, probability, range}];
  });

/** null in the first one, and where it cannot be told. */
function quarterOf(window: Window, at: number): number | null {
  const start = startOf(window);
  if (start === null || window.resetsAt === null || window.resetsAt <= start) return null;
  const quarter = Math.floor((4 * (at - start)) / (window.resetsAt - start));
  return quarter >= 1 && quarter <= 3 ? quarter : null;
}
