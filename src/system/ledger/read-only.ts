import {existsSync} from 'node:fs';
import type {DatabaseSync} from 'node:sqlite';
import type {Ledger, LedgerRow} from '../../core/ledger.ts';
import {closeQuietly} from '../files/file-lock.ts';
import {ignoreErrors, requireFileOrNothing} from '../files/private-file.ts';
import {ledgerPath} from './file.ts';
import {forecastsOf} from './forecasts.ts';
import {readHistory} from './history.ts';
import {decodeAll, rowColumns} from './row.ts';
import {migrations, versionOf} from './schema.ts';
import {openAt, sqlite} from './sqlite-module.ts';

/** The ledger for those who only read it: it writes nothing, makes no file, and is empty where there is none to read. */
export function openLedgerReadOnly(
  directory: string,
): Pick<Ledger, 'rows' | 'row' | 'history' | 'forecastsOf' | 'close'> {
  const db = ignoreErrors(() => openToRead(ledgerPath(directory)), null);
  const records = (sql: string, ...values: string[]) =>
    ignoreErrors(
      () => (db ? decodeAll(db.prepare(`SELECT ${rowColumns} FROM account ${sql}`).all(...values)) : []),
      [],
    );
  return {
    rows: () => records('ORDER BY key'),
    row: key => records('WHERE key = ?', key)[0] ?? null,
    // A file of an older version has no history yet.
    history: (since, account) => ignoreErrors(() => (db ? readHistory(db, since, account) : []), []),
    forecastsOf: account => ignoreErrors(() => (db ? forecastsOf(db, account) : []), []),
    close() {
      if (db) closeQuietly(db);
    },
  };
}

/** Every row, or null where they cannot be had: no file, a later version's, a damaged or a locked one. */
export function readRows(directory: string): LedgerRow[] | null {
  return ignoreErrors(() => {
    const db = openToRead(ledgerPath(directory));
    if (db === null) return null;
    try {
      return decodeAll(db.prepare(`SELECT ${rowColumns} FROM account`).all());
    } finally {
      closeQuietly(db);
    }
  }, null);
}

function openToRead(path: string): DatabaseSync | null {
  if (!existsSync(path)) return null;
  // SQLite would open whatever stands there, and wait for ever at a pipe.
  for (const part of existsSync(`${path}-wal`) ? ['', '-journal', '-wal', '-shm'] : ['', '-journal'])
    requireFileOrNothing(path + part);
  const db = openAtRest(path) ?? new (sqlite().DatabaseSync)(path, {readOnly: true});
  db.exec('PRAGMA busy_timeout = 50');
  if (versionOf(db) <= migrations.length) return db;
  closeQuietly(db);
  return null;
}

/** Nobody has the file open when nothing lies beside it: it may be taken as it stands. Null when somebody has. */
const openAtRest = (path: string): DatabaseSync | null =>
  existsSync(`${path}-wal`) || existsSync(`${path}-journal`)
    ? null
    : ignoreErrors(() => openAt(path, 'immutable'), null);
