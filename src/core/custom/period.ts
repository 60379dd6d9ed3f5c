/** Ids of windows as users write them: `5h`, `weekly`, `key/30d`. */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const windowId =
  /^(?:(?<pool>[a-z0-9][a-z0-9._-]{0,39})\/)?(?:(?<count>[1-9]\d{0,3})(?<letter>[hd])|weekly|monthly|total)$/;
export const isWindowId = (id: string): boolean => windowId.test(id);

/** Null for what is no id; `windowMs` is null where the id does not tell a length without the date of the reset. */
export function windowOf(id: string, resetsAt: number | null): {pool: string | null; windowMs: number | null} | null {
  const match = windowId.exec(id);
  if (match === null) return null;
  const {pool = null, count, letter} = match.groups ?? {};
  if (count !== undefined) return {pool, windowMs: Number(count) * (letter === 'h' ? hourMs : dayMs)};
  if (id.endsWith('weekly')) return {pool, windowMs: 7 * dayMs};
  return {pool, windowMs: id.endsWith('monthly') && resetsAt !== null ? monthBefore(resetsAt) : null};
}

/** As many days as the month before the reset has. */
function monthBefore(resetsAt: number): number {
  const date = new Date(resetsAt);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0)).getUTCDate() * dayMs;
}

/** The first moment of the next day, week (from Monday) or month, UTC. */
export function nextUtc(period: 'utc-day' | 'utc-week' | 'utc-month', now: number): number {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (period) {
    case 'utc-day':
      return Date.UTC(year, month, day + 1);
    case 'utc-week':
      return Date.UTC(year, month, day + 7 - ((date.getUTCDay() + 6) % 7));
    case 'utc-month':
      return Date.UTC(year, month + 1, 1);
  }
}
