import {isOpenDirectory, type Step, wayTo} from './way.ts';

const writableByGroup = 0o020;
const writableByAll = 0o002;

/**
 * Whether other users could have put something else in the place of a program: it, or a directory on the way to it, can be
 * written by everybody, or the program itself by a group. Directories may be a group's: package managers share theirs.
 */
export async function isOpenToOthers(program: string): Promise<boolean> {
  if (process.getuid === undefined) return false; // there the bits say nothing
  const steps = await wayTo(program);
  // Where it is not there, who starts it will say so.
  return (
    steps[0]?.kind === 'file' && steps.some(step => (step.kind === 'file' ? isOpenFile(step) : isOpenDirectory(step)))
  );
}

// Where every user has a group of the same number, and is alone in it, it is nobody else's.
const isOpenFile = ({mode, uid, gid}: Step): boolean =>
  (mode & writableByAll) !== 0 || ((mode & writableByGroup) !== 0 && gid !== uid);
