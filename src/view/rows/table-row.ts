import type {AccountState, Failure, Window} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cut, padEnd, padStart} from '../format/cells.ts';
import {noteText} from '../format/labels.ts';
import {briefCountdown} from '../format/time.ts';
import {nothing} from '../format/use.ts';
import {soonestReset, type TableRow} from '../layout/table-rows.ts';
import {isStale, notesOf} from './account-parts.ts';
import {bar} from './bar.ts';
import {failureRow, failureTone} from './failure.ts';
import {fitLine, type Line, lineWidth, type Span, span} from './line.ts';
import {figureCells, periodCells, type TableColumns} from './table-columns.ts';
import {figureIn, otherTexts, worstOf} from './table-figures.ts';
import {accountName, providerName, wholeName} from './table-name.ts';
import {labelIn, type PeriodColumn} from './table-wanted.ts';
import {barOf, markCells, markSpan, paceSpan, valueSpan} from './window.ts';

/** One row of the table. */

/** How a row stands out: it has the focus, it carries the one spinner. */
export type RowStanding = {focused: boolean; spinning: boolean};

/** Exactly `width` cells. */
export function tableLine(
  row: TableRow,
  columns: TableColumns,
  {focused, spinning}: RowStanding,
  width: number,
  context: ViewContext,
): Line {
  const gap = span(' '.repeat(columns.gap));
  const {number, name, account, read} = columns;
  const names =
    account > 0
      ? [...providerName(row, name, focused), gap, ...accountName(row, account, context)]
      : wholeName(row, name, focused, context);
  // Without room for the key's name, only the focused row says it: it opens the details of that one.
  const own = focused ? context : {...context, openKey: undefined};
  return fitLine(
    [
      span(focused ? marksOf(context).focus : ' ', 'accent'),
      ...(number > 0 ? [span(padEnd(row.number > 9 ? '' : `${row.number}`, number), 'dim')] : []),
      ...names,
      ...(columns.periods.length > 0 || columns.other > 0 ? [gap, ...figures(row, columns, own)] : []),
      ...(read > 0 ? [gap, ...readCell(row, read, spinning, context)] : []),
    ],
    width,
  );
}

/** The figures, or what is to be said in their place; always as wide as their columns. */
function figures(row: TableRow, columns: TableColumns, context: ViewContext): Line {
  const [account] = row.accounts;
  const instead = account && !row.folded ? insteadOfFigures(account, row, columns, context) : null;
  return instead ?? cells(row, columns, context);
}

function insteadOfFigures(
  account: AccountState,
  {accounts}: TableRow,
  columns: TableColumns,
  context: ViewContext,
): Line | null {
  const width = figureCells(columns);
  const {states, panel} = context.strings;
  if (account.failure) return fitLine(failed(account, account.failure, width, context), width);
  const say = (text: string, tone: 'dim' | 'text'): Line => fitLine([span(cut(text, width), tone)], width);
  if (account.reading === null) return say(account.refreshing ? states.asking : states.noReading, 'dim');
  if (columns.periods.some(({period}) => figureIn(accounts, period) !== null)) return null;
  const others = otherTexts(account, context);
  if (others.length > 0) return say(others.join(' · '), 'text');
  const notes = notesOf(account).map(note => noteText(note, context.now, context.strings, context.clock));
  return say(notes.filter(Boolean).join(' · ') || panel.noWindows, 'dim');
}

/** Less room than this is for what happened alone. */
const leastBesideLast = 26;

/** What happened and what to do, and the last figure where there is one. */
function failed(account: AccountState, failure: Failure, width: number, context: ViewContext): Line {
  const last = width >= leastBesideLast ? lastFigure(account, context) : [];
  const text = failureRow(failure, width - lineWidth(last), context);
  return [span(text, failureTone(failure.code)), ...last];
}

