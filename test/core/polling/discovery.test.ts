import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {systemClock} from '../../../src/core/clock.ts';
import {createDiscovery} from '../../../src/core/polling/discovery.ts';
import {createPlaces, type Skipped} from '../../../src/core/polling/places.ts';
import type {Account, FileRead, Machine} from '../../../src/core/provider.ts';
import {defaultProviderSettings, defaultSettings} from '../../../src/core/settings.ts';
import {createRedactor} from '../../../src/core/text/redact.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {problemAccount} from '../../../src/providers/shared/accounts.ts';
import {createMachine} from '../../../src/system/machine.ts';
import {createFakeClock, flush} from '../../support/fake-clock.ts';
import {aMonitor, anAccount, aProvider} from '../../support/monitor.ts';

const second = 1000;
const never = new Promise<never>(() => {});
const late = 'it did not respond within 2 s';

/** A machine on which everything below `dead` hangs. */
function machineWith(dead: () => string | null, more: Partial<Machine> = {}): Machine {
  const read = (path: string): Promise<FileRead> => {
    const hanging = dead();
    return hanging !== null && path.startsWith(hanging)
      ? never
      : Promise.resolve({state: 'ok', text: `text of ${path}`});
  };
  return {
    ...createMachine({env: {}, home: '/home/me'}),
    readText: read,
    list: async path =>
      (await read(path)) && ['a', '.codex', '.claude', '.config', 'gh', '.local', 'share', 'opencode'],
    ...more,
  };
}

describe('a place that hangs', () => {
  it('reads as one that cannot be read, is named once, and takes nobody else with it', async () => {
    const clock = createFakeClock();
    const {machine, skipped} = createPlaces(
      machineWith(() => '/home/me/.claude'),
      clock,
    ).forOneDiscovery();
    const reading = Promise.all([
      machine.readText('/home/me/.claude/a.json'),
      machine.readText('/home/me/.claude/b/c.json'),
      machine.list('/home/me/.claude'),
    ]);
    expect(await machine.readText('/home/me/.codex/auth.json')).toMatchObject({state: 'ok'});
    await clock.advance(2 * second);
    const unread = {state: 'unreadable', why: late, reason: 'late'};
    expect(await reading).toEqual([unread, unread, []]);
    expect(skipped).toEqual([{place: '~/.claude', why: late}]);
  });

  it.each([
    ['/home/me/.config/gh/hosts.yml', '~/.config'],
    ['/home/meg/.config/gh/hosts.yml', '/home/meg'],
    ['/mnt/net/opencode/auth.json', '/mnt/net'],
  ])('is named as far as it is likely to hang as one: %s', async (path, place) => {
    const clock = createFakeClock();
    const {machine, skipped} = createPlaces(
      machineWith(() => path),
      clock,
    ).forOneDiscovery();
    const reading = machine.readText(path);
    await clock.advance(2 * second);
    expect(await reading).toMatchObject({state: 'unreadable'});
    expect(skipped.map(each => each.place)).toEqual([place]);
  });

  it.each<[string, Partial<Machine>, (machine: Machine) => Promise<unknown>, unknown, string]>([
    ['a directory of PATH', {which: () => never}, ({which}) => which('gh'), null, 'PATH'],
    [
      'a program',
      {run: () => never},
      ({run}) => run('/usr/bin/gh', [], {timeoutMs: 1}),
      {code: null, stdout: '', stderr: '', timedOut: true},
      'gh',
    ],
  ])('may also be %s', async (_, more, use, answer, place) => {
    const clock = createFakeClock();
    const {machine, skipped} = createPlaces(
      machineWith(() => null, more),
      clock,
    ).forOneDiscovery();
    const used = use(machine);
    await clock.advance(2 * second);
    expect(await used).toEqual(answer);
    expect(skipped).toEqual([{place, why: late}]);
  });
});

