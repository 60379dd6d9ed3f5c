import type {AccountState} from '../model.ts';
import type {Provider} from '../provider.ts';
import {settingsOf} from '../settings.ts';
import type {MonitorDeps} from './deps.ts';
import {dueAfterSleep, dueWithInterval} from './due-times.ts';
import {withElsewhere} from './elsewhere.ts';
import {adopted, withAccounts} from './monitor-state.ts';
import {intervalMsOf} from './schedule.ts';

/** The accounts in the store, as requests, other copies and the clock change them. */
export type Accounts = {
  get(key: string): AccountState | undefined;
  /** No account appears by it: `rediscover` alone knows which there are. */
  set(account: AccountState): void;
  patch(key: string, patch: Partial<AccountState>): void;
  /** Readings that other copies made. */
  adopt(): void;
  /** After a sleep of `sleptMs` (negative: the clock was set back): due accounts one by one, nothing lost in the future. */
  spread(now: number, sleptMs: number): void;
  /** Due times as the present settings want them. */
  reschedule(now: number): void;
  providerOf(account: AccountState): Provider | undefined;
  intervalMs(account: AccountState): number;
  /** The least between two requests, also where the user asks for one. */
  leastByHandMs(account: AccountState): number;
};

export function createAccounts({store, ledger, settings, providers, random}: MonitorDeps): Accounts {
  let ledgerVersion = 0;
  const get = (key: string): AccountState | undefined => store.get().accounts[key];
  const set = (account: AccountState): void => store.update(state => withAccounts(state, [account]));
  const change = (edit: (account: AccountState) => AccountState): void =>
    store.update(state => withAccounts(state, Object.values(state.accounts).map(edit)));

  const providerOf = (account: AccountState): Provider | undefined => providers.find(({id}) => id === account.provider);
  const intervalMs = (account: AccountState): number => {
    const provider = providerOf(account);
    return provider === undefined ? 0 : intervalMsOf(provider, settingsOf(settings.get(), provider.id).intervalSeconds);
  };

  return {
    get,
    set,
    providerOf,
    intervalMs,
    leastByHandMs: account => (providerOf(account)?.intervalSeconds.byHand ?? 0) * 1000,
    patch(key, patch) {
      const account = get(key);
      if (account !== undefined) set({...account, ...patch});
    },
    adopt() {
      const {version, rows} = ledger.changes(ledgerVersion);
      ledgerVersion = version;
      if (rows.length === 0) return;
      const byKey = new Map(rows.map(row => [row.key, row]));
      change(account => (account.machine === undefined ? adopted(account, byKey.get(account.key)) : account));
      store.update(state => withElsewhere(state, ledger.elsewhere?.() ?? [], settings.get().hidden));
    },
    spread: (now, sleptMs) => change(account => dueAfterSleep(account, now, sleptMs, random)),
    reschedule: now => change(account => dueWithInterval(account, now, intervalMs(account))),
  };
}
