import {readdirSync, readFileSync} from 'node:fs';

/** What the kernel counts for a process: CPU of all its threads (ms, in steps of 10) and its memory (bytes). */
export type Usage = {cpuMs: number; rss: number};

// USER_HZ is 100 on every Linux.
const tickMs = 10;

/** NaN where the system has no /proc. */
export function usageOf(pid: number): Usage {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return {cpuMs: ticks * tickMs, rss: rssOf(pid)};
  } catch {
    return {cpuMs: Number.NaN, rss: Number.NaN};
  }
}

const rssOf = (pid: number): number => statusOf(pid, 'VmRSS');

const statusOf = (pid: number, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

/** The most memory that it ever had, in bytes. NaN where the system has no /proc. */
export function peakRssOf(pid: number): number {
  try {
    return statusOf(pid, 'VmHWM');
  } catch {
    return Number.NaN;
  }
}

/** CPU of all threads that still live, in ms, as the scheduler counts it: far finer than ticks. NaN without it. */
export function finelyUsedMs(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, id) => sum + runNs(pid, id), 0) / 1e6;
  } catch {
    return Number.NaN;
  }
}

const runNs = (pid: number, thread: string): number =>
  Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
