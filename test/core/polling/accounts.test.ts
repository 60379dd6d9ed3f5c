import {describe, expect, it} from 'vitest';
import type {LedgerRow} from '../../../src/core/ledger.ts';
import type {AccountState} from '../../../src/core/model.ts';
import {createAccounts} from '../../../src/core/polling/accounts.ts';
import {createDiscovery} from '../../../src/core/polling/discovery.ts';
import {createLogins} from '../../../src/core/polling/logins.ts';
import {emptyState} from '../../../src/core/polling/monitor-state.ts';
import {createRediscovery} from '../../../src/core/polling/rediscover.ts';
import type {Machine} from '../../../src/core/provider.ts';
import {defaultProviderSettings, defaultSettings, type Settings} from '../../../src/core/settings.ts';
import {createStore} from '../../../src/core/store.ts';
import {createRedactor} from '../../../src/core/text/redact.ts';
import {createMemoryLedger} from '../../../src/system/ledger/memory.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {aFailure, aProvider, aReading, aWire, type FakeProvider} from '../../support/monitor.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const key = 'openai:00000001';

function bench(providers: FakeProvider[] = [aProvider()], settings: Settings = defaultSettings) {
  const clock = createFakeClock();
  const store = createStore(emptyState());
  const redactor = createRedactor();
  const changed: LedgerRow[] = [];
  const ledger = {
    ...createMemoryLedger(),
    changes: (version: number) => ({version: version + 1, rows: changed.splice(0)}),
  };
  const parts = {
    providers,
    discovery: createDiscovery({machine: {now: clock.now, home: '/home/me'} as Machine, clock, redactor}),
    wireFor: (_: unknown, signal: AbortSignal) => aWire(clock, signal),
    ledger,
    clock,
    random: () => 0.5,
    redactor,
    settings: createStore(settings),
    store,
  };
  const accounts = createAccounts(parts);
  const {rediscover} = createRediscovery({...parts, accounts, logins: createLogins(parts)});
  const state = (of = key): AccountState => {
    const account = store.get().accounts[of];
    if (account === undefined) throw new Error(`no account ${of}`);
    return account;
  };
  return {
    accounts,
    rediscover,
    clock,
    store,
    parts,
    state,
    set: (patch: Partial<AccountState>) => accounts.set({...state(), ...patch}),
    written: (patch: Partial<LedgerRow>) => {
      const {expiresAt: _, refreshing: __, ...row} = state();
      changed.push({...row, ...patch});
    },
  };
}

describe('after a sleep', () => {
  it('what is due waits for the network and is spread; what is not due yet stays as it is', async () => {
    const {accounts, rediscover, clock, set, state} = bench();
    await rediscover();
    const now = clock.now();
    set({dueAt: now - hour});
    accounts.spread(now, 8 * hour);
    expect(state().dueAt).toBe(now + 5 * second);
    set({dueAt: now + minute});
    accounts.spread(now, 8 * hour);
    expect(state().dueAt).toBe(now + minute);
  });

  it('an account that waits for its user goes on waiting', async () => {
    const {accounts, rediscover, clock, set, state} = bench();
    await rediscover();
    set({dueAt: null});
    accounts.spread(clock.now(), hour);
    accounts.spread(clock.now(), -hour);
    expect(state().dueAt).toBeNull();
  });
});

describe('after the clock was set back', () => {
  it('what was due in ten minutes still is', async () => {
    const {accounts, rediscover, clock, set, state} = bench();
    await rediscover();
    const now = clock.now() - 3 * hour;
    set({dueAt: clock.now() + 10 * minute});
    accounts.spread(now, -3 * hour);
    expect(state().dueAt).toBe(now + 10 * minute);
  });

  it('the time that the service named holds all the same', async () => {
    const {accounts, rediscover, clock, set, state} = bench();
    await rediscover();
    const retryAt = clock.now() + 10 * minute;
    set({dueAt: retryAt + second, failure: aFailure({code: 'rate_limited', retryAt})});
    accounts.spread(clock.now() - 3 * hour, -3 * hour);
    expect(state().dueAt).toBe(retryAt);
  });
});

describe('what another copy read', () => {
  it('is taken over: reading, failure, count and due time', async () => {
    const {accounts, rediscover, clock, state, written} = bench();
    await rediscover();
    const now = clock.now();
    const reading = aReading({label: 'octo6'});
    written({reading, readAt: now, lastAttemptAt: now, dueAt: now + minute, failure: aFailure(), failures: 3});
    accounts.adopt();
    expect(state()).toMatchObject({
      reading,
      readAt: now,
      lastAttemptAt: now,
      dueAt: now + minute,
      failures: 3,
      label: 'octo6',
    });
    expect(state().failure).toEqual(aFailure());
  });

  it('is not taken over while this copy refreshes it itself', async () => {
    const {accounts, rediscover, clock, set, state, written} = bench();
    await rediscover();
    set({refreshing: true});
    written({reading: aReading(), readAt: clock.now(), lastAttemptAt: clock.now()});
    accounts.adopt();
    expect(state().reading).toBeNull();
  });

  it('with a credential that is no longer the one here does not stop this copy', async () => {
    const {accounts, rediscover, clock, state, written} = bench();
    await rediscover();
    const refused = {failure: aFailure({code: 'expired'}), lastAttemptAt: clock.now(), dueAt: null} as const;
    written({...refused, fingerprint: 'older'});
    accounts.adopt();
    expect(state().dueAt).toBe(0);
    written({...refused, lastAttemptAt: clock.now() + 1});
    accounts.adopt();
    expect(state().dueAt).toBeNull();
  });
});

describe('a new interval', () => {
  it('brings a due time forward, and puts none off', async () => {
    const {accounts, rediscover, clock, set, state, parts} = bench();
    await rediscover();
    const now = clock.now();
    set({lastAttemptAt: now, dueAt: now + hour});
    parts.settings.set({...defaultSettings, providers: {openai: {...defaultProviderSettings, intervalSeconds: 60}}});
    accounts.reschedule(now);
    expect(state().dueAt).toBe(now + 66 * second);
    parts.settings.set(defaultSettings);
    accounts.reschedule(now);
    expect(state().dueAt).toBe(now + 66 * second);
  });

  it('shortens no wait of an account that fails', async () => {
    const {accounts, rediscover, clock, set, state} = bench();
    await rediscover();
    set({lastAttemptAt: clock.now(), dueAt: clock.now() + hour, failure: aFailure()});
    accounts.reschedule(clock.now());
    expect(state().dueAt).toBe(clock.now() + hour);
  });
});

describe('a discovery', () => {
  it('that finds what is known leaves the very same state', async () => {
    const {rediscover, store} = bench();
    await rediscover();
    const before = store.get();
    await rediscover();
    expect(store.get()).toBe(before);
  });

  it('takes the accounts away of a provider that was switched off', async () => {
    const {rediscover, store, parts} = bench();
    await rediscover();
    parts.settings.set({...defaultSettings, providers: {openai: {...defaultProviderSettings, enabled: false}}});
    await rediscover();
    expect(store.get()).toMatchObject({providers: [], accounts: {}, disabled: ['openai']});
  });
});