describe('a discovery of a provider of which one place hangs', () => {
  const [codex, claude] = ['/home/me/.codex/auth.json', '/home/me/.claude/settings.json'];
  const accountAt = (path: string, patch: Partial<Account> = {}): Account =>
    anAccount({key: `openai:${path}`, secrets: [`secret at ${path}`], ...patch});

  function bench() {
    let dead: string | null = null;
    const clock = createFakeClock();
    const machine = machineWith(() => dead);
    const said: (readonly Skipped[])[] = [];
    const discovery = createDiscovery({machine, clock, redactor: createRedactor(), onSkipped: each => said.push(each)});
    const openai = aProvider('openai');
    let gone: string | null = null;
    openai.discover = async patient => {
      const places = await Promise.all(
        [codex, claude].map(async path => {
          const file = await patient.readText(path);
          if (file.state === 'unreadable')
            return [problemAccount(machine, 'openai', {source: path, why: file.why, remedy: 'fix-file'})];
          return path === gone ? [] : [accountAt(path, {stored: path === codex})];
        }),
      );
      return places.flat();
    };
    return {
      said,
      clock,
      hang: (path: string | null) => (dead = path),
      remove: (path: string) => (gone = path),
      async find() {
        const finding = discovery.find(openai);
        await clock.advance(2 * second);
        return (await finding).map(({key, problem}) => (problem === undefined ? key : problem.detail));
      },
    };
  }

  it('finds the logins of the other places, and invents none', async () => {
    const {find, hang, said} = bench();
    hang('/home/me/.claude');
    expect(await find()).toEqual([`openai:${codex}`]);
    expect(said).toEqual([[{place: '~/.claude', why: late}]]);
  });

  it('goes on with the logins that it held at the last discovery, until it answers again', async () => {
    const {find, hang, said, clock, remove} = bench();
    expect(await find()).toEqual([`openai:${codex}`, `openai:${claude}`]);
    hang('/home/me/.claude');
    await clock.advance(15 * second);
    expect((await find()).sort()).toEqual([`openai:${claude}`, `openai:${codex}`]);
    expect((await find()).sort()).toEqual([`openai:${claude}`, `openai:${codex}`]);
    remove(codex);
    expect(await find()).toEqual([`openai:${claude}`]);
    expect(said).toHaveLength(1);
  });
});

it('does not take a login, seen in part under another name, for a second one', async () => {
  const clock = createFakeClock();
  let dead: string | null = null;
  const discovery = createDiscovery({machine: machineWith(() => dead), clock, redactor: createRedactor()});
  const github = aProvider('copilot');
  github.discover = async patient => {
    const hosts = await patient.readText('/home/me/.config/gh/hosts.yml');
    return [anAccount({key: hosts.state === 'ok' ? 'copilot:octo6' : 'copilot:token', secrets: ['gho_notreal']})];
  };
  const find = async () => {
    const finding = discovery.find(github);
    await clock.advance(2 * second);
    return (await finding).map(({key}) => key);
  };
  expect(await find()).toEqual(['copilot:octo6']);
  dead = '/home/me/.config';
  expect(await find()).toEqual(['copilot:octo6']);
});

it('lets no secret pass for a name', async () => {
  const openai = aProvider('openai', [anAccount({label: 'zq8Xw3Lr0PvK', secrets: ['zq8Xw3Lr0PvK']})]);
  const {monitor, clock, account} = aMonitor([openai]);
  monitor.lease(['openai']);
  await clock.advance(second);
  expect(account().label).toBe('[redacted]');
});

it('a provider that throws during its discovery costs only itself', async () => {
  const [openai, zai] = [aProvider('openai'), aProvider('zai')];
  openai.discover = () => Promise.reject(new TypeError('x is not a function'));
  const {monitor, account} = aMonitor([openai, zai]);
  const state = await monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
  expect(account('zai:00000001').reading).not.toBeNull();
  expect(state.notices).toEqual([
    {code: 'place-skipped', text: 'skipped openai: internal error: TypeError: x is not a function'},
  ]);
});

it('each provider is refreshed as soon as its own logins are found, in the monitor and for scripts', async () => {
  for (const how of ['lease', 'readOnce'] as const) {
    const [openai, zai] = [aProvider('openai'), aProvider('zai')];
    openai.discover = () => never;
    const {monitor, clock} = aMonitor([openai, zai]);
    const done = how === 'lease' ? monitor.lease(['openai', 'zai']) : monitor.readOnce({timeoutMs: 3000, maxAgeMs: 0});
    await clock.advance(200);
    expect(zai.fetched).toHaveLength(1);
    if (typeof done === 'function') continue;
    await clock.advance(3000);
    expect((await done).accounts['zai:00000001']?.failure).toBeNull();
    expect(monitor.store.get().notices).toEqual([
      {code: 'place-skipped', text: 'skipped openai: looking for its logins took too long'},
    ]);
  }
});

