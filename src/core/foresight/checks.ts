import type {Window} from '../model.ts';
import {type Step, startOf, type Track} from './samples.ts';

/** Whether forecasts hold: what was said of a window at a quarter, a half and three quarters of it, and what came of it. Pure. */

/** What was said. Percents used by the reset, 8 times in 10. */
export type Said = {
  window: string;
  /** Reset of the window, in seconds. */
  cycle: number;
  /** 1, 2, 3. */
  quarter: number;
  probability: number;
  range: readonly [number, number];
};

/** Use between the last reading and the reset was seen by nobody: so much of a window may be missing. */
const unseenShare = 0.05;

/**
 * A window that a reading found over: the percent used by its reset, or null where that cannot be told, as after a reset
 * that came early. null for one that goes on.
 */
export function endOf({track, turn}: Step, before: Track | null, window: Window): {used: number | null} | null {
  if (before === null || turn === null || turn === 'moved') return null;
  const {resetsAt, top} = before;
  if (turn !== 'reset' || resetsAt === null || resetsAt > track.at + 60_000) return {used: null};
  const length = resetsAt - (startOf({...window, resetsAt}) ?? resetsAt);
  const isSeen = resetsAt - before.at <= unseenShare * length || top >= 100;
  return {used: isSeen ? Math.min(100, top) : null};
}

/** As it was said: in whole percents. */
export const hasHeld = ([low, high]: Said['range'], used: number): boolean =>
  Math.round(low) <= Math.round(used) && Math.round(used) <= Math.round(high);
