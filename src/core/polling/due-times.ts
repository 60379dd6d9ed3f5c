import type {AccountState} from '../model.ts';

/** Due times that change without a request: after a sleep, with another interval. Pure. */

// Accounts that wake together do not start together.
const spreadMs = 4000;
// After a wake the network needs a moment.
const networkBackMs = 3000;

/** After a sleep of `sleptMs` (negative: the clock was set back). 0 ≤ random < 1. */
export function dueAfterSleep(account: AccountState, now: number, sleptMs: number, random: () => number): AccountState {
  const {dueAt, failure} = account;
  if (dueAt === null) return account;
  // The clock was set back: what was due in ten minutes still is.
  if (sleptMs < 0) return {...account, dueAt: Math.max(dueAt + sleptMs, failure?.retryAt ?? 0)};
  return dueAt > now ? account : {...account, dueAt: Math.round(now + networkBackMs + random() * spreadMs)};
}

/** A shorter interval brings the due time forward; nothing puts one off, and a failure's wait stays as it is. */
export function dueWithInterval(account: AccountState, now: number, intervalMs: number): AccountState {
  const {dueAt, failure, lastAttemptAt} = account;
  const latest = Math.max(now, (lastAttemptAt ?? now) + intervalMs * 1.1);
  return dueAt === null || failure !== null || dueAt <= latest ? account : {...account, dueAt: Math.round(latest)};
}

// Nobody edits a definition twice within this time, and a program may write it so.
const betweenEditsMs = 2000;

/** What it reads is read otherwise from now on. The service’s own wait stays. */
export const dueOnceMore = (account: AccountState): AccountState =>
  account.dueAt === null
    ? account
    : {...account, dueAt: Math.max(account.failure?.retryAt ?? 0, (account.lastAttemptAt ?? 0) + betweenEditsMs)};
