import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {run} from '../test/support/run.ts';
import {createWorld} from '../test/support/world.ts';
import {runNode, usageOf} from './support/process.ts';
import {openPty, type Pty} from './support/pty.ts';
import {figure, interleaved, median, megabytes, ratio} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

/** `answer` and `screen`: what it can be asked for without a login and a network; some have no screen. */
type Peer = {name: string; answer: string[]; screen?: string[]};

// By their packages, whose commands have the same name but where one is given.
const peers: readonly (Peer & {command?: string})[] = [
  {name: 'codeburn', answer: ['report', '--format', 'json'], screen: ['report']},
  {name: 'ccusage', answer: ['daily', '--json']},
  {name: 'quota-axi', answer: ['--json'], screen: ['--tui']},
  {name: 'antigravity-usage', answer: []},
  {name: 'llm-usage-metrics', command: 'llm-usage', answer: ['daily', '--json']},
];

// Until nothing was written for so long, a screen is being built.
const stillMs = 700;
const idleMs = 60_000;
// What a program still does after its start is not idling.
const settleMs = 8_000;

/** Other programs for the same purpose, from the registry as it is today, each in an empty home like ours beside them. */
export async function peersTable({program}: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-peers-'));
  const world = await createWorld([]);
  try {
    const ours: Installed = {name: 'mystatus-tui', answer: ['--json'], screen: [], file: program, size: ''};
    const theirs = await Promise.all(quick ? [] : peers.map(peer => installed(join(directory, peer.name), peer)));
    const rounds = quick ? 1 : 11;
    const rows: string[][] = [];
    for (const peer of [ours, ...theirs]) rows.push(await rowOf(peer, world.env, {rounds, quick}));
    return [{title: `Other programs, ${rounds} rounds, in an empty home`, columns, rows, notes}];
  } finally {
    await world.close();
    rmSync(directory, {recursive: true, force: true});
  }
}

const columns = ['what', '--version', 'answer', 'screen', 'RSS MB', 'idle CPU %', 'packages, MB'];
const notes = [
  'Ratios to `node -e 0`. answer: JSON, or that there is no login. screen: until nothing was written for 0.7 s.',
  'Installed without their install scripts. A dash: it has none, or does not run here.',
];

type Installed = Peer & {file: string | null; size: string};

/** Its own directory, so that it can be counted what came with it. */
async function installed(
  directory: string,
  {name, command = name, ...peer}: (typeof peers)[number],
): Promise<Installed> {
  mkdirSync(directory);
  writeFileSync(join(directory, 'package.json'), '{}');
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', name];
  const {code} = await run(words, {...process.env} as Record<string, string>, {command: 'npm', cwd: directory});
  const packages = join(directory, 'node_modules');
  if (code !== 0) return {name, ...peer, file: null, size: 'not installed'};
  return {name, ...peer, file: fileOf(join(packages, name), command), size: sizeOf(packages)};
}

/** The file that its command starts. */
function fileOf(directory: string, command: string): string | null {
  const {bin} = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {bin?: Record<string, string>};
  return bin?.[command] === undefined ? null : join(directory, bin[command]);
}

function sizeOf(packages: string): string {
  const files = readdirSync(packages, {recursive: true, withFileTypes: true}).filter(each => each.isFile());
  const bytes = files.reduce((sum, {parentPath, name}) => sum + statSync(join(parentPath, name)).size, 0);
  const isPackage = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^@/]+$/;
  const count = files.filter(({parentPath, name}) => name === 'package.json' && isPackage.test(parentPath)).length;
  return `${count}, ${megabytes(bytes)}`;
}

type Run = {rounds: number; quick: boolean};

async function rowOf(peer: Installed, env: Record<string, string>, {rounds, quick}: Run): Promise<string[]> {
  const {name, answer, screen, file, size} = peer;
  if (file === null) return [name, '—', '—', '—', '—', '—', size];
  const ways = [
    ['-e', '0'],
    [file, '--version'],
    [file, ...answer],
  ];
  const found = await interleaved(
    ways.map(args => () => msOf(args, env)),
    rounds,
  );
  const [base = Number.NaN, version = Number.NaN, answered = Number.NaN] = found.map(median);
  const shown = screen === undefined ? unseen : await screenOf([file, ...screen], env, quick);
  const ratios = [version, answered, shown.ms].map(ms => ratio(ms, base));
  return [name, ...ratios, megabytes(shown.rss), figure(shown.cpuPercent, 3), size];
}

/** Without a login some end with an error, which is an answer; a program that cannot run says nothing of its own. */
async function msOf(args: readonly string[], env: Record<string, string>): Promise<number> {
  const {ms, stdout, code} = await runNode(args, env);
  return code === 0 || stdout !== '' ? ms : Number.NaN;
}

type Screen = {ms: number; rss: number; cpuPercent: number};
const unseen: Screen = {ms: Number.NaN, rss: Number.NaN, cpuPercent: Number.NaN};

async function screenOf(args: readonly string[], env: Record<string, string>, quick: boolean): Promise<Screen> {
  const pty = openPty(process.execPath, args, env);
  try {
    const ms = (await lastWrite(pty)) - pty.startedAt;
    await pause(quick ? 0 : settleMs);
    const before = usageOf(pty.pid);
    await pause(quick ? 100 : idleMs);
    const after = usageOf(pty.pid);
    const cpuPercent = ((after.cpuMs - before.cpuMs) / (quick ? 100 : idleMs)) * 100;
    return {ms, rss: after.rss, cpuPercent};
  } finally {
    await pty.close();
  }
}

/** When what is on the screen was complete, as far as that can be seen. */
async function lastWrite({chunks, ended}: Pty): Promise<number> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  for (;;) {
    const last = chunks.at(-1)?.at;
    if (isOver) return Number.NaN;
    if (last !== undefined && performance.now() - last > stillMs) return last;
    await pause(50);
  }
}
