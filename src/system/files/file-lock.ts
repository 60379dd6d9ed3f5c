import {closeSync, constants, openSync} from 'node:fs';
import {basename} from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import {setTimeout as pause} from 'node:timers/promises';
import {sqlite, troubleOf} from '../ledger/sqlite-module.ts';
import {ignoreErrors, requireFileOrNothing, sweepLeftovers} from './private-file.ts';
import {codeOf, Trouble} from './trouble.ts';

// Whoever holds the lock writes one small file; longer than this means that something is wrong.
const patienceMs = 10_000;

/**
 * Runs `work` while no other process (and nobody else here) holds the lock of this file. The lock is the kernel's, on an
 * empty database beside the file: it ends with its process, however that dies, so there are no stale locks to break.
 * What writers that were killed left beside the file is swept first. Throws when the lock stays taken for ten seconds, and
 * whatever `work` throws.
 */
export async function withLock<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const release = tryLock(path, 0);
    if (release) {
      try {
        return await work();
      } finally {
        release();
      }
    }
    if (performance.now() > deadline) throw new Trouble('another program has locked it', 'Try again later.');
    // Uneven steps, so that several waiting processes do not collide again and again.
    await pause(5 + Math.random() * 20);
  }
}

/** The same for work that cannot wait for a promise: waits up to `waitMs` in place, then goes on without the lock. */
export function withLockNow<T>(path: string, waitMs: number, work: () => T): T {
  const release = tryLock(path, waitMs);
  try {
    return work();
  } finally {
    release?.();
  }
}

function tryLock(path: string, waitMs: number): (() => void) | null {
  const db = new (sqlite().DatabaseSync)(lockFileOf(path));
  try {
    db.exec(`PRAGMA busy_timeout = ${waitMs}; BEGIN EXCLUSIVE`);
    sweepLeftovers(path);
    return () => closeQuietly(db);
  } catch (error) {
    closeQuietly(db);
    if (troubleOf(error) === 'busy') return null;
    // A file system without locks: writing without one is better than not writing at all.
    return () => {};
  }
}

/** Made when it is missing. Throws for what is no file: nobody may ever come to the other end of a pipe. */
function lockFileOf(path: string): string {
  const file = `${path}.lock`;
  try {
    requireFileOrNothing(file);
    closeSync(openSync(file, constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), 0o600));
    requireFileOrNothing(file);
    return file;
  } catch (error) {
    throw error instanceof Trouble || codeOf(error) === 'ENXIO' ? notALock(file) : error;
  }
}

const notALock = (file: string) => new Trouble(`${basename(file)} is not a regular file`, 'Move it away.');

/** Closing gives locks back and rolls back what is open. */
export const closeQuietly = (db: Pick<DatabaseSync, 'close'>): void => ignoreErrors(() => db.close(), undefined);
