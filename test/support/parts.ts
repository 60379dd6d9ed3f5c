import type {Controller} from '../../src/controllers/controller.ts';
import {dialogLines} from '../../src/controllers/dialog-lines.ts';
import {dialogOf} from '../../src/controllers/dialogs.ts';
import {outlineOf} from '../../src/view/layout/outline.ts';
import {panelIn, spinningIn} from '../../src/view/layout/screen-model.ts';
import {insteadOfPanels} from '../../src/view/rows/empty-state.ts';
import {footOf} from '../../src/view/rows/footer.ts';
import {headOf, tinyLine} from '../../src/view/rows/header.ts';
import type {Line} from '../../src/view/rows/line.ts';
import {notSetUpIn} from '../../src/view/rows/not-set-up.ts';
import {panelLines} from '../../src/view/rows/panel-lines.ts';
import {previewLines} from '../../src/view/rows/preview.ts';
import {tableEdges} from '../../src/view/rows/table-edges.ts';
import {tableLine} from '../../src/view/rows/table-row.ts';

/** Rows at their place on the screen. */
export type Placed = {x: number; y: number; width: number; lines: readonly Line[]};

/** Everything that stands on the screen, without React. */
export function partsOf(controller: Controller): Placed[] {
  const [ui, model, keymap, context] = [
    controller.ui.get(),
    controller.model(),
    controller.keymap(),
    controller.context(),
  ];
  const {columns: width, rows, ...outline} = outlineOf(ui, model);
  const foot = footOf(ui, null, keymap, model, context).lines;
  const across = (lines: readonly Line[], y: number): Placed => ({x: 0, y, width, lines});
  return [
    ...bodyOf(controller, width),
    ...(outline.notSetUp ? [across([notSetUpIn(model, keymap, context)], rows - 2)] : []),
    ...(outline.header ? [across(headOf(ui, controller.state(), model, context), 0)] : []),
    ...(outline.footer ? [across(foot, rows - foot.length)] : []),
  ];
}

function bodyOf(controller: Controller, width: number): Placed[] {
  const [ui, model, context] = [controller.ui.get(), controller.model(), controller.context()];
  const dialog = dialogOf(controller);
  switch (outlineOf(ui, model).body) {
    case 'tightest':
      return [{x: 0, y: 0, width, lines: [tinyLine(model.panels, width, context)]}];
    case 'dialog':
      return dialog ? [{x: 0, y: dialog.area.y, width: dialog.area.width, lines: dialogLines(dialog, context)}] : [];
    case 'empty':
      return [
        {x: 0, y: 1, width, lines: insteadOfPanels(model, controller.state(), controller.keymap(), ui, context) ?? []},
      ];
    case 'table':
      return tableParts(controller);
    case 'panels':
      return panelsOf(controller);
  }
}

function tableParts(controller: Controller): Placed[] {
  const [model, context] = [controller.model(), controller.context()];
  const {table, preview, columns: width} = model;
  const [slot] = model.slots;
  if (table === null) return [];
  const standing = (id: string) => ({focused: id === table.focus, spinning: id === spinningIn(model)});
  const rows = table.visible.map((row, index) => ({
    y: table.y + 1 + index,
    line: tableLine(row, table.columns, standing(row.id), width, context),
  }));
  return [
    ...[...tableEdges(table, width, context), ...rows].map(({y, line}) => ({x: 0, y, width, lines: [line]})),
    ...(slot && preview ? [{...slot.placement, lines: previewLines(preview, slot, context)}] : []),
  ];
}

function panelsOf(controller: Controller): Placed[] {
  const model = controller.model();
  return model.slots.flatMap(slot => {
    const {id, x, y, width} = slot.placement;
    const panel = panelIn(model, id);
    const standing = {focused: id === model.focus, spinning: id === spinningIn(model)};
    return panel ? [{x, y, width, lines: panelLines(panel, slot, model.folded, standing, controller.context())}] : [];
  });
}
