import {severityOf} from '../../core/health.ts';
import type {AccountState} from '../../core/model.ts';
import type {SortName} from '../../core/settings.ts';
import {marksOf, severityMark, type ViewContext} from '../context.ts';
import {cellWidth, padEnd, padStart} from '../format/cells.ts';
import {headingRows} from '../layout/table-plan.ts';
import type {TableRow} from '../layout/table-rows.ts';
import {fitLine, type Line, type Span, span} from './line.ts';
import {periodCells, type TableColumns} from './table-columns.ts';
import {worstOf} from './table-figures.ts';

/** What stands over the rows of the table and under them. */

type Edge = {y: number; line: Line};
type Edged = {y: number; columns: TableColumns; sort: SortName; visible: readonly TableRow[]; hidden: Hidden | null};
type Hidden = {above: OutOfView; below: OutOfView};

/** The heading, and the rule where there is one, each at its row of the screen. */
export function tableEdges({y, columns, sort, visible, hidden}: Edged, width: number, context: ViewContext): Edge[] {
  const heading = {y, line: tableHeading(columns, sort, width, context)};
  if (hidden === null) return [heading];
  const rule = tableRule(hidden.above, hidden.below, width, context);
  return [heading, {y: y + headingRows + visible.length, line: rule}];
}

/** The names of the columns; the first one says how the rows are sorted. */
function tableHeading(columns: TableColumns, sort: SortName, width: number, context: ViewContext): Line {
  const {accountTable} = context.strings;
  const gap = ' '.repeat(columns.gap);
  const first = firstHeading(sort, columns.number + columns.name, context);
  const cells = [
    ...(columns.account > 0 ? [padEnd(accountTable.account, columns.account)] : []),
    ...columns.periods.map(column => padEnd(column.heading, periodCells(column))),
    ...(columns.other > 0 ? [padEnd(accountTable.other, columns.other)] : []),
    ...(columns.reset > 0 ? [padStart(accountTable.resets, columns.reset)] : []),
    ...(columns.read > 0 ? [padStart(accountTable.read, columns.read)] : []),
  ];
  return fitLine([span(' '), ...first, ...cells.map(text => span(`${gap}${text}`, 'dim'))], width);
}

function firstHeading(sort: SortName, width: number, context: ViewContext): Line {
  const {accountTable} = context.strings;
  if (sort === 'order') return [span(padEnd(accountTable.provider, width), 'dim')];
  const by = accountTable.sorted[sort];
  const arrow = context.ascii ? 'v' : '↓';
  const ways = [`${accountTable.provider} ${arrow} ${by}`, `${arrow} ${by}`];
  const text = ways.find(way => cellWidth(way) <= width) ?? ways[1] ?? '';
  return [span(padEnd(text, width), 'accent')];
}

/** How many accounts are out of view, and how many of them are in a bad way. */
export type OutOfView = {accounts: number; critical: number; warn: number; failed: number};

export function outOfView(rows: readonly TableRow[], {thresholds}: Pick<ViewContext, 'thresholds'>): OutOfView {
  const accounts = rows.flatMap(row => row.accounts);
  const ways = accounts.map(account => standingOf(account, thresholds));
  const count = (way: Standing): number => ways.filter(each => each === way).length;
  return {accounts: accounts.length, critical: count('critical'), warn: count('warn'), failed: count('failed')};
}

type Standing = 'critical' | 'warn' | 'failed' | 'ok';

function standingOf(account: AccountState, thresholds: ViewContext['thresholds']): Standing {
  if (account.failure) return 'failed';
  const window = worstOf([account]);
  const severity = window === null ? 'none' : severityOf(window, thresholds);
  if (severity === 'critical' || severity === 'over') return 'critical';
  return severity === 'warn' ? 'warn' : 'ok';
}

/** '── ▲ 3 ── ▼ 11 2‼ 1! 1✗ ────': in a rule, because in a row ▲ is pace. */
function tableRule(above: OutOfView, below: OutOfView, width: number, context: ViewContext): Line {
  const {up, down, rule} = marksOf(context);
  const parts = [outside(up, above, context), outside(down, below, context)].filter(part => part.length > 0);
  const pieces = parts.flatMap(part => [span(`${rule}${rule} `, 'border'), ...part, span(' ')]);
  const used = pieces.reduce((sum, {text}) => sum + cellWidth(text), 0);
  return fitLine([...pieces, span(rule.repeat(Math.max(0, width - used)), 'border')], width);
}

function outside(mark: string, hidden: OutOfView, context: ViewContext): Span[] {
  if (hidden.accounts === 0) return [];
  const {critical, warn, failed} = hidden;
  const bad: [number, string, 'critical' | 'warn'][] = [
    [critical, severityMark('critical', context.ascii), 'critical'],
    [warn, severityMark('warn', context.ascii), 'warn'],
    [failed, marksOf(context).failed, 'critical'],
  ];
  const said = bad.flatMap(([count, sign, tone]) => (count > 0 ? [span(` ${count}${sign}`, tone)] : []));
  return [span(`${mark} ${hidden.accounts}`, 'text'), ...said];
}
