import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {beforeEach, expect, it, onTestFinished} from 'vitest';
import type {MadeForecast} from '../../../src/core/foresight/made.ts';
import type {Ledger, LedgerRow} from '../../../src/core/ledger.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {openLedgerReadOnly} from '../../../src/system/ledger/read-only.ts';
import {migrate, migrations} from '../../../src/system/ledger/schema.ts';
import {aReading, aWindow} from '../../support/monitor.ts';

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 2, 4, 12);
const ids = ['5h', 'weekly', '30d'];

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mystatus-forecasts-'));
  onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
});

function open(): Ledger {
  const ledger = openLedger({directory, now: () => noon, onNotice: notice => expect(notice).toBeUndefined()});
  onTestFinished(() => ledger.close());
  return ledger;
}

const made = (window: string, madeAt = noon, probability = 0.4321): MadeForecast => ({
  ...{window, madeAt, used: 30, resetsAt: noon + 2 * hour, learnedFrom: noon - hour},
  forecast: {
    ...{verdict: 'may-run-out', probability, usedAtReset: 81.25, usedRange: [62.5, 100]},
    ...{runOutAt: noon + hour, range: [noon + minute, noon + 2 * hour]},
  },
});
const silent = {probability: null, runOutAt: null, range: null, usedAtReset: null, usedRange: null};

function row(key: string, readAt: number, more: Partial<LedgerRow> = {}): LedgerRow {
  const windows = ids.map(id => aWindow({id, use: {state: 'known', usedPercent: 30}, resetsAt: noon + 2 * hour}));
  return {
    ...{key, provider: 'openai', label: 'user@example.com', source: 'test', fingerprint: 'abc'},
    ...{reading: aReading({windows}), readAt, failure: null, lastAttemptAt: readAt, dueAt: readAt, failures: 0},
    ...more,
  };
}

