import {constants} from 'node:fs';
import {access, stat} from 'node:fs/promises';
import type {Check} from '../output/doctor-report.ts';

export type Directory = {id: string; title: string; path: string};

/** Whether each is there, ours to write, and ours alone. Looked at before anything else could make one or restrict it. */
export const directoryChecks = (directories: readonly Directory[]): Promise<Check[]> =>
  Promise.all(directories.map(async ({id, title, path}) => ({id, title, ...(await stateOf(path))})));

type State = Pick<Check, 'status' | 'detail' | 'hint'>;

async function stateOf(path: string): Promise<State> {
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isDirectory())
    return {status: 'fail', detail: 'a file is where the directory should be'};
  const writable = await access(path, constants.W_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : false),
  );
  if (writable === null) return {status: 'info', detail: 'not there yet; created when needed'};
  if (!writable) return {status: 'fail', detail: 'not writable', hint: 'give it to your user: chown, chmod 700'};
  const isOpen = process.platform !== 'win32' && ((found?.mode ?? 0) & 0o077) !== 0;
  return isOpen
    ? {status: 'warn', detail: 'other users can access it', hint: 'chmod 700'}
    : {status: 'ok', detail: 'private to your user'};
}
