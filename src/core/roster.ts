import type {LedgerRow} from './ledger.ts';
import type {AccountState, MonitorState, ProviderState} from './model.ts';
import {adopted} from './polling/monitor-state.ts';
import {isOffline} from './polling/offline.ts';

/**
 * Who stood on the screen last. The ledger has a row for every account that was ever read, also for those that are gone,
 * and none for one whose login is broken: this says which there are, in which order, and what of them no row says. Pure.
 */
export type Roster = {
  providers: readonly ProviderState[];
  disabled: readonly string[];
  /** Also those that stand among the logins alone. */
  accounts: readonly RosterAccount[];
};

type Facts = Pick<AccountState, 'key' | 'provider' | 'label' | 'source' | 'expiresAt' | 'fingerprint'>;
/** What is known of an account whose row is missing or says something else. */
type Own = Pick<AccountState, 'reading' | 'readAt' | 'failure' | 'lastAttemptAt' | 'dueAt' | 'failures'>;
export type RosterAccount = Facts & {own?: Own};

/** null while logins are looked for. */
export function rosterOf(state: MonitorState, rowOf: (key: string) => LedgerRow | null): Roster | null {
  if (state.providers.length === 0 || !state.providers.every(({discovered}) => discovered)) return null;
  return {
    providers: state.providers,
    disabled: state.disabled,
    accounts: Object.values(state.accounts).map(account => withOwn(account, rowOf)),
  };
}

function withOwn(account: AccountState, rowOf: (key: string) => LedgerRow | null): RosterAccount {
  const {key, provider, label, source, expiresAt, fingerprint} = account;
  const facts = {key, provider, label, source, expiresAt, fingerprint};
  // What was polled without a failure is in the ledger.
  if (account.failure === null && account.dueAt !== null) return facts;
  const own = ownOf(account);
  const row = rowOf(key);
  return row !== null && JSON.stringify(ownOf(row)) === JSON.stringify(own) ? facts : {...facts, own};
}

const ownOf = ({reading, readAt, failure, lastAttemptAt, dueAt, failures}: Own): Own => ({
  reading,
  readAt,
  failure,
  lastAttemptAt,
  dueAt,
  failures,
});

const unread: Own = {reading: null, readAt: null, failure: null, lastAttemptAt: null, dueAt: 0, failures: 0};

/** The monitor's state as it was left, with what the ledger has by now. */
export function stateFrom({providers, disabled, accounts}: Roster, rows: readonly LedgerRow[]): MonitorState {
  const byKey = new Map(rows.map(row => [row.key, row]));
  const all = accounts.map(account => accountFrom(account, byKey.get(account.key)));
  return {
    providers: [...providers],
    disabled: [...disabled],
    accounts: Object.fromEntries(all.map(account => [account.key, account])),
    paused: false,
    offline: isOffline(all),
    notices: [],
  };
}

function accountFrom({own, ...facts}: RosterAccount, row: LedgerRow | undefined): AccountState {
  const known = {...facts, ...(own ?? unread), refreshing: false};
  return own === undefined || (row !== undefined && isNewer(row, own)) ? adopted(known, row) : known;
}

const isNewer = (row: Own, own: Own): boolean =>
  (row.lastAttemptAt ?? 0) > (own.lastAttemptAt ?? 0) || (row.readAt ?? 0) > (own.readAt ?? 0);
