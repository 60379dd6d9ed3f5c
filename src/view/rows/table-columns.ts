import type {ViewContext} from '../context.ts';
import type {TableRow} from '../layout/table-rows.ts';
import {mostBar} from './columns.ts';
import {type PeriodColumn, type Wanted, wantedOf} from './table-wanted.ts';
import {markCells} from './window.ts';

/** Which columns the table has and how wide each is: the same in every row, so that figures stand under figures. */

export type TableColumns = {
  /** 0: the column is not there. */
  number: number;
  name: number;
  account: number;
  periods: readonly PeriodColumn[];
  other: number;
  reset: number;
  read: number;
  /** Free cells before each column but the name. */
  gap: number;
};

/** What a table of less and less room does without, and how long its bars are at least. */
type Way = {name: number; account: boolean; other: boolean; reset: boolean; read: boolean; bar: number};
const ways: readonly Way[] = [
  {name: 10, account: true, other: true, reset: true, read: true, bar: 9},
  {name: 10, account: true, other: false, reset: true, read: true, bar: 9},
  {name: 15, account: false, other: false, reset: true, read: true, bar: 6},
  {name: 12, account: false, other: false, reset: true, read: true, bar: 4},
  {name: 10, account: false, other: false, reset: true, read: false, bar: 4},
  {name: 10, account: false, other: false, reset: true, read: true, bar: 0},
  {name: 10, account: false, other: false, reset: true, read: false, bar: 0},
  {name: 8, account: false, other: false, reset: false, read: false, bar: 0},
];

const leastForNumber = 60;
const leastForPace = 6;
const arrowCells = 1;
/** ' ▲14' */
const paceCells = 4;
const leastForAccount = 100;
const leastForWideGap = 100;
const leastAccount = 14;
/** '796.25 credits' */
const leastOther = 14;
const usualBar = 12;

const focusCells = 1;

export function tableColumns(
  rows: readonly TableRow[],
  width: number,
  numbered: boolean,
  context: ViewContext,
): TableColumns {
  const wanted = wantedOf(rows, numbered && width >= leastForNumber, context);
  const gap = width >= leastForWideGap ? 2 : 1;
  for (const way of ways.filter(({account}) => !account || width >= leastForAccount)) {
    const least = leastOf(wanted, way, gap);
    const spare = width - cellsOf(least);
    if (spare >= 0) return spread(least, wanted, spare);
  }
  return {number: 0, name: Math.max(0, width - focusCells), account: 0, periods: [], other: 0, reset: 0, read: 0, gap};
}

/** All cells of a row. */
const cellsOf = ({number, name, account, periods: of, other, reset, read, gap}: TableColumns): number =>
  [account, ...of.map(periodCells), other, reset, read].reduce(
    (sum, cells) => sum + (cells > 0 ? cells + gap : 0),
    focusCells + number + name,
  );

/** Bar, figure, mark and the limit's name. */
export const periodCells = ({bar, value, pace, label}: PeriodColumn): number =>
  bar + value + markCells + pace + (label > 0 ? label + 1 : 0);

/** Cells of the figures' columns with the gaps between them: what is said instead of figures stands across all of these. */
export const figureCells = ({periods: of, other, reset, gap}: TableColumns): number =>
  [...of.map(periodCells), other, reset].reduce((sum, cells) => sum + (cells > 0 ? cells + gap : 0), -gap);

function leastOf(wanted: Wanted, way: Way, gap: number): TableColumns {
  const hasAccount = way.account && wanted.account > 0;
  return {
    gap,
    number: wanted.number,
    name: hasAccount ? wanted.brief : Math.min(wanted.whole, way.name),
    account: hasAccount ? Math.min(wanted.account, leastAccount) : 0,
    periods: wanted.periods.map(each => ({
      ...each,
      bar: way.bar,
      pace: way.bar >= leastForPace ? arrowCells : 0,
      label: 0,
    })),
    other: way.other ? Math.min(wanted.other, leastOther) : 0,
    reset: way.reset ? wanted.reset : 0,
    read: way.read ? wanted.read : 0,
  };
}

/** Free cells go to what would be cut, then to bars, then to names of limits, then to longer bars. */
function spread(least: TableColumns, wanted: Wanted, spare: number): TableColumns {
  let left = spare;
  const upTo = (now: number, most: number): number => {
    const more = Math.max(0, Math.min(left, most - now));
    left -= more;
    return now + more;
  };
  const bars = (of: readonly PeriodColumn[], most: number): PeriodColumn[] => {
    const each = of.length === 0 ? 0 : Math.floor(left / of.length);
    return of.map(column => ({
      ...column,
      bar: column.bar === 0 ? 0 : upTo(column.bar, Math.min(most, column.bar + each)),
    }));
  };
  const account = least.account > 0 ? upTo(least.account, wanted.account) : 0;
  const other = least.other > 0 ? upTo(least.other, wanted.other) : 0;
  const name = upTo(least.name, least.account > 0 ? wanted.name : wanted.whole);
  const usual = bars(least.periods, usualBar);
  const labelled = usual.map((column, index) => {
    const label = wanted.periods[index]?.label ?? 0;
    if (label === 0 || left < label + 1) return column;
    left -= label + 1;
    return {...column, label};
  });
  // All or none: columns of one width are easier to read.
  const paced = labelled.every(({pace}) => pace > 0) && left >= labelled.length * (paceCells - arrowCells);
  const ahead = labelled.map(column => (paced ? {...column, pace: upTo(column.pace, paceCells)} : column));
  const drawn = {...least, name, account, periods: bars(ahead, mostBar)};
  // Where nobody has a figure, what is said instead of figures has all the room there is.
  const alone = least.periods.length > 0 ? 0 : left - (other > 0 ? 0 : least.gap);
  return {...drawn, other: other + Math.max(0, alone)};
}
