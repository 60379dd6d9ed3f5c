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
