import {resolve} from 'node:path';
import {describe, expect, it} from 'vitest';
import {pathsOf} from '../../src/system/paths.ts';

describe('where things are kept', () => {
  const cases: [string, Record<string, string>, string, string, string, string][] = [
    ['Linux', {}, 'linux', '/home/u', '/home/u/.config/mystatus-tui', '/home/u/.local/state/mystatus-tui'],
    ['another Unix', {}, 'freebsd', '/home/u', '/home/u/.config/mystatus-tui', '/home/u/.local/state/mystatus-tui'],
    [
      'XDG variables',
      {XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s'},
      'linux',
      '/home/u',
      '/c/mystatus-tui',
      '/s/mystatus-tui',
    ],
    [
      'XDG variables that are void: empty, or relative to wherever one happens to be',
      {XDG_CONFIG_HOME: '', XDG_STATE_HOME: 'state'},
      'linux',
      '/home/u',
      '/home/u/.config/mystatus-tui',
      '/home/u/.local/state/mystatus-tui',
    ],
    [
      'our own variables, before any other',
      {MYSTATUS_CONFIG_DIR: '/my/config', MYSTATUS_STATE_DIR: '/my/state', XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s'},
      'linux',
      '/home/u',
      '/my/config',
      '/my/state',
    ],
    [
      'our own variables, relative and empty',
      {MYSTATUS_CONFIG_DIR: './here', MYSTATUS_STATE_DIR: ''},
      'linux',
      '/home/u',
      resolve('here'),
      '/home/u/.local/state/mystatus-tui',
    ],
    [
      'macOS',
      {XDG_CONFIG_HOME: '/c'},
      'darwin',
      '/Users/u',
      '/Users/u/Library/Preferences/mystatus-tui',
      '/Users/u/Library/Application Support/mystatus-tui',
    ],
    [
      'Windows',
      {APPDATA: 'C:\\Users\\u\\AppData\\Roaming', LOCALAPPDATA: 'D:\\Local'},
      'win32',
      'C:\\Users\\u',
      'C:\\Users\\u\\AppData\\Roaming\\mystatus-tui',
      'D:\\Local\\mystatus-tui',
    ],
    [
      'Windows without its variables',
      {},
      'win32',
      'C:\\Users\\u',
      'C:\\Users\\u\\AppData\\Roaming\\mystatus-tui',
      'C:\\Users\\u\\AppData\\Local\\mystatus-tui',
    ],
  ];

  it.each(cases)('follows %s', (_, env, platform, home, configDirectory, stateDirectory) => {
    expect(pathsOf(env, platform, home)).toEqual({configDirectory, stateDirectory});
  });
});
