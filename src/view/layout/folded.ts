import {
  borderColumns,
  borderRows,
  type Form,
  grown,
  type Layout,
  type LayoutInput,
  leastBorderedWidth,
  type PanelNeed,
  type Placement,
  sum,
} from './placing.ts';

const leastOpenRows = 3;
/** From here on header and footer stay, even when panels have no room. */
const leastRowsWithEdges = 8;

/** One line each; the focused panel, and whoever else finds room, stays open. */
export function folded(input: LayoutInput): Layout {
  const {panels, columns, rows} = input;
  const edges = rows >= leastRowsWithEdges;
  // Who has no room is counted in the header.
  const header = edges || rows !== panels.length;
  const top = header ? 1 : 0;
  const available = rows - top - (edges ? 1 : 0);
  const first = firstShown(input, available);
  const shown = panels.slice(first, first + available);
  const openings = openingsOf(input, shown, available);
  // What is not set up is worth a row that nobody needs.
  const notSetUpLine = input.notSetUpLine && edges && sum(openings.map(({height}) => height)) < available;
  let y = top;
  const placements = shown.map((panel, index): Placement => {
    const {form, height} = openings[index] ?? foldedRow;
    y += height;
    return {id: panel.id, x: 0, y: y - height, width: columns, height, form};
  });
  const below = panels.length - first - shown.length;
  return {kind: 'folded', header, footer: edges, notSetUpLine, above: first, below, placements, free: []};
}

/** Where the shown panels begin: there are as many around the focused one as there are rows. */
function firstShown({panels, focus}: LayoutInput, rows: number): number {
  const focused = Math.max(
    0,
    panels.findIndex(panel => panel.id === focus),
  );
  return Math.max(0, Math.min(focused - Math.floor(rows / 2), panels.length - rows));
}

type Opening = {form: Form; height: number};
const foldedRow: Opening = {form: 'folded', height: 1};

/**
 * Who is open: the focused panel, then the others in their order while they fit. Rows that are left make them whole, or
 * open one more as far as they go.
 */
function openingsOf(input: LayoutInput, shown: readonly PanelNeed[], available: number): Opening[] {
  const focused = shown.find(panel => panel.id === input.focus) ?? shown[0];
  const opened = new Map<PanelNeed, Opening>();
  let spare = available - shown.length;
  const open = (panel: PanelNeed, partly: boolean): void => {
    const opening = opened.has(panel) ? null : openingFor(panel, input.columns, spare, partly);
    if (opening === null) return;
    opened.set(panel, opening);
    spare -= opening.height - 1;
  };
  if (focused) open(focused, true);
  for (const panel of shown) open(panel, false);
  for (const panel of shown) if (spare + 1 > leastOpenRows) open(panel, true);
  return madeWhole([...opened], spare, input.columns, shown);
}

function madeWhole(
  opened: readonly (readonly [PanelNeed, Opening])[],
  spare: number,
  columns: number,
  shown: readonly PanelNeed[],
): Opening[] {
  const panels = opened.map(([panel]) => panel);
  const heights = opened.map(([, {height}]) => height);
  const isOpen = (panel: PanelNeed): boolean => opened.some(([each, {form}]) => each === panel && form === 'open');
  const wanted = (panel: PanelNeed): number => (isOpen(panel) ? panel.full(columns - borderColumns) + borderRows : 0);
  const whole = grown(panels, heights, wanted, sum(heights) + spare);
  return shown.map(panel => {
    const at = panels.indexOf(panel);
    const [, opening] = opened[at] ?? [panel, foldedRow];
    return {...opening, height: whole[at] ?? opening.height};
  });
}

function openingFor(panel: PanelNeed, columns: number, spare: number, partly: boolean): Opening | null {
  const bordered = columns >= leastBorderedWidth && spare + 1 > leastOpenRows;
  const rows = panel.full(columns - borderColumns);
  const height = rows + borderRows;
  if (!partly) return bordered && height <= spare + 1 ? {form: 'open', height} : null;
  if (bordered) return {form: 'open', height: Math.min(height, spare + 1)};
  return spare >= 1 ? {form: 'borderless', height: Math.min(rows + 1, spare + 1)} : null;
}
