// Letters and marks that stand for themselves: one cell or two, and a grapheme of their own whatever is beside them. What
// combines, joins or selects a variation is not among them, so that a text of these holds nothing that could change one.
const narrow =
  '\\u0020-\\u007e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u20bf\\u2190-\\u21ff\\u2200-\\u22ff\\u2500-\\u25fc\\u2713-\\u2718\\u2800-\\u28ff';
const wide = '\\u3001-\\u3029\\u3041-\\u3096\\u309b-\\u30ff\\u4e00-\\u9fff\\uff01-\\uff60';

const narrowText = new RegExp(`^[${narrow}]*$`);
const plainText = new RegExp(`^[${narrow}${wide}]*$`);
const escapedText = new RegExp(`^[${narrow}${wide}\\u001b\\n]*$`);
const wideLetter = new RegExp(`[${wide}]`, 'g');

/** Only narrow letters: as many cells as letters. */
export const isNarrow = (text: string): boolean => narrowText.test(text);
/** Only narrow and wide letters. */
export const isPlain = (text: string): boolean => plainText.test(text);
/** Plain, perhaps with escapes and line feeds, which are graphemes of their own too. */
export const isPlainOrEscaped = (text: string): boolean => escapedText.test(text);
/** Of plain text, how many of its letters take two cells. */
export const wideLetters = (text: string): number => text.match(wideLetter)?.length ?? 0;
