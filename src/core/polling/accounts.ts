import {rowOf} from '../ledger.ts';
import type {AccountState} from '../model.ts';
import type {Account, Provider} from '../provider.ts';
import type {Learnt} from '../services.ts';
import {type Settings, settingsOf} from '../settings.ts';
import type {MonitorDeps} from './deps.ts';
import {adopted, type Found, withAccounts, withFound, withProviders} from './monitor-state.ts';
import {intervalMsOf} from './schedule.ts';
import {settle} from './settle.ts';

// Accounts that start together, or wake together, do not ask together.
const spreadMs = 4000;
// After a wake the network needs a moment.
const networkBackMs = 3000;
// Requests of many accounts that start in one moment share one look at the files.
const shareLookMs = 250;

/** The accounts that are there: found by discovery, kept in the store, shared through the ledger. */
export type Accounts = {
  /**
   * Looks for logins of every enabled provider and brings the store up to date; `onFound` with each provider as soon as its
   * own are known. Never rejects.
   */
  rediscover(onFound?: (providerId: string) => void): Promise<void>;
  /** The account as its store holds it at this moment: credentials rotate under us. Null when it is gone. */
  read(provider: Provider, key: string, options?: {anew: boolean}): Promise<Account | null>;
  /** The first reading of a login that the next look will find. */
  learn(learnt: Learnt): void;
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

export function createAccounts(parts: MonitorDeps): Accounts {
  const {store, clock, ledger} = parts;
  const looks = new Map<string, {at: number; found: Promise<Found>}>();
  const lastLooks = new Map<string, symbol>();
  const learnt = new Map<string, Learnt>();
  let ledgerVersion = 0;

  const providerOf = (account: AccountState): Provider | undefined =>
    parts.providers.find(({id}) => id === account.provider);

  const intervalMs = (account: AccountState): number => {
    const provider = providerOf(account);
    return provider === undefined
      ? 0
      : intervalMsOf(provider, settingsOf(parts.settings.get(), provider.id).intervalSeconds);
  };

  async function discover(provider: Provider): Promise<Found> {
    const all = await parts.discovery.find(provider);
    const accounts = all.filter(account => !parts.settings.get().hidden.includes(account.key));
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

  /** A look that was overtaken by a later one has nothing to say any more. */
  async function discoverProvider(provider: Provider): Promise<void> {
    const turn = Symbol(provider.id);
    lastLooks.set(provider.id, turn);
    const found = await discovered(provider, true);
    if (lastLooks.get(provider.id) !== turn) return;
    store.update(state => withFound(state, provider.id, found, key => ledger.row(key), clock.now()));
    for (const {key} of found.accounts) settleLearnt(key);
  }

  function settleLearnt(key: string): void {
    const [one, account] = [learnt.get(key), store.get().accounts[key]];
    learnt.delete(key);
    if (one === undefined || account?.fingerprint !== one.account.fingerprint) return;
    if ((account.lastAttemptAt ?? 0) > one.readAt) return;
    const options = {now: one.readAt, intervalMs: intervalMs(account), random: parts.random()};
    const settled = settle(account, {reading: one.reading}, options);
    ledger.settle(rowOf(settled), clock.now());
    set(settled);
  }

  const set = (account: AccountState): void => store.update(state => withAccounts(state, [account]));

  function change(edit: (account: AccountState) => AccountState): void {
    store.update(state => withAccounts(state, Object.values(state.accounts).map(edit)));
  }

  return {
    providerOf,
    intervalMs,
    async rediscover(onFound = () => {}) {
      const enabled = enabledProviders(parts.providers, parts.settings.get());
      const ids = enabled.map(({id}) => id);
      const disabled = parts.providers.flatMap(({id}) => (ids.includes(id) ? [] : [id]));
      store.update(state => withProviders(state, ids, disabled, parts.endpointOf));
      await Promise.all(enabled.map(provider => discoverProvider(provider).then(() => onFound(provider.id))));
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
    learn: one => void learnt.set(one.account.key, one),
    set,
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
        const latest = Math.max(now, (account.lastAttemptAt ?? now) + intervalMs(account) * 1.1);
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
