import {folded} from './folded.ts';
import {
  borderColumns,
  borderRows,
  type Density,
  densities,
  grown,
  type Layout,
  type LayoutInput,
  leastBorderedWidth,
  type PanelNeed,
  type Placement,
  sum,
} from './placing.ts';

export type {Density, Form, Layout, LayoutInput, PanelNeed, Placement} from './placing.ts';
export {densities} from './placing.ts';

/** Geometry alone: which panel is drawn where, in cells. The same needs at the same size give the same places. */

const smallest = {columns: 20, rows: 5} as const;
const comfortableWidth = 56;
const leastGridWidth = 38;
const mostColumns = 3;
const columnGap = 1;
const mostStretch = 4;
/** A panel with many accounts is content with this many rows when others need the room. */
const longPanelRows = 10;
export function layout(input: LayoutInput): Layout {
  if (input.columns < smallest.columns || input.rows < smallest.rows) {
    return {kind: 'line', header: false, footer: false, notSetUpLine: false, above: 0, below: 0, placements: []};
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
  const available = input.rows - 2 - (input.notSetUpLine ? 1 : 0);
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
          notSetUpLine: input.notSetUpLine,
          above: 0,
          below: 0,
          placements: placeColumns(columns, density, input.columns, available),
        };
      }
    }
  }
  return null;
}

const fullHeight = (panel: PanelNeed, density: Density, width: number): number =>
  Math.max(panel.rows[density], panel.full(density, width)) + borderRows;
function leastHeight(panel: PanelNeed, density: Density): number {
  const height = panel.rows[density] + borderRows;
  return panel.long ? Math.min(height, longPanelRows) : height;
}
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
  const inner = (index: number): number =>
    edgeOf(index + 1, columns.length, width) - columnGap - edgeOf(index, columns.length, width) - borderColumns;
  const heights = columns.map((column, index) => columnHeights(column, density, available, inner(index)));
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

/** Heights in one column. Rows that are left over go first to what says what to do, then to what would be left out or cut. */
function columnHeights(column: PanelNeed[], density: Density, available: number, width: number): number[] {
  const least = column.map(panel => leastHeight(panel, density));
  const failed = grown(column, least, panel => panel.failed(width) + borderRows, available);
  return grown(column, failed, panel => fullHeight(panel, density, width), available);
}
