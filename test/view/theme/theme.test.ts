import {describe, expect, it} from 'vitest';
import {wantsColor} from '../../../src/commands/output.ts';
import {themeNames} from '../../../src/core/settings.ts';
import {backgroundFromReply, backgroundOf, depthOf, themeFor} from '../../../src/view/theme/theme.ts';

const colours = (theme: ReturnType<typeof themeFor>): string[] =>
  Object.values(theme.styles).flatMap(style => style.color ?? style.backgroundColor ?? []);

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
  it.each(themeNames)('%s uses no colour where there is none, but keeps weight and reversal', name => {
    const theme = themeFor(name, 'none', 'dark');
    expect(colours(theme)).toEqual([]);
    expect(theme.styles.onFill.inverse).toBe(true);
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
  it.each(['dark', 'light'] as const)('is readable on a %s background', background => {
    const behind = background === 'dark' ? '#000000' : '#ffffff';
    for (const name of ['auto', 'contrast', 'colour-blind'] as const) {
      const {ok, warn, critical, dim, accent} = themeFor(name, 'truecolor', background).styles;
      for (const style of [ok, warn, critical, dim, accent])
        expect(contrast(style.color ?? '', behind), `${name} ${style.color}`).toBeGreaterThan(3);
    }
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
  it.each(['dark', 'light'] as const)('is readable on a %s background', background => {
    const behind = background === 'dark' ? '#000000' : '#ffffff';
    for (const name of ['auto', 'contrast', 'colour-blind'] as const) {
      const {okStale, warnStale, criticalStale} = themeFor(name, 'truecolor', background).styles;
      for (const style of [okStale, warnStale, criticalStale])
        expect(contrast(style.color ?? '', behind), `${name} ${style.color}`).toBeGreaterThan(3);
    }
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

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
