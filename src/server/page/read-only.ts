import type {ActionName, Mode} from '../../view/keymap/table.ts';

/** What asks or changes something on the machine, or concerns a terminal. */
const names: readonly ActionName[] = [
  'refresh',
  'refresh-all',
  'pause',
  'credentials',
  'settings',
  'toggle-option',
  'slower',
  'faster',
  'quit',
  'suspend',
  'redraw',
];

export const isReadOnly = (name: ActionName): boolean => names.includes(name);

/** Views that are not opened here. */
export const isReadOnlyMode = (mode: Mode): boolean => mode === 'settings' || mode === 'credentials';
