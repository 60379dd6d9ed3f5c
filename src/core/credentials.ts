import type {CredentialRow, CredentialsControl, LoginDraft} from './program.ts';
import {type Account, brokenKey, type Machine, type Provider, type StoredCredential, type Wire} from './provider.ts';
import {mask, type Redactor} from './redact.ts';
import {failureFrom} from './settle.ts';

/** Our own credentials on disk. */
export type CredentialStore = {
  list(provider?: string): Promise<StoredCredential[]>;
  add(entry: Omit<StoredCredential, 'id' | 'problem'>): Promise<StoredCredential>;
  update(id: string, patch: Partial<Pick<StoredCredential, 'label' | 'secret' | 'fields'>>): Promise<void>;
  /** False when there is no such credential. Rejects when a part of it may remain. */
  remove(id: string): Promise<boolean>;
};

export type CredentialParts = {
  providers: readonly Provider[];
  machine: Machine;
  wireFor(provider: Provider, signal: AbortSignal, deadlineMs: number): Wire;
  store: CredentialStore;
  redactor: Redactor;
  hidden(): readonly string[];
  setHidden(accountKey: string, hidden: boolean): void;
  /** Something was added, replaced or removed. */
  changed(): Promise<void>;
};

/** Every login that was found, and the care of our own. Other tools' logins can be hidden, never changed. */
export function createCredentialsControl(parts: CredentialParts): CredentialsControl {
  const {providers, machine, store, redactor} = parts;

  async function rowsOf(provider: Provider, own: readonly StoredCredential[]): Promise<CredentialRow[]> {
    const accounts = await provider.discover(machine);
    for (const secret of accounts.flatMap(account => account.secrets)) redactor.protect(secret);
    return accounts.map(account => {
      const entry = account.stored ? own.find(each => isBehind(machine, each, account)) : undefined;
      return {
        account,
        hidden: parts.hidden().includes(account.key),
        masked: account.secrets[0] === undefined ? '' : mask(account.secrets[0]),
        storedId: entry?.id ?? null,
        ...(entry?.keychain ? {keychain: entry.keychain} : {}),
      };
    });
  }

  return {
    async rows() {
      const own = await store.list();
      return (await Promise.all(providers.map(provider => rowsOf(provider, own)))).flat();
    },
    async verify(draft, timeoutMs) {
      redactor.protect(draft.secret);
      const provider = providers.find(({id}) => id === draft.provider);
      if (provider === undefined) return `there is no provider "${draft.provider}"`;
      const account = await accountOf(provider, machine, draft);
      if (account === undefined) return 'the provider does not recognise this credential';
      if (account.problem !== undefined) return account.problem.detail;
      return ask(provider, account, timeoutMs);
    },
    async add(draft) {
      redactor.protect(draft.secret);
      await store.add(draft);
      await parts.changed();
    },
    async replace(storedId, secret) {
      redactor.protect(secret);
      await store.update(storedId, {secret});
      await parts.changed();
    },
    async rename(storedId, label) {
      await store.update(storedId, {label});
      await parts.changed();
    },
    async remove(storedId) {
      try {
        return await store.remove(storedId);
      } finally {
        await parts.changed();
      }
    },
    setHidden: parts.setHidden,
  };

  /** One real request; null when it worked, else the line that says why not. */
  async function ask(provider: Provider, account: Account, timeoutMs: number): Promise<string | null> {
    for (const secret of account.secrets) redactor.protect(secret);
    try {
      await provider.fetch(account, parts.wireFor(provider, new AbortController().signal, timeoutMs));
      return null;
    } catch (error) {
      return failureFrom(error, redactor.redact).detail;
    }
  }
}

const isBehind = (machine: Machine, entry: StoredCredential, account: Account): boolean =>
  entry.problem === undefined ? account.secrets.includes(entry.secret) : account.key === brokenKey(machine, entry);

/** The account that a draft would become, looked for on a machine that holds nothing else. */
async function accountOf(
  provider: Provider,
  machine: Machine,
  {secret, label, fields}: LoginDraft,
): Promise<Account | undefined> {
  const stored: StoredCredential = {
    id: 'draft',
    provider: provider.id,
    secret,
    fields,
    ...(label === undefined ? {} : {label}),
  };
  const bare: Machine = {
    ...machine,
    env: {},
    home: '/nonexistent',
    which: async () => null,
    stored: async id => (id === provider.id ? [stored] : []),
  };
  return (await provider.discover(bare))[0];
}
