import {existsSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {createReadWorld, isFull} from './support/ledger-world.ts';
import {type BenchOptions, times} from './support/options.ts';
import {finelyUsedMs, type Usage, usageOf} from './support/proc.ts';
import {openPty, type Pty} from './support/pty.ts';
import {figure, megabytes} from './support/stats.ts';
import type {Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

type Subject = {name: string; pty: Pty; shows(screen: string): boolean};
type Row = {name: string; start: Usage; end: Usage; fineMs: number; frames: number; bytes: number};

const btop = '/usr/bin/btop';
// Loading is over by then, and the first figures stand.
const settleMs = 8_000;

/** What it costs to be left open and not looked at. All programs run side by side through the same seconds. */
export async function idle(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  const seconds = times(options, 60, 1);
  const world = await createReadWorld(workshop.program, ['--interval', '3600']);
  const busy = await createReadWorld(workshop.program, ['--interval', '60']);
  const node = (...args: string[]): Pty => openPty(process.execPath, args, world.env);
  const subjects: Subject[] = [
    {name: 'monitor, nothing due', pty: node(workshop.program, '--interval', '3600'), shows: isFull},
    {
      name: 'monitor, each asked once a minute',
      pty: openPty(process.execPath, [workshop.program, '--interval', '60'], busy.env),
      shows: isFull,
    },
    {name: 'Ink hello-world', pty: node(workshop.beside('hello')), shows: screen => screen.includes('hello')},
    {name: 'ANSI by hand', pty: node(workshop.beside('ansi')), shows: screen => screen.includes('limit')},
    ...btopIfAny(world.env),
  ];
  try {
    await Promise.all(subjects.map(({pty, shows}) => pty.shows(shows)));
    await pause(options.quick ? 0 : settleMs);
    return [tableOf(await watch(subjects, seconds * 1000), seconds)];
  } finally {
    await Promise.all(subjects.map(({pty}) => pty.close()));
    await world.close();
    await busy.close();
  }
}

const btopIfAny = (env: Record<string, string>): Subject[] =>
  existsSync(btop)
    ? [{name: 'btop (every 2 s)', pty: openPty(btop, ['--utf-force'], {...env, LANG: 'C.UTF-8'}), shows: () => true}]
    : [];

async function watch(subjects: readonly Subject[], ms: number): Promise<Row[]> {
  const starts = subjects.map(({pty}) => ({
    usage: usageOf(pty.pid),
    fineMs: finelyUsedMs(pty.pid),
    at: performance.now(),
  }));
  await pause(ms);
  return subjects.map(({name, pty}, index) => {
    const start = starts[index] ?? {usage: {cpuMs: Number.NaN, rss: Number.NaN}, fineMs: Number.NaN, at: 0};
    const chunks = pty.chunks.filter(({at}) => at > start.at);
    return {
      name,
      start: start.usage,
      end: usageOf(pty.pid),
      fineMs: finelyUsedMs(pty.pid) - start.fineMs,
      frames: chunks.reduce((sum, {text}) => sum + framesIn(text), 0),
      bytes: chunks.reduce((sum, {text}) => sum + Buffer.byteLength(text), 0),
    };
  });
}

// A frame ends with the mark that ends it; programs that set no marks are counted by reads.
const framesIn = (text: string): number => (text.includes('\u001b[?2026') ? text.split('\u001b[?2026l').length - 1 : 1);

function tableOf(rows: readonly Row[], seconds: number): Table {
  const ofBtop = rows.find(({name}) => name.startsWith('btop'));
  return {
    title: `Idle for ${seconds} s at 120×40`,
    columns: ['what', 'CPU ms', 'CPU %', 'of btop', 'frames', 'bytes', 'RSS MB at start', 'at end'],
    rows: rows.map(row => {
      const {start, end, fineMs, frames, bytes} = row;
      const cpuMs = cpuOf(row);
      return [
        row.name,
        `${figure(end.cpuMs - start.cpuMs, 0)} (${figure(fineMs)})`,
        figure((cpuMs / (seconds * 1000)) * 100, 3),
        ofBtop === undefined ? '—' : figure(cpuMs / cpuOf(ofBtop), 2),
        String(frames),
        String(bytes),
        megabytes(start.rss),
        megabytes(end.rss),
      ];
    }),
    notes: [
      'CPU: utime + stime of the process, in steps of 10 ms; in brackets what the scheduler counts for its threads, which the next columns use.',
      ...(ofBtop === undefined ? ['btop is not installed here: nothing to compare with.'] : []),
      'Aims: CPU ≤ 0.2 of btop, RSS ≤ 100 MB, at most 2 frames a minute.',
    ],
  };
}

const cpuOf = ({fineMs, start, end}: Row): number => (Number.isFinite(fineMs) ? fineMs : end.cpuMs - start.cpuMs);
