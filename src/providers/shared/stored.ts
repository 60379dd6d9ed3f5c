import {type Account, brokenKey, type Machine, type Provider, type StoredCredential} from '../../core/provider.ts';
import {problemAccount} from './accounts.ts';

const source = 'mystatus-tui login';

/**
 * The provider as it is on a machine whose keychain holds some of its stored credentials, so that no provider needs to
 * know of keychains: it sees those whose secret could be had, and the others become accounts that say what is wrong.
 */
export const onKeychain = (provider: Provider): Provider => ({
  ...provider,
  async discover(machine, only) {
    const stored = await machine.stored(provider.id);
    const kept = stored.filter(({keychain}) => keychain === true);
    if (kept.length === 0) return provider.discover(machine, only);
    const readable = stored.filter(({problem}) => problem === undefined);
    const ours = {...machine, stored: async (id: string) => (id === provider.id ? readable : [])};
    const accounts = await provider.discover(ours, only);
    const broken = kept.filter(({problem}) => problem !== undefined);
    return [...accounts.map(account => marked(account, kept)), ...broken.map(entry => toProblem(machine, entry, kept))];
  },
});

function marked(account: Account, kept: readonly StoredCredential[]): Account {
  const entry = kept.find(({secret}) => secret !== '' && account.secrets.includes(secret));
  return account.stored && entry !== undefined
    ? {...account, source: `${account.source} ${mark(entry, kept)}`}
    : account;
}

// With its id where there are several: what is wrong with one of them must not be said of another.
const mark = ({id}: StoredCredential, kept: readonly StoredCredential[]): string =>
  kept.length === 1 ? '(keychain)' : `(keychain ${id})`;

function toProblem(machine: Machine, entry: StoredCredential, kept: readonly StoredCredential[]): Account {
  const {provider, label, problem = ''} = entry;
  const remedy = {code: 'keychain', name: provider} as const;
  const init = {source: `${source} ${mark(entry, kept)}`, why: problem, remedy};
  const account = problemAccount(machine, provider, label === undefined ? init : {...init, label});
  return {...account, key: brokenKey(machine, entry), stored: true};
}
