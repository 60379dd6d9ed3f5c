import {rowOf} from '../ledger.ts';
import type {Provider} from '../provider.ts';
import type {FirstReading} from '../services.ts';
import {enabledProviders} from '../settings.ts';
import type {Accounts} from './accounts.ts';
import type {MonitorDeps} from './deps.ts';
import {withElsewhere} from './elsewhere.ts';
import type {Logins} from './logins.ts';
import {withFound, withProviders} from './monitor-state.ts';
import {settle} from './settle.ts';

export type Rediscovery = {
  /**
   * Discovers the logins of every enabled provider and brings the store up to date; `onFound` with each provider as soon as
   * its own are known. Never rejects.
   */
  rediscover(onFound?: (providerId: string) => void): Promise<void>;
  /** The first reading of a login that the next discovery will find. */
  addFirstReading(first: FirstReading): void;
};

export type RediscoveryDeps = MonitorDeps & {accounts: Accounts; logins: Logins};

export function createRediscovery(deps: RediscoveryDeps): Rediscovery {
  const {store, clock, ledger, logins, settings} = deps;
  const latest = new Map<string, symbol>();
  const firstReadings = new Map<string, FirstReading>();

  /** A discovery that was overtaken by a later one has nothing to say any more. */
  async function discoverProvider(provider: Provider): Promise<void> {
    const turn = Symbol(provider.id);
    latest.set(provider.id, turn);
    const found = await logins.find(provider);
    if (latest.get(provider.id) !== turn) return;
    store.update(state =>
      withElsewhere(
        withFound(state, provider.id, found, key => ledger.row(key), clock.now()),
        ledger.elsewhere?.() ?? [],
        settings.get().hidden,
      ),
    );
    for (const account of found.accounts) {
      takeFirstReading(account.key);
      if (account.passive !== undefined) keepFigures(deps, account.key);
    }
  }

  function takeFirstReading(key: string): void {
    const first = firstReadings.get(key);
    firstReadings.delete(key);
    if (first !== undefined) settleFirstReading(deps, first);
  }

  return {
    async rediscover(onFound = () => {}) {
      const startedAt = clock.now();
      const enabled = enabledProviders(deps.providers, settings.get());
      const ids = enabled.map(({id}) => id);
      const disabled = deps.providers.map(({id}) => id).filter(id => !ids.includes(id));
      store.update(state => withProviders(state, ids, disabled, deps.endpointOf));
      await Promise.all(enabled.map(provider => discoverProvider(provider).then(() => onFound(provider.id))));
      deps.onLooked?.(startedAt);
    },
    addFirstReading: first => void firstReadings.set(first.account.key, first),
  };
}

/** Figures that were found and not polled are for every copy, too. */
function keepFigures({accounts, ledger, clock}: RediscoveryDeps, key: string): void {
  const account = accounts.get(key);
  if (account === undefined || account.readAt === null) return;
  const known = ledger.row(key)?.reading ?? null;
  if (JSON.stringify(known) !== JSON.stringify(account.reading)) ledger.settle(rowOf(account), clock.now());
}

/** Unless the login is another one by now, or was refreshed since. */
function settleFirstReading({accounts, ledger, clock, random}: RediscoveryDeps, first: FirstReading): void {
  const account = accounts.get(first.account.key);
  if (account?.fingerprint !== first.account.fingerprint || (account.lastAttemptAt ?? 0) > first.readAt) return;
  const options = {now: first.readAt, intervalMs: accounts.intervalMs(account), random: random()};
  const settled = settle(account, {reading: first.reading}, options);
  ledger.settle(rowOf(settled), clock.now());
  accounts.set(settled);
}
