import {describe, expect, it} from 'vitest';
import {palettes} from '../../../src/view/theme/palettes.ts';
import {type Background, type Theme, type Tone, themeFor} from '../../../src/view/theme/theme.ts';
import {ciede2000, colourBlindEyes, contrast, difference, hexOfIndex, hueOf, turn} from '../../support/color-vision.ts';

describe('the figures of colours that are computed here', () => {
  it('has the differences that Sharma, Wu and Dalal published', () => {
    for (const [l1, a1, b1, l2, a2, b2, expected] of publishedPairs)
      expect(ciede2000([l1, a1, b1], [l2, a2, b2]), `${[l1, a1, b1]} and ${[l2, a2, b2]}`).toBeCloseTo(expected, 4);
  });
  it('has the contrasts that WCAG gives', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrast('#123456', '#123456')).toBe(1);
  });
  it.each(Object.entries(colourBlindEyes))('leaves white, grey and black as they are for %s', (_, seen) => {
    for (const grey of ['#000000', '#777777', '#ffffff']) expect(difference(seen(grey), grey)).toBeLessThan(1);
  });
  it('takes red and green of one lightness for the same without red or green cones', () => {
    expect(difference('#c05050', '#808000')).toBeGreaterThan(30);
    expect(
      difference(colourBlindEyes['deutan (Machado)']('#c05050'), colourBlindEyes['deutan (Machado)']('#808000')),
    ).toBeLessThan(10);
    expect(
      difference(colourBlindEyes['deutan (Viénot)']('#c05050'), colourBlindEyes['deutan (Viénot)']('#808000')),
    ).toBeLessThan(10);
  });
  it('knows the colours of xterm by their number', () => {
    expect([16, 21, 114, 196, 231, 232, 255].map(hexOfIndex)).toEqual([
      ...['#000000', '#0000ff', '#87d787', '#ff0000', '#ffffff', '#080808', '#eeeeee'],
    ]);
  });
});

const onDark: Background = 'dark';
const cases = (['truecolor', '256'] as const).flatMap(depth => [
  ...(['auto', 'contrast', 'colour-blind'] as const).flatMap(name =>
    ([onDark, 'light'] as const).map(background => ({name, depth, background})),
  ),
  {name: 'dark' as const, depth, background: 'dark' as const},
  {name: 'light' as const, depth, background: 'light' as const},
]);
const hexOf = ({styles}: Theme, tone: Tone): string => {
  const {color = ''} = styles[tone];
  const index = /^ansi256\((\d+)\)$/.exec(color)?.[1];
  return index === undefined ? color : hexOfIndex(Number(index));
};
const severities = ['ok', 'warn', 'critical'] as const;

describe.each(cases)('theme $name in $depth on a $background background', ({name, depth, background}) => {
  const theme = themeFor(name, depth, background);
  const behind = background === 'dark' ? '#000000' : '#ffffff';
  const text = background === 'dark' ? '#ffffff' : '#000000';
  const against = (tone: Tone): number => contrast(hexOf(theme, tone), behind);

  it.each([...severities, 'accent', 'tick'] as const)('has %s readable', tone => {
    expect(against(tone)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['dim', 'okStale', 'warnStale', 'criticalStale'] as const)('has %s legible', tone => {
    expect(against(tone)).toBeGreaterThanOrEqual(3);
  });
  it.each(['border', 'track'] as const)('shows the %s, and lets what is read stand out from it', tone => {
    expect(against(tone)).toBeGreaterThanOrEqual(1.6);
    expect(against(tone)).toBeLessThan(contrast(text, behind));
    for (const read of ['dim', 'tick'] as const) expect(against(tone)).toBeLessThan(against(read));
  });
  it.each(severities)('keeps the hue of %s when it is stale, and is told from it', severity => {
    const [fresh, stale] = [hexOf(theme, severity), hexOf(theme, `${severity}Stale`)];
    expect(turn(hueOf(fresh).hue, hueOf(stale).hue)).toBeLessThan(30);
    expect(hueOf(stale).chroma).toBeGreaterThan(15);
    expect(difference(fresh, stale)).toBeGreaterThan(9);
    expect(against(`${severity}Stale`)).toBeLessThan(against(severity));
  });
  it('tells the severities apart', () => {
    for (const [one, other] of pairs) expect(difference(hexOf(theme, one), hexOf(theme, other))).toBeGreaterThan(15);
  });
  if (name === 'colour-blind')
    it.each(Object.entries(colourBlindEyes))('tells the severities apart for %s', (_, seen) => {
      for (const [one, other] of pairs)
        expect(
          difference(seen(hexOf(theme, one)), seen(hexOf(theme, other))),
          `${one} and ${other}`,
        ).toBeGreaterThanOrEqual(20);
    });
});
const pairs = [
  ['ok', 'warn'],
  ['ok', 'critical'],
  ['warn', 'critical'],
] as const;

describe('the palettes', () => {
  // Backgrounds that many people have: Dracula, Catppuccin, Nord; Solarized, Catppuccin, GitHub.
  const usual = {dark: ['#282a36', '#1e1e2e', '#2e3440'], light: ['#fdf6e3', '#eff1f5', '#f6f8fa']};

  it.each(cases)('of $name in $depth are of use on usual $background backgrounds', ({name, depth, background}) => {
    const theme = themeFor(name, depth, background);
    for (const behind of usual[background]) {
      for (const tone of severities) expect(contrast(hexOf(theme, tone), behind)).toBeGreaterThan(4);
      for (const tone of ['border', 'track'] as const)
        expect(contrast(hexOf(theme, tone), behind)).toBeGreaterThanOrEqual(1.6);
    }
  });
  it('name none of the sixteen colours that are the user’s own', () => {
    for (const {indexed} of Object.values(palettes))
      for (const index of Object.values(indexed)) expect(index).toBeGreaterThanOrEqual(16);
  });
});

const publishedPairs = [
  [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425],
  [50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615],
  [50, 2.8361, -74.02, 50, 0, -82.7485, 3.4412],
  [50, -1.3802, -84.2814, 50, 0, -82.7485, 1],
  [50, -1.1848, -84.8006, 50, 0, -82.7485, 1],
  [50, -0.9009, -85.5211, 50, 0, -82.7485, 1],
  [50, 0, 0, 50, -1, 2, 2.3669],
  [50, -1, 2, 50, 0, 0, 2.3669],
  [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.001, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195],
  [50, 2.49, -0.001, 50, -2.49, 0.0012, 7.2195],
  [50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.001, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.0011, -2.49, 4.7461],
  [50, 2.5, 0, 50, 0, -2.5, 4.3065],
  [50, 2.5, 0, 73, 25, -18, 27.1492],
  [50, 2.5, 0, 61, -5, 29, 22.8977],
  [50, 2.5, 0, 56, -27, -3, 31.903],
  [50, 2.5, 0, 58, 24, 15, 19.4535],
  [50, 2.5, 0, 50, 3.1736, 0.5854, 1],
  [50, 2.5, 0, 50, 3.2972, 0, 1],
  [50, 2.5, 0, 50, 1.8634, 0.5757, 1],
  [50, 2.5, 0, 50, 3.2592, 0.335, 1],
  [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
  [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.263],
  [61.2901, 3.7196, -5.3901, 61.4292, 2.248, -4.962, 1.8731],
  [35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645],
  [22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373],
  [36.4612, 47.858, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146],
  [90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441],
  [90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381],
  [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377],
  [2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082],
] as const;
