import {completedWith, requireName, requireShowable, secretsOf} from './login-draft.ts';
import type {Failure} from './model.ts';
import type {Discovery} from './polling/discovery.ts';
import {failureFrom, readingFrom} from './polling/settle.ts';
import {type Account, brokenKey, type Machine, type Provider, type StoredCredential, type Wire} from './provider.ts';
import type {CredentialRow, CredentialsControl, FirstReading, LoginDraft} from './services.ts';
import {mask, type Redactor} from './text/redact.ts';
import {revealing} from './text/reveal.ts';

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
  discovery: Discovery;
  wireFor(provider: Provider, signal: AbortSignal, deadlineMs: number): Wire;
  endpointOf?(provider: string): string | null;
  store: CredentialStore;
  redactor: Redactor;
  hidden(): readonly string[];
  /** Who the service said that this account is, when it was refreshed; its place may not name it. */
  nameOf(accountKey: string): string | undefined;
  setHidden(accountKey: string, hidden: boolean): void;
  /** The check of a login that is saved now was its first reading: it need not be refreshed at once. */
  addFirstReading(first: FirstReading): void;
  /** Something was added, replaced or removed. */
  changed(): Promise<void>;
};

/** Every login that was found, and the care of our own. Other tools' logins can be hidden, never changed. */
export function createCredentialsControl(parts: CredentialParts): CredentialsControl {
  const {providers, machine, store, redactor} = parts;
  // What the last check found out, by the secret that was checked.
  let checked: {secret: string; first: FirstReading} | null = null;

  async function rowsOf(provider: Provider, own: readonly StoredCredential[]): Promise<CredentialRow[]> {
    const accounts = await parts.discovery.find(provider);
    const mine = own.filter(entry => entry.provider === provider.id);
    const unseen = await unseenIn(provider, mine, accounts);
    const endpoint = parts.endpointOf?.(provider.id) ?? null;
    return accounts.map(account => {
      const entry = mine.find(each => isBehind(machine, each, account)) ?? unseen.get(account.key);
      return {
        account: {...account, label: parts.nameOf(account.key) ?? account.label},
        hidden: parts.hidden().includes(account.key),
        masked: account.secrets[0] === undefined ? '' : mask(account.secrets[0]),
        storedId: entry?.id ?? null,
        ...(entry?.keychain ? {keychain: entry.keychain} : {}),
        ...(endpoint === null ? {} : {endpoint}),
      };
    });
  }

  /**
   * Our own entries whose secret is in no account, by the accounts that they stand for: another place has a fresher token
   * of the same account, or the entry only names the file that holds the tokens.
   */
  async function unseenIn(
    provider: Provider,
    mine: readonly StoredCredential[],
    accounts: readonly Account[],
  ): Promise<Map<string, StoredCredential>> {
    const unseen = mine.filter(entry => !accounts.some(account => isBehind(machine, entry, account)));
    const found = await Promise.all(
      unseen.map(async entry => {
        const alone = await accountsOf(provider, bare(machine), entry);
        return alone.filter(({stored}) => stored).map(({key}) => [key, entry] as const);
      }),
    );
    return new Map(found.flat());
  }

  const formOf = (provider: string) => providers.find(({id}) => id === provider)?.login;
  const completed = async (draft: LoginDraft) => completedWith(draft, await store.list(draft.provider));

  function protectDraft(draft: LoginDraft): void {
    for (const secret of secretsOf(formOf(draft.provider), draft)) redactor.protect(secret);
  }

  const entryOf = async (storedId: string) => (await store.list()).find(({id}) => id === storedId);

  async function update(storedId: string, patch: Parameters<CredentialStore['update']>[1]): Promise<void> {
    await store.update(storedId, patch);
    await parts.changed();
  }

  return {
    async rows() {
      const own = await store.list();
      return (await Promise.all(providers.map(provider => rowsOf(provider, own)))).flat();
    },
    async verify(given, timeoutMs) {
      protectDraft(given);
      const provider = providers.find(({id}) => id === given.provider);
      if (provider === undefined) return `unknown provider "${given.provider}"`;
      const draft = await completed(given);
      const alone = await accountOf(provider, bare(machine), draft);
      if (alone === undefined) return 'the provider does not recognise this credential';
      const failure = await ask(provider, alone, draft, timeoutMs);
      if (failure?.code !== 'no_credentials') return failure?.detail ?? null;
      // What it lacks by itself (Google's OAuth client, a file below the home directory) may stand elsewhere on this machine.
      const here = await accountOf(provider, {...machine, which: async () => null}, draft);
      const second = here?.stored === true ? await ask(provider, here, draft, timeoutMs) : failure;
      return second?.detail ?? null;
    },
    async add(given) {
      protectDraft(given);
      const draft = await completed(given);
      requireShowable(formOf(draft.provider), draft);
      const {id} = await store.add(draft);
      await keptNow(draft.secret);
      return id;
    },
    async replace(storedId, secret) {
      redactor.protect(secret);
      const entry = await entryOf(storedId);
      // A name that shows the old secret would no longer be known as one.
      const isShown = revealing(entry?.label ?? '', [secret, entry?.secret ?? '']) !== null;
      await store.update(storedId, isShown ? {secret, label: ''} : {secret});
      await keptNow(secret);
    },
    async rename(storedId, label) {
      const entry = await entryOf(storedId);
      if (entry !== undefined) requireName(formOf(entry.provider), entry, label);
      await update(storedId, {label});
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

  /** One real request; null when it worked. */
  async function ask(
    provider: Provider,
    account: Account,
    {secret}: LoginDraft,
    timeoutMs: number,
  ): Promise<Failure | null> {
    if (account.problem !== undefined) return account.problem;
    for (const secret of account.secrets) redactor.protect(secret);
    try {
      const wire = parts.wireFor(provider, new AbortController().signal, timeoutMs);
      const reading = readingFrom(await provider.fetch(account, wire), redactor.redact);
      checked = {secret, first: {account, reading, readAt: wire.now()}};
      return null;
    } catch (error) {
      return failureFrom(error, redactor.redact);
    }
  }

  async function keptNow(secret: string): Promise<void> {
    if (checked?.secret === secret) parts.addFirstReading(checked.first);
    checked = null;
    await parts.changed();
  }
}

const isBehind = (machine: Machine, entry: StoredCredential, account: Account): boolean =>
  entry.problem === undefined ? account.secrets.includes(entry.secret) : account.key === brokenKey(machine, entry);

/** The same computer with nothing on it: what another tool's login answers says nothing about a draft. */
const bare = (machine: Machine): Machine => ({...machine, env: {}, home: '/nonexistent', which: async () => null});

/** What would be found were this all that is stored. */
function accountsOf(
  provider: Provider,
  machine: Machine,
  {secret, label, fields}: Pick<LoginDraft, 'secret' | 'label' | 'fields'>,
): Promise<Account[]> {
  const stored: StoredCredential = {
    id: 'draft',
    provider: provider.id,
    secret,
    fields,
    ...(label === undefined ? {} : {label}),
  };
  return provider.discover({...machine, stored: async id => (id === provider.id ? [stored] : [])});
}

/** The account that a draft would become; else what is wrong with it. */
async function accountOf(provider: Provider, machine: Machine, draft: LoginDraft): Promise<Account | undefined> {
  const accounts = await accountsOf(provider, machine, draft);
  return accounts.find(({stored}) => stored) ?? accounts[0];
}
