import type {Mode} from '../view/keymap/table.ts';
import {isIn, panelAt} from '../view/layout/neighbour.ts';
import type {ScreenModel} from '../view/layout/screen-model.ts';
import {type AccountTable, rowAt} from '../view/layout/table.ts';
import type {MouseEvent} from '../view/mouse.ts';
import {agendaPaneOf} from '../view/rows/agenda-pane.ts';
import {footOf, hasFooter} from '../view/rows/footer.ts';
import {hasHeader} from '../view/rows/header.ts';
import {historyPaneOf} from '../view/rows/history-pane.ts';
import {isCovered} from '../view/ui-state.ts';
import * as act from './actions.ts';
import {clickDialog} from './clicks.ts';
import type {Commands} from './commands.ts';
import type {Controller} from './controller.ts';
import {isTypingLogin} from './logins.ts';
import {focusRow, moveRow} from './table-actions.ts';

const wheelRows = 3;
/** Views in which the wheel moves a selection, or goes from limit to limit. */
const listed: readonly Mode[] = ['settings', 'credentials', 'help', 'agenda', 'history'];

/** Click focuses a panel, a second click opens it; the wheel scrolls; the footer's keys can be clicked. */
export function handleMouse(controller: Controller, commands: Commands, mouse: MouseEvent): void {
  if (mouse.kind === 'press') press(controller, commands, mouse);
  else turn(controller, commands, mouse, mouse.kind === 'wheel-down');
}

function turn(controller: Controller, commands: Commands, at: {x: number; y: number}, down: boolean): void {
  const {mode, palette} = controller.ui.get();
  if (isTypingLogin(controller)) {
    commands.key(down ? 'down' : 'up');
    return;
  }
  if (palette !== null) {
    commands.key(down ? 'down' : 'up');
    return;
  }
  // Everywhere else it moves what is seen.
  if (listed.includes(mode)) {
    commands.run(down ? 'down' : 'up');
    return;
  }
  const model = controller.model();
  if (mode === 'panels' && model.table !== null) {
    turnTable(controller, model, model.table, at, down ? 1 : -1);
    return;
  }
  // Where not all panels have room, the wheel goes through them: to focus what lies under it would move the list about.
  if (mode === 'panels' && model.layout.above + model.layout.below > 0) {
    act.move(controller, model, down ? 'down' : 'up');
    return;
  }
  const under = mode === 'panels' ? panelAt(model.layout.placements, at.x, at.y) : undefined;
  if (under) controller.dispatch({type: 'focus', id: under.id});
  act.scrollBy(controller, controller.model(), down ? wheelRows : -wheelRows);
}

/** Over the panel below the table what it hides, anywhere else the rows. */
function turnTable(
  controller: Controller,
  model: ScreenModel,
  table: AccountTable,
  at: {x: number; y: number},
  by: 1 | -1,
): void {
  const [slot] = model.slots;
  const isOver = panelAt(model.layout.placements, at.x, at.y) !== undefined;
  if (isOver && slot !== undefined && slot.most > 0) act.scrollBy(controller, model, by * wheelRows);
  else moveRow(controller, table, by);
}

function press(controller: Controller, commands: Commands, at: {x: number; y: number}): void {
  const model = controller.model();
  const ui = controller.ui.get();
  if (at.y === controller.size().rows - 1 && hasFooter(ui, model)) {
    const foot = footOf(ui, controller.logins.get().form, controller.keymap(), model, controller.context());
    const hit = foot.hits.find(each => at.x >= each.from && at.x < each.to);
    // As a key, so that it means what it would mean there.
    if (hit) commands.key(hit.key);
    else if (ui.message) controller.dispatch({type: 'clear-message', id: ui.message.id});
    return;
  }
  if (at.y === 0 && model.notices > 0 && hasHeader(ui, model)) {
    commands.run('notices');
    return;
  }
  if (isCovered(ui)) {
    clickDialog(controller, commands.run, at);
    return;
  }
  const row = model.table === null ? undefined : rowAt(model.table, at.y);
  if (row && model.table !== null) {
    if (row.id === model.table.focus) commands.run('open');
    else focusRow(controller, model.table, row);
    return;
  }
  const pane = agendaPaneOf(model, controller.context());
  if (pane !== null && isIn(pane.rect, at)) {
    commands.run('agenda');
    return;
  }
  const history = historyPaneOf(model, ui, controller.context());
  if (history !== null && isIn(history.rect, at)) {
    commands.run('history');
    return;
  }
  const under = panelAt(model.layout.placements, at.x, at.y);
  if (!under) return;
  if (under.id === model.focus) commands.run('open');
  else controller.dispatch({type: 'focus', id: under.id});
}
