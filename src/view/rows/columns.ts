import type {Window} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth} from '../format/cells.ts';
import {windowLabel, windowLabelWithin, windowShortLabel} from '../format/labels.ts';
import type {Strings} from '../strings/index.ts';
import {valueCells} from './value.ts';

/** label · bar · value · mark · pace · reset · trend · outlook: the same columns in every panel of a width, so that bars stand under bars. */
export type RowColumns = {
  label: number;
  bar: number;
  value: number;
  /** With the points, the bare arrow, or nothing. */
  pace: number;
  reset: number;
  /** Nothing until there is a history to show. */
  trend: number;
  /** For what is told of the time to come; 0: no room. */
  outlook: number;
  /** Whether labels are written in full. */
  full: boolean;
};

/** A free cell, and '100%'. */
export const percentCells = 5;
const leastValue = percentCells - 1;
/** A free cell, and one for the mark. */
export const markCells = 2;
/** ' ▲14' */
const paceCells = 4;
const arrowCells = 1;
/** '23h59m' */
const resetCells = 6;
/** Shorter bars tell too little, and longer ones no more. */
export const leastBar = 6;
export const mostBar = 40;
// What a bar should have before points and full names take their cells.
const goodBar = 10;
const leastBarForFull = 24;
const leastTrend = 7;
const mostTrend = 14;
export const leastBarForTrend = 12;
/** Below this the reset gives its place to the label. */
const leastForReset = 30;
const mostLabelShare = 0.4;

/** Free cells beside the bar. */
const gaps = 2;

/** What may be told of a window has 18 cells at least; beyond 22 it says no more. */
const outlookCells = {least: 18, most: 22};
/** A shorter bar gives no cells to it. */
const leastBarBeside = 16;

/** `short`: names of limits are not written in full. */
type Limits = {bar?: number; labelShare?: number; short?: true};

/**
 * Columns for rows of at most `width` cells that show these windows; `bar` is the most cells that bars may take, `trend`
 * whether there is one to show; `outlook: false` keeps its cells for the others.
 */
export function rowColumns(
  windows: readonly Window[],
  width: number,
  context: ViewContext,
  {trend = false, outlook = true, ...most}: Limits & {trend?: boolean; outlook?: boolean} = {},
): RowColumns {
  const columns = withTrend(windows, width, context, trend, most);
  // Bars stay as they are while a forecast comes and goes: its column is there for all that could have one.
  if (!outlook || !windows.some(({use, resetsAt}) => use.state === 'known' && resetsAt !== null)) return columns;
  const short = (trended: boolean): RowColumns => withTrend(windows, width, context, trended, {...most, short: true});
  return withOutlook(columns, width) ?? withOutlook(short(trend), width) ?? withOutlook(short(false), width) ?? columns;
}

/** null where there is no room for it. */
export function withOutlook(columns: RowColumns, width: number): RowColumns | null {
  const free = width - cellsOf(columns);
  const outlook = Math.min(outlookCells.most, free + Math.max(0, columns.bar - leastBarBeside) - 1);
  if (columns.bar === 0 || outlook < outlookCells.least) return null;
  return {...columns, outlook, bar: columns.bar - Math.max(0, outlook + 1 - free)};
}

function withTrend(
  windows: readonly Window[],
  width: number,
  context: ViewContext,
  wanted: boolean,
  most: Limits,
): RowColumns {
  const none = {trend: 0, outlook: 0};
  const beside = {...figureColumns(windows, wanted ? width - 1 - leastTrend : width, context, most), ...none};
  if (!wanted) return beside;
  if (beside.bar < leastBarForTrend || beside.reset === 0)
    return {...figureColumns(windows, width, context, most), ...none};
  return {...beside, trend: trendWithin(width - cellsOf(beside))};
}

/** Cells that a trend takes of those that are left, beside the free one before it; 0 where these are too few. */
export const trendWithin = (left: number): number => (left <= leastTrend ? 0 : Math.min(mostTrend, left - 1));

function figureColumns(
  windows: readonly Window[],
  width: number,
  context: ViewContext,
  most: Limits,
): Omit<RowColumns, 'trend' | 'outlook'> {
  const {strings} = context;
  const [short, long] = [widest(windows, windowShortLabel, strings), widest(windows, windowLabel, strings)];
  // Where there is little room, a pool that is counted by the month goes by its name alone.
  const brief = widest(windows, (id, words) => windowLabelWithin(id, 0, words), strings);
  const value = windows.reduce((cells, window) => Math.max(cells, valueCells(window, context)), leastValue);
  const label = Math.min(brief, Math.max(4, Math.floor(width * (most.labelShare ?? mostLabelShare))));
  const {pace, reset} = optional(width - gaps - value - markCells - label, width);
  const room = width - gaps - value - markCells - pace - (reset > 0 ? reset + 1 : 0);
  const longest = most.bar ?? mostBar;
  const others = {value, pace, reset};
  if (room - label < leastBar) return {...others, label: Math.max(2, room + 1), bar: 0, full: false};
  if (most.short !== true && room - long >= leastBarForFull)
    return {...others, label: long, bar: Math.min(longest, room - long), full: true};
  const isRoomy = room - short >= goodBar;
  const bar = Math.min(longest, room - (isRoomy ? Math.max(label, short) : label));
  return {...others, label: Math.min(short, room - bar), bar, full: false};
}

/** What bars of a good length leave room for. */
function optional(room: number, width: number): Pick<RowColumns, 'pace' | 'reset'> {
  const reset = width >= leastForReset && room - resetCells - 1 >= leastBar ? resetCells : 0;
  const left = reset > 0 ? room - reset - 1 : room;
  if (left - paceCells >= goodBar) return {pace: paceCells, reset};
  return {pace: left - arrowCells >= leastBar ? arrowCells : 0, reset};
}

const widest = (
  windows: readonly Window[],
  label: (id: string, strings: Strings) => string,
  strings: Strings,
): number =>
  // Hundreds of accounts have the same few limits.
  [...new Set(windows.map(({id}) => id))].reduce((most, id) => Math.max(most, cellWidth(label(id, strings))), 2);

/** Cells of a whole row. */
export const cellsOf = ({label, bar, value, pace, reset, trend, outlook}: RowColumns): number =>
  label +
  1 +
  (bar > 0 ? bar + 1 : 0) +
  value +
  markCells +
  pace +
  (reset > 0 ? reset + 1 : 0) +
  (trend > 0 ? trend + 1 : 0) +
  (outlook > 0 ? outlook + 1 : 0);

/** The longest label that the column is meant for. */
export const labelIn = ({full, label}: Pick<RowColumns, 'full' | 'label'>, id: string, strings: Strings): string =>
  full ? windowLabel(id, strings) : windowLabelWithin(id, label, strings);
