import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, describe, expect, it} from 'vitest';
import type {Ledger, LedgerRow} from '../../../src/core/ledger.ts';
import type {Notice} from '../../../src/core/model.ts';
import {openLedger, openLedgerReadOnly} from '../../../src/system/ledger/ledger.ts';
import {migrate, migrations, mostRows, NewerLedgerError, versionOf} from '../../../src/system/ledger/schema.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-ledger-'));
  closers.push(() => rmSync(path, {recursive: true, force: true}));
  return path;
}

function open(path: string, at = now): Ledger & {notices: Notice[]} {
  const notices: Notice[] = [];
  const ledger = openLedger({directory: path, onNotice: notice => notices.push(notice), now: () => at});
  closers.push(() => ledger.close());
  return Object.assign(ledger, {notices});
}

function row(key = 'openai:00000001', change: Partial<LedgerRow> = {}): LedgerRow {
  return {
    key,
    provider: 'openai',
    label: 'user@example.com',
    source: 'codex auth.json',
    fingerprint: 'abcdef012345',
    reading: {
      label: 'octo6',
      plan: 'Plus',
      windows: [
        {
          id: '5h',
          pool: null,
          windowMs: 5 * 60 * minute,
          resetsAt: now + minute,
          use: {state: 'known', usedPercent: 137.5, used: 11, limit: 8},
          unit: 'percent',
          shares: [{name: 'gpt', value: 3, unit: 'requests'}],
        },
        {id: 'weekly', pool: 'x', windowMs: null, resetsAt: null, use: {state: 'not-started'}, unit: 'credits'},
        {id: 'a', pool: null, windowMs: null, resetsAt: null, use: {state: 'unlimited'}, unit: 'calls'},
        {id: 'b', pool: null, windowMs: null, resetsAt: null, use: {state: 'unknown', why: 'not told'}, unit: 'usd'},
      ],
      amounts: [{id: 'credits', value: 796.25, unit: 'credits', limit: 1000}],
      notes: [{code: 'message', text: 'hello', at: now, percent: 3, amount: {value: 1.2, unit: 'cny'}}],
    },
    readAt: now,
    failure: {
      code: 'rate_limited',
      detail: 'asked to wait',
      retryAt: now + minute,
      remedy: {code: 'network'},
      shape: '{a}',
      aside: true,
    },
    lastAttemptAt: now,
    dueAt: now + 2 * minute,
    failures: 2,
    ...change,
  };
}

