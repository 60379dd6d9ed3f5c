import {
  borderRows,
  type Form,
  type Layout,
  type LayoutInput,
  leastBorderedWidth,
  type PanelNeed,
  type Placement,
} from './layout.ts';

const leastOpenRows = 3;

/** One line each; the focused panel, and whoever else finds room, stays open. */
export function folded(input: LayoutInput): Layout {
  const count = input.panels.length;
  const header = input.rows > count;
  const footer = input.rows >= count + 5;
  const aside = input.aside && input.rows >= count + 8;
  const top = header ? 1 : 0;
  const available = input.rows - top - (footer ? 1 : 0) - (aside ? 1 : 0);
  const shown = visibleRun(input, available);
  const forms = openForms(input, shown, available - shown.length);
  let y = top;
  const placements = shown.map(panel => {
    const {form, height} = forms.get(panel.id) ?? {form: 'folded' as const, height: 1};
    const placement: Placement = {id: panel.id, x: 0, y, width: input.columns, height, form, density: 'tight'};
    y += height;
    return placement;
  });
  return {kind: 'folded', header, footer, aside, placements};
}

/** All panels, or as many around the focused one as there are lines. */
function visibleRun(input: LayoutInput, lines: number): readonly PanelNeed[] {
  if (input.panels.length <= lines) return input.panels;
  const focused = Math.max(
    0,
    input.panels.findIndex(panel => panel.id === input.focus),
  );
  const start = Math.min(Math.max(0, focused - Math.floor(lines / 2)), input.panels.length - lines);
  return input.panels.slice(start, start + lines);
}

type Opening = {form: Form; height: number};

/** Who is open in a folded list: the focused panel with all that is left, then the others in their order while they fit. */
function openForms(input: LayoutInput, shown: readonly PanelNeed[], spare: number): Map<string, Opening> {
  const forms = new Map<string, Opening>();
  const focused = shown.find(panel => panel.id === input.focus) ?? shown[0];
  let left = spare;
  const order = focused ? [focused, ...shown.filter(panel => panel !== focused)] : [];
  for (const panel of order) {
    const opening = openingFor(panel, input.columns, left, panel === focused);
    if (!opening) continue;
    forms.set(panel.id, opening);
    left -= opening.height - 1;
  }
  return forms;
}

function openingFor(panel: PanelNeed, columns: number, spare: number, mustOpen: boolean): Opening | null {
  const rows = panel.rows.tight;
  const bordered = columns >= leastBorderedWidth && spare + 1 >= leastOpenRows + 1;
  if (!mustOpen) return bordered && rows + borderRows <= spare + 1 ? {form: 'open', height: rows + borderRows} : null;
  if (bordered) return {form: 'open', height: Math.min(rows + borderRows, spare + 1)};
  return spare >= 1 ? {form: 'bare', height: Math.min(rows + 1, spare + 1)} : null;
}
