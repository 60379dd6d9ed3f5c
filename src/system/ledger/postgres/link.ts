import type {Clock} from '../../../core/clock.ts';
import type {Connection} from './connection.ts';
import {NewerSchemaError} from './schema.ts';

/** Keeps a connection: whenever there is none, another one is tried for. */

export type LinkParts = {
  clock: Pick<Clock, 'after'>;
  open(): Promise<Connection>;
  /** What has to be done before it counts as being there. */
  begin(db: Connection): Promise<void>;
  /** It is not there, or not any more. */
  onGone(error: unknown): void;
};

export type Link = {
  /** Resolves when the first try is over. */
  ready: Promise<void>;
  /** It failed: another one is tried for. */
  leave(error: unknown): void;
  close(): Promise<void>;
};

const againMs = 5000;
// Machines that lost it together do not all come back in one moment.
const spread = (ms: number): number => Math.round(ms * (0.8 + 0.4 * Math.random()));
// What is of a later version is so until somebody installs this program anew.
const newerAgainMs = 60_000;

export function keepLink({clock, open, begin, onGone}: LinkParts): Link {
  let current: Connection | null = null;
  let isClosed = false;
  let stopWaiting = (): void => {};

  function gone(error: unknown): void {
    current?.drop();
    current = null;
    if (isClosed) return;
    onGone(error);
    stopWaiting = clock.after(spread(error instanceof NewerSchemaError ? newerAgainMs : againMs), () => void attempt());
  }

  async function attempt(): Promise<void> {
    let opened: Connection | null = null;
    try {
      opened = await open();
      if (isClosed) return opened.drop();
      const db = opened;
      await begin(db);
      current = db;
      db.onLost(error => {
        if (current === db) gone(error);
      });
    } catch (error) {
      opened?.drop();
      gone(error);
    }
  }

  const first = attempt();
  return {
    ready: first,
    leave(error) {
      if (current !== null) gone(error);
    },
    async close() {
      isClosed = true;
      stopWaiting();
      const last = current;
      current = null;
      await last?.close();
    },
  };
}
