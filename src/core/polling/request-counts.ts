import {outcomeOf} from '../health.ts';
import type {Outcome} from '../model.ts';
import type {Account} from '../provider.ts';
import type {Result} from './settle.ts';

/** How many requests this copy made of an account that ended so. */
export type RequestCount = {provider: string; account: string; outcome: Outcome; count: number};

export type RequestCounts = {
  add(account: Pick<Account, 'provider' | 'key'>, result: Result): void;
  all(): readonly RequestCount[];
};

export function createRequestCounts(): RequestCounts {
  const counts = new Map<string, RequestCount>();
  return {
    add({provider, key}, result) {
      const outcome = outcomeOf({reading: null, failure: null, ...result});
      const name = `${key} ${outcome}`;
      const count = (counts.get(name)?.count ?? 0) + 1;
      counts.set(name, {provider, account: key, outcome, count});
    },
    all: () => [...counts.values()],
  };
}
