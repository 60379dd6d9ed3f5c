import {settingsOf} from '../core/settings.ts';
import {duration, interval} from '../view/format.ts';
import {openPanel} from '../view/frame.ts';
import {spellKey} from '../view/keymap.ts';
import {plain} from '../view/line.ts';
import {type Direction, neighbour} from '../view/neighbour.ts';
import type {PanelModel} from '../view/panel.ts';
import {needOf, panelContent} from '../view/panel.ts';
import type {Scene} from '../view/scene.ts';
import {nextInterval, withProvider} from '../view/settings-view.ts';
import {type Desk, nextTheme} from './desk.ts';
import {sheetOf} from './sheets.ts';

/** The actions that need more than one event: each reads the desk as it is now. */

const stringsOf = (desk: Desk) => desk.look(desk.program.now()).strings;
export const say = (desk: Desk, text: string): void => desk.dispatch({type: 'say', text});
const focusedPanel = (scene: Scene): PanelModel | undefined =>
  scene.panels.find(panel => panel.info.id === scene.focus);
const keysOf = (panels: readonly PanelModel[]): string[] =>
  panels.flatMap(panel => panel.accounts.map(account => account.key));

export const refreshFocused = (desk: Desk, scene: Scene, key: string): void => {
  const panel = focusedPanel(scene);
  refresh(desk, panel ? keysOf([panel]) : [], key);
};
export const refreshAll = (desk: Desk, scene: Scene, key: string): void => refresh(desk, keysOf(scene.panels), key);

function refresh(desk: Desk, keys: readonly string[], key: string): void {
  const {strings, ascii} = desk.look(desk.program.now());
  if (keys.length === 0) {
    say(desk, strings.refresh.nothing);
    return;
  }
  const answer = desk.program.monitor.refresh(keys);
  const latest = Math.max(0, ...answer.waiting.map(wait => wait.retryAt));
  const wait = duration(latest - desk.program.now(), strings);
  const notes = [
    answer.asked.length > 0 ? strings.refresh.asking(answer.asked.length) : '',
    answer.waiting.length > 0 ? strings.refresh.waiting(wait, spellKey(key, ascii)) : '',
    answer.asked.length + answer.waiting.length === 0 ? strings.refresh.tooSoon : '',
  ];
  say(desk, notes.filter(Boolean).join(' · '));
}

export async function suspend(desk: Desk): Promise<void> {
  if (!(await desk.terminal.suspend())) say(desk, stringsOf(desk).refresh.noShell);
}

export function togglePause(desk: Desk): void {
  const {monitor} = desk.program;
  const paused = !monitor.store.get().paused;
  monitor.setPaused(paused);
  const {refresh} = stringsOf(desk);
  say(desk, paused ? refresh.pausedOn : refresh.pausedOff);
}

export function toggleShow(desk: Desk): void {
  const show = desk.display().show === 'used' ? 'left' : 'used';
  desk.setDisplay({show});
  const strings = stringsOf(desk);
  say(desk, strings.refresh.showing(strings.states[show]));
}

export function cycleTheme(desk: Desk): void {
  const theme = nextTheme(desk.display().theme);
  desk.setDisplay({theme});
  const strings = stringsOf(desk);
  say(desk, strings.refresh.theme(strings.settings.themes[theme]));
}

export function togglePrivacy(desk: Desk): void {
  const privacy = !desk.display().privacy;
  desk.setDisplay({privacy});
  const {refresh} = stringsOf(desk);
  say(desk, privacy ? refresh.privacyOn : refresh.privacyOff);
}

/** What is shown, as plain text: the open view, or the focused panel whole. */
export function copyShown(desk: Desk, scene: Scene): void {
  const panel = focusedPanel(scene);
  const look = desk.look(desk.program.now());
  const sheet = sheetOf(desk, look);
  const text = sheet ? sheet.lines.map(plain) : panel ? panelText(panel, scene, look) : [];
  if (text.length === 0) {
    say(desk, look.strings.refresh.nothing);
    return;
  }
  desk.terminal.copy(`${text.map(line => line.trimEnd()).join('\n')}\n`);
  say(desk, look.strings.refresh.copied);
}

