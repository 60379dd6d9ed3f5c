import type {ThemeName} from '../../core/settings.ts';
import {isMonochrome} from './monochrome.ts';
import {type Palette, palettes} from './palettes.ts';

/** What a piece of text means. Components name meanings; the colours are here and in palettes.ts. */
export type Tone =
  | 'text'
  | 'ok'
  | 'warn'
  | 'critical'
  | 'okStale'
  | 'warnStale'
  | 'criticalStale'
  | 'dim'
  | 'accent'
  | 'title'
  | 'border'
  | 'borderFocused'
  | 'track'
  | 'tick'
  | 'onFill';

/** Props of Ink's `<Text>`. */
export type TextStyle = {
  color?: string;
  backgroundColor?: string;
  dimColor?: true;
  bold?: true;
  inverse?: true;
};
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';
export type Background = 'dark' | 'light';
export type Theme = {
  styles: Readonly<Record<Tone, TextStyle>>;
  /** True when the track of a bar is a coloured background, so that eighths join it without a seam. */
  solidTrack: boolean;
};

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

/** Halfway between two colours. */
function mixed(one: string, other: string): string {
  const parts = [1, 3, 5].map(at => {
    const [a, b] = [one, other].map(color => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number];
    return Math.round((a + b) / 2)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

function fromPalette(palette: Palette): Theme {
  return {
    solidTrack: true,
    styles: {
      text: {},
      ok: {color: palette.ok},
      warn: {color: palette.warn},
      critical: {color: palette.critical, bold: true},
      okStale: {color: mixed(palette.ok, palette.dim)},
      warnStale: {color: mixed(palette.warn, palette.dim)},
      criticalStale: {color: mixed(palette.critical, palette.dim)},
      dim: {color: palette.dim},
      accent: {color: palette.accent},
      title: {bold: true},
      border: {color: palette.border},
      borderFocused: {color: palette.accent},
      track: {color: palette.track},
      tick: {color: palette.tick},
      onFill: {color: palette.onFill},
    },
  };
}

const sixteen: Theme = {
  solidTrack: false,
  styles: {
    text: {},
    ok: {color: 'green'},
    warn: {color: 'yellow'},
    critical: {color: 'red', bold: true},
    okStale: {color: 'green', dimColor: true},
    warnStale: {color: 'yellow', dimColor: true},
    criticalStale: {color: 'red', dimColor: true},
    dim: {dimColor: true},
    accent: {color: 'cyan'},
    title: {bold: true},
    border: {color: 'gray'},
    borderFocused: {color: 'cyan'},
    track: {color: 'gray'},
    tick: {},
    onFill: {color: 'black'},
  },
};

// No colour at all: weight, brightness and reversal carry what is left, and symbols say the rest.
const mono: Theme = {
  solidTrack: false,
  styles: {
    text: {},
    ok: {},
    warn: {bold: true},
    critical: {bold: true},
    okStale: {dimColor: true},
    warnStale: {dimColor: true},
    criticalStale: {dimColor: true},
    dim: {dimColor: true},
    accent: {bold: true},
    title: {bold: true},
    border: {dimColor: true},
    borderFocused: {bold: true},
    track: {dimColor: true},
    tick: {bold: true},
    onFill: {inverse: true},
  },
};

/** The theme for a name on this terminal: what it cannot show falls back to fewer colours, and to none. */
export function themeFor(name: ThemeName, depth: ColorDepth, background: Background): Theme {
  if (depth === 'none' || name === 'mono') return mono;
  if (depth === '16' || name === '16') return sixteen;
  const light = background === 'light';
  switch (name) {
    case 'auto':
      return fromPalette(light ? palettes.light : palettes.dark);
    case 'dark':
      return fromPalette(palettes.dark);
    case 'light':
      return fromPalette(palettes.light);
    case 'contrast':
      return fromPalette(light ? palettes.contrastLight : palettes.contrast);
    case 'colour-blind':
      return fromPalette(light ? palettes.colourBlindLight : palettes.colourBlind);
  }
}
