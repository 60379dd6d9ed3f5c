import {severityOf} from '../../core/health.ts';
import type {AccountState} from '../../core/model.ts';
import type {SortName} from '../../core/settings.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, padEnd, padStart} from '../format/cells.ts';
import {headingRows} from '../layout/table-plan.ts';
import type {TableRow} from '../layout/table-rows.ts';
import type {Alarm} from './account-parts.ts';
import {type Alarms, hiddenRows} from './hidden.ts';
import {fitLine, type Line, lineWidth, span} from './line.ts';
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
  const rule = tableRule(hidden, width, context);
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
export type OutOfView = {accounts: number; alarms: Alarms};

export function outOfView(rows: readonly TableRow[], {thresholds}: Pick<ViewContext, 'thresholds'>): OutOfView {
  const accounts = rows.flatMap(row => row.accounts);
  const alarms = accounts.map(account => alarmOf(account, thresholds));
  const count = (way: Alarm): number => alarms.filter(each => each === way).length;
  return {
    accounts: accounts.length,
    alarms: {critical: count('critical'), failed: count('failed'), warn: count('warn')},
  };
}

function alarmOf(account: AccountState, thresholds: ViewContext['thresholds']): Alarm | null {
  if (account.failure) return 'failed';
  const window = worstOf([account]);
  const severity = window === null ? 'none' : severityOf(window, thresholds);
  if (severity === 'critical' || severity === 'over') return 'critical';
  return severity === 'warn' ? 'warn' : null;
}

/** '── ▲ 3 ▼ 11, 2‼ 1✗ ────': in a rule, because in a row ▲ is pace. */
function tableRule({above, below}: Hidden, width: number, context: ViewContext): Line {
  const {rule} = marksOf(context);
  const alarms = {above: above.alarms, below: below.alarms};
  const said = hiddenRows({above: above.accounts, below: below.accounts, alarms}, context);
  const left: Line = [span(`${rule}${rule} `, 'border'), ...said, span(' ')];
  return fitLine([...left, span(rule.repeat(Math.max(0, width - lineWidth(left))), 'border')], width);
}
