import {describe, expect, it} from 'vitest';
import {findOpencodeConfigKeys, parseJsonc, readOpencodeConfig} from '../../../src/providers/shared/opencode-config.ts';
import {machineWith} from './support.ts';

const path = '.config/opencode/opencode.json';
const withKey = (apiKey: unknown, more: object = {}) => JSON.stringify({provider: {zai: {options: {apiKey, ...more}}}});

async function found(files: Record<string, string>, env: Record<string, string> = {}) {
  return findOpencodeConfigKeys(await machineWith(files, {env}), ['zai', 'glm']);
}
const keysIn = async (files: Record<string, string>, env: Record<string, string> = {}) =>
  (await found(files, env)).keys.map(({id, key, source}) => `${id} ${key} ${source}`);

describe('keys of the configuration', () => {
  it('are found by the id of their provider', async () => {
    const text = JSON.stringify({
      provider: {zai: {options: {apiKey: 'a'}}, glm: {options: {apiKey: 'b'}}, x: {options: {apiKey: 'c'}}},
    });
    expect(await keysIn({[path]: text})).toEqual(['zai a opencode.json', 'glm b opencode.json']);
  });

  it('are found among comments and trailing commas', async () => {
    const text = '{ // "zai"\n "provider": {"zai": {"options": {/* , */"apiKey": "http://not/*a*/,]comment",},},},\n}';
    expect(await keysIn({[`${path}c`]: text})).toEqual(['zai http://not/*a*/,]comment opencode.jsonc']);
  });

  it('come from the strongest file, option by option', async () => {
    const files = {
      [`${path}c`]: '{"provider": {"zai": {"options": {"baseURL": "https://x"}}}}',
      [path]: withKey('weak', {baseURL: 'https://y'}),
    };
    expect((await found(files)).keys).toEqual([
      {id: 'zai', key: 'weak', baseUrl: 'https://x', source: 'opencode.json'},
    ]);
    expect(await keysIn({...files, [`${path}c`]: withKey('strong')})).toEqual(['zai strong opencode.jsonc']);
  });

  it('are taken from the environment where they say so', async () => {
    expect(await keysIn({[path]: withKey('{env:MY_KEY}')}, {MY_KEY: ' k '})).toEqual(['zai k opencode.json']);
    expect(await keysIn({[path]: withKey('{env:MY_KEY}')})).toEqual([]);
  });

  it.each(['{file:key.txt}', '{file:./key.txt}', '{file:~/.config/opencode/key.txt}'])(
    'are taken from %s',
    async apiKey => {
      expect(await keysIn({[path]: withKey(apiKey), '.config/opencode/key.txt': 'k\n'})).toEqual([
        'zai k opencode.json',
      ]);
    },
  );

  it('say which file is missing', async () => {
    expect(await found({[path]: withKey('{file:gone}')})).toEqual({
      keys: [],
      problems: [{source: 'opencode.json', why: 'the file it names for zai cannot be read', ids: ['zai']}],
    });
  });

  it.each([null, 7, {}, '', ' '])('are none where the option is %j', async apiKey => {
    expect(await found({[path]: withKey(apiKey)})).toEqual({keys: [], problems: []});
  });

  it.each(['[]', 'null', '{"provider": []}', '{"provider": {"zai": 7}}', '{"provider": {"zai": {"options": "x"}}}'])(
    'are none in %s',
    async text => {
      expect((await found({[path]: text})).keys).toEqual([]);
    },
  );

  it('in a broken file are a problem only where the file names them', async () => {
    expect((await found({[path]: '{"glm": '})).problems).toEqual([
      {source: 'opencode.json', why: 'it is not valid JSON', ids: ['glm']},
    ]);
    expect((await found({[path]: '{"other": '})).problems).toEqual([]);
  });
});

