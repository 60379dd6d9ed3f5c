import type {ActionName} from '../view/keymap/table.ts';
import type {Controller} from './controller.ts';

/** Moves the selected row of a list of `count` rows. True when the action was one that moves it. */
export function moveSelection(controller: Controller, action: ActionName, count: number, pageRows: number): boolean {
  const {selected} = controller.ui.get();
  const targets: Partial<Record<ActionName, number>> = {
    up: selected - 1,
    down: selected + 1,
    'page-up': selected - pageRows,
    'page-down': selected + pageRows,
    top: 0,
    bottom: count - 1,
  };
  const index = targets[action];
  if (index === undefined) return false;
  controller.dispatch({type: 'select', index: Math.max(0, Math.min(count - 1, index))});
  return true;
}
