import {realpathSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {ignoreErrors} from '../files/private-file.ts';
import {isOpenDirectory, type Step, stickyBit, wayTo} from '../programs/way.ts';

/** Modes and owners mean nothing on Windows. */
const userId = process.getuid?.();
const writable = 0o022;

type Trouble = {path: string; why: 'writable' | 'foreign'; mode: number};

const isForeign = (uid: number): boolean => userId !== undefined && uid !== userId && uid !== 0;

/** Why a file of our own may hold what others wrote: they can write to it or to its directory, or it is not the user's. */
export function troubleWith(path: string): Trouble | null {
  if (userId === undefined) return null;
  const real = ignoreErrors(() => realpathSync(path), path);
  const troubles = [real, dirname(real), dirname(path)].map(each => {
    const stat = ignoreErrors(() => statSync(each), null);
    // In a sticky directory nobody can move what is another's.
    const isSafe = stat === null || (stat.isDirectory() && (stat.mode & stickyBit) !== 0 && !isForeign(stat.uid));
    return isSafe ? null : troubleIn({path: each, uid: stat.uid, mode: stat.mode});
  });
  return troubles.find(each => each !== null) ?? null;
}

function troubleIn({path, uid, mode}: Pick<Step, 'path' | 'uid' | 'mode'>): Trouble | null {
  if ((mode & writable) !== 0) return {path, why: 'writable', mode: mode & 0o777};
  return isForeign(uid) ? {path, why: 'foreign', mode: mode & 0o777} : null;
}

/** Why a program may be another's by now, by whatever links its path leads to it. */
export async function troubleWithProgram(path: string): Promise<Trouble | null> {
  if (userId === undefined) return null;
  const troubles = (await wayTo(path)).map(step => {
    if (step.kind !== 'above') return troubleIn(step);
    return isOpenDirectory(step) ? ({path: step.path, why: 'writable', mode: step.mode & 0o777} as const) : null;
  });
  return troubles.find(each => each !== null) ?? null;
}

/** Why definitions in config.json are not used: what others may write into could send a secret to them, or run their program. */
export function whyCustomIsOff(config: string): string | null {
  const trouble = troubleWith(config);
  if (trouble === null) return null;
  const what = trouble.path.endsWith('.json') ? 'config.json' : 'the directory of config.json';
  const why =
    trouble.why === 'foreign'
      ? 'belongs to another user'
      : `can be written by others (mode ${trouble.mode.toString(8)})`;
  return `${what} ${why}; custom providers are off`;
}
