import type {DatabaseSync} from 'node:sqlite';
import {pathToFileURL} from 'node:url';
import {codeOf} from '../files/trouble.ts';

type Sqlite = typeof import('node:sqlite');

let loaded: Sqlite | undefined;

/**
 * Node's own SQLite, loaded when first asked for: a Node without it can still load this file and say what is missing.
 * Throws where there is none.
 */
export function sqlite(): Sqlite {
  loaded ??= withoutWarnings(() => process.getBuiltinModule('node:sqlite'));
  if (!loaded) throw new Error(`Node ${process.versions.node} has no SQLite`);
  return loaded;
}

// Node 22 prints an ExperimentalWarning as the module loads; on a full screen that would be garbage.
function withoutWarnings<T>(load: () => T): T {
  const {emitWarning} = process;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/**
 * Even a reader makes the files beside a store where they are missing, and they stay. `immutable`: it is taken as it
 * stands, and none of them is looked at; `readonly_shm`: those that are there are used, and none is made. Null where
 * addresses are not understood: Node before 22.15.
 */
export function openAt(path: string, parameter: 'immutable' | 'readonly_shm'): DatabaseSync | null {
  const address = pathToFileURL(path);
  address.searchParams.set(parameter, '1');
  try {
    return new (sqlite().DatabaseSync)(address, {readOnly: true});
  } catch (error) {
    if (codeOf(error) === 'ERR_INVALID_ARG_TYPE') return null;
    throw error;
  }
}

const errors = {busy: new Set([5, 6]), damaged: new Set([1, 11, 26])};

/**
 * What an error of SQLite means for the one who uses the file: `busy` passes by itself; `damaged` is a file that is no
 * database, a malformed one, or one with other tables than ours; `other` is everything else.
 */
export function troubleOf(error: unknown): 'busy' | 'damaged' | 'other' {
  const errcode = (error as {errcode?: unknown}).errcode;
  if (typeof errcode !== 'number') return 'other';
  const primary = errcode & 0xff;
  if (errors.busy.has(primary)) return 'busy';
  return errors.damaged.has(primary) ? 'damaged' : 'other';
}
