/** One table of keys. Footer, help overlay and docs/keys.md are made from it; the settings may rebind it. */

/** Where keys are read. Typing (filter, forms) is not a mode: there every character is text. */
export const modes = ['panels', 'detail', 'help', 'notices', 'agenda', 'history', 'settings', 'credentials'] as const;
export type Mode = (typeof modes)[number];

export type ActionName = (typeof bindings)[number]['name'];

export type Binding = {
  name: string;
  /** As `keysOf` names them: 'r', 'R', 'tab', 'shift+tab', 'ctrl+c', 'pageup', 'f1'. */
  keys: readonly string[];
  modes: readonly Mode[];
  /** Place in the footer of these modes, the lowest first; absent: only in the help. */
  footer?: number;
};

const everywhere = modes;
const watching = ['panels', 'detail'] as const;
const lists = ['settings', 'credentials'] as const;

export const bindings = [
  {name: 'refresh', keys: ['r'], modes: watching, footer: 10},
  {name: 'refresh-all', keys: ['R'], modes: watching, footer: 40},
  {name: 'open', keys: ['return'], modes: ['panels', 'agenda'], footer: 20},
  {name: 'back', keys: ['escape'], modes: everywhere, footer: 5},
  {name: 'help', keys: ['?', 'f1'], modes: everywhere, footer: 30},
  {name: 'quit', keys: ['q', 'ctrl+c'], modes: everywhere, footer: 35},
  {name: 'notices', keys: ['!'], modes: ['panels', 'detail', 'help', 'notices'], footer: 7},
  {name: 'view', keys: ['v'], modes: ['panels'], footer: 36},
  {name: 'sort', keys: ['s'], modes: ['panels'], footer: 37},
  {name: 'fold', keys: ['z'], modes: ['panels'], footer: 38},
  {name: 'agenda', keys: ['a'], modes: ['panels', 'detail', 'agenda'], footer: 65},
  {name: 'history', keys: ['H'], modes: ['panels', 'detail', 'history'], footer: 66},
  {name: 'show-left', keys: ['u'], modes: ['panels', 'detail', 'agenda', 'history'], footer: 50},
  {name: 'filter', keys: ['/'], modes: ['panels', 'detail', 'help'], footer: 60},
  {name: 'palette', keys: [':'], modes: everywhere, footer: 62},
  {name: 'pause', keys: ['p'], modes: watching, footer: 70},
  {name: 'credentials', keys: ['c'], modes: ['panels', 'detail', 'help'], footer: 80},
  {name: 'settings', keys: [','], modes: ['panels', 'detail', 'help'], footer: 90},
  {name: 'theme', keys: ['t'], modes: everywhere, footer: 100},
  {name: 'privacy', keys: ['x'], modes: everywhere, footer: 110},
  {name: 'copy', keys: ['y'], modes: watching, footer: 120},
  {name: 'open-page', keys: ['o'], modes: watching, footer: 130},
  {name: 'toggle-option', keys: ['L'], modes: watching},
  {name: 'slower', keys: ['+', '='], modes: watching},
  {name: 'faster', keys: ['-'], modes: watching},
  {name: 'next', keys: ['tab'], modes: watching},
  {name: 'previous', keys: ['shift+tab'], modes: watching},
  {name: 'up', keys: ['up', 'k'], modes: everywhere},
  {name: 'down', keys: ['down', 'j'], modes: everywhere},
  {name: 'left', keys: ['left', 'h'], modes: ['panels', 'detail', 'history', 'settings']},
  {name: 'right', keys: ['right', 'l'], modes: ['panels', 'detail', 'history', 'settings']},
  {name: 'jump', keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], modes: watching},
  {name: 'next-limit', keys: [']'], modes: ['panels', 'history'], footer: 11},
  {name: 'previous-limit', keys: ['['], modes: ['panels', 'history'], footer: 42},
  {name: 'span', keys: ['w'], modes: ['panels', 'history'], footer: 12},
  {name: 'plot', keys: ['v'], modes: ['detail', 'history'], footer: 15},
  {name: 'next-account', keys: [']'], modes: ['detail'], footer: 41},
  {name: 'previous-account', keys: ['['], modes: ['detail'], footer: 42},
  {name: 'top', keys: ['g', 'home'], modes: everywhere},
  {name: 'bottom', keys: ['G', 'end'], modes: everywhere},
  {name: 'page-up', keys: ['pageup', 'ctrl+b'], modes: everywhere},
  {name: 'page-down', keys: ['pagedown', 'ctrl+f', ' '], modes: everywhere},
  {name: 'run', keys: ['return'], modes: ['help'], footer: 10},
  {name: 'change', keys: ['return', ' '], modes: ['settings'], footer: 10},
  {name: 'move-up', keys: ['K', 'shift+up'], modes: ['settings'], footer: 20},
  {name: 'move-down', keys: ['J', 'shift+down'], modes: ['settings'], footer: 21},
  {name: 'add', keys: ['a'], modes: ['credentials'], footer: 10},
  {name: 'replace', keys: ['e'], modes: ['credentials'], footer: 11},
  {name: 'rename', keys: ['n'], modes: ['credentials'], footer: 12},
  {name: 'remove', keys: ['d'], modes: ['credentials'], footer: 13},
  {name: 'hide', keys: ['h'], modes: ['credentials'], footer: 14},
  {name: 'suspend', keys: ['ctrl+z'], modes: everywhere},
  {name: 'redraw', keys: ['ctrl+l'], modes: everywhere},
] as const satisfies readonly Binding[];

export type Keymap = readonly (Omit<Binding, 'name'> & {name: ActionName})[];

const defaultKeymap: Keymap = bindings;
const isListMode = (mode: Mode): boolean => (lists as readonly Mode[]).includes(mode);

/** The table with the user's own keys: a list replaces an action's keys, an empty one leaves the action without a key. */
export function keymapWith(own: Readonly<Record<string, readonly string[]>>): Keymap {
  // Ctrl+C quits whatever the settings say: nobody may be locked in.
  const forced = (name: ActionName): readonly string[] => (name === 'quit' ? ['ctrl+c'] : []);
  const taken = new Set(Object.values(own).flat());
  return defaultKeymap.map(binding => {
    const mine = own[binding.name];
    if (mine) return {...binding, keys: [...new Set([...mine, ...forced(binding.name)])]};
    return {...binding, keys: binding.keys.filter(key => !taken.has(key) || key === 'ctrl+c')};
  });
}

/** What a key does in a mode; undefined when it does nothing there. */
export function actionFor(keymap: Keymap, mode: Mode, key: string): ActionName | undefined {
  const matches = keymap.filter(binding => binding.modes.includes(mode) && binding.keys.includes(key));
  // A key of the mode itself goes before one that holds everywhere.
  return matches.sort((a, b) => a.modes.length - b.modes.length)[0]?.name;
}

/** Beside the panels there is nothing to go back from, and the pane of the history names its own keys. */
const besidePanels: readonly ActionName[] = ['back', 'next-limit', 'previous-limit', 'span'];

/** Footer entries of a mode in the order of their rank: the leftmost are the last to go when the screen is narrow. Notices are named while there are some. */
export function footerBindings(keymap: Keymap, mode: Mode, notices = 0): Keymap {
  return keymap
    .filter(binding => binding.name !== 'notices' || notices > 0)
    .filter(binding => binding.footer !== undefined && binding.modes.includes(mode) && binding.keys.length > 0)
    .filter(({name}) => mode !== 'panels' || !besidePanels.includes(name))
    .filter(binding => !isListMode(mode) || (binding.name !== 'theme' && binding.name !== 'privacy'))
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
}
