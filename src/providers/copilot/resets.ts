import {type Json, toEpochMs} from '../shared/values.ts';
import {day, possibleReset} from '../shared/windows.ts';

/**
 * When the account's buckets reset (epoch ms): the first of its dates that may still be meant; null when none is. A
 * bucket that tells a reset of its own goes by that.
 */
export const accountReset = (body: Json, now: number): number | null =>
  firstReset([body.quota_reset_date_utc, body.quota_reset_date, body.limited_user_reset_date].map(toEpochMs), now);

/** The first of `resets` that is told, not out of date, and no further ahead than a month. */
export const firstReset = (resets: readonly (number | null)[], now: number): number | null =>
  resets.find(at => at !== null && now - at <= believedMs && possibleReset(at, 31 * day, now) !== null) ?? null;

// An account that nobody uses keeps the date of its last period. For a day it may be a clock or a late counter.
const believedMs = day;
