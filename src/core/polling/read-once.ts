import type {Clock} from '../clock.ts';
import type {AccountState, Failure, MonitorState, Notice} from '../model.ts';
import type {Provider} from '../provider.ts';
import type {Accounts} from './accounts.ts';
import {isAnsweredBy} from './answered.ts';
import type {MonitorDeps} from './deps.ts';
import type {Rediscovery} from './rediscover.ts';
import type {Refresher} from './refresher.ts';

// While another copy makes the request, its result is looked for this often.
const retryMs = 100;

type Options = {timeoutMs: number; maxAgeMs: number};
type Deps = Pick<MonitorDeps, 'clock' | 'store' | 'providers' | 'ledger'> & {
  accounts: Accounts;
  refresher: Refresher;
  rediscovery: Rediscovery;
};
/** `deadline` is aborted when it is over. */
type Run = Deps & Options & {startedAt: number; deadline: AbortSignal};

/**
 * One reading of every account, for scripts. Refreshes everything once, except what the ledger answers: readings younger than
 * `maxAgeMs`, and accounts whose service told any copy to wait. What has no result at the deadline is called off as `timeout`:
 * whoever waits says how long, so no account's own deadline is shorter.
 */
export async function readOnce(deps: Deps, options: Options): Promise<MonitorState> {
  const {clock, store, refresher} = deps;
  const deadline = new AbortController();
  const run: Run = {...deps, ...options, startedAt: clock.now(), deadline: deadline.signal};
  await within(clock, options.timeoutMs, refreshAll(run), () => {
    deadline.abort();
    refresher.abort();
  });
  if (!deadline.signal.aborted) return store.get();
  store.update(state => ({...state, notices: [...state.notices, ...undiscovered(state, deps.providers)]}));
  return withTimeouts(store.get(), run);
}

/** What is known of every login that stands here now, without a request; null where one would have to be made. */
export async function lookOnce(deps: Deps, {maxAgeMs}: Pick<Options, 'maxAgeMs'>): Promise<MonitorState | null> {
  const run = {...deps, maxAgeMs, startedAt: deps.clock.now()};
  await deps.rediscovery.rediscover();
  const state = deps.store.get();
  return Object.values(state.accounts).every(account => isAnswered(account, run)) ? state : null;
}

const within = (clock: Clock, ms: number, work: Promise<void>, onLate: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      onLate();
      resolve();
    });
    work.finally(cancel).then(resolve, reject);
  });

/** Each provider's accounts as soon as they are found: another's slow disk is no reason to wait. */
async function refreshAll(run: Run): Promise<void> {
  const refreshes: Promise<void>[] = [];
  await run.rediscovery.rediscover(provider => {
    if (!run.deadline.aborted) refreshes.push(...unansweredOf(run, provider).map(({key}) => refreshOne(run, key)));
  });
  await Promise.all(refreshes);
}

const unansweredOf = (run: Run, provider: string): AccountState[] =>
  Object.values(run.store.get().accounts).filter(account => account.provider === provider && !isAnswered(account, run));

/** Makes the request, or waits for the copy that is making it. */
async function refreshOne(run: Run, key: string): Promise<void> {
  const {clock, accounts, refresher, timeoutMs, deadline} = run;
  do {
    await refresher.refresh(key, {byHand: true, deadlineMs: timeoutMs});
    accounts.adopt();
    if (isSettled(run, key)) return;
    await new Promise<void>(resolve => clock.after(retryMs, resolve));
    // The result may have been adopted meanwhile, for another account's sake: one more request would be one too many.
  } while (!deadline.aborted && !isSettled(run, key));
}

function isSettled({accounts, startedAt}: Run, key: string): boolean {
  const account = accounts.get(key);
  return account === undefined || account.dueAt === null || (account.lastAttemptAt ?? 0) >= startedAt;
}

/** At the deadline nobody knows yet which logins these have. */
const undiscovered = ({providers}: MonitorState, catalogue: readonly Provider[]): Notice[] =>
  providers
    .filter(({discovered}) => !discovered)
    .map(({id}) => {
      const name = catalogue.find(provider => provider.id === id)?.name ?? id;
      return {code: 'place-skipped', text: `skipped ${name}: looking for its logins took too long`};
    });

type Wanted = Pick<Run, 'accounts' | 'ledger' | 'startedAt' | 'maxAgeMs'>;

function isAnswered(account: AccountState, {accounts, ledger, startedAt: now, maxAgeMs}: Wanted): boolean {
  if (account.machine !== undefined || ledger.mayRefresh?.() === false) return true;
  return isAnsweredBy(account, {now, maxAgeMs, leastByHandMs: accounts.leastByHandMs(account)});
}

/** What was never refreshed is due since ever: that is no time to tell anybody. */
const dueFrom = ({dueAt}: AccountState, now: number): number | null => (dueAt === null ? null : Math.max(dueAt, now));

const late: Failure = {code: 'timeout', detail: 'no response in time', retryAt: null, remedy: {code: 'network'}};

function withTimeouts(state: MonitorState, run: Run): MonitorState {
  const {startedAt} = run;
  const accounts = Object.values(state.accounts).map(account =>
    isAnswered(account, run) || (account.lastAttemptAt ?? 0) >= startedAt
      ? account
      : {...account, refreshing: false, failure: late, dueAt: dueFrom(account, startedAt)},
  );
  return {...state, accounts: Object.fromEntries(accounts.map(account => [account.key, account]))};
}
