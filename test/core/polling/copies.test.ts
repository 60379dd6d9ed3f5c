import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Ledger} from '../../../src/core/ledger.ts';
import {openLedger} from '../../../src/system/ledger/ledger.ts';
import {createFakeClock, type FakeClock} from '../../support/fake-clock.ts';
import {aMonitor, anAccount, aProvider, aReading, aWindow, type FakeProvider, failing} from '../../support/monitor.ts';

const second = 1000;
const minute = 60 * second;
const key = 'openai:00000001';

let directory: string;
let clock: FakeClock;
let openai: FakeProvider;
const ledgers: Ledger[] = [];
const aLedger = (): Ledger => {
  const ledger = openLedger({
    directory,
    onNotice: notice => {
      throw new Error(notice.text);
    },
    now: clock.now,
  });
  ledgers.push(ledger);
  return ledger;
};
const aCopy = (options: Parameters<typeof aMonitor>[1] = {}) =>
  aMonitor([openai], {clock, ledger: aLedger(), ...options});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
  clock = createFakeClock();
  openai = aProvider();
});
afterEach(() => {
  for (const ledger of ledgers.splice(0)) ledger.close();
  rmSync(directory, {recursive: true, force: true});
});

describe('copies that share a ledger', () => {
  it('ask once per account and interval, however many they are', async () => {
    // Each copy with its own dice, as on a real machine.
    let dice = 0;
    const copies = Array.from({length: 8}, () => aCopy({random: () => (dice = (dice + 0.37) % 1)}));
    for (const {monitor} of copies) monitor.lease(['openai']);
    await clock.advance(5 * second);
    expect(openai.fetched).toHaveLength(1);
    await clock.advance(20 * minute);
    expect(openai.fetched.length).toBeGreaterThanOrEqual(9);
    expect(openai.fetched.length).toBeLessThanOrEqual(12);
    for (const {account} of copies) expect(account().reading).toEqual(aReading());
  });

  it('do not ask what another one asked between their decision and their turn', async () => {
    let discoveries = 0;
    openai.discover = async () => {
      if (discoveries++ < 2) await new Promise<void>(resolve => clock.after(950, resolve));
      return openai.accounts;
    };
    openai.answer = async () => {
      await new Promise<void>(resolve => clock.after(25, resolve));
      return aReading();
    };
    // Both find the account due at 950 ms; the first has its answer at 975, the second hears of it at 1000 and asks at 1099.
    const copies = [aCopy({random: () => 0}), aCopy({random: () => 0.99})];
    for (const {monitor} of copies) monitor.lease(['openai']);
    await clock.advance(5 * second);
    expect(openai.fetched).toHaveLength(1);
    for (const {account} of copies) expect(account().reading).toEqual(aReading());
  });

  it('hear of each other also after the clock was set back', async () => {
    const [first, other] = [aCopy(), aCopy()];
    for (const {monitor} of [first, other]) monitor.lease(['openai']);
    await clock.advance(5 * second);
    clock.jump(-3_600_000);
    await clock.advance(3 * second);
    openai.answer = async () => aReading({plan: 'Pro'});
    first.monitor.refresh([key]);
    await clock.advance(2 * second);
    expect(other.account().reading?.plan).toBe('Pro');
  });

  it('show the reading of one within two seconds in the others', async () => {
    const [first, second_] = [aCopy(), aCopy()];
    first.monitor.lease(['openai']);
    second_.monitor.lease(['openai']);
    await clock.advance(5 * second);
    openai.answer = async () => aReading({windows: [aWindow({use: {state: 'known', usedPercent: 77}})]});
    first.monitor.refresh([key]);
    await clock.advance(2 * second);
    expect(second_.account().reading?.windows[0]?.use).toEqual({state: 'known', usedPercent: 77});
    expect(second_.account().dueAt).toBe(first.account().dueAt);
  });

  it("obey a server's wait that another one was told, also after a restart", async () => {
    openai.answer = failing('rate_limited', {retryAt: clock.now() + 10 * minute});
    const first = aCopy();
    const release = first.monitor.lease(['openai']);
    await clock.advance(5 * second);
    release();
    openai.answer = async () => aReading();
    const next = aCopy();
    next.monitor.lease(['openai']);
    await clock.advance(9 * minute);
    expect(openai.fetched).toHaveLength(1);
    expect(next.account().failure?.code).toBe('rate_limited');
    await clock.advance(2 * minute);
    expect(openai.fetched).toHaveLength(2);
  });

  it('start with what the ledger remembers, and ask only what is due', async () => {
    const first = aCopy();
    const release = first.monitor.lease(['openai']);
    await clock.advance(5 * second);
    release();
    await clock.advance(minute);
    const next = aCopy();
    next.monitor.lease(['openai']);
    await clock.advance(second);
    expect(next.account()).toMatchObject({reading: aReading(), readAt: first.account().readAt});
    expect(openai.fetched).toHaveLength(1);
    await clock.advance(minute);
    expect(openai.fetched).toHaveLength(2);
  });

  it('wait out the claim of a copy that was killed while it asked, and go on then', async () => {
    aLedger().claim(key, clock.now(), clock.now() + 30 * second);
    const {monitor} = aCopy();
    monitor.lease(['openai']);
    await clock.advance(20 * second);
    expect(openai.fetched).toHaveLength(0);
    await clock.advance(15 * second);
    expect(openai.fetched).toHaveLength(1);
  });

  it('leave an asking alone that takes long, for as long as its copy lives', async () => {
    openai.answer = async () => {
      await new Promise<void>(resolve => clock.after(40 * second, resolve));
      return aReading();
    };
    const copies = [aCopy(), aCopy()];
    for (const {monitor} of copies) monitor.lease(['openai']);
    await clock.advance(60 * second);
    expect(openai.fetched).toHaveLength(1);
    for (const {account} of copies) expect(account().reading).toEqual(aReading());
  });

  it('ask again at once when a signed-out credential was changed while no copy ran', async () => {
    openai.answer = failing('expired');
    const release = aCopy().monitor.lease(['openai']);
    await clock.advance(5 * second);
    release();
    const unchanged = aCopy();
    const releaseUnchanged = unchanged.monitor.lease(['openai']);
    await clock.advance(5 * minute);
    expect(openai.fetched).toEqual(['f1']);
    releaseUnchanged();
    openai.accounts = [anAccount({fingerprint: 'f2'})];
    openai.answer = async () => aReading();
    const next = aCopy();
    next.monitor.lease(['openai']);
    await clock.advance(2 * second);
    expect(openai.fetched).toEqual(['f1', 'f2']);
  });

  it('answer a script from the ledger while the service asked to wait, and take part in its claims', async () => {
    openai.answer = failing('rate_limited', {retryAt: clock.now() + 10 * minute});
    const script = () => aCopy().monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    await script();
    const {accounts} = await script();
    expect(openai.fetched).toHaveLength(1);
    expect(accounts[key]?.failure?.code).toBe('rate_limited');
  });

  it('share one asking per account between scripts that start together', async () => {
    const other = aProvider('zai');
    // The later answer is there in the moment in which the waiting script looks for the earlier one.
    for (const [provider, takesMs] of [
      [openai, 990],
      [other, 985],
    ] as const)
      provider.answer = async () => {
        await new Promise<void>(resolve => clock.after(takesMs, resolve));
        return aReading();
      };
    const script = async (startsAtMs: number) => {
      await new Promise<void>(resolve => clock.after(startsAtMs, resolve));
      const {monitor} = aMonitor([other, openai], {clock, ledger: aLedger()});
      return monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    };
    const scripts = Promise.all([0, 5, 20, 45, 60, 95].map(script));
    await clock.advance(6000);
    for (const {accounts} of await scripts) expect(accounts[key]?.reading).toEqual(aReading());
    expect([openai.fetched.length, other.fetched.length]).toEqual([1, 1]);
  });
});

describe('three hundred accounts', () => {
  it('are all polled for hours, six at a time, without anything growing', async () => {
    openai.accounts = Array.from({length: 300}, (_, at) => anAccount({key: `openai:${String(at).padStart(8, '0')}`}));
    const {monitor} = aCopy();
    monitor.lease(['openai']);
    await clock.advance(20 * minute);
    const asked = openai.fetched.length;
    expect(asked).toBeGreaterThanOrEqual(300 * 9);
    expect(asked).toBeLessThanOrEqual(300 * 12);
    expect(Object.keys(monitor.store.get().accounts)).toHaveLength(300);
    expect(clock.waiting()).toBeLessThan(20);
  });
});
