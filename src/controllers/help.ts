import type {ActionName} from '../view/keymap/table.ts';
import {helpEntries} from '../view/rows/help.ts';
import type {Controller} from './controller.ts';
import {type Run, runAnywhere} from './run-anywhere.ts';
import {moveSelection} from './selection.ts';

/** The help's own keys: the cursor goes over its entries, and Enter does what stands there. */

const pageRows = 10;

/** True when the action meant something here. */
export function helpAction(controller: Controller, run: Run, action: ActionName): boolean {
  const {helpFilter, from, selected} = controller.ui.get();
  const entries = helpEntries(controller.keymap(), helpFilter, from, controller.context());
  if (moveSelection(controller, action, entries.length, pageRows)) return true;
  if (action !== 'run') return false;
  const chosen = entries[selected]?.action;
  // A mark has nothing to run.
  if (chosen === undefined) return true;
  controller.dispatch({type: 'enter', mode: from});
  runAnywhere(controller, run, chosen);
  return true;
}
