import {accountsOf, emptyMachine} from './draft-accounts.ts';
import type {Discovery} from './polling/discovery.ts';
import {type Account, brokenKey, type Machine, type Provider, type StoredCredential} from './provider.ts';
import type {CredentialRow} from './services.ts';
import {mask} from './text/redact.ts';

export type CredentialRowsDeps = {
  machine: Machine;
  discovery: Discovery;
  endpointOf?(provider: string): string | null;
  hidden(): readonly string[];
  /** Who the service said that this account is, when it was refreshed; its place may not name it. */
  nameOf(accountKey: string): string | undefined;
};

/** Every login of a provider, each with the entry of our own store that is behind it; `stored` is all of that store. */
export async function credentialRows(
  deps: CredentialRowsDeps,
  provider: Provider,
  stored: readonly StoredCredential[],
): Promise<CredentialRow[]> {
  const {machine} = deps;
  const accounts = await deps.discovery.find(provider);
  const own = stored.filter(entry => entry.provider === provider.id);
  const unseen = await unseenIn(machine, provider, own, accounts);
  return accounts.map(account =>
    rowOf(deps, account, own.find(entry => isBehind(machine, entry, account)) ?? unseen.get(account.key)),
  );
}

function rowOf(deps: CredentialRowsDeps, account: Account, entry: StoredCredential | undefined): CredentialRow {
  const [secret] = account.secrets;
  const endpoint = deps.endpointOf?.(account.provider) ?? null;
  return {
    account: {...account, label: deps.nameOf(account.key) ?? account.label},
    hidden: deps.hidden().includes(account.key),
    masked: secret === undefined ? '' : mask(secret),
    storedId: entry?.id ?? null,
    ...(entry?.keychain ? {keychain: entry.keychain} : {}),
    ...(endpoint === null ? {} : {endpoint}),
  };
}

/**
 * Our own entries whose secret is in no account, by the accounts that they stand for: another place has a fresher token
 * of the same account, or the entry only names the file that holds the tokens.
 */
async function unseenIn(
  machine: Machine,
  provider: Provider,
  own: readonly StoredCredential[],
  accounts: readonly Account[],
): Promise<Map<string, StoredCredential>> {
  const unseen = own.filter(entry => !accounts.some(account => isBehind(machine, entry, account)));
  const found = await Promise.all(
    unseen.map(async entry => {
      const alone = await accountsOf(provider, emptyMachine(machine), entry);
      return alone.filter(({stored}) => stored).map(({key}) => [key, entry] as const);
    }),
  );
  return new Map(found.flat());
}

const isBehind = (machine: Machine, entry: StoredCredential, account: Account): boolean =>
  entry.problem === undefined ? account.secrets.includes(entry.secret) : account.key === brokenKey(machine, entry);
