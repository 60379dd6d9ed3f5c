import {readFileSync} from 'node:fs';
import {rowOf} from '../src/core/ledger.ts';
import {rosterOf} from '../src/core/roster.ts';
import {openLedger} from '../src/system/ledger/ledger.ts';
import {homeOf, pathsOf} from '../src/system/paths.ts';
import {watchEnvironment} from '../src/system/roster/environment.ts';
import {createRosterKeeper} from '../src/system/roster/keep.ts';
import {readSettings} from '../src/system/settings/file.ts';
import {crowd, someNow} from '../test/support/state.ts';
import {createWorld, type World} from '../test/support/world.ts';
import {isFull} from './support/ledger-world.ts';
import {openPty, type Pty} from './support/pty.ts';
import {figure, interleaved, median, percentile, ratio} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {version: string};
const endOfFrame = '\u001b[?2026l';
// Long enough for the compiled code to be kept.
const settledMs = 5000;

/** From the start of the process to the first full frame, to Ink's own, and to the answer to a key typed at the first. */
export async function firstFrame({program, beside}: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  const rounds = quick ? 2 : 21;
  const few = await worldThatRan(program);
  const many = await crowdedWorld(program, 500);
  const on = (env: Record<string, string>, args: string[], wait: (pty: Pty) => Promise<number>) => async () => {
    const pty = openPty(process.execPath, args, env);
    const at = await wait(pty).finally(pty.close);
    return at - pty.startedAt;
  };
  const frames = (count: number) => (pty: Pty) => pty.says(() => textOf(pty).split(endOfFrame).length > count);
  const subjects: Readonly<Record<string, () => Promise<number>>> = {
    'node -e 0': on(few.env, ['-e', '0'], pty => pty.ended),
    'ANSI by hand: first frame': on(few.env, [beside('ansi')], pty => pty.says(text => text.includes('resets in'))),
    'Ink hello-world: first frame': on(few.env, [beside('hello')], pty => pty.shows(text => text.includes('hello'))),
    'six accounts: every figure on screen': on(few.env, [program], pty => pty.shows(isFull)),
    'six accounts: Ink has drawn': on(few.env, [program], frames(2)),
    'six accounts: a key typed at the first frame is answered': on(few.env, [program], answered),
    'without a first frame (--interval 120)': on(few.env, [program, '--interval', '120'], pty => pty.shows(isFull)),
    '500 accounts: first frame': on(many.env, [program], frames(1)),
  };
  const found = await interleaved(Object.values(subjects), rounds);
  await Promise.all([few.close(), many.close()]);
  return [tableOf(Object.keys(subjects), found, rounds)];
}

const textOf = ({chunks}: Pty): string => chunks.map(({text}) => text).join('');

async function answered(pty: Pty): Promise<number> {
  await pty.says(() => textOf(pty).includes(endOfFrame));
  pty.type('?');
  return pty.shows(screen => screen.includes('refresh all providers'));
}

function tableOf(names: readonly string[], found: readonly number[][], rounds: number): Table {
  const baseline = median(found[0] ?? []);
  return {
    title: `Start of the monitor, ${rounds} rounds, 120×40`,
    columns: ['what', 'median ms', 'p95 ms', 'ratio'],
    rows: names.map((name, at) => {
      const values = found[at] ?? [];
      return [name, figure(median(values)), figure(percentile(values, 0.95)), ratio(median(values), baseline)];
    }),
    notes: ['Aims: 2.0 with six accounts and 2.5 with 500; Ink 4.5; the key 6.5.'],
  };
}

/** A computer on which the monitor ran a moment ago. */
async function worldThatRan(program: string): Promise<World> {
  const world = await createWorld(['openai', 'copilot', 'google', 'zai', 'zhipu']);
  for (let times = 0; times < 2; times++) await runOnce(program, world, pty => pty.shows(isFull));
  return world;
}

/** Until it has kept what it keeps of its code. */
async function runOnce(program: string, {env}: World, wait: (pty: Pty) => Promise<number>): Promise<void> {
  const pty = openPty(process.execPath, [program], env);
  await wait(pty);
  await new Promise(resolve => setTimeout(resolve, settledMs));
  pty.type('q');
  await pty.ended;
}

/** One whose ledger and roster have so many accounts. Their logins are nowhere: only what stands before anybody looks is measured. */
async function crowdedWorld(program: string, count: number): Promise<World> {
  const world = await createWorld([]);
  const {configDirectory, stateDirectory} = pathsOf(world.env, process.platform, homeOf(world.env, process.platform));
  const state = crowd(count);
  const ledger = openLedger({directory: stateDirectory, onNotice: () => {}});
  for (const account of Object.values(state.accounts)) ledger.settle(rowOf(account), someNow);
  const roster = rosterOf(state, ledger.row);
  ledger.close();
  const settings = await readSettings(configDirectory, {providers: []});
  const writeRoster = (): void => {
    const keep = createRosterKeeper({configDirectory, stateDirectory, version});
    if (roster !== null)
      keep({roster, state, settings, environment: watchEnvironment(world.env).seen(), lookedAt: Date.now()});
  };
  // The first run makes the place for code, and the second one fills it.
  for (let times = 0; times < 2; times++) {
    writeRoster();
    await runOnce(program, world, pty => pty.says(text => text.includes(endOfFrame)));
  }
  // By then it has found out that nobody is there.
  writeRoster();
  return world;
}
