import {DatabaseSync} from 'node:sqlite';
import {describe, expect, it, onTestFinished} from 'vitest';
import {migrate, migrations, mostAlerts, versionOf} from '../../../src/system/ledger/schema.ts';

function database(steps: readonly string[]): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  onTestFinished(() => db.close());
  migrate(db, steps);
  return db;
}

const insertAccount = `INSERT INTO account (key, provider, label, source, fingerprint, failures, touched_at, version, writer)
                       VALUES (?, 'openai', 'old', 'test', 'abc', 0, 1, 1, 'somebody')`;
const insertCheck = 'INSERT INTO "check" (series, cycle, at, p, lo, hi) VALUES (?, ?, ?, 0.5, 10, 20)';
const insertAlert = "INSERT INTO alert (account, window, rule, armed, fired_at) VALUES (?, ?, 'spent', 0, ?)";
const rows = (db: DatabaseSync, sql: string): unknown[] =>
  db
    .prepare(sql)
    .all()
    .map(row => ({...row}));

describe('the step to kept forecasts and alerts', () => {
  it('leaves accounts, history and turns of the version before as they were', () => {
    const db = database(migrations.slice(0, 2));
    db.prepare(insertAccount).run('openai:1');
    db.exec(`INSERT INTO series (id, account, window, touched_at) VALUES (7, 'openai:1', 'weekly', 1);
             INSERT INTO usage VALUES (900, 0, 7, 10, 10, 10, 900, 0);
             INSERT INTO turn VALUES (7, 5, 'reset', 900, 0);`);
    const tables = ['account', 'series', 'usage', 'turn'];
    const before = tables.map(table => rows(db, `SELECT * FROM ${table}`));
    migrate(db, migrations.slice(0, 3));
    expect(versionOf(db)).toBe(3);
    expect(tables.map(table => rows(db, `SELECT * FROM ${table}`))).toEqual(before);
    expect(before.map(({length}) => length)).toEqual([1, 1, 1, 1]);
  });
  it('is followed by one that gives an account room for forecasts, and takes nothing from it', () => {
    const db = database(migrations.slice(0, 3));
    db.prepare(insertAccount).run('openai:1');
    const [before] = rows(db, 'SELECT * FROM account');
    migrate(db);
    expect(rows(db, 'SELECT * FROM account')).toEqual([{...(before as object), forecasts: null, forecast_at: null}]);
  });
  it('keeps the last 60 checks of each window, by cycle', () => {
    const db = database(migrations);
    for (let cycle = 0; cycle < 61; cycle += 1) db.prepare(insertCheck).run(1, cycle, 5);
    db.prepare(insertCheck).run(2, 0, 5);
    expect(rows(db, 'SELECT series, count(*) AS n, min(cycle) AS first FROM "check" GROUP BY series')).toEqual([
      {series: 1, n: 60, first: 1},
      {series: 2, n: 1, first: 0},
    ]);
  });
  it('forgets checks with their window, and alerts with their account', () => {
    const db = database(migrations);
    for (const key of ['openai:1', 'openai:2']) {
      db.prepare(insertAccount).run(key);
      db.prepare('INSERT INTO series (account, window, touched_at) VALUES (?, ?, 1)').run(key, 'weekly');
      db.prepare(insertAlert).run(key, 'weekly', 1);
    }
    for (const series of [1, 2]) db.prepare(insertCheck).run(series, 1, 1);
    db.exec("DELETE FROM account WHERE key = 'openai:1'");
    expect(rows(db, 'SELECT series FROM "check"')).toEqual([{series: 2}]);
    expect(rows(db, 'SELECT account FROM alert')).toEqual([{account: 'openai:2'}]);
  });
  it('bounds the alerts; the longest silent goes first, and never the one that comes', () => {
    const db = database(migrations);
    const insert = db.prepare(insertAlert);
    db.exec('BEGIN');
    for (let at = 0; at < mostAlerts; at += 1) insert.run('openai:1', `w${at}`, at + 1);
    insert.run('openai:1', 'new', null);
    db.exec('COMMIT');
    expect(rows(db, 'SELECT count(*) AS n FROM alert')).toEqual([{n: mostAlerts}]);
    expect(rows(db, "SELECT window FROM alert WHERE window IN ('w0', 'w1', 'new') ORDER BY window")).toEqual([
      {window: 'new'},
      {window: 'w1'},
    ]);
  });
});
