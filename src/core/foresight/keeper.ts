import type {Clock} from '../clock.ts';
import {freshnessOf} from '../health.ts';
import type {Ledger} from '../ledger.ts';
import type {AccountState, MonitorState, Window} from '../model.ts';
import type {Settings} from '../settings.ts';
import {createStore, type ReadOnlyStore} from '../store.ts';
import type {ForecastOf, WindowForecast} from './forecasts.ts';
import {accountIn, follow, forecastAgain, type Kept, learned, nameOf, windowIn} from './kept.ts';
import type {MadeForecast} from './made.ts';
import type {TrackRecord} from './outlook.ts';
import type {Series} from './series.ts';
import {sharedForecasts} from './shared-forecasts.ts';

/** The forecasts of the running monitor. */
export type Keeper = {
  /** Of the reading that the account carries. Another function as soon as any forecast was made again. */
  forecasts: ReadOnlyStore<ForecastOf>;
  /** What is learned of a window; null while nothing is. It goes on learning, and nobody else may change it. */
  learnedOf(account: string, window: string): Series | null;
  /** What is forecast of an account's reading, to be kept with it. It may not be in the store yet. */
  madeOf(account: AccountState): MadeForecast[];
  /** Learns what is new, one window at a time, and forecasts again what is old. */
  beat(now: number): void;
  /** Learns no further. */
  stop(): void;
};

export type KeeperDeps = {
  store: ReadOnlyStore<MonitorState>;
  clock: Clock;
  ledger: Pick<Ledger, 'usageOf' | 'recordOf' | 'keepForecasts' | 'ready'>;
  settings: ReadOnlyStore<Settings>;
  accounts: {intervalMs(account: AccountState): number};
};

// A forecast ages by itself: time passes without use.
const againMs = 5 * 60_000;
/** As many as the ledger has histories of; of further windows nothing is told. */
const mostKept = 200;

export function createKeeper(deps: KeeperDeps): Keeper {
  const {store, clock} = deps;
  const kept = new Map<string, Kept>();
  const forecastOf: ForecastOf = (account, window) => forecastIn(kept, deps, account, window);
  const forecasts = createStore<ForecastOf>(forecastOf);
  // Another function, so that whoever reads it sees that something has changed.
  const tell = (): void => forecasts.set((account, window) => forecastOf(account, window));
  const pupil = createPupil(kept, deps, tell);
  const shared = sharedForecasts(kept, deps);
  // Where many machines know the past, it is learned once it is known what they know.
  let isReady = deps.ledger.ready === undefined;
  void deps.ledger.ready?.then(() => {
    isReady = true;
  });
  let madeAt = clock.now();
  let seen = store.get().accounts;
  store.subscribe(() => {
    const {accounts} = store.get();
    if (accounts === seen) return;
    const changed = Object.values(accounts).filter(account => seen[account.key] !== account);
    seen = accounts;
    const told = changed.map(account => readInto(kept, account, clock.now()));
    if (told.some(Boolean)) tell();
  });
  return {
    forecasts,
    learnedOf: (account, window) => kept.get(nameOf(account, window))?.series ?? null,
    madeOf: shared.madeOf,
    beat(now) {
      if (isReady) pupil.look();
      if (!pupil.isLearning()) shared.beat(now);
      if (now - madeAt < againMs && now >= madeAt) return;
      madeAt = now;
      for (const [name, own] of kept) {
        own.record = recordOf(deps.ledger, name);
        forecastAgain(own, now);
      }
      if (kept.size > 0) tell();
    },
    stop: pupil.stop,
  };
}

function forecastIn(
  kept: ReadonlyMap<string, Kept>,
  {store, clock, accounts}: KeeperDeps,
  account: Parameters<ForecastOf>[0],
  window: Window,
): WindowForecast | null {
  const own = kept.get(nameOf(account.key, window.id));
  const state = store.get().accounts[account.key];
  const at = window.readAt ?? account.readAt;
  if (own === undefined || state === undefined || at === null || window.use.state !== 'known') return null;
  const read = {reading: state.reading, readAt: at, failure: account.failure};
  if (freshnessOf(read, clock.now(), accounts.intervalMs(state)) !== 'fresh') return null;
  // It may be asked for before the reading is in the store.
  follow(own, window, at, clock.now());
  return own.series.last?.at === at && own.forecast.verdict !== 'no-forecast' ? own.forecast : null;
}

/** Takes the readings of an account in; false when none of them is new. */
function readInto(kept: Map<string, Kept>, {key, reading, readAt}: AccountState, now: number): boolean {
  let isNew = false;
  for (const window of reading?.windows ?? []) {
    const own = kept.get(nameOf(key, window.id));
    const at = window.readAt ?? readAt;
    if (own === undefined || at === null) continue;
    // The clock was set back: what was learned of a time to come would stand in the way.
    if (at < (own.series.last?.at ?? 0)) kept.delete(nameOf(key, window.id));
    else isNew = follow(own, window, at, now) || isNew;
  }
  return isNew;
}

/** Learns windows from their history, each in a turn of its own: keys and frames come in between. */
function createPupil(kept: Map<string, Kept>, {store, clock, ledger, settings}: KeeperDeps, tell: () => void) {
  let keepsHistory = settings.get().history.enabled;
  let stopNext: (() => void) | null = null;
  let looked: MonitorState['accounts'] | null = null;

  function learnNext(): void {
    stopNext = null;
    const [next] = unlearned(store.get(), kept);
    if (next === undefined) return;
    const {account, window} = next;
    const usage = keepsHistory ? ledger.usageOf(account, window.id) : [];
    kept.set(
      nameOf(account, window.id),
      learned(usage, recordOf(ledger, nameOf(account, window.id)), next, clock.now()),
    );
    if (unlearned(store.get(), kept).length > 0) stopNext = clock.after(0, learnNext);
    else tell();
  }

  return {
    look(): void {
      const {accounts} = store.get();
      const {enabled} = settings.get().history;
      if (accounts === looked && enabled === keepsHistory) return;
      if (enabled !== keepsHistory) kept.clear();
      keepsHistory = enabled;
      looked = accounts;
      forgetGone(kept, store.get());
      if (stopNext === null && unlearned(store.get(), kept).length > 0) stopNext = clock.after(0, learnNext);
    },
    isLearning: (): boolean => stopNext !== null,
    stop(): void {
      stopNext?.();
      stopNext = null;
      looked = null;
    },
  };
}

function forgetGone(kept: Map<string, Kept>, {accounts}: MonitorState): void {
  for (const name of kept.keys()) if (accounts[accountIn(name)] === undefined) kept.delete(name);
}

type Known = {account: string; window: Window; at: number};

/** Windows with a figure of which nothing is learned. */
const unlearned = ({accounts}: MonitorState, kept: ReadonlyMap<string, unknown>): Known[] =>
  kept.size >= mostKept
    ? []
    : Object.values(accounts)
        .flatMap(knownIn)
        .filter(({account, window}) => !kept.has(nameOf(account, window.id)));

const knownIn = ({key, reading, readAt}: AccountState): Known[] =>
  (reading?.windows ?? []).flatMap(window => {
    const at = window.readAt ?? readAt;
    return at === null || window.use.state !== 'known' ? [] : [{account: key, window, at}];
  });

const recordOf = (ledger: KeeperDeps['ledger'], name: string): TrackRecord | null =>
  ledger.recordOf(accountIn(name), windowIn(name));
