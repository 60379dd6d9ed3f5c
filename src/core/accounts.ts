import type {LedgerRow} from './ledger.ts';
import type {AccountState, MonitorState, ProviderState} from './model.ts';
import type {MonitorParts} from './monitor.ts';
import {isOffline} from './offline.ts';
import type {Account, Provider} from './provider.ts';
import {reconcile} from './reconcile.ts';
import {intervalMsOf} from './schedule.ts';
import {type Settings, settingsOf} from './settings.ts';

// Accounts that start together, or wake together, do not ask together.
const spreadMs = 4000;
// After a wake the network needs a moment.
const networkBackMs = 3000;
// Requests of many accounts that start in one moment share one look at the files.
const shareLookMs = 250;

/** What a look at a provider's stores found: the accounts to show, and how many more the user hides. */
type Found = {accounts: Account[]; hidden: number};

/** The accounts that are there: found by discovery, kept in the store, shared through the ledger. */
export type Accounts = {
  /**
   * Looks for logins of every enabled provider and brings the store up to date; `onFound` with each provider as soon as its
   * own are known. Never rejects.
   */
  look(onFound?: (providerId: string) => void): Promise<void>;
  /** The account as its store holds it at this moment: credentials rotate under us. Null when it is gone. */
  read(provider: Provider, key: string, options?: {anew: boolean}): Promise<Account | null>;
  /** Readings that other copies made. */
  adopt(): void;
  set(account: AccountState): void;
  /** After a sleep of `sleptMs` (negative: the clock was set back): due accounts one by one, nothing lost in the future. */
  spread(now: number, sleptMs: number): void;
  /** Due times as the present settings want them. */
  reschedule(now: number): void;
  providerOf(account: AccountState): Provider | undefined;
  intervalMs(account: AccountState): number;
};

export function createAccounts(parts: MonitorParts): Accounts {
  const {store, clock, ledger} = parts;
  const looks = new Map<string, {at: number; found: Promise<Found>}>();
  let ledgerVersion = 0;

  const providerOf = (account: AccountState): Provider | undefined =>
    parts.providers.find(({id}) => id === account.provider);

  const intervalMs = (account: AccountState): number => {
    const provider = providerOf(account);
    return provider === undefined ? 0 : intervalMsOf(provider, settingsOf(parts.settings, provider.id).intervalSeconds);
  };

  async function discover(provider: Provider): Promise<Found> {
    const all = await parts.discovery.find(provider);
    const accounts = all.filter(account => !parts.settings.hidden.includes(account.key));
    return {accounts, hidden: all.length - accounts.length};
  }

  /** One look at a provider's stores at a time; those that come while it runs, or just after, share it. */
  function discovered(provider: Provider, anew = false): Promise<Found> {
    const last = looks.get(provider.id);
    const age = clock.now() - (last?.at ?? 0);
    if (last !== undefined && !anew && age >= 0 && age < shareLookMs) return last.found;
    const found = discover(provider);
    looks.set(provider.id, {at: clock.now(), found});
    return found;
  }

  async function lookAt(provider: Provider): Promise<void> {
    const found = await discovered(provider);
    store.update(state => withFound(state, provider.id, found, key => ledger.row(key), clock.now()));
  }

  function change(edit: (account: AccountState) => AccountState): void {
    store.update(state => withAccounts(state, Object.values(state.accounts).map(edit)));
  }

  return {
    providerOf,
    intervalMs,
    async look(onFound = () => {}) {
      const enabled = enabledProviders(parts.providers, parts.settings);
      const ids = enabled.map(({id}) => id);
      const disabled = parts.providers.flatMap(({id}) => (ids.includes(id) ? [] : [id]));
      store.update(state => withProviders(state, ids, disabled, parts.endpointOf));
      await Promise.all(enabled.map(provider => lookAt(provider).then(() => onFound(provider.id))));
    },
    async read(provider, key, options = {anew: false}) {
      const {accounts} = await discovered(provider, options.anew);
      return accounts.find(account => account.key === key) ?? null;
    },
    adopt() {
      const {version, rows} = ledger.changes(ledgerVersion);
      ledgerVersion = version;
      if (rows.length === 0) return;
      const byKey = new Map(rows.map(row => [row.key, row]));
      change(account => adopted(account, byKey.get(account.key)));
    },
    set: account => store.update(state => withAccounts(state, [account])),
    spread(now, sleptMs) {
      change(account => {
        if (account.dueAt === null) return account;
        // The clock was set back: what was due in ten minutes still is.
        if (sleptMs < 0) return {...account, dueAt: Math.max(account.dueAt + sleptMs, account.failure?.retryAt ?? 0)};
        return account.dueAt > now
          ? account
          : {...account, dueAt: Math.round(now + networkBackMs + parts.random() * spreadMs)};
      });
    },
    reschedule(now) {
      change(account => {
        const latest = Math.max(now, (account.askedAt ?? now) + intervalMs(account) * 1.1);
        const waits = account.dueAt === null || account.failure !== null;
        return waits || (account.dueAt ?? 0) <= latest ? account : {...account, dueAt: Math.round(latest)};
      });
    },
  };
}

