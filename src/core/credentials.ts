import {type CredentialRowsDeps, credentialRows} from './credential-rows.ts';
import {createLoginCheck, type LoginCheckDeps} from './login-check.ts';
import {bound, completedWith, requireName, requireShowable, secretsOf} from './login-draft.ts';
import {searchPlaces} from './login-search/search.ts';
import {orphansIn} from './orphans.ts';
import type {LoginForm, Provider, StoredCredential} from './provider.ts';
import type {CredentialsControl, FirstReading, LoginDraft} from './services.ts';
import {revealing} from './text/reveal.ts';

/** Our own credentials on disk. */
export type CredentialStore = {
  list(provider?: string): Promise<StoredCredential[]>;
  add(entry: Omit<StoredCredential, 'id' | 'problem'>): Promise<StoredCredential>;
  update(id: string, patch: Partial<Pick<StoredCredential, 'label' | 'secret' | 'fields'>>): Promise<void>;
  /** False when there is no such credential. Rejects when a part of it may remain. */
  remove(id: string): Promise<boolean>;
};

export type CredentialsDeps = CredentialRowsDeps &
  LoginCheckDeps & {
    providers: readonly Provider[];
    store: CredentialStore;
    setHidden(accountKey: string, hidden: boolean): void;
    /** How the limits of an account were used. */
    forgetHistory(accountKey: string): void;
    /** The check of a login that is saved now was its first reading: it need not be refreshed at once. */
    addFirstReading(first: FirstReading): void;
    /** Something was added, replaced or removed. */
    changed(): Promise<void>;
  };

/** Every login that was found, and the care of our own. Other tools' logins can be hidden, never changed. */
export function createCredentialsControl(deps: CredentialsDeps): CredentialsControl {
  const {providers, store, redactor, changed} = deps;
  const check = createLoginCheck(deps);

  const providerOf = (id: string): Provider | undefined => providers.find(provider => provider.id === id);
  const formOf = (provider: string): LoginForm | undefined => providerOf(provider)?.login;
  const entryOf = async (storedId: string) => (await store.list()).find(({id}) => id === storedId);

  const completed = async (draft: LoginDraft) =>
    bound(formOf(draft.provider), completedWith(draft, await store.list(draft.provider)));

  function protect(draft: LoginDraft): void {
    for (const secret of secretsOf(formOf(draft.provider), draft)) redactor.protect(secret);
  }

  async function saved(secret: string): Promise<void> {
    const first = check.takeFirstReading(secret);
    if (first !== null) deps.addFirstReading(first);
    await changed();
  }

  return {
    async rows() {
      const stored = await store.list();
      return (await Promise.all(providers.map(provider => credentialRows(deps, provider, stored)))).flat();
    },
    orphans: async () => orphansIn(await store.list(), deps),
    async search(id) {
      const provider = providerOf(id);
      return provider === undefined ? [] : searchPlaces(deps, provider);
    },
    async verify(draft, timeoutMs) {
      protect(draft);
      const provider = providerOf(draft.provider);
      if (provider === undefined) return `unknown provider "${draft.provider}"`;
      return check.verify(provider, await completed(draft), timeoutMs);
    },
    async add(given) {
      protect(given);
      const draft = await completed(given);
      requireShowable(formOf(draft.provider), draft);
      const {id} = await store.add(draft);
      await saved(draft.secret);
      return id;
    },
    async replace(storedId, secret) {
      redactor.protect(secret);
      const entry = await entryOf(storedId);
      // A name that shows the old secret would no longer be known as one.
      const isShown = revealing(entry?.label ?? '', [secret, entry?.secret ?? '']) !== null;
      const form = entry && formOf(entry.provider);
      const fields = form?.boundTo === undefined ? undefined : bound(form, entry ?? {fields: {}}).fields;
      await store.update(storedId, {secret, ...(fields && {fields}), ...(isShown && {label: ''})});
      await saved(secret);
    },
    async rename(storedId, label) {
      const entry = await entryOf(storedId);
      if (entry !== undefined) requireName(formOf(entry.provider), entry, label);
      await store.update(storedId, {label});
      await changed();
    },
    async remove(storedId) {
      const entry = await entryOf(storedId);
      const owner = entry && providerOf(entry.provider);
      const rows = owner === undefined ? [] : await credentialRows(deps, owner, await store.list());
      const [gone] = entry === undefined ? [] : orphansIn([entry], deps);
      const key = (rows.find(row => row.storedId === storedId)?.account ?? gone)?.key;
      if (key !== undefined) deps.forgetHistory(key);
      try {
        return await store.remove(storedId);
      } finally {
        await changed();
      }
    },
    setHidden: deps.setHidden,
  };
}
