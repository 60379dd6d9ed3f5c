import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {learned} from '../src/core/foresight/kept.ts';
import {madeOf} from '../src/core/foresight/made.ts';
import type {Ledger, LedgerRow} from '../src/core/ledger.ts';
import type {Window} from '../src/core/model.ts';
import {openLedger} from '../src/system/ledger/ledger.ts';
import {run} from '../test/support/run.ts';
import {createWorld} from '../test/support/world.ts';
import {insist} from './support/process.ts';
import {figure, median, ratio} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

/** What a script pays for forecasts with a year of history: beside a ledger without any, and where nobody forecast lately. */

const hour = 3_600_000;
const day = 24 * hour;
const logins = ['openai', 'copilot', 'google', 'zai', 'zhipu', 'kimi', 'minimax', 'claude'];
const states = ['forecast', 'learning', 'no history'] as const;
type State = (typeof states)[number];

const open = (directory: string, now: () => number): Ledger =>
  openLedger({directory, now, onNotice: ({text}) => process.stderr.write(`${text}\n`)});

/** The window as it stood at another moment: used from nine to six. */
function windowAt(window: Window, at: number, now: number): Window {
  const {windowMs, resetsAt, use} = window;
  if (use.state !== 'known' || resetsAt === null || resetsAt <= now) return window;
  const length = windowMs ?? 30 * day;
  const ends = resetsAt - Math.floor((resetsAt - at) / length) * length;
  const [from, to] = [worked(ends - length), worked(at)];
  const usedPercent = Math.min(100, Math.round(((to - from) / length) * 200));
  return {...window, resetsAt: ends, use: {state: 'known', usedPercent}};
}

function worked(until: number): number {
  const days = Math.floor(until / day);
  return days * 9 * hour + Math.min(9 * hour, Math.max(0, until - days * day - 9 * hour));
}

function writeYear(directory: string, days: number): number {
  let now = Date.now() - days * day;
  const ledger = open(directory, () => now);
  const [end, rows] = [Date.now(), ledger.rows()];
  for (; now < end; now += hour) for (const row of rows) ledger.settle(rowAt(row, now, end), now);
  const windows = ledger.history(0).length;
  ledger.close();
  return windows;
}

const rowAt = (row: LedgerRow, at: number, now: number): LedgerRow => ({
  ...row,
  ...{readAt: at, lastAttemptAt: at, dueAt: at + hour},
  reading: row.reading && {...row.reading, windows: row.reading.windows.map(each => windowAt(each, at, now))},
});

/** As a running monitor leaves it: read now, and forecast in the same moment. */
function freshen(directory: string, forecasts: boolean): void {
  const now = Date.now();
  const ledger = open(directory, () => now);
  for (const row of ledger.rows()) {
    const read = rowAt(row, now, now);
    const made = (read.reading?.windows ?? []).flatMap(window => {
      if (!forecasts || window.use.state !== 'known') return [];
      return madeOf(window, learned(ledger.usageOf(row.key, window.id), null, {window, at: now}, now)) ?? [];
    });
    ledger.settle({...read, made}, now);
  }
  ledger.close();
}

/** User CPU in ms. */
async function userMs(args: readonly string[], env: Record<string, string>): Promise<number> {
  const timed = ['-c', 'TIMEFORMAT=%U; time "$@" > /dev/null', 'bash', process.execPath, ...args];
  const {stderr} = insist(await run(timed, env, {command: 'bash'}));
  return 1000 * Number(stderr.trim().split('\n').at(-1));
}

export async function scripts({program}: Workshop, {quick}: BenchOptions): Promise<Table> {
  const world = await createWorld(logins);
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-bench-scripts-'));
  const of = (state: State) => join(directory, state);
  try {
    const env = (state: State) => ({...world.env, MYSTATUS_STATE_DIR: of(state)});
    insist(await run(['--json'], env('no history'), {program}));
    cpSync(of('no history'), of('learning'), {recursive: true});
    const windows = writeYear(of('learning'), quick ? 2 : 365);
    cpSync(of('learning'), of('forecast'), {recursive: true});
    forget(of('no history'));
    const commands = [
      ['statusline'],
      ['statusline', '--format', '{openai.5h.used} {openai.5h.resets}'],
      ['statusline', '--format', '{openai.used} {openai.risk}'],
      ['--json', '--max-age', '999999'],
      ['best', '--max-age', '999999'],
      ['forecast', '--json'],
    ];
    const baseline = async () => {
      for (const state of states) freshen(of(state), state === 'forecast');
      forget(of('no history'));
      return userMs(['-e', '0'], world.env);
    };
    const subjects = commands.flatMap(args => states.map(state => () => userMs([program, ...args], env(state))));
    const [bare = [], ...found] = await interleavedFrom(baseline, subjects, quick ? 1 : 11);
    const cell = (at: number): string => ratio(median(found[at] ?? []), median(bare));
    return {
      title: `Scripts with ${quick ? 2 : 365} days of ${windows} windows: user CPU beside node -e 0 (${figure(median(bare))} ms)`,
      columns: ['command', 'forecast a moment ago', 'learning', 'no history'],
      rows: commands.map((args, at) => [args.join(' '), ...states.map((_, index) => cell(at * states.length + index))]),
    };
  } finally {
    rmSync(directory, {recursive: true, force: true});
    await world.close();
  }
}

/** The first subject comes first in every round: it makes the ledgers young again. */
async function interleavedFrom(
  first: () => Promise<number>,
  others: readonly (() => Promise<number>)[],
  rounds: number,
): Promise<number[][]> {
  const found: number[][] = [[], ...others.map(() => [])];
  for (let round = 0; round < rounds; round += 1) {
    found[0]?.push(await first());
    for (const [at, subject] of others.entries()) found[at + 1]?.push(await subject());
  }
  return found;
}

function forget(directory: string): void {
  const db = new DatabaseSync(join(directory, 'state.db'));
  db.exec('DELETE FROM series');
  db.close();
}
