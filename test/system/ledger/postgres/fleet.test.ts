import {afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {createWatcher} from '../../../../src/core/alerts/watcher.ts';
import {defaultSettings} from '../../../../src/core/settings.ts';
import {exitCodeOf} from '../../../../src/output/report.ts';
import {openLedger} from '../../../../src/system/ledger/ledger.ts';
import {reasonFor} from '../../../../src/system/ledger/postgres/faults.ts';
import {migrations} from '../../../../src/system/ledger/postgres/schema.ts';
import {noon, rowOf} from '../../../core/alerts/support.ts';
import {createFakeClock, type FakeClock, flush} from '../../../support/fake-clock.ts';
import {aMonitor, aProvider, aReading, aWindow, type FakeProvider, failing} from '../../../support/monitor.ts';
import {type Server, sqlAt, startPostgres, whyNoPostgres} from '../../../support/postgres.ts';
import {until} from '../../../support/until.ts';
import {directory, type Machine, type MachineOptions, openMachine} from './fleet.ts';

/** Machines that share a database, each with a monitor and a file of its own; the service counts what it is asked. */

const second = 1000;
const minute = 60 * second;

let server: Server;
let url: string;
let clock: FakeClock;
let openai: FakeProvider;
let machines: Machine[];

beforeAll(async () => {
  if (whyNoPostgres === null) server = await startPostgres();
});
afterAll(() => server?.close());
beforeEach(async () => {
  if (whyNoPostgres !== null) return;
  url = server.url(await server.database());
  clock = createFakeClock();
  openai = aProvider();
  machines = [];
});

function machine(name: string, options: MachineOptions & {at?: string} = {}): Machine {
  const opened = openMachine(options.at ?? url, {machine: name, clock, ...options});
  machines.push(opened);
  return opened;
}

/** A monitor of that machine; `finds: false`: it has no login. */
async function monitorOf(
  ledger: Machine,
  {finds = true, random = () => 0.5}: {finds?: boolean; random?: () => number} = {},
) {
  const provider = finds ? openai : {...openai, discover: async () => []};
  await ledger.ready;
  const bench = aMonitor([provider], {clock, ledger, random});
  onTestFinished(() => bench.monitor.close());
  return bench;
}

/** Time passes for the monitors, second by second, and the database answers in between. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += second) {
    await clock.advance(second);
    for (let turn = 0; turn < 3; turn += 1) {
      await Promise.all(machines.map(each => each.idle()));
      await flush();
    }
  }
}

/** What another machine wrote is looked for a moment after it was told. */
const hears = (holds: () => boolean, complaint: () => string): Promise<void> =>
  until(async () => {
    await clock.advance(100);
    return holds();
  }, complaint);

const isBack = (all: readonly Machine[]): Promise<void> =>
  until(
    () => all.every(({troubles}) => troubles.at(-1) === null),
    () => JSON.stringify(all.map(({troubles}) => troubles)),
  );
const isGone = (all: readonly Machine[]): Promise<void> =>
  until(
    () => all.every(({troubles}) => troubles.at(-1) !== null),
    () => 'nobody noticed',
  );

describe.skipIf(whyNoPostgres !== null)(`machines on one database ${whyNoPostgres ?? ''}`, () => {
  it('ask once per account and interval, however many they are, and all show the reading', async () => {
    let dice = 0;
    const random = (): number => (dice = (dice + 0.37) % 1);
    const all = await Promise.all(['one', 'two', 'three'].map(name => monitorOf(machine(name), {random})));
    for (const {monitor} of all) monitor.lease(['openai']);
    await pass(20 * minute);
    expect(openai.fetched.length).toBeGreaterThanOrEqual(9);
    expect(openai.fetched.length).toBeLessThanOrEqual(12);
    const dueAt = all.map(({account}) => Math.round(account().dueAt ?? 0));
    expect(new Set(dueAt).size).toBe(1);
    for (const {account} of all) expect(account().reading).toEqual(aReading());
  });

  it('hear of a reading at once, without waiting for the next beat', async () => {
    const [one, two] = [await monitorOf(machine('one')), await monitorOf(machine('two'))];
    two.monitor.lease(['openai']);
    await pass(3 * second);
    const before = two.account().readAt;
    clock.jump(minute);
    openai.answer = async () => aReading({plan: 'Pro'});
    await one.monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    await hears(
      () => two.account().reading?.plan === 'Pro',
      () => JSON.stringify(two.account()),
    );
    expect(two.account().readAt).not.toBe(before);
  });

  it('hold to a wait that the service told to any of them, and a refresh by hand is everybody’s', async () => {
    openai.answer = failing('rate_limited', {retryAt: clock.now() + 10 * minute});
    const [one, two] = [await monitorOf(machine('one')), await monitorOf(machine('two'))];
    one.monitor.lease(['openai']);
    await pass(2 * second);
    two.monitor.lease(['openai']);
    await pass(5 * minute);
    const script = await (await monitorOf(machine('three'))).monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    expect(script.accounts['openai:00000001']?.failure?.code).toBe('rate_limited');
    expect(openai.fetched).toHaveLength(1);
    openai.answer = async () => aReading();
    two.monitor.refresh(['openai:00000001']);
    two.monitor.refresh(['openai:00000001']);
    await pass(2 * second);
    expect(openai.fetched).toHaveLength(2);
    expect(one.account().failure).toBeNull();
  });

  it('show accounts that only another one has, with its name, and never ask for them', async () => {
    const [one, two] = [await monitorOf(machine('one')), await monitorOf(machine('two'), {finds: false})];
    one.monitor.lease(['openai']);
    two.monitor.lease(['openai']);
    await pass(5 * minute);
    const shown = two.monitor.store.get();
    expect(shown.providers[0]?.accounts).toEqual(['openai:00000001']);
    expect(two.account()).toMatchObject({
      machine: 'one',
      label: 'user@example.com @ one',
      reading: aReading(),
      dueAt: null,
    });
    expect(exitCodeOf(shown)).toBe(0);
    const asked = openai.fetched.length;
    expect(two.monitor.refresh(['openai:00000001']).refreshing).toEqual([]);
    expect(
      exitCodeOf(
        await (await monitorOf(machine('three'), {finds: false})).monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0}),
      ),
    ).toBe(0);
    expect(openai.fetched).toHaveLength(asked);
  });

  it('take turns by the database’s clock: a machine whose own is wrong shows the right ages', async () => {
    const right = machine('right', {offsetOf: () => 0});
    const wrong = machine('wrong', {offsetOf: () => -10 * minute});
    await Promise.all([right.ready, wrong.ready]);
    const fast = clock.now() + 10 * minute;
    wrong.settle({...rowOf(0, [{used: 5}]), readAt: fast, lastAttemptAt: fast, dueAt: fast + minute}, fast);
    await wrong.idle();
    await hears(
      () => right.row('openai:1') !== null,
      () => 'not heard',
    );
    expect(right.row('openai:1')).toMatchObject({readAt: fast - 10 * minute, dueAt: fast - 9 * minute});
    expect(wrong.row('openai:1')?.readAt).toBe(fast);
  });

  it('end a claim by the database’s clock when the machine that has it died', async () => {
    const [one, two] = [machine('one'), machine('two')];
    expect(await one.claim('a:1', 0, 400)).toBe(true);
    expect(await two.claim('a:1', 0, 400)).toBe(false);
    expect(await one.claim('a:1', 0, 1000)).toBe(true);
    await until(
      () => two.claim('a:1', 0, 400),
      () => 'the claim never ended',
    );
  });

  it('go on with their own files while it is away, say so once, and are back by themselves without a burst', async () => {
    const ledgers = [machine('one'), machine('two')];
    const all = await Promise.all(ledgers.map(ledger => monitorOf(ledger)));
    for (const {monitor} of all) monitor.lease(['openai']);
    await pass(4 * minute);
    const together = openai.fetched.length;
    await server.stop();
    await isGone(ledgers);
    // It may only be starting again: nobody polls for himself at once.
    for (const {monitor} of all) monitor.refresh(['openai:00000001']);
    await pass(5 * second);
    expect(openai.fetched).toHaveLength(together);
    openai.answer = async () => aReading({plan: 'Pro'});
    await pass(6 * minute);
    expect(openai.fetched.length - together).toBeGreaterThanOrEqual(4);
    for (const {account} of all) expect(account()).toMatchObject({reading: {plan: 'Pro'}, failure: null});
    expect(ledgers.map(({troubles}) => new Set(troubles.map(trouble => trouble?.kind)).size)).toEqual([2, 2]);
    await server.start();
    await clock.advance(6 * second);
    await isBack(ledgers);
    await pass(second);
    const [mine, theirs] = all.map(({account}) => account());
    expect(mine?.lastAttemptAt).toBe(theirs?.lastAttemptAt);
    expect(mine?.dueAt).toBe(theirs?.dueAt);
    const apart = openai.fetched.length;
    await pass(12 * minute);
    expect(openai.fetched.length - apart).toBeGreaterThanOrEqual(5);
    expect(openai.fetched.length - apart).toBeLessThanOrEqual(7);
    const [row] = await sqlAt(url, `SELECT reading FROM mystatus.account`);
    expect(String(row?.reading)).toContain('"Pro"');
  });

  it('bring over what was written meanwhile, its history too, and tell no alert again', async () => {
    const told: string[] = [];
    const alerts = {
      watcher: createWatcher({settings: () => defaultSettings.alerts, forecastOf: () => () => null}),
      tell: (events: readonly {event: string}[]) => void told.push(...events.map(({event}) => event)),
      changed() {},
    };
    const [one, two] = [
      machine('one', {alerts}),
      machine('two', {
        alerts: {
          ...alerts,
          watcher: createWatcher({settings: () => defaultSettings.alerts, forecastOf: () => () => null}),
        },
      }),
    ];
    await Promise.all([one.ready, two.ready]);
    one.settle(rowOf(0, [{used: 50}]), noon);
    await one.idle();
    await hears(
      () => two.row('openai:1') !== null,
      () => 'not heard',
    );
    await server.stop();
    await isGone([one, two]);
    one.settle(rowOf(minute, [{used: 60}]), noon);
    one.settle(rowOf(2 * minute, [{used: 95}]), noon);
    expect(told).toEqual(['threshold']);
    await server.start();
    await clock.advance(6 * second);
    await isBack([one, two]);
    await hears(
      () => two.row('openai:1')?.readAt === noon + 2 * minute,
      () => JSON.stringify(two.row('openai:1')),
    );
    await Promise.all([one.idle(), two.idle()]);
    await two.readPast();
    expect(two.history(0)[0]?.usage.reduce((sum, {added}) => sum + added, 0)).toBe(450);
    expect(told).toEqual(['threshold']);
  });

  it('bring the past of a machine along that joins', async () => {
    clock = createFakeClock(noon);
    const path = directory();
    const own = openLedger({directory: path, onNotice() {}, now: clock.now});
    for (const at of [0, 1, 2]) own.settle(rowOf(at * minute, [{used: 10 + at}]), noon);
    own.close();
    await machine('one', {path}).ready;
    const two = machine('two');
    await two.ready;
    await two.readPast();
    expect(two.row('openai:1')?.readAt).toBe(noon + 2 * minute);
    expect(two.history(0)[0]?.usage.reduce((sum, {added}) => sum + added, 0)).toBe(20);
  });

  it('leave tables of a later version alone', async () => {
    await machine('one').ready;
    await sqlAt(url, `UPDATE mystatus.schema_version SET version = ${migrations.length + 1}`);
    const late = machine('two');
    await late.ready;
    const [trouble] = late.troubles;
    expect(trouble?.kind === 'away' && reasonFor(trouble.error)).toBe(
      'its tables were made by a newer version of this program',
    );
    late.settle(rowOf(0, [{used: 5}]), noon);
    expect(late.row('openai:1')?.readAt).toBe(noon);
    expect(await sqlAt(url, 'SELECT count(*)::int AS n FROM mystatus.account')).toEqual([{n: 0}]);
  });

  it('make the tables once when they all start at the same moment', async () => {
    const all = Array.from({length: 6}, (_, at) => machine(`machine ${at}`));
    await Promise.all(all.map(each => each.ready));
    expect(all.flatMap(({troubles}) => troubles)).toEqual(all.map(() => null));
  });

  it('with a role that may only read show everything and ask nothing', async () => {
    const one = await monitorOf(machine('one'));
    one.monitor.lease(['openai']);
    await pass(2 * second);
    await sqlAt(
      url,
      `CREATE ROLE looker LOGIN; GRANT USAGE ON SCHEMA mystatus TO looker;
      GRANT SELECT ON ALL TABLES IN SCHEMA mystatus TO looker`,
    );
    const at = url.replace('postgres@', 'looker@');
    const looker = machine('two', {at});
    const two = await monitorOf(looker);
    expect(looker.troubles).toEqual([{kind: 'read-only'}]);
    two.monitor.lease(['openai']);
    const asked = openai.fetched.length;
    const script = await (await monitorOf(machine('three', {at}))).monitor.readOnce({timeoutMs: 5000, maxAgeMs: 0});
    expect(script.accounts['openai:00000001']?.reading).toEqual(aReading());
    expect(openai.fetched).toHaveLength(asked);
    openai.answer = async () => aReading({windows: [aWindow({use: {state: 'known', usedPercent: 77}})]});
    await pass(3 * minute);
    await hears(
      () => JSON.stringify(two.account().reading).includes('77'),
      () => JSON.stringify(two.account()),
    );
    expect(openai.fetched.length).toBeGreaterThan(asked);
  });

  it('have neither a token nor an answer of a service there', async () => {
    const one = machine('one');
    await one.ready;
    const carrier = {...rowOf(0, [{used: 5}]), credential: 'test-client-secret', secrets: ['test-client-secret']};
    one.settle(carrier, noon);
    await one.idle();
    const tables = await sqlAt(url, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'mystatus'`);
    const all = await Promise.all(tables.map(({table_name}) => sqlAt(url, `SELECT * FROM mystatus.${table_name}`)));
    expect(JSON.stringify(all)).toContain('user@example.com');
    expect(JSON.stringify(all)).not.toContain('test-client-secret');
  });

  it('draw nothing of what somebody wrote there by hand that would move a cursor', async () => {
    const one = machine('one');
    await one.ready;
    const row = (key: string) => `('${key}', 'openai', E'me\\x1b[31m', E'there\\x07', 'f', 0, E'two\\x1b[2J', 'w', 1)`;
    await sqlAt(
      url,
      `INSERT INTO mystatus.account (key, provider, label, source, fingerprint, failures, machine, writer, version)
       VALUES ${row('openai:1')}, ${row('no key at all')}; UPDATE mystatus.account SET asked_at = ${clock.now()}`,
    );
    const two = machine('three');
    await two.ready;
    expect(two.elsewhere()).toMatchObject([{key: 'openai:1', label: 'me', source: 'there', machine: 'two'}]);
  });

  it('survive that the tables are dropped under them', async () => {
    const one = machine('one');
    await one.ready;
    await sqlAt(url, 'DROP SCHEMA mystatus CASCADE');
    one.settle(rowOf(0, [{used: 5}]), noon);
    await one.idle();
    expect(one.row('openai:1')?.readAt).toBe(noon);
    await clock.advance(6 * second);
    await isBack([one]);
    expect(await sqlAt(url, 'SELECT key FROM mystatus.account')).toEqual([{key: 'openai:1'}]);
  });
});
