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
  | 'tick';

/** Props of Ink's `<Text>`. */
export type TextStyle = {
  color?: string;
  dimColor?: true;
  bold?: true;
  inverse?: true;
};
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';
export type Background = 'dark' | 'light';
export type Theme = {
  styles: Readonly<Record<Tone, TextStyle>>;
};