function panelText(panel: PanelModel, scene: Scene, look: ReturnType<Desk['look']>): string[] {
  const spot = scene.spots.find(each => each.panel === panel);
  if (!spot) return [];
  const width = Math.max(40, spot.placement.width);
  const height = needOf(panel, look).full('normal', width - 4);
  const view = {width: width - 4, height, density: 'normal' as const, columns: spot.columns, scroll: 0};
  const content = panelContent(panel, view, look);
  const frame = {width, height: content.lines.length + 2, focused: false, spinning: false, number: spot.number};
  return openPanel(panel, content, frame, look).map(plain);
}

export function openPage(desk: Desk, scene: Scene): void {
  const url = focusedPanel(scene)?.info.usageUrl;
  const {refresh} = stringsOf(desk);
  if (!url) {
    say(desk, refresh.nothing);
    return;
  }
  void desk.terminal.openUrl(url).then(opened => say(desk, opened ? refresh.opened(url) : refresh.openFailed(url)));
}

/** The next longer or shorter interval of the focused provider, never below its floor. */
export function changeInterval(desk: Desk, provider: string | null, direction: 1 | -1): void {
  const info = desk.program.catalogue.find(each => each.id === provider);
  const strings = stringsOf(desk);
  if (!info) {
    say(desk, strings.refresh.nothing);
    return;
  }
  const own = info.intervalSeconds.default;
  const current = settingsOf(desk.settings(), info.id).intervalSeconds ?? own;
  const next = nextInterval(desk.settings(), info, direction);
  const seconds = next ?? own;
  if (seconds !== current)
    desk.program.settings.update(before => withProvider(before, info.id, {intervalSeconds: next}));
  const said = interval(seconds, strings);
  say(
    desk,
    seconds === current && direction < 0
      ? strings.refresh.intervalFloor(info.name, said)
      : strings.refresh.interval(info.name, said),
  );
}

export function stepFocus(desk: Desk, scene: Scene, by: 1 | -1): void {
  const count = scene.panels.length;
  const at = scene.panels.findIndex(panel => panel.info.id === scene.focus);
  const id = scene.panels[(at + by + count) % count]?.info.id;
  if (id) desk.dispatch({type: 'focus', id});
}

/** Panels keep their number while a filter hides some of them. */
export function jumpTo(desk: Desk, scene: Scene, number: number): void {
  const id = scene.all[number - 1]?.info.id;
  if (id && scene.panels.some(panel => panel.info.id === id)) desk.dispatch({type: 'focus', id});
}

/** To the panel in that direction; where there is none, the focused panel scrolls. */
export function move(desk: Desk, scene: Scene, direction: Direction): void {
  const next = neighbour(scene.layout.placements, scene.focus, direction) ?? beyond(scene, direction);
  if (next) desk.dispatch({type: 'focus', id: next});
  else if (direction === 'up' || direction === 'down') scrollBy(desk, scene, direction === 'up' ? -1 : 1);
}

/** The panel after the last one that has room, or before the first one. */
function beyond(scene: Scene, direction: Direction): string | null {
  const {above, below} = scene.layout;
  if (direction === 'down' && below > 0) return focusAfter(scene, 1);
  return direction === 'up' && above > 0 ? focusAfter(scene, -1) : null;
}

/** The panel so many places after the focused one, no further than there are any. */
function focusAfter(scene: Scene, by: number): string | null {
  const at = scene.panels.findIndex(panel => panel.info.id === scene.focus);
  const wanted = Math.max(0, Math.min(scene.panels.length - 1, at + by));
  return scene.panels[wanted]?.info.id ?? null;
}

/** By pages and to the ends: through what the focused panel hides, or from panel to panel where it hides nothing. */
export function leap(desk: Desk, scene: Scene, rows: number): void {
  const spot = scene.spots.find(each => each.panel.info.id === scene.focus);
  const next = desk.ui.get().mode === 'panels' && spot?.most === 0 ? focusAfter(scene, rows) : null;
  if (next) desk.dispatch({type: 'focus', id: next});
  else scrollBy(desk, scene, rows);
}

export function scrollBy(desk: Desk, scene: Scene, rows: number): void {
  const {mode} = desk.ui.get();
  const sheet = sheetOf(desk, desk.look(desk.program.now()));
  const spot = scene.spots.find(each => each.panel.info.id === scene.focus);
  if (sheet)
    desk.dispatch({type: 'scroll', what: mode, by: rows, most: Math.max(0, sheet.lines.length - sheet.height)});
  else if (spot) desk.dispatch({type: 'scroll', what: spot.panel.info.id, by: rows, most: spot.most});
}