function sqlOn<T>(path: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(path, 'state.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

describe('the ledger', () => {
  it('keeps an account from one start to the next, exactly as it was', () => {
    const path = directory();
    const first = open(path);
    first.settle(row(), now);
    first.close();
    expect(open(path).rows()).toEqual([row()]);
    expect(open(path).row('openai:00000001')).toEqual(row());
    expect(open(path).row('openai:unknown')).toBeNull();
  });

  it('keeps whole milliseconds of times that jitter made fractional', () => {
    const ledger = open(directory());
    ledger.settle(row('a:1', {dueAt: now + 0.4, lastAttemptAt: Number.NaN}), now);
    expect(ledger.row('a:1')).toMatchObject({dueAt: now, lastAttemptAt: null});
  });

  it('tells another copy once what was written, and nothing when nothing was', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    const start = mine.changes(0);
    expect(start.rows).toEqual([]);
    other.settle(row('a:1'), now);
    const next = mine.changes(start.version);
    expect(next.rows.map(({key}) => key)).toEqual(['a:1']);
    expect(next.version).toBeGreaterThan(start.version);
    expect(mine.changes(next.version)).toEqual({version: next.version, rows: []});
    other.settle(row('a:2'), now);
    other.settle(row('a:1', {failures: 9}), now);
    expect(
      mine
        .changes(next.version)
        .rows.map(({key, failures}) => [key, failures])
        .sort(),
    ).toEqual([
      ['a:1', 9],
      ['a:2', 2],
    ]);
  });

  it('does not tell a copy what it wrote itself', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    const {version} = mine.changes(0);
    mine.settle(row('a:1'), now);
    other.settle(row('a:2'), now);
    expect(mine.changes(version).rows.map(({key}) => key)).toEqual(['a:2']);
  });

  it('tells everything to whoever asks from the beginning', () => {
    const path = directory();
    open(path).settle(row('a:1'), now);
    const late = open(path);
    const {version} = late.changes(0);
    expect(late.changes(version).rows).toEqual([]);
    expect(late.changes(0).rows).toHaveLength(1);
  });

  it('forgets accounts that nobody touched for 90 days, and no others', () => {
    const path = directory();
    const first = open(path);
    first.settle(row('a:old'), now - 91 * day);
    first.settle(row('a:new'), now - 89 * day);
    expect(
      open(path)
        .rows()
        .map(({key}) => key),
    ).toEqual(['a:new']);
  });

  it('never holds more than its bound; the longest untouched goes first', () => {
    const path = directory();
    open(path);
    sqlOn(path, db => {
      db.exec('BEGIN');
      const insert = db.prepare(
        `INSERT INTO account (key, provider, label, source, fingerprint, failures, touched_at, version, writer)
         VALUES (?, 'p', 'l', 's', 'f', 0, ?, 1, 'w')`,
      );
      for (let i = 0; i < mostRows; i += 1) insert.run(`a:${String(i).padStart(5, '0')}`, now - mostRows + i);
      db.exec('COMMIT');
    });
    const ledger = open(path);
    ledger.settle(row('z:newest'), now - day);
    const keys = ledger.rows().map(({key}) => key);
    expect(keys).toHaveLength(mostRows);
    expect(keys).toContain('z:newest');
    expect(keys).not.toContain('a:00000');
  });

  it('keeps a reading that is too large without its details, and one that still is not at all', () => {
    const ledger = open(directory());
    const [window] = row().reading?.windows ?? [];
    if (!window) throw new Error('no window');
    const shares = Array.from({length: 9_000}, (_, i) => ({
      name: `model number ${i}`,
      value: i,
      unit: 'tokens' as const,
    }));
    ledger.settle(row('a:1', {reading: {plan: 'Pro', windows: [{...window, shares}], amounts: [], notes: []}}), now);
    expect(ledger.row('a:1')?.reading?.windows[0]).toEqual((({shares: _, ...bare}) => bare)(window));
    const windows = Array.from({length: 9_000}, () => window);
    ledger.settle(row('a:2', {reading: {plan: 'Pro', windows, amounts: [], notes: []}}), now);
    expect(ledger.row('a:2')).toMatchObject({reading: null, readAt: null, failures: 2});
  });

  it('holds nothing but what a row says: no credential can reach the file', () => {
    const path = directory();
    const ledger = open(path);
    const carrier = {...row(), credential: 'test-client-secret', secrets: ['test-client-secret']};
    ledger.settle(carrier, now);
    ledger.claim('a:1', now, now + minute);
    const bytes = readdirSync(path).map(name => readFileSync(join(path, name), 'latin1'));
    expect(bytes.join('')).toContain('user@example.com');
    expect(bytes.join('')).not.toContain('test-client-secret');
  });

  it.skipIf(process.platform === 'win32')('is for its owner alone, files and directory, also when it was not', () => {
    const path = join(directory(), 'deep', 'mystatus-tui');
    const ledger = open(path);
    ledger.settle(row(), now);
    const modes = () =>
      readdirSync(path).map(name => `${name} ${(statSync(join(path, name)).mode & 0o777).toString(8)}`);
    expect(modes().sort()).toEqual(['state.db 600', 'state.db-shm 600', 'state.db-wal 600', 'state.db.lock 600']);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    ledger.close();
    rmSync(path, {recursive: true});
    mkdirSync(path, {mode: 0o755});
    writeFileSync(join(path, 'state.db'), '', {mode: 0o644});
    open(path).settle(row(), now);
    expect(modes().sort()).toEqual(['state.db 600', 'state.db-shm 600', 'state.db-wal 600']);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });
});

