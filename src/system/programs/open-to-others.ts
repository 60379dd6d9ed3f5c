import {lstat, realpath} from 'node:fs/promises';
import {dirname} from 'node:path';

const writableByGroup = 0o020;
const writableByAll = 0o002;
const stickyBit = 0o1000;

/**
 * Whether other users could have put something else in the place of a program: it, or a directory above it, can be written
 * by everybody, or the program itself by a group. Directories may be a group's: package managers share theirs.
 */
export async function isOpenToOthers(program: string): Promise<boolean> {
  if (process.getuid === undefined) return false; // there the bits say nothing
  try {
    const places = [...new Set([program, await realpath(program)])];
    return (await Promise.all(places.map(isOpen))).some(Boolean);
  } catch {
    return false; // it is not there: who starts it will say so
  }
}

async function isOpen(program: string): Promise<boolean> {
  const {mode, uid, gid} = await lstat(program);
  const isLink = (mode & 0o170000) === 0o120000;
  // Where every user has a group of the same number, and is alone in it, it is nobody else's.
  const isOfGroup = (mode & writableByGroup) !== 0 && gid !== uid;
  if (!isLink && ((mode & writableByAll) !== 0 || isOfGroup)) return true;
  const directories = await Promise.all(above(program).map(directory => lstat(directory)));
  // In a sticky directory nobody can move what is another's.
  return directories.some(
    each => (each.mode & writableByAll) !== 0 && (each.mode & stickyBit) === 0 && each.isDirectory(),
  );
}

const above = (path: string): string[] => {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...above(parent)];
};
