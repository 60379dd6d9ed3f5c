import {remembering} from '../sharing.ts';
import {type Column, fitted, type Partition, partitioned} from './columns.ts';
import {folded} from './folded.ts';
import {
  borderColumns,
  type Layout,
  type LayoutInput,
  leastBorderedWidth,
  type PanelNeed,
  type Placement,
  type Rect,
  sum,
} from './placing.ts';

export type {Form, Layout, LayoutInput, PanelNeed, Placement, Rect} from './placing.ts';

type GridInput = Omit<LayoutInput, 'focus'>;

/** Geometry alone: which panel is drawn where, in cells. The same needs at the same size give the same places. */

const smallest = {columns: 20, rows: 5} as const;
const leastGridWidth = 38;
// Bars do not grow beyond it, and the eye loses the row between name and figure.
const mostPanelWidth = 100;
const columnGap = 1;
/** Header. */
const top = 1;

export function layout(input: LayoutInput): Layout {
  if (input.columns < smallest.columns || input.rows < smallest.rows) {
    return {
      kind: 'line',
      header: false,
      footer: false,
      notSetUpLine: false,
      above: 0,
      below: 0,
      placements: [],
      free: [],
    };
  }
  return gridWithin(input.panels, input.columns, input.rows, input.notSetUpLine) ?? folded(input);
}

// Whatever has the focus, the grid is the same.
const gridWithin = remembering(
  (panels: readonly PanelNeed[], columns: number, rows: number, notSetUpLine: boolean): Layout | null =>
    grid({panels, columns, rows, notSetUpLine}),
);

/** Everything open, in columns; null where panels have no room. What is not set up is worth a row that no panel misses. */
function grid(input: GridInput): Layout | null {
  if (input.panels.length === 0 || input.columns < leastBorderedWidth) return null;
  const available = input.rows - 2;
  const beside = input.notSetUpLine ? bestColumns(input, available - 1) : null;
  if (beside?.hidden === 0) return gridOf(beside.columns, input.columns, available - 1, true);
  const best = bestColumns(input, available);
  return best === null ? null : gridOf(best.columns, input.columns, available, false);
}

/** The fewest columns that hide nothing, else as many as hide the fewest rows. */
function bestColumns({panels, columns}: GridInput, available: number): Partition | null {
  let best: Partition | null = null;
  for (const count of columnCounts(columns, panels.length)) {
    const inner = widthsOf(count, columns).map(width => width - borderColumns);
    const found = partitioned(panels, inner, available);
    if (found !== null && (best === null || found.hidden < best.hidden)) best = found;
    if (best?.hidden === 0) break;
  }
  return best;
}

/** Numbers of columns worth trying. In wide ones rows say more, and what stays free below them is wide too. */
function columnCounts(columns: number, panels: number): number[] {
  const most = Math.max(1, Math.min(panels, Math.floor((columns + columnGap) / (leastGridWidth + columnGap))));
  const least = Math.min(most, Math.ceil((columns + columnGap) / (mostPanelWidth + columnGap)));
  return Array.from({length: most - least + 1}, (_, index) => least + index);
}

/** Of the panels in each column: all alike, but for what is left over for the last one. */
function widthsOf(count: number, columns: number): number[] {
  const width = Math.floor((columns + columnGap) / count) - columnGap;
  const last = columns - (count - 1) * (width + columnGap);
  return Array.from({length: count}, (_, index) => Math.min(mostPanelWidth, index === count - 1 ? last : width));
}

function gridOf(columns: readonly Column[], cells: number, available: number, notSetUpLine: boolean): Layout {
  const widths = widthsOf(columns.length, cells);
  const first = widths[0] ?? 0;
  const placed = columns.map((column, index) =>
    placeColumn(column, index * (first + columnGap), widths[index] ?? first, available),
  );
  return {
    kind: 'grid',
    header: true,
    footer: true,
    notSetUpLine,
    above: 0,
    below: 0,
    placements: placed.flatMap(({placements}) => placements),
    free: placed.map(({free}) => free),
  };
}

function placeColumn(
  column: Column,
  x: number,
  width: number,
  available: number,
): {placements: Placement[]; free: Rect} {
  const heights = fitted(column, available);
  let y = top;
  const placements = column.map(({panel}, place): Placement => {
    const height = heights[place] ?? 0;
    y += height;
    return {id: panel.id, x, y: y - height, width, height, form: 'open'};
  });
  return {placements, free: {x, y, width, height: available - sum(heights)}};
}
