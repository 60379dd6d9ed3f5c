import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {createWire} from '../src/system/http/wire.ts';
import {openLedger} from '../src/system/ledger/ledger.ts';
import {createFakeClock} from '../test/support/fake-clock.ts';
import {aMonitor, anAccount, aProvider, aReading} from '../test/support/monitor.ts';
import {startService} from '../test/support/service.ts';
import {figure, megabytes} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

const beatMs = 1000;
const site = {id: 'openai', hosts: ['example.com']};
const intervalMs = 120_000;

export type Life = {requests: number; readings: number; heaps: number[]};

/** How politely and how cheaply many copies and many accounts are served: minutes as fast as they can be lived. */
export async function engine(_: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  const rows: string[][] = [];
  for (const copies of quick ? [1, 2] : [1, 2, 8]) rows.push(await rowOf(copies, 1, quick ? 2 : 20));
  rows.push(await rowOf(1, quick ? 12 : 300, quick ? 6 : 120));
  const columns = ['running', 'minutes', 'requests', 'per account and interval', 'heap MB midway', 'at the end'];
  const notes = [
    'Real ledger file, real requests to a loopback service, one invented clock for all copies, which waits for every answer.',
    'An interval is 2 minutes, give or take 10 %; the first request is made at once. Heap after forced garbage collection.',
  ];
  return [{title: 'Copies that share accounts, and one with many', columns, rows, notes}];
}

async function rowOf(copies: number, accounts: number, minutes: number): Promise<string[]> {
  const {requests, heaps} = await lifeOf(copies, accounts, minutes);
  const rate = requests / accounts / ((minutes * 60_000) / intervalMs);
  const name = `copies: ${copies}, accounts: ${accounts}`;
  return [name, String(minutes), String(requests), figure(rate, 2), ...heaps.map(megabytes)];
}

/** `copies` on one machine with the same `accounts`. */
export async function lifeOf(copies: number, accounts: number, minutes: number): Promise<Life> {
  const life: Life = {requests: 0, readings: 0, heaps: []};
  const service = await startService(() => ({status: 200, body: {}}));
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-bench-'));
  const clock = createFakeClock();
  const logins = Array.from({length: accounts}, (_, at) => anAccount({key: `openai:${at}`}));
  const provider = aProvider('openai', logins);
  provider.answer = async () => {
    life.requests += 1;
    const wire = createWire({provider: site, origin: service.origin, env: {}, version: 'bench', now: clock.now});
    await wire.send({url: 'https://example.com/'});
    service.requests.length = 0;
    return aReading();
  };
  const ledgers = Array.from({length: copies}, () => openLedger({directory, now: clock.now, onNotice: fail}));
  const monitors = ledgers.map(ledger => aMonitor([provider], {clock, ledger, random: Math.random}).monitor);
  const states = () => monitors.flatMap(({store}) => Object.values(store.get().accounts));
  for (const {lease} of monitors) lease(['openai']);
  for (const _ of ['half', 'half']) {
    await passTime(clock, () => states().some(({refreshing}) => refreshing), (minutes / 2) * 60_000);
    life.heaps.push(retained());
  }
  life.readings = states().filter(({reading}) => reading !== null).length;
  const closing = Promise.all(monitors.map(monitor => monitor.close()));
  await clock.advance(beatMs);
  await closing;
  await service.close();
  rmSync(directory, {recursive: true});
  return life;
}

function fail({text}: {text: string}): never {
  throw new Error(text);
}

/** A beat at a time. Requests are answered in real time, and the clock waits for them: every answer comes within a beat. */
async function passTime(clock: ReturnType<typeof createFakeClock>, isBusy: () => boolean, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += beatMs) {
    await clock.advance(beatMs);
    for (; isBusy(); await clock.advance(0)) await pause(0);
  }
}

/** What is kept after everything that can go is gone. */
function retained(): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 4; turn++) gc();
  return process.memoryUsage().heapUsed;
}
