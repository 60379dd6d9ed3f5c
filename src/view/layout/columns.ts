import {borderRows, type PanelNeed, sum} from './placing.ts';

/** Which panels stand in which column of a grid, and how high they are. */

/** A panel with its heights, border included: with everything in it, and the least. */
type Sized = {panel: PanelNeed; full: number; least: number};
export type Column = readonly Sized[];
export type Partition = {columns: Column[]; hidden: number};

/** Rows that are out of view; of equally good ones, the columns that end most level. */
type Cost = {hidden: number; squares: number};
type Best = Cost & {columns: Column[]};

const isBetter = (one: Cost, other: Cost): boolean =>
  one.hidden === other.hidden ? one.squares < other.squares : one.hidden < other.hidden;

/** The list cut into as many runs as there are `widths`, in its order; null where one of them has no room. */
export function partitioned(
  panels: readonly PanelNeed[],
  widths: readonly number[],
  available: number,
): Partition | null {
  // By number of panels: the best way to lay out the first so many.
  let before: (Best | null)[] = [{hidden: 0, squares: 0, columns: []}, ...panels.map(() => null)];
  for (const width of widths) {
    const sized = panels.map(panel => sizedIn(panel, width));
    before = before.map((_, end) => (end === 0 ? null : bestEnding(sized, end, before, available)));
  }
  return before[panels.length] ?? null;
}

function sizedIn(panel: PanelNeed, width: number): Sized {
  const full = panel.full(width) + borderRows;
  return {panel, full, least: Math.min(full, panel.least(width) + borderRows)};
}

/** The best way to give the last column what follows on the others. */
function bestEnding(
  sized: readonly Sized[],
  end: number,
  before: readonly (Best | null)[],
  available: number,
): Best | null {
  let best: Best | null = null;
  for (let start = end - 1; start >= 0; start -= 1) {
    const column = sized.slice(start, end);
    // Longer runs are higher still.
    if (sum(column.map(({least}) => least)) > available) break;
    const rest = before[start];
    if (!rest) continue;
    const cost = costOf(column, available);
    const whole = {hidden: rest.hidden + cost.hidden, squares: rest.squares + cost.squares};
    if (best === null || isBetter(whole, best)) best = {...whole, columns: [...rest.columns, column]};
  }
  return best;
}

function costOf(column: Column, available: number): Cost {
  const height = sum(column.map(({full}) => full));
  return {hidden: Math.max(0, height - available), squares: Math.min(height, available) ** 2};
}

/** Heights in a column: everything where there is room, else the least, and what is left to those that miss the fewest rows. */
export function fitted(column: Column, available: number): number[] {
  const heights = column.map(({least}) => least);
  let left = available - sum(heights);
  const missing = column.map(({full, least}, at) => ({at, rows: full - least})).sort((a, b) => a.rows - b.rows);
  for (const {at, rows} of missing) {
    const more = Math.max(0, Math.min(rows, left));
    heights[at] = (heights[at] ?? 0) + more;
    left -= more;
  }
  return heights;
}
