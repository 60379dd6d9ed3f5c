import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, cut, lettersOf} from '../format/cells.ts';
import type {TypedLine} from '../line-edit.ts';
import {type Line, type Span, span} from './line.ts';

/** What was typed, with the cursor in view. */
export function typedLine(line: TypedLine, width: number, context: ViewContext): Line {
  const marks = marksOf(context);
  const letters = lettersOf(line.text);
  const under = letters[line.cursor];
  const before = letters.slice(0, line.cursor);
  const cursor: Span = under === undefined ? span(marks.cursor, 'accent') : {text: under, inverse: true};
  const room = width - cellWidth(`${marks.focus} `) - cellWidth(cursor.text);
  while (before.length > 0 && cellWidth(before.join('')) > room - 1) before.shift();
  const shown = before.join('');
  const after = cut(letters.slice(line.cursor + 1).join(''), room - cellWidth(shown));
  return [span(`${marks.focus} `, 'accent'), span(shown), cursor, span(after)];
}
