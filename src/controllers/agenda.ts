import type {ActionName} from '../view/keymap/table.ts';
import {agendaOf} from '../view/rows/agenda.ts';
import {showAccountAt} from './account-in-view.ts';
import type {Controller} from './controller.ts';
import {moveSelection} from './selection.ts';

const pageRows = 10;

/** The agenda's own keys: the cursor goes over the resets, Enter shows whose it is. True when the action meant something. */
export function agendaAction(controller: Controller, action: ActionName): boolean {
  const entries = agendaOf(controller.model().all, controller.context().now);
  if (moveSelection(controller, action, entries.length, pageRows)) return true;
  if (action !== 'open') return false;
  const entry = entries[Math.min(controller.ui.get().selected, entries.length - 1)];
  if (entry === undefined) return true;
  const [{account, panel}] = entry;
  controller.dispatch({type: 'focus', id: panel.info.id, row: account.key});
  controller.dispatch({type: 'enter', mode: 'detail'});
  showAccountAt(controller, panel.accounts.indexOf(account));
  return true;
}
