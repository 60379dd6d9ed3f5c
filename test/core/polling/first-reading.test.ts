import {describe, expect, it} from 'vitest';
import {type CredentialStore, createCredentialsControl} from '../../../src/core/credentials.ts';
import {createDiscovery} from '../../../src/core/polling/discovery.ts';
import {createMonitor} from '../../../src/core/polling/monitor.ts';
import {emptyState} from '../../../src/core/polling/monitor-state.ts';
import {accountKey, fingerprintOf, type Machine, type StoredCredential} from '../../../src/core/provider.ts';
import {defaultSettings} from '../../../src/core/settings.ts';
import {createStore} from '../../../src/core/store.ts';
import {createRedactor} from '../../../src/core/text/redact.ts';
import {createMemoryLedger} from '../../../src/system/ledger/memory.ts';
import {createMachine} from '../../../src/system/machine.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {anAccount, aProvider, aReading, aWire, failing} from '../../support/monitor.ts';

const second = 1000;

/** The real control beside the real monitor, over a store in memory. */
function bench() {
  const clock = createFakeClock();
  const redactor = createRedactor();
  let entries: StoredCredential[] = [];
  const store: CredentialStore = {
    list: async id => entries.filter(({provider}) => id === undefined || provider === id),
    async add(entry) {
      const added = {...entry, id: `id${entries.length}`};
      entries = [...entries, added];
      return added;
    },
    async update(id, patch) {
      entries = entries.map(entry => (entry.id === id ? {...entry, ...patch} : entry));
    },
    async remove(id) {
      entries = entries.filter(entry => entry.id !== id);
      return true;
    },
  };
  const machine: Machine = {...createMachine({env: {}, home: '/nowhere', stored: store.list}), now: clock.now};
  const zai = aProvider('zai', []);
  zai.discover = async ({stored, sha256}) =>
    (await stored('zai')).map(({secret}) =>
      anAccount({
        key: accountKey({sha256}, 'zai', 'me'),
        provider: 'zai',
        secrets: [secret],
        stored: true,
        fingerprint: fingerprintOf({sha256}, secret),
      }),
    );
  const discovery = createDiscovery({machine, clock, redactor});
  const state = createStore(emptyState());
  const ledger = createMemoryLedger();
  const common = {
    providers: [zai],
    discovery,
    redactor,
    wireFor: (_: unknown, signal: AbortSignal) => aWire(clock, signal),
  };
  const monitor = createMonitor({
    ...common,
    ledger,
    clock,
    random: () => 0.5,
    settings: createStore(defaultSettings),
    store: state,
  });
  const control = createCredentialsControl({
    ...common,
    machine,
    store,
    hidden: () => [],
    setHidden() {},
    forgetHistory() {},
    nameOf: key => state.get().accounts[key]?.reading?.label,
    addFirstReading: monitor.addFirstReading,
    changed: monitor.rediscover,
  });
  monitor.lease(['zai']);
  return {clock, zai, control, monitor, ledger, accounts: () => Object.values(state.get().accounts)};
}

const draft = (secret: string) => ({provider: 'zai', secret, fields: {}});

describe('a login that is added', () => {
  it('has its first reading from the check, and is asked again when its interval is over', async () => {
    const {clock, zai, control, accounts, ledger} = bench();
    await clock.advance(second);
    expect(await control.verify(draft('first-secret-key'), 5000)).toBeNull();
    const checkedAt = clock.now();
    await clock.advance(3 * second);
    await control.add(draft('first-secret-key'));
    await clock.advance(60 * second);
    expect(zai.fetched).toHaveLength(1);
    expect(accounts()).toEqual([
      expect.objectContaining({
        reading: aReading(),
        readAt: checkedAt,
        lastAttemptAt: checkedAt,
        dueAt: checkedAt + 120 * second,
      }),
    ]);
    expect(ledger.rows().map(({readAt}) => readAt)).toEqual([checkedAt]);
    await clock.advance(60 * second);
    expect(zai.fetched).toHaveLength(2);
  });

  it('is asked at once when it was not checked, or another one was', async () => {
    const {clock, zai, control} = bench();
    await clock.advance(second);
    expect(await control.verify(draft('another-secret-key'), 5000)).toBeNull();
    await control.add(draft('first-secret-key'));
    await clock.advance(second);
    expect(zai.fetched).toHaveLength(2);
  });

  it('is asked at once when its check failed and it was kept all the same', async () => {
    const {clock, zai, control, accounts} = bench();
    await clock.advance(second);
    zai.answer = failing('network', {detail: 'no way'});
    expect(await control.verify(draft('first-secret-key'), 5000)).toBe('no way');
    await control.add(draft('first-secret-key'));
    await clock.advance(second);
    expect(zai.fetched).toHaveLength(2);
    expect(accounts()).toEqual([
      expect.objectContaining({reading: null, failure: expect.objectContaining({code: 'network'})}),
    ]);
  });
});

it('a login that is replaced has its reading from the check too, and its failure ends', async () => {
  const {clock, zai, control, accounts} = bench();
  zai.answer = failing('expired');
  await control.add(draft('first-secret-key'));
  await clock.advance(second);
  expect(accounts()).toEqual([
    expect.objectContaining({dueAt: null, failure: expect.objectContaining({code: 'expired'})}),
  ]);
  zai.answer = async () => aReading({label: 'octo6'});
  await control.verify(draft('second-secret-key'), 5000);
  zai.fetched.length = 0;
  await control.replace('id0', 'second-secret-key');
  await clock.advance(60 * second);
  expect(zai.fetched).toEqual([]);
  expect(accounts()).toEqual([expect.objectContaining({failure: null, label: 'octo6'})]);
  expect((await control.rows()).map(({account}) => account.label)).toEqual(['octo6']);
});

it('a reading that came after the check stands', async () => {
  const {clock, zai, control, accounts, monitor} = bench();
  await control.add(draft('first-secret-key'));
  await clock.advance(second);
  await control.verify(draft('first-secret-key'), 5000);
  zai.answer = async () => aReading({plan: 'Pro'});
  await clock.advance(3 * second);
  monitor.refresh(accounts().map(({key}) => key));
  await clock.advance(second);
  await control.replace('id0', 'first-secret-key');
  await clock.advance(second);
  expect(accounts().map(({reading}) => reading?.plan)).toEqual(['Pro']);
});

it('a discovery that was overtaken by a later one does not undo it', async () => {
  const {clock, zai, control, accounts, monitor} = bench();
  await clock.advance(second);
  const {discover} = zai;
  let finish = (): void => {};
  zai.discover = () => new Promise(resolve => (finish = () => resolve([])));
  const slow = monitor.rediscover();
  zai.discover = discover;
  await control.add(draft('first-secret-key'));
  finish();
  await slow;
  expect(accounts()).toHaveLength(1);
});
