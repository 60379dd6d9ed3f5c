import type {Machine} from '../../core/provider.ts';
import {inEach} from './login-places.ts';

type World = Pick<Machine, 'env' | 'home' | 'platform'>;

/** Where a desktop program keeps its own files, by the platform's habit: `~/.config/Name` and its kin. */
export function appDirectory({env, home, platform}: World, name: string): string {
  if (platform === 'darwin') return `${home}/Library/Application Support/${name}`;
  if (platform === 'win32') return `${env.APPDATA || `${home}/AppData/Roaming`}/${name}`;
  return `${env.XDG_CONFIG_HOME || `${home}/.config`}/${name}`;
}

/** The same for a list of places, on every platform. */
export const inAppDirectory = (name: string, ...files: string[]): string[] =>
  inEach(
    ['$XDG_CONFIG_HOME', '~/.config', '~/Library/Application Support', '$APPDATA'].map(root => `${root}/${name}`),
    ...files,
  );