it('refreshes nobody whose provider was switched off during its discovery', async () => {
  const openai = aProvider('openai');
  let found: (accounts: Account[]) => void = () => {};
  openai.discover = () => new Promise(resolve => (found = resolve));
  const {monitor, clock, userSettings} = aMonitor([openai]);
  monitor.lease(['openai']);
  await flush();
  userSettings.set({...defaultSettings, providers: {openai: {...defaultProviderSettings, enabled: false}}});
  found([anAccount()]);
  await clock.advance(5 * second);
  expect(monitor.store.get().accounts).toEqual({});
  expect(openai.fetched).toEqual([]);
});

describe("opencode's store, which all providers share", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mystatus-store-'));
  });
  afterEach(() => rmSync(home, {recursive: true}));

  function lockedStore(): DatabaseSync {
    const directory = join(home, '.local/share/opencode');
    mkdirSync(directory, {recursive: true});
    const store = new DatabaseSync(join(directory, 'opencode.db'));
    store.exec('create table credential (integration_id text, value text)');
    store
      .prepare('insert into credential values (?, ?)')
      .run('zai-coding-plan', JSON.stringify({type: 'key', key: 'obviously.fake'}));
    store.exec('begin exclusive');
    return store;
  }
  const allOf = async (onSkipped: (skipped: readonly Skipped[]) => void): Promise<string[]> => {
    const machine = createMachine({env: {PATH: ''}, home});
    const discovery = createDiscovery({machine, clock: systemClock, redactor: createRedactor(), onSkipped});
    const found = await Promise.all(catalogue.map(discovery.find));
    return found.flat().map(({provider, problem}) => problem?.detail ?? provider);
  };

  it('is waited for when it is locked for a second', async () => {
    const store = lockedStore();
    const said: unknown[] = [];
    const finding = allOf(skipped => said.push(skipped));
    setTimeout(() => store.exec('commit'), 1000);
    expect(await finding).toEqual(['zai']);
    expect(said).toEqual([]);
    store.close();
  });

  it('is skipped and named when it stays locked, and no account is invented for any provider', async () => {
    const store = lockedStore();
    let last: readonly Skipped[] = [];
    expect(await allOf(skipped => (last = skipped))).toEqual([]);
    expect([...new Set(last.map(({place, why}) => `${place}: ${why}`))]).toEqual([
      '~/.local/share/opencode/opencode.db: another program has locked it',
    ]);
    store.close();
  });
});

describe('discoveries that begin together', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
  });
  afterEach(() => rmSync(directory, {recursive: true}));

  /** The machine, and what was read on it, in its order. */
  function counting(machine: Machine): {machine: Machine; reads: string[]} {
    const reads: string[] = [];
    const noted =
      <Parts extends unknown[], T>(name: string, read: (...parts: Parts) => T) =>
      (...parts: Parts): T => {
        reads.push(JSON.stringify([name, ...parts]));
        return read(...parts);
      };
    const {readText, readJson, list, query, which} = machine;
    return {
      reads,
      machine: {
        ...machine,
        readText: noted('readText', readText),
        readJson: noted('readJson', readJson),
        list: noted('list', list),
        query: noted('query', query),
        which: noted('which', which),
      },
    };
  }

  it('read every file and every store once for all providers, and afresh the next time', async () => {
    const data = join(directory, '.local/share/opencode');
    mkdirSync(data, {recursive: true});
    const database = new DatabaseSync(join(data, 'opencode.db'));
    database.exec('create table credential (id text, integration_id text, value text, active integer)');
    database.close();
    const {machine, reads} = counting(createMachine({env: {}, home: directory}));
    const discovery = createDiscovery({machine, clock: systemClock, redactor: createRedactor()});
    const discoverAll = () => Promise.all(catalogue.map(provider => discovery.find(provider)));
    await discoverAll();
    const first = reads.splice(0);
    expect(first.filter((read, at) => first.indexOf(read) !== at)).toEqual([]);
    expect(first.filter(read => read.startsWith('["query"') && read.includes('opencode.db'))).toHaveLength(2);
    await discoverAll();
    expect(reads.sort()).toEqual(first.sort());
  });
});
