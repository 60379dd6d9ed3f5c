import {chmodSync, lstatSync, mkdirSync, realpathSync, type Stats, statSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {homeOf, isNamedAfterUs, noHome} from '../paths.ts';
import {Trouble} from './trouble.ts';

/** Modes and owners mean nothing on Windows; there the user's profile is private by its place. */
const userId = process.getuid?.();
const privateMode = 0o700;
const othersMask = 0o077;
const writableByGroup = 0o020;
const writableByAll = 0o002;
const stickyBit = 0o1000;

/**
 * Makes the directory and what is missing above it, for its owner alone; never a home directory, which is somebody
 * else's to make. Throws what `mkdir` throws; step by step, because Node's own way may hide the reason.
 */
export function makePrivateDirectory(directory: string): void {
  const missing = missingLevels(resolve(directory));
  if ([noHome, homeOf(process.env, process.platform)].some(home => missing.includes(resolve(home))))
    throw new Trouble('the home directory does not exist', 'Set HOME.');
  for (const level of missing) mkdirUnlessThere(level);
}

/** From the highest one that is not there down to the directory itself. */
function missingLevels(directory: string): string[] {
  if (statSync(directory, {throwIfNoEntry: false}) !== undefined) return [];
  const parent = dirname(directory);
  return parent === directory ? [] : [...missingLevels(parent), directory];
}

function mkdirUnlessThere(directory: string): void {
  try {
    mkdirSync(directory, {mode: privateMode});
  } catch (error) {
    // Another copy may have been faster.
    if (!statSync(directory, {throwIfNoEntry: false})?.isDirectory()) throw error;
  }
}

/** True for a directory that its owner, who is this user, shares with nobody; also for one that is not there. */
export function isPrivate(directory: string): boolean {
  const stat = statSync(directory, {throwIfNoEntry: false});
  return userId === undefined || stat === undefined || (stat.uid === userId && (stat.mode & othersMask) === 0);
}

/**
 * Takes a directory that bears our name away from everybody but its owner. Any other one is somebody's who chose its
 * mode, and is left alone. True when the mode was changed. Throws what `chmod` throws.
 */
export function restrictOwnDirectory(directory: string): boolean {
  if (isPrivate(directory) || !isNamedAfterUs(directory) || statSync(directory).uid !== userId) return false;
  chmodSync(directory, privateMode);
  return true;
}

/** Throws, in words for the user, where secrets would lie among other people's files. */
export function requirePrivate(directory: string): void {
  if (isPrivate(directory)) return;
  throw statSync(directory).uid === userId
    ? new Trouble('other users can access its directory', 'Restrict it (chmod 700), or set MYSTATUS_CONFIG_DIR.')
    : new Trouble('its directory belongs to another user', 'Set MYSTATUS_CONFIG_DIR.');
}

/**
 * True when nobody but this user and root can put something else in the place of what stands at the path: they own it
 * and every directory above it, and nobody else may write there. Throws what `lstat` throws.
 */
export function isBeyondOthers(path: string): boolean {
  if (userId === undefined) return true;
  // The system's own way is one call; both are the same path as a rule.
  const ways = new Set([path, realpathSync.native(path)]);
  return [...ways].every(each => levelsOf(each).every(level => isFixed(lstatSync(level))));
}

const levelsOf = (path: string): string[] => (dirname(path) === path ? [path] : [...levelsOf(dirname(path)), path]);

function isFixed(stat: Stats): boolean {
  if (stat.uid !== userId && stat.uid !== 0) return false;
  if (stat.isSymbolicLink()) return true;
  // In a sticky directory nobody can move what is another's.
  return (stat.mode & stickyBit) !== 0 || ((stat.mode & writableByAll) === 0 && !isOpenToGroup(stat));
}

// Where every user has a group of the same number, and is alone in it, "writable by the group" says nothing.
const isOpenToGroup = ({mode, uid, gid}: Stats): boolean => (mode & writableByGroup) !== 0 && gid !== uid;
