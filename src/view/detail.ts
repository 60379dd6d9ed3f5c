import {outcomeOf} from '../core/health.ts';
import type {AccountState} from '../core/model.ts';
import type {NextPoll} from '../core/next-poll.ts';
import {nextText} from './account-lines.ts';
import {cellWidth, padEnd} from './cells.ts';
import {windowLines} from './detail-windows.ts';
import {ageAgo, amountText, countdown, dateTime} from './format.ts';
import {failureText, noteText, outcomeText, remedyText} from './labels.ts';
import {blank, type Line, lineWidth, span, spread, wrapped} from './line.ts';
import {type Look, marksOf} from './look.ts';
import {nextOf, type PanelModel} from './panel.ts';
import type {Tone} from './theme.ts';

/** Everything that is known about a provider's accounts, one after the other. */
export function detailLines(panel: PanelModel, width: number, look: Look): Line[] {
  return panel.accounts.flatMap((account, index) => [
    ...(index > 0 ? [blank, blank] : []),
    ...accountLines(panel, account, width, look),
  ]);
}

function accountLines(panel: PanelModel, account: AccountState, width: number, look: Look): Line[] {
  return [
    heading(account.label, width, look),
    ...facts(panel, account, width, look),
    ...failureFacts(account, width, look),
    ...section(look.strings.detail.windows, windowLines(account, Math.min(width, widestWindow), look)),
    ...section(look.strings.detail.amounts, amountLines(account, look)),
    ...section(look.strings.detail.notes, noteLines(account, width, look)),
  ];
}

function heading(text: string, width: number, look: Look): Line {
  const left: Line = [{text, tone: 'accent', bold: true}, span(' ')];
  return spread(left, [span(marksOf(look).rule.repeat(Math.max(0, width - lineWidth(left))), 'border')], width);
}

/** A bar longer than this is harder to read, not easier. */
const widestWindow = 80;

const section = (title: string, lines: readonly Line[]): Line[] =>
  lines.length > 0 ? [blank, [{text: title, bold: true}], ...lines] : [];

/** Name and value; a long value goes on under itself. */
function fact(name: string, value: string, width: number, names: number, tone: Tone = 'text'): Line[] {
  const rows = wrapped(value, Math.max(8, width - names - 2), tone);
  return rows.map((row, index) => [span(padEnd(index === 0 ? name : '', names), 'dim'), span('  '), ...row]);
}

function namesWidth(look: Look): number {
  const {detail} = look.strings;
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

function facts(panel: PanelModel, account: AccountState, width: number, look: Look): Line[] {
  const {strings, now} = look;
  const {detail} = strings;
  const names = Math.min(namesWidth(look), Math.floor(width / 2));
  const when = (at: number | null): string =>
    at === null ? detail.never : `${dateTime(at, now, strings, look.clock)} · ${ageAgo(at, now, strings)}`;
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
    ...(account.expiresAt === null ? [] : [[detail.expires, expiryText(account.expiresAt, look)] as [string, string]]),
    [detail.lastAsked, when(account.askedAt)],
    [detail.lastReading, when(account.readAt)],
    [detail.nextPoll, nextPollText(nextOf(panel, account), look)],
    ...(panel.endpoint === undefined ? [] : [[detail.endpoint, panel.endpoint, 'warn'] as [string, string, Tone]]),
    [detail.page, panel.info.usageUrl],
    [detail.key, account.key],
  ];
  return rows.flatMap(([name, value, tone]) => fact(name, value, width, names, tone));
}

/** To the second where the second is known. */
const nextPollText = (next: NextPoll, look: Look): string =>
  next.kind === 'at' && next.at > look.now
    ? look.strings.time.in(countdown(next.at, look.now, look.strings))
    : nextText(next, look);

function expiryText(at: number, look: Look): string {
  const {strings, now} = look;
  const left = at <= now ? strings.states.expired : strings.time.in(countdown(at, now, strings));
  return `${dateTime(at, now, strings, look.clock)} · ${left}`;
}

function failureFacts(account: AccountState, width: number, look: Look): Line[] {
  const {failure} = account;
  if (!failure) return [];
  const {strings, now} = look;
  const {detail} = strings;
  const names = Math.min(namesWidth(look), Math.floor(width / 2));
  const lines = fact(
    detail.failure,
    [failureText(failure, strings), failure.detail].filter(Boolean).join(' · '),
    width,
    names,
    'critical',
  );
  if (failure.remedy) lines.push(...fact(detail.remedy, remedyText(failure.remedy, strings), width, names));
  if (failure.remedy?.url && !remedyText(failure.remedy, strings).includes(failure.remedy.url))
    lines.push(...fact('', failure.remedy.url, width, names));
  if (failure.retryAt !== null && failure.retryAt > now)
    lines.push(
      ...fact('', detail.retryAfter(dateTime(failure.retryAt, now, strings, look.clock)), width, names, 'warn'),
    );
  if (account.failures > 1) lines.push(...fact('', strings.panel.failed(account.failures), width, names, 'dim'));
  if (failure.shape) lines.push(...fact(detail.shape, failure.shape, width, names, 'dim'));
  return [blank, ...lines];
}

function amountLines(account: AccountState, look: Look): Line[] {
  const amounts = account.reading?.amounts ?? [];
  const names = Math.max(0, ...amounts.map(amount => cellWidth(look.strings.amounts[amount.id])));
  return amounts.map(amount => [
    span(padEnd(look.strings.amounts[amount.id], names), 'dim'),
    span('  '),
    span(amountText(amount, look.strings)),
  ]);
}

function noteLines(account: AccountState, width: number, look: Look): Line[] {
  const {bullet} = marksOf(look);
  return (account.reading?.notes ?? []).flatMap(note =>
    wrapped(noteText(note, look.now, look.strings, look.clock), width - 2).map(
      (row, index): Line => [span(index === 0 ? `${bullet} ` : '  ', 'dim'), ...row],
    ),
  );
}
