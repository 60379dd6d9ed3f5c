import {unicodePattern} from './unicode-pattern.ts';

/**
 * Text from outside, made safe to draw: a service or a file may hold escape sequences, line breaks or direction marks
 * that would move the cursor or reorder the screen.
 */

// Controls (C0, C1), formatting (direction marks and isolates, zero-width, tags), lone surrogates, line and paragraph
// separators, and every other character that is there without being seen.
const unsafe = unicodePattern(String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`);
// Most texts: European and Chinese letters, kana, usual punctuation, the space. None of them is unsafe.
const harmless = /^[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u3041-\u30ff\u4e00-\u9fff]*$/;

// A whole escape sequence goes, not only its first byte, so that no '[31m' is left standing. A string without an end
// (a title, a clipboard write) would swallow what follows on a terminal too: it goes up to the end.
const escapeSequence =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]?/gu;

/** One line of printable text, at most `longest` characters (an ellipsis marks the cut). */
export function sanitize(text: string, longest = 80): string {
  const line = oneLine(text.slice(0, 16_384));
  const letters = [...line];
  return letters.length <= longest
    ? line
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}

/** White space is folded before and after: a line break parts two words, what was invisible between them does not. */
const oneLine = (text: string): string =>
  (harmless.test(text) ? text : withoutUnsafe(text)).replace(/ {2,}/g, ' ').trim();

const withoutUnsafe = (text: string): string =>
  text
    .replace(escapeSequence, '')
    .replace(/[^\S\ufeff]+/gu, ' ')
    .replace(unsafe(), '');

/** The same value with every string in it (and every key) cleaned; anything that is not data is dropped. */
export function sanitizeDeep<T>(value: T, text: (line: string) => string = line => sanitize(line, 200)): T {
  if (typeof value === 'string') return text(value) as T;
  if (Array.isArray(value)) return value.filter(isData).map(item => sanitizeDeep(item, text)) as T;
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).filter(([, item]) => isData(item));
  return Object.fromEntries(fields.map(([key, item]) => [text(key), sanitizeDeep(item, text)])) as T;
}

const isData = (value: unknown): boolean => !['function', 'symbol', 'bigint'].includes(typeof value);
