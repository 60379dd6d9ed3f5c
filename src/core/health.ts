import type {AccountState, Outcome, Window} from './model.ts';
import {hasReset} from './reading-at.ts';
import type {Settings} from './settings.ts';

/** What a figure means: how bad, how old, which one matters most. Pure; time is an argument. */

export type Severity = 'ok' | 'warn' | 'critical' | 'over' | 'none';
export type Freshness = 'fresh' | 'stale' | 'none';

/** 'none' unless the use is known; exactly 100 % is critical, more is over. */
export function severityOf(window: Window, thresholds: Settings['thresholds']): Severity {
  return window.use.state === 'known' ? severityOfPercent(window.use.usedPercent, thresholds) : 'none';
}

export function severityOfPercent(usedPercent: number, thresholds: Settings['thresholds']): Severity {
  if (usedPercent > 100) return 'over';
  if (usedPercent >= thresholds.critical) return 'critical';
  return usedPercent >= thresholds.warn ? 'warn' : 'ok';
}

export type Tightest<Account> = {account: Account; window: Window};

/**
 * The known window that is spent or is the first to run out, as far as that is told (`foreseen`); else the one with the
 * highest use. Stale readings count: the last thing known is better than nothing. The accounts are as `accountAt` gives
 * them, so that ended periods do not.
 */
export const tightestWindow = <Account extends Pick<AccountState, 'reading'>>(
  accounts: Iterable<Account>,
): Tightest<Account> | null => firstOf(accounts, compareTightness);

/** The known window with the highest use of all; of equals the one that resets sooner. */
export const fullestWindow = <Account extends Pick<AccountState, 'reading'>>(
  accounts: Iterable<Account>,
): Tightest<Account> | null => firstOf(accounts, compareUse);

function firstOf<Account extends Pick<AccountState, 'reading'>>(
  accounts: Iterable<Account>,
  compare: (window: Window, other: Window) => number,
): Tightest<Account> | null {
  let first: Tightest<Account> | null = null;
  for (const account of accounts)
    for (const window of account.reading?.windows ?? [])
      if (usedOf(window) !== null && (first === null || compare(window, first.window) < 0)) first = {account, window};
  return first;
}

/** Percent used; null unless known. */
export const usedOf = (window: Window): number | null => (window.use.state === 'known' ? window.use.usedPercent : null);

/** Below zero when the first one is tighter. */
export const compareTightness = (window: Window, other: Window): number =>
  ascending(runOutOf(window), runOutOf(other)) || compareUse(window, other);

const compareUse = (window: Window, other: Window): number =>
  ascending(-(usedOf(window) ?? 0), -(usedOf(other) ?? 0)) || ascending(window.resetsAt, other.resetsAt);

/** null last. */
function ascending(one: number | null, other: number | null): number {
  const [a, b] = [one ?? Number.POSITIVE_INFINITY, other ?? Number.POSITIVE_INFINITY];
  return a === b ? 0 : a < b ? -1 : 1;
}

/** What is spent comes before all that will be; null for what lasts. */
export function runOutOf({outlook}: Window): number | null {
  if (outlook?.verdict === 'spent') return 0;
  return outlook?.verdict === 'runs-out' ? (outlook.runOutAt?.at ?? null) : null;
}

// A poll may be late by its jitter, by a slow answer and by one beat: twice the interval is late for certain.
const lateAfterIntervals = 2;

/** 'stale': the last refresh failed, or the reading is older than it should be at this interval. */
export function freshnessOf(
  account: Pick<AccountState, 'readAt' | 'failure' | 'reading'>,
  now: number,
  intervalMs: number,
): Freshness {
  if (account.reading === null || account.readAt === null) return 'none';
  if (account.failure !== null) return 'stale';
  return now - account.readAt > lateAfterIntervals * intervalMs ? 'stale' : 'fresh';
}

/** How the last refresh ended. An account that has no result yet counts as `timeout`: for a script it is the same. */
export function outcomeOf(account: Pick<AccountState, 'reading' | 'failure'>): Outcome {
  if (account.failure !== null) return account.failure.code;
  if (account.reading === null) return 'timeout';
  const {windows, amounts, notes} = account.reading;
  const saysSomething =
    windows.length > 0 || amounts.length > 0 || notes.some(note => note.code === 'credits-unlimited');
  return saysSomething ? 'ok' : 'ok_empty';
}

/** Share of the period that is gone, 0–100, for the bar's tick; null when length or end are not told. */
export function paceOf(window: Window, now: number): number | null {
  const {windowMs, resetsAt} = window;
  if (windowMs === null || resetsAt === null || !(windowMs > 0)) return null;
  if (window.use.state === 'not-started' || hasReset(window)) return null;
  return Math.min(100, Math.max(0, ((now - (resetsAt - windowMs)) / windowMs) * 100));
}
