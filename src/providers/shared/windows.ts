import {toEpochMs} from './values.ts';

/** Windows are named by their length, wherever they stand in an answer. */

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;

// Servers round and recompute: a length may be a few minutes off, and must keep its name then.
const slack = 10 * minute;
// No plan counts over more than this; a greater number is a slip of units, not a length.
const longest = 100 * 366 * day;

/**
 * '5h', 'weekly', 'monthly', '30d', '1d', '<n>h', '<n>d', else '<n>m'; undefined for no length at all. A calendar month
 * is 28 to 31 days, but 30 days sharp are '30d': that is a rolling window.
 */
export function windowIdOf(windowMs: number): string | undefined {
  if (!(windowMs > 0) || windowMs > longest) return undefined;
  if (isAbout(windowMs, week, hour)) return 'weekly';
  if (isAbout(windowMs, 30 * day, hour)) return '30d';
  if (windowMs >= 28 * day - hour && windowMs <= 31 * day + hour) return 'monthly';
  return (
    countOf(windowMs, day, 'd') ?? countOf(windowMs, hour, 'h') ?? `${Math.max(1, Math.round(windowMs / minute))}m`
  );
}

/** The name of a billing cycle told by its two ends: any month is 'monthly', one of 30 days too. Undefined for no length. */
export const cycleIdOf = (windowMs: number): string | undefined =>
  isAbout(windowMs, 29.5 * day, 1.5 * day + hour) ? 'monthly' : windowIdOf(windowMs);

/** The end of the day, and of the week from Monday, as services count them: UTC. */
export const nextMidnight = (now: number): number => (Math.floor(now / day) + 1) * day;
export const nextMonday = (now: number): number => (Math.floor((now / day + 3) / 7) + 1) * week - 3 * day;

/** Milliseconds since the same day of the month before, or since its last day where it has no such day. */
export function periodBefore(resetsAt: number): number {
  const date = new Date(resetsAt);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0)).getUTCDate();
  return resetsAt - new Date(resetsAt).setUTCMonth(date.getUTCMonth() - 1, Math.min(date.getUTCDate(), last));
}

/** A monthly period by its end, as far as that can be: none ends later than in a month. */
export function monthUntil(told: unknown, now: number): {resetsAt: number | null; windowMs: number | null} {
  const resetsAt = possibleReset(toEpochMs(told), 31 * day, now);
  return {resetsAt, windowMs: resetsAt === null ? null : periodBefore(resetsAt)};
}

/** '5h' when the length is about five whole hours: half an hour is never rounded away. */
function countOf(windowMs: number, unitMs: number, letter: string): string | undefined {
  const count = Math.round(windowMs / unitMs);
  return count > 0 && isAbout(windowMs, count * unitMs, Math.min(slack, windowMs / 20))
    ? `${count}${letter}`
    : undefined;
}

/**
 * The window of which nothing but the reset is told, by how far off that is (at most five hours and a little: '5h'; a week
 * and a little: 'weekly'; beyond: 'monthly', whose length differs from month to month); null where no reset is told either.
 */
export function windowByReset(resetsAt: number | null, now: number): {id: string; windowMs: number | null} | null {
  if (resetsAt === null) return null;
  const left = resetsAt - now;
  if (left <= 5 * hour + slack) return {id: '5h', windowMs: 5 * hour};
  if (left <= week + hour) return {id: 'weekly', windowMs: week};
  return {id: 'monthly', windowMs: null};
}

/** The reset, unless it lies further ahead than the window is long: no window ends later than it lasts. */
export function possibleReset(resetsAt: number | null, windowMs: number | null, now: number): number | null {
  if (resetsAt === null || windowMs === null) return resetsAt;
  return resetsAt - now > windowMs + Math.max(slack, windowMs / 20) ? null : resetsAt;
}

const isAbout = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance;

/** 'spark/5h' from pool 'spark' and id '5h'; the id alone where there is no pool. */
export const pooledId = (pool: string | null, id: string): string => (pool === null ? id : `${pool}/${id}`);

/** A pool's name as a part of an id: lower case, digits, dashes and dots; never empty. */
export function slug(text: string): string {
  const plain = trimDashes(text.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, '-'));
  return trimDashes([...plain].slice(0, 40).join('')) || 'other';
}

const trimDashes = (text: string): string => text.replace(/^-+|-+$/g, '');
