import type {AccountState} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {
  amountRows,
  asRows,
  emptyRow,
  failureRows,
  type Notes,
  noteRows,
  type PanelRow,
  windowRows,
} from './account-parts.ts';
import {failureWithin, readableFailure, wholeFailure} from './failure.ts';
import type {Line} from './line.ts';

/** The rows of an account that has a panel to itself: its windows, a failure and what to do, and what else there is. */

/** The room for them, in cells and rows. */
export type AccountView = {width: number; height: number};
/** What the lower border has no room for. */
export type BesideBorder = {amounts: boolean; endpoint: readonly Line[]};

/** All of it, with nothing cut. */
export function wholeRows(
  account: AccountState,
  beside: BesideBorder,
  width: number,
  context: ViewContext,
): PanelRow[] {
  const windows = windowRows(account, context);
  const failed = account.failure ? readableFailure(account.failure, width, context) : [];
  const rows = [...windows, ...failureRows(failed), ...extraRows(account, beside, 'whole', width, context)];
  return rows.length > 0 ? rows : [emptyRow(account, width, context)];
}

/** The same in fewer rows where there are fewer, by shorter words; what is still too much is scrolled. */
export function accountRows(
  account: AccountState,
  beside: BesideBorder,
  {width, height}: AccountView,
  context: ViewContext,
): PanelRow[] {
  const whole = wholeRows(account, beside, width, context);
  if (whole.length <= height) return whole;
  const {failure} = account;
  const windows = windowRows(account, context);
  for (const notes of ['whole', 'cut'] as const) {
    const extra = extraRows(account, beside, notes, width, context);
    const failed = failure ? wholeFailure(failure, width, height - windows.length - extra.length, context) : [];
    const rows = [...windows, ...failureRows(failed ?? []), ...extra];
    if (failed !== null && rows.length <= height) return rows;
  }
  // Nobody has to scroll to what is to be done.
  const room = Math.max(1, height - windows.length);
  const failed = failure ? failureRows(failureWithin(failure, width, room, context)) : [];
  const extra = extraRows(account, beside, 'cut', width, context);
  return failed.length + windows.length <= height
    ? [...windows, ...failed, ...extra]
    : [...failed, ...windows, ...extra];
}

/** Rows that a panel has at least: its windows, and a failure in one row. */
export const leastRows = (account: AccountState, context: ViewContext): number =>
  Math.max(1, windowRows(account, context).length + (account.failure ? 1 : 0));

function extraRows(
  account: AccountState,
  beside: BesideBorder,
  notes: Notes,
  width: number,
  context: ViewContext,
): PanelRow[] {
  return [
    ...asRows(beside.endpoint),
    ...noteRows(account, notes, width, context),
    ...(beside.amounts ? amountRows(account, width, context) : []),
  ];
}
