import {freshnessOf} from '../core/health.ts';
import type {AccountState, Failure, FailureCode, Window} from '../core/model.ts';
import type {NextPoll} from '../core/next-poll.ts';
import {cut} from './cells.ts';
import {age, ageAgo, amountText, duration} from './format.ts';
import {failureLine, failureText, noteText, remedyText} from './labels.ts';
import type {Density} from './layout.ts';
import {blank, joined, type Line, lineWidth, span, spread, wrapped} from './line.ts';
import {type Look, marksOf} from './look.ts';
import {type RowColumns, windowRow, windowRows} from './row.ts';
import type {Tone} from './theme.ts';

/** The rows of one account: alone in its panel, or as one section of several. */

export type AccountView = {width: number; height: number; density: Density; columns: RowColumns};

const notesInPanel = 2;
const minute = 60_000;

export const windowsOf = (account: AccountState): readonly Window[] => account.reading?.windows ?? [];
// A model's own row stands in the detail view; the panel would be nothing but them.
const notesOf = (account: AccountState) =>
  (account.reading?.notes ?? []).filter(note => note.code !== 'model').slice(0, notesInPanel);

/** Rows that amounts and notes take. */
export const extraCount = (account: AccountState): number =>
  (account.reading?.amounts.length ? 1 : 0) + notesOf(account).length;

/** All rows of an account that has a panel to itself. */
export function singleLines(account: AccountState, next: NextPoll, view: AccountView, look: Look): Line[] {
  const body = bodyLines(account, view, look);
  const foot = footLines(account, next, view, look);
  // What is left over lies between the numbers and the last line, which stays at the foot of the panel.
  const spare = Math.max(0, view.height - body.length - foot.length);
  return [...body, ...Array.from({length: spare}, () => blank), ...foot];
}

function bodyLines(account: AccountState, view: AccountView, look: Look): Line[] {
  const rows = rowsOf(account, view, look);
  const extra = view.density === 'tight' ? [] : extraLines(account, view.width, look);
  if (rows.length === 0) return account.failure || extra.length === 0 ? [emptyLine(account, look)] : extra;
  return [...rows, ...(isAiry(view.density) && extra.length > 0 ? [blank] : []), ...extra];
}

function rowsOf(account: AccountState, view: AccountView, look: Look): Line[] {
  const stale = isStale(account, look);
  const apart = isAiry(view.density) ? [blank] : [];
  return windowsOf(account).flatMap((each, index) => [
    ...(index > 0 ? apart : []),
    ...(view.density === 'spacious'
      ? windowRows(each, view.width, look, stale)
      : [windowRow(each, view.columns, look, stale)]),
  ]);
}

/** A free row between two things. */
const isAiry = (density: Density): boolean => density === 'spacious' || density === 'roomy';

const isStale = (account: AccountState, look: Look): boolean =>
  freshnessOf(account, look.now, look.intervalOf(account.provider)) === 'stale';

function emptyLine(account: AccountState, look: Look): Line {
  const {strings} = look;
  if (account.failure) return failedLine(failureText(account.failure, strings), account.failure, look);
  if (account.reading) return [span(strings.panel.noWindows, 'dim')];
  return [span(account.refreshing ? strings.states.asking : strings.states.noReading, 'dim')];
}

function extraLines(account: AccountState, width: number, look: Look): Line[] {
  const {strings} = look;
  const tone = isStale(account, look) ? 'dim' : 'text';
  const amounts = (account.reading?.amounts ?? []).map((amount): Line => {
    const text = span(amountText(amount, strings), tone);
    // '796.25 credits' names itself.
    return amount.id === amount.unit ? [text] : [span(`${strings.amounts[amount.id]} `, 'dim'), text];
  });
  const notes = notesOf(account).map(note => [span(cut(noteText(note, look.now, strings, look.clock), width), 'dim')]);
  return [...(amounts.length > 0 ? [joined(amounts)] : []), ...notes];
}

/** What mends itself is a warning; what needs a person is critical. */
export const failureTone = (code: FailureCode): Tone =>
  code === 'rate_limited' || code === 'network' || code === 'timeout' || code === 'server_error' ? 'warn' : 'critical';

const failedLine = (text: string, {code}: Failure, look: Look): Line => [
  span(`${marksOf(look).failed} ${text}`, failureTone(code)),
];

