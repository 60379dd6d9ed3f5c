import {freshnessOf} from '../../core/health.ts';
import type {AccountState, Note, Window} from '../../core/model.ts';
import type {NextPoll} from '../../core/polling/next-poll.ts';
import type {ViewContext} from '../context.ts';
import {cut} from '../format/cells.ts';
import {age, amountText} from '../format/format.ts';
import {noteText} from '../format/labels.ts';
import type {Density} from '../layout/layout.ts';
import {failureWithin, readableFailure, wholeFailure} from './failure.ts';
import {blank, joined, type Line, lineWidth, span, spread, wrapped} from './line.ts';
import {statusLine} from './status.ts';
import {type RowColumns, windowRow, windowRows} from './window.ts';

/** The rows of an account that has a panel to itself. */

export type AccountView = {width: number; height: number; density: Density; columns: RowColumns};

const notesInPanel = 2;

export const windowsOf = (account: AccountState): readonly Window[] => account.reading?.windows ?? [];
// A model's own row stands in the detail view; the panel would be nothing but them.
const notesOf = (account: AccountState) =>
  (account.reading?.notes ?? [])
    .filter(note => note.code !== 'model')
    .sort((one, other) => Number(isStop(other)) - Number(isStop(one)))
    .slice(0, notesInPanel);
const isStop = ({code}: Note): boolean => code === 'limit-reached';

/** Work has stopped, whatever the bars say: that note comes first. */
export const isStopped = (account: AccountState): boolean => notesOf(account).some(isStop);

/** Rows that amounts and notes take. */
export const extraCount = (account: AccountState): number => amountRows(account) + notesOf(account).length;
export const amountRows = (account: AccountState): number => (account.reading?.amounts.length ? 1 : 0);

