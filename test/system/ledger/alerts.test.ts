import {mkdirSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, it, onTestFinished} from 'vitest';
import {createWatcher} from '../../../src/core/alerts/watcher.ts';
import type {WindowForecast} from '../../../src/core/foresight/forecasts.ts';
import type {LedgerRow} from '../../../src/core/ledger.ts';
import {defaultSettings} from '../../../src/core/settings.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {day, failed, forecastOf, hour, minute, noon, rowOf} from '../../core/alerts/support.ts';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-alerts-'));
  onTestFinished(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

type Options = {now?: () => number; quiet?: string[]; forecast?: () => WindowForecast | null};

/** A running copy on a real file: what it is to tell, and how often it heard that something may have changed. */
function start(path: string, {now = () => noon, quiet = [], forecast = () => null}: Options = {}) {
  const told: string[] = [];
  let changes = 0;
  const ledger = openLedger({
    directory: path,
    now,
    onNotice() {},
    alerts: {
      watcher: createWatcher({
        settings: () => ({...defaultSettings.alerts, quiet}),
        forecastOf: () => forecast,
      }),
      tell: events => void told.push(...events.map(({event, account}) => `${event} ${account}`)),
      changed() {
        changes += 1;
      },
    },
  });
  onTestFinished(() => ledger.close());
  let version = 0;
  const beat = (): void => {
    version = ledger.changes(version).version;
  };
  beat();
  const settle = (row: LedgerRow): void => ledger.settle(row, row.lastAttemptAt ?? noon);
  return {ledger, told, beat, settle, changes: () => changes, close: () => ledger.close()};
}

function sqlOn(path: string, sql: string): void {
  const db = new DatabaseSync(join(path, 'state.db'));
  db.exec(sql);
  db.close();
}

const story = (key: string): LedgerRow[] => {
  const as = {key};
  const next = noon + 13 * day;
  return [
    rowOf(0, [{used: 80}], as),
    rowOf(minute, [{used: 91}], as),
    rowOf(2 * minute, [{used: 90}], as),
    rowOf(3 * minute, [{used: 100}], as),
    failed(rowOf(3 * minute, [{used: 100}], as), 4 * minute, 'expired'),
    failed(rowOf(3 * minute, [{used: 100}], as), 5 * minute, 'expired'),
    rowOf(6 * day + minute, [{used: 1, resetsAt: next}], as),
    rowOf(6 * day + hour, [{used: 40, resetsAt: next}], as),
    rowOf(6 * day + 2 * hour, [{used: 2, resetsAt: next}], as),
    rowOf(6 * day + 3 * hour, [{used: 3, resetsAt: next}], as),
  ];
};
const toldOf = (key: string): string[] =>
  ['threshold', 'spent', 'login', 'back', 'early-reset'].map(name => `${name} ${key}`);

describe('alerts of many copies on one file', () => {
  it('eight copies tell each event once, whoever asks, and all remember it', () => {
    const path = directory();
    let now = noon;
    const copies = Array.from({length: 8}, () => start(path, {now: () => now}));
    const keys = ['openai:1', 'openai:2', 'zai:1'];
    for (const [index] of story('').entries())
      for (const [at, key] of keys.entries()) {
        const row = story(key)[index];
        if (row === undefined) continue;
        now = row.lastAttemptAt ?? now;
        copies[(index * 3 + at) % copies.length]?.settle(row);
        for (const copy of copies) copy.beat();
      }
    expect(copies.flatMap(({told}) => told).sort()).toEqual(keys.flatMap(toldOf).sort());
    expect(new Set(copies.map(({ledger}) => JSON.stringify(ledger.given()))).size).toBe(1);
    expect(copies[0]?.ledger.given().filter(({account}) => account === 'zai:1')).toContainEqual({
      ...{account: 'zai:1', window: 'weekly', rule: 'threshold:90', at: noon + minute, seen: 91},
    });
  });
  it('eight copies that write the same reading at once tell it once', () => {
    const path = directory();
    const copies = Array.from({length: 8}, () => start(path));
    for (const copy of copies) copy.settle(rowOf(0, [{used: 80}]));
    for (const copy of copies) copy.settle(rowOf(minute, [{used: 91}]));
    for (const copy of copies) copy.beat();
    expect(copies.flatMap(({told}) => told)).toEqual(['threshold openai:1']);
  });
  it('a copy that is started again before each reading tells nothing that was told, and nothing twice', () => {
    const path = directory();
    const told = story('openai:1').flatMap(row => {
      const copy = start(path, {now: () => row.lastAttemptAt ?? noon});
      copy.settle(row);
      copy.settle({...row, lastAttemptAt: (row.lastAttemptAt ?? noon) + 1});
      copy.close();
      return copy.told;
    });
    expect(told).toEqual(['login openai:1']);
  });
  it('what only a command read is told by the copy that watches', () => {
    const path = directory();
    let now = noon;
    const watching = start(path, {now: () => now});
    const once = openLedger({directory: path, onNotice() {}, now: () => now});
    onTestFinished(() => once.close());
    for (const row of story('openai:1')) {
      now = row.lastAttemptAt ?? now;
      once.settle(row, now);
      watching.beat();
    }
    expect(watching.told).toEqual(toldOf('openai:1'));
    expect(once.given()).toEqual(watching.ledger.given());
  });
  it('a busy file delays an alert, and does not swallow it', () => {
    const path = directory();
    const copy = start(path);
    copy.settle(rowOf(0, [{used: 80}]));
    const holder = new DatabaseSync(join(path, 'state.db'));
    holder.exec('BEGIN IMMEDIATE');
    copy.settle(rowOf(minute, [{used: 91}]));
    expect(copy.told).toEqual([]);
    holder.exec('COMMIT');
    holder.close();
    copy.beat();
    expect(copy.told).toEqual(['threshold openai:1']);
  });
  it.each([
    ['the table is lost', (path: string) => sqlOn(path, 'DROP TABLE alert')],
    ['its rows are lost', (path: string) => sqlOn(path, 'DELETE FROM alert')],
    ['the file is lost', (path: string) => rmSync(join(path, 'state.db'))],
  ])('nothing is told again when %s while the program runs', (_, lose) => {
    const path = directory();
    const copy = start(path);
    const rows = story('openai:1');
    for (const row of rows.slice(0, 3)) copy.settle(row);
    lose(path);
    copy.beat();
    for (const row of rows.slice(2)) copy.settle(row);
    expect(copy.told).toEqual(toldOf('openai:1'));
  });
  it('without a file this copy remembers by itself', () => {
    const path = join(directory(), 'nothing');
    mkdirSync(join(path, 'state.db'), {recursive: true});
    const copy = start(path);
    for (const row of story('openai:1')) copy.settle(row);
    expect(copy.told).toEqual(toldOf('openai:1'));
    expect(copy.ledger.given().length).toBeGreaterThan(3);
  });
});

describe('quiet hours', () => {
  process.env.TZ = 'UTC';
  it('are ended by one of several copies, and hold across a restart', () => {
    const path = directory();
    let now = noon;
    const options = {now: () => now, quiet: ['12:00-14:00']};
    const first = start(path, options);
    first.settle(rowOf(-hour, [{used: 80}]));
    first.settle(rowOf(minute, [{used: 91}]));
    expect(first.ledger.given()).toEqual([]);
    first.close();
    const copies = [start(path, options), start(path, options)];
    copies[0]?.settle(rowOf(hour + 55 * minute, [{used: 92}]));
    for (const copy of copies) copy.ledger.review(now + hour);
    expect(copies.flatMap(({told}) => told)).toEqual([]);
    now = noon + 2 * hour;
    for (const copy of copies) copy.ledger.review(now);
    expect(copies.flatMap(({told}) => told)).toEqual(['threshold openai:1']);
  });
});

it('a poll with alerts writes no more than eight pages', () => {
  const path = directory();
  const copy = start(path, {forecast: () => forecastOf(0.7)});
  const keys = Array.from({length: 7}, (_, at) => `openai:${at}`);
  const windows = (used: number) => ['weekly', '5h', 'monthly'].map(id => ({id, used}));
  for (let at = 0; at < 10; at += 1)
    for (const key of keys) copy.settle(rowOf(at * 2 * minute, windows(85 + at), {key}));
  expect(copy.told.length).toBeGreaterThan(keys.length);
  const db = new DatabaseSync(join(path, 'state.db'));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const polls = 40;
  for (let at = 0; at < polls; at += 1)
    copy.settle(rowOf((40 + at * 2) * minute, windows(95 + at / 10), {key: 'openai:3'}));
  const pages = (statSync(join(path, 'state.db-wal')).size - 32) / (4096 + 24);
  expect(pages / polls).toBeGreaterThan(1);
  expect(pages / polls).toBeLessThanOrEqual(8);
});
