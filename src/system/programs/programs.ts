import type {ChildProcess} from 'node:child_process';
import {posix, win32} from 'node:path';
import type {RunResult} from '../../core/provider.ts';
import {type Environment, findProgram, pathOf} from './find.ts';
import {isOpenToOthers} from './open-to-others.ts';

/** The most that is kept of each output of a program: 1 MiB. */
const mostOutput = 1_048_576;

/**
 * The environment for a program that is started: what it starts in its turn is not to be found in the working directory
 * either, as a relative or empty entry of PATH would have it.
 */
function environmentFor(env: Environment, platform: string): Environment {
  const path = platform === 'win32' ? win32 : posix;
  const entries = pathOf(env).split(path.delimiter);
  if (entries.every(entry => path.isAbsolute(entry))) return env;
  const rest = Object.entries(env).filter(([name]) => name.toUpperCase() !== 'PATH');
  const absolute = entries.filter(entry => path.isAbsolute(entry));
  // An empty PATH means the working directory; none at all means the system's own places.
  return Object.fromEntries(absolute.length === 0 ? rest : [...rest, ['PATH', absolute.join(path.delimiter)]]);
}

export type RunOptions = {
  timeoutMs: number;
  env: Environment;
  signal?: AbortSignal | undefined;
  cwd?: string | undefined;
  /** A program that prints more is ended; without it, what exceeds 1 MiB is dropped. */
  outputCap?: number | undefined;
  /** What the program finds on stdin; without it, nothing. */
  input?: string;
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

function start(
  spawn: Spawn,
  program: string,
  args: readonly string[],
  {env, cwd, input}: RunOptions,
): ChildProcess | null {
  const detached = process.platform !== 'win32'; // there it would open a console window
  try {
    const stdin = input === undefined ? 'ignore' : 'pipe';
    const child = spawn(program, args, {
      env: environmentFor(env, process.platform),
      cwd,
      stdio: [stdin, 'pipe', 'pipe'],
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
  {timeoutMs, signal, outputCap}: RunOptions,
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
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
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
  child.once('exit', () => killGroup(child));
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
  killGroup(child);
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function killGroup({pid}: ChildProcess): void {
  try {
    if (pid !== undefined && process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}
