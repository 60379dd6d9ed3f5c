import {emptySeries, restore, type Series, take} from '../../src/core/foresight/series.ts';
import {recordedBy, sampleOf, spans, type Turn, type Usage} from '../../src/core/foresight/usage.ts';
import type {SeriesHistory} from '../../src/core/ledger.ts';
import type {AccountState, Window} from '../../src/core/model.ts';

import {type FakeProgram, forecastsFrom} from './program.ts';

/** Invented history: somebody who works on weekdays from nine to six (UTC), and watches while working. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type Invented = {
  window: Pick<Window, 'id' | 'windowMs'>;
  from: number;
  to: number;
  /** The first reset. */
  resetsAt: number;
  /** Points that a working hour takes, about. */
  pace: number;
  /** A reset that comes before its time. */
  earlyAt?: number;
};

type Read = Pick<AccountState, 'reading' | 'readAt'>;

/** What the ledger would hold of it, and what a forecast would have learned. */
export function inventedHistory(invented: Invented, account = 'test'): SeriesHistory & {series: Series} {
  const usage = new Map<string, Usage>();
  const turns: Turn[] = [];
  const series = emptySeries();
  let before: Read | null = null;
  for (const [at, window] of readings(invented)) {
    const after: Read = {reading: {plan: null, windows: [window], amounts: [], notes: []}, readAt: at};
    for (const [, recorded] of recordedBy(before, after, () => null)) {
      for (const row of recorded.usage) put(usage, row);
      turns.push(...recorded.turns);
    }
    take(series, sampleOf(window, at));
    before = after;
  }
  return {account, window: invented.window.id, usage: [...usage.values()].sort((a, b) => a.at - b.at), turns, series};
}

/** As the ledger adds a row to one that is there. */
function put(rows: Map<string, Usage>, row: Usage): void {
  const key = `${row.span} ${row.at}`;
  const old = rows.get(key);
  const both = {
    peak: Math.max(old?.peak ?? 0, row.peak),
    added: (old?.added ?? 0) + row.added,
    seen: Math.min(row.span, (old?.seen ?? 0) + row.seen),
    bridged: (old?.bridged ?? true) && row.bridged,
  };
  rows.set(key, {...row, ...both});
}

/** One in ten minutes, while somebody watches. */
function* readings({window, from, to, resetsAt, pace, earlyAt}: Invented): Generator<[number, Window]> {
  const length = window.windowMs ?? 30 * day;
  let [used, ends, early] = [0, resetsAt, earlyAt ?? Number.POSITIVE_INFINITY];
  for (let at = from; at <= to; at += 10 * minute) {
    if (at >= ends || at >= early) {
      used = 0;
      if (at >= early) ends = early + length;
      else ends += length * Math.ceil((at - ends + 1) / length);
      if (at >= early) early = Number.POSITIVE_INFINITY;
    }
    const then = new Date(at);
    const hours = then.getUTCHours();
    const isWork = then.getUTCDay() % 6 !== 0 && hours >= 9 && hours < 18 && hours !== 12;
    // Uneven, and the same each time.
    if (isWork) used += (pace / 6) * (1 + Math.sin(at / (3 * hour)) * 0.9);
    const isWatched = then.getUTCDay() !== 0 && hours >= 8 && hours < 20;
    if (isWatched) yield [at, {...window, ...{pool: null, unit: 'percent', resetsAt: ends}, use: known(used)}];
  }
}

const known = (used: number) => ({state: 'known' as const, usedPercent: Math.floor(Math.min(100, used))});

/** A history that leads to what an account shows at `now`: two periods before this one, used while somebody works. */
export function historyTo({key, reading}: AccountState, now: number): SeriesHistory[] {
  return (reading?.windows ?? []).flatMap(window => {
    const {use, windowMs, resetsAt} = window;
    if (use.state !== 'known' || windowMs === null || resetsAt === null) return [];
    const begin = resetsAt - windowMs;
    const periods = [-2, -1, 0].map(index => begin + index * windowMs);
    const ends = [71, 94, use.usedPercent];
    const usage = periods.flatMap((from, index) => periodRows(from, Math.min(now, from + windowMs), ends[index] ?? 0));
    const turns = periods
      .slice(1)
      .map((from, index): Turn => ({at: from / 1000, kind: 'reset', before: (ends[index] ?? 0) * 10, after: 0}));
    return [{account: key, window: window.id, usage, turns}];
  });
}

/** Quarter hours of one period, in which nobody watches at night. */
function periodRows(from: number, to: number, percent: number): Usage[] {
  const span = spans.quarter * 1000;
  const starts = Array.from({length: Math.ceil((to - from) / span)}, (_, index) => from + index * span);
  const hourOf = (at: number): number => new Date(at).getUTCHours();
  const isWork = (at: number): boolean => hourOf(at) >= 8 && hourOf(at) < 19 && hourOf(at) !== 12;
  const all = Math.max(1, starts.filter(isWork).length);
  let [worked, before] = [0, 0];
  return starts.flatMap(at => {
    worked += isWork(at) ? 1 : 0;
    const last = Math.round((worked / all) * percent * 10);
    const start = {span: spans.quarter, at: Math.floor(at / span) * spans.quarter};
    const row = {...start, last, peak: last, added: last - before, seen: 900, bridged: false};
    before = last;
    return hourOf(at) >= 7 && hourOf(at) < 22 ? [row] : [];
  });
}

/** The same program with such a history of every limit, and forecasts that follow from it. */
export function watched(program: FakeProgram): FakeProgram {
  const {now} = program.time;
  const {accounts} = program.state.get();
  const all = Object.values(accounts).flatMap(each => historyTo(each, now));
  program.forecasts.set(forecastsFrom(all, now));
  program.monitor.learnedOf = (key, id) => {
    const known = all.find(each => each.account === key && each.window === id);
    const [account, window] = [accounts[key], accounts[key]?.reading?.windows.find(each => each.id === id)];
    if (known === undefined || window === undefined) return null;
    const series = emptySeries();
    restore(series, known.usage, now);
    take(series, sampleOf(window, account?.readAt ?? now));
    return series;
  };
  program.history = () => {
    program.calls.push('history');
    return all;
  };
  return program;
}
