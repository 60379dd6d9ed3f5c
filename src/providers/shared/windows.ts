/** Windows are named by their length, wherever they stand in an answer. */

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;

/**
 * '5h', 'weekly', 'monthly', '30d', '1d', '<n>h', '<n>d', else '<n>m'; undefined for no length at all. Servers round,
 * so a few minutes' slack around the two lengths that matter. A calendar month is 28 to 31 days, but 30 days sharp are
 * '30d': that is a rolling window.
 */
export function windowIdOf(windowMs: number): string | undefined {
  if (!(windowMs > 0) || !Number.isFinite(windowMs)) return undefined;
  if (Math.abs(windowMs - 5 * hour) <= 10 * minute) return '5h';
  if (Math.abs(windowMs - week) <= hour) return 'weekly';
  if (windowMs === 30 * day) return '30d';
  if (windowMs >= 28 * day && windowMs <= 31 * day) return 'monthly';
  if (windowMs >= day && nearWhole(windowMs / day)) return `${Math.round(windowMs / day)}d`;
  if (windowMs >= hour) return `${Math.round(windowMs / hour)}h`;
  return `${Math.max(1, Math.round(windowMs / minute))}m`;
}

const nearWhole = (count: number): boolean => Math.abs(count - Math.round(count)) < 0.02;

/** 'spark/5h' from pool 'spark' and id '5h'; the id alone where there is no pool. */
export const pooledId = (pool: string | null, id: string): string => (pool === null ? id : `${pool}/${id}`);

/** A pool's name as a part of an id: lower case, digits, dashes and dots; never empty. */
export function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'other' : [...plain].slice(0, 40).join('');
}
