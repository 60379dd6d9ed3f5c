import {knownOf, withoutEnded, withReading} from '../latest-reading.ts';
import type {LedgerRow} from '../ledger.ts';
import type {AccountState, Failure, Reading} from '../model.ts';
import type {Account} from '../provider.ts';
import {signInCodes} from './schedule.ts';
import {endsKnowledge} from './settle.ts';

type RowOf = (key: string) => LedgerRow | null;

/** What discovery found, brought together with what is known: new accounts, changed credentials, accounts that are gone. Pure. */
export function reconcile(
  found: readonly Account[],
  before: readonly AccountState[],
  rowOf: RowOf,
  now: number,
): AccountState[] {
  // Other problems are one account's own (to be verified first, no plan): they say nothing about the rest of its file.
  const problems = new Map(
    found.filter(account => account.problem?.code === 'no_credentials').map(account => [account.source, account]),
  );
  const foundKeys = new Set(found.map(account => account.key));
  // The file of a known account broke: the account stays, with its last reading, and says so itself.
  const broken = before.flatMap(account => {
    const problem = foundKeys.has(account.key) ? undefined : problems.get(account.source);
    return problem === undefined || problem.key === account.key ? [] : [withProblem(account, problem)];
  });
  const spoken = new Set(broken.map(account => account.source));
  const known = new Map(before.map(account => [account.key, account]));
  const shown = found.filter(
    account => problems.get(account.source) !== account || known.has(account.key) || !spoken.has(account.source),
  );
  return [
    ...broken,
    ...shown.map(account =>
      joined(account, known.get(account.key) ?? remembered(account, rowOf(account.key)), rowOf, now),
    ),
  ];
}

/** Whoever was known there has a place on the screen, though others may never have been meant. */
const withProblem = (account: AccountState, {problem}: Account): AccountState => ({
  ...account,
  failure: problem === undefined ? null : withoutAside(problem),
  dueAt: null,
  fingerprint: '',
});

const withoutAside = ({aside: _, ...problem}: Failure): Failure => problem;

/** A new account, with what the ledger remembers of it. Never refreshed means due since ever. */
function remembered(account: Account, row: LedgerRow | null): AccountState {
  return {
    key: account.key,
    provider: account.provider,
    label: account.label,
    source: account.source,
    expiresAt: account.expiresAt,
    fingerprint: row?.fingerprint ?? account.fingerprint,
    reading: row?.reading ?? null,
    readAt: row?.readAt ?? null,
    failure: row?.failure ?? null,
    lastAttemptAt: row?.lastAttemptAt ?? null,
    refreshing: false,
    dueAt: row === null ? 0 : row.dueAt,
    failures: row?.failures ?? 0,
  };
}

function joined(account: Account, state: AccountState, rowOf: RowOf, now: number): AccountState {
  const {source, expiresAt, fingerprint, problem, staticReading, passive} = account;
  const label = state.reading?.label ?? account.label;
  const next = {...state, label, source, expiresAt, fingerprint, ...meanwhile(account, state)};
  if (problem !== undefined) return same(state, {...next, failure: problem, dueAt: null});
  if (staticReading !== undefined)
    return same(state, {...next, reading: staticReading, readAt: state.readAt ?? now, failure: null, dueAt: null});
  if (passive !== undefined)
    return same(state, {...next, ...unpolled(account, passive, {state, row: rowOf(account.key)}, now)});
  if (fingerprint === state.fingerprint && state.dueAt !== null) return same(state, next);
  return same(state, withNewCredential(next, state));
}

/** While polls fail, another program may have seen newer figures. */
function meanwhile({cached}: Account, state: AccountState): Partial<AccountState> {
  const {failure} = state;
  if (cached === undefined || failure === null || endsKnowledge.has(failure.code)) return {};
  return withReading(knownOf(state), cached);
}

/** The newest of what other programs left behind, as far as it still holds. The ledger has what came through other copies. */
function unpolled(
  {cached}: Account,
  passive: Reading,
  {state, row}: {state: AccountState; row: LedgerRow | null},
  now: number,
): Partial<AccountState> {
  const known = (row && knownOf(row)) ?? knownOf(state);
  const latest = withoutEnded(cached === undefined ? known : withReading(known, cached), now);
  const {plan, remedy} = passive;
  const reading = latest && {...latest.reading, plan: latest.reading.plan ?? plan, ...(remedy && {remedy})};
  return {reading: reading ?? passive, readAt: latest?.readAt ?? null, failure: null, failures: 0, dueAt: null};
}

/** A changed credential ends a sign-in problem's wait, and nothing else: a server's Retry-After holds for the new token too. */
function withNewCredential(next: AccountState, state: AccountState): AccountState {
  const waits = state.dueAt === null && state.failure !== null && signInCodes.has(state.failure.code);
  if (next.fingerprint === state.fingerprint && waits) return next;
  return state.dueAt === null ? {...next, dueAt: 0} : next;
}

/** The old object when nothing changed, so that nobody re-renders. */
function same(state: AccountState, next: AccountState): AccountState {
  const keys = Object.keys(next) as (keyof AccountState)[];
  return keys.every(key => Object.is(state[key], next[key]) || equalData(state[key], next[key])) ? state : next;
}

const equalData = (a: unknown, b: unknown): boolean =>
  typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
