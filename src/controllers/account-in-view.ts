import type {AccountState} from '../core/model.ts';
import {panelIn} from '../view/layout/screen-model.ts';
import type {Controller} from './controller.ts';
import {dialogOf} from './dialogs.ts';

/** Of the accounts in the details, the one whose lines are at the top. */

/** The lines at which the accounts begin are where they can be clicked. */
function startsIn(controller: Controller): {starts: readonly number[]; scroll: number; most: number} | null {
  const dialog = dialogOf(controller);
  if (controller.ui.get().mode !== 'detail' || dialog === null) return null;
  return {starts: dialog.hits.map(({row}) => row), scroll: dialog.scroll, most: dialog.most};
}

const indexAt = (starts: readonly number[], scroll: number): number =>
  Math.max(
    0,
    starts.findLastIndex(start => start <= scroll),
  );

/** undefined where no details are open. */
export function accountInView(controller: Controller): AccountState | undefined {
  const found = startsIn(controller);
  const model = controller.model();
  if (found === null) return undefined;
  return panelIn(model, model.focus)?.accounts[indexAt(found.starts, found.scroll)];
}

export function showAccountAt(controller: Controller, index: number): void {
  const found = startsIn(controller);
  const start = found?.starts[index];
  if (found === null || start === undefined) return;
  controller.dispatch({type: 'scroll', what: 'detail', by: start - found.scroll, most: found.most});
}

/** To the next account, or to the one before; from the middle of one, back to where it begins. */
export function stepAccount(controller: Controller, by: 1 | -1): void {
  const found = startsIn(controller);
  if (found === null) return;
  const at = indexAt(found.starts, found.scroll);
  const isWithin = by < 0 && found.scroll > (found.starts[at] ?? 0);
  showAccountAt(controller, isWithin ? at : at + by);
}
