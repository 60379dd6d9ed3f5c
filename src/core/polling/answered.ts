import type {AccountState} from '../model.ts';

/** `leastByHandMs`: the least between two requests, also where the user asks for one. */
type Wanted = {now: number; maxAgeMs: number; leastByHandMs: number};

/** Whether a script gets what is known of an account, without a request: pure. */
export function isAnsweredBy(account: AccountState, {now, maxAgeMs, leastByHandMs}: Wanted): boolean {
  if (account.machine !== undefined) return true;
  if (account.dueAt === null && account.lastAttemptAt === null) return true;
  if ((account.failure?.retryAt ?? 0) > now || isRecent(account, now, leastByHandMs)) return true;
  if (account.failure !== null || account.readAt === null) return false;
  return isYounger(account.readAt, maxAgeMs, now);
}

/** What is of a time to come was made before the clock was set back: nobody knows how old it is. */
export const isYounger = (at: number, maxAgeMs: number, now: number): boolean => now - at >= 0 && now - at < maxAgeMs;

/** Its last request is so young that another one would be one too many. */
const isRecent = ({lastAttemptAt}: AccountState, now: number, leastMs: number): boolean =>
  lastAttemptAt !== null && now >= lastAttemptAt && now - lastAttemptAt < leastMs;
