import {folded} from './folded.ts';

/** Geometry alone: which panel is drawn where, in cells. The same needs at the same size give the same places. */

/** Two rows per window and a free one; one row and a free one; one row; one row and nothing that can be spared. */
export const densities = ['spacious', 'roomy', 'normal', 'tight'] as const;
export type Density = (typeof densities)[number];

export type PanelNeed = {
  id: string;
  /**
   * Rows of content (without the border) by density, with room for a failure kept free, so that nothing jumps when one
   * comes or goes.
   */
  rows: Readonly<Record<Density, number>>;
  /** True when the panel may be cut and scrolled: it has several accounts. */
  long: boolean;
};

/** `open` has a border, `bare` is a title line and rows without one, `folded` is one line. */
export type Form = 'open' | 'bare' | 'folded';
export type Placement = {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  form: Form;
  density: Density;
};
export type Layout = {
  kind: 'grid' | 'folded' | 'line';
  header: boolean;
  footer: boolean;
  /** The dim line of providers that are not set up. */
  aside: boolean;
  /** In reading order; `y` counts from the top of the screen. */
  placements: Placement[];
};
export type LayoutInput = {
  columns: number;
  rows: number;
  panels: readonly PanelNeed[];
  focus: string | null;
  /** Whether there is something to say in the line above the footer. */
  aside: boolean;
};

export const smallest = {columns: 20, rows: 5} as const;
export const borderRows = 2;
const comfortableWidth = 56;
const leastGridWidth = 38;
const mostColumns = 3;
const columnGap = 1;
const mostStretch = 4;
/** A panel with many accounts is content with this many rows when others need the room. */
const longPanelRows = 10;
/** Below this a border costs more than it gives. */
export const leastBorderedWidth = 28;

export function layout(input: LayoutInput): Layout {
  if (input.columns < smallest.columns || input.rows < smallest.rows) {
    return {kind: 'line', header: false, footer: false, aside: false, placements: []};
  }
  return grid(input) ?? folded(input);
}

/** Column counts worth trying: the comfortable one first, then more and narrower ones. */
function columnCounts(columns: number, panels: number): number[] {
  const most = Math.max(1, Math.min(mostColumns, panels, Math.floor(columns / leastGridWidth)));
  const ideal = Math.max(1, Math.min(most, Math.round(columns / comfortableWidth)));
  return Array.from({length: most - ideal + 1}, (_, index) => ideal + index);
}

function grid(input: LayoutInput): Layout | null {
  if (input.panels.length === 0 || input.columns < leastBorderedWidth) return null;
  const available = input.rows - 2 - (input.aside ? 1 : 0);
  const counts = columnCounts(input.columns, input.panels.length);
  for (const density of densities) {
    // More room is no reason for narrower panels.
    for (const count of density === 'spacious' || density === 'roomy' ? counts.slice(0, 1) : counts) {
      const columns = partition(input.panels, panel => leastHeight(panel, density), count);
      if (columns.every(column => heightOf(column, density) <= available)) {
        return {
          kind: 'grid',
          header: true,
          footer: true,
          aside: input.aside,
          placements: placeColumns(columns, density, input.columns, available),
        };
      }
    }
  }
  return null;
}

const fullHeight = (panel: PanelNeed, density: Density): number => panel.rows[density] + borderRows;
const leastHeight = (panel: PanelNeed, density: Density): number =>
  panel.long ? Math.min(fullHeight(panel, density), longPanelRows) : fullHeight(panel, density);
const heightOf = (panels: readonly PanelNeed[], density: Density): number =>
  panels.reduce((sum, panel) => sum + leastHeight(panel, density), 0);

/** Cuts the list into `count` runs, in order, so that the tallest is as low as can be; earlier runs take the larger share. */
function partition(panels: readonly PanelNeed[], height: (panel: PanelNeed) => number, count: number): PanelNeed[][] {
  if (count <= 1 || panels.length <= 1) return [[...panels]];
  let best: PanelNeed[][] = [];
  let lowest = Number.POSITIVE_INFINITY;
  for (let cut = panels.length - count + 1; cut >= 1; cut -= 1) {
    const head = panels.slice(0, cut);
    const tail = partition(panels.slice(cut), height, count - 1);
    const tallest = Math.max(...[head, ...tail].map(run => run.reduce((sum, panel) => sum + height(panel), 0)));
    if (tallest < lowest) [best, lowest] = [[head, ...tail], tallest];
  }
  return best;
}

function placeColumns(columns: PanelNeed[][], density: Density, width: number, available: number): Placement[] {
  const heights = columns.map(column => columnHeights(column, density, available));
  const tallest = Math.max(...heights.map(sum));
  // A free row under the header, where there is one.
  const top = tallest < available ? 2 : 1;
  return columns.flatMap((column, index) => {
    const x = edgeOf(index, columns.length, width);
    const right = edgeOf(index + 1, columns.length, width) - columnGap;
    const own = heights[index] ?? [];
    const spare = tallest - sum(own);
    let y = top;
    return column.map((panel, place) => {
      // Where little is missing, the last panel reaches down to the others, so that the grid ends in one line.
      const height = (own[place] ?? 0) + (place === column.length - 1 && spare <= mostStretch ? spare : 0);
      const placement: Placement = {id: panel.id, x, y, width: right - x, height, form: 'open', density};
      y += height;
      return placement;
    });
  });
}

/** Left edge of a column; the edge after the last lies one gap beyond the screen. */
const edgeOf = (index: number, count: number, width: number): number =>
  Math.floor(((width + columnGap) * index) / count);

/** Heights in one column: rows that are left over go to panels that were cut, first come first served. */
function columnHeights(column: PanelNeed[], density: Density, available: number): number[] {
  let left = available - heightOf(column, density);
  return column.map(panel => {
    const least = leastHeight(panel, density);
    const more = Math.min(left, fullHeight(panel, density) - least);
    left -= more;
    return least + more;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
