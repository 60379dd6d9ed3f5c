import type stringWidth from 'string-width';
import {isNarrow, isPlain, wideLetters} from './plain-text.ts';

type Options = Parameters<typeof stringWidth>[1];

const colours = /\u001b\[[\d;]*m/g;
// Of rows, some screens; they are much longer than words.
const mostKnown = 1000;
const known = new Map<string, {cells: number; isPlain: boolean}>();
let real: typeof stringWidth | undefined;

/** The cells of a text as `string-width` counts them; that one is asked only where letters are not plain. */
export default function plainStringWidth(text: string, options?: Options): number {
  if (isNarrow(text)) return text.length;
  return options === undefined ? measured(text).cells : counted(text, options);
}

/** The cells of plain letters in any colours; null for every other text. */
export function plainCells(text: string): number | null {
  if (isNarrow(text)) return text.length;
  const {cells, isPlain: isKnown} = measured(text);
  return isKnown ? cells : null;
}

function measured(text: string): {cells: number; isPlain: boolean} {
  const before = known.get(text);
  if (before !== undefined) return before;
  const bare = text.replaceAll(colours, '');
  const found = isPlain(bare)
    ? {cells: bare.length + wideLetters(bare), isPlain: true}
    : {cells: counted(text), isPlain: false};
  if (known.size >= mostKnown) known.clear();
  known.set(text, found);
  return found;
}

// Loaded late: it begins by building the set of all emoji, which takes longer than a frame.
function counted(text: string, options?: Options): number {
  real ??= (require('string-width') as {default: typeof stringWidth}).default;
  return real(text, options);
}