describe('what it says of providers', () => {
  const read = async (config: object, env: Record<string, string> = {}, files: Record<string, string> = {}) =>
    readOpencodeConfig(await machineWith({[path]: JSON.stringify(config), ...files}, {env}), ['zai', 'glm']);

  it('is told of those that are asked for, and of others that it sends to an address', async () => {
    const provider = {
      mine: {options: {baseURL: 'https://x', apiKey: '{env:MY_KEY}'}},
      other: {options: {apiKey: 'secret'}},
      zai: {api: 'https://y', env: ['A', 7, 'B']},
    };
    expect((await read({provider}, {MY_KEY: 'k'})).providers).toEqual([
      {id: 'zai', source: 'opencode.json', baseUrl: 'https://y', variables: ['A', 'B']},
      {id: 'mine', source: 'opencode.json', key: 'k', baseUrl: 'https://x', variables: []},
    ]);
  });

  it('prefers the address of the options', async () => {
    const {providers} = await read({provider: {zai: {api: 'https://weak', options: {baseURL: 'https://strong'}}}});
    expect(providers).toMatchObject([{baseUrl: 'https://strong'}]);
  });

  it('reads no file that others name', async () => {
    const options = {baseURL: 'https://x', apiKey: '{file:~/secret}'};
    const {providers, problems} = await read({provider: {mine: {options}, glm: {options}}}, {}, {secret: 'k'});
    expect(providers.map(({id, key}) => [id, key])).toEqual([
      ['glm', 'k'],
      ['mine', undefined],
    ]);
    expect(problems).toEqual([]);
  });

  it.each([
    [{provider: {zai: {}}}, ['zai']],
    [{model: 'zai/glm-5', small_model: 'glm/air/x'}, ['zai', 'glm']],
    [{enabled_providers: ['zai', 7]}, ['zai']],
    [{provider: {zai: {}, glm: {}}, model: 'zai/glm-5', disabled_providers: ['zai']}, ['glm']],
    [{provider: [], model: 7, enabled_providers: 'zai', disabled_providers: {}}, []],
  ])('names the providers in use: %j', async (config, inUse) => {
    expect((await read(config)).inUse).toEqual(inUse);
  });

  it('does not take what every object has for a provider', async () => {
    const machine = await machineWith({[path]: '{"provider": {"x": {}}}'});
    expect((await readOpencodeConfig(machine, ['constructor', '__proto__'])).providers).toEqual([]);
  });
});

describe('places of the configuration', () => {
  it('are the directories of the user and the file that OPENCODE_CONFIG names', async () => {
    const machine = await machineWith({
      'own.json': withKey('a'),
      'dir/opencode.json': withKey('b'),
      'xdg/opencode/opencode.json': withKey('c'),
    });
    const inEnv = async (env: Record<string, string>) =>
      (await findOpencodeConfigKeys({...machine, env}, ['zai'])).keys.map(({key}) => key);
    expect(
      await inEnv({OPENCODE_CONFIG: `${machine.home}/own.json`, OPENCODE_CONFIG_DIR: `${machine.home}/dir`}),
    ).toEqual(['a']);
    expect(await inEnv({OPENCODE_CONFIG_DIR: `${machine.home}/dir`})).toEqual(['b']);
    expect(await inEnv({XDG_CONFIG_HOME: `${machine.home}/xdg`})).toEqual(['c']);
  });

  it('are never relative: the working directory belongs to whoever wrote the project', async () => {
    const asked: string[] = [];
    const machine = await machineWith({});
    const watched = {
      ...machine,
      env: {OPENCODE_CONFIG: 'opencode.json'},
      readText: (path: string) => {
        asked.push(path);
        return machine.readText(path);
      },
    };
    await findOpencodeConfigKeys(watched, ['zai']);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(path => path.startsWith(machine.home))).toBe(true);
  });
});

describe('parseJsonc', () => {
  // Looked for again at each quote, the end that is not there would take hours to miss.
  it.each(['\\"', '/*', '"\\', ', ', '//'])('is through with a long file of %j at once', part => {
    expect(parseJsonc(part.repeat(200_000))).toBeUndefined();
  });

  it.each([
    ['{"a": [1, 2, ], /* x */ "b": "//c" } // d', {a: [1, 2], b: '//c'}],
    ['{"a": "\\"//,}"}', {a: '"//,}'}],
    ['{"a": 1', undefined],
    ['[1]', undefined],
    ['', undefined],
  ])('reads %j', (text, value) => {
    expect(parseJsonc(text)).toEqual(value);
  });
});
