import {cellWidth} from '../view/cells.ts';
import {type ActionName, actionFor} from '../view/keymap.ts';
import {filterOf} from '../view/ui-state.ts';
import * as act from './actions.ts';
import {credentialsAction, credentialsKey, credentialsPaste, isTypingLogin, loadLogins} from './credentials-desk.ts';
import type {Desk} from './desk.ts';
import {settingsAction} from './settings-desk.ts';

/** From keys to what they do. Every key reads the desk as the key before it left it. */

export type Commands = {
  /** A key by its name in the keymap. */
  key(key: string): void;
  paste(text: string): void;
  run(action: ActionName, key?: string): void;
};
/** How the program is left, for good or until `fg`. */
export type Leaving = {exit(): void; suspend(): void};

export function createCommands(desk: Desk, leaving: Leaving): Commands {
  const run = (action: ActionName, key = ''): void => {
    if (!listAction(desk, action)) generalAction(desk, leaving, action, key);
  };
  return {
    run,
    key(key) {
      if (key === 'ctrl+c') return leaving.exit();
      const ui = desk.ui.get();
      if (ui.mode === 'credentials' && isTypingLogin(desk)) return credentialsKey(desk, key);
      if (ui.typing) return typeFilter(desk, key);
      const action = actionFor(desk.keymap(), ui.mode, key);
      if (action) run(action, key);
    },
    paste(text) {
      if (desk.ui.get().mode === 'credentials' && isTypingLogin(desk)) return credentialsPaste(desk, text);
      if (desk.ui.get().typing) for (const character of text.replace(/\s+/g, ' ')) typeFilter(desk, character);
    },
  };
}

/** Views that are lists have their own meaning for some actions. */
function listAction(desk: Desk, action: ActionName): boolean {
  const {mode} = desk.ui.get();
  if (mode === 'settings') return settingsAction(desk, action);
  return mode === 'credentials' && credentialsAction(desk, action);
}

const farEnough = 1_000_000;

function generalAction(desk: Desk, leaving: Leaving, action: ActionName, key: string): void {
  const scene = desk.scene(desk.program.now());
  const watching = desk.ui.get().mode === 'panels';
  switch (action) {
    case 'quit':
      return leaving.exit();
    case 'suspend':
      return leaving.suspend();
    case 'redraw':
      return desk.terminal.redraw();
    case 'back':
      return desk.dispatch({type: 'back'});
    case 'open':
      return scene.focus ? desk.dispatch({type: 'enter', mode: 'detail'}) : undefined;
    case 'credentials':
      loadLogins(desk);
      return desk.dispatch({type: 'enter', mode: action});
    case 'help':
    case 'settings':
      return desk.dispatch({type: 'enter', mode: action});
    case 'filter':
      return desk.dispatch({type: 'filter-open'});
    case 'refresh':
      return act.refreshFocused(desk, scene, key);
    case 'refresh-all':
      return act.refreshAll(desk, scene, key);
    case 'pause':
      return act.togglePause(desk);
    case 'show-left':
      return act.toggleShow(desk);
    case 'theme':
      return act.cycleTheme(desk);
    case 'privacy':
      return act.togglePrivacy(desk);
    case 'copy':
      return act.copyShown(desk, scene);
    case 'open-page':
      return act.openPage(desk, scene);
    case 'slower':
    case 'faster':
      return act.changeInterval(desk, scene.focus, action === 'slower' ? 1 : -1);
    case 'next':
    case 'previous':
      return act.stepFocus(desk, scene, action === 'next' ? 1 : -1);
    case 'jump':
      return act.jumpTo(desk, scene, Number(key));
    case 'left':
    case 'right':
      return watching ? act.move(desk, scene, action) : act.stepFocus(desk, scene, action === 'right' ? 1 : -1);
    case 'up':
    case 'down':
      return watching ? act.move(desk, scene, action) : act.scrollBy(desk, scene, action === 'up' ? -1 : 1);
    case 'top':
    case 'bottom':
      return act.scrollBy(desk, scene, action === 'top' ? -farEnough : farEnough);
    case 'page-up':
    case 'page-down':
      return act.scrollBy(desk, scene, Math.max(1, desk.size.rows - 5) * (action === 'page-up' ? -1 : 1));
    case 'change':
    case 'move-up':
    case 'move-down':
    case 'add':
    case 'replace':
    case 'rename':
    case 'remove':
    case 'hide':
      return;
  }
}

const longestFilter = 64;

function typeFilter(desk: Desk, key: string): void {
  const text = filterOf(desk.ui.get());
  if (key === 'return') return desk.dispatch({type: 'filter-close', keep: true});
  if (key === 'escape') return desk.dispatch({type: 'filter-close', keep: false});
  if (key === 'backspace' || key === 'delete')
    return desk.dispatch({type: 'filter-text', text: [...text].slice(0, -1).join('')});
  // Names of keys are longer than one character; only characters are text.
  const isText = [...key].length === 1 && cellWidth(key) > 0;
  if (isText && cellWidth(text) < longestFilter) desk.dispatch({type: 'filter-text', text: text + key});
}
