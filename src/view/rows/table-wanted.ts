import type {Window} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth} from '../format/cells.ts';
import {briefName, windowShortLabel} from '../format/labels.ts';
import type {TableRow} from '../layout/table-rows.ts';
import {figureIn, lengthIn, otherTexts, type Period, periods} from './table-figures.ts';
import {accountText, wholeText} from './table-name.ts';
import {percentCells, valueCells} from './window.ts';

/** How wide each column of the table would like to be, and which there are: what nobody has takes no room. */

export type PeriodColumn = {
  period: Period;
  heading: string;
  /** The limit that the heading names; null where it stands over limits of several lengths. */
  limit: string | null;
  bar: number;
  value: number;
  /** For the arrow of a use that is ahead, or with its points. */
  pace: number;
  /** Cells for the name of a limit that the heading does not name; 0: none needs it, or there is no room. */
  label: number;
};
/** As wide as the texts that may stand there: nothing moves while they count. */
export type Wanted = {
  number: number;
  name: number;
  /** Of the short name. */
  brief: number;
  /** Of a name with its account. */
  whole: number;
  account: number;
  periods: readonly PeriodColumn[];
  other: number;
  reset: number;
  read: number;
};

const [longestName, longestBrief, longestAccount, longestOther, longestLabel] = [26, 16, 34, 30, 14];

export function wantedOf(rows: readonly TableRow[], numbered: boolean, context: ViewContext): Wanted {
  const {accountTable} = context.strings;
  const widest = (texts: readonly string[], most: number): number =>
    Math.min(most, Math.max(0, ...texts.map(cellWidth)));
  const columns = periods.flatMap(period => periodColumn(rows, period, context) ?? []);
  const others = rows.flatMap(row =>
    row.folded ? [] : row.accounts.map(each => otherTexts(each, context).join(' · ')),
  );
  const other = widest(others, longestOther);
  const resets = rows.some(({accounts}) => accounts.some(hasReset));
  return {
    number: numbered ? 2 : 0,
    name: widest([accountTable.provider, ...rows.map(({info}) => info.name)], longestName),
    brief: widest([accountTable.provider, ...rows.map(({info}) => briefName(info))], longestBrief),
    whole: widest([accountTable.provider, ...rows.map(row => wholeText(row, context))], longestAccount),
    account: widest([accountTable.account, ...rows.map(row => accountText(row, context))], longestAccount),
    periods: columns,
    other: other === 0 ? 0 : Math.max(other, cellWidth(accountTable.other)),
    reset: resets ? Math.max(resetCells, cellWidth(accountTable.resets)) : 0,
    read: readCells(context),
  };
}

const hasReset = ({reading}: TableRow['accounts'][number]): boolean =>
  (reading?.windows ?? []).some(({resetsAt}) => resetsAt !== null);

/** '23h59m' */
const resetCells = 6;

const readCells = ({strings: {accountTable, time}}: ViewContext): number =>
  Math.max(
    ...[accountTable.read, accountTable.now, time.minutes(59), accountTable.hoursOld(23), time.days(99)].map(cellWidth),
  );

/** undefined while no row has such a limit. */
function periodColumn(rows: readonly TableRow[], period: Period, context: ViewContext): PeriodColumn | undefined {
  const shown = rows.flatMap(({accounts}) => figureIn(accounts, period) ?? []);
  if (shown.length === 0) return undefined;
  const lengths = new Set(shown.map(({id}) => lengthIn(id)));
  const limit = lengths.size === 1 ? ([...lengths][0] ?? null) : null;
  const names = shown.map(window => labelIn(window, {limit}, context));
  // A bar never touches its figure.
  const value = Math.max(percentCells, ...rows.flatMap(row => figureCellsOf(row, period, context) + 1));
  return {
    period,
    heading: headingOf(period, limit, context),
    limit,
    bar: 0,
    value,
    pace: 0,
    label: Math.min(longestLabel, Math.max(0, ...names.map(cellWidth))),
  };
}

/** Cells of the figure alone; that of a fold has a mark before it. */
function figureCellsOf({accounts, folded}: TableRow, period: Period, context: ViewContext): number {
  const window = figureIn(accounts, period);
  if (window === null) return 0;
  return valueCells(window, context) + (folded ? boundCells(context) : 0);
}
const boundCells = ({ascii}: ViewContext): number => (ascii ? 2 : 1);

function headingOf(period: Period, limit: string | null, {strings}: ViewContext): string {
  const [, hours] = /^(\d+)h$/.exec(limit ?? '') ?? [];
  if (hours !== undefined) return strings.accountTable.countedHours(Number(hours));
  return limit === null ? strings.accountTable[period] : windowShortLabel(limit, strings);
}

/** The name of a limit, where its column's heading does not say which one it is. */
export const labelIn = ({id}: Window, {limit}: Pick<PeriodColumn, 'limit'>, {strings}: ViewContext): string =>
  id === limit ? '' : windowShortLabel(id, strings);
