import type {Account, Machine, Provider, StoredCredential} from './provider.ts';
import type {LoginDraft} from './services.ts';

/** The accounts that a login of our own would become, were it all that is stored. */

type Given = Pick<LoginDraft, 'secret' | 'label' | 'fields'>;

/** The same computer with nothing on it: what another tool's login answers says nothing about this one. */
export const emptyMachine = (machine: Machine): Machine => ({
  ...machine,
  env: {},
  home: '/nonexistent',
  which: async () => null,
});

export function accountsOf(provider: Provider, machine: Machine, {secret, label, fields}: Given): Promise<Account[]> {
  const name = label === undefined ? {} : {label};
  const stored: StoredCredential = {id: 'draft', provider: provider.id, secret, fields, ...name};
  return provider.discover({...machine, stored: async id => (id === provider.id ? [stored] : [])});
}

/** The account that it would become; else what is wrong with it. */
export async function accountOf(provider: Provider, machine: Machine, given: Given): Promise<Account | undefined> {
  const accounts = await accountsOf(provider, machine, given);
  return accounts.find(({stored}) => stored) ?? accounts[0];
}
