import {realpathSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {ignoreErrors} from '../files/private-file.ts';

/** Modes and owners mean nothing on Windows. */
const userId = process.getuid?.();
const writable = 0o022;

/** The mode of a file that others may write to, as `chmod` has it: '664'; null for any other, and for one that is not there. */
export function writableByOthers(path: string): string | null {
  const stat = userId === undefined ? undefined : ignoreErrors(() => statSync(path), undefined);
  return stat !== undefined && (stat.mode & writable) !== 0 ? (stat.mode & 0o777).toString(8) : null;
}

export type ProgramTrouble = {path: string; why: 'writable' | 'foreign'};

/** Why a program may be another's by now: it or its directory can be written to by others, or belongs to somebody else. */
export function troubleWith(path: string): ProgramTrouble | null {
  const real = ignoreErrors(() => realpathSync(path), path);
  for (const each of new Set([path, dirname(path), real, dirname(real)])) {
    if (writableByOthers(each) !== null) return {path: each, why: 'writable'};
    const owner = ignoreErrors(() => statSync(each).uid, userId);
    if (userId !== undefined && owner !== userId && owner !== 0) return {path: each, why: 'foreign'};
  }
  return null;
}
