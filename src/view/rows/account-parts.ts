import {freshnessOf} from '../../core/health.ts';
import type {AccountState, Amount, Failure, Note, Window} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {cut} from '../format/cells.ts';
import {noteText} from '../format/labels.ts';
import {amountText} from '../format/quantity.ts';
import {readableFailure} from './failure.ts';
import {blank, joined, type Line, span, wrapped} from './line.ts';
import {type RowColumns, windowBar, windowHeading, windowRow} from './window.ts';

/** What there is to say of an account, part by part. */

/** One row of a panel, written when it is drawn: how high something is, is how many of these it has. */
export type PanelRow = (columns: RowColumns) => Line;

export const blankRow: PanelRow = () => blank;
const asRow =
  (line: Line): PanelRow =>
  () =>
    line;
export const asRows = (lines: readonly Line[]): PanelRow[] => lines.map(asRow);

const notesInPanel = 2;

export const windowsOf = (account: AccountState): readonly Window[] => account.reading?.windows ?? [];
// A model's own row stands in the detail view; the panel would be nothing but them.
const notesOf = (account: AccountState): readonly Note[] =>
  (account.reading?.notes ?? [])
    .filter(note => note.code !== 'model')
    .sort((one, other) => Number(isStop(other)) - Number(isStop(one)))
    .slice(0, notesInPanel);
const isStop = ({code}: Note): boolean => code === 'limit-reached';

/** Work has stopped, whatever the bars say: that note comes first. */
export const isStopped = (account: AccountState): boolean => notesOf(account).some(isStop);

export const isStale = (account: AccountState, context: ViewContext): boolean =>
  freshnessOf(account, context.now, context.intervalOf(account.provider)) === 'stale';

/** A row for each window. */
export function windowRows(account: AccountState, context: ViewContext): PanelRow[][] {
  const stale = isStale(account, context);
  return windowsOf(account).map(each => [columns => windowRow(each, columns, context, stale)]);
}

/** Two rows for each window, with room to breathe. */
export function spaciousRows(account: AccountState, width: number, context: ViewContext): PanelRow[][] {
  const stale = isStale(account, context);
  return windowsOf(account).map(each => [
    () => windowHeading(each, width, context, stale),
    () => windowBar(each, width, context, stale),
  ]);
}

/** All amounts in one row. */
export function amountRows(account: AccountState, context: ViewContext): PanelRow[] {
  return account.reading?.amounts.length ? [() => amountLine(account, context)] : [];
}

function amountLine(account: AccountState, context: ViewContext): Line {
  const {strings} = context;
  const tone = isStale(account, context) ? 'dim' : 'text';
  const amounts = wholesOf(account.reading?.amounts ?? []).map((amount): Line => {
    const text = span(amountText(amount, strings), tone);
    // '796.25 credits' names itself.
    return amount.id === amount.unit ? [text] : [span(`${strings.amounts[amount.id]} `, 'dim'), text];
  });
  return joined(amounts);
}

/** Of what an amount is made (a balance of gifts and payments) stands in the detail view. */
const wholesOf = (amounts: readonly Amount[]): readonly Amount[] =>
  amounts.filter(({id, unit}) => !amounts.some(other => other.unit === unit && id.startsWith(`${other.id}/`)));

/** Over as many rows as they need, each cut to one, or left out. */
export type Notes = 'whole' | 'cut' | 'none';

export function noteRows(account: AccountState, how: Notes, width: number, context: ViewContext): PanelRow[] {
  if (how === 'none') return [];
  const textOf = (note: Note): string => noteText(note, context.now, context.strings, context.clock);
  return how === 'cut'
    ? notesOf(account).map(note => () => [span(cut(textOf(note), width), 'dim')])
    : asRows(notesOf(account).flatMap(note => wrapped(textOf(note), width, 'dim')));
}

/** In as many rows as are good to read; none while nothing failed. */
export const failureRows = (failure: Failure | null, width: number, context: ViewContext): PanelRow[] =>
  failure ? asRows(readableFailure(failure, width, context)) : [];

/** In place of figures where there are none, and no failure says why. */
export const emptyRow =
  ({reading, refreshing}: AccountState, width: number, {strings}: ViewContext): PanelRow =>
  () => {
    const {asking, noReading} = strings.states;
    return [span(cut(reading ? strings.panel.noWindows : refreshing ? asking : noReading, width), 'dim')];
  };
