import type {MonitorState} from '../../core/model.ts';
import type {Services} from '../../core/services.ts';

/** Tells of readings that any copy made. It requests none: a lease on no provider only follows the ledger. */
export type Watch = {
  /** From the first call on, until the end. */
  start(): void;
  listen(onReading: () => void): void;
};

export function createWatch({monitor}: Pick<Services, 'monitor'>): Watch {
  const listeners = new Set<() => void>();
  let isWatching = false;
  return {
    listen: onReading => void listeners.add(onReading),
    start() {
      if (isWatching) return;
      isWatching = true;
      let told = marksOf(monitor.store.get());
      monitor.store.subscribe(() => {
        const marks = marksOf(monitor.store.get());
        if (marks === told) return;
        told = marks;
        for (const listener of listeners) listener();
      });
      monitor.lease([]);
    },
  };
}

/** Another text whenever an account was read, failed, came or went. */
const marksOf = ({accounts}: MonitorState): string =>
  JSON.stringify(Object.values(accounts).map(({key, readAt, failure}) => [key, readAt, failure?.code]));
