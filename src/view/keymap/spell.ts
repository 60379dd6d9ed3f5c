import {sanitize} from '../../core/text/sanitize.ts';
import type {ActionName, Keymap} from './table.ts';

const shown: Readonly<Record<string, string>> = {
  return: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift+Tab',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  'shift+up': 'Shift+↑',
  'shift+down': 'Shift+↓',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  f1: 'F1',
  ' ': 'Space',
};
const shownAscii: Readonly<Record<string, string>> = {
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  'shift+up': 'Shift+Up',
  'shift+down': 'Shift+Down',
};

const longestName = 20;

/** A key as the footer, the help and the docs write it. */
export function spellKey(key: string, ascii = false): string {
  const plain = (ascii ? shownAscii[key] : undefined) ?? shown[key];
  if (plain) return plain;
  // The settings may hold anything as a key; what no key can send is drawn all the same.
  const name = sanitize(key, longestName);
  return name.startsWith('ctrl+') ? `Ctrl+${name.slice(5).toUpperCase()}` : name;
}

/** Several keys as one text; a run of digits is written as such. */
export function spellKeys(keys: readonly string[], ascii = false): string {
  const digits = keys.filter(key => /^[1-9]$/.test(key));
  const others = keys.filter(key => !/^[1-9]$/.test(key)).map(key => spellKey(key, ascii));
  const run = digits.length > 2 ? [`${digits[0]}–${digits.at(-1)}`] : digits;
  return [...others, ...(ascii ? run.map(text => text.replace('–', '-')) : run)].join(' ');
}

/** The first key of an action, as it is written; '' when it has none. */
export const keyOf = (keymap: Keymap, action: ActionName, ascii = false): string =>
  spellKey(keymap.find(binding => binding.name === action)?.keys[0] ?? '', ascii);
