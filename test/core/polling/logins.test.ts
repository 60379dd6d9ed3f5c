import {describe, expect, it} from 'vitest';
import {createDiscovery} from '../../../src/core/polling/discovery.ts';
import {createLogins} from '../../../src/core/polling/logins.ts';
import type {Skipped} from '../../../src/core/polling/places.ts';
import type {Account, Machine} from '../../../src/core/provider.ts';
import {defaultSettings} from '../../../src/core/settings.ts';
import {createStore} from '../../../src/core/store.ts';
import {createRedactor} from '../../../src/core/text/redact.ts';
import {createFakeClock} from '../../support/fake-clock.ts';
import {aFailure, aMonitor, anAccount, aProvider, aReading, failing} from '../../support/monitor.ts';

const second = 1000;
const key = 'openai:00000001';

/** A provider with three places, each a directory; `read` holds the places of every discovery. */
function threePlaces(held: Record<string, Account[]>) {
  const provider = aProvider('openai', []);
  const read: string[][] = [];
  const names = ['codex', 'opencode', 'stored'];
  provider.discover = async (machine, only = names) => {
    read.push([...only]);
    const found = await Promise.all(
      only.map(async place => ((await machine.list(`/${place}`)).length > 0 ? held[place] : [])),
    );
    const accounts = only.flatMap((place, at) => (found[at] ?? []).map(account => ({...account, place})));
    // The first place wins.
    return accounts.filter((account, at) => accounts.findIndex(each => each.key === account.key) === at);
  };
  return {provider, read, held};
}

function bench(machine: Partial<Machine> = {}) {
  const clock = createFakeClock();
  const skipped: (readonly Skipped[])[] = [];
  const settings = createStore(defaultSettings);
  const discovery = createDiscovery({
    machine: {now: clock.now, home: '/home/me', list: async () => ['auth.json'], ...machine} as Machine,
    clock,
    redactor: createRedactor(),
    onSkipped: each => skipped.push(each),
  });
  return {clock, skipped, settings, logins: createLogins({discovery, clock, settings})};
}

/** The places of every discovery after the first one, which was long ago. */
async function afterDiscovery(held: Record<string, Account[]>, machine: Partial<Machine> = {}) {
  const [places, rest] = [threePlaces(held), bench(machine)];
  await rest.logins.find(places.provider);
  rest.clock.jump(10 * second);
  places.read.length = 0;
  return {...places, ...rest};
}

const everything = ['codex', 'opencode', 'stored'];
const problem = aFailure({code: 'no_credentials'});

describe('a login that is read for a request', () => {
  it('is read from its own place alone', async () => {
    const {logins, provider, read, held} = await afterDiscovery({codex: [], opencode: [anAccount()]});
    held.opencode = [anAccount({fingerprint: 'rotated'})];
    expect((await logins.read(provider, key))?.fingerprint).toBe('rotated');
    expect(read).toEqual([['opencode']]);
  });

  it.each<[string, Account[]]>([
    ['it is gone there', []],
    ['it is broken there', [anAccount({problem})]],
    ['it is switched off there', [anAccount({staticReading: aReading()})]],
    ['another login stands there', [anAccount({key: 'openai:00000002'})]],
  ])('is read from every place when %s', async (_, opencode) => {
    const {logins, provider, read, held} = await afterDiscovery({opencode: [anAccount()]});
    Object.assign(held, {opencode, codex: [anAccount({fingerprint: 'moved'})]});
    expect((await logins.read(provider, key))?.fingerprint).toBe('moved');
    expect(read).toEqual([['opencode'], everything]);
  });

  it('is null when no place has it any more', async () => {
    const {logins, provider, read, held} = await afterDiscovery({opencode: [anAccount()]});
    held.opencode = [];
    expect(await logins.read(provider, key)).toBeNull();
    expect(read).toEqual([['opencode'], everything]);
  });

  it('is null when the user has hidden it since', async () => {
    const {logins, provider, settings} = await afterDiscovery({opencode: [anAccount()]});
    settings.set({...defaultSettings, hidden: [key]});
    expect(await logins.read(provider, key)).toBeNull();
  });

  it('is read from its new place from then on', async () => {
    const {logins, provider, read, held, clock} = await afterDiscovery({opencode: [anAccount()]});
    Object.assign(held, {opencode: [], stored: [anAccount()]});
    await logins.read(provider, key);
    clock.jump(second);
    await logins.read(provider, key);
    expect(read).toEqual([['opencode'], everything, ['stored']]);
  });

  it('is read from every place when nobody knows where it was found', async () => {
    const {logins, provider, read, clock} = await afterDiscovery({opencode: [anAccount()]});
    const {discover} = provider;
    provider.discover = async (...all) => (await discover(...all)).map(({place: _, ...account}) => account);
    await logins.find(provider);
    clock.jump(second);
    expect((await logins.read(provider, key))?.key).toBe(key);
    expect(read).toEqual([everything, everything]);
  });

  it('is found by a provider that always reads all of its places, too', async () => {
    const {logins, provider, held} = await afterDiscovery({opencode: [anAccount()]});
    const {discover} = provider;
    provider.discover = machine => discover(machine);
    held.opencode = [anAccount({fingerprint: 'rotated'})];
    expect((await logins.read(provider, key))?.fingerprint).toBe('rotated');
  });

  it('is what the last discovery found when its place hangs, and the notice stays', async () => {
    let isHanging = false;
    const list = (path: string): Promise<string[]> =>
      isHanging && path === '/opencode' ? new Promise<never>(() => {}) : Promise.resolve(['auth.json']);
    const {logins, provider, clock, skipped} = await afterDiscovery({opencode: [anAccount()]}, {list});
    isHanging = true;
    const reading = logins.read(provider, key);
    await clock.advance(2 * second);
    expect((await reading)?.fingerprint).toBe('f1');
    expect(skipped.map(each => each.map(({place}) => place))).toEqual([['/opencode']]);
  });

  it('of one place does not end the notice about another one', async () => {
    const list = (path: string): Promise<string[]> =>
      path === '/codex' ? new Promise<never>(() => {}) : Promise.resolve(['auth.json']);
    const {logins, clock, skipped} = bench({list});
    const {provider} = threePlaces({opencode: [anAccount()]});
    const finding = logins.find(provider);
    await clock.advance(2 * second);
    await finding;
    expect((await logins.read(provider, key))?.key).toBe(key);
    expect(skipped).toHaveLength(1);
  });
});

