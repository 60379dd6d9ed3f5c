import {closeSync, constants, copyFileSync, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import {openAt, sqlite} from '../ledger/sqlite-module.ts';
import {inTemporaryDirectory} from './temporary-directory.ts';
import {codeOf} from './trouble.ts';

/**
 * Another program's SQLite file, read without leaving a trace. For a store in WAL mode SQLite wants two files beside it
 * and makes those that are missing, readers too; and they would stay. So, by the state in which the store is found:
 *
 * - in the older mode (no WAL): in place. There are only locks, which are heeded.
 * - at rest (nothing in the log): in place, as it stands. The file is complete, and no file beside it is looked at.
 * - in use: from a private copy of file and log.
 * - in use and large: in place, but only where both files are there already; otherwise from a copy as well.
 *
 * In one go, without a pause: a store that is written all the time is still for moments only.
 */
export function readStore<T>(path: string, read: (db: DatabaseSync) => T, copyFile: CopyFile = copyFileSync): T {
  const before = stampOf(path);
  if (!before.isWal) return using(new (sqlite().DatabaseSync)(path, {readOnly: true}), read);
  if (before.log === '') return atRest(path, before, read) ?? fromCopy(path, before, read, copyFile);
  if (before.size > mostCopiedInUse) return inUse(path, read) ?? fromCopy(path, before, read, copyFile);
  try {
    return fromCopy(path, before, read, copyFile);
  } catch (error) {
    if (!hasNoRoom.has(codeOf(error))) throw error;
    const found = inUse(path, read);
    if (found === null) throw new UnreadableStore('it is in use, and there is no space for a copy');
    return found;
  }
}

type CopyFile = typeof copyFileSync;

const hasNoRoom = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

// Copying this much takes some milliseconds; a store in use is read again and again.
const mostCopiedInUse = 16 * 1_048_576;
// Beyond this a copy would hold up the screen.
const mostCopied = 64 * 1_048_576;

/** The store was changed while it was read, in a way that may have mixed old and new: to be tried again. */
export class StoreChanged extends Error {
  override readonly name = 'StoreChanged';
}

/** What cannot be read however often it is tried, in words for the user. */
export class UnreadableStore extends Error {
  override readonly name = 'UnreadableStore';
}

/** Tells whether what was read between two of them belongs together. */
type Stamp = {
  isWal: boolean;
  size: number;
  /** Changes when the file is written. */
  file: string;
  /** The head of the log, which changes when the log begins anew; empty when there is no log or nothing in it. */
  log: string;
};

// Of the head of a log; with it the log has its first entry.
const logHead = 32;

function stampOf(path: string): Stamp {
  // Where there is one, SQLite looks into it; where it is a pipe, for ever.
  if (statSync(`${path}-journal`, {throwIfNoEntry: false})?.isFile() === false) throw noLog();
  const log = logHeadOf(path);
  const {size, mtimeNs, ino} = statSync(path, {bigint: true});
  const [version = 0] = bytesOf(path, 18, 1);
  return {isWal: version === 2 || log !== '', size: Number(size), file: [size, mtimeNs, ino].join(' '), log};
}

const noLog = () => new UnreadableStore('its log is not a file');

function logHeadOf(path: string): string {
  try {
    return bytesOf(`${path}-wal`, 0, logHead).toString('hex');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function bytesOf(path: string, position: number, length: number): Buffer {
  // Not blocking: nobody may ever come to the other end of a pipe.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(file).isFile()) throw noLog();
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, position));
  } finally {
    closeSync(file);
  }
}

function using<T>(db: DatabaseSync, read: (db: DatabaseSync) => T): T {
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** Null where addresses are not understood: Node before 22.15. */
function atRest<T>(path: string, before: Stamp, read: (db: DatabaseSync) => T): T | null {
  const db = openAt(path, 'immutable');
  if (db === null) return null;
  const found = using(db, read);
  const after = stampOf(path);
  if (after.file !== before.file || after.log !== '') throw new StoreChanged();
  return found;
}

/** Null where the files beside the store do not suffice, or may not be used. */
function inUse<T>(path: string, read: (db: DatabaseSync) => T): T | null {
  const db = openAt(path, 'readonly_shm');
  if (db === null) return null;
  try {
    return using(db, read);
  } catch (error) {
    if (cannotOpen.has(Number((error as {errcode?: unknown}).errcode) & 0xff)) return null;
    throw error;
  }
}

// Read-only, and not to be opened: what SQLite says when it may not make a file that it wants.
const cannotOpen = new Set([8, 14]);

/**
 * The file first, then its log: whatever its owner moved from the log into the file meanwhile is in the log as well, as
 * long as that did not begin anew; and the log ends where its last whole transaction does. So what is read is the store
 * as it was at one moment.
 */
function fromCopy<T>(path: string, before: Stamp, read: (db: DatabaseSync) => T, copyFile: CopyFile): T {
  if (before.size > mostCopied) throw new UnreadableStore('it is in use, and too large to copy');
  return inTemporaryDirectory(directory => {
    const copy = join(directory, 'store.db');
    copyFile(path, copy, constants.COPYFILE_FICLONE);
    if (before.log !== '') copyLog(`${path}-wal`, `${copy}-wal`, copyFile);
    const after = stampOf(path);
    if (after.log !== before.log || (before.log === '' && after.file !== before.file)) throw new StoreChanged();
    return using(new (sqlite().DatabaseSync)(copy), read);
  });
}

function copyLog(log: string, copy: string, copyFile: CopyFile): void {
  try {
    copyFile(log, copy);
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new StoreChanged() : error;
  }
}
