import type {Ledger} from '../core/ledger.ts';
import type {MonitorState} from '../core/model.ts';
import {rosterOf} from '../core/roster.ts';
import type {ReadOnlyStore} from '../core/store.ts';
import type {World} from './world.ts';

type Followed = {
  store: ReadOnlyStore<MonitorState>;
  settings: ReadOnlyStore<unknown>;
  ledger: Pick<Ledger, 'row'>;
  keep: NonNullable<World['keepRoster']>;
};

// Logins are found one after the other, and a setting is changed by several keys.
const settledMs = 1000;

/** Has who stands on the screen written down for the next start. Returns the way to write it a last time, and stop. */
export function followRoster({store, settings, ledger, keep}: Followed): () => void {
  let timer: NodeJS.Timeout | null = null;
  const write = (): void => {
    timer = null;
    const state = store.get();
    const roster = rosterOf(state, ledger.row);
    if (roster !== null) keep(roster, state);
  };
  const soon = (): void => {
    timer ??= setTimeout(write, settledMs).unref();
  };
  const stops = [store.subscribe(soon), settings.subscribe(soon)];
  return () => {
    for (const stop of stops) stop();
    if (timer === null) return;
    clearTimeout(timer);
    write();
  };
}
