import {borderRows, type Rect} from './placing.ts';

// A frame around less says nothing: the present moment and two resets.
const leastRows = 3;

/** Where a pane of so many rows stands in what the panels leave free; null where there is no room that is worth it. */
export function paneIn(free: readonly Rect[], rows: number): Rect | null {
  const roomiest = free.reduce<Rect | null>((best, each) => (each.height > (best?.height ?? 0) ? each : best), null);
  if (roomiest === null || roomiest.height - borderRows < Math.min(rows, leastRows)) return null;
  return {...roomiest, height: Math.min(roomiest.height, rows + borderRows)};
}
