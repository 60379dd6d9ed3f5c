import {describe, expect, it} from 'vitest';
import {wantsColor} from '../../../src/commands/output.ts';
import {themeNames} from '../../../src/core/settings.ts';
import type {OwnTheme} from '../../../src/core/themes.ts';
import {backgroundFromReply, backgroundOf, depthOf, themeFor} from '../../../src/view/theme/theme.ts';

const colours = (theme: ReturnType<typeof themeFor>): string[] =>
  Object.values(theme.styles).flatMap(style => style.color ?? []);

describe('colour depth', () => {
  it.each([
    [{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 'truecolor'],
    [{TERM: 'xterm-256color', COLORTERM: '24bit'}, 'truecolor'],
    [{TERM: 'xterm-kitty'}, 'truecolor'],
    [{TERM: 'tmux-256color'}, '256'],
    [{TERM: 'xterm'}, '16'],
    [{TERM: 'dumb'}, 'none'],
    [{}, 'none'],
    [{TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1'}, 'none'],
    [{TERM: 'xterm-256color', NO_COLOR: ''}, '256'],
    [{TERM: 'linux'}, '16'],
    [{TERM: 'vt100+'}, '16'],
    [{TERM: 'sun-color'}, '16'],
    [{TERM: 'wy370'}, '16'],
    [{TERM: 'konsole-vt100'}, '16'],
    [{TERM: 'xterm-vt220'}, '16'],
    [{TERM: 'vte-256color'}, '256'],
  ] as const)('of %o is %s', (env, depth) => {
    expect(depthOf(env, false)).toBe(depth);
  });
  it.each([
    ...['vt52', 'vt100', 'vt100-am', 'vt102', 'vt220', 'vt220-8bit', 'vt320', 'vt420', 'vt520', 'dec-vt220'],
    ...['xterm-mono', 'xterm-r6', 'xterm-old', 'xtermm', 'linux-m', 'rxvt-m', 'rxvt-basic', 'ansi-m', 'ansi-mono'],
    ...['pcansi-mono', 'cons25-m', 'sun', 'sun-cmd', 'mach', 'wyse60', 'wy60', 'adm3a', 'hp2621', 'att4415', 'tvi925'],
    ...['screen.xterm-r6', 'screen.linux-m2', 'unknown', 'network', 'emacs'],
  ])('of TERM=%s is none, whatever COLORTERM says', TERM => {
    expect(depthOf({TERM}, false)).toBe('none');
    expect(depthOf({TERM, COLORTERM: 'truecolor'}, false)).toBe('none');
    expect(wantsColor(false, {isTTY: true}, {TERM})).toBe(false);
  });
  it('is none when the user wants none', () => {
    expect(depthOf({TERM: 'xterm-256color', COLORTERM: 'truecolor'}, true)).toBe('none');
  });
});

describe('a theme', () => {
  it.each(themeNames)('%s uses no colour where there is none, but keeps weight', name => {
    const theme = themeFor(name, 'none', 'dark');
    expect(colours(theme)).toEqual([]);
    expect(theme.styles.critical.bold).toBe(true);
  });
  it.each(themeNames)('%s uses names only where there are sixteen', name => {
    expect(colours(themeFor(name, '16', 'dark')).every(colour => /^[a-zA-Z]+$/.test(colour))).toBe(true);
  });
  it('auto follows the background', () => {
    expect(themeFor('auto', 'truecolor', 'light')).toEqual(themeFor('light', 'truecolor', 'dark'));
    expect(themeFor('auto', 'truecolor', 'dark')).toEqual(themeFor('dark', 'truecolor', 'light'));
  });
  it.each(themeNames)('%s tells the severities apart', name => {
    const {ok, warn, critical} = themeFor(name, 'truecolor', 'dark').styles;
    expect(JSON.stringify(warn)).not.toBe(JSON.stringify(ok));
    if (name !== 'mono') expect(critical.color).not.toBe(warn.color);
  });
  it('for colour-blind eyes has blue for green also where there are sixteen', () => {
    expect(themeFor('colour-blind', '16', 'dark').styles.ok.color).toBe('blueBright');
    expect(themeFor('colour-blind', '16', 'light').styles.ok.color).toBe('blue');
  });
  it('of high contrast dims no words where there are sixteen', () => {
    for (const background of ['dark', 'light'] as const)
      expect(themeFor('contrast', '16', background).styles.dim).toEqual({});
    expect(themeFor('contrast', '16', 'dark').styles.critical).toEqual({color: 'redBright', bold: true});
  });
  it('that nobody knows is the default', () => {
    expect(themeFor('gone', 'truecolor', 'light')).toEqual(themeFor('auto', 'truecolor', 'light'));
  });
});

describe('an old figure', () => {
  it.each(themeNames)('keeps the hue of its severity in %s, and is told from a new one', name => {
    for (const depth of ['truecolor', '16'] as const) {
      const {styles} = themeFor(name, depth, 'dark');
      const old = [styles.okStale, styles.warnStale, styles.criticalStale];
      for (const [index, fresh] of [styles.ok, styles.warn, styles.critical].entries())
        expect(old[index]).not.toEqual(fresh);
      if (name !== 'mono') expect(new Set(old.map(style => style.color)).size).toBe(3);
    }
  });
});

describe('a theme of the user’s own', () => {
  const mine = (own: Partial<OwnTheme>) =>
    new Map([['mine', {extends: 'dark', colors: {}, colors256: {}, ...own} as const]]);

  it('has its own colours, and those of the theme that it extends', () => {
    const {styles} = themeFor(
      'mine',
      'truecolor',
      'light',
      mine({colors: {ok: '#00ff00', accent: 45, critical: '#aa0000'}}),
    );
    const base = themeFor('dark', 'truecolor', 'light').styles;
    expect(styles).toEqual({
      ...base,
      ok: {color: '#00ff00'},
      okStale: {color: '#00ff00', dimColor: true},
      critical: {color: '#aa0000', bold: true},
      criticalStale: {color: '#aa0000', dimColor: true},
      accent: {color: 'ansi256(45)'},
      borderFocused: {color: 'ansi256(45)'},
    });
  });
  it('has its stale colours, where it gives them', () => {
    const {styles} = themeFor('mine', 'truecolor', 'dark', mine({colors: {ok: '#00ff00', okStale: '#008800'}}));
    expect(styles.okStale).toEqual({color: '#008800'});
  });
  it('has its colours for 256 in place of the others where there are 256', () => {
    const own = mine({colors: {ok: '#00ff00', warn: '#ffff00'}, colors256: {ok: 46}});
    const {ok, warn, critical} = themeFor('mine', '256', 'dark', own).styles;
    expect([ok.color, warn.color, critical]).toEqual([
      'ansi256(46)',
      '#ffff00',
      themeFor('dark', '256', 'dark').styles.critical,
    ]);
    expect(themeFor('mine', 'truecolor', 'dark', own).styles.ok).toEqual({color: '#00ff00'});
  });
  it('follows the background with what it extends', () => {
    for (const background of ['dark', 'light'] as const)
      expect(themeFor('mine', 'truecolor', background, mine({extends: 'auto'}))).toEqual(
        themeFor(background, 'truecolor', background),
      );
  });
  it.each(['16', 'none'] as const)('is the one that it extends where the depth is %s', depth => {
    expect(themeFor('mine', depth, 'dark', mine({colors: {ok: '#123456'}}))).toEqual(themeFor('dark', depth, 'dark'));
  });
  it('does not take the place of one of ours', () => {
    const own = new Map([['dark', {extends: 'light', colors: {ok: '#123456'}, colors256: {}} as const]]);
    expect(themeFor('dark', 'truecolor', 'dark', own)).toEqual(themeFor('dark', 'truecolor', 'dark'));
  });
});

describe('the background', () => {
  it('is read from COLORFGBG', () => {
    expect(backgroundOf({COLORFGBG: '0;15'})).toBe('light');
    expect(backgroundOf({COLORFGBG: '15;default;0'})).toBe('dark');
    expect(backgroundOf({})).toBe('dark');
  });
  it('is read from what the terminal answers', () => {
    expect(backgroundFromReply('rgb:ffff/ffff/ffff')).toBe('light');
    expect(backgroundFromReply('rgb:1e/1e/2e')).toBe('dark');
    expect(backgroundFromReply('nonsense')).toBeNull();
  });
});
