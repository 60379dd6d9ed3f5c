/**
 * Text from outside, made safe to draw: a service or a file may hold escape sequences, line breaks or direction marks
 * that would move the cursor or reorder the screen.
 */

// C0 and C1 controls, direction marks and isolates, zero-width and other invisible formatting, lone surrogates, tags.
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

// A whole escape sequence goes, not only its first byte, so that no '[31m' is left standing.
const escapeSequence =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]?/gu;

/** One line of printable text, at most `longest` characters (an ellipsis marks the cut). */
export function clean(text: string, longest = 80): string {
  const line = text.slice(0, 16_384).replace(escapeSequence, '').replace(/\s+/gu, ' ').replace(unsafe, '').trim();
  const letters = [...line];
  return letters.length <= longest
    ? line
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}

/** The same value with every string in it (and every key) cleaned; anything that is not data is dropped. */
export function cleanDeep<T>(value: T, text: (line: string) => string = line => clean(line, 200)): T {
  if (typeof value === 'string') return text(value) as T;
  if (Array.isArray(value)) return value.map(item => cleanDeep(item, text)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleanDeep(item, text)])) as T;
}
