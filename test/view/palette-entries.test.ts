import {describe, expect, it} from 'vitest';
import {defaultSettings} from '../../src/core/settings.ts';
import {catalogue} from '../../src/providers/index.ts';
import {bindings, keymapWith, type Mode} from '../../src/view/keymap/table.ts';
import {matchingEntries, type PaletteEntry, paletteEntries} from '../../src/view/palette-entries.ts';
import {panelsOf} from '../../src/view/rows/panel.ts';
import {stringsFor} from '../../src/view/strings/index.ts';
import {testLook} from '../support/look.ts';
import {fresh, someNow} from '../support/state.ts';

function entries(mode: Mode = 'panels', language: 'en' | 'zh' | 'ja' = 'en'): PaletteEntry[] {
  const context = testLook({strings: stringsFor(language, catalogue)});
  const all = panelsOf(fresh(), catalogue, someNow);
  const settings = {
    settings: defaultSettings,
    display: defaultSettings.display,
    catalogue,
    strings: context.strings,
    themes: new Map(),
  };
  return paletteEntries({keymap: keymapWith({}), mode, all, panels: all.slice(1), settings}, context);
}
const texts = (some: readonly PaletteEntry[]): string[] => some.map(({text}) => text);
const first = (query: string, mode?: Mode): string | undefined => matchingEntries(entries(mode), query)[0]?.text;
const actions = (some: readonly PaletteEntry[]): string[] =>
  some.flatMap(({command}) => (command.kind === 'action' ? [command.action] : []));

describe('the palette offers', () => {
  it.each(['panels', 'settings', 'detail'] as const)('every action once, those of the view first, in %s', mode => {
    const offered = actions(entries(mode));
    const expected = bindings
      .filter(({name}) => !['palette', 'run', 'up', 'down', 'left', 'right', 'jump'].includes(name))
      .map(({name, modes}) => ({name, isHere: (modes as readonly Mode[]).includes(mode)}));
    expect(offered).toEqual([
      ...expected.filter(({isHere}) => isHere).map(({name}) => name),
      ...expected.filter(({isHere}) => !isHere).map(({name}) => name),
    ]);
  });
  it('an action with its keys, and with the name of the view where that is another one', () => {
    expect(entries().find(({text}) => text === 'pause or resume all polling')?.sign).toBe('p');
    expect(texts(entries('settings'))).toContain('Panels: pause or resume all polling');
  });
  it('the providers that are shown, by the number of their panel', () => {
    const panels = entries().filter(({command}) => command.kind === 'panel');
    expect(panels.map(({text, sign}) => [text, sign])).toEqual([
      ['GitHub Copilot', '2'],
      ['Google Antigravity', '3'],
      ['Z.ai', '4'],
      ['Zhipu AI', '5'],
    ]);
  });
  it('every value of a setting once, the present one first and marked', () => {
    const languages = entries().filter(({text}) => text.startsWith('Language: '));
    expect(languages.map(({text, sign}) => [text, sign])).toEqual([
      ['Language: auto', '●'],
      ['Language: English', ''],
      ['Language: 简体中文', ''],
      ['Language: 日本語', ''],
    ]);
    const off = entries().find(({text}) => text === 'Resets in free room: off');
    expect(off?.command).toEqual({kind: 'setting', change: {layout: {agenda: false}}});
    const dark = entries().find(({text}) => text === 'Theme: dark');
    expect(dark?.command).toEqual({kind: 'setting', change: {display: {theme: 'dark'}}});
  });
  it.each(['zh', 'ja'] as const)('as much in %s', language => {
    expect(entries('panels', language)).toHaveLength(entries().length);
  });
});

describe('the palette finds', () => {
  it.each([
    ['pause', 'pause or resume all polling'],
    ['rfall', 'refresh all providers'],
    ['theme light', 'Theme: light'],
    ['copilot', 'GitHub Copilot'],
    ['R', 'refresh all providers'],
    ['F1', 'this help'],
    ['credentials', 'logins: add, replace, rename, remove, hide'],
  ])('%s: %s', (query, text) => expect(first(query)).toBe(text));
  it('everything without a query, in its order, and nothing for what nobody wrote', () => {
    expect(matchingEntries(entries(), ' ')).toEqual(entries());
    expect(matchingEntries(entries(), 'qqqq')).toEqual([]);
  });
});
