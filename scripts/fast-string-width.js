import stringWidth from 'string-width';

// Printable ASCII, Latin letters, arrows, box drawing, blocks, geometric shapes and braille are one cell each, always.
const plain = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2190-\u2199\u2500-\u259f\u25a0-\u25ef\u2800-\u28ff]*$/;
const known = new Map();
const mostKnown = 5000;

export default function fastStringWidth(text, options) {
  if (plain.test(text)) return text.length;
  if (options !== undefined) return stringWidth(text, options);
  const cached = known.get(text);
  if (cached !== undefined) return cached;
  const width = stringWidth(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, width);
  return width;
}