function sqlite<T>(work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(directory, 'state.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

it('forecasts are written with their reading, and are there for those who only read', () => {
  const ledger = open();
  const all: MadeForecast[] = [
    made('5h'),
    {...made('weekly'), learnedFrom: null, forecast: {verdict: 'too-early', ...silent}},
    {...made('30d'), forecast: {...made('30d').forecast, verdict: 'lasts', runOutAt: null, range: null}},
  ];
  ledger.settle(row('openai:1', noon, {made: all}), noon);
  ledger.settle(row('openai:2', noon), noon);
  const reader = openLedgerReadOnly(directory);
  onTestFinished(reader.close);
  for (const each of [ledger, reader])
    expect([each.forecastsOf('openai:1'), each.forecastsOf('openai:2'), each.forecastsOf('nobody')]).toEqual([
      all,
      [],
      [],
    ]);
});

it('a row without forecasts leaves those that are there, and no other copy hears of forecasts alone', () => {
  const [ledger, other] = [open(), open()];
  ledger.settle(row('openai:1', noon, {made: [made('5h')]}), noon);
  const {version} = other.changes(0);
  ledger.keepForecasts('openai:1', [made('weekly', noon + 5 * minute)], noon + 5 * minute);
  expect(other.changes(version).rows).toEqual([]);
  ledger.settle(row('openai:1', noon + 6 * minute), noon + 6 * minute);
  expect(other.forecastsOf('openai:1')).toEqual([made('weekly', noon + 5 * minute)]);
});

it('what is forecast again is written once in five minutes, and at once after a clock that was ahead', () => {
  const ledger = open();
  const keep = (at: number): number => {
    ledger.keepForecasts('openai:1', [made('5h', noon + at)], noon + at);
    return (ledger.forecastsOf('openai:1')[0]?.madeAt ?? Number.NaN) - noon;
  };
  ledger.settle(row('openai:1', noon), noon);
  expect([keep(0), keep(minute), keep(5 * minute), keep(6 * minute)]).toEqual([0, 0, 5 * minute, 5 * minute]);
  expect(keep(-hour)).toBe(-hour);
  ledger.keepForecasts('nobody', [made('5h')], noon);
  expect(ledger.row('nobody')).toBeNull();
});

it('what another version wrote, or nobody could have, is left out; the rest stands', () => {
  const ledger = open();
  ledger.settle(row('openai:1', noon, {made: ids.map(id => made(id))}), noon);
  const stored = JSON.parse(String(sqlite(db => db.prepare('SELECT forecasts FROM account').get()?.forecasts)));
  const [first, second, third] = stored as unknown[][];
  const wrong = [
    {at: 0, value: 5},
    {at: 1, value: 'noon'},
    {at: 3, value: 1e300},
    {at: 5, value: 'will-run-out'},
    {at: 6, value: 1.5},
    {at: 10, value: -1},
    {at: 12, value: '100'},
  ].map(({at, value}) => first?.map((each, index) => (index === at ? value : each)));
  const put = (value: string): void => sqlite(db => void db.prepare('UPDATE account SET forecasts = ?').run(value));
  put(JSON.stringify([...wrong, null, {}, second, [...(third ?? []), 'more']]));
  expect(ledger.forecastsOf('openai:1')).toEqual([made('weekly'), made('30d')]);
  for (const text of ['', '{', '{}', 'null', '"5h"']) {
    put(text);
    expect(ledger.forecastsOf('openai:1')).toEqual([]);
  }
  expect(ledger.row('openai:1')?.reading?.windows).toHaveLength(3);
});

it.each([1, 2, 3])('a file of version %i is read without forecasts, and takes some once it is written', version => {
  sqlite(db => {
    db.exec('PRAGMA journal_mode = WAL');
    migrate(db, migrations.slice(0, version));
    db.exec(`INSERT INTO account (key, provider, label, source, fingerprint, failures, touched_at, version, writer)
             VALUES ('openai:1', 'openai', 'old', 'test', 'abc', 0, ${noon}, 1, 'somebody')`);
  });
  const reader = openLedgerReadOnly(directory);
  expect(reader.rows().map(({label}) => label)).toEqual(['old']);
  expect(reader.forecastsOf('openai:1')).toEqual([]);
  reader.close();
  const ledger = open();
  expect(ledger.row('openai:1')?.label).toBe('old');
  ledger.settle(row('openai:1', noon, {made: [made('5h')]}), noon);
  expect(ledger.forecastsOf('openai:1')).toEqual([made('5h')]);
});

it('the file of a later version is left alone', () => {
  const ledger = open();
  ledger.settle(row('openai:1', noon, {made: [made('5h')]}), noon);
  ledger.close();
  sqlite(db => db.exec(`PRAGMA user_version = ${migrations.length + 1}`));
  const reader = openLedgerReadOnly(directory);
  expect([reader.rows(), reader.forecastsOf('openai:1')]).toEqual([[], []]);
  reader.close();
});

it('a poll with its history and forecasts writes no more than eight pages, forecasts alone no more than two', () => {
  const ledger = open();
  const keys = Array.from({length: 7}, (_, at) => `openai:${at}`);
  const settle = (key: string, at: number): void =>
    ledger.settle(row(key, at, {made: ids.map(id => made(id, at, Math.abs(Math.sin(at))))}), at);
  for (let at = 0; at < 20; at += 1) for (const key of keys) settle(key, noon + at * 2 * minute);
  const wal = join(directory, 'state.db-wal');
  const pagesOf = (work: (at: number) => void, times: number): number => {
    sqlite(db => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    for (let at = 1; at <= times; at += 1) work(at);
    return (statSync(wal).size - 32) / (4096 + 24) / times;
  };
  const ofPolls = pagesOf(at => settle('openai:3', noon + hour + at * 2 * minute), 40);
  expect(ofPolls).toBeGreaterThan(1);
  expect(ofPolls).toBeLessThanOrEqual(8);
  const again = (at: number): number => noon + 3 * hour + at * 5 * minute;
  const ofForecasts = pagesOf(at => ledger.keepForecasts('openai:3', [made('5h', again(at))], again(at)), 20);
  expect(ofForecasts).toBeGreaterThanOrEqual(1);
  expect(ofForecasts).toBeLessThanOrEqual(2);
});
