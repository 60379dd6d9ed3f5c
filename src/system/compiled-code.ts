import {lstatSync, mkdirSync, readdirSync, rmSync, statfsSync} from 'node:fs';
import * as nodeModule from 'node:module';
import {join} from 'node:path';
import {isBeyondOthers} from './files/private-directory.ts';
import {homeOf, pathsOf} from './paths.ts';

// Node leaves empty files behind where there is no room for what it wants to keep (less than a megabyte).
const leastFreeBytes = 32 * 1_048_576;
const othersMask = 0o077;
const writableByOthers = 0o022;

/**
 * Keeps what Node makes of our code beside the ledger, so that the next start need not make it again: a quarter of what
 * a status bar waits for. Only where a ledger's directory is there already: this makes no places of its own. What lies
 * there is run, so nobody else may have been able to put it there, neither now nor through any directory above.
 */
export function keepCompiledCode(version: string, {env, platform, argv} = process): void {
  // The demo writes nothing at all.
  if (argv.some(each => /^--demo(=|$)/.test(each))) return;
  try {
    const {stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
    const place = placeForCode(stateDirectory, version);
    if (place !== null) nodeModule.enableCompileCache(place);
  } catch {
    // Then every start is like the first.
  }
}

function hasRoom(directory: string): boolean {
  const {bavail, bsize} = statfsSync(directory);
  return bavail * bsize >= leastFreeBytes;
}

/** Makes the place for code of this version; null where there may be none. Throws where there is no such directory. */
export const placeForCode = (stateDirectory: string, version: string): string | null =>
  isBeyondOthers(stateDirectory) && hasRoom(stateDirectory) ? placeIn(stateDirectory, version) : null;

/** `code/<version>`, for its owner alone. What others could have touched, and what another version left, is not kept. */
function placeIn(stateDirectory: string, version: string): string {
  const code = join(stateDirectory, 'code');
  const directory = join(code, version);
  if (isPrivate(code) && isPrivate(directory) && isOurs(directory)) return directory;
  rmSync(code, {recursive: true, force: true});
  mkdirSync(code, {mode: 0o700});
  mkdirSync(directory, {mode: 0o700});
  return directory;
}

/** The place for code of this version where it is there already and nobody else could have put anything into it; else null. */
export function trustedCodeIn(stateDirectory: string, version: string): string | null {
  const code = join(stateDirectory, 'code');
  const directory = join(code, version);
  return isBeyondOthers(stateDirectory) && isPrivate(code) && isPrivate(directory) ? directory : null;
}

const isPrivate = (directory: string): boolean => isOwnDirectory(directory, othersMask);

function isOwnDirectory(directory: string, mask: number): boolean {
  const stat = lstatSync(directory, {throwIfNoEntry: false});
  return stat?.isDirectory() === true && isOwn(stat, mask);
}

/** Everything below: Node's own directory by its version, and the files in it. */
function isOurs(directory: string): boolean {
  return readdirSync(directory, {withFileTypes: true}).every(entry => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isOwnDirectory(path, writableByOthers) && isOurs(path);
    return entry.isFile() && isOwn(lstatSync(path), writableByOthers);
  });
}

const isOwn = ({uid, mode}: {uid: number; mode: number}, mask: number): boolean =>
  process.getuid === undefined || (uid === process.getuid() && (mode & mask) === 0);

/** For a program that may be killed before its end, when all that it needs to start is loaded. */
export function writeCompiledCode(): void {
  nodeModule.flushCompileCache();
}
