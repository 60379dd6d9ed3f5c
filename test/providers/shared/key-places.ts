import {expect, it} from 'vitest';
import type {Provider} from '../../../src/core/provider.ts';
import {withHome, writeStore} from './home.ts';

type Files = Record<string, unknown>;
type Case = [source: string, files: Files, variables: Record<string, string>];
type Places = {
  variables: readonly string[];
  opencodeIds: readonly string[];
  /** What opencode may be sent to under any id, and Claude Code. */
  address: string;
  /** Addresses that are not the service's. */
  elsewhere?: readonly string[];
  /** Further places: what they are called, and the files that hold the key. */
  more?: readonly [source: string, files: Files][];
};

/** Tests that a static key is found in every place that such keys share, and in those of the provider alone. */
export function testKeyPlaces(
  provider: Provider,
  key: string,
  {variables, opencodeIds, address, elsewhere = ['https://proxy.example.com/v1'], more = []}: Places,
) {
  const auth = Object.fromEntries(opencodeIds.map(id => [id, {type: 'api', key}]));
  const configured = (id: string, baseURL: string) => ({
    '.config/opencode/opencode.json': {provider: {[id]: {options: {apiKey: key, baseURL}}}},
  });
  const env = {ANTHROPIC_BASE_URL: address, ANTHROPIC_AUTH_TOKEN: key};
  const discovered = async (files: Files, variables: Record<string, string> = {}, names?: string[]) =>
    provider.discover((await withHome(files)).machine({env: variables}), names);
  const [first = ''] = variables;
  const inOpencode: Case[] = [
    ['OPENCODE_AUTH_CONTENT', {}, {OPENCODE_AUTH_CONTENT: JSON.stringify(auth)}],
    ['opencode auth.json', {'.local/share/opencode/auth.json': auth}, {}],
  ];

  it.each<Case>([
    ...variables.map((name): Case => [name, {}, {[name]: key}]),
    ...(opencodeIds.length === 0 ? [] : inOpencode),
    ['opencode.json', configured('anything', address), {}],
    ['ANTHROPIC_AUTH_TOKEN', {}, env],
    ['Claude Code settings.json', {'.claude/settings.json': {env}}, {}],
    ...more.map(([source, files]): Case => [source, files, {}]),
  ])('is found in %s, and again at that place alone: %j', async (source, files, variables) => {
    const found = await discovered(files, variables);
    expect(found).toMatchObject([{source, credential: {key}, secrets: [key], stored: false}]);
    expect(await discovered(files, variables, [found[0]?.place ?? ''])).toEqual(found);
    expect(provider.places.map(({name}) => name)).toContain(found[0]?.place);
  });

  it.each(opencodeIds)('is found in the store of opencode 2 under %s', async integration => {
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration, value: {type: 'key', key}}]);
    expect(await provider.discover(home.machine())).toMatchObject([{source: 'opencode store', credential: {key}}]);
  });

  it('saved by login has the name that it was given there', async () => {
    const entry = {id: 's', provider: provider.id, label: 'work', secret: `Bearer ${key}`, fields: {}};
    const stored = async (id: string) => (id === provider.id ? [entry] : []);
    const found = await provider.discover((await withHome()).machine({stored}));
    expect(found).toMatchObject([{source: 'mystatus-tui login', label: 'work', stored: true, credential: {key}}]);
  });

  it('in several places is one account, named after the first; another key is another account', async () => {
    const files = configured('anything', address);
    expect(await discovered(files, {[first]: ` ${key} `})).toMatchObject([{source: first}]);
    expect(await discovered(files, {[first]: `${key}-other`})).toHaveLength(2);
  });

  it.each([['.local/share/opencode/auth.json'], ['.local/share/opencode/opencode.db'], ['.pi/agent/auth.json']])(
    'has no panel over a broken file that does not name it: %s',
    async path => {
      const found = await discovered({[path]: '{"another": '});
      expect(found.map(({problem}) => problem?.aside)).toEqual(found.map(() => true));
    },
  );

  it.each(opencodeIds)('has one over a broken file of opencode that names %s', async id => {
    const [account] = await discovered({'.local/share/opencode/auth.json': `{"${id}": `});
    expect(account?.problem).toMatchObject({code: 'no_credentials', remedy: {code: 'fix-file'}});
    expect(account?.problem).not.toHaveProperty('aside');
  });

  it('has one over a broken file of Claude Code that names its address', async () => {
    const [account] = await discovered({'.claude/settings.json': `{"ANTHROPIC_BASE_URL": "${address}"`});
    expect(account?.problem).toMatchObject({code: 'no_credentials', remedy: {code: 'fix-file'}});
  });

  it('is left alone where opencode or Claude Code sends it elsewhere', async () => {
    for (const url of elsewhere) {
      for (const id of opencodeIds) expect(await discovered(configured(id, url))).toEqual([]);
      expect(await discovered({}, {...env, ANTHROPIC_BASE_URL: url})).toEqual([]);
    }
  });
}
