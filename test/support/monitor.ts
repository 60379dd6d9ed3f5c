import type {Clock} from '../../src/core/clock.ts';
import type {Ledger} from '../../src/core/ledger.ts';
import type {AccountState, Failure, Reading, Window} from '../../src/core/model.ts';
import {ProviderError} from '../../src/core/model.ts';
import {createDiscovery, withSkipped} from '../../src/core/polling/discovery.ts';
import type {Stirs} from '../../src/core/polling/look-turns.ts';
import {createMonitor} from '../../src/core/polling/monitor.ts';
import {emptyState} from '../../src/core/polling/monitor-state.ts';
import type {Account, Machine, Provider, Wire} from '../../src/core/provider.ts';
import type {Monitor} from '../../src/core/services.ts';
import {defaultSettings, type Settings} from '../../src/core/settings.ts';
import {createStore, type Store} from '../../src/core/store.ts';
import {createRedactor} from '../../src/core/text/redact.ts';
import {createMemoryLedger} from '../../src/system/ledger/memory.ts';
import {createFakeClock} from './fake-clock.ts';

export const aWindow = (patch: Partial<Window> = {}): Window => ({
  id: '5h',
  pool: null,
  windowMs: 5 * 3_600_000,
  resetsAt: null,
  use: {state: 'known', usedPercent: 12},
  unit: 'percent',
  ...patch,
});
export const aReading = (patch: Partial<Reading> = {}): Reading => ({
  plan: 'Plus',
  windows: [aWindow()],
  amounts: [],
  notes: [],
  ...patch,
});
export const aFailure = (patch: Partial<Failure> = {}): Failure => ({
  code: 'server_error',
  detail: 'HTTP 500',
  retryAt: null,
  remedy: null,
  ...patch,
});
export const anAccount = (patch: Partial<Account> = {}): Account => ({
  key: 'openai:00000001',
  provider: 'openai',
  label: 'user@example.com',
  source: 'codex auth.json',
  credential: null,
  secrets: [],
  fingerprint: 'f1',
  expiresAt: null,
  stored: false,
  ...patch,
});
export const anAccountState = (patch: Partial<AccountState> = {}): AccountState => ({
  key: 'openai:00000001',
  provider: 'openai',
  label: 'user@example.com',
  source: 'codex auth.json',
  expiresAt: null,
  fingerprint: 'f1',
  reading: null,
  readAt: null,
  failure: null,
  lastAttemptAt: null,
  refreshing: false,
  dueAt: 0,
  failures: 0,
  ...patch,
});

/** A provider whose logins and answers the test holds in its hand. */
export type FakeProvider = Provider & {
  accounts: Account[];
  /** One entry per request: the fingerprint of the credential that was sent. */
  fetched: string[];
  answer(account: Account, wire: Wire): Promise<Reading>;
};
export function aProvider(
  id = 'openai',
  accounts: Account[] = [anAccount({provider: id, key: `${id}:00000001`})],
): FakeProvider {
  const provider: FakeProvider = {
    id,
    name: id,
    usageUrl: 'https://example.com/',
    intervalSeconds: {default: 120, floor: 60},
    hosts: [],
    windowIds: ['<length>'],
    places: [],
    accounts,
    fetched: [],
    answer: async () => aReading(),
    demo: async () => ({files: () => ({}), answer: () => ({status: 404, body: null})}),
    discover: async () => provider.accounts,
    fetch(account, wire) {
      provider.fetched.push(account.fingerprint);
      return provider.answer(account, wire);
    },
  };
  return provider;
}

export const failing =
  (...args: ConstructorParameters<typeof ProviderError>) =>
  async (): Promise<Reading> => {
    throw new ProviderError(...args);
  };

/** A wire of which only the clock and the memory are used: the fake providers answer by themselves. */
export const aWire = (
  clock: Clock,
  signal: AbortSignal,
  deadlineMs = 10_000,
): Wire & {signal: AbortSignal; deadlineMs: number} => ({
  deadlineMs,
  now: clock.now,
  version: 'test',
  memory: new Map(),
  signal,
  protect() {},
  send: () => Promise.reject(new Error('not in this test')),
  run: () => Promise.reject(new Error('not in this test')),
});

export type MonitorBench = {
  monitor: Monitor;
  clock: ReturnType<typeof createFakeClock>;
  userSettings: Store<Settings>;
  account(key?: string): AccountState;
};

/** The real monitor over fake providers, on a clock that the test owns. */
export function aMonitor(
  providers: readonly Provider[],
  options: {
    ledger?: Ledger;
    clock?: ReturnType<typeof createFakeClock>;
    settings?: Settings;
    random?: () => number;
    machine?: Machine;
    endpointOf?: (provider: string) => string | null;
    stirs?: Stirs;
  } = {},
): MonitorBench {
  const clock = options.clock ?? createFakeClock();
  const redactor = createRedactor();
  const store = createStore(emptyState());
  const discovery = createDiscovery({
    machine: options.machine ?? ({now: clock.now, home: '/home/me'} as Machine),
    clock,
    redactor,
    onSkipped: skipped => store.update(state => ({...state, notices: withSkipped(state.notices, skipped)})),
  });
  const userSettings = createStore(options.settings ?? defaultSettings);
  const monitor = createMonitor({
    providers,
    discovery,
    wireFor: (_, signal, deadlineMs) => aWire(clock, signal, deadlineMs),
    ledger: options.ledger ?? createMemoryLedger(),
    clock,
    random: options.random ?? (() => 0.5),
    redactor,
    settings: userSettings,
    ...(options.endpointOf === undefined ? {} : {endpointOf: options.endpointOf}),
    stirs: options.stirs,
    store,
  });
  return {
    monitor,
    clock,
    userSettings,
    account(key = 'openai:00000001') {
      const account = monitor.store.get().accounts[key];
      if (account === undefined) throw new Error(`no account ${key}`);
      return account;
    },
  };
}
