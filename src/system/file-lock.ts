import {closeSync, openSync} from 'node:fs';
import type {DatabaseSync} from 'node:sqlite';
import {setTimeout as pause} from 'node:timers/promises';
import {quietly} from './private-file.ts';
import {sqlite, troubleOf} from './sqlite-module.ts';

// Whoever holds the lock writes one small file; longer than this means that something is wrong.
const patienceMs = 10_000;

/**
 * Runs `work` while no other process (and nobody else here) holds the lock of this file. The lock is the kernel's, on an
 * empty database beside the file: it ends with its process, however that dies, so there are no stale locks to break.
 * Throws when the lock stays taken for ten seconds, and whatever `work` throws.
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
    if (performance.now() > deadline) throw new Error('another program keeps it locked');
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
  const file = `${path}.lock`;
  closeSync(openSync(file, 'a', 0o600));
  const db = new (sqlite().DatabaseSync)(file);
  try {
    db.exec(`PRAGMA busy_timeout = ${waitMs}; BEGIN EXCLUSIVE`);
    return () => closeQuietly(db);
  } catch (error) {
    closeQuietly(db);
    if (troubleOf(error) === 'busy') return null;
    // A file system without locks: writing without one is better than not writing at all.
    return () => {};
  }
}

/** Closing gives locks back and rolls back what is open. */
export const closeQuietly = (db: Pick<DatabaseSync, 'close'>): void => quietly(() => db.close(), undefined);
