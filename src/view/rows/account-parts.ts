import {freshnessOf, type Severity, severityOf} from '../../core/health.ts';
import type {AccountState, Amount, Note, Remedy, Window} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {cut} from '../format/cells.ts';
import {noteText, remedyText} from '../format/labels.ts';
import {amountText} from '../format/quantity.ts';
import type {RowColumns} from './columns.ts';
import {joined, type Line, lineWidth, plain, span, wrapped} from './line.ts';
import {groupedWindows, quietRow} from './quiet-rows.ts';
import {windowRow} from './window.ts';

/** What there is to say of an account, part by part. */

/** What a row that is out of view keeps from whoever looks. */
export type Alarm = 'critical' | 'failed' | 'warn';

/** One row of a panel, written when it is drawn: how high something is, is how many of these it has. */
export type PanelRow = {line: (columns: RowColumns) => Line; alarm?: Alarm};

const asRow = (line: Line): PanelRow => ({line: () => line});
export const asRows = (lines: readonly Line[]): PanelRow[] => lines.map(asRow);

const notesInPanel = 2;

export const windowsOf = (account: AccountState): readonly Window[] => account.reading?.windows ?? [];
// A model's own row stands in the detail view; the panel would be nothing but them.
export const notesOf = (account: AccountState): readonly Note[] =>
  (account.reading?.notes ?? [])
    .filter(note => note.code !== 'model')
    .sort((one, other) => Number(isStop(other)) - Number(isStop(one)))
    .slice(0, notesInPanel);
const isStop = ({code}: Note): boolean => code === 'limit-reached';

/** Work has stopped, whatever the bars say: that note comes first. */
export const isStopped = (account: AccountState): boolean => notesOf(account).some(isStop);

export const isStale = (account: AccountState, context: ViewContext): boolean =>
  freshnessOf(account, context.now, context.intervalOf(account.provider)) === 'stale';

/** A row for each window that says something, and one for all that say the same nothing. */
export function windowRows(account: AccountState, context: ViewContext): PanelRow[] {
  const stale = isStale(account, context);
  const {single, quiet} = groupedWindows(windowsOf(account));
  return [
    ...single.map(window => ({
      line: (columns: RowColumns) => windowRow(window, columns, context, stale, account.key),
      ...alarmOf(severityOf(window, context.thresholds)),
    })),
    ...quiet.map(({state, windows}) => ({
      line: (columns: RowColumns) => quietRow(state, windows, columns, context, stale),
    })),
  ];
}

function alarmOf(severity: Severity): {alarm?: Alarm} {
  if (severity === 'over' || severity === 'critical') return {alarm: 'critical'};
  return severity === 'warn' ? {alarm: 'warn'} : {};
}

/** The rows of a failure: the first one says how bad it is. */
export const failureRows = (lines: readonly Line[]): PanelRow[] =>
  asRows(lines).map((row, index): PanelRow => (index === 0 ? {...row, alarm: 'failed'} : row));

/** All amounts in one line; empty where there are none. */
export function amountLine(account: AccountState, context: ViewContext): Line {
  const {strings} = context;
  const tone = isStale(account, context) ? 'dim' : 'text';
  const amounts = wholesOf(account.reading?.amounts ?? []).map((amount, index, all): Line => {
    const text = span(amountText(amount, strings), tone);
    // '796.25 credits' names itself, and the second currency of a balance is what the first one is.
    const isNamed = amount.id === amount.unit || all[index - 1]?.id === amount.id;
    return isNamed ? [text] : [span(`${strings.amounts[amount.id]} `, 'dim'), text];
  });
  return joined(amounts);
}

/** The same in a row, or over several where it is too long for one. */
export function amountRows(account: AccountState, width: number, context: ViewContext): PanelRow[] {
  const line = amountLine(account, context);
  if (line.length === 0) return [];
  return asRows(lineWidth(line) <= width ? [line] : wrapped(plain(line), width));
}

/** Of what an amount is made (a balance of gifts and payments) stands in the detail view. */
export const wholesOf = (amounts: readonly Amount[]): readonly Amount[] =>
  amounts.filter(({id, unit}) => !amounts.some(other => other.unit === unit && id.startsWith(`${other.id}/`)));

/** Over as many rows as they need, or each cut to one. */
export type Notes = 'whole' | 'cut';

export function noteRows(account: AccountState, how: Notes, width: number, context: ViewContext): PanelRow[] {
  const textOf = (note: Note): string => noteText(note, context.now, context.strings, context.clock);
  return notesOf(account).flatMap(note =>
    how === 'cut' ? asRow([span(cut(textOf(note), width), 'dim')]) : asRows(wrapped(textOf(note), width, 'dim')),
  );
}

/** In place of figures where there are none, and no failure says why; with what the user can do to get some. */
export function emptyRows(account: AccountState, width: number, context: ViewContext): PanelRow[] {
  const remedy = account.reading?.remedy;
  const cure = remedy === undefined ? [] : asRows(wrapped(offerText(remedy, context), width, 'text'));
  return [emptyRow(account, width, context), ...cure];
}

/** Before what a key of the panel turns on stands that key. */
export function offerText(remedy: Remedy, {strings, optionKey}: ViewContext): string {
  const text = remedyText(remedy, strings);
  const isOffered = optionKey !== undefined && Object.hasOwn(strings.options ?? {}, remedy.code);
  return isOffered ? strings.panel.offer(optionKey, text) : text;
}

export function emptyRow({reading, readAt, refreshing}: AccountState, width: number, {strings}: ViewContext): PanelRow {
  const {asking, noReading} = strings.states;
  const text = reading && readAt !== null ? strings.panel.noWindows : refreshing ? asking : noReading;
  return asRow([span(cut(text, width), 'dim')]);
}
