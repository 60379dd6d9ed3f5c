import type {Machine} from '../../core/provider.ts';
import {appDirectory} from '../shared/app-directories.ts';

export const id = 'cursor';
export const host = 'api2.cursor.sh';

/** Where logins are looked for, by name. */
export const places = {ide: 'Cursor IDE', cli: 'Cursor CLI'} as const;

/** The editor's store: where CURSOR_STATE_DB says and nowhere else, or among its own files. */
export const idePath = (machine: Machine): string =>
  machine.env.CURSOR_STATE_DB || `${appDirectory(machine, 'Cursor')}/User/globalStorage/state.vscdb`;

/** The files of `cursor-agent`, newest place first. */
export function cliPaths(machine: Machine): string[] {
  const name = machine.platform === 'win32' ? 'Cursor' : 'cursor';
  const own = machine.platform === 'darwin' ? `${machine.home}/.config/cursor` : appDirectory(machine, name);
  return [`${own}/auth.json`, `${machine.home}/.cursor/auth.json`];
}
