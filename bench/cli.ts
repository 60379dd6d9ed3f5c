import type {World} from '../test/support/world.ts';
import {createReadWorld, forgetRequests} from './support/ledger-world.ts';
import {type BenchOptions, times} from './support/options.ts';
import {insist, peakMemory, runNode} from './support/process.ts';
import {interleaved, type Measured} from './support/rounds.ts';
import {figure, median, megabytes, percentile, ratio} from './support/stats.ts';
import type {Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

type Command = {name: string; args: string[]; aim: string};

const commandsOf = (program: string): Command[] => [
  {name: 'node -e 0', args: ['-e', '0'], aim: ''},
  {name: 'statusline', args: [program, 'statusline'], aim: '≤ 2 ×'},
  {name: '--json --max-age 3600', args: [program, '--json', '--max-age', '3600'], aim: '≤ 2.5 ×'},
  {name: '--json, one service (0 ms)', args: [program, '--json', '--provider', 'openai'], aim: '≤ 4 ×'},
  {name: '--json, five services (0 ms)', args: [program, '--json'], aim: '≤ 4 ×'},
  {name: '--once --max-age 3600', args: [program, '--once', '--max-age', '3600'], aim: ''},
  {name: 'guard --max-age 3600', args: [program, 'guard', '--min-remaining', '0', '--max-age', '3600'], aim: ''},
  {name: '--version', args: [program, '--version'], aim: ''},
];

/** What a script pays for an answer: time and the most memory, beside a Node that does nothing. */
export async function cli(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  const world = await createReadWorld(workshop.program);
  try {
    const commands = commandsOf(workshop.program);
    const rounds = times(options, 31);
    const found = await interleaved(
      commands.map(({name, args}) => ({name, measure: () => timeOf(args, world)})),
      rounds,
    );
    const peaks: number[] = [];
    for (const {args} of commands) peaks.push(await peakMemory(args, world.env));
    return [tableOf(commands, found, peaks, rounds)];
  } finally {
    await world.close();
  }
}

async function timeOf(args: string[], world: World): Promise<number> {
  forgetRequests(world);
  return insist(await runNode(args, world.env)).ms;
}

function tableOf(commands: Command[], found: Measured[], peaks: number[], rounds: number): Table {
  const baseline = median(found[0]?.values ?? []);
  return {
    title: `Command line, ${rounds} rounds`,
    columns: ['what', 'median ms', 'p95 ms', 'ratio', 'aim', 'peak MB'],
    rows: found.map(({name, values}, at) => [
      name,
      figure(median(values)),
      figure(percentile(values, 0.95)),
      ratio(median(values), baseline),
      commands[at]?.aim ?? '',
      megabytes(peaks[at] ?? Number.NaN),
    ]),
    notes: ['From the start of the process to the end of its output. Peak memory comes from runs of their own.'],
  };
}
