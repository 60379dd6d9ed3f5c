/** The colours themselves. Text and tick have a contrast of at least 3 to usual backgrounds; border and track are fainter. */

export type Palette = Record<
  'ok' | 'warn' | 'critical' | 'dim' | 'accent' | 'border' | 'track' | 'tick' | 'onFill',
  string
>;

export const palettes = {
  dark: {
    ok: '#7fbf95',
    warn: '#e3b66a',
    critical: '#ee7b80',
    dim: '#838b9c',
    accent: '#82aaf0',
    border: '#4a5266',
    track: '#2c3140',
    tick: '#b9c2d6',
    onFill: '#11141b',
  },
  light: {
    ok: '#2b8a57',
    warn: '#a86f00',
    critical: '#c4323f',
    dim: '#6f7683',
    accent: '#2a63c4',
    border: '#b9bfca',
    track: '#dfe3ea',
    tick: '#4a5160',
    onFill: '#ffffff',
  },
  contrast: {
    ok: '#00e676',
    warn: '#ffd600',
    critical: '#ff5252',
    dim: '#d0d0d0',
    accent: '#40c4ff',
    border: '#d0d0d0',
    track: '#3a3a3a',
    tick: '#ffffff',
    onFill: '#000000',
  },
  contrastLight: {
    ok: '#006b2d',
    warn: '#7a4b00',
    critical: '#b00020',
    dim: '#303030',
    accent: '#003fa3',
    border: '#303030',
    track: '#d0d0d0',
    tick: '#000000',
    onFill: '#ffffff',
  },
  // After Okabe and Ito. Warn and critical stay close for some kinds of colour blindness: their marks tell them apart.
  colourBlind: {
    ok: '#56b4e9',
    warn: '#e69f00',
    critical: '#f0703a',
    dim: '#8a909c',
    accent: '#9ecbff',
    border: '#4f5665',
    track: '#2c3140',
    tick: '#d5dae4',
    onFill: '#10131a',
  },
  colourBlindLight: {
    ok: '#0072b2',
    warn: '#a87400',
    critical: '#d55e00',
    dim: '#6f7683',
    accent: '#1f4f8f',
    border: '#b9bfca',
    track: '#dfe3ea',
    tick: '#4a5160',
    onFill: '#ffffff',
  },
} satisfies Record<string, Palette>;
