import {paceOf, usedOf} from './health.ts';
import type {Window} from './model.ts';

/** How use and time go together. Pure; time is an argument. */

/** Points by which the use of a window is ahead of its period; null where it is not, and where the forecast is silent. */
export function pointsAhead(window: Window, stale: boolean, now: number): number | null {
  const used = usedOf(window);
  const elapsed = paceOf(window, now);
  const isSilent = window.outlook === undefined || window.outlook.verdict === 'too-early';
  if (stale || isSilent || used === null || elapsed === null || elapsed >= 100) return null;
  const ahead = Math.round(used - elapsed);
  return ahead > 0 ? ahead : null;
}
