import {describe, expect, it} from 'vitest';
import type {LoginPlace} from '../../../src/core/login-place.ts';
import type {Account, Machine, Provider} from '../../../src/core/provider.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {lazyProvider} from '../../../src/providers/shared/lazy-provider.ts';
import {anAccount} from '../../support/monitor.ts';
import {withHome} from './home.ts';

const [model] = catalogue;
if (model === undefined) throw new Error('the catalogue is empty');

/** A provider of these places that finds one account, and how often its code was loaded. */
function counting(places: readonly LoginPlace[]): {provider: Provider; loads(): number} {
  let loads = 0;
  const provider = lazyProvider({...model, id: 'acme', places} as Provider, {
    async discover() {
      loads += 1;
      return async (): Promise<Account[]> => [anAccount()];
    },
    fetch: async () => async () => ({plan: null, windows: [], amounts: [], notes: []}),
    demo: async () => ({files: () => ({}), answer: () => ({status: 404, body: null})}),
  });
  return {provider, loads: () => loads};
}

/** The machine, and the directories that were listed on it. */
function listing(machine: Machine): {machine: Machine; listed: string[]} {
  const listed: string[] = [];
  const list = (path: string): Promise<string[]> => {
    listed.push(path.replace(machine.home, '~'));
    return machine.list(path);
  };
  return {machine: {...machine, list}, listed};
}

describe('the code of discovery', () => {
  it.each<[string, LoginPlace, Record<string, string>, Record<string, string>]>([
    ['a variable is set', {name: 'a', variables: ['ACME_KEY']}, {ACME_KEY: 'k'}, {}],
    ['a file is there', {name: 'a', files: ['~/.config/acme/key']}, {}, {'.config/acme/key': 'k'}],
    ['a file of its kind is there', {name: 'a', files: ['~/.acme/*.db']}, {}, {'.acme/acme-beta.db': ''}],
    ['a variable says where', {name: 'a', files: ['$ACME_HOME/key']}, {ACME_HOME: '/elsewhere'}, {}],
  ])('is loaded where %s', async (_, place, env, files) => {
    const {provider, loads} = counting([place]);
    const home = await withHome({'.profile': '', ...files});
    expect(await provider.discover(home.machine({env}))).toHaveLength(1);
    expect(loads()).toBe(1);
  });

  it('is loaded for what `login` stored', async () => {
    const {provider, loads} = counting([{name: 'a', stored: true}]);
    const home = await withHome();
    const stored = async () => [{id: '1', provider: 'acme', secret: 's', fields: {}}];
    expect(await provider.discover(home.machine({stored}))).toHaveLength(1);
    expect(loads()).toBe(1);
  });

  it('is loaded where a directory does not say what is in it', async () => {
    const {provider, loads} = counting([{name: 'a', files: ['~/.config/acme/key']}]);
    const home = await withHome({'.config/acme/key': 'k'});
    const {machine} = listing(home.machine());
    const list = async (path: string) => (path.endsWith('.config') ? [] : machine.list(path));
    await provider.discover({...machine, list});
    expect(loads()).toBe(1);
  });

  it('is not loaded on a computer that has none of its tools, and no more than the home directory is looked at', async () => {
    const {provider, loads} = counting([
      {name: 'a', variables: ['ACME_KEY'], stored: true, files: ['~/.acme/key', '~/.config/acme/key']},
      {name: 'b', files: ['$ACME_HOME/key', '~/.acme/*.db', '/no/such/place/key'], programs: ['acme-of-nobody']},
    ]);
    const {machine, listed} = listing((await withHome({'.profile': '', '.config/other/file': ''})).machine());
    expect(await provider.discover(machine)).toEqual([]);
    expect(loads()).toBe(0);
    expect([...new Set(listed)]).toEqual(['~', '~/.config', '/no/such/place']);
  });
});
