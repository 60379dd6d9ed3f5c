import type {AccountState} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {age} from '../format/format.ts';
import {
  type AccountView,
  amountRows,
  emptyLine,
  extraCount,
  extraLines,
  isStale,
  isStopped,
  windowsOf,
} from './account.ts';
import {readableFailure} from './failure.ts';
import {joined, type Line, lineWidth, span, spread} from './line.ts';
import {windowRow} from './window.ts';

/** The rows of an account as one section of a panel with several: a heading, the windows, amounts, a failure. */

/** Rows of a section, a failure counted as one row: what a panel asks for while it does not know its width. */
export const leastSectionHeight = (account: AccountState): number => heightWith(account, account.failure ? 1 : 0);

export const sectionHeight = (account: AccountState, width: number, context: ViewContext): number =>
  heightWith(account, account.failure ? readableFailure(account.failure, width, context).length : 0);

const heightWith = (account: AccountState, failed: number): number =>
  1 + Math.max(1, windowsOf(account).length + sectionExtra(account) + failed);

// Beside windows only the amounts, and that work has stopped; where there are no windows, a note says why.
const sectionExtra = (account: AccountState): number =>
  windowsOf(account).length > 0 ? amountRows(account) + (isStopped(account) ? 1 : 0) : Math.min(1, extraCount(account));

export function sectionLines(account: AccountState, view: Omit<AccountView, 'height'>, context: ViewContext): Line[] {
  const stale = isStale(account, context);
  const windows = windowsOf(account).map(each => windowRow(each, view.columns, context, stale));
  const extra = extraLines(account, {amounts: true, notes: 'cut'}, view.width, context).slice(0, sectionExtra(account));
  const failed = account.failure ? readableFailure(account.failure, view.width, context) : [];
  const body = [...windows, ...extra, ...failed];
  return [sectionHeading(account, view.width, context), ...(body.length > 0 ? body : [emptyLine(account, context)])];
}

function sectionHeading(account: AccountState, width: number, context: ViewContext): Line {
  const marks = marksOf(context);
  const plan = account.reading?.plan;
  const right: Line = [
    span(account.refreshing ? marks.asking : age(account.readAt, context.now, context.strings), 'dim'),
  ];
  const room = width - lineWidth(right) - 3;
  const name: Line = [span(account.label, 'accent')];
  const whole = joined([name, plan ? [span(plan, 'dim')] : []]);
  // Less room than for both and a rule: the account stays.
  const left = lineWidth(whole) <= room ? whole : name;
  const rule = marks.rule.repeat(Math.max(0, width - lineWidth(left) - lineWidth(right) - 2));
  return spread([...left, span(rule === '' ? ' ' : ` ${rule} `, 'border')], right, width);
}
