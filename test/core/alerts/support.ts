import type {AlertSettings} from '../../../src/core/alerts/event.ts';
import {idOf, type Mark} from '../../../src/core/alerts/mark.ts';
import {createWatcher, type Watcher} from '../../../src/core/alerts/watcher.ts';
import type {WindowForecast} from '../../../src/core/foresight/forecasts.ts';
import type {LedgerRow} from '../../../src/core/ledger.ts';
import type {Failure, Use, Window} from '../../../src/core/model.ts';
import {defaultSettings} from '../../../src/core/settings.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const noon = Date.UTC(2026, 2, 4, 12);

export type Told = number | 'not-started' | 'unlimited' | 'unknown';
type WindowInit = {id?: string; used: Told; resetsAt?: number | null; windowMs?: number | null; readAt?: number};

function useOf(told: Told): Use {
  if (typeof told === 'number') return {state: 'known', usedPercent: told};
  return told === 'unknown' ? {state: told, why: 'test'} : {state: told};
}

export const windowOf = ({id = 'weekly', used, resetsAt, windowMs, readAt}: WindowInit): Window => ({
  ...{id, pool: null, unit: 'percent', use: useOf(used), windowMs: windowMs === undefined ? 7 * day : windowMs},
  resetsAt: resetsAt === undefined ? noon + 6 * day : resetsAt,
  ...(readAt === undefined ? {} : {readAt}),
});

export const rowOf = (at: number, windows: WindowInit[], change: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{key: 'openai:1', provider: 'openai', label: 'user@example.com', source: 'test', fingerprint: 'abc'},
  reading: {plan: 'Pro', windows: windows.map(windowOf), amounts: [], notes: []},
  ...{readAt: noon + at, failure: null, lastAttemptAt: noon + at, dueAt: null, failures: 0},
  ...change,
});

export const failed = (row: LedgerRow, at: number, code: Failure['code'], init: Partial<Failure> = {}): LedgerRow => ({
  ...row,
  failure: {code, detail: '', retryAt: null, remedy: null, ...init},
  lastAttemptAt: noon + at,
  failures: row.failures + 1,
});

export const forecastOf = (probability: number | null, change: Partial<WindowForecast> = {}): WindowForecast => ({
  ...{verdict: 'may-run-out', probability, runOutAt: noon + 2 * day, range: [noon + day, noon + 3 * day]},
  ...{usedAtReset: 90, usedRange: [60, 100], learnedFrom: noon - 3 * day},
  ...change,
});

/** What all copies share, as the ledger keeps it. */
export function createTable() {
  const rows = new Map<string, LedgerRow>();
  const marks = new Map<string, Map<string, Mark>>();
  const marksOf = (key: string): Map<string, Mark> => {
    const own = marks.get(key) ?? new Map<string, Mark>();
    marks.set(key, own);
    return own;
  };
  return {
    rows,
    marks: (key = 'openai:1'): Mark[] => [...marksOf(key).values()],
    judge(watcher: Watcher, before: LedgerRow | null, row: LedgerRow, now: number) {
      const judged = watcher.judge(before, row, [...marksOf(row.key).values()], now);
      for (const {mark} of judged) marksOf(row.key).set(idOf(mark), mark);
      return judged.flatMap(({event}) => (event === null ? [] : [event]));
    },
  };
}
export type Table = ReturnType<typeof createTable>;

export type CopyOptions = {alerts?: Partial<AlertSettings>; forecast?: () => WindowForecast | null};

/** A running copy: `settle` as the one that asked, `adopt` as one that hears of it. */
export function createCopy(table: Table, {alerts = {}, forecast = () => null}: CopyOptions = {}) {
  const watcher = createWatcher({
    settings: () => ({...defaultSettings.alerts, ...alerts}),
    forecastOf: () => forecast,
  });
  const heard = new Map<string, LedgerRow>();
  const eventsOf = (row: LedgerRow, before: LedgerRow | null, now: number) => {
    heard.set(row.key, row);
    return table.judge(watcher, before, row, now);
  };
  return {
    settle(row: LedgerRow, now = row.lastAttemptAt ?? noon) {
      const before = table.rows.get(row.key) ?? null;
      table.rows.set(row.key, row);
      return eventsOf(row, before, now);
    },
    adopt: (row: LedgerRow, now = row.lastAttemptAt ?? noon) => eventsOf(row, heard.get(row.key) ?? null, now),
    /** At the end of quiet hours. */
    review: (row: LedgerRow, now: number) => eventsOf(row, row, now),
  };
}

/** One copy that reads one window again and again, and the names of what it tells. */
export function readings(options: CopyOptions = {}) {
  const table = createTable();
  const copy = createCopy(table, options);
  return {
    table,
    copy,
    read: (at: number, used: Told, init: Partial<WindowInit> = {}): string[] =>
      copy
        .settle(rowOf(at, [{used, ...init}]))
        .map(({event, threshold}) => (threshold === null ? event : `${event} ${threshold}`)),
  };
}
