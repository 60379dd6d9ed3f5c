import {open, stat} from 'node:fs/promises';
import type {DatabaseSync} from 'node:sqlite';
import {setTimeout as pause} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {lockedWhy, type Machine, type Rows} from '../core/provider.ts';
import {codeOf, reasonOf} from './files.ts';
import {sqlite} from './sqlite-module.ts';

// SQLite waits for a lock by blocking the whole program, so each try waits briefly and the longer waits are ours.
const busyTimeoutMs = 20;
const pausesMs = [100, 300];
// Another program may hold a lock for a second or two; then its store is left alone for a moment.
const lockPausesMs = [50, 100, 150, 200, 300, 300, 400, 400];
const leaveAloneMs = 5000;
const locked = new Set([5, 6]);

// Unreadable, torn, not to be opened: what another program that is writing can cause.
const passing = new Set([10, 11, 14, 15]);

type Parameters = readonly (string | number)[];
type Row = Record<string, unknown>;

/**
 * Rows of read-only queries on other programs' SQLite files, in place. Nothing is written; throws nothing. A store has one
 * reader at a time: a lock is waited for once, and not by every provider in its turn.
 */
export function createQuery(): Machine['query'] {
  const lines = new Map<string, Promise<Rows>>();
  const givenUpAt = new Map<string, number>();

  async function read(path: string, sql: string, parameters: Parameters): Promise<Rows> {
    const isLeftAlone = performance.now() - (givenUpAt.get(path) ?? Number.NEGATIVE_INFINITY) < leaveAloneMs;
    const rows = await queryFile(path, sql, parameters, isLeftAlone ? [] : lockPausesMs);
    if ('why' in rows && rows.why === lockedWhy) givenUpAt.set(path, performance.now());
    else givenUpAt.delete(path);
    return rows;
  }

  return (path, sql, ...parameters) => {
    const rows = (lines.get(path) ?? Promise.resolve()).then(() => read(path, sql, parameters));
    lines.set(path, rows);
    return rows;
  };
}

async function queryFile(
  path: string,
  sql: string,
  parameters: Parameters,
  lockPauses: readonly number[],
): Promise<Rows> {
  try {
    if (!(await stat(path)).isFile()) return {state: 'unreadable', why: 'it is not a regular file'};
    return {state: 'ok', rows: await patiently(() => rowsOf(path, sql, parameters), lockPauses)};
  } catch (error) {
    const why = sqliteReason(error) ?? reasonOf(error);
    return why === null ? {state: 'missing'} : {state: 'unreadable', why};
  }
}

async function patiently<T>(read: () => Promise<T>, lockPauses: readonly number[]): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      const kind = kindOf(error);
      const pauseMs = (locked.has(kind) ? lockPauses : passing.has(kind) ? pausesMs : [])[tries];
      if (pauseMs === undefined) throw error;
      await pause(pauseMs);
    }
  }
}

async function rowsOf(path: string, sql: string, parameters: Parameters): Promise<Row[]> {
  const database = openStore(path, await isAtRest(path));
  try {
    database.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
    const rows = database.prepare(sql).all(...parameters);
    return rows.map(row => ({...row}));
  } finally {
    database.close();
  }
}

// For a store in WAL mode SQLite wants two helper files beside it and creates them. While nobody has the store open there
// is no log and the file itself is complete: read as it stands, it leaves the other program's directory untouched.
// In the older mode there are only locks, which must be heeded.
const isAtRest = async (path: string): Promise<boolean> => !(await exists(`${path}-wal`)) && (await isWal(path));

/** Bytes 18 and 19 of the file tell the versions needed to write and to read it: 2 is WAL. */
async function isWal(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const {buffer} = await file.read(Buffer.alloc(2), 0, 2, 18);
    return buffer[0] === 2 || buffer[1] === 2;
  } finally {
    await file.close();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function openStore(path: string, atRest: boolean): DatabaseSync {
  const {DatabaseSync} = sqlite();
  try {
    return new DatabaseSync(atRest ? immutable(path) : path, {readOnly: true});
  } catch (error) {
    if (codeOf(error) !== 'ERR_INVALID_ARG_TYPE') throw error;
    return new DatabaseSync(path, {readOnly: true}); // Node before 22.15 takes no URL
  }
}

function immutable(path: string): URL {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return url;
}

/** The primary kind among SQLite's result codes; 0 for errors that are not SQLite's. */
const kindOf = (error: unknown): number =>
  codeOf(error) === 'ERR_SQLITE_ERROR' ? Number((error as {errcode?: unknown}).errcode) & 0xff : 0;

/** SQLite's own words may quote the query or the content: only the kind of error is told. */
function sqliteReason(error: unknown): string | undefined {
  return codeOf(error) === 'ERR_SQLITE_ERROR' ? (reasons[kindOf(error)] ?? 'SQLite cannot read it') : undefined;
}

const reasons: Record<number, string> = {
  1: 'its tables have an unknown form',
  3: 'permission denied',
  5: lockedWhy,
  6: lockedWhy,
  10: 'it cannot be read from the disk',
  11: 'it is damaged',
  14: 'it cannot be opened',
  23: 'permission denied',
  26: 'it is not a SQLite file',
};
