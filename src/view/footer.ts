import type {MonitorState} from '../core/model.ts';
import {type AbsenceKeys, absenceLines} from './absence.ts';
import {asideLine} from './aside.ts';
import {type FooterHit, filterLine, footerEntries, footerLine, messageLines} from './chrome.ts';
import {lookingLines, nothingMatches, startLines} from './empty-state.ts';
import {headerLine} from './header.ts';
import {type Keymap, keyOf} from './keymap.ts';
import type {Line} from './line.ts';
import type {LoginForm} from './login-form.ts';
import {formEntries} from './login-form-view.ts';
import type {Look} from './look.ts';
import type {Scene} from './scene.ts';
import {sheetArea} from './sheet.ts';
import {filterOf, type Ui} from './ui-state.ts';

export type Foot = {lines: readonly Line[]; hits: readonly FooterHit[]};

/** The last line of the screen: what was just said, what is being typed, else the keys. What was said may need more lines. */
export function footOf(ui: Ui, form: LoginForm | null, keymap: Keymap, scene: Scene, look: Look): Foot {
  if (ui.message && !ui.typing) return {lines: messageLines(ui.message.text, scene.columns), hits: []};
  const {line, hits} = lastLine(ui, form, keymap, scene, look);
  return {lines: [line], hits};
}

function lastLine(ui: Ui, form: LoginForm | null, keymap: Keymap, scene: Scene, look: Look) {
  const {columns: width, panels, all, notices} = scene;
  if (ui.typing)
    return {line: filterLine(filterOf(ui), ui.mode === 'help' ? null : panels.length, width, look), hits: []};
  // While a form is open every other key is text.
  if (form) return footerLine(formEntries(form, look), width, look);
  const entries = footerEntries(keymap, ui.mode, look, {empty: all.length === 0, notices});
  return footerLine(entries, width, look, filterOf(ui));
}

/** Whether the last line is there; a view over the panels has its own measure. */
export function hasFooter(ui: Ui, {layout, all, columns, rows}: Scene): boolean {
  if (layout.kind === 'line') return false;
  if (ui.mode !== 'panels') return sheetArea(columns, rows).footer;
  return layout.footer || all.length === 0 || ui.typing;
}

/** The first line of the screen. Where there is no last one, what was just said takes its place. */
export function headOf(ui: Ui, state: MonitorState, scene: Scene, look: Look): readonly Line[] {
  if (ui.message && !hasFooter(ui, scene)) return messageLines(ui.message.text, scene.columns);
  return [headerLine(state, scene.all, scene.layout, scene.columns, look)];
}

/** Whether the first line is there: always while something has to be said that has no other place. */
export const hasHeader = (ui: Ui, scene: Scene): boolean =>
  (ui.message !== null && !hasFooter(ui, scene)) || hasFirstLine(ui, scene);

const hasFirstLine = ({mode}: Ui, {layout, all, columns, rows}: Scene): boolean =>
  mode === 'panels' ? layout.header || all.length === 0 : sheetArea(columns, rows).header;

export const asideOf = (scene: Scene, keymap: Keymap, width: number, look: Look): Line =>
  asideLine(scene, absenceKeysOf(keymap, look), width, look);

const absenceKeysOf = (keymap: Keymap, look: Look): AbsenceKeys => ({
  settings: keyOf(keymap, 'settings', look.ascii),
  credentials: keyOf(keymap, 'credentials', look.ascii),
});

// In fewer columns the names of a few providers leave no room for what to do.
const leastForNames = 40;

/** What stands in place of the panels when there are none; null when there are some. */
export function insteadOfPanels(scene: Scene, state: MonitorState, keymap: Keymap, ui: Ui, look: Look): Line[] | null {
  const {columns, rows} = scene;
  if (scene.panels.length > 0) return null;
  if (scene.all.length > 0)
    return nothingMatches(ui.filter, keyOf(keymap, 'back', look.ascii), columns, rows - 2, look);
  if (!state.providers.every(provider => provider.looked)) return lookingLines(columns, rows - 2, look);
  const keys = absenceKeysOf(keymap, look);
  const absence = absenceLines(scene.absence, keys, look.strings, columns < leastForNames);
  return startLines(absence, keys.credentials, columns, rows - 2, look);
}
