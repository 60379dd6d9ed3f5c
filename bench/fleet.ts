import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Clock} from '../src/core/clock.ts';
import type {Reading} from '../src/core/model.ts';
import {createDiscovery} from '../src/core/polling/discovery.ts';
import {createMonitor} from '../src/core/polling/monitor.ts';
import {emptyState} from '../src/core/polling/monitor-state.ts';
import type {Account, Machine, Provider, Wire} from '../src/core/provider.ts';
import {defaultSettings} from '../src/core/settings.ts';
import {createStore} from '../src/core/store.ts';
import {createRedactor} from '../src/core/text/redact.ts';
import {openLedger} from '../src/system/ledger/ledger.ts';
import {addressOf} from '../src/system/ledger/postgres/address.ts';
import {type Connection, connect} from '../src/system/ledger/postgres/connection.ts';
import {openFleet} from '../src/system/ledger/postgres/fleet.ts';
import {type Server, startPostgres, whyNoPostgres} from '../test/support/postgres.ts';
import {figure, median, percentile} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

/**
 * Machines that share a real database: each has a monitor, a file and a connection of its own, in one process. Their
 * clock runs ten or twenty times as fast as ours: what takes part in it (intervals, beats, renewed claims, looks at the database) is as often
 * for each poll as it is in truth; what is told in milliseconds is of the real clock.
 */

const accounts = 5;
const intervalMs = 120_000;
const requestMs = 10;
// More machines in one process cannot live as fast.
const speedOf = (size: number): number => (size > 8 ? 10 : 20);

export async function fleet(_: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  if (whyNoPostgres !== null) return [{title: 'A fleet', columns: ['skipped'], rows: [[whyNoPostgres]], notes: []}];
  const server = await startPostgres(['max_connections=200']);
  const [sizes, intervals] = quick ? [[1, 3], 2] : [[1, 8, 64], 10];
  try {
    const rows: string[][] = [];
    for (const size of sizes)
      for (const goneMs of [0, 60_000]) rows.push(await rowOf(server, {size, intervals, goneMs}));
    return [
      {
        title: `Machines on one PostgreSQL, ${accounts} accounts, ${intervals} intervals of ${intervalMs / 1000} s`,
        columns: [
          'machines',
          'requests per account and interval',
          'elsewhere: median ms',
          'p95 ms',
          'statements per poll',
          'KB per poll',
          'database: CPU ms per poll',
          'back after s',
        ],
        rows,
        notes: [
          'Aims: requests ≤ 1.05; a reading is elsewhere within a second (median). Gone: the server is stopped for a minute of theirs, and takes its time to start.',
        ],
      },
    ];
  } finally {
    await server.close();
  }
}

type Run = {size: number; intervals: number; goneMs: number};

async function rowOf(server: Server, {size, intervals, goneMs}: Run): Promise<string[]> {
  const clock = fastClock(speedOf(size));
  const seen = createSeen();
  const service = createService(seen);
  const url = server.url(await server.database());
  const machines: Awaited<ReturnType<typeof startMachine>>[] = [];
  // As people start them: one after the other.
  for (let at = 0; at < size; at += 1) machines.push(await startMachine(url, at, {clock, service, seen}));
  await waitFor(() => service.requests() >= accounts);
  seen.begin();
  const [first, cpu] = [service.requests(), server.cpuMs()];
  const startedAt = clock.now();
  let [goneFor, backAfter] = [0, Number.NaN];
  if (goneMs > 0) {
    await clock.pass((intervals * intervalMs) / 2);
    const stoppedAt = clock.now();
    await server.stop();
    await clock.pass(goneMs);
    await server.start();
    const at = clock.now();
    goneFor = (at - stoppedAt) / 1000;
    await waitFor(() => machines.every(each => each.isThere()));
    backAfter = (clock.now() - at) / 1000;
  }
  await clock.pass(startedAt + intervals * intervalMs - clock.now());
  const [polls, used] = [
    service.requests() - first,
    goneMs > 0 ? Number.NaN : (server.cpuMs() ?? Number.NaN) - (cpu ?? Number.NaN),
  ];
  const traffic = machines.map(each => each.traffic());
  await Promise.all(machines.map(each => each.close()));
  const sum = (of: (each: {statements: number; bytes: number}) => number): number =>
    traffic.reduce((total, each) => total + of(each), 0);
  const all = polls + first;
  return [
    `${size}${goneMs > 0 ? `, gone for ${Math.round(goneFor)} s` : ''}`,
    figure(polls / accounts / intervals, 2),
    ...(size === 1 ? ['—', '—'] : [figure(median(seen.delays()), 1), figure(percentile(seen.delays(), 0.95), 1)]),
    figure(sum(each => each.statements) / all, 1),
    figure(sum(each => each.bytes) / all / 1024, 1),
    figure(used / polls, 1),
    figure(backAfter, 1),
  ];
}

type FastClock = Clock & {pass(ms: number): Promise<void>};

