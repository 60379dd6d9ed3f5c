import {utimesSync} from 'node:fs';
import {join} from 'node:path';
import {createWorld, type World} from '../test/support/world.ts';
import {insist, runNode} from './support/process.ts';
import {figure, interleaved, median, percentile, ratio} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

const logins = ['openai', 'copilot', 'zhipu', 'kimi', 'minimax'];
const maxAge = ['--max-age', '86400'];

/** A computer with accounts of Z.ai beside the usual ones, all of them read and looked for a moment ago. */
async function createWaysWorld(program: string, accounts: number): Promise<World> {
  const world = await createWorld(logins);
  const limits = [{type: 'TOKENS_LIMIT', unit: 3, number: 5, percentage: 40}];
  const body = {code: 200, msg: 'Operation successful', data: {limits, level: 'pro'}, success: true};
  world.services.zai?.answerWith(() => ({status: 200, body}));
  const credentials = Array.from({length: accounts - logins.length}, (_, at) => ({
    ...{id: `bench${at}`, provider: 'zai', secret: `invented-${at}.KeyOfNobody`, fields: {}},
  }));
  world.write('.config/mystatus-tui/credentials.json', JSON.stringify({version: 1, credentials}));
  insist(await runNode([program, '--json', '--timeout', '600'], world.env));
  return world;
}

/** What a script waits for, from the start of the process to the end of its answer. */
export async function ways({program}: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  const counts = quick ? [6, 12] : [6, 500];
  const tables: Table[] = [];
  for (const accounts of counts) tables.push(await tableOf(program, accounts, quick ? 1 : 21));
  return tables;
}

async function tableOf(program: string, accounts: number, rounds: number): Promise<Table> {
  const world = await createWaysWorld(program, accounts);
  const roster = join(world.home, '.local/state/mystatus-tui/roster.json');
  const after =
    (lookedAgoMs: number, ...args: string[]) =>
    async () => {
      const at = (Date.now() - lookedAgoMs) / 1000;
      utimesSync(roster, at, at);
      return insist(await runNode(args, world.env)).ms;
    };
  const day = 86_400_000;
  const subjects: Readonly<Record<string, () => Promise<number>>> = {
    'node -e 0': after(0, '-e', '0'),
    '--version': after(0, program, '--version'),
    statusline: after(0, program, 'statusline'),
    'guard --max-age, looked for logins lately': after(0, program, 'guard', '--min-remaining', '0', ...maxAge),
    '--json --max-age, looked for logins lately': after(0, program, '--json', ...maxAge),
    '--json --max-age, looks for logins': after(2 * day, program, '--json', ...maxAge),
  };
  const found = await interleaved(Object.values(subjects), rounds).finally(world.close);
  const bare = median(found[0] ?? []);
  const rowOf = (name: string, at: number): string[] => {
    const values = found[at] ?? [];
    return [name, figure(median(values)), figure(percentile(values, 0.95)), ratio(median(values), bare)];
  };
  return {
    title: `Scripts, ${accounts} accounts, ${rounds} rounds`,
    columns: ['what', 'median ms', 'p95 ms', 'ratio'],
    rows: Object.keys(subjects).map(rowOf),
    notes: ['Aims: --version 1.2, statusline, guard and --json after a look 1.5, --json with one 2.5 (6 accounts).'],
  };
}
