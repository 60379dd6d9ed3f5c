import {lstat, readlink} from 'node:fs/promises';
import {isAbsolute, join} from 'node:path';

/** What is passed on the way to a file: whoever can change it can put something else in the file's place. */
export type Step = {
  path: string;
  uid: number;
  gid: number;
  mode: number;
  /** The file itself, a directory in which it or a link on the way stands, or one above those. */
  kind: 'file' | 'directory' | 'above';
};

// As many as Linux follows.
const mostLinks = 40;

/** The steps of an absolute path, its links followed, as far as there is something; the last one comes first. Not for Windows. */
export async function wayTo(path: string): Promise<Step[]> {
  const steps: Step[] = [];
  let [at, names] = ['/', namesIn(path)];
  for (let links = 0; links <= mostLinks; ) {
    const stat = await lstat(at).catch(() => null);
    if (stat === null) break;
    const [name, ...rest] = names;
    const target = name === undefined || name === '..' ? null : await readlink(join(at, name)).catch(() => null);
    const isDirect = rest.length === 0 || target !== null;
    const kind = name === undefined ? 'file' : isDirect ? 'directory' : 'above';
    steps.unshift({path: at, uid: stat.uid, gid: stat.gid, mode: stat.mode, kind});
    if (name === undefined) break;
    if (target !== null) links++;
    names = target === null ? rest : [...namesIn(target), ...rest];
    at = target === null ? join(at, name) : isAbsolute(target) ? '/' : at;
  }
  return steps;
}

const namesIn = (path: string): string[] => path.split('/').filter(name => name !== '' && name !== '.');

const writableByAll = 0o002;
export const stickyBit = 0o1000;

/** In a sticky directory nobody can move what is another's. */
export const isOpenDirectory = ({mode}: Pick<Step, 'mode'>): boolean =>
  (mode & writableByAll) !== 0 && (mode & stickyBit) === 0;
