import type {ThemeName} from '../../core/settings.ts';
import type {Background, TextStyle, Theme, Tone} from './tones.ts';

/** The sixteen colours of every terminal, as its owner has set them. */
function sixteen(own: Partial<Record<Tone, TextStyle>> = {}): Theme {
  const {ok = {color: 'green'}, warn = {color: 'yellow'}, critical = {color: 'red'}, accent = {color: 'cyan'}} = own;
  return {
    styles: {
      text: {},
      ok,
      warn,
      critical: {...critical, bold: true},
      okStale: {...ok, dimColor: true},
      warnStale: {...warn, dimColor: true},
      criticalStale: {...critical, dimColor: true},
      dim: {dimColor: true},
      accent,
      title: {bold: true},
      border: {color: 'gray'},
      borderFocused: accent,
      track: {color: 'gray'},
      tick: {},
      ...own,
    },
  };
}

// No colour at all: weight, brightness and reversal carry what is left, and symbols say the rest.
export const mono: Theme = {
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
  },
};

const bright = {
  ok: {color: 'greenBright'},
  warn: {color: 'yellowBright'},
  critical: {color: 'redBright', bold: true},
  accent: {color: 'cyanBright'},
  dim: {},
  border: {},
} as const;
const usualSixteen = sixteen();
const blueForGreen = {
  dark: sixteen({ok: {color: 'blueBright'}, warn: {color: 'yellowBright'}}),
  light: sixteen({ok: {color: 'blue'}}),
};
const plainSixteen = {dark: sixteen(bright), light: sixteen({dim: {}, border: {}})};

export function sixteenFor(name: ThemeName, background: Background): Theme {
  if (name === 'colour-blind') return blueForGreen[background];
  return name === 'contrast' ? plainSixteen[background] : usualSixteen;
}
