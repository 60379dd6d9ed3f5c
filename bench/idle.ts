import {existsSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import type {World} from '../test/support/world.ts';
import {createReadWorld, isFull} from './support/ledger-world.ts';
import {usageOf} from './support/process.ts';
import {openPty, type Pty} from './support/pty.ts';
import {figure, megabytes} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

// Where they are installed.
const others = [
  {name: 'btop (every 2 s)', file: '/usr/bin/btop', args: ['--utf-force']},
  {name: 'htop (every 2 s)', file: '/usr/bin/htop', args: ['-d', '20']},
];
const five = ['openai', 'copilot', 'google', 'zhipu', 'zai'];
// Loading is over by then, and the first figures stand.
const settleMs = 8_000;

type Subject = {name: string; pty: Pty; shows(screen: string): boolean};

/** What it costs to be left open and not looked at. All programs run side by side through the same seconds. */
export async function idle({program, beside}: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  // Memory is judged when V8 has seen a few polls.
  const seconds = quick ? 1 : 180;
  const worlds = [
    await createReadWorld(program, ['--interval', '3600'], five),
    await createReadWorld(program, ['--interval', '60'], five),
  ];
  const [quiet = {}, busy = {}] = worlds.map(({env}) => env);
  const node = (env: Record<string, string>, ...args: string[]): Pty => openPty(process.execPath, args, env);
  const subjects: Subject[] = [
    {name: 'monitor, nothing due', pty: node(quiet, program, '--interval', '3600'), shows: isFull},
    {name: 'monitor, each asked once a minute', pty: node(busy, program, '--interval', '60'), shows: isFull},
    {name: 'Ink hello-world', pty: node(quiet, beside('hello')), shows: screen => screen.includes('hello')},
    {name: 'ANSI by hand', pty: node(quiet, beside('ansi')), shows: screen => screen.includes('limit')},
  ];
  for (const {name, file, args} of others)
    if (existsSync(file))
      subjects.push({name, pty: openPty(file, args, {...quiet, LANG: 'C.UTF-8'}), shows: () => true});
  try {
    await Promise.all(subjects.map(({pty, shows}) => pty.shows(shows)));
    await pause(quick ? 0 : settleMs);
    const asked = requestsIn(worlds);
    const rows = await Promise.all(subjects.map(subject => rowOf(subject, seconds * 1000)));
    return [
      {
        title: `Five accounts, idle for ${seconds} s at 120×40`,
        columns: ['what', 'CPU ms', 'CPU %', 'frames', 'bytes', 'RSS MB at start', 'at end'],
        rows,
        notes: [
          'CPU: what the scheduler counts for the threads of the process.',
          `Requests meanwhile: ${requestsIn(worlds) - asked}. Aims: CPU per request ≤ 20 ms, polled ≤ 0.6 × btop, idle ≤ 0.3 × btop; RSS ≤ 1.4 × hello-world.`,
        ],
      },
    ];
  } finally {
    await Promise.all(subjects.map(({pty}) => pty.close()));
    await Promise.all(worlds.map(world => world.close()));
  }
}

const requestsIn = (worlds: readonly World[]): number =>
  worlds.flatMap(({services}) => Object.values(services)).reduce((sum, {requests}) => sum + requests.length, 0);

async function rowOf({name, pty}: Subject, ms: number): Promise<string[]> {
  const [start, seen] = [usageOf(pty.pid), pty.chunks.length];
  await pause(ms);
  const [end, chunks] = [usageOf(pty.pid), pty.chunks.slice(seen)];
  const cpuMs = end.cpuMs - start.cpuMs;
  const frames = chunks.reduce((sum, {text}) => sum + framesIn(text), 0);
  const bytes = chunks.reduce((sum, {text}) => sum + Buffer.byteLength(text), 0);
  const memory = [start, end].map(({rss}) => megabytes(rss));
  return [name, figure(cpuMs), figure((cpuMs / ms) * 100, 3), String(frames), String(bytes), ...memory];
}

// A frame ends with the mark that ends it; programs that set no marks are counted by reads.
const framesIn = (text: string): number => (text.includes('\u001b[?2026') ? text.split('\u001b[?2026l').length - 1 : 1);
