import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, it, onTestFinished} from 'vitest';
import {spans} from '../../../src/core/foresight/usage.ts';
import type {Ledger, LedgerRow, SeriesHistory} from '../../../src/core/ledger.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {openLedgerReadOnly} from '../../../src/system/ledger/read-only.ts';
import {migrate, migrations, mostSeries} from '../../../src/system/ledger/schema.ts';

process.env.TZ = 'UTC';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.UTC(2026, 2, 4, 12);
const ever = 0;

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-history-'));
  onTestFinished(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

function open(path: string, keepsHistory = (): boolean => true): Ledger {
  const ledger = openLedger({
    keepsHistory,
    directory: path,
    now: () => noon,
    onNotice: notice => expect(notice).toBeUndefined(),
  });
  onTestFinished(() => ledger.close());
  return ledger;
}

function row(key: string, readAt: number, used: number, windows = 1): LedgerRow {
  const window = (index: number) => ({
    id: index === 0 ? 'weekly' : `pool${index}/weekly`,
    pool: null,
    windowMs: 7 * day,
    resetsAt: noon + 6 * day,
    use: {state: 'known' as const, usedPercent: used},
    unit: 'percent' as const,
  });
  const reading = {plan: 'Pro', windows: Array.from({length: windows}, (_, at) => window(at)), amounts: [], notes: []};
  return {
    ...{key, provider: 'openai', label: 'user@example.com', source: 'test', fingerprint: 'abc', reading, readAt},
    ...{failure: null, lastAttemptAt: readAt, dueAt: readAt + 2 * minute, failures: 0},
  };
}

const settle = (ledger: Ledger, at: number, used: number, key = 'openai:1', windows = 1): void =>
  ledger.settle(row(key, noon + at, used, windows), noon + at);
const sums = (history: readonly SeriesHistory[]) =>
  history.map(({account, window, usage}) => ({
    account,
    window,
    added: usage.reduce((sum, {added}) => sum + added, 0),
    seen: usage.reduce((sum, {seen}) => sum + seen, 0),
  }));
const spansOf = ({usage}: SeriesHistory): number[] => [...new Set(usage.map(({span}) => span))];

describe('history', () => {
  it('is read of one account alone, from its file too', () => {
    const path = directory();
    const ledger = open(path);
    for (const [at, used] of [10, 12, 15].entries())
      for (const key of ['openai:1', 'openai:2', 'zai:3']) settle(ledger, at * hour, used, key, 2);
    const reader = openLedgerReadOnly(path);
    onTestFinished(() => reader.close());
    const all = ledger.history(ever);
    for (const account of ['openai:1', 'zai:3', 'gone:4']) {
      const own = all.filter(each => each.account === account);
      expect(ledger.history(ever, account)).toEqual(own);
      expect(reader.history(ever, account)).toEqual(own);
    }
    expect(all.map(({usage}) => usage.length)).toEqual(Array.from({length: 6}, () => 9));
    expect(reader.history(noon + 90 * minute, 'zai:3').map(({usage}) => usage.length)).toEqual([2, 2]);
  });

  it('grows with each reading, whoever writes it', () => {
    const path = directory();
    const [one, other] = [open(path), open(path)];
    settle(one, 0, 10);
    settle(other, 2 * minute, 11);
    settle(one, 4 * minute, 13.5);
    expect(sums(other.history(ever))).toEqual([{account: 'openai:1', window: 'weekly', added: 35, seen: 240}]);
  });
  it('counts a reading once, and nothing of a failure, which keeps the last one', () => {
    const ledger = open(directory());
    settle(ledger, 0, 10);
    settle(ledger, 2 * minute, 12);
    settle(ledger, 2 * minute, 12);
    expect(sums(ledger.history(ever))[0]).toMatchObject({added: 20, seen: 120});
  });
  it('takes up after a restart where it ended, and through a wobble', () => {
    const path = directory();
    const first = open(path);
    for (const [at, used] of [
      [0, 10],
      [2, 40],
      [4, 39],
    ] as const)
      settle(first, at * minute, used);
    first.close();
    settle(open(path), 6 * minute, 41);
    expect(sums(open(path).history(ever))[0]?.added).toBe(310);
  });
  it('keeps quarter hours for eight days, hours for eight weeks, days after that, and no use is lost', () => {
    const ledger = open(directory());
    for (let at = 0; at <= 80; at += 1) settle(ledger, at * day, at);
    for (let at = 1; at <= 60; at += 1) settle(ledger, 80 * day + at * minute, 80 + at / 10);
    settle(ledger, 80 * day + 3 * hour, 86);
    const [series] = ledger.history(ever);
    expect(series && spansOf(series)).toEqual([spans.day, spans.hour, spans.quarter]);
    expect(sums(ledger.history(ever))[0]?.added).toBe(860);
    const of = (span: number) => series?.usage.filter(each => each.span === span).map(({at}) => at * 1000) ?? [];
    expect(Math.max(...of(spans.day))).toBeLessThan(noon + 80 * day - 56 * day);
    expect(Math.min(...of(spans.hour))).toBeGreaterThan(noon + 80 * day - 58 * day);
    expect(Math.min(...of(spans.quarter))).toBeGreaterThan(noon + 80 * day - 9 * day);
  });
  it('keeps the turns', () => {
    const ledger = open(directory());
    settle(ledger, 0, 60);
    settle(ledger, minute, 2);
    expect(ledger.history(ever)[0]?.turns).toEqual([
      {at: (noon + minute) / 1000, kind: 'early-reset', before: 600, after: 20},
    ]);
  });
  it('is told from a moment on', () => {
    const ledger = open(directory());
    for (let at = 0; at < 10; at += 1) settle(ledger, at * hour, at);
    expect(ledger.history(noon + 8 * hour)[0]?.usage.every(({at}) => at * 1000 >= noon + 8 * hour)).toBe(true);
  });
  it('is forgotten by account, and altogether, and goes with its account', () => {
    const path = directory();
    const ledger = open(path);
    for (const key of ['openai:1', 'openai:2', 'openai:3'])
      for (const at of [0, 1]) settle(ledger, at * minute, at, key);
    ledger.forgetHistory('openai:1');
    expect(sums(ledger.history(ever)).map(({account}) => account)).toEqual(['openai:2', 'openai:3']);
    const db = new DatabaseSync(join(path, 'state.db'));
    db.exec("DELETE FROM account WHERE key = 'openai:2'");
    expect(sums(ledger.history(ever)).map(({account}) => account)).toEqual(['openai:3']);
    ledger.forgetHistory();
    expect(ledger.history(ever)).toEqual([]);
    expect(db.prepare('SELECT count(*) AS n FROM usage').get()).toEqual({n: 0});
    db.close();
  });
  it('holds no more than its bound; the longest untouched goes first', () => {
    const ledger = open(directory());
    for (let at = 0; at <= mostSeries; at += 1) settle(ledger, at * minute, 1, `openai:${at}`);
    const accounts = ledger.history(ever).map(({account}) => account);
    expect(accounts).toHaveLength(mostSeries);
    expect(accounts).not.toContain('openai:0');
  });
  it('says nothing of who or what: the account’s key, the window and numbers', () => {
    const path = directory();
    settle(open(path), 0, 10);
    const db = new DatabaseSync(join(path, 'state.db'));
    const columns = ['series', 'usage', 'turn'].flatMap(table =>
      db
        .prepare(`SELECT name FROM pragma_table_info('${table}')`)
        .all()
        .map(({name}) => `${table}.${name}`),
    );
    db.close();
    expect(columns.filter(name => /label|source|reading|fingerprint|token/.test(name))).toEqual([]);
  });
});

it('switched off it writes nothing, and forgets what is there with the next reading', () => {
  const path = directory();
  let enabled = true;
  const ledger = open(path, () => enabled);
  settle(ledger, 0, 10);
  settle(ledger, 2 * minute, 12);
  expect(ledger.history(ever)).toHaveLength(1);
  enabled = false;
  settle(ledger, 4 * minute, 13);
  expect(ledger.history(ever)).toEqual([]);
  expect(ledger.row('openai:1')?.readAt).toBe(noon + 4 * minute);
  enabled = true;
  settle(ledger, 6 * minute, 14);
  expect(sums(ledger.history(ever))[0]?.added).toBe(10);
});

it('those who only read find the same history, make no file, and no table in a file of the first version', () => {
  const path = directory();
  openLedgerReadOnly(path).close();
  expect(readdirSync(path)).toEqual([]);
  const ledger = open(path);
  settle(ledger, 0, 10);
  settle(ledger, 2 * minute, 12);
  const readable = openLedgerReadOnly(path);
  expect(readable.history(ever)).toEqual(ledger.history(ever));
  readable.close();
  const old = directory();
  const db = new DatabaseSync(join(old, 'state.db'));
  migrate(db, migrations.slice(0, 1));
  db.close();
  const before = openLedgerReadOnly(old);
  expect(before.history(ever)).toEqual([]);
  before.close();
  const after = new DatabaseSync(join(old, 'state.db'));
  expect(after.prepare('PRAGMA user_version').get()?.user_version).toBe(1);
  after.close();
});

it('a poll with history writes no more than eight pages', () => {
  const path = directory();
  const ledger = open(path);
  const accounts = Array.from({length: 7}, (_, at) => `openai:${at}`);
  for (let at = 0; at < 20; at += 1) for (const key of accounts) settle(ledger, at * 2 * minute, at, key, 3);
  const wal = join(path, 'state.db-wal');
  const db = new DatabaseSync(join(path, 'state.db'));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const polls = 40;
  for (let at = 0; at < polls; at += 1) settle(ledger, (40 + at * 2) * minute, 20 + at / 10, 'openai:3', 3);
  const pages = (statSync(wal).size - 32) / (4096 + 24);
  expect(pages / polls).toBeGreaterThan(1);
  expect(pages / polls).toBeLessThanOrEqual(8);
});

it('a file of the first version keeps its accounts and gains a history', () => {
  const path = directory();
  const db = new DatabaseSync(join(path, 'state.db'));
  db.exec('PRAGMA journal_mode = WAL');
  migrate(db, migrations.slice(0, 1));
  db.exec(`INSERT INTO account (key, provider, label, source, fingerprint, failures, touched_at, version, writer)
           VALUES ('openai:9', 'openai', 'old', 'test', 'abc', 0, ${noon}, 1, 'somebody')`);
  db.close();
  const ledger = open(path);
  expect(ledger.row('openai:9')).toMatchObject({label: 'old'});
  settle(ledger, 0, 10);
  settle(ledger, minute, 11);
  expect(sums(ledger.history(ever))[0]?.added).toBe(10);
  expect(readFileSync(join(path, 'state.db')).length).toBeGreaterThan(0);
});
