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

/** Has who stands on the screen written down, for the next start and for scripts. */
export type RosterFollower = {
  /** Logins have been looked for. */
  looked(startedAt: number): void;
  /** Writes it a last time. */
  stop(): void;
};

// Logins are found one after the other, and a setting is changed by several keys.
const settledMs = 1000;

/** `live`: as often as something changes, or is looked at again; otherwise at the end. */
export function followRoster({store, settings, ledger, keep}: Followed, live: boolean): RosterFollower {
  let timer: NodeJS.Timeout | null = null;
  let lookedAt: number | null = null;
  let kept: readonly unknown[] = [];
  const write = (): void => {
    timer = null;
    const state = store.get();
    const roster = lookedAt === null ? null : rosterOf(state, ledger.row);
    if (roster === null || lookedAt === null) return;
    // Most readings change nothing of it.
    const all = [JSON.stringify([roster, state.notices]), settings.get(), lookedAt];
    if (all.every((each, at) => each === kept[at])) return;
    kept = all;
    keep(roster, state, lookedAt);
  };
  const soon = (): void => {
    timer ??= setTimeout(write, settledMs).unref();
  };
  const stops = live ? [store.subscribe(soon), settings.subscribe(soon)] : [];
  return {
    looked(startedAt) {
      lookedAt = startedAt;
      if (live) soon();
    },
    stop() {
      for (const stop of stops) stop();
      const isWanted = timer !== null || !live;
      clearTimeout(timer ?? undefined);
      if (isWanted) write();
    },
  };
}
