import {paceOf, usedOf} from './health.ts';
import type {Window} from './model.ts';

/** How use and time go together. Pure; time is an argument. */

/** Before so much of a period has elapsed, one request more would say the opposite. */
const tooEarlyPercent = 3;

/**
 * Points by which the use of a window is ahead of its period; null where it is not, or where nothing can be said: a
 * figure that is unknown or old, a period without a known end or length, that is over or has only just begun.
 */
export function pointsAhead(window: Window, stale: boolean, now: number): number | null {
  const used = usedOf(window);
  const elapsed = paceOf(window, now);
  if (stale || used === null || elapsed === null) return null;
  if (elapsed < tooEarlyPercent || elapsed >= 100) return null;
  const ahead = Math.round(used - elapsed);
  return ahead > 0 ? ahead : null;
}
