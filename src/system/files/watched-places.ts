import {type FSWatcher, watch} from 'node:fs';
import {readlink, realpath} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import type {Stirs} from '../../core/polling/look-turns.ts';
import type {Machine} from '../../core/provider.ts';
import {localTypes, readMounts, typesIn} from './mounts.ts';
import {codeOf} from './trouble.ts';

/** Where logins are kept is watched by the system, so that nobody has to look while nothing happens there. */

// So many no set of logins has: something makes names up.
const mostDirectories = 500;

export type WatchedPlaces = Stirs & {
  /** The machine; what is looked at through it is watched from then on. */
  machine: Machine;
  close(): void;
};

type Options = {
  /** Files that are read by other ways. */
  also?: readonly string[];
  platform?: string;
  start?: (directory: string, heard: (event: string, name: string | null) => void) => Pick<FSWatcher, 'close' | 'on'>;
  mounts?: () => string;
};

export function watchPlaces(machine: Machine, options: Options = {}): WatchedPlaces {
  const {also = [], platform = process.platform, mounts = readMounts} = options;
  const names = createNames();
  const watchers = createWatchers(names, options.start ?? startWatching);
  if (platform !== 'linux') watchers.goBlind();
  for (const path of also) names.noteFile(path);
  return {
    machine: noting(machine, names),
    stirred() {
      if (!watchers.isBlind() && names.fresh.size > 0) watchers.armFresh(typesIn(mounts()));
      return watchers.stirred();
    },
    close: watchers.goBlind,
  };
}

/** What somebody looks at. */
type Names = ReturnType<typeof createNames>;

function createNames() {
  const files = new Map<string, Set<string>>();
  const listed = new Set<string>();
  /** Directories that are not watched yet. */
  const fresh = new Set<string>();
  function note(directory: string, ...names: string[]): void {
    const known = files.get(directory);
    if (known === undefined) fresh.add(directory);
    files.set(directory, new Set([...(known ?? []), ...names]));
  }
  return {
    fresh,
    note,
    noteFile: (path: string, ...besides: string[]): void =>
      note(dirname(path), ...['', ...besides].map(end => `${basename(path)}${end}`)),
    noteListed(directory: string): void {
      note(directory);
      listed.add(directory);
    },
    filesIn: (directory: string): string[] => [...(files.get(directory) ?? [])].map(name => join(directory, name)),
    isTooMany: (): boolean => files.size > mostDirectories,
    /** Of a directory that was listed, what comes and goes counts too. */
    has: (directory: string, event: string, name: string | null): boolean =>
      name === null || files.get(directory)?.has(name) === true || (event === 'rename' && listed.has(directory)),
  };
}

function createWatchers(names: Names, start: NonNullable<Options['start']>) {
  const watchers = new Map<string, Pick<FSWatcher, 'close'>>();
  const arming = new Set<string>();
  let isBlind = false;
  let hasStirred = false;

  function goBlind(): void {
    isBlind = true;
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  }
  function lose(directory: string): void {
    watchers.get(directory)?.close();
    watchers.delete(directory);
    names.fresh.add(directory);
    hasStirred = true;
  }
  function hear(directory: string, event: string, name: string | null): void {
    if (names.has(directory, event, name)) hasStirred = true;
    // It was removed or moved itself.
    else if (name === basename(directory)) lose(directory);
  }
  function watchReal(directory: string, real: string): void {
    if (isBlind || watchers.has(directory)) return;
    const watcher = start(real, (event, name) => hear(directory, event, name));
    watcher.on('error', () => lose(directory));
    watchers.set(directory, watcher);
  }

  /** In place of a directory that is not there, the one in which it would appear. */
  async function arm(directory: string, types: ReadonlyMap<string, string>): Promise<void> {
    // To ask one that is gone may never end.
    if (arming.has(directory)) return;
    arming.add(directory);
    try {
      const real = await realpath(directory);
      if (!localTypes.has(typeOf(real, types))) return goBlind();
      watchReal(directory, real);
      for (const path of names.filesIn(directory)) await followLink(names, path);
    } catch (error) {
      if (!isMissing(error) || dirname(directory) === directory) return goBlind();
      names.note(dirname(directory), basename(directory));
      if (!watchers.has(dirname(directory))) await arm(dirname(directory), types);
    } finally {
      names.fresh.delete(directory);
      arming.delete(directory);
    }
  }

  return {
    goBlind,
    isBlind: () => isBlind,
    armFresh(types: ReadonlyMap<string, string>): void {
      if (names.isTooMany()) goBlind();
      else for (const directory of names.fresh) void arm(directory, types);
      // Something may have happened since it was looked at.
      hasStirred = true;
    },
    stirred(): boolean | null {
      if (isBlind || names.fresh.size > 0) return null;
      const before = hasStirred;
      hasStirred = false;
      return before;
    },
  };
}

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

/** Of a link nothing is heard where it stands. */
async function followLink({noteFile}: Names, path: string): Promise<void> {
  if ((await readlink(path).catch(() => null)) === null) return;
  const real = await realpath(path).catch(() => null);
  if (real !== null) noteFile(real);
}

/** What is looked at is noted. Programs come and go rarely: the slow look finds them. */
function noting(machine: Machine, {noteListed, noteFile}: Names): Machine {
  const noted =
    <Rest extends unknown[], Answer>(work: (path: string, ...rest: Rest) => Answer, see: (path: string) => void) =>
    (path: string, ...rest: Rest): Answer => {
      see(path);
      return work(path, ...rest);
    };
  return {
    ...machine,
    readText: noted(machine.readText, path => noteFile(path)),
    readJson: noted(machine.readJson, path => noteFile(path)),
    modifiedAt: noted(machine.modifiedAt, path => noteFile(path)),
    list: noted(machine.list, path => noteListed(path)),
    query: noted(machine.query, path => noteFile(path, '-wal', '-journal')),
  };
}

const startWatching: NonNullable<Options['start']> = (directory, heard) =>
  watch(directory, {persistent: false}, (event, name) => heard(event, name));

/** Of the nearest mount point above. */
function typeOf(path: string, types: ReadonlyMap<string, string>): string {
  const own = types.get(path);
  if (own !== undefined) return own;
  return dirname(path) === path ? '' : typeOf(dirname(path), types);
}
