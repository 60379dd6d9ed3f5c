import type {ForecastOf, WindowForecast} from '../core/foresight/forecasts.ts';
import {usedOf} from '../core/health.ts';
import type {AccountState, MonitorState, Window} from '../core/model.ts';
import {accountsAt} from '../core/reading-at.ts';
import {meantWindows, percentLeft, windowIdsOf} from './left.ts';

/** `best`: the accounts by what is left of their tightest window and how long that lasts, the best first. Pure. */

export type BestOptions = {
  now: number;
  /** Window id: only accounts that have it, and nothing else of them counts. */
  window?: string | undefined;
  forecastOf?: ForecastOf | undefined;
};
export type Ranked = {
  account: AccountState;
  /** The tightest; null where none is reported. */
  window: Window | null;
  /** Percent, endless for unlimited; null when not told. */
  left: number | null;
  forecast: WindowForecast | null;
};

export const rankedAccounts = (state: MonitorState, options: BestOptions): Ranked[] =>
  accountsAt(state, options.now)
    .filter(account => mayHave(account, options.window))
    .map(account => toRanked(account, options))
    .map(ranked => ({ranked, standing: standingOf(ranked)}))
    .sort((a, b) => compare(a.standing, b.standing))
    .map(({ranked}) => ranked);

/** What was never read may have any window. */
const mayHave = ({reading}: AccountState, wanted: string | undefined): boolean =>
  wanted === undefined || reading === null || reading.windows.some(({id}) => id === wanted);

function toRanked(account: AccountState, {window: wanted, forecastOf}: BestOptions): Ranked {
  const {reading} = account;
  const windows = reading === null ? [] : meantWindows(reading, wanted);
  const told = windows.filter(({use}) => use.state !== 'unknown').sort((a, b) => tighterFirst(account, a, b));
  const [window = null] = told;
  if (window !== null)
    return {account, window, left: percentLeft(account, window), forecast: forecastOf?.(account, window) ?? null};
  const isEndless = windows.length === 0 && reading?.notes.some(({code}) => code === 'credits-unlimited') === true;
  return {account, window: windows[0] ?? null, left: isEndless ? Number.POSITIVE_INFINITY : null, forecast: null};
}

function tighterFirst(account: AccountState, a: Window, b: Window): number {
  const [left, other] = [percentLeft(account, a), percentLeft(account, b)];
  if (left !== other) return left < other ? -1 : 1;
  // What stops an account beside its windows leaves nothing in any of them: then the one that is used up itself counts.
  const more = (usedOf(b) ?? 0) - (usedOf(a) ?? 0);
  if (more !== 0) return more;
  return (a.resetsAt ?? Number.MAX_VALUE) - (b.resetsAt ?? Number.MAX_VALUE);
}

/** The lower the better, the first difference decides. */
function standingOf({account, left, forecast}: Ranked): number[] {
  if (left === null) return [2, unknownOrder(account)];
  if (account.failure !== null || left <= 0) return [1, -left];
  return [0, outlookOrder(forecast), -left, forecast?.probability ?? 0];
}

/** Where nothing is known of running out, nothing speaks against it. */
function outlookOrder(forecast: WindowForecast | null): number {
  switch (forecast?.verdict) {
    case 'runs-out':
      return 2;
    case 'may-run-out':
      return 1;
    case 'lasts':
    case 'spent':
    case 'too-early':
    case 'no-forecast':
    case undefined:
      return 0;
  }
}

/** Without a limit there may be money; none of it, or a failure, is worse than not knowing. */
function unknownOrder({reading, failure}: AccountState): number {
  if (failure !== null || reading === null) return 3;
  const balances = reading.amounts.filter(({id}) => id === 'credits' || id.split('/')[0] === 'balance');
  if (balances.length === 0) return 1;
  return balances.some(({value}) => value > 0) ? 0 : 2;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  if (at < 0) return 0;
  return (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
}

/** Why nothing is ranked. */
export function nothingToRank(state: MonitorState, {now, window}: BestOptions): string {
  const ids = windowIdsOf(accountsAt(state, now));
  if (window === undefined || ids.length === 0) return 'nothing to rank: no account found';
  return `nothing to rank: no window ${window}; available: ${ids.join(', ')}`;
}
