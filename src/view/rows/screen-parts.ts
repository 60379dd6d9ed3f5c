import type {MonitorState} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import type {Keymap} from '../keymap/table.ts';
import {outlineOf} from '../layout/outline.ts';
import {panelIn, type ScreenModel} from '../layout/screen-model.ts';
import {headingRows} from '../layout/table-plan.ts';
import type {Ui} from '../ui-state.ts';
import {agendaPaneOf} from './agenda-pane.ts';
import {insteadOfPanels} from './empty-state.ts';
import {footOf} from './footer.ts';
import {headOf, tinyLine} from './header.ts';
import {historyPaneOf} from './history-pane.ts';
import type {Line} from './line.ts';
import {notSetUpIn} from './not-set-up.ts';
import {panelLines} from './panel-lines.ts';
import {previewLines} from './preview.ts';
import {tableEdges} from './table-edges.ts';
import {tableLine} from './table-row.ts';

/** Rows under each other, from a place on the screen. */
export type Part = {x: number; y: number; lines: readonly Line[]};

export type Shown = {ui: Ui; state: MonitorState; keymap: Keymap; model: ScreenModel; context: ViewContext};

/** What the components draw of a screen on which no view is open and nothing moves; the same rows, without React. */
export function screenParts(shown: Shown): Part[] {
  const {ui, state, keymap, model, context} = shown;
  const {columns, rows, body, header, footer, notSetUp} = outlineOf(ui, model);
  const at = (y: number, lines: readonly Line[]): Part => ({x: 0, y, lines});
  const foot = footer ? footOf(ui, null, keymap, model, context).lines : [];
  return [
    ...(body === 'tightest' ? [at(0, [tinyLine(model.panels, columns, context)])] : []),
    ...(body === 'empty' ? [at(1, insteadOfPanels(model, state, keymap, ui, context) ?? [])] : []),
    ...(body === 'table' ? tableParts(model, context) : []),
    ...(body === 'panels' ? panelParts(model, context) : []),
    ...(body === 'panels' || body === 'table' ? paneParts(shown) : []),
    ...(notSetUp ? [at(rows - 2, [notSetUpIn(model, keymap, context)])] : []),
    ...(header ? [at(0, headOf(ui, state, model, context))] : []),
    at(rows - foot.length, foot),
  ];
}

const panelParts = (model: ScreenModel, context: ViewContext): Part[] =>
  model.slots.flatMap(slot => {
    const {id, x, y} = slot.placement;
    const panel = panelIn(model, id);
    const standing = {focused: id === model.focus, spinning: false};
    return panel === undefined ? [] : [{x, y, lines: panelLines(panel, slot, model.folded, standing, context)}];
  });

function tableParts({table, preview, slots: [slot], columns: width}: ScreenModel, context: ViewContext): Part[] {
  if (table === null) return [];
  const {y, visible, columns, focus} = table;
  const rows = visible.map(row =>
    tableLine(row, columns, {focused: row.id === focus, spinning: false}, width, context),
  );
  return [
    ...tableEdges(table, width, context).map(edge => ({x: 0, y: edge.y, lines: [edge.line]})),
    {x: 0, y: y + headingRows, lines: rows},
    ...(slot === undefined || preview === null
      ? []
      : [{x: slot.placement.x, y: slot.placement.y, lines: previewLines(preview, slot, context)}]),
  ];
}

const paneParts = ({ui, model, context}: Shown): Part[] =>
  [agendaPaneOf(model, context), historyPaneOf(model, ui, context)].flatMap(pane =>
    pane === null ? [] : [{x: pane.rect.x, y: pane.rect.y, lines: pane.lines}],
  );
