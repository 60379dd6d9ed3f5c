/** What a layout is asked for and what it answers, in cells; and what its two forms share. */

export type PanelNeed = {
  id: string;
  /** Rows of content (without the border) at which nothing is hidden and nothing cut, in so many cells. */
  full(width: number): number;
  /** Rows with which the panel still says something: what is missing is scrolled. */
  least(width: number): number;
};

/** `open` has a border, `borderless` is a title line and rows without one, `folded` is one line. */
export type Form = 'open' | 'borderless' | 'folded';
export type Placement = {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  form: Form;
};
/** A part of the screen, in cells. */
export type Rect = {x: number; y: number; width: number; height: number};
export type Layout = {
  /** `table`: the one placement is the panel below it. */
  kind: 'grid' | 'folded' | 'table' | 'line';
  header: boolean;
  footer: boolean;
  /** The dim line of providers that are not set up. */
  notSetUpLine: boolean;
  /** Panels that have no room, before and after those that are placed. */
  above: number;
  below: number;
  /** In reading order; `y` counts from the top of the screen. */
  placements: Placement[];
  /** What stays free under each column of panels, down to what stands below them; nothing where panels are folded. */
  free: readonly Rect[];
};
export type LayoutInput = {
  columns: number;
  rows: number;
  panels: readonly PanelNeed[];
  focus: string | null;
  /** Whether there is something to say in the line above the footer. */
  notSetUpLine: boolean;
};

export const borderRows = 2;
/** Frame and free cell on both sides. */
export const borderColumns = 4;
/** Free cells before a row without a border. */
export const borderlessIndent = 2;
/** Below this a border costs more than it gives. */
export const leastBorderedWidth = 28;

/** Cells and rows that a panel has for what it says. */
export function insideOf({form, width, height}: Pick<Placement, 'form' | 'width' | 'height'>): {
  width: number;
  height: number;
} {
  const isOpen = form === 'open';
  return {
    width: width - (isOpen ? borderColumns : borderlessIndent),
    height: Math.max(0, height - (isOpen ? borderRows : 1)),
  };
}

/** Heights grown towards what is wanted while there are rows left, first come first served. */
export function grown(
  panels: readonly PanelNeed[],
  heights: readonly number[],
  wanted: (panel: PanelNeed) => number,
  available: number,
): number[] {
  let left = available - sum(heights);
  return panels.map((panel, index) => {
    const height = heights[index] ?? 0;
    const more = Math.max(0, Math.min(left, wanted(panel) - height));
    left -= more;
    return height + more;
  });
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
