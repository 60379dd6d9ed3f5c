import {describe, expect, it} from 'vitest';
import {themeNames} from '../../src/core/settings.ts';
import {backgroundFromReply, backgroundOf, depthOf, themeFor} from '../../src/view/theme.ts';

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
  ] as const)('of %o is %s', (env, depth) => {
    expect(depthOf(env, false)).toBe(depth);
  });
  it('is none when the user wants none', () => {
    expect(depthOf({TERM: 'xterm-256color', COLORTERM: 'truecolor'}, true)).toBe('none');
  });
});

describe('a theme', () => {
  it.each(themeNames)('%s uses no colour where there is none, but keeps weight and reversal', name => {
    const theme = themeFor(name, 'none', 'dark');
    expect(colours(theme)).toEqual([]);
    expect(theme.styles.selected.inverse).toBe(true);
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
