import type {ChildProcess} from 'node:child_process';
import {constants} from 'node:fs';
import {access, stat} from 'node:fs/promises';
import {posix, win32} from 'node:path';
import type {Machine, RunResult} from '../../core/provider.ts';
import {isOpenToOthers} from './open-to-others.ts';

export type Environment = Machine['env'];

/** The most that is kept of each output of a program: 1 MiB. */
const mostOutput = 1_048_576;

/**
 * Absolute path of a program on PATH, else among `extra` (paths of the program itself or of directories that may hold
 * it). Relative entries of PATH are skipped: nothing is ever run from the working directory.
 */
export async function findProgram(
  program: string,
  extra: readonly string[],
  {env, platform}: {env: Environment; platform: string},
): Promise<string | null> {
  const path = platform === 'win32' ? win32 : posix;
  const onPath = /[/\\]/.test(program)
    ? []
    : pathOf(env)
        .split(path.delimiter)
        .map(entry => entry.replaceAll('"', ''));
  const beside = extra.flatMap(place => [place, path.join(place, program)]);
  const places = [
    program,
    ...onPath.map(entry => (path.isAbsolute(entry) ? path.join(entry, program) : '')),
    ...beside,
  ];
  for (const place of places.filter(place => path.isAbsolute(place)))
    for (const ending of endings(place, platform, env)) if (await isExecutable(place + ending)) return place + ending;
  return null;
}

// Windows spells it `Path` and does not care.
const pathOf = (env: Environment): string =>
  env.PATH ?? Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';

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

/** On Windows a program is named without its ending. Batch files are left out: they would need a shell. */
function endings(place: string, platform: string, env: Environment): string[] {
  if (platform !== 'win32' || /\.(exe|com)$/i.test(place)) return [''];
  return (env.PATHEXT || '.COM;.EXE').split(';').filter(ending => /^\.(exe|com)$/i.test(ending));
}

async function isExecutable(place: string): Promise<boolean> {
  try {
    await access(place, constants.X_OK);
    return (await stat(place)).isFile();
  } catch {
    return false;
  }
}

export type RunOptions = {
  timeoutMs: number;
  env: Environment;
  signal?: AbortSignal | undefined;
  cwd?: string | undefined;
  /** The most that is kept of each output; 1 MiB unless it is less. */
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
  {timeoutMs, signal, outputCap = mostOutput}: RunOptions,
  resolve: (result: RunResult) => void,
  reject: (reason: unknown) => void,
): void {
  const [stdout, stderr] = [collect(child.stdout, outputCap), collect(child.stderr, outputCap)];
  let timedOut = false;
  const stop = () => endGroup(child);
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
  child.once('close', code => settle(() => resolve({code, stdout: stdout(), stderr: stderr(), timedOut})));
}

function collect(stream: NodeJS.ReadableStream | null, outputCap: number): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on('data', (chunk: Buffer) => {
    // What exceeds the cap is read and dropped, so that the program does not wait for us.
    if (length < outputCap) chunks.push(chunk.subarray(0, outputCap - length));
    length += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Ends the program and all that it started; its pipes are closed in case someone escaped and still holds them. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}
