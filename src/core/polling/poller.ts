import type {Keeper} from '../foresight/keeper.ts';
import type {AccountState, MonitorState} from '../model.ts';
import type {Accounts} from './accounts.ts';
import type {MonitorDeps} from './deps.ts';
import {createHeartbeat} from './heartbeat.ts';
import {createLookTurns} from './look-turns.ts';
import {isDue, nextPolls} from './next-poll.ts';
import type {Rediscovery} from './rediscover.ts';
import type {Refresher} from './refresher.ts';
import {createWakeDetector} from './wake.ts';

export type Poller = {
  /** Polls these providers until it is given back. The last one that is given back aborts what is in flight. */
  lease(providers: readonly string[]): () => void;
  /** Discovers logins, and refreshes at once what is due among those of leased providers. */
  rediscover(): Promise<void>;
  /** Ends every lease. */
  stop(): void;
};

type Deps = Pick<MonitorDeps, 'store' | 'clock' | 'ledger' | 'stirs' | 'onLooked'> & {
  accounts: Accounts;
  refresher: Refresher;
  rediscovery: Rediscovery;
  keeper: Pick<Keeper, 'beat' | 'stop'>;
};

/** Who is refreshed when, as long as somebody watches. */
export function createPoller({
  store,
  clock,
  ledger,
  stirs,
  onLooked,
  accounts,
  refresher,
  rediscovery,
  keeper,
}: Deps): Poller {
  const heartbeat = createHeartbeat(clock);
  const wake = createWakeDetector(clock.now());
  const leases = new Map<symbol, readonly string[]>();
  let stopBeating: (() => void) | null = null;
  const looks = createLookTurns(stirs, onLooked);

  function refreshDue(now: number): void {
    const state = store.get();
    if (!mayBeDue(state, now) || ledger.mayRefresh?.() === false) return;
    const leased = new Set([...leases.values()].flat());
    for (const {key} of dueAccounts(state, leased, now)) void refresher.refresh(key);
  }

  async function rediscover(): Promise<void> {
    looks.begin(clock.now());
    // A place that is slow holds up the logins of its own provider alone.
    await rediscovery.rediscover(() => refreshDue(clock.now()));
  }

  function beat(now: number): void {
    const sleptMs = wake.sleptMs(now);
    if (sleptMs !== 0) accounts.spread(now, sleptMs);
    accounts.adopt();
    if (looks.isDue(now)) void rediscover();
    refreshDue(now);
    keeper.beat(now);
  }

  function start(): void {
    if (stopBeating !== null) return;
    wake.reset(clock.now());
    const [stopHeartbeat, stopHearing] = [heartbeat.listen(beat), ledger.listen?.(accounts.adopt)];
    stopBeating = () => {
      stopHeartbeat();
      stopHearing?.();
    };
  }

  function stop(): void {
    leases.clear();
    stopBeating?.();
    stopBeating = null;
    refresher.abort();
    keeper.stop();
  }

  return {
    rediscover,
    stop,
    lease(providers) {
      const id = Symbol('lease');
      const isFirst = leases.size === 0;
      leases.set(id, providers);
      start();
      // Every provider of the screen has a lease of its own: the logins of all of them are discovered once.
      if (isFirst) {
        // While nobody polled, other copies may have.
        if (Object.keys(store.get().accounts).length > 0) accounts.adopt();
        void rediscover();
      } else refreshDue(clock.now());
      return () => {
        leases.delete(id);
        if (leases.size === 0) stop();
      };
    },
  };
}

/** Nearly every beat ends here. Offline, turns count. */
const mayBeDue = ({offline, accounts}: MonitorState, now: number): boolean =>
  offline || Object.values(accounts).some(({dueAt}) => dueAt !== null && dueAt <= now);

/** Those whose turn it is among the watched providers', the longest due first. */
function dueAccounts(state: MonitorState, watched: ReadonlySet<string>, now: number): AccountState[] {
  const accounts = Object.values(state.accounts).filter(({provider}) => watched.has(provider));
  const next = nextPolls({...state, accounts: Object.fromEntries(accounts.map(each => [each.key, each]))}, now);
  return accounts.filter(({key}) => isDue(next.get(key), now)).sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
}
