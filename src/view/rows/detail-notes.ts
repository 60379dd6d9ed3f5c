import type {AccountState} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, padEnd} from '../format/cells.ts';
import {noteText} from '../format/labels.ts';
import {amountText} from '../format/quantity.ts';
import {type Line, span, wrapped} from './line.ts';

/** What an account tells beside its windows. */

export function amountLines(account: AccountState, context: ViewContext): Line[] {
  const amounts = account.reading?.amounts ?? [];
  const names = Math.max(0, ...amounts.map(amount => cellWidth(context.strings.amounts[amount.id])));
  return amounts.map(amount => [
    span(padEnd(context.strings.amounts[amount.id], names), 'dim'),
    span('  '),
    span(amountText(amount, context.strings)),
  ]);
}

export function noteLines(account: AccountState, width: number, context: ViewContext): Line[] {
  const {bullet} = marksOf(context);
  return (account.reading?.notes ?? []).flatMap(note =>
    wrapped(noteText(note, context.now, context.strings, context.clock), width - 2).map(
      (row, index): Line => [span(index === 0 ? `${bullet} ` : '  ', 'dim'), ...row],
    ),
  );
}
