import {
  accessSync,
  chmodSync,
  constants,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {fileCap} from './read.ts';
import {codeOf, Trouble} from './trouble.ts';

export {makePrivateDirectory} from './private-directory.ts';
export {codeOf, reasonOf} from './trouble.ts';

/** Modes mean nothing on Windows; there the user's profile is private by its place. */
const hasModes = process.platform !== 'win32';
const privateMode = 0o600;
const othersMask = 0o077;

/**
 * The text of a file of ours. Throws what the file system throws, and for what cannot be one: a pipe into which nobody
 * writes would stop the program for ever, a device without an end would fill its memory.
 */
export function readOwnText(path: string): string {
  const stat = statSync(path);
  if (!stat.isDirectory()) requireRegular(stat);
  if (stat.isFile() && stat.size > fileCap) throw new Trouble('it is larger than 1 MiB', 'Move it away.');
  return readFileSync(path, 'utf8');
}

/** Throws for what stands where a file of ours should be and is none; it may be missing. */
export function requireFileOrNothing(path: string): void {
  const stat = statSync(path, {throwIfNoEntry: false});
  if (stat !== undefined) requireRegular(stat);
}

function requireRegular(stat: Stats): void {
  if (stat.isDirectory()) throw new Trouble('a directory is where the file should be', 'Move it away.');
  if (!stat.isFile()) throw new Trouble('it is not a regular file', 'Move it away.');
}

/** Takes a file of ours away from everybody but its owner. True when others could use it before. Throws what `chmod` throws. */
export function restrictFile(path: string): boolean {
  const stat = hasModes ? statSync(path, {throwIfNoEntry: false}) : undefined;
  if (!stat?.isFile() || (stat.mode & othersMask) === 0) return false;
  chmodSync(path, privateMode);
  return true;
}

/** Renames a file that cannot be used, so that nothing of it is lost: `state.db.corrupt-20261122T090000000Z`. */
export function quarantine(path: string, why: 'corrupt' | 'bad', now: number): string {
  const aside = `${path}.${why}-${new Date(now).toISOString().replace(/[-:.]/g, '')}`;
  renameSync(path, aside);
  return aside;
}

/**
 * Removes what writers that were killed left beside a file: its next content, under a name of its own. Only for the
 * holder of the file's lock, whose own has none yet. Throws nothing.
 */
export function sweepLeftovers(path: string): void {
  const real = ignoreErrors(() => realpathSync(path), path);
  for (const each of new Set([path, real])) {
    const directory = dirname(each);
    const left = ignoreErrors(() => readdirSync(directory), []).filter(name =>
      name.startsWith(`${basename(each)}.tmp-`),
    );
    for (const name of left) ignoreErrors(() => rmSync(join(directory, name)), undefined);
  }
}

/** Puts a file in the place of what is there, for its owner alone: whole or not at all. Throws what the file system throws. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const next = `${path}.tmp-${process.pid}`;
  rmSync(next, {force: true});
  try {
    writeFileSync(next, content, {mode: privateMode, flag: 'wx'});
    renameSync(next, path);
  } catch (error) {
    ignoreErrors(() => rmSync(next, {force: true}), undefined);
    throw error;
  }
}

/** SQLite only says that it could not use a file; the file system knows why. */
export function causeOf(error: unknown, path: string): unknown {
  if (typeof (error as {errcode?: unknown}).errcode !== 'number') return error;
  const refusals = [dirname(path), path].map(each => refusalOf(() => accessSync(each, constants.W_OK)));
  return refusals.find(refusal => refusal !== null && codeOf(refusal) !== 'ENOENT') ?? error;
}

function refusalOf(work: () => void): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
}

/** Which file stands at a path: changes when another one takes its place. Null when there is none. */
export function identityOf(path: string): string | null {
  const stat = statSync(path, {throwIfNoEntry: false});
  return stat ? `${stat.dev}:${stat.ino}` : null;
}

/** For what may fail without any consequence. */
export function ignoreErrors<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
