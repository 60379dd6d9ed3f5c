import {closeSync, existsSync, openSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import type {Watcher} from '../../core/alerts/watcher.ts';
import {closeQuietly, withLockNow} from '../files/file-lock.ts';
import {makePrivateDirectory, restrictOwnDirectory} from '../files/private-directory.ts';
import {identityOf, ignoreErrors, quarantine, requireFileOrNothing, restrictFile} from '../files/private-file.ts';
import {alertsIn, type JudgingLedger} from './alerts.ts';
import {forecastsIn, forecastsOf, madeColumns} from './forecasts.ts';
import {historyIn} from './history.ts';
import {columnsOf, decodeAll, rowColumns} from './row.ts';
import {migrate, prune, transaction} from './schema.ts';
import {sqlite, troubleOf} from './sqlite-module.ts';

export const ledgerPath = (directory: string): string => join(directory, 'state.db');

/** A ledger on a file. Every function throws what SQLite throws; `openSharedFile` is what catches it. */
export type LedgerFile = JudgingLedger & {
  /** Of the file that was opened; when the path has another one, what is written here is seen by nobody any more. */
  identity: string | null;
};

// While opening, another copy may be making the tables. Later it is the screen that would wait.
const openingPatienceMs = 2_000;
const busyPatienceMs = 150;
// A claim that ends later than this was made by a clock that was wrong; no request takes so long.
const compactionMs = 60 * 60 * 1000;
const longestClaimMs = 10 * 60 * 1000;

export type LedgerFileOptions = {owner: string; now: number; keepsHistory(): boolean; watcher?: Watcher | undefined};

export function openLedgerFile(path: string, {owner, now, keepsHistory, watcher}: LedgerFileOptions): LedgerFile {
  const {db, sql} = openDatabase(path, now);
  const history = historyIn(db);
  const forecasts = forecastsIn(db);
  const alerts = alertsIn(db);
  const forget = (account?: string): void => {
    history.forget(account);
    forecasts.forget(account);
  };
  const identity = identityOf(path);
  const dataVersion = () => Number(sql.dataVersion.get()?.data_version);
  let compactedAt = 0;
  /** One copy in an hour. */
  const isCompactor = (at: number): boolean => {
    if (at - compactedAt < compactionMs) return false;
    compactedAt = at;
    return sql.claim.run('history', owner, at + compactionMs, at, at + compactionMs).changes === 1;
  };
  let seen = {data: Number.NaN, version: Number.POSITIVE_INFINITY};
  return {
    identity,
    rows: () => decodeAll(sql.rows.all()),
    row: key => decodeAll(sql.row.all(key))[0] ?? null,
    changes(version) {
      const data = dataVersion();
      // SQLite tells without reading a table whether anybody else wrote since.
      if (data === seen.data && version >= seen.version) return {version, rows: []};
      // The counter first: a row written in between is then told twice rather than never.
      const latest = Number(sql.version.get()?.version);
      const rows = decodeAll(sql.changes.all(version, owner));
      seen = {data, version: latest};
      return {version: latest, rows};
    },
    claim: (key, at, until) => sql.claim.run(key, owner, until, at, at + longestClaimMs).changes === 1,
    release: key => void sql.release.run(key, owner),
    settle: (row, at) =>
      transaction(db, () => {
        const before = decodeAll(sql.row.all(row.key))[0] ?? null;
        if (keepsHistory()) history.record(before, row);
        else forget();
        if (isCompactor(at)) history.compact(at);
        sql.bump.run();
        sql.settle.run(...columnsOf(row), ...madeColumns(keepsHistory() ? row.made : [], at), at, owner);
        sql.release.run(row.key, owner);
        return watcher === undefined ? [] : alerts.judge(watcher, before, row, at);
      }),
    judge: (before, row, at) =>
      watcher === undefined ? [] : transaction(db, () => alerts.judge(watcher, before, row, at)),
    held: alerts.held,
    given: alerts.given,
    history: history.read,
    recordOf: (account, window) => history.recordOf(account, window),
    usageOf: (account, window) => history.usageOf(account, window),
    forecastsOf: account => forecastsOf(db, account),
    keepForecasts(account, made, at) {
      if (keepsHistory()) forecasts.keep(account, made, at);
    },
    forgetHistory: account => transaction(db, () => forget(account)),
    close() {
      try {
        sql.releaseAll.run(owner);
      } finally {
        closeQuietly(db);
      }
    },
  };
}

/** Sets a damaged file and what belongs to it aside, unless another copy already did. Returns its new name, or null. */
export function replaceDamaged(path: string, damaged: string | null, now: number): string | null {
  return withLockNow(path, busyPatienceMs, () => {
    if (damaged === null || identityOf(path) !== damaged) return null;
    for (const part of ['-wal', '-shm']) if (existsSync(path + part)) quarantine(path + part, 'corrupt', now);
    return quarantine(path, 'corrupt', now);
  });
}

function openDatabase(path: string, now: number) {
  makePrivateDirectory(dirname(path));
  ignoreErrors(() => restrictOwnDirectory(dirname(path)), false);
  for (const part of ['', '-journal', '-wal', '-shm']) requireFileOrNothing(path + part);
  if (!existsSync(path)) withLockNow(path, openingPatienceMs, () => createEmpty(path));
  // SQLite gives -wal and -shm the mode of the file itself; only older ones may be open to others.
  for (const part of ['', '-wal', '-shm']) ignoreErrors(() => restrictFile(path + part), false);
  const db = new (sqlite().DatabaseSync)(path);
  try {
    prepare(db, now);
    return {db, sql: statements(db)};
  } catch (error) {
    closeQuietly(db);
    throw error;
  }
}

function createEmpty(path: string): void {
  if (existsSync(path)) return;
  // Left behind by a deleted ledger, and perhaps still in use by copies that hold it: a new file must not share them.
  for (const part of ['-wal', '-shm']) rmSync(path + part, {force: true});
  closeSync(openSync(path, 'a', 0o600));
}

function prepare(db: DatabaseSync, now: number): void {
  db.exec(`PRAGMA busy_timeout = ${openingPatienceMs}; PRAGMA synchronous = NORMAL;`);
  switchToWal(db);
  migrate(db);
  prune(db, now);
  db.exec(`PRAGMA journal_size_limit = 1048576; PRAGMA busy_timeout = ${busyPatienceMs};`);
}

function switchToWal(db: DatabaseSync): void {
  if (db.prepare('PRAGMA journal_mode').get()?.journal_mode === 'wal') return;
  try {
    db.exec('PRAGMA journal_mode = WAL');
  } catch (error) {
    // Another copy is changing the mode at this moment, and does it for all; the file works in either mode.
    if (troubleOf(error) !== 'busy') throw error;
  }
}

// Plain question marks: early versions of Node 22 cannot bind numbered ones by position.
function statements(db: DatabaseSync) {
  return {
    rows: db.prepare(`SELECT ${rowColumns} FROM account ORDER BY key`),
    row: db.prepare(`SELECT ${rowColumns} FROM account WHERE key = ?`),
    changes: db.prepare(`SELECT ${rowColumns} FROM account WHERE version > ? AND writer <> ?`),
    dataVersion: db.prepare('PRAGMA data_version'),
    version: db.prepare('SELECT version FROM counter'),
    bump: db.prepare('UPDATE counter SET version = version + 1'),
    claim: db.prepare(
      `INSERT INTO claim (key, owner, until) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, until = excluded.until
       WHERE claim.owner = excluded.owner OR claim.until <= ? OR claim.until > ?`,
    ),
    release: db.prepare('DELETE FROM claim WHERE key = ? AND owner = ?'),
    releaseAll: db.prepare('DELETE FROM claim WHERE owner = ?'),
    settle: db.prepare(
      `INSERT INTO account (${rowColumns}, forecasts, forecast_at, touched_at, version, writer)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT version FROM counter), ?)
       ON CONFLICT (key) DO UPDATE SET
         forecasts = coalesce(excluded.forecasts, forecasts),
         forecast_at = coalesce(excluded.forecast_at, forecast_at),
         (${rowColumns}, touched_at, version, writer) = (${rowColumns
           .split(', ')
           .concat('touched_at', 'version', 'writer')
           .map(name => `excluded.${name}`)
           .join(', ')})`,
    ),
  };
}
