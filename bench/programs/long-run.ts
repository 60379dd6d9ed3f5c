/**
 * Two hours of a monitor with many accounts, as fast as they can be lived: real wires, a real ledger, a clock of its own.
 * `node --expose-gc long-run <accounts> <minutes> <origin> <home>` says as JSON what was asked and what is kept.
 */
import {createFakeClock} from '../../test/support/fake-clock.ts';
import {openCopy, passTime} from '../support/copy.ts';

export type LongRun = {
  startHeap: number;
  endHeap: number;
  startRss: number;
  endRss: number;
  readings: number;
  ms: number;
};

const [accounts = 300, minutes = 120] = process.argv.slice(2, 4).map(Number);
const [, , , , origin = '', home = ''] = process.argv;

const clock = createFakeClock();
const stored = Array.from({length: accounts}, (_, at) => ({
  id: `key-${at}`,
  provider: 'zhipu',
  label: `key ${at}`,
  secret: `bench-${at}.KeyOfNobody`,
  fields: {},
}));
const copy = openCopy({clock, origin, home, provider: 'zhipu', stored});
copy.monitor.lease(['zhipu']);

/** What is kept after everything that can go is gone. */
function retained(): {heap: number; rss: number} {
  const {gc} = globalThis as {gc?: () => void};
  for (let turn = 0; turn < 4; turn++) gc?.();
  const {heapUsed, rss} = process.memoryUsage();
  return {heap: heapUsed, rss};
}

const readings = (): number =>
  Object.values(copy.monitor.store.get().accounts).filter(({reading}) => reading !== null).length;

const startedAt = performance.now();
// Five minutes in, every account has been read more than once: what comes then is the steady state.
await passTime(clock, [copy], Math.min(5, minutes / 2) * 60_000);
const start = retained();
await passTime(clock, [copy], Math.max(minutes - 5, minutes / 2) * 60_000);
const end = retained();
const result: LongRun = {
  startHeap: start.heap,
  endHeap: end.heap,
  startRss: start.rss,
  endRss: end.rss,
  readings: readings(),
  ms: performance.now() - startedAt,
};
await copy.close();
process.stdout.write(JSON.stringify(result), () => process.exit(0));
