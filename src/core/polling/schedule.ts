import type {Failure, FailureCode, Reading} from '../model.ts';

const second = 1000;
const minute = 60 * second;

/** The least that anybody may set between two polls of an account. */
const floorSeconds = 60;

// Endless 429s are what users of other monitors complain about most: back off to a quarter of an hour.
const longestBackoffMs = 15 * minute;
// A plan that is missing is bought by a person, not by waiting.
const noPlanMs = 30 * minute;
// Services move a window a moment after the instant that they announce.
const afterResetMs = 5 * second;
// A service whose reset instant is always about now must not draw a poll every few seconds.
const soonestAfterResetMs = 30 * second;
// A wait beyond the longest window is a mistake of the service's clock or ours.
export const longestWaitMs = 8 * 24 * 60 * minute;
// Copies that were told the same instant do not all come at it.
const afterWaitSpreadMs = 2 * second;

/** Failures that only a change of the credential (or the user, by hand) can end. */
export const signInCodes: ReadonlySet<FailureCode> = new Set([
  'expired',
  'auth_rejected',
  'scope_missing',
  'no_credentials',
]);

export type LastRefresh = {
  /** Epoch ms at which its result was there. */
  now: number;
  intervalMs: number;
  /** Failures in a row, the present one included. */
  failures: number;
  failure: Failure | null;
  reading: Reading | null;
  /** 0 ≤ random < 1. */
  random: number;
};

/** When an account is refreshed next (epoch ms); null when only a changed credential or the user brings the next poll. */
export function nextDueAt(last: LastRefresh): number | null {
  const {failure, now} = last;
  if (failure === null) return dueAfterReading(last);
  if (failure.retryAt !== null && failure.retryAt > now)
    return Math.max(dueAfterWait(last, failure.retryAt), dueAfterRepeat(last));
  if (signInCodes.has(failure.code)) return null;
  if (failure.code === 'no_plan' || failure.code === 'plan_expired')
    return now + jittered(Math.max(last.intervalMs, noPlanMs), last.random);
  return now + jittered(backoffMs(last), last.random);
}

function dueAfterReading({now, intervalMs, reading, random}: LastRefresh): number {
  const usual = now + jittered(intervalMs, random);
  const resets = (reading?.windows ?? [])
    .filter(window => window.use.state !== 'not-started')
    .map(window => window.resetsAt ?? 0)
    .filter(at => at > now);
  const afterReset = Math.max(Math.min(...resets) + afterResetMs, now + soonestAfterResetMs);
  return Math.min(usual, afterReset);
}

const dueAfterWait = ({now, random}: LastRefresh, retryAt: number): number =>
  Math.max(Math.min(retryAt, now + longestWaitMs), now + floorSeconds * second) +
  Math.round(random * afterWaitSpreadMs);

/** A service that goes on refusing is left alone for longer and longer, however short the wait that it names each time. */
const dueAfterRepeat = (last: LastRefresh): number =>
  last.failures < 2 ? 0 : last.now + jittered(backoffMs({...last, failures: last.failures - 1}), last.random);

const backoffMs = ({intervalMs, failures}: LastRefresh): number =>
  Math.max(intervalMs, Math.min(longestBackoffMs, intervalMs * 2 ** Math.min(failures - 1, 10)));

/** ±10 %, so that a machine full of accounts does not refresh in step. */
const jittered = (ms: number, random: number): number => Math.round(ms * (0.9 + 0.2 * random));

/** An account's interval: the settings' wish, else the provider's, never below a floor. */
export const intervalMsOf = (
  provider: {intervalSeconds: {default: number; floor: number}},
  wishedSeconds: number | null,
): number =>
  Math.max(wishedSeconds ?? provider.intervalSeconds.default, provider.intervalSeconds.floor, floorSeconds) * second;