/** The last lines: what went wrong and what to do, and how old the numbers are. */
function footLines(account: AccountState, next: NextPoll, view: AccountView, look: Look): Line[] {
  const {failure} = account;
  const status = statusLine(account, next, look);
  if (!failure) return [status];
  const empty = windowsOf(account).length === 0;
  if (view.density !== 'tight') return failureLines(account, failure, view.width, look, status);
  return [
    failedLine(
      empty && failure.remedy ? remedyText(failure.remedy, look.strings) : failureLine(failure, look.strings),
      failure,
      look,
    ),
  ];
}

function failureLines(account: AccountState, failure: Failure, width: number, look: Look, status: Line): Line[] {
  const {strings} = look;
  const remedy = failure.remedy ? remedyText(failure.remedy, strings) : null;
  if (windowsOf(account).length === 0) return [...(remedy ? wrapped(remedy, width, 'text').slice(0, 2) : []), status];
  const whole = failedLine(failureLine(failure, strings), failure, look);
  if (remedy === null || lineWidth(whole) <= width) return [whole, status];
  return [failedLine(failureText(failure, strings), failure, look), cureLine(account, remedy, width, look)];
}

/** Too narrow for reason and cure in one line: the cure takes the place of the next poll, the age stays. */
function cureLine(account: AccountState, remedy: string, width: number, look: Look): Line {
  const old: Line = account.readAt === null ? [] : [span(` ${age(account.readAt, look.now, look.strings)}`, 'dim')];
  return spread([span(cut(remedy, width - lineWidth(old)))], old, width);
}

/** 'read 4m ago · next in 11m'. */
function statusLine(account: AccountState, next: NextPoll, look: Look): Line {
  const {strings} = look;
  const read = account.readAt === null ? null : ageAgo(account.readAt, look.now, strings);
  const said = read === null ? null : account.failure ? strings.panel.lastReading(read) : strings.panel.age(read);
  return joined([said === null ? [] : [span(said, 'dim')], [span(nextText(next, look), 'dim')]]);
}

/** When the account is refreshed next. */
export function nextText(next: NextPoll, look: Look): string {
  const {panel, states} = look.strings;
  switch (next.kind) {
    case 'running':
      return states.asking;
    case 'at':
      return next.at <= look.now ? panel.due : panel.nextPoll(coarse(next.at - look.now, look));
    case 'probe':
      return panel.nextWithin(duration(next.everyMs, look.strings));
    case 'in-turn':
      return panel.nextInTurn;
    case 'paused':
      return states.paused;
    case 'by-hand':
      return panel.nextByHand;
  }
}

/** Whole minutes: seconds would change too often for what they say. */
const coarse = (ms: number, look: Look): string =>
  ms < 2 * minute ? look.strings.time.minutes(Math.max(1, Math.round(ms / minute))) : duration(ms, look.strings);

/** Rows of a section: a heading, the windows, amounts, a failure. */
export const sectionHeight = (account: AccountState): number =>
  1 + Math.max(1, windowsOf(account).length + sectionExtra(account) + (account.failure ? 1 : 0));

// Beside windows only the amounts; where there are none, a note says why.
const sectionExtra = (account: AccountState): number =>
  windowsOf(account).length > 0 ? (account.reading?.amounts.length ? 1 : 0) : Math.min(1, extraCount(account));

export function sectionLines(account: AccountState, view: AccountView, look: Look): Line[] {
  const stale = isStale(account, look);
  const windows = windowsOf(account).map(each => windowRow(each, view.columns, look, stale));
  const extra = extraLines(account, view.width, look).slice(0, sectionExtra(account));
  const {failure} = account;
  const failed = failure ? [failedLine(failureLine(failure, look.strings), failure, look)] : [];
  const body = [...windows, ...extra, ...failed];
  return [sectionHeading(account, view.width, look), ...(body.length > 0 ? body : [emptyLine(account, look)])];
}

function sectionHeading(account: AccountState, width: number, look: Look): Line {
  const marks = marksOf(look);
  const plan = account.reading?.plan;
  const right: Line = [span(account.refreshing ? marks.asking : age(account.readAt, look.now, look.strings), 'dim')];
  const left = joined([[span(account.label, 'accent')], plan ? [span(plan, 'dim')] : []]);
  const rule = marks.rule.repeat(Math.max(0, width - lineWidth(left) - lineWidth(right) - 2));
  return spread([...left, span(` ${rule} `, 'border')], right, width);
}
