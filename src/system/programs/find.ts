import {constants} from 'node:fs';
import {access, stat} from 'node:fs/promises';
import {posix, win32} from 'node:path';
import type {Machine} from '../../core/provider.ts';

export type Environment = Machine['env'];

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
export function environmentFor(env: Environment, platform: string): Environment {
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
