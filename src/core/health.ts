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
 * The known window with the highest use of all; of equals the one that resets sooner. Stale readings count: the last
 * thing known is better than nothing. The accounts are as `accountAt` gives them, so that ended periods do not.
 */
export function tightestWindow<Account extends Pick<AccountState, 'reading'>>(
  accounts: Iterable<Account>,
): Tightest<Account> | null {
  let tightest: Tightest<Account> | null = null;
  for (const account of accounts) {
    for (const window of account.reading?.windows ?? []) {
      if (usedOf(window) === null) continue;
      if (tightest === null || isTighter(window, tightest.window)) tightest = {account, window};
    }
  }
  return tightest;
}

/** Percent used; null unless known. */
export const usedOf = (window: Window): number | null => (window.use.state === 'known' ? window.use.usedPercent : null);

function isTighter(window: Window, other: Window): boolean {
  const difference = (usedOf(window) ?? 0) - (usedOf(other) ?? 0);
  if (difference !== 0) return difference > 0;
  return (window.resetsAt ?? Number.POSITIVE_INFINITY) < (other.resetsAt ?? Number.POSITIVE_INFINITY);
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
