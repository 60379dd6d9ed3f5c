import {spans, type Turn, type Usage} from '../core/foresight/usage.ts';
import type {SeriesHistory} from '../core/ledger.ts';
import {sanitize} from '../core/text/sanitize.ts';

/** History for other programs: one row for each stretch of each window, oldest first. docs/foresight.md has the columns. */

export type HistoryRow = {
  /** Local time with its offset from UTC. */
  at: string;
  account: string;
  window: string;
  /** Percent; null where only an event is known. */
  used: number | null;
  peak: number | null;
  added: number | null;
  observed_seconds: number;
  bridged: boolean;
  event: string | null;
  span_seconds: number | null;
};
const columns = [
  ...(['at', 'account', 'window', 'used', 'peak', 'added'] as const),
  ...(['observed_seconds', 'bridged', 'event', 'span_seconds'] as const),
] satisfies (keyof HistoryRow)[];

/** With `privacy` accounts are numbers, which depend on all of `history` and not on what of it is wanted. */
export function historyRows(
  history: readonly SeriesHistory[],
  privacy: boolean,
  isWanted: (series: SeriesHistory) => boolean = () => true,
): HistoryRow[] {
  const keys = [...new Set(history.map(({account}) => account))].sort();
  const nameOf = (account: string): string => (privacy ? String(keys.indexOf(account) + 1) : account);
  return history.filter(isWanted).flatMap(series => rowsOf({...series, account: nameOf(series.account)}));
}

function rowsOf({account, window, usage, turns}: SeriesHistory): HistoryRow[] {
  const names = {account: sanitize(account), window: sanitize(window)};
  const left = new Set(turns);
  const rows = usage.map(each => {
    // What happened at the very end of a stretch belongs to it, as the reading that told of it does.
    const own = [...left].filter(({at}) => at > each.at && at <= each.at + each.span && isFinest(usage, each, at));
    for (const turn of own) left.delete(turn);
    return {seconds: each.at, row: rowOf(each, own, names)};
  });
  const others = [...left].map(turn => ({seconds: turn.at, row: eventOf(turn, names)}));
  return [...rows, ...others].sort((a, b) => a.seconds - b.seconds).map(({row}) => row);
}

const isFinest = (usage: readonly Usage[], row: Usage, at: number): boolean =>
  !usage.some(other => other.span < row.span && at > other.at && at <= other.at + other.span);

type Names = Pick<HistoryRow, 'account' | 'window'>;

const rowOf = ({span, at, last, peak, added, seen, bridged}: Usage, turns: readonly Turn[], names: Names) => ({
  at: localIso(at * 1000),
  ...names,
  ...{used: last / 10, peak: peak / 10, added: added / 10},
  observed_seconds: seen,
  bridged,
  event: turns.length === 0 ? null : turns.map(({kind}) => kind).join(' '),
  span_seconds: span,
});

const eventOf = ({at, kind}: Turn, names: Names): HistoryRow => ({
  at: localIso(at * 1000),
  ...names,
  ...{used: null, peak: null, added: null, observed_seconds: 0, bridged: false, event: kind, span_seconds: null},
});

export const historyCsv = (rows: readonly HistoryRow[]): string =>
  `${[columns.join(','), ...rows.map(row => columns.map(name => cellOf(row[name])).join(','))].join('\n')}\n`;

function cellOf(value: HistoryRow[keyof HistoryRow]): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value !== 'string') return value === null ? '' : String(value);
  // A spreadsheet would compute what begins like this.
  const text = /^[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const historyJson = (rows: readonly HistoryRow[]): string =>
  `${JSON.stringify({schema: 'mystatus/v1', history: rows}, null, 2)}\n`;

/** `2026-03-01T10:15:00+01:00` */
function localIso(at: number): string {
  const then = new Date(at);
  const offset = -then.getTimezoneOffset();
  const local = new Date(at + offset * 60_000).toISOString().slice(0, 19);
  const two = (value: number): string => String(value).padStart(2, '0');
  const ahead = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}

const lengths: Readonly<Record<string, number>> = {h: spans.hour, d: spans.day, w: 7 * spans.day};

/** The moment that `30d` or a date means, in epoch ms; null for anything else. */
export function sinceOf(text: string, now: number): number | null {
  const [, count, unit = ''] = /^(\d{1,5})([hdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined) return now - Number(count) * (lengths[unit] ?? 0) * 1000;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  return date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) ? date.getTime() : null;
}
