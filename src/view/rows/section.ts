import type {AccountState} from '../../core/model.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {age} from '../format/time.ts';
import {amountRows, emptyRow, failureRows, isStopped, noteRows, type PanelRow, windowRows} from './account-parts.ts';
import {readableFailure} from './failure.ts';
import {joined, type Line, lineWidth, span, spread} from './line.ts';

/** The rows of an account as one section of a panel with several: a heading, the windows, amounts, a failure. */
export function sectionRows(account: AccountState, width: number, context: ViewContext): PanelRow[] {
  const windows = windowRows(account, context);
  const failed = account.failure ? readableFailure(account.failure, width, context) : [];
  const body = [
    ...windows,
    ...(windows.length > 0 ? besideWindows : insteadOfWindows)(account, width, context),
    ...failureRows(failed),
  ];
  return [
    {line: () => sectionHeading(account, width, context)},
    ...(body.length > 0 ? body : [emptyRow(account, width, context)]),
  ];
}

/** Only the amounts, and that work has stopped. */
const besideWindows = (account: AccountState, width: number, context: ViewContext): PanelRow[] => [
  ...amountRows(account, width, context),
  ...(isStopped(account) ? noteRows(account, 'cut', width, context).slice(0, 1) : []),
];

/** A note says why there are none. */
const insteadOfWindows = (account: AccountState, width: number, context: ViewContext): PanelRow[] => [
  ...amountRows(account, width, context),
  ...noteRows(account, 'cut', width, context).slice(0, 1),
];

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
