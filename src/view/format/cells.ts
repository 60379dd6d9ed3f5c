import stringWidth from 'string-width';

/** Geometry of text: everything on the screen is counted in terminal cells, never in characters. */

// ASCII, box drawing, blocks, braille and the marks that we draw with ourselves: one cell each, in every terminal.
const narrow =
  /^[\u0020-\u007e\u00b7\u00d7\u2013\u2014\u2018-\u201d\u2022\u2026\u2190-\u2193\u21bb\u221e\u2264\u2265\u2500-\u259f\u25b2\u25b8\u25bc\u25cb\u25cf\u2717\u2800-\u28ff]*$/;
const ellipsis = '…';

/** Terminal cells that the text takes. */
export const cellWidth = (text: string): number => (narrow.test(text) ? text.length : stringWidth(text));

/** The text itself when it fits, else as much as fits with an ellipsis. Never wider than `cells`; never half a letter. */
export function cut(text: string, cells: number): string {
  if (cells <= 0) return '';
  if (cellWidth(text) <= cells) return text;
  return `${take(text, cells - 1)}${ellipsis}`;
}

let segmenter: Intl.Segmenter | undefined;
// Made when the first text needs it: that takes longer than a frame.
const graphemesOf = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  return segmenter.segment(text);
};

/** What people count as letters: with their marks, and an emoji of several parts as one. */
export const lettersOf = (text: string): string[] => [...graphemesOf(text)].map(({segment}) => segment);

function take(text: string, cells: number): string {
  if (narrow.test(text)) return text.slice(0, cells).trimEnd();
  let taken = '';
  for (const {segment} of graphemesOf(text)) {
    // Measured together: a letter and its marks may be narrower than their sum.
    if (cellWidth(taken + segment) > cells) break;
    taken += segment;
  }
  return taken.trimEnd();
}

/** Exactly `cells` wide: cut or filled up on the right. */
export const padEnd = (text: string, cells: number): string => {
  const fitted = cut(text, cells);
  return fitted + ' '.repeat(Math.max(0, cells - cellWidth(fitted)));
};

/** Exactly `cells` wide: cut or filled up on the left, for numbers. */
export const padStart = (text: string, cells: number): string => {
  const fitted = cut(text, cells);
  return ' '.repeat(Math.max(0, cells - cellWidth(fitted))) + fitted;
};

/**
 * Lines of at most `cells`, broken between words, or within one that is longer (CJK breaks anywhere). A command between
 * backticks stays in one line where a line is long enough.
 */
export function wrap(text: string, cells: number): string[] {
  if (cells <= 0) return [];
  const lines: string[] = [];
  let line = '';
  for (const word of unbroken(text, cells)) {
    if (cellWidth((line + word).trimEnd()) <= cells) {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = word;
    while (cellWidth(line.trimEnd()) > cells) {
      const head = take(line, cells) || (graphemesOf(line)[Symbol.iterator]().next().value?.segment ?? line);
      lines.push(cut(head, cells));
      line = line.slice(head.length);
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

// With the brackets around it and the stop behind it.
const commands = /([(（「“]?`[^`]+`[),.;:、。，；：」）”]*\s*)/;

/** What a line may end after: commands that fit into one, and words. */
const unbroken = (text: string, cells: number): string[] =>
  text
    .split(commands)
    .flatMap(part => (commands.test(part) && cellWidth(part.trimEnd()) <= cells ? [part] : words(part)));

const wideLetter = '[\\u2e80-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\uff00-\\uff60]';
const pieces = new RegExp(`${wideLetter}\\s*|(?:(?!${wideLetter})\\S)+\\s*|\\s+`, 'gu');

/** What a line may end after: words with the space behind them, and every wide letter. */
const words = (text: string): string[] => text.match(pieces) ?? [];
