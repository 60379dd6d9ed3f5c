import chalk, {type ForegroundColorName} from 'chalk';
import {toAscii} from '../view/context.ts';
import type {Line, Span} from '../view/rows/line.ts';
import type {TextStyle, Theme} from '../view/theme/theme.ts';

/** What a terminal is sent before and after the text of a span. */
type Codes = readonly [before: string, after: string];

const known = new WeakMap<Theme, Map<string, Codes>>();

/** A row as one string: each span between the codes that Ink's own `<Text>` would write around it. */
export const styled = (line: Line, theme: Theme, ascii: boolean): string =>
  line.map(span => styledSpan(span, theme, ascii)).join('');

function styledSpan(span: Span, theme: Theme, ascii: boolean): string {
  if (span.text === '') return '';
  const [before, after] = codesOf(span, theme);
  return `${before}${ascii ? toAscii(span.text) : span.text}${after}`;
}

function codesOf(span: Span, theme: Theme): Codes {
  const codes = known.get(theme) ?? new Map<string, Codes>();
  known.set(theme, codes);
  const name = `${chalk.level} ${span.tone} ${span.bold} ${span.inverse}`;
  const found = codes.get(name) ?? codesFor(styleOf(span, theme));
  codes.set(name, found);
  return found;
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