/** What stands in a panel, and how loosely. */
type Plan = {
  /** Two rows per window instead of one. */
  twoRows: boolean;
  /** A free row between two windows, and before what is not a window. */
  gaps: boolean;
  /** Over as many rows as they need, each cut to one, or left out. */
  notes: 'whole' | 'cut' | 'none';
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

/** Rows that everything takes, what to do about a failure included. */
export function naturalHeight(account: AccountState, density: Density, width: number, context: ViewContext): number {
  const plan = firstPlan(density);
  const {failure} = account;
  return (
    bodyHeight(account, plan, width, context) + (failure ? readableFailure(failure, width, context).length : 0) + 1
  );
}

/** Rows without which what to do about a failure has no room; 0 while nothing failed. */
export function failedHeight(account: AccountState, width: number, context: ViewContext): number {
  const {failure} = account;
  return failure ? windowsOf(account).length + readableFailure(failure, width, context).length : 0;
}

/** All rows of an account that has a panel to itself: `height` of them, or more where its windows alone are more. */
export function singleLines(account: AccountState, next: NextPoll, view: AccountView, context: ViewContext): Line[] {
  const {plan, failed} = planFor(account, view, context);
  const body = bodyLines(account, plan, view, context);
  const status = plan.status ? [statusLine(account, next, view.width, context)] : [];
  // Without figures the reason is what there is to read; and nobody has to scroll to it.
  const isFirst = windowsOf(account).length === 0 || body.length + failed.length > view.height;
  const [head, foot] = isFirst ? [[...failed, ...body], status] : [body, [...failed, ...status]];
  // What is left over lies between the numbers and the last line, which stays at the foot of the panel.
  const spare = Math.max(0, view.height - head.length - foot.length);
  return [...head, ...Array.from({length: spare}, () => blank), ...foot];
}

/** How many rows that gives. */
export function singleHeight(account: AccountState, view: Omit<AccountView, 'columns'>, context: ViewContext): number {
  const {plan, failed} = planFor(account, view, context);
  return Math.max(view.height, bodyHeight(account, plan, view.width, context) + failed.length + (plan.status ? 1 : 0));
}

/** The loosest plan that leaves room for all that has to be said of a failure. */
function planFor(
  account: AccountState,
  view: Omit<AccountView, 'columns'>,
  context: ViewContext,
): {plan: Plan; failed: Line[]} {
  const {failure} = account;
  const plans = plansFor(view.density, failure !== null);
  const roomIn = (plan: Plan): number =>
    view.height - bodyHeight(account, plan, view.width, context) - (plan.status ? 1 : 0);
  for (const plan of plans) {
    if (failure === null && roomIn(plan) >= 0) return {plan, failed: []};
    const failed = failure && wholeFailure(failure, view.width, roomIn(plan), context);
    if (failed) return {plan, failed: withAge(failed, account, plan, view.width, context)};
  }
  const room = roomIn(barestPlan);
  // With more windows than rows the panel is scrolled.
  if (room < 1) return {plan: closePlan, failed: failure ? failureWithin(failure, view.width, 1, context) : []};
  return {plan: barestPlan, failed: failure ? failureWithin(failure, view.width, room, context) : []};
}

/** Where the last line had to go, the age stands behind what to do, if there is room. */
function withAge(failed: Line[], account: AccountState, plan: Plan, width: number, context: ViewContext): Line[] {
  const last = failed.at(-1) ?? blank;
  if (plan.status || account.readAt === null) return failed;
  const old: Line = [span(` ${age(account.readAt, context.now, context.strings)}`, 'dim')];
  return lineWidth(last) + lineWidth(old) <= width ? [...failed.slice(0, -1), spread(last, old, width)] : failed;
}

function bodyHeight(account: AccountState, plan: Plan, width: number, context: ViewContext): number {
  const windows = windowsOf(account).length;
  const extra = (plan.amounts ? amountRows(account) : 0) + noteLines(account, plan.notes, width, context).length;
  if (windows === 0) return account.failure ? 0 : Math.max(1, extra);
  const gaps = plan.gaps ? windows - 1 + (extra > 0 ? 1 : 0) : 0;
  return windows * (plan.twoRows ? 2 : 1) + gaps + extra;
}

function bodyLines(account: AccountState, plan: Plan, view: AccountView, context: ViewContext): Line[] {
  const rows = rowsOf(account, plan, view, context);
  const extra = extraLines(account, plan, view.width, context);
  if (rows.length > 0) return [...rows, ...(plan.gaps && extra.length > 0 ? [blank] : []), ...extra];
  if (account.failure) return [];
  return extra.length > 0 ? extra : [emptyLine(account, context)];
}

function rowsOf(account: AccountState, plan: Plan, view: AccountView, context: ViewContext): Line[] {
  const stale = isStale(account, context);
  return windowsOf(account).flatMap((each, index) => [
    ...(index > 0 && plan.gaps ? [blank] : []),
    ...(plan.twoRows ? windowRows(each, view.width, context, stale) : [windowRow(each, view.columns, context, stale)]),
  ]);
}

export const isStale = (account: AccountState, context: ViewContext): boolean =>
  freshnessOf(account, context.now, context.intervalOf(account.provider)) === 'stale';

/** In place of figures where there are none, and no failure says why. */
export function emptyLine({reading, refreshing}: AccountState, {strings}: ViewContext): Line {
  if (reading) return [span(strings.panel.noWindows, 'dim')];
  return [span(refreshing ? strings.states.asking : strings.states.noReading, 'dim')];
}

export const extraLines = (
  account: AccountState,
  plan: Pick<Plan, 'amounts' | 'notes'>,
  width: number,
  context: ViewContext,
) => [...(plan.amounts ? amountLines(account, context) : []), ...noteLines(account, plan.notes, width, context)];

function amountLines(account: AccountState, context: ViewContext): Line[] {
  const {strings} = context;
  const tone = isStale(account, context) ? 'dim' : 'text';
  const amounts = (account.reading?.amounts ?? []).map((amount): Line => {
    const text = span(amountText(amount, strings), tone);
    // '796.25 credits' names itself.
    return amount.id === amount.unit ? [text] : [span(`${strings.amounts[amount.id]} `, 'dim'), text];
  });
  return amounts.length > 0 ? [joined(amounts)] : [];
}

function noteLines(account: AccountState, how: Plan['notes'], width: number, context: ViewContext): Line[] {
  if (how === 'none') return [];
  const texts = notesOf(account).map(note => noteText(note, context.now, context.strings, context.clock));
  return how === 'cut'
    ? texts.map(text => [span(cut(text, width), 'dim')])
    : texts.flatMap(text => wrapped(text, width, 'dim'));
}
