import {readdirSync, readFileSync} from 'node:fs';
import {type Run, run} from '../../test/support/run.ts';

/** Runs `node <args>` to its end without a terminal; `ms` from just before the start until its output is closed. */
export async function runNode(args: readonly string[], env: Record<string, string>): Promise<Run & {ms: number}> {
  const startedAt = performance.now();
  const ended = await run(args, env, {command: process.execPath});
  return {...ended, ms: performance.now() - startedAt};
}

/** Fails the bench rather than measuring a program that did not do its work. */
export function insist<T extends Run>(ended: T): T {
  if (ended.code === 0) return ended;
  throw new Error(`ended with ${ended.code}: ${ended.stderr || ended.stdout}`);
}

/**
 * What Linux counts for a process: CPU of its threads that still live (ms), as the scheduler counts it, far finer than
 * ticks; and its memory (bytes). NaN on other systems.
 */
export function usageOf(pid: number): {cpuMs: number; rss: number} {
  try {
    const read = (file: string): string => readFileSync(`/proc/${pid}/${file}`, 'utf8');
    const threads = readdirSync(`/proc/${pid}/task`).map(id => Number(read(`task/${id}/schedstat`).split(' ')[0]));
    const rss = Number(/^VmRSS:\s+(\d+) kB$/m.exec(read('status'))?.[1]) * 1024;
    return {cpuMs: threads.reduce((sum, ns) => sum + ns, 0) / 1e6, rss};
  } catch {
    return {cpuMs: Number.NaN, rss: Number.NaN};
  }
}
