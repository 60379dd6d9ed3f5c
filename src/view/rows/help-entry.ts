import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, padEnd} from '../format/cells.ts';
import type {HelpEntry} from './legend.ts';
import {type Line, type Span, span, wrapped} from './line.ts';

/** Narrower than this beside its keys, a sentence is better read under them. */
const leastBeside = 16;

/** Keys and what they do: beside each other, or under each other where there is little room. Nothing is cut. */
export function entryLines(
  {sign, text}: HelpEntry,
  column: number,
  width: number,
  isSelected: boolean,
  context: ViewContext,
): Line[] {
  const cursor = span(isSelected ? `${marksOf(context).focus} ` : '  ', 'accent');
  const keys = (cells: number): Span => ({
    text: padEnd(sign, cells),
    tone: 'accent',
    ...(isSelected ? {bold: true} : {}),
  });
  const room = width - column - 4;
  if (room < leastBeside || cellWidth(sign) > column)
    return [[cursor, keys(cellWidth(sign))], ...indented(text, width)];
  return wrapped(text, room).map(
    (row, index): Line => [
      ...(index === 0 ? [cursor, keys(column)] : [span(' '.repeat(column + 2))]),
      span('  '),
      ...row,
    ],
  );
}

const indented = (text: string, width: number): Line[] =>
  wrapped(text, width - 4).map((row): Line => [span('    '), ...row]);
