import type {ChildProcess} from 'node:child_process';
import {posix, win32} from 'node:path';
import type {RunResult} from '../../core/provider.ts';
import {type Environment, environmentFor, findProgram} from './find.ts';
import {isOpenToOthers} from './open-to-others.ts';

/** The most that is kept of each output of a program: 1 MiB. */
const mostOutput = 1_048_576;

export type RunOptions = {
  timeoutMs: number;
  env: Environment;
  signal?: AbortSignal | undefined;
  cwd?: string | undefined;
  /** A program that prints more is ended; without it, what exceeds 1 MiB is dropped. */
  outputCap?: number | undefined;
  /** What the program finds on stdin; without it, nothing. */
  input?: string;
  /** At its end the program is first asked to end (SIGTERM), and ended when it has not after this. */
  graceMs?: number;
  /** What it prints goes nowhere, and what it leaves behind when it has ended may stay. */
  dropOutput?: boolean;
};

/**
 * Runs a program without a shell, with nothing on stdin but `input`, in a session of its own so that it can neither reach our
 * terminal nor leave children behind. Code 127: it could not be started; 126: other users may have
 * changed it. Rejects only when `signal` aborts.
 */
export async function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  if (!isAbsolute(program)) return notStarted;
  const {spawn} = await import('node:child_process'); // loaded late: most machines never run a program from here
  if (await isOpenToOthers(program)) return refused;
  options.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = start(spawn, program, args, options);
    if (child === null) resolve(notStarted);
    else watch(child, options, resolve, reject);
  });
}

const isAbsolute = (program: string): boolean => (process.platform === 'win32' ? win32 : posix).isAbsolute(program);

const notStarted: RunResult = {code: 127, stdout: '', stderr: '', timedOut: false, refused: 'not-startable'};
const refused: RunResult = {...notStarted, code: 126, stderr: 'other users can change it', refused: 'open-to-others'};

type Spawn = typeof import('node:child_process').spawn;

function start(spawn: Spawn, program: string, args: readonly string[], options: RunOptions): ChildProcess | null {
  const {env, cwd, input, dropOutput} = options;
  const detached = process.platform !== 'win32'; // there it would open a console window
  try {
    const out = dropOutput === true ? 'ignore' : 'pipe';
    const child = spawn(program, args, {
      env: environmentFor(env, process.platform),
      cwd,
      stdio: [input === undefined ? 'ignore' : 'pipe', out, out],
      detached,
      windowsHide: true,
    });
    child.stdin?.on('error', () => {}); // it ended without reading
    child.stdin?.end(input);
    return child;
  } catch {
    return null; // an argument that no program can be given
  }
}

/** Starts a program that goes on without us, without a shell and without our terminal. False when it cannot be started. */
export async function startProgram(
  name: string,
  args: readonly string[],
  {env, platform}: {env: Environment; platform: string},
): Promise<boolean> {
  const program = await findProgram(name, [], {env, platform});
  if (program === null) return false;
  const {spawn} = await import('node:child_process');
  return new Promise(resolve => {
    const child = spawn(program, args, {env: environmentFor(env, platform), stdio: 'ignore', detached: true});
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function watch(
  child: ChildProcess,
  {timeoutMs, signal, graceMs, outputCap, dropOutput}: RunOptions,
  resolve: (result: RunResult) => void,
  reject: (reason: unknown) => void,
): void {
  const stop = () => endGroup(child);
  const stdout = collect(child.stdout, outputCap ?? mostOutput, outputCap === undefined ? undefined : stop);
  const stderr = collect(child.stderr, mostOutput);
  let timedOut = false;
  const onAbort = () => {
    stop();
    settle(() => reject(signal?.reason));
  };
  let timer = setTimeout(() => {
    timedOut = true;
    if (graceMs === undefined) return stop();
    signalGroup(child, 'SIGTERM');
    timer = setTimeout(stop, graceMs);
  }, timeoutMs);
  const settle = (how: () => void) => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    process.off('exit', stop);
    how();
  };
  signal?.addEventListener('abort', onAbort, {once: true});
  process.on('exit', stop);
  child.once('error', () => settle(() => resolve(notStarted)));
  // What it left behind would go on without anybody, or keep us waiting for its output.
  if (dropOutput !== true) child.once('exit', () => signalGroup(child, 'SIGKILL'));
  child.once('close', code => settle(() => resolve({code, stdout: stdout(), stderr: stderr(), timedOut})));
}

/** What exceeds the cap is read and dropped, so that the program does not wait for us. */
function collect(stream: NodeJS.ReadableStream | null, cap: number, onExcess?: () => void): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (length < cap) chunks.push(chunk.subarray(0, cap - length));
    length += chunk.length;
    if (length > cap) onExcess?.();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Ends the program and all that it started; its pipes are closed in case someone escaped and still holds them. */
function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGKILL');
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}
