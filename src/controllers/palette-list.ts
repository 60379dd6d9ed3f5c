import {matchingEntries, type PaletteEntry, paletteEntries} from '../view/palette-entries.ts';
import type {Controller} from './controller.ts';
import {settingsInput} from './settings.ts';

/** What the palette lists now; nothing while it is closed. */
export function paletteList(controller: Controller): PaletteEntry[] {
  const {palette, mode} = controller.ui.get();
  if (palette === null) return [];
  const context = controller.context();
  const {all, panels} = controller.model();
  const input = {keymap: controller.keymap(), mode, all, panels, settings: settingsInput(controller, context)};
  return matchingEntries(paletteEntries(input, context), palette.text);
}
