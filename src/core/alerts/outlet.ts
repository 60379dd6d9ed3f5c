import {createStore, type ReadOnlyStore} from '../store.ts';
import type {AlertEvent, GivenAlert} from './event.ts';
import type {AlertMemory, AlertParts} from './memory.ts';

/** Alerts for whoever gives and shows them. */
export type AlertSource = {
  /** The last ones, whoever gave them; the newest first. */
  given: ReadOnlyStore<readonly GivenAlert[]>;
  /** What this copy alone is to give. Returns the way to stop listening. */
  listen(listener: (events: readonly AlertEvent[]) => void): () => void;
  /** Decides again about what quiet hours hold. */
  review(now: number): void;
};

export function createOutlet(
  memory: () => AlertMemory | undefined,
): AlertSource & Pick<AlertParts, 'tell' | 'changed'> {
  const given = createStore<readonly GivenAlert[]>([]);
  const listeners = new Set<(events: readonly AlertEvent[]) => void>();
  return {
    given,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    review: now => memory()?.review(now),
    tell(events) {
      for (const listener of [...listeners]) listener(events);
    },
    changed() {
      const now = memory()?.given() ?? [];
      // Told of each poll of every copy: what stayed the same is no news.
      if (JSON.stringify(now) !== JSON.stringify(given.get())) given.set(now);
    },
  };
}