function lastFigure(account: AccountState, context: ViewContext): Line {
  const window = worstOf([account]);
  if (window === null) return [];
  const figure = valueSpan(window, context, true, 0);
  const text = context.strings.accountTable.last(valueSpan(window, context, true, 8).text.trim());
  const mark = markSpan(window, context, true);
  return [
    span(' · ', 'dim'),
    {...figure, text},
    ...(mark.text.trim() === '' ? [] : [span(` ${mark.text.trim()}`, mark.tone)]),
  ];
}

function cells(row: TableRow, columns: TableColumns, context: ViewContext): Line {
  const gap = span(' '.repeat(columns.gap));
  const parts: Line[] = columns.periods.map(column => periodCell(row, column, context));
  if (columns.other > 0) parts.push(otherCell(row, columns.other, context));
  if (columns.reset > 0) parts.push([span(padStart(resetText(row, context), columns.reset), 'dim')]);
  return parts.flatMap((part, index) => (index > 0 ? [gap, ...part] : part));
}

function otherCell({accounts, folded}: TableRow, width: number, context: ViewContext): Line {
  const [account] = accounts;
  if (folded || account === undefined) return [span(' '.repeat(width))];
  const text = otherTexts(account, context).join(' · ');
  return [span(padEnd(text, width), isStale(account, context) ? 'dim' : 'text')];
}

function resetText({accounts}: TableRow, context: ViewContext): string {
  const at = soonestReset(accounts, context.now);
  return at === null ? '' : briefCountdown(at, context.now);
}

/** bar · figure · mark · name of the limit. */
function periodCell(row: TableRow, column: PeriodColumn, context: ViewContext): Line {
  const window = figureIn(row.accounts, column.period);
  if (window === null)
    return [
      span(padEnd(padStart(context.ascii ? '-' : nothing, column.bar + column.value), periodCells(column)), 'dim'),
    ];
  const stale = row.accounts.some(account => isStale(account, context));
  const label = column.label === 0 ? [] : [span(` ${padEnd(labelIn(window, column, context), column.label)}`, 'dim')];
  return [
    ...(column.bar > 0 ? bar(barOf(window, context), column.bar, {glyphs: context.glyphs, stale}) : []),
    figureSpan(row, window, column.value, stale, context),
    markSpan(window, context, stale, markCells),
    paceSpan(window, context, stale, column.pace),
    ...label,
  ];
}

/** Of several accounts it is the worst: the others have less. */
function figureSpan({folded}: TableRow, window: Window, cells: number, stale: boolean, context: ViewContext): Span {
  const figure = valueSpan(window, context, stale, cells);
  const isBound = folded && window.use.state === 'known';
  if (!isBound) return figure;
  const bound = context.show === 'used' ? (context.ascii ? '<=' : '≤') : context.ascii ? '>=' : '≥';
  return {...figure, text: padStart(`${bound}${figure.text.trim()}`, cells)};
}

/** How old the figures are, the oldest of several; while they are being read, the mark for that. */
function readCell({accounts}: TableRow, width: number, spinning: boolean, context: ViewContext): Line {
  if (accounts.some(({refreshing}) => refreshing)) {
    const mark: Span = {text: marksOf(context).asking, tone: 'accent'};
    return [span(' '.repeat(width - 1)), spinning ? {...mark, spin: true} : mark];
  }
  const times = accounts.flatMap(({readAt}) => (readAt === null ? [] : [readAt]));
  const text = times.length === 0 ? nothing : ageText(context.now - Math.min(...times), context);
  return [span(padStart(text, width), 'dim')];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** In one unit: '4m', '3h', '2d'. */
function ageText(ms: number, {strings: {accountTable, time}}: ViewContext): string {
  if (ms < minute) return accountTable.now;
  if (ms < hour) return time.minutes(Math.floor(ms / minute));
  return ms < day ? accountTable.hoursOld(Math.floor(ms / hour)) : time.days(Math.floor(ms / day));
}
