import {cellWidth, cut, padEnd, wrap} from '../format/cells.ts';
import type {Tone} from '../theme/theme.ts';

/** A piece of text of one meaning. */
export type Span = {
  text: string;
  tone?: Tone;
  bold?: true;
  inverse?: true;
  /** Drawn as the one spinner of the screen; `text` stands in where nothing moves. One cell. */
  spin?: true;
  /** All pieces of one bar carry the same: how much of it is filled, and where its tick stands (0–1). */
  bar?: {fraction: number; elapsed: number | null};
};
/** One row of the screen. */
export type Line = readonly Span[];

export const span = (text: string, tone?: Tone): Span => (tone ? {text, tone} : {text});
export const blank: Line = [];
export const plain = (line: Line): string => line.map(each => each.text).join('');
export const lineWidth = (line: Line): number => line.reduce((sum, each) => sum + cellWidth(each.text), 0);

/** Exactly `width` cells: cut with an ellipsis, or filled up on the right. */
export function fitLine(line: Line, width: number): Line {
  const own = lineWidth(line);
  if (own === width) return line;
  if (own < width) return [...line, span(' '.repeat(width - own))];
  return cutLine(line, width);
}

function cutLine(line: Line, width: number): Line {
  const kept: Span[] = [];
  let left = width;
  for (const each of line) {
    const cells = cellWidth(each.text);
    if (cells < left) {
      kept.push(each);
      left -= cells;
      continue;
    }
    // Something follows that is cut away: the ellipsis has to find room here.
    kept.push({...each, text: padEnd(cut(`${each.text}…`, left), left)});
    return kept;
  }
  return [...kept, span(' '.repeat(left))];
}

/** `left` at the left edge and `right` at the right one; when both do not fit, `left` is cut. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth === 0) return fitLine(left, width);
  if (rightWidth >= width) return fitLine(right, width);
  const room = width - rightWidth;
  // What had to be cut does not touch what follows.
  return lineWidth(left) <= room
    ? [...fitLine(left, room), ...right]
    : [...fitLine(left, room - 1), span(' '), ...right];
}

/** Pieces with a separator between them; empty pieces leave none. */
export function joined(pieces: readonly Line[], separator: Span = span(' · ', 'dim')): Line {
  const full = pieces.filter(piece => piece.length > 0);
  return full.flatMap((piece, index) => (index === 0 ? piece : [separator, ...piece]));
}

/** A text over as many lines as it needs. */
export const wrapped = (text: string, width: number, tone?: Tone): Line[] =>
  wrap(text, width).map(row => [span(row, tone)]);