describe('rows that cannot be read', () => {
  const broken: [string, string, string | number | null][] = [
    ['half a reading', 'reading', '{"plan":null,"windows":['],
    ['a reading that is a list', 'reading', '[]'],
    ['a reading without windows', 'reading', '{"plan":null}'],
    ['a window without a name', 'reading', '{"plan":null,"windows":[{}],"amounts":[],"notes":[]}'],
    ['a failure nobody knows', 'failure', '{"code":"from_the_future","detail":"","retryAt":null,"remedy":null}'],
    ['a failure that is text', 'failure', '"oops"'],
    ['a reading without its age', 'read_at', null],
    ['a time that no date can stand for', 'due_at', 9e99],
  ];

  it.each(broken)('skips %s and shows the others', (_, column, value) => {
    const path = directory();
    const ledger = open(path);
    ledger.settle(row('a:bad'), now);
    ledger.settle(row('a:good'), now);
    sqlOn(path, db => db.prepare(`UPDATE account SET ${column} = ? WHERE key = 'a:bad'`).run(value));
    expect(ledger.rows().map(({key}) => key)).toEqual(['a:good']);
    expect(ledger.row('a:bad')).toBeNull();
    expect(ledger.notices).toEqual([]);
  });

  it('leaves out a note, an amount and a remedy that a later version wrote, and shows the numbers', () => {
    const path = directory();
    const ledger = open(path);
    ledger.settle(row('a:1'), now);
    const strange = JSON.stringify({...row().reading, amounts: [{id: 'gold', value: 1}], notes: [{code: 'omen'}]});
    const failure = JSON.stringify({...row().failure, remedy: {code: 'pray'}});
    sqlOn(path, db => db.prepare('UPDATE account SET reading = ?, failure = ?').run(strange, failure));
    expect(ledger.row('a:1')?.reading).toEqual({...row().reading, amounts: [], notes: []});
    expect(ledger.row('a:1')?.failure).toEqual({...row().failure, remedy: null});
  });

  it('lets no control character out of the file', () => {
    const path = directory();
    const ledger = open(path);
    ledger.settle(row('a:1', {reading: {plan: '\u001b[31mPlus\u0007', windows: [], amounts: [], notes: []}}), now);
    expect(ledger.row('a:1')?.reading?.plan).toBe('Plus');
  });
});

describe('claims', () => {
  it('are given to one copy at a time, and again to the one that has it', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    expect(mine.claim('a:1', now, now + minute)).toBe(true);
    expect(other.claim('a:1', now, now + minute)).toBe(false);
    expect(other.claim('a:2', now, now + minute)).toBe(true);
    expect(mine.claim('a:1', now + 1, now + 2 * minute)).toBe(true);
    expect(other.claim('a:1', now + minute, now + 3 * minute)).toBe(false);
  });

  it('run out by themselves', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    mine.claim('a:1', now, now + minute);
    expect(other.claim('a:1', now + minute - 1, now + 2 * minute)).toBe(false);
    expect(other.claim('a:1', now + minute, now + 2 * minute)).toBe(true);
    expect(mine.claim('a:1', now + minute, now + 2 * minute)).toBe(false);
  });

  it('end with a result, with a release, and when the copy closes', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    for (const end of [() => mine.settle(row('a:1'), now), () => mine.release('a:1'), () => mine.close()]) {
      expect(mine.claim('a:1', now, now + minute)).toBe(true);
      end();
      expect(other.claim('a:1', now, now + minute)).toBe(true);
      other.release('a:1');
    }
  });

  it('are not given back by somebody else', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    mine.claim('a:1', now, now + minute);
    other.release('a:1');
    other.settle(row('a:1'), now);
    expect(other.claim('a:1', now, now + minute)).toBe(false);
  });

  it('made by a clock that ran hours ahead are dead', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    mine.claim('a:1', now + 5 * day, now + 5 * day + minute);
    expect(other.claim('a:1', now, now + minute)).toBe(true);
  });
});

