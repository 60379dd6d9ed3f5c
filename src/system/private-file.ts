import {chmodSync, mkdirSync, readFileSync, renameSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {resolve} from 'node:path';

/** Modes mean nothing on Windows; there the user's profile is private by its place. */
const hasModes = process.platform !== 'win32';
const privateDirectory = 0o700;
const privateFile = 0o600;
const othersMask = 0o077;
const stickyBit = 0o1000;

/** Makes the directory and what is missing above it, for its owner alone. Throws what `mkdir` throws. */
export function makePrivateDirectory(directory: string): void {
  mkdirSync(directory, {recursive: true, mode: privateDirectory});
}

const fileCap = 1_048_576;

/**
 * The text of a file of ours. Throws what the file system throws, and for what cannot be one: a pipe into which nobody
 * writes would stop the program for ever, a device without an end would fill its memory.
 */
export function readOwnText(path: string): string {
  const stat = statSync(path);
  if (!stat.isFile() && !stat.isDirectory()) throw new Error('it is not a regular file');
  if (stat.isFile() && stat.size > fileCap) throw new Error('it is larger than 1 MiB');
  return readFileSync(path, 'utf8');
}

export type Mended = 'fine' | 'mended' | 'refused';

/** Takes a file or directory away from everybody but its owner, where others may look into it. Throws nothing. */
export function mend(path: string): Mended {
  if (!hasModes) return 'fine';
  try {
    const stat = statSync(path, {throwIfNoEntry: false});
    if (!stat || (stat.mode & othersMask) === 0) return 'fine';
    if (stat.isDirectory() && isForOthersToo(path, stat.mode)) return 'fine';
    chmodSync(path, stat.isDirectory() ? privateDirectory : privateFile);
    return 'mended';
  } catch {
    return 'refused';
  }
}

// Somebody may point our directory at their home or at /tmp. Closing those would break other programs.
const isForOthersToo = (directory: string, mode: number) =>
  (mode & stickyBit) !== 0 || resolve(directory) === resolve(homedir());

/** Renames a file that cannot be used, so that nothing of it is lost: `state.db.corrupt-20261122T090000000Z`. */
export function setAside(path: string, why: 'corrupt' | 'bad', now: number): string {
  const aside = `${path}.${why}-${new Date(now).toISOString().replace(/[-:.]/g, '')}`;
  renameSync(path, aside);
  return aside;
}

/** Which file stands at a path: changes when another one takes its place. Null when there is none. */
export function identityOf(path: string): string | null {
  const stat = statSync(path, {throwIfNoEntry: false});
  return stat ? `${stat.dev}:${stat.ino}` : null;
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a file stands where a directory should be',
  EEXIST: 'a file stands where a directory should be',
  EISDIR: 'a directory stands where the file should be',
  EMFILE: 'too many open files',
};
const sqliteReasons: Record<number, string> = {
  5: 'another program keeps it locked',
  8: 'it is read-only',
  10: 'reading or writing the disk failed',
  13: 'the disk is full',
  14: 'it cannot be opened',
};

/** Why a file could not be used, in a few words without any path: paths carry the user's name. */
export function reasonOf(error: unknown): string {
  const {code, errcode} = error as {code?: unknown; errcode?: unknown};
  if (typeof errcode === 'number') return sqliteReasons[errcode & 0xff] ?? `SQLite error ${errcode}`;
  if (typeof code === 'string') return reasons[code] ?? code;
  return error instanceof Error ? error.message : 'unknown reason';
}

/** The `code` of a system error: 'ENOENT', …; empty when there is none. */
export const codeOf = (error: unknown): string => String((error as {code?: unknown} | null)?.code ?? '');

/** For what may fail without any consequence. */
export function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