function fastClock(speed: number): FastClock {
  const [start, real] = [Date.now(), performance.now()];
  const after = (ms: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, ms / speed);
    return () => clearTimeout(timer);
  };
  return {
    now: () => Math.round(start + (performance.now() - real) * speed),
    after,
    pass: ms => new Promise(resolve => after(Math.max(0, ms), resolve)),
  };
}

async function waitFor(holds: () => boolean): Promise<void> {
  const until = performance.now() + 60_000;
  while (!holds() && performance.now() < until) await new Promise(resolve => setTimeout(resolve, 20));
}

/** When a reading was made, and when it was in the store of the other machines. */
function createSeen() {
  const madeAt = new Map<string, number>();
  const delays: number[] = [];
  return {
    /** All machines are there. */
    begin: () => madeAt.clear(),
    made: (plan: string) => void madeAt.set(plan, performance.now()),
    arrived(plan: string): void {
      const at = madeAt.get(plan);
      if (at !== undefined) delays.push(performance.now() - at);
    },
    delays: () => delays,
  };
}
type Seen = ReturnType<typeof createSeen>;

/** Each answer has a name of its own. */
function createService(seen: Seen) {
  let count = 0;
  const fetch = async (): Promise<Reading> => {
    count += 1;
    const plan = `answer ${count}`;
    await new Promise(resolve => setTimeout(resolve, requestMs));
    seen.made(plan);
    const use = {state: 'known', usedPercent: Math.min(100, count / 100)} as const;
    const window = {id: 'weekly', pool: null, windowMs: 7 * 86_400_000, resetsAt: null, use, unit: 'percent'} as const;
    return {plan, windows: [window, {...window, id: '5h', windowMs: 5 * 3_600_000}], amounts: [], notes: []};
  };
  return {requests: () => count, fetch};
}

const logins: Account[] = Array.from({length: accounts}, (_, at) => ({
  ...{
    key: `openai:0000000${at}`,
    provider: 'openai',
    label: `user${at}@example.com`,
    source: 'bench',
    credential: null,
  },
  ...{secrets: [], fingerprint: 'f', expiresAt: null, stored: false},
}));

type Parts = {clock: FastClock; service: ReturnType<typeof createService>; seen: Seen};

async function startMachine(url: string, at: number, {clock, service, seen}: Parts) {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-bench-'));
  const connections: Connection[] = [];
  let isThere = false;
  const ledger = openFleet({
    clock,
    machine: `machine ${at}`,
    offsetOf: () => 0,
    own: () => openLedger({directory, onNotice() {}, now: clock.now}),
    onTrouble: trouble => {
      isThere = trouble === null;
    },
    async open() {
      const connection = await connect({...addressOf(url, {}), password: null, ways: [false]});
      connections.push(connection);
      return connection;
    },
  });
  await ledger.ready;
  const own = new Set<string>();
  const provider = providerFor(async () => {
    const reading = await service.fetch();
    own.add(reading.plan ?? '');
    return reading;
  });
  const monitor = monitorOn(clock, ledger, provider);
  monitor.store.subscribe(arrivalsIn(monitor, own, seen));
  monitor.lease(['openai']);
  return {
    isThere: () => isThere,
    traffic: () =>
      connections
        .map(each => each.traffic())
        .reduce((sum, each) => ({statements: sum.statements + each.statements, bytes: sum.bytes + each.bytes}), {
          statements: 0,
          bytes: 0,
        }),
    async close() {
      await monitor.close();
      rmSync(directory, {recursive: true, force: true});
    },
  };
}

/** Tells of each reading that another machine made, once. */
function arrivalsIn(monitor: ReturnType<typeof monitorOn>, own: ReadonlySet<string>, seen: Seen): () => void {
  const shown = new Map<string, string>();
  return () => {
    for (const {key, reading} of Object.values(monitor.store.get().accounts)) {
      const plan = reading?.plan ?? '';
      if (plan === '' || shown.get(key) === plan) continue;
      shown.set(key, plan);
      if (!own.has(plan)) seen.arrived(plan);
    }
  };
}

const providerFor = (fetch: () => Promise<Reading>): Provider => ({
  ...{
    id: 'openai',
    name: 'OpenAI',
    usageUrl: 'https://example.com/',
    intervalSeconds: {default: intervalMs / 1000, floor: 60},
  },
  ...{hosts: [], windowIds: ['<length>'], places: [], fetch},
  discover: async () => logins,
  demo: async () => ({files: () => ({}), answer: () => ({status: 404, body: null})}),
});

function monitorOn(clock: Clock, ledger: ReturnType<typeof openFleet>, provider: Provider) {
  const redactor = createRedactor();
  return createMonitor({
    providers: [provider],
    discovery: createDiscovery({machine: {now: clock.now, home: '/'} as Machine, clock, redactor}),
    wireFor: () => ({}) as Wire,
    ledger,
    clock,
    random: Math.random,
    redactor,
    settings: createStore(defaultSettings),
    store: createStore(emptyState()),
  });
}
