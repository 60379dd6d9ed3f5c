const names: Readonly<Record<string, string>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'pageup',
  PageDown: 'pagedown',
  Home: 'home',
  End: 'end',
  Enter: 'return',
  Escape: 'escape',
  Tab: 'tab',
  F1: 'f1',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

/** The name that a key has in the keymap; null for what belongs to the browser. */
export function keyName({key, shiftKey, ctrlKey, metaKey, altKey, isComposing}: Pressed): string | null {
  if (ctrlKey || metaKey || altKey || isComposing) return null;
  const name = names[key];
  if (name === undefined) return [...key].length === 1 ? key : null;
  return shiftKey && /^(tab|up|down)$/.test(name) ? `shift+${name}` : name;
}