describe('logins that are read in one moment', () => {
  const accounts = [anAccount(), anAccount({key: 'openai:00000002'})];
  const readAll = async ({logins, provider}: Awaited<ReturnType<typeof afterDiscovery>>): Promise<unknown> =>
    Promise.all(accounts.map(account => logins.read(provider, account.key)));

  it('share one discovery of their place, and later ones do not', async () => {
    const all = await afterDiscovery({opencode: accounts});
    await readAll(all);
    expect(all.read).toEqual([['opencode']]);
    all.clock.jump(250);
    await readAll(all);
    expect(all.read).toEqual([['opencode'], ['opencode']]);
  });

  it('share one discovery of everything when they are gone from their place', async () => {
    const all = await afterDiscovery({opencode: accounts});
    all.held.opencode = [];
    await readAll(all);
    expect(all.read).toEqual([['opencode'], everything]);
  });

  it('read two places when they stand in two', async () => {
    const all = await afterDiscovery({codex: accounts.slice(0, 1), stored: accounts.slice(1)});
    await readAll(all);
    expect(all.read).toEqual([['codex'], ['stored']]);
  });

  it('read nothing when everything was discovered a moment ago', async () => {
    const all = await afterDiscovery({opencode: accounts});
    await all.logins.find(all.provider);
    await readAll(all);
    expect(all.read).toEqual([everything]);
  });
});

describe('a login that the service refused', () => {
  const refused = anAccount();

  it('is read again from its own place alone when another credential stands there', async () => {
    const {logins, provider, read, held} = await afterDiscovery({opencode: [refused]});
    held.opencode = [anAccount({fingerprint: 'f2'})];
    expect((await logins.renewed(provider, refused))?.fingerprint).toBe('f2');
    expect(read).toEqual([['opencode']]);
  });

  it('is read again however short ago that place was read', async () => {
    const {logins, provider, held} = await afterDiscovery({opencode: [refused]});
    await logins.read(provider, key);
    held.opencode = [anAccount({fingerprint: 'f2'})];
    expect((await logins.renewed(provider, refused))?.fingerprint).toBe('f2');
  });

  it('is read from every place when its own still has the same credential', async () => {
    const {logins, provider, read, held} = await afterDiscovery({opencode: [refused]});
    held.codex = [anAccount({fingerprint: 'f2'})];
    expect((await logins.renewed(provider, refused))?.fingerprint).toBe('f2');
    expect(read).toEqual([['opencode'], everything]);
  });

  it.each<[string, Account[]]>([
    ['the same', [refused]],
    ['gone', []],
    ['broken', [anAccount({fingerprint: '', problem})]],
    ['switched off', [anAccount({fingerprint: 'f2', staticReading: aReading()})]],
  ])('is not tried again when it is %s', async (_, opencode) => {
    const {logins, provider, read, held} = await afterDiscovery({opencode: [refused]});
    held.opencode = opencode;
    expect(await logins.renewed(provider, refused)).toBeNull();
    expect(read).toEqual([['opencode'], everything]);
  });
});

it('a poll reads the place of its login and no other, and a refused one is tried again with what stands there', async () => {
  const {provider, read, held} = threePlaces({codex: [anAccount({key: 'openai:2'})], opencode: [anAccount()]});
  const {monitor, clock, account} = aMonitor([provider], {
    machine: {home: '/home/me', list: async () => ['auth.json']} as unknown as Machine,
  });
  monitor.lease(['openai']);
  await clock.advance(5 * second);
  read.length = 0;
  provider.answer = async ({fingerprint}) => {
    held.opencode = [anAccount({fingerprint: 'f2'})];
    return fingerprint === 'f2' ? aReading({plan: 'Pro'}) : failing('expired')();
  };
  monitor.refresh([key]);
  await clock.advance(second);
  expect(read).toEqual([['opencode'], ['opencode']]);
  expect(account()).toMatchObject({fingerprint: 'f2', failure: null, reading: {plan: 'Pro'}});
});
