import {cellWidth} from '../view/format/cells.ts';
import {edited, lineOf} from '../view/line-edit.ts';
import {jumpTo} from './actions.ts';
import type {Controller} from './controller.ts';
import {keepInView} from './dialogs.ts';
import {paletteList} from './palette-list.ts';
import {type Run, runAnywhere} from './run-anywhere.ts';
import {applyChange} from './settings.ts';

/** The command palette: what is typed into it, and what the chosen entry does. */

const longestText = 64;
const pageRows = 10;

/** A key while the palette is open. */
export function paletteKey(controller: Controller, run: Run, key: string): void {
  const {palette} = controller.ui.get();
  if (palette === null) return;
  const by = listSteps[key];
  if (key === 'escape') controller.dispatch({type: 'palette-close'});
  else if (key === 'return') choose(controller, run, palette.selected);
  else if (by !== undefined) select(controller, palette.selected + by);
  else type(controller, palette.text, key);
}

/** How far the keys of a searched list go in it: letters are text there. */
export const listSteps: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  'ctrl+p': -1,
  'ctrl+n': 1,
  pageup: -pageRows,
  pagedown: pageRows,
};

function select(controller: Controller, index: number): void {
  const most = paletteList(controller).length - 1;
  controller.dispatch({type: 'palette-select', index: Math.max(0, Math.min(most, index))});
  keepInView(controller);
}

function type(controller: Controller, before: string, key: string): void {
  // The cursor of this line stays at its end.
  const text = edited(lineOf(before), key === 'delete' ? 'backspace' : key).text;
  if (text !== before && cellWidth(text) <= longestText) controller.dispatch({type: 'palette-text', text});
}

/** Closes the palette first: what runs means the view below it. */
export function choose(controller: Controller, run: Run, index: number): void {
  const command = paletteList(controller)[index]?.command;
  if (command === undefined) return;
  controller.dispatch({type: 'palette-close'});
  switch (command.kind) {
    case 'action':
      runAnywhere(controller, run, command.action);
      return;
    case 'panel':
      jumpTo(controller, controller.model(), command.number);
      return;
    case 'setting':
      applyChange(controller, command.change);
      return;
  }
}
