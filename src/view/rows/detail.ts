import {outcomeOf} from '../../core/health.ts';
import type {AccountState, Failure} from '../../core/model.ts';
import type {NextPoll} from '../../core/polling/next-poll.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, cut, padEnd} from '../format/cells.ts';
import {failureText, outcomeText, remedyText} from '../format/labels.ts';
import {ageAgo, countdown, dateTime, duration} from '../format/time.ts';
import type {Tone} from '../theme/theme.ts';
import {offerText} from './account-parts.ts';
import {alertLines, amountLines, noteLines} from './detail-sections.ts';
import {windowLines} from './detail-windows.ts';
import {cureText, failureTone, readableFailure} from './failure.ts';
import {blank, type Line, lineWidth, span, spread, wrapped} from './line.ts';
import type {ListHit} from './list-view.ts';
import {nextOf, type PanelModel} from './panel.ts';

/** Everything that is known about a provider's accounts, one after the other. */
export const detailLines = (panel: PanelModel, width: number, context: ViewContext): Line[] =>
  detailView(panel, width, context).lines;

/** With where each account begins, so that the last one can be brought to the top, too. */
export function detailView(panel: PanelModel, width: number, context: ViewContext) {
  const lines: Line[] = [];
  const hits: ListHit[] = [];
  for (const [index, account] of panel.accounts.entries()) {
    if (index > 0) lines.push(blank, blank);
    hits.push({row: lines.length, index});
    lines.push(...accountLines(panel, account, width, context));
  }
  return {lines, hits, least: hits.at(-1)?.row ?? 0};
}

/** What to do and the figures come first: on a small screen there is no room for more. */
function accountLines(panel: PanelModel, account: AccountState, width: number, context: ViewContext): Line[] {
  const failed = failureFacts(account, width, context);
  const windows = windowLines(account, Math.min(width, widestWindow), context);
  return [
    heading(account.label, width, context),
    ...failed,
    ...offerFacts(account, width, context),
    ...(failed.length > 0 && windows.length > 0 ? [blank] : []),
    ...windows,
    ...section(context.strings.detail.amounts, amountLines(account, context)),
    ...section(context.strings.detail.notes, noteLines(account, width, context)),
    ...section(context.strings.alerts.title, alertLines(account, width, context)),
    blank,
    ...facts(panel, account, width, context),
  ];
}

function heading(text: string, width: number, context: ViewContext): Line {
  const left: Line = [{text, tone: 'accent', bold: true}, span(' ')];
  return spread(left, [span(marksOf(context).rule.repeat(Math.max(0, width - lineWidth(left))), 'border')], width);
}

/** A bar longer than this is harder to read, not easier. */
const widestWindow = 80;

const section = (title: string, lines: readonly Line[]): Line[] =>
  lines.length > 0 ? [blank, [{text: title, bold: true}], ...lines] : [];

/** Beside a column of names a value needs this much, or it is better read under its name. */
const leastBeside = 30;

/** Name and value; a long value goes on under itself. */
function fact(name: string, value: string, width: number, names: number, tone: Tone = 'text'): Line[] {
  const room = width - names - 2;
  if (room >= leastBeside) {
    const rows = wrapped(value, room, tone);
    return rows.map((row, index) => [span(padEnd(index === 0 ? name : '', names), 'dim'), span('  '), ...row]);
  }
  if (name === '') return wrapped(value, width, tone);
  const fits = cellWidth(name) + 2 + cellWidth(value) <= width;
  return fits
    ? [[span(`${name}  `, 'dim'), span(value, tone)]]
    : [[span(cut(name, width), 'dim')], ...indented(value, width, tone)];
}

const indented = (value: string, width: number, tone: Tone): Line[] =>
  wrapped(value, width - 2, tone).map(row => [span('  '), ...row]);

function namesWidth(context: ViewContext): number {
  const {detail} = context.strings;
  const names = [
    detail.plan,
    detail.source,
    detail.expires,
    detail.lastAsked,
    detail.lastReading,
    detail.nextPoll,
    detail.status,
    detail.failure,
    detail.remedy,
    detail.key,
    detail.page,
    detail.endpoint,
    detail.shape,
  ];
  return Math.max(...names.map(cellWidth));
}

