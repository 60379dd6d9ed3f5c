import type {ForecastOf} from '../core/foresight/forecasts.ts';
import type {Outlook} from '../core/foresight/outlook.ts';
import {foreseen} from '../core/foresight/outlook-of.ts';
import {runOutOf, usedOf} from '../core/health.ts';
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
};

export const rankedAccounts = (state: MonitorState, options: BestOptions): Ranked[] =>
  accountsAt(state, options.now)
    .filter(account => mayHave(account, options.window))
    .map(account => foreseen(account, options.forecastOf ?? (() => null), options.now))
    .map(account => toRanked(account, options.window))
    .sort(byKey(standingOf));

/** What was never read may have any window. */
const mayHave = ({reading}: AccountState, wanted: string | undefined): boolean =>
  wanted === undefined || reading === null || reading.windows.some(({id}) => id === wanted);

function toRanked(account: AccountState, wanted: string | undefined): Ranked {
  const {reading} = account;
  const windows = reading === null ? [] : meantWindows(reading, wanted);
  const told = windows.filter(({use}) => use.state !== 'unknown').sort(byKey(window => tightnessOf(account, window)));
  const [window = null] = told;
  if (window !== null) return {account, window, left: percentLeft(account, window)};
  const isEndless = windows.length === 0 && reading?.notes.some(({code}) => code === 'credits-unlimited') === true;
  return {account, window: windows[0] ?? null, left: isEndless ? Number.POSITIVE_INFINITY : null};
}

/**
 * As on the screen: what is spent, then what runs out first, then what has the least left. What stops an account beside
 * its windows leaves nothing in any of them: then the one that is used up itself counts.
 */
function tightnessOf(account: AccountState, window: Window): number[] {
  const left = percentLeft(account, window);
  const never = Number.POSITIVE_INFINITY;
  const spent = left <= 0 ? left : never;
  return [spent, runOutOf(window) ?? never, left, -(usedOf(window) ?? 0), window.resetsAt ?? never];
}

/** The lower the better, the first difference decides. */
function standingOf({account, left, window}: Ranked): number[] {
  if (left === null) return [2, unknownOrder(account)];
  if (account.failure !== null || left <= 0) return [1, -left];
  return [0, outlookOrder(window?.outlook), -left, window?.outlook?.chance ?? 0];
}

/** Where nothing is known of running out, nothing speaks against it. */
function outlookOrder(outlook: Outlook | undefined): number {
  switch (outlook?.verdict) {
    case 'runs-out':
      return 2;
    case 'may-run-out':
      return 1;
    case 'likely-lasts':
    case 'lasts':
    case 'spent':
    case 'too-early':
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

/** The lowest first; the first figure that differs decides. */
const byKey =
  <T>(keyOf: (item: T) => readonly number[]) =>
  (one: T, other: T): number => {
    const [a, b] = [keyOf(one), keyOf(other)];
    const at = a.findIndex((value, index) => value !== b[index]);
    if (at < 0) return 0;
    return (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
  };

/** Why nothing is ranked. */
export function nothingToRank(state: MonitorState, {now, window}: BestOptions): string {
  const ids = windowIdsOf(accountsAt(state, now));
  if (window === undefined || ids.length === 0) return 'nothing to rank: no account found';
  return `nothing to rank: no window ${window}; available: ${ids.join(', ')}`;
}
