import type {RefreshAnswer} from '../core/services.ts';
import {duration} from '../view/format/time.ts';
import {spellKey} from '../view/keymap/spell.ts';
import {type Direction, neighbour} from '../view/layout/neighbour.ts';
import {focusedPanel, type ScreenModel, slotIn} from '../view/layout/screen-model.ts';
import type {PanelModel} from '../view/rows/panel.ts';
import {themeText} from '../view/theme/name.ts';
import {accountInView} from './account-in-view.ts';
import {type Controller, nextTheme, notify} from './controller.ts';
import {dialogOf} from './dialogs.ts';
import {focusRow, moveProvider, moveRow, stepRow} from './table-actions.ts';

/** The actions that need more than one event: each reads the state as it is now. */

const stringsOf = (controller: Controller) => controller.context().strings;
const keysOf = (panels: readonly PanelModel[]): string[] =>
  panels.flatMap(panel => panel.accounts.map(account => account.key));

export const refreshFocused = (controller: Controller, model: ScreenModel, key: string): void => {
  const panel = focusedPanel(model);
  // In the details one account stands at the top: that one is meant.
  const inView = accountInView(controller);
  refresh(controller, inView ? [inView.key] : panel ? keysOf([panel]) : [], key);
};
export const refreshAll = (controller: Controller, model: ScreenModel, key: string): void =>
  refresh(controller, keysOf(model.panels), key);

function refresh(controller: Controller, keys: readonly string[], key: string): void {
  const {strings, ascii} = controller.context();
  if (keys.length === 0) {
    notify(controller, strings.refresh.nothing);
    return;
  }
  const answer = controller.services.monitor.refresh(keys);
  const latest = Math.max(0, ...answer.waiting.map(wait => wait.retryAt));
  const wait = duration(latest - controller.services.now(), strings);
  const notes = [
    answer.refreshing.length > 0 ? strings.refresh.asking(answer.refreshing.length) : '',
    answer.waiting.length > 0 ? strings.refresh.waiting(wait, spellKey(key, ascii)) : '',
    answer.refreshing.length + answer.waiting.length === 0 ? noneText(answer, keys, controller) : '',
  ];
  notify(controller, notes.filter(Boolean).join(' · '));
}

/** What other machines poll, or nobody may poll from here, cannot be refreshed here. */
function noneText({tooSoon}: RefreshAnswer, keys: readonly string[], controller: Controller): string {
  const {panel, refresh} = stringsOf(controller);
  const {accounts} = controller.state();
  const [machine] = keys.flatMap(key => accounts[key]?.machine ?? []);
  if (tooSoon.length > 0 || keys.every(key => accounts[key] === undefined)) return refresh.tooSoon;
  return machine === undefined ? panel.notPolled : panel.elsewhere(machine);
}

export async function suspend(controller: Controller): Promise<void> {
  if (!(await controller.terminal.suspend())) notify(controller, stringsOf(controller).refresh.noShell);
}

export function togglePause(controller: Controller): void {
  const {monitor} = controller.services;
  const paused = !monitor.store.get().paused;
  monitor.setPaused(paused);
  const {refresh} = stringsOf(controller);
  notify(controller, paused ? refresh.pausedOn : refresh.pausedOff);
}

export function toggleShow(controller: Controller): void {
  const show = controller.display().show === 'used' ? 'left' : 'used';
  controller.setDisplay({show});
  const strings = stringsOf(controller);
  notify(controller, strings.refresh.showing(strings.states[show]));
}

export function cycleTheme(controller: Controller): void {
  const theme = nextTheme(controller.display().theme, controller.services.settings.store.get().themes);
  controller.setDisplay({theme});
  const strings = stringsOf(controller);
  notify(controller, strings.refresh.theme(themeText(theme, strings)));
}

export function togglePrivacy(controller: Controller): void {
  const privacy = !controller.display().privacy;
  controller.setDisplay({privacy});
  const {refresh} = stringsOf(controller);
  notify(controller, privacy ? refresh.privacyOn : refresh.privacyOff);
}

export function openPage(controller: Controller, model: ScreenModel): void {
  const url = focusedPanel(model)?.info.usageUrl;
  const {refresh} = stringsOf(controller);
  if (!url) {
    notify(controller, refresh.nothing);
    return;
  }
  void controller.terminal
    .openUrl(url)
    .then(opened => notify(controller, opened ? refresh.opened(url) : refresh.openFailed(url)));
}

export function stepFocus(controller: Controller, model: ScreenModel, by: 1 | -1): void {
  if (model.table !== null) {
    stepRow(controller, model.table, by);
    return;
  }
  const count = model.panels.length;
  const at = model.panels.findIndex(panel => panel.info.id === model.focus);
  const id = model.panels[(at + by + count) % count]?.info.id;
  if (id) controller.dispatch({type: 'focus', id});
}

/** Panels keep their number while a filter hides some of them. */
export function jumpTo(controller: Controller, model: ScreenModel, number: number): void {
  const id = model.all[number - 1]?.info.id;
  if (!id || !model.panels.some(panel => panel.info.id === id)) return;
  if (model.table === null) controller.dispatch({type: 'focus', id});
  else
    focusRow(
      controller,
      model.table,
      model.table.rows.find(({info}) => info.id === id),
    );
}

/** To the panel in that direction; where there is none, the focused panel scrolls. */
export function move(controller: Controller, model: ScreenModel, direction: Direction): void {
  if (model.table === null) movePanel(controller, model, direction);
  else if (direction === 'up' || direction === 'down') moveRow(controller, model.table, direction === 'up' ? -1 : 1);
  else moveProvider(controller, model.table, direction === 'left' ? -1 : 1);
}

function movePanel(controller: Controller, model: ScreenModel, direction: Direction): void {
  const next = neighbour(model.layout.placements, model.focus, direction) ?? beyond(model, direction);
  if (next) controller.dispatch({type: 'focus', id: next});
  else if (direction === 'up' || direction === 'down') scrollBy(controller, model, direction === 'up' ? -1 : 1);
}

/** The panel after the last one that has room, or before the first one. */
function beyond(model: ScreenModel, direction: Direction): string | null {
  const {above, below} = model.layout;
  if (direction === 'down' && below > 0) return focusAfter(model, 1);
  return direction === 'up' && above > 0 ? focusAfter(model, -1) : null;
}

/** The panel so many places after the focused one, no further than there are any. */
function focusAfter(model: ScreenModel, by: number): string | null {
  const at = model.panels.findIndex(panel => panel.info.id === model.focus);
  const wanted = Math.max(0, Math.min(model.panels.length - 1, at + by));
  return model.panels[wanted]?.info.id ?? null;
}

/** By pages and to the ends: through what the focused panel hides, or from panel to panel where it hides nothing. */
export function leap(controller: Controller, model: ScreenModel, rows: number): void {
  if (model.table !== null && controller.ui.get().mode === 'panels') {
    moveRow(controller, model.table, rows);
    return;
  }
  const slot = slotIn(model, model.focus);
  const next = controller.ui.get().mode === 'panels' && slot?.most === 0 ? focusAfter(model, rows) : null;
  if (next) controller.dispatch({type: 'focus', id: next});
  else scrollBy(controller, model, rows);
}

export function scrollBy(controller: Controller, model: ScreenModel, rows: number): void {
  const {mode} = controller.ui.get();
  const dialog = dialogOf(controller);
  const slot = slotIn(model, model.focus);
  if (dialog) controller.dispatch({type: 'scroll', what: mode, by: rows, most: dialog.most});
  else if (slot) controller.dispatch({type: 'scroll', what: slot.placement.id, by: rows, most: slot.most});
}
