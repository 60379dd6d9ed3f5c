import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {pathVariables} from '../../src/providers/index.ts';
import {pathsOf, relativePlaces, withoutRelativePlaces} from '../../src/system/paths.ts';

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
      'our own variables, with a slash too many and empty',
      {MYSTATUS_CONFIG_DIR: '/my//config/', MYSTATUS_STATE_DIR: ''},
      'linux',
      '/home/u',
      '/my/config',
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

describe('a relative place, which would lie in the working directory', () => {
  it.each(['state', './state', '../state', '~/state', '.'])('%j is refused where it is our own', value => {
    expect(relativePlaces({MYSTATUS_STATE_DIR: value}, 'linux').own).toEqual(['MYSTATUS_STATE_DIR']);
    expect(relativePlaces({MYSTATUS_CONFIG_DIR: value}, 'darwin').own).toEqual(['MYSTATUS_CONFIG_DIR']);
    expect(() => pathsOf({MYSTATUS_STATE_DIR: value}, 'linux', '/home/u')).toThrow(
      'MYSTATUS_STATE_DIR must be an absolute path',
    );
  });

  it('is one by the rules of its platform', () => {
    const env = {MYSTATUS_STATE_DIR: 'C:\\state', CODEX_HOME: '\\codex', APPDATA: 'roaming'};
    expect(relativePlaces(env, 'win32', pathVariables)).toEqual({own: [], others: ['APPDATA']});
    expect(relativePlaces(env, 'linux', pathVariables)).toEqual({
      own: ['MYSTATUS_STATE_DIR'],
      others: ['CODEX_HOME'],
    });
  });

  it('of another tool is left out of the environment, by name', () => {
    const env = {
      HOME: 'home',
      XDG_DATA_HOME: '/data',
      CLAUDE_CONFIG_DIR: '.claude',
      ZAI_API_KEY: 'key',
      CODEX_HOME: '',
    };
    expect(relativePlaces(env, 'linux', pathVariables).others).toEqual(['HOME', 'CLAUDE_CONFIG_DIR']);
    expect(withoutRelativePlaces(env, 'linux', pathVariables)).toEqual({
      XDG_DATA_HOME: '/data',
      ZAI_API_KEY: 'key',
      CODEX_HOME: '',
    });
  });

  it('is known for every variable that a provider makes a path of', () => {
    const providers = new URL('../../src/providers', import.meta.url).pathname;
    const sources = readdirSync(providers, {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.ts'));
    const text = sources.map(name => readFileSync(join(providers, name), 'utf8')).join('\n');
    const used = [...text.matchAll(/\benv\.([A-Z_]*(?:HOME|DIR|DATA|CONFIG))\b/g)].map(([, name = '']) => name);
    expect(new Set(used).size).toBeGreaterThan(8);
    const unknown = [...new Set(used)].filter(
      name => relativePlaces({[name]: 'x'}, 'win32', pathVariables).others.length === 0,
    );
    expect(unknown).toEqual([]);
  });
});
