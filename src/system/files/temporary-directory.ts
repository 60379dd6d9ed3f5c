import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {ignoreErrors} from './private-file.ts';

const prefix = 'mystatus-tui-';
let isSwept = false;

/** A directory of this user alone, for the time of `work`. Whatever becomes of that, nothing of it remains. */
export function inTemporaryDirectory<T>(work: (directory: string) => T): T {
  const root = isAbsolute(tmpdir()) ? tmpdir() : '/tmp';
  if (!isSwept) sweep(root);
  isSwept = true;
  const directory = mkdtempSync(join(root, `${prefix}${process.pid}-`));
  try {
    return work(directory);
  } finally {
    remove(directory);
  }
}

/** Removes what processes left that were killed meanwhile. What belongs to other users resists. */
function sweep(root: string): void {
  for (const name of ignoreErrors(() => readdirSync(root), [])) {
    const [, pid] = /^mystatus-tui-(\d+)-[A-Za-z0-9]{6}$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) remove(join(root, name));
  }
}

const remove = (directory: string): void =>
  ignoreErrors(() => rmSync(directory, {recursive: true, force: true}), undefined);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
