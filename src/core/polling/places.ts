import type {Clock} from '../clock.ts';
import {type FileRead, lockedWhy, type Machine, type Rows, type RunResult} from '../provider.ts';
import {createPatience, type Patience} from './patience.ts';
import {sharingReads} from './shared-reads.ts';
import {withoutVainProbes} from './vain-probes.ts';

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

/** `lists`: what directories held, which every provider asks for: no patience is needed any more. */
type Shared = {machine: Machine; lists: Map<string, string[]>};

/** Notes a place that is skipped, once, and why. */
type Skip = (place: string, why?: string) => void;

export function createPlaces(machine: Machine, clock: Clock): Places {
  const patience = createPatience(clock);
  let beginning: Shared | null = null;

  function sharedNow(): Shared {
    if (beginning !== null) return beginning;
    queueMicrotask(() => {
      beginning = null;
    });
    beginning = {machine: withoutVainProbes(sharingReads(machine)), lists: new Map()};
    return beginning;
  }

  return {
    forOneDiscovery() {
      const shared = sharedNow();
      const skipped: Skipped[] = [];
      const skip: Skip = (place, why = late) => {
        if (!skipped.some(each => each.place === place)) skipped.push({place, why});
      };
      const files = patientFiles(shared, patience, skip);
      return {skipped, machine: {...machine, ...files, ...patientPrograms(shared.machine, clock, patience, skip)}};
    },
  };
}

type Read = FileRead | Rows | Awaited<ReturnType<Machine['readJson']>>;
type Files = Pick<Machine, 'readText' | 'readJson' | 'modifiedAt' | 'list' | 'query'>;

function patientFiles({machine, lists}: Shared, patience: Patience, skip: Skip): Files {
  const {home} = machine;
  const skipRoot = (path: string): void => skip(fromHome(rootOf(path, home), home));
  const at = <T>(path: string, work: () => Promise<T>, waitMs = patienceMs): Promise<T | undefined> =>
    patience.at(rootOf(path, home), work, waitMs);

  function note(path: string, answer: Read): void {
    if (answer.state !== 'unreadable') return;
    if (answer.reason === 'late') skipRoot(path);
    if (answer.reason === 'locked') skip(fromHome(path, home), lockedWhy);
  }
  async function read<T extends Read>(path: string, work: () => Promise<T>, waitMs?: number) {
    const answer = (await at(path, work, waitMs)) ?? unread;
    note(path, answer);
    return answer;
  }

  return {
    readText: path => read(path, () => machine.readText(path)),
    readJson: path => read(path, () => machine.readJson(path)),
    query: (path, ...rest) => read(path, () => machine.query(path, ...rest), storePatienceMs),
    modifiedAt: async path => (await at(path, () => machine.modifiedAt(path))) ?? null,
    async list(path) {
      const names = lists.get(path) ?? (await at(path, () => machine.list(path)));
      if (names === undefined) skipRoot(path);
      else lists.set(path, names);
      return names ?? [];
    },
  };
}

function patientPrograms(
  machine: Machine,
  clock: Clock,
  patience: Patience,
  skip: Skip,
): Pick<Machine, 'which' | 'run'> {
  return {
    async which(...args) {
      const found = await patience.at('PATH', async () => ({path: await machine.which(...args)}), patienceMs);
      if (found === undefined) skip('PATH');
      return found?.path ?? null;
    },
    async run(program, args, options) {
      const result = await soon(clock, machine.run(program, args, options));
      if (result === undefined) skip(nameOf(program));
      return result ?? noAnswer;
    },
  };
}

/** Nobody waits longer; what a program says later is remembered for the next discovery. */
const soon = <T>(clock: Clock, work: Promise<T>): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const stopWaiting = clock.after(patienceMs, () => resolve(undefined));
    work.finally(stopWaiting).then(resolve, reject);
  });

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
