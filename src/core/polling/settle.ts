import {type Known, knownOf, withReading} from '../latest-reading.ts';
import type {AccountState, Failure, FailureCode, Reading} from '../model.ts';
import {ProviderError} from '../model.ts';
import {sanitize, sanitizeDeep} from '../text/sanitize.ts';
import {longestWaitMs, nextDueAt} from './schedule.ts';

/** What came of a request. */
export type Result = {reading: Reading} | {failure: Failure};
export type SettleOptions = {
  now: number;
  intervalMs: number;
  random: number;
  cached?: Known | undefined;
};

// After these the old numbers would speak of a plan or a permission that is no longer there.
export const endsKnowledge: ReadonlySet<FailureCode> = new Set(['no_plan', 'plan_expired', 'scope_missing']);

/** The account after a refresh: last good kept, failure counted, next poll set. Pure. */
export function settle(account: AccountState, result: Result, options: SettleOptions): AccountState {
  const {now} = options;
  const outcome = 'reading' in result ? read(account, result.reading, now) : failed(account, result.failure, options);
  const {failure, failures, reading} = outcome;
  const dueAt = nextDueAt({...options, failure, failures, reading: failure === null ? reading : null});
  return {...account, ...outcome, lastAttemptAt: now, refreshing: false, dueAt};
}

type Outcome = Pick<AccountState, 'label' | 'reading' | 'readAt' | 'failure' | 'failures'>;

const read = ({label}: AccountState, reading: Reading, now: number): Outcome => ({
  label: reading.label ?? label,
  reading,
  readAt: now,
  failure: null,
  failures: 0,
});

const failed = (account: AccountState, failure: Failure, {now, cached}: SettleOptions): Outcome => ({
  label: account.label,
  ...lastGood(account, failure, cached),
  failure: believed(failure, now),
  failures: account.failures + 1,
});

/** Scripts hold to `retryAt` as the schedule does: a slip of the service's clock must not silence them for years. */
const believed = (failure: Failure, now: number): Failure =>
  failure.retryAt === null ? failure : {...failure, retryAt: Math.min(failure.retryAt, now + longestWaitMs)};

function lastGood(
  account: AccountState,
  failure: Failure,
  cached: SettleOptions['cached'],
): Pick<AccountState, 'reading' | 'readAt'> {
  if (endsKnowledge.has(failure.code)) return {reading: null, readAt: null};
  const known = knownOf(account);
  return (cached === undefined ? known : withReading(known, cached)) ?? {reading: null, readAt: null};
}

/** The failure that an error means, as words that are safe to show: cleaned, and without any secret. */
export function failureFrom(error: unknown, redact: (text: string) => string): Failure {
  const say = (text: string, longest: number): string => redact(sanitize(text, longest));
  if (!(error instanceof ProviderError)) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      code: 'bad_response',
      detail: say(`internal error: ${what}`, 160),
      retryAt: null,
      remedy: {code: 'report'},
    };
  }
  return {
    code: error.code,
    detail: say(error.message, 160),
    retryAt: error.retryAt,
    // A link may be longer than any other line, and a cut link is useless.
    remedy: error.remedy === null ? null : sanitizeDeep(error.remedy, text => say(text, 2000)),
    ...(error.shape === undefined ? {} : {shape: say(error.shape, 2000)}),
    ...(error.unreachable ? {unreachable: true as const} : {}),
    ...(error.aside ? {aside: true as const} : {}),
  };
}

/** A provider's reading, safe to draw and to keep. */
export const readingFrom = (reading: Reading, redact: (text: string) => string): Reading =>
  sanitizeDeep(reading, text => redact(sanitize(text, 200)));
