import type {ActionName, Mode} from '../view/keymap/table.ts';
import type {Controller} from './controller.ts';

/** Does an action; `key` as if that had been pressed. */
export type Run = (action: ActionName, key?: string) => void;

/** Runs an action that was chosen from a list; where it means nothing here, in the view where it does. */
export function runAnywhere(controller: Controller, run: Run, action: ActionName): void {
  const binding = controller.keymap().find(({name}) => name === action);
  if (binding === undefined) return;
  const isHere = binding.modes.includes(controller.ui.get().mode);
  if (!isHere) goTo(controller, run, binding.modes);
  if (isHere || !needsRow.includes(action)) run(action, binding.keys[0]);
}

/** In a list that was only now opened nobody has chosen a row yet. */
const needsRow: readonly ActionName[] = ['change', 'move-up', 'move-down', 'replace', 'rename', 'remove', 'hide'];

function goTo(controller: Controller, run: Run, modes: readonly Mode[]): void {
  const [mode = 'panels'] = modes;
  controller.dispatch({type: 'enter', mode: 'panels'});
  if (mode !== 'panels') run(mode === 'detail' ? 'open' : mode);
}
