import type {Clock} from '../clock.ts';

/** Gathers what comes within a while of the first. */
export type Batch<T> = {
  add(items: readonly T[]): void;
  /** Gives at once what waits. */
  flush(): void;
};

export function createBatch<T>(clock: Clock, ms: number, give: (items: T[]) => void): Batch<T> {
  let waiting: T[] = [];
  let callOff = (): void => {};
  function flush(): void {
    callOff();
    const items = waiting;
    waiting = [];
    if (items.length > 0) give(items);
  }
  return {
    flush,
    add(items) {
      if (waiting.length === 0 && items.length > 0) callOff = clock.after(ms, flush);
      waiting.push(...items);
    },
  };
}
