import {expect, it, vi} from 'vitest';
import type {FileRead, Machine} from '../../../src/core/provider.ts';
import {createMemoryLedger} from '../../../src/system/ledger/memory.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {aMonitor, anAccount, aProvider, aReading, aWindow, type FakeProvider} from '../../support/monitor.ts';

/** What a day of polling adds up to: counts alone, on a clock that the test owns. */

const hour = 3_600_000;
const hours = 24;
const intervalSeconds = 3600;
const providers = 40;
const accountsEach = 2;

/** Its logins are in a file that all providers read, and its figures rise. */
function readingProvider(number: number): FakeProvider {
  const id = `tool${number}`;
  const accounts = Array.from({length: accountsEach}, (_, at) => anAccount({provider: id, key: `${id}:0000000${at}`}));
  const provider = aProvider(id, accounts);
  let asked = 0;
  return Object.assign(provider, {
    intervalSeconds: {default: intervalSeconds, floor: 60},
    answer: async () => aReading({windows: [aWindow({use: {state: 'known', usedPercent: ++asked % 100}})]}),
    async discover(machine: Machine) {
      await machine.readText('/home/me/.shared/auth.json');
      return provider.accounts;
    },
  });
}

/** How often anybody asked for the file of the logins. */
function countingMachine() {
  const counts = {reads: 0};
  const machine = {
    home: '/home/me',
    platform: 'linux',
    list: async () => ['.shared'],
    async readText(): Promise<FileRead> {
      counts.reads++;
      return {state: 'missing'};
    },
  } as unknown as Machine;
  return {machine, counts};
}

it('forty providers cost the same at the end of a day as at its beginning', {timeout: 60_000}, async () => {
  const all = Array.from({length: providers}, (_, number) => readingProvider(number));
  const {machine, counts} = countingMachine();
  const memory = createMemoryLedger();
  const [settle, changes] = [vi.spyOn(memory, 'settle'), vi.fn()];
  const clock = createFakeClock(undefined, 1);
  const {monitor} = aMonitor(all, {machine, ledger: memory, clock, stirs: {stirred: () => false}});
  monitor.store.subscribe(changes);
  const release = monitor.lease(all.map(({id}) => id));
  const soFar = () => ({
    requests: all.reduce((sum, {fetched}) => sum + fetched.length, 0),
    written: settle.mock.calls.length,
    drawn: changes.mock.calls.length,
    reads: counts.reads,
  });

  await clock.advance((hours - 1) * hour);
  const before = soFar();
  await clock.advance(hour);
  const day = soFar();
  // In each interval one request for each account, one row for the ledger, and one change for the screen to draw.
  for (const {fetched} of all) expect(fetched).toHaveLength(accountsEach * hours);
  expect(day.requests - before.requests).toBe(providers * accountsEach);
  expect(day.written).toBe(day.requests);
  expect(day.drawn - before.drawn).toBe(day.requests - before.requests);
  // The file is read once for all in a look every two minutes, and by each provider before it asks.
  expect(day.reads - before.reads).toBeLessThanOrEqual(30 + providers);
  // The heartbeat alone waits, and nothing is left when nobody looks any more.
  expect(clock.waiting()).toBe(1);
  expect(memory.rows()).toHaveLength(providers * accountsEach);
  release();
  expect(clock.waiting()).toBe(0);
});
