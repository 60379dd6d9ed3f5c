import type {Controller} from '../../controllers/controller.ts';
import {dialogLines} from '../../controllers/dialog-lines.ts';
import {dialogOf} from '../../controllers/dialogs.ts';
import type {Keymap} from '../../view/keymap/table.ts';
import {outlineOf} from '../../view/layout/outline.ts';
import {panelIn, rowIn, spinningIn} from '../../view/layout/screen-model.ts';
import {headingRows} from '../../view/layout/table-plan.ts';
import {agendaPaneOf} from '../../view/rows/agenda-pane.ts';
import {insteadOfPanels} from '../../view/rows/empty-state.ts';
import {type Foot, footOf} from '../../view/rows/footer.ts';
import {headOf, tinyLine} from '../../view/rows/header.ts';
import {historyPaneOf} from '../../view/rows/history-pane.ts';
import type {Line} from '../../view/rows/line.ts';
import {notSetUpIn} from '../../view/rows/not-set-up.ts';
import {panelLines} from '../../view/rows/panel-lines.ts';
import {previewLines} from '../../view/rows/preview.ts';
import {tableEdges} from '../../view/rows/table-edges.ts';
import {tableLine} from '../../view/rows/table-row.ts';

/** Rows that belong together, at their place on the screen. The same functions make them that make the terminal's. */
export type Block = {
  id: string;
  x: number;
  y: number;
  width: number;
  lines: readonly Line[];
  /** Its first and last row, and the ends of the others, are a frame. */
  framed: boolean;
  focused: boolean;
  /** What it is called, where it stands for something. */
  label?: string;
};
export type Blocks = {head: readonly Line[]; foot: Foot; body: readonly Block[]; dialog: boolean};

/** `terminalKeys`: what texts name that say what to do at the terminal. */
export function blocksOf(controller: Controller, terminalKeys: Keymap): Blocks {
  const [ui, model, context] = [controller.ui.get(), controller.model(), controller.context()];
  const outline = outlineOf(ui, model);
  const {columns: width, rows} = outline;
  const notSetUp = outline.notSetUp
    ? [row('not-set-up', rows - 2, width, [notSetUpIn(model, terminalKeys, context)])]
    : [];
  return {
    head: outline.header ? headOf(ui, controller.state(), model, context) : [],
    foot: outline.footer ? footOf(ui, null, controller.keymap(), model, context) : {lines: [], hits: []},
    body: [...bodyOf(controller, outline.body, width, terminalKeys), ...panesOf(controller, outline.body), ...notSetUp],
    dialog: outline.body === 'dialog',
  };
}

const row = (id: string, y: number, width: number, lines: readonly Line[]): Block => ({
  ...{id, x: 0, y, width, lines},
  ...{framed: false, focused: false},
});

function bodyOf(
  controller: Controller,
  body: ReturnType<typeof outlineOf>['body'],
  width: number,
  terminalKeys: Keymap,
): Block[] {
  const [ui, model, context] = [controller.ui.get(), controller.model(), controller.context()];
  switch (body) {
    case 'tightest':
      return [row('tightest', 0, width, [tinyLine(model.panels, width, context)])];
    case 'dialog':
      return dialogBlocks(controller);
    case 'empty':
      return [row('empty', 1, width, insteadOfPanels(model, controller.state(), terminalKeys, ui, context) ?? [])];
    case 'table':
      return tableBlocks(controller, width);
    case 'panels':
      return panelBlocks(controller);
  }
}

function dialogBlocks(controller: Controller): Block[] {
  const dialog = dialogOf(controller);
  if (dialog === null) return [];
  const {area, title} = dialog;
  const lines = dialogLines(dialog, controller.context());
  return [{...row('dialog', area.y, area.width, lines), framed: area.boxed, focused: true, label: title}];
}

function panelBlocks(controller: Controller): Block[] {
  const [model, context] = [controller.model(), controller.context()];
  const spinning = spinnerIn(controller);
  return model.slots.flatMap((slot): Block[] => {
    const {id, x, y, width, form} = slot.placement;
    const panel = panelIn(model, id);
    if (panel === undefined) return [];
    const focused = id === model.focus;
    const lines = panelLines(panel, slot, model.folded, {focused, spinning: spinning === id}, context);
    return [{id: `panel-${id}`, x, y, width, lines, framed: form === 'open', focused, label: panel.info.name}];
  });
}

function tableBlocks(controller: Controller, width: number): Block[] {
  const [model, context] = [controller.model(), controller.context()];
  const {table, preview} = model;
  if (table === null) return [];
  const spinning = spinnerIn(controller);
  const rows = table.visible.flatMap(({id}, index): Block[] => {
    const shown = rowIn(model, id);
    if (shown === undefined) return [];
    const focused = id === table.focus;
    const line = tableLine(shown, table.columns, {focused, spinning: spinning === id}, width, context);
    return [{...row(`row-${id}`, table.y + headingRows + index, width, [line]), focused}];
  });
  const edges = tableEdges(table, width, context).map(({y, line}) => row(`edge-${y}`, y, width, [line]));
  const [slot] = model.slots;
  if (slot === undefined || preview === null) return [...edges, ...rows];
  const place = {...slot.placement, id: 'preview', lines: previewLines(preview, slot, context)};
  return [...edges, ...rows, {...place, framed: true, focused: false, label: preview.info.name}];
}

function panesOf(controller: Controller, body: ReturnType<typeof outlineOf>['body']): Block[] {
  if (body !== 'panels' && body !== 'table') return [];
  const [ui, model, context] = [controller.ui.get(), controller.model(), controller.context()];
  const panes = [
    {id: 'agenda', pane: agendaPaneOf(model, context), label: context.strings.agenda.title},
    {id: 'history', pane: historyPaneOf(model, ui, context), label: context.strings.history.title},
  ];
  return panes.flatMap(({id, pane, label}) =>
    pane === null ? [] : [{...pane.rect, id, lines: pane.lines, framed: true, focused: false, label}],
  );
}

function spinnerIn(controller: Controller): string | null {
  const {motion} = controller.display();
  const isMoving = controller.terminal.reducedMotion ? motion === 'on' : motion !== 'off';
  return isMoving ? spinningIn(controller.model()) : null;
}
