import {hitAt} from '../view/rows/list-view.ts';
import {showAccountAt} from './account-in-view.ts';
import type {Controller} from './controller.ts';
import {dialogOf, keepInView} from './dialogs.ts';
import {clickForm, isTypingLogin} from './logins.ts';
import {choose} from './palette.ts';
import type {Run} from './run-anywhere.ts';

/** A click into the view over the panels: the first one selects an entry, one on the selected entry does what Enter does. */
export function clickDialog(controller: Controller, run: Run, at: {x: number; y: number}): void {
  const index = entryAt(controller, at);
  if (index === undefined) return;
  const {mode, selected, palette} = controller.ui.get();
  if (palette !== null) choose(controller, run, index);
  else if (isTypingLogin(controller)) clickForm(controller, index);
  else if (mode === 'detail') showAccountAt(controller, index);
  else if (index !== selected) {
    controller.dispatch({type: 'select', index});
    keepInView(controller);
  } else if (mode === 'settings') run('change');
  else if (mode === 'help') run('run');
  else if (mode === 'agenda') run('open');
}

function entryAt(controller: Controller, {x, y}: {x: number; y: number}): number | undefined {
  const dialog = dialogOf(controller);
  if (dialog === null) return undefined;
  const {area, pinned, hits, scroll, height} = dialog;
  const row = y - area.y - (area.boxed ? 1 : 0) - pinned.length;
  if (row < 0 || row >= height) return undefined;
  return hitAt(hits, row + scroll, x - (area.boxed ? 2 : 0))?.index;
}
