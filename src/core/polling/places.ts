import type {Clock} from '../clock.ts';
import {type FileRead, lockedWhy, type Machine, type Rows, type RunResult} from '../provider.ts';
import {createPatience} from './patience.ts';
import {sharingReads} from './shared-reads.ts';

/** A place that gave no answer in time, or is locked by another program; `why` is what its reader was told. */
export type Skipped = {place: string; why: string};

/** The places of this machine where logins are kept, each read with patience of its own. */
export type Places = {
  /** The machine for one discovery, and what was skipped on the way. Discoveries that begin together read each place once. */
  forOneDiscovery(): {machine: Machine; skipped: Skipped[]};
};

const patienceMs = 2000;
// A store that another program keeps locked is tried for a while before it says so.
const storePatienceMs = 3000;

const late = `it did not respond within ${patienceMs / 1000} s`;
const unread = {state: 'unreadable', why: late, reason: 'late'} as const;
const noAnswer: RunResult = {code: null, stdout: '', stderr: '', timedOut: true};

type Read = FileRead | Rows | Awaited<ReturnType<Machine['readJson']>>;

export function createPlaces(machine: Machine, clock: Clock): Places {
  const patience = createPatience(clock);
  const {home} = machine;
  const at = <T>(path: string, work: () => Promise<T>, waitMs = patienceMs): Promise<T | undefined> =>
    patience.at(rootOf(path, home), work, waitMs);

  /** Nobody waits longer; what a program says later is remembered for the next discovery. */
  const soon = <T>(work: Promise<T>): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const stopWaiting = clock.after(patienceMs, () => resolve(undefined));
      work.finally(stopWaiting).then(resolve, reject);
    });

  let beginning: Machine | null = null;
  const sharedNow = (): Machine => {
    if (beginning !== null) return beginning;
    queueMicrotask(() => {
      beginning = null;
    });
    beginning = sharingReads(machine);
    return beginning;
  };

  return {
    forOneDiscovery() {
      const shared = sharedNow();
      const skipped: Skipped[] = [];
      const skip = (place: string, why = late): void => {
        if (!skipped.some(each => each.place === place)) skipped.push({place, why});
      };
      const told = <T extends Read>(path: string, read: T): T => {
        if (read.state !== 'unreadable') return read;
        if (read.reason === 'late') skip(fromHome(rootOf(path, home), home));
        if (read.reason === 'locked') skip(fromHome(path, home), lockedWhy);
        return read;
      };
      return {
        skipped,
        machine: {
          ...machine,
          readText: async path => told(path, (await at(path, () => shared.readText(path))) ?? unread),
          readJson: async path => told(path, (await at(path, () => shared.readJson(path))) ?? unread),
          async list(path) {
            const names = await at(path, () => shared.list(path));
            if (names === undefined) skip(fromHome(rootOf(path, home), home));
            return names ?? [];
          },
          query: async (path, ...rest) =>
            told(path, (await at(path, () => shared.query(path, ...rest), storePatienceMs)) ?? unread),
          async which(program, extra) {
            const found = await patience.at(
              'PATH',
              async () => ({path: await shared.which(program, extra)}),
              patienceMs,
            );
            if (found === undefined) skip('PATH');
            return found?.path ?? null;
          },
          async run(program, args, options) {
            const result = await soon(machine.run(program, args, options));
            if (result === undefined) skip(nameOf(program));
            return result ?? noAnswer;
          },
        },
      };
    },
  };
}

/** What is likely to hang as one: a directory of the home directory; elsewhere, the beginning of the path. */
function rootOf(path: string, home: string): string {
  const depth = isBelow(path, home) ? partsOf(home).length + 1 : 3;
  return partsOf(path).slice(0, depth).join('/');
}

const partsOf = (path: string): string[] => path.split(/[\\/]/);
const isBelow = (path: string, home: string): boolean =>
  /^[\\/]/.test(path.slice(home.length)) && path.startsWith(home);
const fromHome = (path: string, home: string): string => (isBelow(path, home) ? `~${path.slice(home.length)}` : path);

const nameOf = (program: string): string => program.replace(/^.*[/\\]/, '');
