import type {Discovery} from './discovery.ts';
import type {Failure} from './model.ts';
import type {CredentialRow, CredentialsControl, Learnt, LoginDraft} from './program.ts';
import {type Account, brokenKey, type Machine, type Provider, type StoredCredential, type Wire} from './provider.ts';
import {mask, type Redactor} from './redact.ts';
import {failureFrom, readingFrom} from './settle.ts';

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
  store: CredentialStore;
  redactor: Redactor;
  hidden(): readonly string[];
  /** Who the service said that this account is, when it was asked; its place may not name it. */
  nameOf(accountKey: string): string | undefined;
  setHidden(accountKey: string, hidden: boolean): void;
  /** The check of a login that is kept now was its first reading: it need not be asked again at once. */
  learn(learnt: Learnt): void;
  /** Something was added, replaced or removed. */
  changed(): Promise<void>;
};

/** Every login that was found, and the care of our own. Other tools' logins can be hidden, never changed. */
export function createCredentialsControl(parts: CredentialParts): CredentialsControl {
  const {providers, machine, store, redactor} = parts;
  // What the last check found out, by the secret that was checked.
  let checked: {secret: string; learnt: Learnt} | null = null;

  async function rowsOf(provider: Provider, own: readonly StoredCredential[]): Promise<CredentialRow[]> {
    const accounts = await parts.discovery.find(provider);
    const mine = own.filter(entry => entry.provider === provider.id);
    const unseen = await unseenIn(provider, mine, accounts);
    return accounts.map(account => {
      const entry = mine.find(each => isBehind(machine, each, account)) ?? unseen.get(account.key);
      return {
        account: {...account, label: parts.nameOf(account.key) ?? account.label},
        hidden: parts.hidden().includes(account.key),
        masked: account.secrets[0] === undefined ? '' : mask(account.secrets[0]),
        storedId: entry?.id ?? null,
        ...(entry?.keychain ? {keychain: entry.keychain} : {}),
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

  return {
    async rows() {
      const own = await store.list();
      return (await Promise.all(providers.map(provider => rowsOf(provider, own)))).flat();
    },
    async verify(draft, timeoutMs) {
      protectDraft(draft);
      const provider = providers.find(({id}) => id === draft.provider);
      if (provider === undefined) return `there is no provider "${draft.provider}"`;
      const alone = await accountOf(provider, bare(machine), draft);
      if (alone === undefined) return 'the provider does not recognise this credential';
      const failure = await ask(provider, alone, draft, timeoutMs);
      if (failure?.code !== 'no_credentials') return failure?.detail ?? null;
      // What it lacks by itself (Google's OAuth client, a file below the home directory) may stand elsewhere on this machine.
      const here = await accountOf(provider, {...machine, which: async () => null}, draft);
      const second = here?.stored === true ? await ask(provider, here, draft, timeoutMs) : failure;
      return second?.detail ?? null;
    },
    async add(draft) {
      protectDraft(draft);
      await store.add(draft);
      await keptNow(draft.secret);
    },
    async replace(storedId, secret) {
      redactor.protect(secret);
      await store.update(storedId, {secret});
      await keptNow(secret);
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

  /** Everything secret in it: some fields beside the secret are, too. */
  function protectDraft({provider, secret, fields}: LoginDraft): void {
    redactor.protect(secret);
    const hidden = providers.find(({id}) => id === provider)?.login?.fields.filter(field => field.secret) ?? [];
    for (const {name} of hidden) redactor.protect(fields[name] ?? '');
  }

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
      checked = {secret, learnt: {account, reading, readAt: wire.now()}};
      return null;
    } catch (error) {
      return failureFrom(error, redactor.redact);
    }
  }

  async function keptNow(secret: string): Promise<void> {
    if (checked?.secret === secret) parts.learn(checked.learnt);
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
