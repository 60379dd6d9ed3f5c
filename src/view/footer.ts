import type {MonitorState} from '../core/model.ts';
import {asideLine, type FooterHit, filterLine, footerLine, messageLine, nothingMatches, startLines} from './chrome.ts';
import {type Keymap, spellKey} from './keymap.ts';
import type {Line} from './line.ts';
import type {Look} from './look.ts';
import type {Scene, SceneInput} from './scene.ts';
import {filterOf, type Ui} from './ui-state.ts';

export type Foot = {line: Line; hits: readonly FooterHit[]};

/** The last line of the screen: what was just said, the filter while it is typed, else the keys. */
export function footOf(ui: Ui, keymap: Keymap, scene: Scene, look: Look): Foot {
  const width = scene.columns;
  if (ui.typing)
    return {line: filterLine(filterOf(ui), ui.mode === 'help' ? null : scene.panels.length, width, look), hits: []};
  if (ui.message) return {line: messageLine(ui.message.text, width), hits: []};
  return footerLine(keymap, ui.mode, width, look, filterOf(ui), scene.all.length === 0);
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
