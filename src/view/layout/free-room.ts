import {borderRows, type Rect} from './placing.ts';

// A frame around less says nothing: the present moment and two resets.
const leastRows = 3;

/** Where a pane of so many rows stands in what the panels leave free; null where there is no room that is worth it. */
export function paneIn(free: readonly Rect[], rows: number): Rect | null {
  const roomiest = free.reduce<Rect | null>((best, each) => (each.height > (best?.height ?? 0) ? each : best), null);
  if (roomiest === null || roomiest.height - borderRows < Math.min(rows, leastRows)) return null;
  return {...roomiest, height: Math.min(roomiest.height, rows + borderRows)};
}

/** The free room beside a pane that stands in it. */
export const without = (free: readonly Rect[], taken: Rect | null): readonly Rect[] =>
  free.map(each =>
    taken !== null && each.x === taken.x && each.y === taken.y
      ? {...each, y: each.y + taken.height, height: each.height - taken.height}
      : each,
  );

/** The largest part that has at least this size, no higher than `most`; null where none has. */
export function largestIn(free: readonly Rect[], least: Pick<Rect, 'width' | 'height'>, most: number): Rect | null {
  const fitting = free
    .filter(({width, height}) => width >= least.width && height >= least.height)
    .map(each => ({...each, height: Math.min(each.height, most)}));
  const area = ({width, height}: Rect): number => width * height;
  return fitting.reduce<Rect | null>((best, each) => (best === null || area(each) > area(best) ? each : best), null);
}
