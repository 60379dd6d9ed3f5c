import {createReadWorld, isFull} from './support/ledger-world.ts';
import {insist, runNode} from './support/process.ts';
import {openPty, type Pty} from './support/pty.ts';
import {figure, interleaved, median, percentile, ratio} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

const endOfFrame = '\u001b[?2026l';

/** From the start of the process to the first full frame, or to the end of what a script asks for. */
export async function startup({program, beside}: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  const rounds = quick ? 2 : 21;
  const {env, close} = await createReadWorld(program);
  const screen = (args: string[], wait: (pty: Pty) => Promise<number>) => async () => {
    const pty = openPty(process.execPath, args, env);
    const at = await wait(pty).finally(pty.close);
    return at - pty.startedAt;
  };
  const script =
    (...args: string[]) =>
    async () =>
      insist(await runNode(args, env)).ms;
  const subjects: Readonly<Record<string, () => Promise<number>>> = {
    'node -e 0': script('-e', '0'),
    'Ink hello-world: first frame': screen([beside('hello')], pty => pty.shows(text => text.includes('hello'))),
    'monitor: first frame': screen([program], pty => pty.says(text => text.includes(endOfFrame))),
    'monitor: every figure on screen': screen([program], pty => pty.shows(isFull)),
    '--json, five services (0 ms)': script(program, '--json'),
    '--json --max-age 3600': script(program, '--json', '--max-age', '3600'),
    statusline: script(program, 'statusline'),
    '--version': script(program, '--version'),
  };
  const found = await interleaved(Object.values(subjects), rounds).finally(close);
  const baseline = median(found[0] ?? []);
  const rowOf = (name: string, at: number): string[] => {
    const values = found[at] ?? [];
    return [name, figure(median(values)), figure(percentile(values, 0.95)), ratio(median(values), baseline)];
  };
  return [
    {
      title: `Start, ${rounds} rounds, 120×40`,
      columns: ['what', 'median ms', 'p95 ms', 'ratio'],
      rows: Object.keys(subjects).map(rowOf),
      notes: ['The ledger holds a reading of every login, as it does whenever the program ran before.'],
    },
  ];
}