describe('a ledger that cannot be used', () => {
  it('goes on alone and says so once where no directory can be', () => {
    const file = join(directory(), 'a-file');
    writeFileSync(file, '');
    const ledger = open(join(file, 'below'));
    expect(ledger.notices).toEqual([
      {code: 'ledger-unavailable', text: expect.stringContaining('a file is where a directory should be')},
    ]);
    expect(ledger.claim('a:1', now, now + minute)).toBe(true);
    ledger.settle(row('a:1'), now);
    expect(ledger.row('a:1')).toEqual(row('a:1'));
    expect(ledger.rows()).toHaveLength(1);
    expect(ledger.changes(7)).toEqual({version: 7, rows: []});
    ledger.release('a:1');
    ledger.close();
    expect(ledger.notices).toHaveLength(1);
  });

  it('goes on alone when a directory stands in place of the file, and leaves it there', () => {
    const path = directory();
    mkdirSync(join(path, 'state.db'));
    const ledger = open(path);
    expect(ledger.notices.map(({code}) => code)).toEqual(['ledger-unavailable']);
    expect(ledger.claim('a:1', now, now + minute)).toBe(true);
    expect(statSync(join(path, 'state.db')).isDirectory()).toBe(true);
  });

  it('still shows what a file has that can be read but not written', () => {
    const path = directory();
    const first = open(path);
    first.settle(row('a:1'), now);
    first.close();
    // Stands for a read-only disk: nobody can write a database whose helper file cannot be made.
    mkdirSync(join(path, 'state.db-shm'));
    const ledger = open(path);
    ledger.settle(row('a:2'), now);
    expect(ledger.notices.map(({code}) => code)).toEqual(['ledger-unavailable']);
    expect(ledger.rows()).toEqual([row('a:1'), row('a:2')]);
    expect(ledger.claim('a:1', now, now + minute)).toBe(true);
  });

  it('leaves the file of a later version alone', () => {
    const path = directory();
    open(path).settle(row('a:1'), now);
    sqlOn(path, db => db.exec(`PRAGMA user_version = ${migrations.length + 1}`));
    const ledger = open(path);
    expect(ledger.notices).toEqual([{code: 'ledger-unavailable', text: expect.stringContaining('newer version')}]);
    expect(ledger.rows()).toEqual([]);
    expect(openLedgerReadOnly(path).rows()).toEqual([]);
    expect(sqlOn(path, versionOf)).toBe(migrations.length + 1);
  });

  const damages: [string, (file: string) => void][] = [
    ['text', file => writeFileSync(file, 'this is no database, whatever its name says. '.repeat(50))],
    [
      'a good header and rubbish',
      file => writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, 100), Buffer.alloc(8_000, 7)])),
    ],
  ];

  it.each(damages)('sets aside a file of %s, says so once, and begins anew', (_, damage) => {
    const path = directory();
    const before = open(path);
    before.settle(row('a:1'), now);
    before.close();
    damage(join(path, 'state.db'));
    const damaged = readFileSync(join(path, 'state.db'));
    const ledger = open(path);
    expect(ledger.notices.map(({code}) => code)).toEqual(['ledger-corrupt']);
    const aside = readdirSync(path).filter(name => name.startsWith('state.db.corrupt-'));
    expect(aside).toEqual(['state.db.corrupt-20261122T090000000Z']);
    expect(readFileSync(join(path, String(aside[0])))).toEqual(damaged);
    expect(ledger.notices[0]?.text).toContain(aside[0]);
    ledger.settle(row('a:2'), now);
    expect(open(path).rows()).toHaveLength(1);
    expect(ledger.notices).toHaveLength(1);
  });

  it('sets a file aside that is damaged while it is in use, and other copies follow to the new one', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    mine.settle(row('a:1'), now);
    sqlOn(path, db => db.exec('DROP TABLE account; DROP TABLE claim;'));
    mine.settle(row('a:2'), now);
    expect(mine.notices.map(({code}) => code)).toEqual(['ledger-corrupt']);
    expect(other.changes(0).rows.map(({key}) => key)).toEqual(['a:2']);
    expect(other.notices).toEqual([]);
  });

  it('does not set one file after the other aside', () => {
    const path = directory();
    const ledger = open(path);
    for (let i = 0; i < 3; i += 1) {
      if (existsSync(join(path, 'state.db'))) sqlOn(path, db => db.exec('DROP TABLE IF EXISTS account'));
      ledger.settle(row(`a:${i}`), now);
    }
    expect(readdirSync(path).filter(name => /^state\.db\.corrupt-\w+$/.test(name))).toHaveLength(1);
    expect(ledger.notices.map(({code}) => code)).toEqual(['ledger-corrupt', 'ledger-unavailable']);
    expect(ledger.row('a:2')).toEqual(row('a:2'));
  });

  it('survives that its file is deleted, and meets the other copies again in the next one', () => {
    const path = directory();
    const [mine, other] = [open(path), open(path)];
    const {version} = mine.changes(0);
    other.changes(0);
    rmSync(join(path, 'state.db'));
    mine.settle(row('a:1'), now);
    expect(mine.row('a:1')).toEqual(row('a:1'));
    other.changes(version);
    mine.changes(version);
    other.settle(row('a:2'), now);
    expect(mine.changes(version).rows.map(({key}) => key)).toEqual(['a:2']);
    expect(mine.claim('a:3', now, now + minute)).toBe(true);
    expect(other.claim('a:3', now, now + minute)).toBe(false);
    expect([...mine.notices, ...other.notices]).toEqual([]);
  });

  it('survives that its whole directory is deleted', () => {
    const path = directory();
    const ledger = open(path);
    rmSync(path, {recursive: true});
    const {version} = ledger.changes(0);
    ledger.settle(row('a:1'), now);
    expect(ledger.row('a:1')).toEqual(row('a:1'));
    expect(ledger.changes(version).rows).toEqual([]);
  });

  it('writes a result later when another process keeps the file locked, and asks alone if that does not end', () => {
    const path = directory();
    const ledger = open(path);
    const holder = new DatabaseSync(join(path, 'state.db'));
    holder.exec('BEGIN IMMEDIATE');
    expect(ledger.claim('a:1', now, now + minute)).toBe(false);
    expect(ledger.claim('a:2', now + 10, now + minute)).toBe(false);
    ledger.settle(row('a:1'), now);
    expect(ledger.row('a:1')).toEqual(row('a:1'));
    expect(ledger.claim('a:2', now + 20_000, now + minute)).toBe(true);
    holder.exec('COMMIT');
    holder.close();
    expect(ledger.changes(0).rows).toEqual([]);
    expect(open(path).row('a:1')).toEqual(row('a:1'));
    expect(ledger.claim('a:2', now + 30_000, now + minute)).toBe(true);
    expect(ledger.notices).toEqual([]);
  });

  it('does not throw after it was closed', () => {
    const ledger = open(directory());
    ledger.close();
    ledger.settle(row('a:1'), now);
    ledger.release('a:1');
    ledger.close();
    expect(ledger.claim('a:1', now, now + minute)).toBe(true);
    expect(ledger.notices).toEqual([]);
  });
});

