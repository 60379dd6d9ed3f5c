import {stat} from 'node:fs/promises';
import {setTimeout as pause} from 'node:timers/promises';
import {lockedWhy, type Machine, type Rows} from '../../core/provider.ts';
import {readStore, StoreChanged, UnreadableStore} from './foreign-store.ts';
import {broken, deniedWhy, unreadableBy, unreadableReason} from './read.ts';
import {codeOf} from './trouble.ts';

// SQLite waits for a lock by blocking the whole program, so each try waits briefly and the longer waits are ours.
const busyTimeoutMs = 20;
const pausesMs = [100, 300];
// Another program may hold a lock for a second or two; then its store is left alone for a moment.
const lockPausesMs = [50, 100, 150, 200, 300, 300, 400, 400];
const leaveAloneMs = 5000;
// A store that was changed while it was read is ready again at once.
const changePausesMs = [0, 1, 2, 5, 10, 20, 50, 100, 200, 300, 400];
const locked = new Set([5, 6]);

// Unreadable, torn, not to be opened: what another program that is writing can cause.
const passing = new Set([10, 11, 14, 15]);

type Parameters = readonly (string | number)[];
type Row = Record<string, unknown>;

/**
 * Rows of read-only queries on other programs' SQLite files. Nothing is written there; throws nothing. A store has one
 * reader at a time: a lock is waited for once, and not by every provider in its turn.
 */
export function createQuery(): Machine['query'] {
  const lines = new Map<string, Promise<Rows>>();
  const givenUpAt = new Map<string, number>();

  async function read(path: string, sql: string, parameters: Parameters): Promise<Rows> {
    const isLeftAlone = performance.now() - (givenUpAt.get(path) ?? Number.NEGATIVE_INFINITY) < leaveAloneMs;
    const rows = await queryFile(path, sql, parameters, isLeftAlone ? [] : lockPausesMs);
    if (rows.state === 'unreadable' && rows.reason === 'locked') givenUpAt.set(path, performance.now());
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
    if (!(await stat(path)).isFile()) return broken('it is not a regular file');
    return {state: 'ok', rows: await patiently(() => rowsOf(path, sql, parameters), lockPauses)};
  } catch (error) {
    const why = storeReason(error) ?? sqliteReason(error);
    return why === undefined ? unreadableBy(error) : {state: 'unreadable', why, reason: unreadableReason(why)};
  }
}

async function patiently<T>(read: () => T, lockPauses: readonly number[]): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return read();
    } catch (error) {
      const pauseMs = pausesAfter(error, lockPauses)[tries];
      if (pauseMs === undefined) throw error;
      await pause(pauseMs);
    }
  }
}

function pausesAfter(error: unknown, lockPauses: readonly number[]): readonly number[] {
  if (error instanceof StoreChanged) return changePausesMs;
  const kind = kindOf(error);
  return locked.has(kind) ? lockPauses : passing.has(kind) ? pausesMs : [];
}

function rowsOf(path: string, sql: string, parameters: Parameters): Row[] {
  return readStore(path, database => {
    database.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
    return database
      .prepare(sql)
      .all(...parameters)
      .map(row => ({...row}));
  });
}

/** The primary kind among SQLite's result codes; 0 for errors that are not SQLite's. */
const kindOf = (error: unknown): number =>
  codeOf(error) === 'ERR_SQLITE_ERROR' ? Number((error as {errcode?: unknown}).errcode) & 0xff : 0;

function storeReason(error: unknown): string | undefined {
  if (error instanceof UnreadableStore) return error.message;
  return error instanceof StoreChanged ? lockedWhy : undefined;
}

/** SQLite's own words may quote the query or the content: only the kind of error is told. */
function sqliteReason(error: unknown): string | undefined {
  return codeOf(error) === 'ERR_SQLITE_ERROR' ? (reasons[kindOf(error)] ?? 'SQLite cannot read it') : undefined;
}

const reasons: Record<number, string> = {
  1: 'its tables have an unknown format',
  3: deniedWhy,
  5: lockedWhy,
  6: lockedWhy,
  8: 'another program left it half written',
  10: 'it cannot be read from the disk',
  11: 'it is damaged',
  14: 'it cannot be opened',
  23: deniedWhy,
  26: 'it is not a SQLite file',
};
