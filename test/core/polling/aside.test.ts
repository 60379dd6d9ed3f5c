import {expect, it} from 'vitest';
import {createMemoryLedger} from '../../../src/system/ledger/memory.ts';
import {aMonitor, anAccount, aProvider, aReading, failing} from '../../support/monitor.ts';

const minute = 60_000;
const own = anAccount({key: 'openai:00000001'});
const spare = anAccount({key: 'openai:00000002', fingerprint: 'f2'});
const other = anAccount({key: 'openai:00000003', fingerprint: 'f3'});
const noPlan = failing('no_plan', {aside: true});

/** A provider of three logins, of which the second has no plan. */
function bench(ledger = createMemoryLedger()) {
  const provider = aProvider('openai', [own, spare, other]);
  provider.answer = async account => (account.key === spare.key ? noPlan() : aReading());
  const {monitor, clock, account} = aMonitor([provider], {ledger});
  const shown = () => monitor.store.get().providers.flatMap(({accounts}) => accounts);
  return {provider, monitor, clock, account, shown};
}

it('a login that was never meant for the service stands among the logins alone', async () => {
  const {monitor, clock, account, shown} = bench();
  monitor.lease(['openai']);
  await clock.advance(minute);
  expect(shown()).toEqual([own.key, other.key]);
  expect(account(spare.key).failure).toMatchObject({code: 'no_plan', aside: true});
});

it('it is shown in its place as soon as it has a plan', async () => {
  const {provider, monitor, clock, shown} = bench();
  monitor.lease(['openai']);
  await clock.advance(minute);
  provider.answer = async () => aReading();
  await clock.advance(30 * minute);
  expect(shown()).toEqual([own.key, spare.key, other.key]);
});

it('it is not shown from the start where that is known already', async () => {
  const ledger = createMemoryLedger();
  const before = bench(ledger);
  await before.monitor.readOnce({timeoutMs: minute, maxAgeMs: 0});
  const {monitor, clock, shown} = bench(ledger);
  monitor.lease(['openai']);
  await clock.advance(0);
  expect(shown()).toEqual([own.key, other.key]);
});

it('another look for logins that finds the same changes nothing', async () => {
  const {monitor, clock} = bench();
  monitor.lease(['openai']);
  await clock.advance(minute);
  const before = monitor.store.get();
  await monitor.rediscover();
  expect(monitor.store.get().providers).toBe(before.providers);
});
