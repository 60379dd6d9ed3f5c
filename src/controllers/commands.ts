import {cellWidth} from '../view/format/cells.ts';
import {type ActionName, actionFor} from '../view/keymap/table.ts';
import type {ScreenModel} from '../view/layout/screen-model.ts';
import {edited} from '../view/line-edit.ts';
import {typedFilter} from '../view/ui-state.ts';
import {stepAccount} from './account-in-view.ts';
import * as act from './actions.ts';
import {agendaAction} from './agenda.ts';
import type {Controller} from './controller.ts';
import {copyShown} from './copying.ts';
import {keepInView} from './dialogs.ts';
import {helpAction} from './help.ts';
import {nextSpan, stepLimit, turnDetails} from './history-actions.ts';
import {loadLogins, loadPresets} from './login-changes.ts';
import {credentialsAction, credentialsKey, credentialsPaste, isTypingLogin} from './logins.ts';
import {paletteKey} from './palette.ts';
import {changeInterval, toggleOption} from './provider-settings.ts';
import type {Run} from './run-anywhere.ts';
import {settingsAction} from './settings.ts';
import {nextSort, rowOf, showAccount, toggleFold, toggleView} from './table-actions.ts';

/** From keys to what they do. Every key reads the state as the key before it left it. */

export type Commands = {
  /** A key by its name in the keymap. */
  key(key: string): void;
  paste(text: string): void;
  run: Run;
};
/** How the program is left, for good or until `fg`. */
export type Leaving = {exit(): void; suspend(): void};

/** `allows`: of what may not be done here it says so itself. */
export function createCommands(
  controller: Controller,
  leaving: Leaving,
  allows: (action: ActionName) => boolean = () => true,
): Commands {
  const run = (action: ActionName, key = ''): void => {
    if (!allows(action)) return;
    if (listAction(controller, run, action)) return;
    general[action]({controller, leaving, key, model: controller.model()});
  };
  return {
    run,
    key: key => handleKey(controller, leaving, run, key),
    paste(text) {
      if (controller.ui.get().palette !== null)
        for (const character of text.replace(/\s+/g, ' ')) paletteKey(controller, run, character);
      else if (isTypingLogin(controller)) credentialsPaste(controller, text);
      else if (controller.ui.get().typing)
        for (const character of text.replace(/\s+/g, ' ')) typeFilter(controller, character);
    },
  };
}

function handleKey(controller: Controller, leaving: Leaving, run: Commands['run'], key: string): void {
  const ui = controller.ui.get();
  const action = actionFor(controller.keymap(), ui.mode, key);
  if (key === 'ctrl+c') leaving.exit();
  else if (action && isOfTerminal(action, key)) run(action, key);
  else if (ui.palette !== null) paletteKey(controller, run, key);
  else if (isTypingLogin(controller)) credentialsKey(controller, key);
  else if (ui.typing) typeFilter(controller, key);
  else if (action) run(action, key);
}

/** What concerns the terminal holds while something is typed, too; letters are text there. */
const isOfTerminal = (action: ActionName, key: string): boolean =>
  (action === 'suspend' || action === 'redraw') && key.startsWith('ctrl+');

/** Views that are lists have their own meaning for some actions. */
function listAction(controller: Controller, run: Run, action: ActionName): boolean {
  const isDone = ownAction(controller, run, action);
  if (isDone) keepInView(controller);
  return isDone;
}

function ownAction(controller: Controller, run: Run, action: ActionName): boolean {
  const {mode} = controller.ui.get();
  if (mode === 'settings') return settingsAction(controller, action);
  if (mode === 'help') return helpAction(controller, run, action);
  if (mode === 'agenda') return agendaAction(controller, action);
  return mode === 'credentials' && credentialsAction(controller, action);
}

type At = {controller: Controller; leaving: Leaving; model: ScreenModel; key: string};

const farEnough = 1_000_000;
const page = ({controller, model}: At): number =>
  Math.max(
    1,
    model.table !== null && controller.ui.get().mode === 'panels'
      ? model.table.visible.length - 1
      : controller.size().rows - 5,
  );
const nothing = (): void => {};

const sideways =
  (direction: 'left' | 'right') =>
  ({controller, model}: At): void => {
    // Beside the panels there are no neighbours: the detail view goes through the providers.
    if (controller.ui.get().mode === 'panels') act.move(controller, model, direction);
    else act.stepFocus(controller, model, direction === 'right' ? 1 : -1);
  };
