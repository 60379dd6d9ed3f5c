import {cellWidth, lettersOf} from './format/cells.ts';

/** A line that is being typed. `cursor`: how many of its letters (as people count them) stand before the cursor. */
export type TypedLine = {text: string; cursor: number};

/** With the cursor at its end. */
export const lineOf = (text: string): TypedLine => ({text, cursor: lettersOf(text).length});

/** The letters before the cursor and after it. */
type Parts = {before: readonly string[]; after: readonly string[]};

const partsOf = ({text, cursor}: TypedLine): Parts => {
  const letters = lettersOf(text);
  return {before: letters.slice(0, cursor), after: letters.slice(cursor)};
};

function joined({before, after}: Parts): TypedLine {
  const start = before.join('');
  // Counted again: a mark that was typed may have become part of the letter before it.
  return {text: start + after.join(''), cursor: lettersOf(start).length};
}

const edits = {
  eraseBefore: ({before, after}) => ({before: before.slice(0, -1), after}),
  eraseAt: ({before, after}) => ({before, after: after.slice(1)}),
  eraseWord: ({before, after}) => ({before: before.slice(0, wordStart(before)), after}),
  eraseNextWord: ({before, after}) => ({before, after: after.slice(wordEnd(after))}),
  wordLeft: ({before, after}) => moved(before, after, wordStart(before)),
  wordRight: ({before, after}) => moved(before, after, before.length + wordEnd(after)),
  eraseToStart: ({after}) => ({before: [], after}),
  eraseToEnd: ({before}) => ({before, after: []}),
  left: ({before, after}) => ({before: before.slice(0, -1), after: [...before.slice(-1), ...after]}),
  right: ({before, after}) => ({before: [...before, ...after.slice(0, 1)], after: after.slice(1)}),
  toStart: ({before, after}) => ({before: [], after: [...before, ...after]}),
  toEnd: ({before, after}) => ({before: [...before, ...after], after: []}),
} as const satisfies Record<string, (parts: Parts) => Parts>;

/** The keys of every shell. */
const keys: Readonly<Record<string, keyof typeof edits>> = {
  backspace: 'eraseBefore',
  'ctrl+h': 'eraseBefore',
  delete: 'eraseAt',
  'ctrl+d': 'eraseAt',
  'ctrl+w': 'eraseWord',
  'alt+backspace': 'eraseWord',
  'alt+d': 'eraseNextWord',
  'ctrl+u': 'eraseToStart',
  'ctrl+k': 'eraseToEnd',
  left: 'left',
  'ctrl+b': 'left',
  right: 'right',
  'ctrl+f': 'right',
  'ctrl+left': 'wordLeft',
  'alt+left': 'wordLeft',
  'alt+b': 'wordLeft',
  'ctrl+right': 'wordRight',
  'alt+right': 'wordRight',
  'alt+f': 'wordRight',
  home: 'toStart',
  'ctrl+a': 'toStart',
  end: 'toEnd',
  'ctrl+e': 'toEnd',
};

/** Where the last word begins, with the spaces behind it. */
function wordStart(letters: readonly string[]): number {
  let at = letters.length;
  while (at > 0 && letters[at - 1] === ' ') at -= 1;
  while (at > 0 && letters[at - 1] !== ' ') at -= 1;
  return at;
}

/** Where the first word ends, with the spaces before it. */
const wordEnd = (letters: readonly string[]): number => letters.length - wordStart(letters.toReversed());

function moved(before: readonly string[], after: readonly string[], to: number): Parts {
  const letters = [...before, ...after];
  return {before: letters.slice(0, to), after: letters.slice(to)};
}

/** The line after a key, by its name in the keymap; the same object for a key that does nothing in a line. */
export function edited(line: TypedLine, key: string): TypedLine {
  const edit = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (edit !== undefined) return joined(edits[edit](partsOf(line)));
  // Names of keys are longer than one character; only characters are text.
  return [...key].length === 1 && isText(key) ? inserted(line, key) : line;
}

/** Marks and joiners take no cell of their own; what else takes none is no text. */
const isText = (character: string): boolean => cellWidth(character) > 0 || /[\p{M}\u200d]/u.test(character);

export function inserted(line: TypedLine, text: string): TypedLine {
  const {before, after} = partsOf(line);
  return joined({before: [...before, text], after});
}
