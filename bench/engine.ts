import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {demoOf} from '../src/providers/zhipu/demo.ts';
import {createFakeClock} from '../test/support/fake-clock.ts';
import {startService} from '../test/support/service.ts';
import type {LongRun} from './programs/long-run.ts';
import {openCopy, passTime} from './support/copy.ts';
import {createReadWorld, isFull} from './support/ledger-world.ts';
import {type BenchOptions, times} from './support/options.ts';
import {insist, runNode} from './support/process.ts';
import {openPty, type Pty} from './support/pty.ts';
import {figure, megabytes, percentile} from './support/stats.ts';
import type {Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

const minute = 60_000;
// The provider's own interval.
const intervalMs = 2 * minute;

/** How politely and how cheaply many copies and many accounts are served. */
export async function engine(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  return [await copiesTable(options), await spreadTable(workshop, options), await longTable(workshop, options)];
}

/** Requests that `count` copies on one machine make for one account. */
export async function requestsOf(count: number, intervals: number): Promise<number> {
  const service = await startService(request => demoOf.zhipu.answer(request, Date.now()));
  const home = mkdtempSync(join(tmpdir(), 'mystatus-bench-'));
  const clock = createFakeClock();
  const stored = [{id: 'one', provider: 'zhipu', secret: 'demo-zhipu-0123456789.KeyOfNobody', fields: {}}];
  const copies = Array.from({length: count}, () =>
    openCopy({clock, origin: service.origin, home, provider: 'zhipu', stored}),
  );
  try {
    for (const {monitor} of copies) monitor.lease(['zhipu']);
    await passTime(clock, copies, intervals * intervalMs);
    return service.requests.length;
  } finally {
    await Promise.all(copies.map(copy => copy.close()));
    await service.close();
    rmSync(home, {recursive: true, force: true});
  }
}

async function copiesTable(options: BenchOptions): Promise<Table> {
  const intervals = times(options, 10, 1);
  const rows: string[][] = [];
  for (const count of options.quick ? [1, 2] : [1, 2, 8])
    rows.push([`${count} ${count === 1 ? 'copy' : 'copies'}`, String(await requestsOf(count, intervals))]);
  return {
    title: `Requests for one account in ${intervals} intervals of 2 minutes`,
    columns: ['running', 'requests'],
    rows,
    notes: [
      'Real ledger file, real loopback service, one invented clock for all copies. Intervals vary by ±10 %, and the first request is made at once.',
    ],
  };
}

/** From the new figure on the screen where `r` was pressed to the same figure on another copy's screen, in ms. */
export async function spreadOf(workshop: Workshop, rounds: number): Promise<number[]> {
  const world = await createReadWorld(workshop.program);
  let percent = 42;
  world.services.zhipu?.answerWith(() => weekly(percent));
  const open = (): Pty => openPty(process.execPath, [workshop.program], world.env);
  const [one, other] = [open(), open()];
  const found: number[] = [];
  const seenOn = (pty: Pty): Promise<number> => pty.shows(screen => screen.includes(` ${percent}%`));
  try {
    await Promise.all([one, other].map(pty => pty.shows(isFull)));
    // The panel of that service.
    one.type('5');
    for (let round = 0; round < rounds; round++) {
      percent += 1;
      // A press within two seconds of the last request asks nothing; and the beats of the copies are at no fixed place.
      await pause(tooSoonMs + Math.random() * 1000);
      const seen = Promise.all([seenOn(one), seenOn(other)]);
      one.type('r');
      const [here, there] = await seen;
      found.push(Math.max(0, there - here));
    }
    return found;
  } finally {
    await Promise.all([one.close(), other.close()]);
    await world.close();
  }
}

const tooSoonMs = 2100;

const weekly = (percentage: number) => ({
  status: 200,
  body: {
    code: 200,
    msg: 'Operation successful',
    success: true,
    data: {level: 'pro', limits: [{type: 'TOKENS_LIMIT', unit: 6, number: 1, percentage}]},
  },
});

async function spreadTable(workshop: Workshop, options: BenchOptions): Promise<Table> {
  const rounds = times(options, 15, 1);
  const found = await spreadOf(workshop, rounds);
  return {
    title: `From one copy's screen to another's, ${rounds} readings`,
    columns: ['what', 'median ms', 'p95 ms', 'longest ms'],
    rows: [['a reading asked for by `r`', ...[0.5, 0.95, 1].map(share => figure(percentile(found, share), 0))]],
    notes: ['Two real processes on two pseudo terminals, one ledger. Aim: within 2000 ms.'],
  };
}

type Long = LongRun & {requests: number; atOnce: number};

/** A life of `minutes` with that many accounts in one provider, in a process of its own. */
export async function longRunOf(workshop: Workshop, accounts: number, minutes: number): Promise<Long> {
  let [requests, now, atOnce] = [0, 0, 0];
  const service = await startService(async () => {
    requests += 1;
    now += 1;
    atOnce = Math.max(atOnce, now);
    service.requests.length = 0;
    await pause(0);
    now -= 1;
    return weekly(requests % 100);
  });
  const home = mkdtempSync(join(tmpdir(), 'mystatus-bench-'));
  try {
    const args = [workshop.beside('long-run'), String(accounts), String(minutes), service.origin, home];
    const {stdout} = insist(await runNode(args, {HOME: home, PATH: ''}, ['--expose-gc']));
    return {...(JSON.parse(stdout) as LongRun), requests, atOnce};
  } finally {
    await service.close();
    rmSync(home, {recursive: true, force: true});
  }
}

async function longTable(workshop: Workshop, options: BenchOptions): Promise<Table> {
  const [accounts, minutes] = options.quick ? [12, 6] : [300, 120];
  const found = await longRunOf(workshop, accounts, minutes);
  return {
    title: `${accounts} accounts in one provider, ${minutes} minutes in ${figure(found.ms / 1000)} s`,
    columns: ['what', 'figure'],
    rows: [
      ['requests', String(found.requests)],
      ['requests per account and interval', figure(found.requests / accounts / ((minutes * minute) / intervalMs), 2)],
      ['accounts with a reading at the end', String(found.readings)],
      ['most requests at once', String(found.atOnce)],
      ['heap retained after 5 minutes, MB', megabytes(found.startHeap)],
      ['heap retained at the end, MB', megabytes(found.endHeap)],
      ['RSS after 5 minutes, MB', megabytes(found.startRss)],
      ['RSS at the end, MB', megabytes(found.endRss)],
    ],
    notes: [
      'Heap after forced garbage collection. Real wires and a real ledger; the clock is invented and waits for every answer.',
    ],
  };
}
