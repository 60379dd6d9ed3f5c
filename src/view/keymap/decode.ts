/** What Ink tells about one input event. */
export type KeyFlags = {
  upArrow: boolean;
  downArrow: boolean;
  leftArrow: boolean;
  rightArrow: boolean;
  pageUp: boolean;
  pageDown: boolean;
  home: boolean;
  end: boolean;
  return: boolean;
  escape: boolean;
  tab: boolean;
  backspace: boolean;
  delete: boolean;
  ctrl: boolean;
  shift: boolean;
  meta: boolean;
};

const named: readonly (readonly [keyof KeyFlags, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'return'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** Names of the keys in one input event. Keys that arrived in one read are one event: 'jjk\r' is four keys. */
export function keysOf(input: string, flags: KeyFlags): string[] {
  const name = named.find(([flag]) => flags[flag])?.[1];
  if (name) return [`${modifierOf(name, flags)}${name}`];
  if (flags.ctrl) return [`ctrl+${input}`];
  if (flags.meta) return input === '' ? [] : [`alt+${input}`];
  return [...input].flatMap(characterKey);
}

/** Only where a key means something else with it. A meta Escape is one that was pressed twice. */
function modifierOf(name: string, flags: KeyFlags): string {
  if (flags.shift && /^(tab|up|down|left|right)$/.test(name)) return 'shift+';
  if (flags.ctrl && /^(left|right)$/.test(name)) return 'ctrl+';
  return flags.meta && /^(left|right|backspace)$/.test(name) ? 'alt+' : '';
}

const controls: Readonly<Record<string, string>> = {
  '\r': 'return',
  '\n': 'return',
  '\t': 'tab',
  '\u001b': 'escape',
  '\u007f': 'backspace',
  '\b': 'backspace',
};

function characterKey(character: string): string[] {
  const control = controls[character];
  if (control) return [control];
  const code = character.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return [`ctrl+${String.fromCharCode(code + 96)}`];
  return code < 32 ? [] : [character];
}
