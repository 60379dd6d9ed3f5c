import {setTimeout as pause} from 'node:timers/promises';
import {type BenchOptions, times} from './support/options.ts';
import {finelyUsedMs, peakRssOf, usageOf} from './support/proc.ts';
import {openPty, type Pty} from './support/pty.ts';
import {figure, megabytes} from './support/stats.ts';
import type {Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

// A window that is dragged by hand, and one that a script changes as fast as it can.
const pausesMs = [50, 10];
const afterwardsMs = 5_000;

/** What a storm of resizes costs, and what of it remains. Sizes from 20×5 to 300×100. */
export async function resize(workshop: Workshop, options: BenchOptions): Promise<Table[]> {
  const seconds = times(options, 10, 1);
  const rows: string[][] = [];
  for (const pauseMs of pausesMs) rows.push(await storm(workshop.program, pauseMs, seconds, options));
  return [
    {
      title: `Resizes for ${seconds} s`,
      columns: ['a resize every', 'resizes', 'frames', 'CPU ms', 'RSS MB before', 'at most', 'after 5 s'],
      rows,
      notes: ['Aim: RSS at most 200 MB, and afterwards at most 30 MB more than before.'],
    },
  ];
}

async function storm(program: string, pauseMs: number, seconds: number, {quick}: BenchOptions): Promise<string[]> {
  const pty = openPty(process.execPath, [program, '--demo'], {PATH: '', TERM: 'xterm-256color', LANG: 'C.UTF-8'});
  try {
    await pty.shows(screen => screen.includes('98%'));
    await pause(quick ? 0 : afterwardsMs);
    const [before, cpuMs, chunks] = [usageOf(pty.pid).rss, finelyUsedMs(pty.pid), pty.chunks.length];
    const resizes = await resized(pty, pauseMs, seconds);
    await pause(quick ? 0 : afterwardsMs);
    const frames = pty.chunks.slice(chunks).reduce((sum, {text}) => sum + text.split('\u001b[?2026l').length - 1, 0);
    return [
      `${pauseMs} ms`,
      String(resizes),
      String(frames),
      figure(finelyUsedMs(pty.pid) - cpuMs, 0),
      megabytes(before),
      megabytes(peakRssOf(pty.pid)),
      megabytes(usageOf(pty.pid).rss),
    ];
  } finally {
    await pty.close();
  }
}

async function resized(pty: Pty, pauseMs: number, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let turn = 0;
  for (; performance.now() < end; turn++) {
    // The same sizes in every run, in no order.
    pty.resize({columns: 20 + ((turn * 7919) % 281), rows: 5 + ((turn * 104_729) % 96)});
    await pause(pauseMs);
  }
  return turn;
}
