import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, cut, lettersOf} from '../format/cells.ts';
import type {TypedLine} from '../line-edit.ts';
import {type Line, type Span, span} from './line.ts';

/** A field in which something is typed. */
export const typedLine = (line: TypedLine, width: number, context: ViewContext): Line => {
  const focus = span(`${marksOf(context).focus} `, 'accent');
  return [focus, ...typedSpans(line, width - cellWidth(focus.text), context)];
};

/** What was typed: of what is longer than the room, the part around the cursor. */
export function typedSpans({text, cursor}: TypedLine, width: number, context: ViewContext): Line {
  const letters = lettersOf(text);
  const under = letters[cursor];
  const mark: Span = under === undefined ? span(marksOf(context).cursor, 'accent') : {text: under, inverse: true};
  const room = width - cellWidth(mark.text);
  const before = letters.slice(0, cursor);
  let cells = cellWidth(before.join(''));
  // One more cell: where the line goes on before what is shown, the cursor is not at its edge.
  while (before.length > 0 && cells > room - 1) {
    before.shift();
    cells = cellWidth(before.join(''));
  }
  return [span(before.join('')), mark, span(cut(letters.slice(cursor + 1).join(''), room - cells))];
}
