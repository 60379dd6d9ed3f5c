import type {MonitorState} from '../core/model.ts';
import {
  asideLine,
  type FooterHit,
  filterLine,
  footerEntries,
  footerLine,
  headerLine,
  messageLine,
  nothingMatches,
  startLines,
} from './chrome.ts';
import {type Keymap, spellKey} from './keymap.ts';
import type {Line} from './line.ts';
import type {LoginForm} from './login-form.ts';
import {formEntries} from './login-form-view.ts';
import type {Look} from './look.ts';
import type {Scene, SceneInput} from './scene.ts';
import {sheetArea} from './sheet.ts';
import {filterOf, type Ui} from './ui-state.ts';

export type Foot = {line: Line; hits: readonly FooterHit[]};

/** The last line of the screen: what was just said, what is being typed, else the keys. */
export function footOf(ui: Ui, form: LoginForm | null, keymap: Keymap, scene: Scene, look: Look): Foot {
  const width = scene.columns;
  if (ui.typing)
    return {line: filterLine(filterOf(ui), ui.mode === 'help' ? null : scene.panels.length, width, look), hits: []};
  if (ui.message) return {line: messageLine(ui.message.text, width), hits: []};
  // While a form is open every other key is text.
  if (form) return footerLine(formEntries(form, look), width, look);
  return footerLine(footerEntries(keymap, ui.mode, look, scene.all.length === 0), width, look, filterOf(ui));
}

/** Whether the last line is there; a view over the panels has its own measure. */
export function hasFooter(ui: Ui, {layout, all, columns, rows}: Scene): boolean {
  if (layout.kind === 'line') return false;
  if (ui.mode !== 'panels') return sheetArea(columns, rows).footer;
  return layout.footer || all.length === 0 || ui.typing;
}

/** The first line of the screen. Where there is no last one, what was just said takes its place. */
export function headOf(ui: Ui, state: MonitorState, scene: Scene, look: Look): Line {
  if (ui.message && !hasFooter(ui, scene)) return messageLine(ui.message.text, scene.columns);
  return headerLine(state, scene.all, scene.columns, look);
}

export const asideOf = (
  {state, catalogue}: Pick<SceneInput, 'state' | 'catalogue'>,
  keymap: Keymap,
  width: number,
  look: Look,
): Line => asideLine(state, catalogue, keyOf(keymap, 'credentials', look), width, look);

/** The first key of an action, as it is written. */
export const keyOf = (keymap: Keymap, action: Keymap[number]['name'], look: Look): string =>
  spellKey(keymap.find(binding => binding.name === action)?.keys[0] ?? '', look.ascii);

/** What stands in place of the panels when there are none; null when there are some. */
export function insteadOfPanels(scene: Scene, state: MonitorState, keymap: Keymap, ui: Ui, look: Look): Line[] | null {
  const {columns, rows} = scene;
  if (scene.panels.length > 0) return null;
  if (scene.all.length > 0) return nothingMatches(ui.filter, columns, rows - 2, look);
  const looked = state.providers.every(provider => provider.looked);
  return startLines(looked, keyOf(keymap, 'credentials', look), columns, rows - 2, look);
}
