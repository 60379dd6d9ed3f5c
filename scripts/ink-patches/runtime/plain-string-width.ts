import type stringWidth from 'string-width';
import {isNarrow, isPlain, wideLetters} from './plain-text.ts';

type Options = Parameters<typeof stringWidth>[1];

const colours = /\u001b\[[\d;]*m/g;
const known = new Map<string, number>();
const mostKnown = 5000;
let real: typeof stringWidth | undefined;

/** The cells of a text as `string-width` counts them; that one is asked only where letters are not plain. */
export default function plainStringWidth(text: string, options?: Options): number {
  if (isNarrow(text)) return text.length;
  if (options !== undefined) return counted(text, options);
  const cached = known.get(text);
  if (cached !== undefined) return cached;
  const width = widthOf(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, width);
  return width;
}

function widthOf(text: string): number {
  const bare = text.replaceAll(colours, '');
  return isPlain(bare) ? bare.length + wideLetters(bare) : counted(text);
}

// Loaded late: it begins by building the set of all emoji, which takes longer than a frame.
function counted(text: string, options?: Options): number {
  real ??= (require('string-width') as {default: typeof stringWidth}).default;
  return real(text, options);
}
