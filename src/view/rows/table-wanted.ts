import type {Window} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth} from '../format/cells.ts';
import {briefName, windowShortLabel} from '../format/labels.ts';
import type {TableRow} from '../layout/table-rows.ts';
import {rememberingEach} from '../sharing.ts';
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
  const all = rows.map(row => wantsOf(row, context));
  const widest = (cells: (of: Wants) => number, most: number, heading = ''): number =>
    Math.min(
      most,
      all.reduce((widest, each) => Math.max(widest, cells(each)), cellWidth(heading)),
    );
  const other = widest(each => each.other, longestOther);
  return {
    number: numbered ? 2 : 0,
    name: widest(each => each.name, longestName, accountTable.provider),
    brief: widest(each => each.brief, longestBrief, accountTable.provider),
    whole: widest(each => each.whole, longestAccount, accountTable.provider),
    account: widest(each => each.account, longestAccount, accountTable.account),
    periods: periods.flatMap(period => periodColumn(all, period, context) ?? []),
    other: other === 0 ? 0 : Math.max(other, cellWidth(accountTable.other)),
    reset: all.some(each => each.reset) ? Math.max(resetCells, cellWidth(accountTable.resets)) : 0,
    read: readCells(context),
  };
}

/** Cells that the texts of one row would like to have, and its figures. */
type Wants = Pick<Wanted, 'name' | 'brief' | 'whole' | 'account' | 'other'> & {
  reset: boolean;
  figures: Partial<Record<Period, {id: string; cells: number}>>;
};

// A reading changes one row of hundreds.
const wantsOf = rememberingEach(
  (row: TableRow, context: ViewContext): Wants => ({
    name: cellWidth(row.info.name),
    brief: cellWidth(briefName(row.info)),
    whole: cellWidth(wholeText(row, context)),
    account: cellWidth(accountText(row, context)),
    other: row.folded ? 0 : Math.max(0, ...row.accounts.map(each => cellWidth(otherTexts(each, context).join(' · ')))),
    reset: row.accounts.some(hasReset),
    figures: Object.fromEntries(periods.flatMap(period => figureWanted(row, period, context))),
  }),
);

const hasReset = ({reading}: TableRow['accounts'][number]): boolean =>
  (reading?.windows ?? []).some(({resetsAt}) => resetsAt !== null);

/** '23h59m' */
const resetCells = 6;

const readCells = ({strings: {accountTable, time}}: ViewContext): number =>
  Math.max(
    ...[accountTable.read, accountTable.now, time.minutes(59), accountTable.hoursOld(23), time.days(99)].map(cellWidth),
  );

/** undefined while no row has such a limit. */
function periodColumn(rows: readonly Wants[], period: Period, context: ViewContext): PeriodColumn | undefined {
  const shown = rows.flatMap(({figures}) => figures[period] ?? []);
  if (shown.length === 0) return undefined;
  const ids = [...new Set(shown.map(({id}) => id))];
  const lengths = new Set(ids.map(lengthIn));
  const limit = lengths.size === 1 ? ([...lengths][0] ?? null) : null;
  const names = ids.map(id => labelIn({id}, {limit}, context));
  // A bar never touches its figure.
  const value = shown.reduce((most, {cells}) => Math.max(most, cells + 1), percentCells);
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

/** The limit of the column, and the cells of its figure alone; that of a fold has a mark before it. */
function figureWanted({accounts, folded}: TableRow, period: Period, context: ViewContext) {
  const window = figureIn(accounts, period);
  if (window === null) return [];
  const cells = valueCells(window, context) + (folded ? boundCells(context) : 0);
  return [[period, {id: window.id, cells}] as const];
}
const boundCells = ({ascii}: ViewContext): number => (ascii ? 2 : 1);

function headingOf(period: Period, limit: string | null, {strings}: ViewContext): string {
  const [, hours] = /^(\d+)h$/.exec(limit ?? '') ?? [];
  if (hours !== undefined) return strings.accountTable.countedHours(Number(hours));
  return limit === null ? strings.accountTable[period] : windowShortLabel(limit, strings);
}

/** The name of a limit, where its column's heading does not say which one it is. */
export const labelIn = (
  {id}: Pick<Window, 'id'>,
  {limit}: Pick<PeriodColumn, 'limit'>,
  {strings}: ViewContext,
): string => (id === limit ? '' : windowShortLabel(id, strings));