describe('migrations', () => {
  it('bring an empty file to the present tables', () => {
    const path = directory();
    writeFileSync(join(path, 'state.db'), '');
    open(path).settle(row('a:1'), now);
    expect(sqlOn(path, versionOf)).toBe(migrations.length);
  });

  it('make only the steps that are missing, keep what is there, and are all or nothing', () => {
    const db = new DatabaseSync(':memory:');
    const steps = ['CREATE TABLE a (x); INSERT INTO a VALUES (1)', 'ALTER TABLE a ADD COLUMN y DEFAULT 2'];
    migrate(db, steps.slice(0, 1));
    migrate(db, steps);
    expect({...db.prepare('SELECT * FROM a').get()}).toEqual({x: 1, y: 2});
    expect(() => migrate(db, [...steps, 'CREATE TABLE b (x)', 'nonsense'])).toThrow();
    expect(versionOf(db)).toBe(2);
    expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'b'").get()).toBeUndefined();
    expect(() => migrate(db, steps.slice(0, 1))).toThrow(NewerLedgerError);
    db.close();
  });
});

describe('the ledger for one quick look', () => {
  it('reads what a running copy wrote a moment ago', () => {
    const path = directory();
    const ledger = open(path);
    ledger.settle(row('a:1'), now);
    const look = openLedgerReadOnly(path);
    expect(look.rows()).toEqual([row('a:1')]);
    expect(look.row('a:1')).toEqual(row('a:1'));
    expect(look.row('a:2')).toBeNull();
    look.close();
  });

  it('makes no file, neither where there is a ledger that nobody has open nor where there is none', () => {
    const path = directory();
    expect(openLedgerReadOnly(join(path, 'nowhere')).rows()).toEqual([]);
    expect(openLedgerReadOnly(path).rows()).toEqual([]);
    expect(readdirSync(path)).toEqual([]);
    const ledger = open(path);
    ledger.settle(row('a:1'), now);
    ledger.close();
    const before = readdirSync(path);
    const look = openLedgerReadOnly(path);
    expect(look.rows()).toEqual([row('a:1')]);
    look.close();
    expect(readdirSync(path)).toEqual(before);
  });

  it('is empty for a damaged file, and leaves it alone', () => {
    const path = directory();
    writeFileSync(join(path, 'state.db'), 'rubbish '.repeat(200));
    const look = openLedgerReadOnly(path);
    expect([look.rows(), look.row('a:1')]).toEqual([[], null]);
    look.close();
    expect(readdirSync(path)).toEqual(['state.db']);
  });
});
