import type {LedgerRow} from '../ledger.ts';
import type {AccountState, MonitorState, Notice, ProviderState} from '../model.ts';
import type {Account} from '../provider.ts';
import {isOffline} from './offline.ts';
import {reconcile} from './reconcile.ts';

/** How the monitor's state follows from the one before. Pure; a state in which nothing changed stays the same object. */

/** What was discovered of a provider: the accounts to show, and how many more the user hides. */
export type Found = {accounts: Account[]; hidden: number};

export const emptyState = (notices: Notice[] = []): MonitorState => ({
  providers: [],
  disabled: [],
  accounts: {},
  paused: false,
  offline: false,
  notices,
});

/**
 * Takes over what another copy read, unless this copy is refreshing it itself. The ledger's row is always the latest: copies take
 * turns, and times are no measure after the clock was set back.
 */
export function adopted(account: AccountState, row: LedgerRow | undefined): AccountState {
  if (row === undefined || account.refreshing || isSameRead(row, account)) return account;
  const {reading, readAt, failure, lastAttemptAt, dueAt, failures} = row;
  // The other copy was refused with a credential that is no longer the one that stands here.
  const renewed = dueAt === null && row.fingerprint !== account.fingerprint;
  return {
    ...account,
    label: reading?.label ?? account.label,
    reading,
    readAt,
    failure,
    lastAttemptAt,
    failures,
    dueAt: renewed ? 0 : dueAt,
  };
}

/** Figures may also come without a request: from a program that hands them on. */
const isSameRead = (row: LedgerRow, {lastAttemptAt, reading}: AccountState): boolean =>
  row.lastAttemptAt === lastAttemptAt && JSON.stringify(row.reading) === JSON.stringify(reading);

/** With these providers and no others; accounts of those that went go with them. */
export function withProviders(
  state: MonitorState,
  ids: readonly string[],
  disabled: string[],
  endpointOf: (provider: string) => string | null = () => null,
): MonitorState {
  const before = new Map(state.providers.map(provider => [provider.id, provider]));
  const providers = ids.map(id =>
    withEndpoint(before.get(id) ?? {id, accounts: [], hidden: 0, discovered: false}, endpointOf(id)),
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

/** With what was discovered of a provider. */
export function withFound(
  state: MonitorState,
  id: string,
  found: Found,
  rowOf: (key: string) => LedgerRow | null,
  now: number,
): MonitorState {
  // Switched off during its discovery.
  if (!state.providers.some(provider => provider.id === id)) return state;
  const own = Object.values(state.accounts).filter(account => account.provider === id);
  if (own.length === 0 && found.accounts.length === 0) return withNone(state, id, found.hidden);
  const before = own.filter(({machine}) => machine === undefined);
  const here = reconcile(found.accounts, before, rowOf, now);
  const after = [
    ...here,
    ...own.filter(({key, machine}) => machine !== undefined && here.every(each => each.key !== key)),
  ];
  const keys = shownKeys(after);
  const others = Object.entries(state.accounts).filter(([, account]) => account.provider !== id);
  const accounts = Object.fromEntries([...others, ...after.map(account => [account.key, account] as const)]);
  const providers = state.providers.map(provider =>
    provider.id === id && !isSame(provider, keys, found.hidden)
      ? {...provider, accounts: keys, hidden: found.hidden, discovered: true}
      : provider,
  );
  return settled(state, {...state, providers, accounts});
}

/** Of most providers nobody has a login. */
function withNone(state: MonitorState, id: string, hidden: number): MonitorState {
  const isNews = (provider: ProviderState): boolean => provider.id === id && !isSame(provider, [], hidden);
  if (!state.providers.some(isNews)) return state;
  const providers = state.providers.map(provider =>
    isNews(provider) ? {...provider, accounts: [], hidden, discovered: true} : provider,
  );
  return {...state, providers};
}

const isSame = ({discovered, accounts, hidden}: ProviderState, keys: readonly string[], nowHidden: number): boolean =>
  discovered && hidden === nowHidden && sameList(accounts, keys);

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);

/** With changed accounts in the place of those of their keys. */
export function withAccounts(state: MonitorState, changed: readonly AccountState[]): MonitorState {
  const here = changed.filter(
    account => state.accounts[account.key] !== undefined && state.accounts[account.key] !== account,
  );
  if (here.length === 0) return state;
  return settled(state, {
    ...state,
    accounts: {...state.accounts, ...Object.fromEntries(here.map(account => [account.key, account]))},
  });
}

/** In the order in which they were found, without those that stand among the logins alone. */
const shownKeys = (accounts: readonly AccountState[]): string[] =>
  accounts.filter(({failure}) => failure?.aside !== true).map(({key}) => key);

/** Those of each provider. */
function byProvider(accounts: readonly AccountState[]): ReadonlyMap<string, AccountState[]> {
  const all = new Map<string, AccountState[]>();
  for (const account of accounts) {
    const own = all.get(account.provider);
    if (own === undefined) all.set(account.provider, [account]);
    else own.push(account);
  }
  return all;
}

function withShown(provider: ProviderState, accounts: readonly AccountState[]): ProviderState {
  const keys = shownKeys(accounts);
  return sameList(keys, provider.accounts) ? provider : {...provider, accounts: keys};
}

/** What is shown and offline follow from the accounts; and a state in which nothing changed stays the same object. */
export function settled(before: MonitorState, after: MonitorState): MonitorState {
  const all = Object.values(after.accounts);
  const offline = isOffline(all);
  const shown = byProvider(all);
  const providers = after.providers.map(provider => withShown(provider, shown.get(provider.id) ?? []));
  const same =
    offline === before.offline &&
    Object.keys(before.accounts).length === Object.keys(after.accounts).length &&
    Object.keys(after.accounts).every(key => after.accounts[key] === before.accounts[key]) &&
    providers.every((provider, at) => provider === before.providers[at]);
  return same ? before : {...after, providers, offline};
}
