import type {Machine} from '../provider.ts';

type Reads = Pick<Machine, 'readText' | 'readJson' | 'modifiedAt' | 'list' | 'query' | 'which'>;

/**
 * Every file, store and program is looked at once for all who read through this machine, and all get the same: a store
 * that several providers share is one snapshot. What could not be read is tried again, because its readers insist.
 */
export function sharingReads(machine: Machine): Machine {
  const answers = new Map<string, Promise<unknown>>();
  function once<Name extends keyof Reads>(name: Name): Machine[Name] {
    const read = machine[name] as (...parts: unknown[]) => Promise<unknown>;
    const shared = (...parts: unknown[]): Promise<unknown> => {
      const key = JSON.stringify([name, ...parts]);
      const answer = answers.get(key) ?? read(...parts);
      answers.set(key, answer);
      answer.then(
        told => isUnread(told) && answers.delete(key),
        () => answers.delete(key),
      );
      return answer;
    };
    return shared as Machine[Name];
  }
  return {
    ...machine,
    readText: once('readText'),
    readJson: once('readJson'),
    modifiedAt: once('modifiedAt'),
    list: once('list'),
    query: once('query'),
    which: once('which'),
  };
}

const isUnread = (told: unknown): boolean => (told as {state?: unknown} | null)?.state === 'unreadable';
