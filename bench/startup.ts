import {createReadWorld, isFull} from './support/ledger-world.ts';
import type {BenchOptions} from './support/options.ts';
import {times} from './support/options.ts';
import {insist, runNode} from './support/process.ts';
import {openPty, type Pty} from './support/pty.ts';
import {interleaved, type Subject} from './support/rounds.ts';
import type {Table} from './support/table.ts';
import {timesTable} from './support/times-table.ts';
import type {Workshop} from './support/workshop.ts';

const endOfFrame = '\u001b[?2026l';

/** From the start of the process to the first full frame, and to the end of `--json`. */
export async function startup(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  const world = await createReadWorld(workshop.program);
  const {program} = workshop;
  try {
    const subjects: Subject[] = [
      {name: 'node -e 0 (on a terminal)', measure: () => untilGone(['-e', '0'], world.env)},
      {
        name: 'Ink hello-world: first frame',
        measure: () => untilShown([workshop.beside('hello')], world.env, screen => screen.includes('hello')),
      },
      {name: 'monitor: first frame', measure: () => untilFrame([program], world.env)},
      {name: 'monitor: every figure on screen', measure: () => untilShown([program], world.env, isFull)},
      {
        name: '--json from five services (0 ms)',
        measure: async () => insist(await runNode([program, '--json'], world.env)).ms,
      },
    ];
    const found = await interleaved(subjects, times(options, 21));
    return [
      timesTable(`Start, ${times(options, 21)} rounds, 120×40`, found, [
        'The ledger holds a reading of every login, as it does whenever the program ran before.',
        'Aim: every figure on screen ≤ 6 × `node -e 0`.',
      ]),
    ];
  } finally {
    await world.close();
  }
}

async function untilGone(args: string[], env: Record<string, string>): Promise<number> {
  const pty = openPty(process.execPath, args, env);
  return (await pty.ended) - pty.startedAt;
}

type Holds = (screen: string) => boolean;

const untilShown = (args: string[], env: Record<string, string>, holds: Holds): Promise<number> =>
  onPty(args, env, pty => pty.shows(holds));

/** The first frame of all: whatever stands on it. */
const untilFrame = (args: string[], env: Record<string, string>): Promise<number> =>
  onPty(args, env, pty => pty.says(text => text.includes(endOfFrame)));

async function onPty(
  args: string[],
  env: Record<string, string>,
  wait: (pty: Pty) => Promise<number>,
): Promise<number> {
  const pty = openPty(process.execPath, args, env);
  try {
    return (await wait(pty)) - pty.startedAt;
  } finally {
    await pty.close();
  }
}
