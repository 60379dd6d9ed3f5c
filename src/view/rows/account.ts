import type {AccountState} from '../../core/model.ts';
import type {NextPoll} from '../../core/polling/next-poll.ts';
import type {ViewContext} from '../context.ts';
import {age} from '../format/time.ts';
import type {Density} from '../layout/layout.ts';
import {
  amountRows,
  asRows,
  blankRow,
  emptyRow,
  failureRows,
  type Notes,
  noteRows,
  type PanelRow,
  spaciousRows,
  windowRows,
  windowsOf,
} from './account-parts.ts';
import {failureWithin, wholeFailure} from './failure.ts';
import {blank, type Line, lineWidth, span, spread} from './line.ts';
import {statusLine} from './status.ts';

/** The rows of an account that has a panel to itself. */

/** The room for them, in cells and rows, and how loosely they stand in it. */
export type AccountView = {width: number; height: number; density: Density};

/** What stands in a panel, and how loosely. */
type Plan = {
  /** Two rows per window instead of one. */
  twoRows: boolean;
  /** A free row between two windows, and before what is not a window. */
  gaps: boolean;
  notes: Notes;
  status: boolean;
  amounts: boolean;
};

const firstPlan = (density: Density): Plan => ({
  twoRows: density === 'spacious',
  gaps: density === 'spacious' || density === 'roomy',
  notes: 'whole',
  status: true,
  amounts: true,
});

/** One row per window and all that belongs to it, without a free row; and what cannot be spared. */
const closePlan: Plan = {twoRows: false, gaps: false, notes: 'whole', status: true, amounts: true};
const barestPlan: Plan = {...closePlan, notes: 'none', status: false, amounts: false};

/** From the loosest to the barest. What to do about a failure is worth more than all that goes for it. */
function plansFor(density: Density, failed: boolean): Plan[] {
  const first = firstPlan(density);
  const cut = {...closePlan, notes: 'cut' as const};
  const none = {...closePlan, notes: 'none' as const};
  const then = {...none, ...(failed ? {status: false} : {amounts: false})};
  return [first, {...first, gaps: false}, {...first, twoRows: false}, closePlan, cut, none, then, barestPlan];
}

/** All rows of an account that has a panel to itself: `height` of them, or more where its windows alone are more. */
export function accountRows(
  account: AccountState,
  next: NextPoll,
  view: AccountView,
  context: ViewContext,
): PanelRow[] {
  const {plan, body, failed} = planned(account, view, context);
  const status: PanelRow[] = plan.status ? [() => statusLine(account, next, view.width, context)] : [];
  // Without figures the reason is what there is to read; and nobody has to scroll to it.
  const isFirst = windowsOf(account).length === 0 || body.length + failed.length > view.height;
  const [head, foot] = isFirst ? [[...asRows(failed), ...body], status] : [body, [...asRows(failed), ...status]];
  // What is left over lies between the numbers and the last line, which stays at the foot of the panel.
  const spare = Math.max(0, view.height - head.length - foot.length);
  return [...head, ...Array.from({length: spare}, () => blankRow), ...foot];
}

/** Rows in which everything has room, what to do about a failure included, and nothing is cut. */
export const wholeHeight = (account: AccountState, density: Density, width: number, context: ViewContext): number =>
  bodyRows(account, firstPlan(density), width, context).length +
  failureRows(account.failure, width, context).length +
  statusHeight;

/** Rows without which what to do about a failure has no room; 0 while nothing failed. */
export const failedHeight = (account: AccountState, width: number, context: ViewContext): number =>
  account.failure
    ? bodyRows(account, barestPlan, width, context).length + failureRows(account.failure, width, context).length
    : 0;

/** Rows that are wanted at least, each text in one. There is room for a failure, whether there is one or not. */
export function leastHeight(account: AccountState, density: Density, context: ViewContext): number {
  const hasFigures = windowsOf(account).length > 0;
  const plan = density === 'tight' && hasFigures ? barestPlan : firstPlan(density);
  const body = bodyRows({...account, failure: null}, plan, Number.POSITIVE_INFINITY, context);
  // Without figures a failure stands in their place.
  return body.length + (plan.status ? statusHeight : 0) + (hasFigures ? leastFailure : 0);
}

const statusHeight = 1;
const leastFailure = 1;

type Planned = {plan: Plan; body: PanelRow[]; failed: readonly Line[]};

/** The loosest plan that leaves room for all that has to be said of a failure. */
function planned(account: AccountState, view: AccountView, context: ViewContext): Planned {
  const {failure} = account;
  const bodyOf = (plan: Plan): PanelRow[] => bodyRows(account, plan, view.width, context);
  for (const plan of plansFor(view.density, failure !== null)) {
    const body = bodyOf(plan);
    const room = view.height - body.length - (plan.status ? statusHeight : 0);
    if (failure === null && room >= 0) return {plan, body, failed: []};
    const failed = failure && wholeFailure(failure, view.width, room, context);
    if (failed) return {plan, body, failed: withAge(failed, account, plan, view.width, context)};
  }
  const room = view.height - bodyOf(barestPlan).length;
  // With more windows than rows the panel is scrolled.
  const plan = room < 1 ? closePlan : barestPlan;
  const failed = failure ? failureWithin(failure, view.width, Math.max(1, room), context) : [];
  return {plan, body: bodyOf(plan), failed};
}

/** Where the last line had to go, the age stands behind what to do, if there is room. */
function withAge(
  failed: readonly Line[],
  account: AccountState,
  plan: Plan,
  width: number,
  context: ViewContext,
): readonly Line[] {
  const last = failed.at(-1) ?? blank;
  if (plan.status || account.readAt === null) return failed;
  const old: Line = [span(` ${age(account.readAt, context.now, context.strings)}`, 'dim')];
  return lineWidth(last) + lineWidth(old) <= width ? [...failed.slice(0, -1), spread(last, old, width)] : failed;
}

/** Windows, amounts and notes; where there are none and no failure says why, the row that does. */
function bodyRows(account: AccountState, plan: Plan, width: number, context: ViewContext): PanelRow[] {
  const windows = plan.twoRows ? spaciousRows(account, width, context) : windowRows(account, context);
  const extra = [
    ...(plan.amounts ? amountRows(account, context) : []),
    ...noteRows(account, plan.notes, width, context),
  ];
  if (windows.length > 0) return apart([...windows, ...(extra.length > 0 ? [extra] : [])], plan.gaps);
  if (account.failure) return plan.amounts ? amountRows(account, context) : [];
  return extra.length > 0 ? extra : [emptyRow(account, width, context)];
}

/** Groups of rows, with a free row between two. */
const apart = (groups: readonly PanelRow[][], gaps: boolean): PanelRow[] =>
  groups.flatMap((rows, index) => (gaps && index > 0 ? [blankRow, ...rows] : rows));
