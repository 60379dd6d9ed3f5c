import {mkdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {onTestFinished} from 'vitest';
import type {Home} from './home.ts';

export type KeyValue = {key: string; value: string | Uint8Array};

/** Another program's SQLite file with tables of keys and values, as that program keeps it: WAL mode, and still open. */
export async function writeTables(home: Home, path: string, tables: Record<string, KeyValue[]>): Promise<DatabaseSync> {
  await mkdir(dirname(join(home.path, path)), {recursive: true});
  const database = new DatabaseSync(join(home.path, path));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  database.exec('pragma journal_mode = wal');
  for (const [table, rows] of Object.entries(tables)) {
    database.exec(`create table ${table} (key text unique on conflict replace, value blob)`);
    const insert = database.prepare(`insert into ${table} (key, value) values (?, ?)`);
    for (const {key, value} of [{key: 'other', value: 'x'}, ...rows]) insert.run(key, value);
  }
  return database;
}