/** The providers that the settings want, in their order; those that the order does not name follow in the catalogue's. */
export function enabledProviders<T extends {id: string}>(providers: readonly T[], settings: Settings): T[] {
  const rank = (id: string): number =>
    settings.order.includes(id) ? settings.order.indexOf(id) : settings.order.length;
  return providers.filter(({id}) => settingsOf(settings, id).enabled).sort((a, b) => rank(a.id) - rank(b.id));
}

/**
 * Takes over what another copy read, unless this copy is asking itself. The ledger's row is always the latest: copies take
 * turns, and times are no measure after the clock was set back.
 */
function adopted(account: AccountState, row: LedgerRow | undefined): AccountState {
  if (row === undefined || account.refreshing || row.askedAt === account.askedAt) return account;
  const {reading, readAt, failure, askedAt, dueAt, failures} = row;
  // The other copy was refused with a credential that is no longer the one that stands here.
  const renewed = dueAt === null && row.fingerprint !== account.fingerprint;
  return {
    ...account,
    label: reading?.label ?? account.label,
    reading,
    readAt,
    failure,
    askedAt,
    failures,
    dueAt: renewed ? 0 : dueAt,
  };
}

function withProviders(
  state: MonitorState,
  ids: readonly string[],
  disabled: string[],
  endpointOf: MonitorParts['endpointOf'] = () => null,
): MonitorState {
  const before = new Map(state.providers.map(provider => [provider.id, provider]));
  const providers = ids.map(id =>
    withEndpoint(before.get(id) ?? {id, accounts: [], hidden: 0, looked: false}, endpointOf(id)),
  );
  const kept = Object.fromEntries(
    Object.entries(state.accounts).filter(([, account]) => ids.includes(account.provider)),
  );
  const unchanged =
    ids.length === state.providers.length &&
    providers.every((provider, at) => provider === state.providers[at]) &&
    sameList(disabled, state.disabled);
  return unchanged ? state : {...state, providers, disabled, accounts: kept};
}

function withEndpoint(provider: ProviderState, origin: string | null): ProviderState {
  const {endpoint = null, ...rest} = provider;
  if (endpoint === origin) return provider;
  return origin === null ? rest : {...rest, endpoint: origin};
}

function withFound(
  state: MonitorState,
  id: string,
  found: Found,
  rowOf: (key: string) => LedgerRow | null,
  now: number,
): MonitorState {
  // Switched off while it was looked for.
  if (!state.providers.some(provider => provider.id === id)) return state;
  const before = Object.values(state.accounts).filter(account => account.provider === id);
  const after = reconcile(found.accounts, before, rowOf, now);
  const keys = after.map(account => account.key);
  const others = Object.entries(state.accounts).filter(([, account]) => account.provider !== id);
  const accounts = Object.fromEntries([...others, ...after.map(account => [account.key, account] as const)]);
  const providers = state.providers.map(provider =>
    provider.id === id && !isSame(provider, keys, found.hidden)
      ? {...provider, accounts: keys, hidden: found.hidden, looked: true}
      : provider,
  );
  return settled(state, {...state, providers, accounts});
}

const isSame = ({looked, accounts, hidden}: ProviderState, keys: readonly string[], nowHidden: number): boolean =>
  looked && hidden === nowHidden && sameList(accounts, keys);

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);

function withAccounts(state: MonitorState, changed: readonly AccountState[]): MonitorState {
  const here = changed.filter(
    account => state.accounts[account.key] !== undefined && state.accounts[account.key] !== account,
  );
  if (here.length === 0) return state;
  return settled(state, {
    ...state,
    accounts: {...state.accounts, ...Object.fromEntries(here.map(account => [account.key, account]))},
  });
}

/** Offline follows from the accounts; and a state in which nothing changed stays the same object. */
function settled(before: MonitorState, after: MonitorState): MonitorState {
  const offline = isOffline(Object.values(after.accounts));
  const same =
    offline === before.offline &&
    Object.keys(before.accounts).length === Object.keys(after.accounts).length &&
    Object.keys(after.accounts).every(key => after.accounts[key] === before.accounts[key]) &&
    after.providers.every((provider, at) => provider === before.providers[at]);
  return same ? before : {...after, offline};
}
