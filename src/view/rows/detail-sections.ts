import type {AccountState} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {givenText} from '../format/alert.ts';
import {cellWidth, padEnd} from '../format/cells.ts';
import {noteText} from '../format/labels.ts';
import {amountText} from '../format/quantity.ts';
import {type Line, span, wrapped} from './line.ts';

/** What stands under the windows in the detail view. */

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

/** A handful says what was going on; the newest first. */
const mostAlerts = 5;

export function alertLines(account: AccountState, width: number, context: ViewContext): Line[] {
  const {bullet} = marksOf(context);
  return (context.alerts ?? [])
    .filter(given => given.account === account.key)
    .slice(0, mostAlerts)
    .flatMap(given =>
      wrapped(givenText(given, context), width - 2).map(
        (row, index): Line => [span(index === 0 ? `${bullet} ` : '  ', 'dim'), ...row],
      ),
    );
}
