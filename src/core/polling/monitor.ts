import type {Clock} from '../clock.ts';
import type {Ledger} from '../ledger.ts';
import type {AccountState, MonitorState, Notice} from '../model.ts';
import type {Provider, Wire} from '../provider.ts';
import type {Monitor, RefreshAnswer} from '../services.ts';
import type {Settings} from '../settings.ts';
import type {Store} from '../store.ts';
import type {Redactor} from '../text/redact.ts';
import {type Accounts, createAccounts} from './accounts.ts';
import type {Discovery} from './discovery.ts';
import {createHeartbeat} from './heartbeat.ts';
import {isDue, nextPolls} from './next-poll.ts';
import {readOnce} from './read-once.ts';
import {createRefresher} from './refresher.ts';
import {createWakeDetector} from './wake.ts';

/** Everything that the monitor decides with; `compose` brings the real ones, tests their own clock and ledger. */
export type MonitorDeps = {
  providers: readonly Provider[];
  discovery: Discovery;
  /** Throws `ProviderError` when the configured endpoint is refused. */
  wireFor(provider: Provider, signal: AbortSignal, deadlineMs: number): Wire;
  /** Origin that stands in for the provider's own hosts; null when none does. */
  endpointOf?(provider: string): string | null;
  ledger: Ledger;
  clock: Clock;
  /** 0 ≤ random < 1. */
  random(): number;
  redactor: Redactor;
  settings: Settings;
  store: Store<MonitorState>;
};

// A file that a login rewrites is seen within this time; unchanged files cost one stat each.
const rediscoverEveryMs = 15_000;
// A second press this soon after a request can only have been an accident.
const tooSoonMs = 2000;
// How long a first press against a server's Retry-After arms the second one.
const insistMs = 3000;

export const emptyState = (notices: Notice[] = []): MonitorState => ({
  providers: [],
  disabled: [],
  accounts: {},
  paused: false,
  offline: false,
  notices,
});

/** lease / refresh / settle: who is asked when. Asking itself is the refresher's, finding logins is `accounts`'. */
export function createMonitor(parts: MonitorDeps): Monitor & Pick<Accounts, 'learn'> {
  const {clock, store} = parts;
  const accounts = createAccounts(parts);
  const refresher = createRefresher(parts, accounts);
  const heartbeat = createHeartbeat(clock);
  const wake = createWakeDetector(clock.now());
  const leases = new Map<symbol, readonly string[]>();
  const insisting = new Map<string, number>();
  let stopBeating: (() => void) | null = null;
  let discoveredAt = Number.NEGATIVE_INFINITY;

  const leased = (account: AccountState): boolean => [...leases.values()].some(ids => ids.includes(account.provider));

  const rediscover = async (): Promise<void> => {
    discoveredAt = clock.now();
    // A place that is slow holds up the logins of its own provider alone.
    await accounts.rediscover(() => {
      if (leases.size > 0) askDue(clock.now());
    });
  };

  function askDue(now: number): void {
    const state = store.get();
    const watched = Object.values(state.accounts).filter(leased);
    const next = nextPolls(
      {...state, accounts: Object.fromEntries(watched.map(account => [account.key, account]))},
      now,
    );
    const due = watched.filter(({key}) => isDue(next.get(key), now)).sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
    for (const {key} of due) refresher.ask(key);
  }

  function beat(now: number): void {
    const slept = wake.sleptMs(now);
    if (slept !== 0) accounts.spread(now, slept);
    accounts.adopt();
    if (now - discoveredAt >= rediscoverEveryMs || now < discoveredAt) void rediscover();
    askDue(now);
  }

  function lease(ids: readonly string[]): () => void {
    const id = Symbol('lease');
    leases.set(id, ids);
    if (stopBeating === null) {
      wake.reset(clock.now());
      stopBeating = heartbeat.listen(beat);
      void rediscover();
    } else askDue(clock.now());
    return () => {
      leases.delete(id);
      if (leases.size > 0) return;
      stopBeating?.();
      stopBeating = null;
      refresher.abort();
    };
  }

  function refresh(keys: readonly string[]): RefreshAnswer {
    const now = clock.now();
    const answer: RefreshAnswer = {asked: [], tooSoon: [], waiting: []};
    const known = keys.flatMap(key => store.get().accounts[key] ?? []);
    parts.discovery.renew();
    for (const account of known) refreshOne(account, now, answer);
    if (known.some(account => account.dueAt === null)) void rediscover();
    return answer;
  }

  function refreshOne(account: AccountState, now: number, answer: RefreshAnswer): void {
    const {key} = account;
    const retryAt = account.failure?.retryAt ?? 0;
    if (
      account.refreshing ||
      (account.lastAttemptAt !== null && now - account.lastAttemptAt < tooSoonMs && now >= account.lastAttemptAt)
    ) {
      answer.tooSoon.push(key);
    } else if (retryAt > now && now - (insisting.get(key) ?? Number.NEGATIVE_INFINITY) > insistMs) {
      insisting.set(key, now);
      answer.waiting.push({key, retryAt});
    } else {
      insisting.delete(key);
      answer.asked.push(key);
      refresher.ask(key, {byHand: true});
    }
  }

  return {
    store,
    lease,
    refresh,
    rediscover,
    learn: accounts.learn,
    setPaused: paused => store.update(state => ({...state, paused})),
    configure(settings) {
      parts.settings = settings;
      accounts.reschedule(clock.now());
      void rediscover();
    },
    readOnce: options => readOnce(parts, accounts, refresher, options),
    async close() {
      leases.clear();
      stopBeating?.();
      stopBeating = null;
      refresher.abort();
      await refresher.idle();
      parts.ledger.close();
    },
  };
}
