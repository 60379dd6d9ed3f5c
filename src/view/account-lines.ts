import {freshnessOf} from '../core/health.ts';
import type {AccountState, Note, Window} from '../core/model.ts';
import type {NextPoll} from '../core/next-poll.ts';
import {cut} from './cells.ts';
import {failureWithin, readableFailure, wholeFailure} from './failure.ts';
import {age, amountText} from './format.ts';
import {noteText} from './labels.ts';
import type {Density} from './layout.ts';
import {blank, joined, type Line, lineWidth, span, spread, wrapped} from './line.ts';
import type {Look} from './look.ts';
import {type RowColumns, windowRow, windowRows} from './row.ts';
import {statusLine} from './status-line.ts';

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
export function naturalHeight(account: AccountState, density: Density, width: number, look: Look): number {
  const plan = firstPlan(density);
  const {failure} = account;
  return bodyHeight(account, plan, width, look) + (failure ? readableFailure(failure, width, look).length : 0) + 1;
}

/** Rows without which what to do about a failure has no room; 0 while nothing failed. */
export function failedHeight(account: AccountState, width: number, look: Look): number {
  const {failure} = account;
  return failure ? windowsOf(account).length + readableFailure(failure, width, look).length : 0;
}

/** All rows of an account that has a panel to itself: `height` of them, or more where its windows alone are more. */
export function singleLines(account: AccountState, next: NextPoll, view: AccountView, look: Look): Line[] {
  const {plan, failed} = planFor(account, view, look);
  const body = bodyLines(account, plan, view, look);
  const status = plan.status ? [statusLine(account, next, view.width, look)] : [];
  // Without figures the reason is what there is to read; and nobody has to scroll to it.
  const isFirst = windowsOf(account).length === 0 || body.length + failed.length > view.height;
  const [head, foot] = isFirst ? [[...failed, ...body], status] : [body, [...failed, ...status]];
  // What is left over lies between the numbers and the last line, which stays at the foot of the panel.
  const spare = Math.max(0, view.height - head.length - foot.length);
  return [...head, ...Array.from({length: spare}, () => blank), ...foot];
}

/** How many rows that gives. */
export function singleHeight(account: AccountState, view: Omit<AccountView, 'columns'>, look: Look): number {
  const {plan, failed} = planFor(account, view, look);
  return Math.max(view.height, bodyHeight(account, plan, view.width, look) + failed.length + (plan.status ? 1 : 0));
}

/** The loosest plan that leaves room for all that has to be said of a failure. */
function planFor(account: AccountState, view: Omit<AccountView, 'columns'>, look: Look): {plan: Plan; failed: Line[]} {
  const {failure} = account;
  const plans = plansFor(view.density, failure !== null);
  const roomIn = (plan: Plan): number =>
    view.height - bodyHeight(account, plan, view.width, look) - (plan.status ? 1 : 0);
  for (const plan of plans) {
    if (failure === null && roomIn(plan) >= 0) return {plan, failed: []};
    const failed = failure && wholeFailure(failure, view.width, roomIn(plan), look);
    if (failed) return {plan, failed: withAge(failed, account, plan, view.width, look)};
  }
  const room = roomIn(barestPlan);
  // With more windows than rows the panel is scrolled.
  if (room < 1) return {plan: closePlan, failed: failure ? failureWithin(failure, view.width, 1, look) : []};
  return {plan: barestPlan, failed: failure ? failureWithin(failure, view.width, room, look) : []};
}

/** Where the last line had to go, the age stands behind what to do, if there is room. */
function withAge(failed: Line[], account: AccountState, plan: Plan, width: number, look: Look): Line[] {
  const last = failed.at(-1) ?? blank;
  if (plan.status || account.readAt === null) return failed;
  const old: Line = [span(` ${age(account.readAt, look.now, look.strings)}`, 'dim')];
  return lineWidth(last) + lineWidth(old) <= width ? [...failed.slice(0, -1), spread(last, old, width)] : failed;
}

function bodyHeight(account: AccountState, plan: Plan, width: number, look: Look): number {
  const windows = windowsOf(account).length;
  const extra = (plan.amounts ? amountRows(account) : 0) + noteLines(account, plan.notes, width, look).length;
  if (windows === 0) return account.failure ? 0 : Math.max(1, extra);
  const gaps = plan.gaps ? windows - 1 + (extra > 0 ? 1 : 0) : 0;
  return windows * (plan.twoRows ? 2 : 1) + gaps + extra;
}

function bodyLines(account: AccountState, plan: Plan, view: AccountView, look: Look): Line[] {
  const rows = rowsOf(account, plan, view, look);
  const extra = extraLines(account, plan, view.width, look);
  if (rows.length > 0) return [...rows, ...(plan.gaps && extra.length > 0 ? [blank] : []), ...extra];
  if (account.failure) return [];
  return extra.length > 0 ? extra : [emptyLine(account, look)];
}

function rowsOf(account: AccountState, plan: Plan, view: AccountView, look: Look): Line[] {
  const stale = isStale(account, look);
  return windowsOf(account).flatMap((each, index) => [
    ...(index > 0 && plan.gaps ? [blank] : []),
    ...(plan.twoRows ? windowRows(each, view.width, look, stale) : [windowRow(each, view.columns, look, stale)]),
  ]);
}

export const isStale = (account: AccountState, look: Look): boolean =>
  freshnessOf(account, look.now, look.intervalOf(account.provider)) === 'stale';

/** In place of figures where there are none, and no failure says why. */
export function emptyLine({reading, refreshing}: AccountState, {strings}: Look): Line {
  if (reading) return [span(strings.panel.noWindows, 'dim')];
  return [span(refreshing ? strings.states.asking : strings.states.noReading, 'dim')];
}

export const extraLines = (account: AccountState, plan: Pick<Plan, 'amounts' | 'notes'>, width: number, look: Look) => [
  ...(plan.amounts ? amountLines(account, look) : []),
  ...noteLines(account, plan.notes, width, look),
];

function amountLines(account: AccountState, look: Look): Line[] {
  const {strings} = look;
  const tone = isStale(account, look) ? 'dim' : 'text';
  const amounts = (account.reading?.amounts ?? []).map((amount): Line => {
    const text = span(amountText(amount, strings), tone);
    // '796.25 credits' names itself.
    return amount.id === amount.unit ? [text] : [span(`${strings.amounts[amount.id]} `, 'dim'), text];
  });
  return amounts.length > 0 ? [joined(amounts)] : [];
}

function noteLines(account: AccountState, how: Plan['notes'], width: number, look: Look): Line[] {
  if (how === 'none') return [];
  const texts = notesOf(account).map(note => noteText(note, look.now, look.strings, look.clock));
  return how === 'cut'
    ? texts.map(text => [span(cut(text, width), 'dim')])
    : texts.flatMap(text => wrapped(text, width, 'dim'));
}
