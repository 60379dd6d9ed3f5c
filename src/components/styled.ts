import chalk, {type ForegroundColorName} from 'chalk';
import {toAscii} from '../view/context.ts';
import type {Line, Span} from '../view/rows/line.ts';
import type {TextStyle, Theme} from '../view/theme/theme.ts';

/** What a terminal is sent before and after the text of a span. */
type Codes = readonly [before: string, after: string];

/** By tone; for each of them plain, bold, inverse and both. */
type Known = Map<Span['tone'], Codes[]>;

const known = new WeakMap<Theme, {level: number; codes: Known}>();

/** A row as one string: each span between the codes that Ink's own `<Text>` would write around it. */
export function styled(line: Line, theme: Theme, ascii: boolean): string {
  const codes = knownFor(theme);
  let row = '';
  for (const span of line) {
    if (span.text === '') continue;
    const [before, after] = codesOf(span, theme, codes);
    row += `${before}${ascii ? toAscii(span.text) : span.text}${after}`;
  }
  return row;
}

function knownFor(theme: Theme): Known {
  const {level} = chalk;
  const own = known.get(theme);
  if (own?.level === level) return own.codes;
  const codes: Known = new Map();
  known.set(theme, {level, codes});
  return codes;
}

function codesOf(span: Span, theme: Theme, known: Known): Codes {
  const ofTone = known.get(span.tone) ?? [];
  if (ofTone.length === 0) known.set(span.tone, ofTone);
  const index = (span.bold ? 1 : 0) + (span.inverse ? 2 : 0);
  ofTone[index] ??= codesFor(styleOf(span, theme));
  return ofTone[index];
}

export function styleOf(span: Span, theme: Theme): TextStyle {
  const style = theme.styles[span.tone ?? 'text'];
  return {
    ...style,
    ...(span.bold ? {bold: true} : {}),
    ...(span.inverse ? {inverse: true} : {}),
  };
}

const middle = 'x';

/** In the order of Ink's `<Text>`, by the same chalk: what that takes the terminal for decides about both. */
function codesFor({color, dimColor, bold, inverse}: TextStyle): Codes {
  let text = middle;
  if (dimColor) text = chalk.dim(text);
  if (color) text = foreground(color)(text);
  if (bold) text = chalk.bold(text);
  if (inverse) text = chalk.inverse(text);
  const [before = '', after = ''] = text.split(middle);
  return [before, after];
}

// As in Ink: `#rrggbb`, `ansi256(n)`, or one of chalk's names.
const indexIn = (color: string): number => Number(/^ansi256\((\d+)\)$/.exec(color)?.[1] ?? Number.NaN);

function foreground(color: string) {
  if (color.startsWith('#')) return chalk.hex(color);
  return color.startsWith('ansi256') ? chalk.ansi256(indexIn(color)) : chalk[color as ForegroundColorName];
}
