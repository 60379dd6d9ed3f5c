import {isBuiltIn, type ThemeName} from '../../core/settings.ts';
import {type Color, type OwnTheme, type OwnThemes, type ThemeTone, themeTones} from '../../core/themes.ts';
import {mono, sixteenFor} from './few-colors.ts';
import {isMonochrome} from './monochrome.ts';
import {type Palette, type PaletteName, palettes} from './palettes.ts';
import type {Background, ColorDepth, TextStyle, Theme, Tone} from './tones.ts';

export type {Background, ColorDepth, TextStyle, Theme, Tone} from './tones.ts';

/** How many colours the terminal says it has. `noColor`: the user wants none (`NO_COLOR`, `--no-color`). */
export function depthOf(env: Readonly<Record<string, string | undefined>>, noColor: boolean): ColorDepth {
  const term = env.TERM ?? '';
  if (noColor || (env.NO_COLOR ?? '') !== '' || term === '' || isMonochrome(term)) return 'none';
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? '') || /-direct$|kitty|alacritty|ghostty|wezterm/.test(term))
    return 'truecolor';
  return /256/.test(term) ? '256' : '16';
}

/** rxvt, Konsole and others tell their colours as `COLORFGBG=15;0`; where nothing is told, most terminals are dark. */
export function backgroundOf(env: Readonly<Record<string, string | undefined>>): Background {
  const last = env.COLORFGBG?.split(';').at(-1) ?? '';
  return /^(7|9|1[0-5])$/.test(last) ? 'light' : 'dark';
}

/** The background in a terminal's answer to OSC 11 (`rgb:1e1e/1e1e/2e2e`); null when it is not one. */
export function backgroundFromReply(reply: string): Background | null {
  const parts = /rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i.exec(reply)?.slice(1);
  if (!parts) return null;
  const [red = 0, green = 0, blue = 0] = parts.map(part => Number.parseInt(part, 16) / (16 ** part.length - 1));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 ? 'light' : 'dark';
}

/** How bad it was still shows when a figure is old: the hue stays, paler. */
export function staleTone(tone: Tone): Tone {
  return tone === 'ok' || tone === 'warn' || tone === 'critical' ? `${tone}Stale` : 'dim';
}

const severities = ['ok', 'warn', 'critical'] as const;

// Ink's and chalk's names for the two kinds of colour.
const inkColor = (color: Color): string => (typeof color === 'number' ? `ansi256(${color})` : color);

function fromPalette(palette: Palette): Theme {
  const style = (tone: ThemeTone): TextStyle => ({color: inkColor(palette[tone])});
  const tones = Object.fromEntries(themeTones.map(tone => [tone, style(tone)])) as Record<ThemeTone, TextStyle>;
  return {
    styles: {
      ...tones,
      text: {},
      critical: {...tones.critical, bold: true},
      title: {bold: true},
      borderFocused: tones.accent,
    },
  };
}

/** Which palette a name means, and the background that it is made for. */
function paletteNameOf(name: ThemeName, background: Background): PaletteName {
  const isLight = background === 'light';
  switch (name) {
    case 'auto':
      return background;
    case 'dark':
    case 'light':
      return name;
    case 'contrast':
      return isLight ? 'contrastLight' : 'contrast';
    case 'colour-blind':
      return isLight ? 'colourBlindLight' : 'colourBlind';
    case '16':
    case 'mono':
      return background;
  }
}

/**
 * The theme for a name on this terminal: what it cannot show falls back to fewer colours, and to none. A name that nobody
 * knows, of a theme whose file is gone or broken, stands for the default.
 */
export function themeFor(
  name: string,
  depth: ColorDepth,
  background: Background,
  own: OwnThemes = new Map<string, OwnTheme>(),
): Theme {
  const mine = own.get(name);
  const ours = isBuiltIn(name) ? name : (mine?.extends ?? 'auto');
  if (depth === 'none' || ours === 'mono') return mono;
  if (depth === '16' || ours === '16') return sixteenFor(ours, background);
  const palette = paletteNameOf(ours, background);
  const theme = fromPalette(palettes[palette][depth === '256' ? 'indexed' : 'full']);
  return mine === undefined || isBuiltIn(name) ? theme : withOwn(theme, mine, depth);
}

/** A severity of the user's own has no stale colour beside it unless they gave one: then it is the same, dimmed. */
function withOwn(theme: Theme, {colors, colors256}: OwnTheme, depth: ColorDepth): Theme {
  const own = depth === '256' ? {...colors, ...colors256} : colors;
  const styles = {...theme.styles};
  const put = (tone: Tone, color: Color | undefined, more: TextStyle = {}): void => {
    if (color !== undefined) styles[tone] = {...more, color: inkColor(color)};
  };
  for (const tone of severities) put(`${tone}Stale`, own[tone], {dimColor: true});
  for (const tone of themeTones) put(tone, own[tone], tone === 'critical' ? {bold: true} : {});
  put('borderFocused', own.accent);
  return {...theme, styles};
}
