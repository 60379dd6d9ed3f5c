import {statSync} from 'node:fs';
import {closeQuietly} from '../files/file-lock.ts';
import {ignoreErrors} from '../files/private-file.ts';
import {ledgerPath} from './file.ts';
import {migrations, versionOf} from './schema.ts';
import {sqlite} from './sqlite-module.ts';

/** What can be told of a ledger without what is in it. `rows`: null for a file that cannot be read. */
export type LedgerFacts = {
  bytes: number;
  /** Octal, as `chmod` takes it. */
  mode: string;
  version: number | null;
  knownVersion: number;
  rows: Record<string, number> | null;
};

/** Null when there is no file. Throws nothing, and writes nothing. */
export function ledgerFacts(directory: string): LedgerFacts | null {
  const path = ledgerPath(directory);
  const stat = statSync(path, {throwIfNoEntry: false});
  if (stat === undefined || !stat.isFile()) return null;
  const mode = (stat.mode & 0o777).toString(8);
  const inside = ignoreErrors(() => countsIn(path), {version: null, rows: null});
  return {bytes: stat.size, mode, knownVersion: migrations.length, ...inside};
}

function countsIn(path: string): Pick<LedgerFacts, 'version' | 'rows'> {
  const db = new (sqlite().DatabaseSync)(path, {readOnly: true});
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*[^a-z]*'").all();
    const rows = tables.map(({name}) => [
      String(name),
      Number(db.prepare(`SELECT count(*) n FROM "${name}"`).get()?.n),
    ]);
    return {version: versionOf(db), rows: Object.fromEntries(rows)};
  } finally {
    closeQuietly(db);
  }
}
