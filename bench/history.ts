import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import type {LedgerRow} from '../src/core/ledger.ts';
import type {Window} from '../src/core/model.ts';
import {openLedger} from '../src/system/ledger/ledger.ts';
import {scripts} from './scripts.ts';
import {figure, megabytes} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

/** What a year of history takes on the disk, and a poll of it. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 5);
/** Of seven accounts, twenty in all. */
const windowsOf = (account: number): number => (account === 6 ? 2 : 3);
const lengths = [5 * hour, 7 * day, 30 * day];
const accounts = 7;

/** Work from nine to six: by the hour a tenth of a short limit, less of a longer one. */
function usedAt(at: number, windowMs: number, account: number): number {
  const from = start + Math.floor((at - start) / windowMs) * windowMs;
  const worked = (until: number): number => {
    const days = Math.floor((until - start) / day);
    return days * 9 * hour + Math.min(9 * hour, Math.max(0, until - start - days * day - 9 * hour));
  };
  return (((worked(at) - worked(from)) / windowMs) * 160 * (account + 4)) / 10;
}

function rowAt(at: number, account: number): LedgerRow {
  const windows = lengths.slice(0, windowsOf(account)).map((windowMs, index): Window => {
    const resetsAt = start + (Math.floor((at - start) / windowMs) + 1) * windowMs;
    const use = {state: 'known', usedPercent: Math.round(usedAt(at, windowMs, account))} as const;
    return {id: ['5h', 'weekly', '30d'][index] ?? '', pool: null, windowMs, resetsAt, use, unit: 'percent'};
  });
  const reading = {plan: 'Pro', windows, amounts: [], notes: []};
  return {
    ...{key: `openai:${account}`, provider: 'openai', label: 'user@example.com', source: 'bench', fingerprint: 'abc'},
    ...{reading, readAt: at, failure: null, lastAttemptAt: at, dueAt: at + 2 * minute, failures: 0},
  };
}

function sizeIn(directory: string): {bytes: number; rows: number} {
  const db = new DatabaseSync(join(directory, 'state.db'));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const rows = Number(db.prepare('SELECT count(*) AS n FROM usage').get()?.n);
  db.close();
  return {bytes: statSync(join(directory, 'state.db')).size, rows};
}

const pageBytes = 4096 + 24;
const walHeader = 32;

export async function history(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  return [yearOf(options), await scripts(workshop, options)];
}

function yearOf({quick}: BenchOptions): Table {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-bench-history-'));
  let now = start;
  const ledger = openLedger({directory, onNotice: notice => process.stderr.write(`${notice.text}\n`), now: () => now});
  try {
    const [days, everyMs] = quick ? [2, hour] : [365, 15 * minute];
    let polls = 0;
    const startedAt = performance.now();
    const poll = (at: number): void => {
      now = at;
      for (let account = 0; account < accounts; account += 1) ledger.settle(rowAt(at, account), at);
      polls += accounts;
    };
    for (let at = start; at < start + days * day; at += everyMs) poll(at);
    const ms = performance.now() - startedAt;
    const {bytes, rows} = sizeIn(directory);
    const before = polls;
    for (let at = 1; at <= 20; at += 1) poll(start + days * day + at * 2 * minute);
    const pages = (statSync(join(directory, 'state.db-wal')).size - walHeader) / pageBytes / (polls - before);
    const title = `${days} days of ${accounts} accounts with 20 windows, read every ${everyMs / minute} minutes round the clock`;
    return {
      title,
      columns: ['state.db MB', 'rows', 'ms a reading', 'WAL pages a reading'],
      rows: [[megabytes(bytes), String(rows), figure(ms / before, 2), figure(pages, 1)]],
      notes: ['Aims: a year in 3 MB, 8 pages a reading.'],
    };
  } finally {
    ledger.close();
    rmSync(directory, {recursive: true, force: true});
  }
}
