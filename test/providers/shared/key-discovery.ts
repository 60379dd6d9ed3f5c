import {describe, expect, it} from 'vitest';
import type {Machine, Provider} from '../../../src/core/provider.ts';
import {withHome, writeStore} from './home.ts';

type Facts = {
  /** Variables that need no other beside them, in their order. */
  variables: readonly string[];
  /** An id of opencode, and an address, that are the service's. */
  opencodeId?: string;
  address: string;
  /** Addresses that are not. */
  elsewhere: readonly string[];
  key?: string;
};

/** Tests that a service by key finds its key at every place that such services share, and reads each alone. */
export function testKeyDiscovery(
  provider: Provider,
  {variables, opencodeId, address, elsewhere, key = 'sk-fake'}: Facts,
) {
  const auth = {[opencodeId ?? 'x']: {type: 'api', key}};
  const claude = (url: string) => ({ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: key});
  const configured = (url: string, id = 'mine') => ({
    '.config/opencode/opencode.json': {provider: {[id]: {options: {apiKey: key, baseURL: url}}}},
  });
  const found = async (env: Record<string, string>, files = {}) =>
    (await provider.discover((await withHome(files)).machine({env}))).map(({source}) => source);

  describe(`a key of ${provider.name}`, () => {
    it.each(variables)('is found in %s', async name => {
      expect(await found({[name]: `  ${key} `})).toEqual([name]);
      expect(await found({[name]: ' '})).toEqual([]);
    });

    it('in several places is one account, at the first of them', async () => {
      const env = Object.fromEntries(variables.map(name => [name, key]));
      expect(await found({...env, ...claude(address)}, configured(address))).toEqual(variables.slice(0, 1));
    });

    if (opencodeId !== undefined)
      it('is found in either of opencode’s stores, and in its variable', async () => {
        expect(await found({OPENCODE_AUTH_CONTENT: JSON.stringify(auth)})).toEqual(['OPENCODE_AUTH_CONTENT']);
        expect(await found({}, {'.local/share/opencode/auth.json': auth})).toEqual(['opencode auth.json']);
        const home = await withHome();
        await writeStore(home, [{id: 'c', integration: opencodeId, value: {type: 'key', key}}]);
        expect(await provider.discover(home.machine())).toMatchObject([{source: 'opencode store', place: 'opencode'}]);
      });

    it('in opencode’s configuration belongs to it by the address', async () => {
      expect(await found({}, configured(address))).toEqual(['opencode.json']);
      for (const each of elsewhere) expect(await found({}, configured(each, opencodeId))).toEqual([]);
    });

    it('of Claude Code belongs to it by the address in the same place', async () => {
      expect(await found(claude(address))).toEqual(['ANTHROPIC_AUTH_TOKEN']);
      expect(await found({}, {'.claude/settings.json': {env: claude(address)}})).toEqual(['Claude Code settings.json']);
      for (const each of elsewhere) expect(await found(claude(each))).toEqual([]);
    });

    it('saved by login has the name that it was given', async () => {
      const entry = {id: 's', provider: provider.id, label: 'work', secret: key, fields: {}};
      const stored = async (id: string) => (id === provider.id ? [entry] : []);
      const machine = (await withHome()).machine({stored});
      expect(await provider.discover(machine)).toMatchObject([{label: 'work', stored: true, credential: {key}}]);
    });

    it('is read again at the place where it was found, and at no other', async () => {
      const machine: Machine = (await withHome(configured(address))).machine({env: {[variables[0] ?? '']: 'sk-cp-b'}});
      const accounts = await provider.discover(machine);
      expect(accounts.map(({place}) => place)).toEqual(['environment', 'opencode']);
      for (const account of accounts)
        expect(await provider.discover(machine, [account.place ?? ''])).toEqual([account]);
      expect(await provider.discover(machine, ['Claude Code'])).toEqual([]);
    });

    it('in a file that cannot be read is a problem with what to do', async () => {
      const text = `{"ANTHROPIC_BASE_URL": "${address}"`;
      const machine = (await withHome({'.claude/settings.json': text})).machine();
      const problem = {code: 'no_credentials', remedy: {code: 'fix-file'}};
      expect(await provider.discover(machine)).toMatchObject([{source: 'Claude Code settings.json', problem}]);
    });
  });
}