function facts(panel: PanelModel, account: AccountState, width: number, context: ViewContext): Line[] {
  const {strings, now} = context;
  const {detail} = strings;
  const names = namesWidth(context);
  const when = (at: number | null): string =>
    at === null ? detail.never : `${dateTime(at, now, strings, context.clock)} · ${ageAgo(at, now, strings)}`;
  const outcome = outcomeOf(account);
  const unasked = account.reading === null && account.failure === null;
  const rows: [string, string, Tone?][] = [
    [detail.plan, account.reading?.plan ?? strings.states.none],
    [
      detail.status,
      unasked
        ? strings.states.noReading
        : account.failure
          ? failureText(account.failure, strings)
          : outcomeText(outcome, strings),
      account.failure ? 'critical' : unasked ? 'dim' : 'ok',
    ],
    [detail.source, account.source],
    ...(account.expiresAt === null
      ? []
      : [[detail.expires, expiryText(account.expiresAt, context)] as [string, string]]),
    [detail.lastAsked, when(account.lastAttemptAt)],
    [detail.lastReading, when(account.readAt)],
    [detail.nextPoll, nextPollText(nextOf(panel, account), context)],
    ...(panel.endpoint === undefined ? [] : [[detail.endpoint, panel.endpoint, 'warn'] as [string, string, Tone]]),
    [detail.page, panel.info.usageUrl],
    [detail.key, account.key],
  ];
  return rows.flatMap(([name, value, tone]) => fact(name, value, width, names, tone));
}

/** To the second where the second is known; the name beside it says that it is the next poll. */
function nextPollText(next: NextPoll, context: ViewContext): string {
  const {detail, panel, states, time} = context.strings;
  switch (next.kind) {
    case 'running':
      return states.asking;
    case 'at':
      return next.at > context.now ? time.in(countdown(next.at, context.now, context.strings)) : panel.due;
    case 'probe':
      return detail.nextWithin(duration(next.everyMs, context.strings));
    case 'in-turn':
      return detail.nextInTurn;
    case 'paused':
      return states.paused;
    case 'elsewhere':
      return panel.elsewhere(next.machine);
    case 'by-hand':
      return detail.nextByHand;
  }
}

function expiryText(at: number, context: ViewContext): string {
  const {strings, now} = context;
  const left = at <= now ? strings.states.expired : strings.time.in(countdown(at, now, strings));
  return `${dateTime(at, now, strings, context.clock)} · ${left}`;
}

function failureFacts(account: AccountState, width: number, context: ViewContext): Line[] {
  const {failure} = account;
  if (!failure) return [];
  const {strings, now} = context;
  const {detail} = strings;
  const names = namesWidth(context);
  const lines = width - names - 2 >= leastBeside ? namedFailure(failure, width, names, context) : [];
  // Where there is no room for a column of names, what to do has to be in the first rows.
  if (lines.length === 0) {
    lines.push(...readableFailure(failure, width, {...context, openKey: undefined}));
    if (failure.detail !== '') lines.push(...wrapped(failure.detail, width, 'dim'));
  }
  if (failure.retryAt !== null && failure.retryAt > now)
    lines.push(
      ...fact('', detail.retryAfter(dateTime(failure.retryAt, now, strings, context.clock)), width, names, 'warn'),
    );
  if (account.failures > 1) lines.push(...fact('', strings.panel.failed(account.failures), width, names, 'dim'));
  if (failure.shape) lines.push(...fact(detail.shape, failure.shape, width, names, 'dim'));
  return lines;
}

/** What would show more, where nothing failed. */
function offerFacts({failure, reading}: AccountState, width: number, context: ViewContext): Line[] {
  if (failure !== null || reading?.remedy === undefined) return [];
  return fact(context.strings.detail.remedy, offerText(reading.remedy, context), width, namesWidth(context));
}

function namedFailure(failure: Failure, width: number, names: number, context: ViewContext): Line[] {
  const {detail, failures} = context.strings;
  const reason = [`${marksOf(context).failed} ${failures[failure.code]}`, failure.detail].filter(Boolean).join(' · ');
  // Also said of a failure that asks for nothing but patience: here there is room.
  const cure =
    cureText(failure, context.strings) ?? (failure.remedy ? remedyText(failure.remedy, context.strings) : '');
  return [
    ...fact(detail.failure, reason, width, names, failureTone(failure.code)),
    ...(cure === '' ? [] : fact(detail.remedy, cure, width, names)),
  ];
}
