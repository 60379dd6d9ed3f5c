import type {Clock} from '../clock.ts';
import type {Ledger} from '../ledger.ts';
import type {AccountState, MonitorState} from '../model.ts';
import type {ReadOnlyStore} from '../store.ts';
import {accountIn, follow, forecastAgain, type Kept, nameOf} from './kept.ts';
import {type MadeForecast, madeOf} from './made.ts';

type Deps = {store: ReadOnlyStore<MonitorState>; clock: Clock; ledger: Pick<Ledger, 'keepForecasts'>};

// As often as the monitor makes its own again.
const againMs = 5 * 60_000;

/** The monitor's forecasts for those who do not learn: in the ledger with each reading, and again while none comes. */
export function sharedForecasts(kept: ReadonlyMap<string, Kept>, {store, clock, ledger}: Deps) {
  const sharedAt = new Map<string, number>();
  let seen = {size: -1, at: 0, nextAt: 0};
  const isDue = (account: string, now: number): boolean => {
    const at = sharedAt.get(account);
    return at === undefined || now - at >= againMs || now < at;
  };

  function share(account: string, now: number): void {
    sharedAt.set(account, now);
    for (const [name, own] of kept) if (accountIn(name) === account) forecastAgain(own, now);
    const state = store.get().accounts[account];
    if (state !== undefined) ledger.keepForecasts(account, madeIn(kept, state, now), now);
  }

  return {
    /** Of a reading that is about to be written. */
    madeOf(account: AccountState): MadeForecast[] {
      const made = madeIn(kept, account, clock.now());
      if (made.length > 0) sharedAt.set(account.key, clock.now());
      return made;
    },
    beat(now: number): void {
      // Nearly every beat ends here.
      if (kept.size === seen.size && now < seen.nextAt && now >= seen.at) return;
      const accounts = new Set([...kept.keys()].map(accountIn));
      for (const account of sharedAt.keys()) if (!accounts.has(account)) sharedAt.delete(account);
      for (const account of accounts) if (isDue(account, now)) share(account, now);
      const nextAt = Math.min(...[...accounts].map(account => (sharedAt.get(account) ?? now) + againMs));
      seen = {size: kept.size, at: now, nextAt};
    },
  };
}

/** Of what is learned of this very reading. */
function madeIn(kept: ReadonlyMap<string, Kept>, {key, reading, readAt, failure}: AccountState, now: number) {
  if (failure !== null) return [];
  return (reading?.windows ?? []).flatMap(window => {
    const own = kept.get(nameOf(key, window.id));
    const at = window.readAt ?? readAt;
    if (own === undefined || at === null) return [];
    follow(own, window, at, now);
    return own.series.last?.at === at ? (madeOf(window, own) ?? []) : [];
  });
}