const upright =
  (direction: 'up' | 'down') =>
  ({controller, model}: At): void => {
    const {mode} = controller.ui.get();
    if (mode === 'panels') act.move(controller, model, direction);
    else if (mode === 'history') stepLimit(controller, model, direction === 'up' ? -1 : 1);
    else act.scrollBy(controller, model, direction === 'up' ? -1 : 1);
  };

const general: Record<ActionName, (at: At) => void> = {
  quit: ({leaving}) => leaving.exit(),
  suspend: ({leaving}) => leaving.suspend(),
  redraw: ({controller}) => controller.terminal.redraw(),
  back: ({controller}) => controller.dispatch({type: 'back'}),
  open({controller, model}) {
    if (model.focus === null) return;
    const row = rowOf(model);
    controller.dispatch({type: 'focus', id: model.focus, ...(row ? {row: row.id} : {})});
    controller.dispatch({type: 'enter', mode: 'detail'});
    showAccount(controller);
  },
  help: ({controller}) => controller.dispatch({type: 'enter', mode: 'help'}),
  notices: ({controller}) => controller.dispatch({type: 'enter', mode: 'notices'}),
  agenda: ({controller}) => controller.dispatch({type: 'enter', mode: 'agenda'}),
  history: ({controller}) => controller.dispatch({type: 'enter', mode: 'history'}),
  plot: ({controller}) => turnDetails(controller),
  'next-limit': ({controller, model}) => stepLimit(controller, model, 1),
  'previous-limit': ({controller, model}) => stepLimit(controller, model, -1),
  span: ({controller}) => nextSpan(controller),
  settings: ({controller}) => controller.dispatch({type: 'enter', mode: 'settings'}),
  credentials({controller}) {
    loadLogins(controller);
    void loadPresets(controller);
    controller.dispatch({type: 'enter', mode: 'credentials'});
  },
  palette: ({controller}) => controller.dispatch({type: 'palette-open'}),
  filter: ({controller}) => controller.dispatch({type: 'filter-open'}),
  refresh: ({controller, model, key}) => act.refreshFocused(controller, model, key),
  'refresh-all': ({controller, model, key}) => act.refreshAll(controller, model, key),
  pause: ({controller}) => act.togglePause(controller),
  view: ({controller, model}) => toggleView(controller, model),
  sort: ({controller}) => nextSort(controller),
  fold: ({controller, model}) => toggleFold(controller, model),
  'show-left': ({controller}) => act.toggleShow(controller),
  theme: ({controller}) => act.cycleTheme(controller),
  privacy: ({controller}) => act.togglePrivacy(controller),
  copy: ({controller, model}) => copyShown(controller, model),
  'open-page': ({controller, model}) => act.openPage(controller, model),
  'toggle-option': ({controller, model}) => toggleOption(controller, model.focus),
  slower: ({controller, model}) => changeInterval(controller, model.focus, 1),
  faster: ({controller, model}) => changeInterval(controller, model.focus, -1),
  next: ({controller, model}) => act.stepFocus(controller, model, 1),
  previous: ({controller, model}) => act.stepFocus(controller, model, -1),
  jump: ({controller, model, key}) => act.jumpTo(controller, model, Number(key)),
  'next-account': ({controller}) => stepAccount(controller, 1),
  'previous-account': ({controller}) => stepAccount(controller, -1),
  left: sideways('left'),
  right: sideways('right'),
  up: upright('up'),
  down: upright('down'),
  top: ({controller, model}) => act.leap(controller, model, -farEnough),
  bottom: ({controller, model}) => act.leap(controller, model, farEnough),
  'page-up': at => act.leap(at.controller, at.model, -page(at)),
  'page-down': at => act.leap(at.controller, at.model, page(at)),
  // Only the lists know what these mean.
  run: nothing,
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

function typeFilter(controller: Controller, key: string): void {
  const before = typedFilter(controller.ui.get());
  if (key === 'return' || key === 'escape') controller.dispatch({type: 'filter-close', keep: key === 'return'});
  else {
    const line = edited(before, key);
    if (line !== before && cellWidth(line.text) <= longestFilter) controller.dispatch({type: 'filter-text', ...line});
  }
}
