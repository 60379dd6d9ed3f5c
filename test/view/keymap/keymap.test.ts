import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {type KeyFlags, keysOf} from '../../../src/view/keymap/decode.ts';
import {keysDoc} from '../../../src/view/keymap/keys-doc.ts';
import {spellKeys} from '../../../src/view/keymap/spell.ts';
import {actionFor, bindings, footerBindings, keymapWith, type Mode} from '../../../src/view/keymap/table.ts';

const none: KeyFlags = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  tab: false,
  backspace: false,
  delete: false,
  ctrl: false,
  shift: false,
  meta: false,
};
const keys = (input: string, flags: Partial<KeyFlags> = {}): string[] => keysOf(input, {...none, ...flags});
const modes: Mode[] = ['panels', 'detail', 'help', 'settings', 'credentials'];
const standard = keymapWith({});

describe('keys of an input event', () => {
  it('takes keys that arrived together one by one', () => {
    expect(keys('jjq\r')).toEqual(['j', 'j', 'q', 'return']);
  });
  it('knows control characters among them', () => {
    expect(keys('a\u0003\tb\u001b')).toEqual(['a', 'ctrl+c', 'tab', 'b', 'escape']);
  });
  it('names special keys by their flags', () => {
    expect(keys('', {tab: true, shift: true})).toEqual(['shift+tab']);
    expect(keys('', {upArrow: true})).toEqual(['up']);
    expect(keys('c', {ctrl: true})).toEqual(['ctrl+c']);
    expect(keys('x', {meta: true})).toEqual(['alt+x']);
  });
  it('leaves out what has no name', () => {
    expect(keys('\u0000')).toEqual([]);
    expect(keys('', {meta: true})).toEqual([]);
  });
  it('keeps letters of every script whole', () => {
    expect(keys('日👍')).toEqual(['日', '👍']);
  });
});

describe('the keymap', () => {
  it.each(modes)('gives every key one meaning in %s', mode => {
    const all = bindings.filter(binding => (binding.modes as readonly Mode[]).includes(mode));
    const own = all.filter(binding => binding.modes.length < 5).flatMap(binding => binding.keys as readonly string[]);
    expect(own.length).toBe(new Set(own).size);
  });
  it('never lets Esc quit', () => {
    for (const mode of modes) expect(actionFor(standard, mode, 'escape')).toBe('back');
  });
  it.each(modes)('quits with q and Ctrl+C in %s', mode => {
    expect(actionFor(standard, mode, 'q')).toBe('quit');
    expect(actionFor(standard, mode, 'ctrl+c')).toBe('quit');
  });
  it('lets a key of a view go before one of the whole program', () => {
    expect(actionFor(standard, 'credentials', 'h')).toBe('hide');
    expect(actionFor(standard, 'panels', 'h')).toBe('left');
  });
  it('does nothing for a key that is not there', () => {
    expect(actionFor(standard, 'panels', 'Z')).toBeUndefined();
  });
});

describe('own keys', () => {
  it('replace those of the action', () => {
    const own = keymapWith({refresh: ['F']});
    expect(actionFor(own, 'panels', 'F')).toBe('refresh');
    expect(actionFor(own, 'panels', 'r')).toBeUndefined();
  });
  it('take a key from the action that had it', () => {
    const own = keymapWith({refresh: ['p']});
    expect(actionFor(own, 'panels', 'p')).toBe('refresh');
  });
  it('cannot take Ctrl+C from quitting', () => {
    const own = keymapWith({quit: [], refresh: ['ctrl+c']});
    expect(own.find(binding => binding.name === 'quit')?.keys).toContain('ctrl+c');
  });
  it('ignore actions that nobody knows', () => {
    expect(keymapWith({fly: ['z']})).toHaveLength(bindings.length);
  });
});

describe('what is made from it', () => {
  it('puts the most needed keys first into the footer', () => {
    expect(
      footerBindings(standard, 'panels')
        .slice(0, 4)
        .map(binding => binding.name),
    ).toEqual(['refresh', 'open', 'help', 'quit']);
    expect(footerBindings(standard, 'detail')[0]?.name).toBe('back');
  });
  it('writes a run of digits as one', () => {
    expect(spellKeys(['1', '2', '3', '4'])).toBe('1–4');
    expect(spellKeys(['up', 'k'])).toBe('↑ k');
    expect(spellKeys(['ctrl+z'])).toBe('Ctrl+Z');
  });
  it('is what docs/keys.md says (npm run docs)', () => {
    expect(readFileSync(new URL('../../../docs/keys.md', import.meta.url), 'utf8')).toBe(keysDoc());
  });
});
