import {createStore, type Store} from '../core/store.ts';
import {collectGarbage} from './garbage.ts';

export type Size = {columns: number; rows: number};

/** The size that is drawn for. */
export type FollowedSize = {
  store: Store<Size>;
  /** Reads the size from the terminal again: a stopped program is not told that it changed. */
  refresh(): void;
  close(): void;
};

// A window that is dragged changes its size a hundred times a second, and each change is a whole new screen.
const betweenMs = 100;
// Each leaves megabytes of garbage, for which Node would take hundreds of them and never give them back. Collected are
// that many at a time, or what a storm leaves when it is over; a few changes are not worth it.
const mostUncollected = 16;
const fewUncollected = 4;

/** Calls `changed` at the first change of size, and then once in a while with the last one. */
export function followSize(
  stdout: NodeJS.WriteStream,
  changed: () => void,
  collect: () => void = collectGarbage,
): FollowedSize {
  const store = createStore(sizeOf(stdout));
  let resting: NodeJS.Timeout | null = null;
  let isWaiting = false;
  let isAsking = false;
  let changes = 0;
  const settle = (): void => {
    isWaiting = false;
    store.set(sizeOf(stdout));
  };
  const apply = (): void => {
    settle();
    changed();
    changes += 1;
    resting = setTimeout(rested, betweenMs);
  };
  const rested = (): void => {
    resting = null;
    const isMuch = changes >= (isWaiting ? mostUncollected : fewUncollected);
    if (isMuch) collect();
    if (isMuch || !isWaiting) changes = 0;
    if (isWaiting) apply();
  };
  const heard = (): void => {
    if (resting) isWaiting = true;
    else if (!isAsking) apply();
  };
  stdout.on('resize', heard);
  return {
    store,
    refresh() {
      isAsking = true;
      askAgain(stdout);
      isAsking = false;
      settle();
    },
    close() {
      stdout.off('resize', heard);
      if (resting) clearTimeout(resting);
    },
  };
}

// What Ink takes where a terminal does not know its size, as some serial lines and containers.
const unknown: Size = {columns: 80, rows: 24};
const sizeOf = ({columns, rows}: NodeJS.WriteStream): Size => ({
  columns: columns || unknown.columns,
  rows: rows || unknown.rows,
});

/** Node asks the terminal only when it is told of a change. What it does then has no public name. */
function askAgain(stdout: NodeJS.WriteStream & {_refreshSize?: unknown}): void {
  if (typeof stdout._refreshSize === 'function') stdout._refreshSize();
}
