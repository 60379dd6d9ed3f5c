import {demoServices} from '../src/providers/index.ts';
import {createWorld, type World} from '../test/support/world.ts';
import {type BenchOptions, times} from './support/options.ts';
import {insist, runNode} from './support/process.ts';
import {interleaved, type Measured, type Subject} from './support/rounds.ts';
import {figure, median, percentile, ratio} from './support/stats.ts';
import type {Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

const delayMs = 300;
const demos = await demoServices();
const providers = Object.keys(demos);

/** Everything at once against services that take their time: what it costs beside the slowest of them. */
export async function refresh(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  const world = await createWorld();
  const asked = slowDown(world);
  const read = async (...more: string[]): Promise<number> =>
    insist(await runNode([workshop.program, '--json', ...more], world.env)).ms;
  try {
    const subjects: Subject[] = [
      {name: 'node -e 0', measure: async () => insist(await runNode(['-e', '0'], world.env)).ms},
      ...providers.map(id => ({name: `${id} alone`, measure: () => read('--provider', id)})),
      {name: 'all at once', measure: () => read()},
    ];
    const found = await interleaved(subjects, times(options, 9, 1));
    asked.length = 0;
    const startedAt = performance.now();
    await read();
    return [timesOf(found, times(options, 9, 1)), chainOf(asked, startedAt)];
  } finally {
    await world.close();
  }
}

type Asked = {id: string; path: string; at: number};

function slowDown({services}: World): Asked[] {
  const asked: Asked[] = [];
  for (const [id, demo] of Object.entries(demos))
    services[id]?.answerWith(request => {
      asked.push({id, path: request.path.split('?')[0] ?? '', at: performance.now()});
      return {...demo.answer(request, Date.now()), delayMs};
    });
  return asked;
}

function timesOf(found: readonly Measured[], rounds: number): Table {
  const alone = found.slice(1, -1).map(({values}) => median(values));
  const slowest = Math.max(...alone);
  const row = (name: string, value: number, p95: number) => [name, figure(value), figure(p95), ratio(value, slowest)];
  const sum = alone.reduce((all, each) => all + each, 0);
  return {
    title: `Refresh, services that take ${delayMs} ms a request, ${rounds} rounds`,
    columns: ['what', 'median ms', 'p95 ms', 'beside the slowest'],
    rows: [
      ...found.map(({name, values}) => row(name, median(values), percentile(values, 0.95))),
      row('one after the other', sum, Number.NaN),
    ],
    notes: ['Whole runs of `--json`, the start of the program included.'],
  };
}

function chainOf(asked: readonly Asked[], startedAt: number): Table {
  return {
    title: 'Requests of one run of all five',
    columns: ['request', 'ms after the start'],
    rows: asked.map(({id, path, at}) => [`${id} ${path}`, figure(at - startedAt, 0)]),
    notes: ['Google asks in a row: a token, then the plan, then the quota.'],
  };
}
