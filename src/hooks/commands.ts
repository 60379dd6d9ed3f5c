import {cellWidth} from '../view/cells.ts';
import {type ActionName, actionFor} from '../view/keymap.ts';
import {edited, lineOf} from '../view/line-edit.ts';
import type {Scene} from '../view/scene.ts';
import {filterOf} from '../view/ui-state.ts';
import * as act from './actions.ts';
import {credentialsAction, credentialsKey, credentialsPaste, isTypingLogin} from './credentials-desk.ts';
import type {Desk} from './desk.ts';
import {loadLogins} from './login-changes.ts';
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
    if (listAction(desk, action)) return;
    general[action]({desk, leaving, key, scene: desk.scene(desk.program.now())});
  };
  return {
    run,
    key: key => handleKey(desk, leaving, run, key),
    paste(text) {
      if (isTypingLogin(desk)) credentialsPaste(desk, text);
      else if (desk.ui.get().typing) for (const character of text.replace(/\s+/g, ' ')) typeFilter(desk, character);
    },
  };
}

function handleKey(desk: Desk, leaving: Leaving, run: Commands['run'], key: string): void {
  const ui = desk.ui.get();
  const action = actionFor(desk.keymap(), ui.mode, key);
  if (key === 'ctrl+c') leaving.exit();
  else if (action && isOfTerminal(action, key)) run(action, key);
  else if (isTypingLogin(desk)) credentialsKey(desk, key);
  else if (ui.typing) typeFilter(desk, key);
  else if (action) run(action, key);
}

/** What concerns the terminal holds while something is typed, too; letters are text there. */
const isOfTerminal = (action: ActionName, key: string): boolean =>
  (action === 'suspend' || action === 'redraw') && key.startsWith('ctrl+');

/** Views that are lists have their own meaning for some actions. */
function listAction(desk: Desk, action: ActionName): boolean {
  const {mode} = desk.ui.get();
  if (mode === 'settings') return settingsAction(desk, action);
  return mode === 'credentials' && credentialsAction(desk, action);
}

type At = {desk: Desk; leaving: Leaving; scene: Scene; key: string};

const farEnough = 1_000_000;
const page = (desk: Desk): number => Math.max(1, desk.size.rows - 5);
const nothing = (): void => {};

const sideways =
  (direction: 'left' | 'right') =>
  ({desk, scene}: At): void => {
    // Beside the panels there are no neighbours: the detail view goes through the providers.
    if (desk.ui.get().mode === 'panels') act.move(desk, scene, direction);
    else act.stepFocus(desk, scene, direction === 'right' ? 1 : -1);
  };
const upright =
  (direction: 'up' | 'down') =>
  ({desk, scene}: At): void => {
    if (desk.ui.get().mode === 'panels') act.move(desk, scene, direction);
    else act.scrollBy(desk, scene, direction === 'up' ? -1 : 1);
  };

const general: Record<ActionName, (at: At) => void> = {
  quit: ({leaving}) => leaving.exit(),
  suspend: ({leaving}) => leaving.suspend(),
  redraw: ({desk}) => desk.terminal.redraw(),
  back: ({desk}) => desk.dispatch({type: 'back'}),
  open({desk, scene}) {
    if (scene.focus === null) return;
    desk.dispatch({type: 'focus', id: scene.focus});
    desk.dispatch({type: 'enter', mode: 'detail'});
  },
  help: ({desk}) => desk.dispatch({type: 'enter', mode: 'help'}),
  notices: ({desk}) => desk.dispatch({type: 'enter', mode: 'notices'}),
  settings: ({desk}) => desk.dispatch({type: 'enter', mode: 'settings'}),
  credentials({desk}) {
    loadLogins(desk);
    desk.dispatch({type: 'enter', mode: 'credentials'});
  },
  filter: ({desk}) => desk.dispatch({type: 'filter-open'}),
  refresh: ({desk, scene, key}) => act.refreshFocused(desk, scene, key),
  'refresh-all': ({desk, scene, key}) => act.refreshAll(desk, scene, key),
  pause: ({desk}) => act.togglePause(desk),
  'show-left': ({desk}) => act.toggleShow(desk),
  theme: ({desk}) => act.cycleTheme(desk),
  privacy: ({desk}) => act.togglePrivacy(desk),
  copy: ({desk, scene}) => act.copyShown(desk, scene),
  'open-page': ({desk, scene}) => act.openPage(desk, scene),
  slower: ({desk, scene}) => act.changeInterval(desk, scene.focus, 1),
  faster: ({desk, scene}) => act.changeInterval(desk, scene.focus, -1),
  next: ({desk, scene}) => act.stepFocus(desk, scene, 1),
  previous: ({desk, scene}) => act.stepFocus(desk, scene, -1),
  jump: ({desk, scene, key}) => act.jumpTo(desk, scene, Number(key)),
  left: sideways('left'),
  right: sideways('right'),
  up: upright('up'),
  down: upright('down'),
  top: ({desk, scene}) => act.leap(desk, scene, -farEnough),
  bottom: ({desk, scene}) => act.leap(desk, scene, farEnough),
  'page-up': ({desk, scene}) => act.leap(desk, scene, -page(desk)),
  'page-down': ({desk, scene}) => act.leap(desk, scene, page(desk)),
  // Only the lists know what these mean.
  change: nothing,
  'move-up': nothing,
  'move-down': nothing,
  add: nothing,
  replace: nothing,
  rename: nothing,
  remove: nothing,
  hide: nothing,
};

const longestFilter = 64;

function typeFilter(desk: Desk, key: string): void {
  const text = filterOf(desk.ui.get());
  const write = (next: string): void => desk.dispatch({type: 'filter-text', text: next});
  if (key === 'return' || key === 'escape') desk.dispatch({type: 'filter-close', keep: key === 'return'});
  else {
    // The cursor of this line stays at its end.
    const line = edited(lineOf(text), key === 'delete' ? 'backspace' : key).text;
    if (line !== text && cellWidth(line) <= longestFilter) write(line);
  }
}
