import type {AccountState, Failure, MonitorState, Notice} from '../model.ts';
import type {Provider} from '../provider.ts';
import type {Accounts} from './accounts.ts';
import type {MonitorDeps} from './deps.ts';
import type {Refresher} from './refresher.ts';

// While another copy asks, its answer is looked for this often.
const lookAgainMs = 100;

/**
 * One reading of every account, for scripts. Asks everything once, except what the ledger answers: readings younger than
 * `maxAgeMs`, and accounts whose service told any copy to wait. What has no answer at the deadline is called off as `timeout`:
 * whoever waits says how long, so no account's own deadline is shorter.
 */
export async function readOnce(
  parts: MonitorDeps,
  accounts: Accounts,
  refresher: Refresher,
  options: {timeoutMs: number; maxAgeMs: number},
): Promise<MonitorState> {
  const {clock, store} = parts;
  const startedAt = clock.now();
  let isLate = false;

  /** Each provider's accounts as soon as they are found: another's slow disk is no reason to wait. */
  async function all(): Promise<void> {
    const asked: Promise<void>[] = [];
    await accounts.rediscover(provider => {
      if (!isLate) asked.push(...waiting(provider).map(({key}) => one(key)));
    });
    await Promise.all(asked);
  }

  const waiting = (provider: string): AccountState[] =>
    Object.values(store.get().accounts).filter(
      account => account.provider === provider && !isAnswered(account, startedAt, options.maxAgeMs),
    );

  /** Asks, or waits for the copy that is asking already. */
  async function one(key: string): Promise<void> {
    do {
      await refresher.ask(key, {byHand: true, deadlineMs: options.timeoutMs});
      accounts.adopt();
      if (isSettled(key)) return;
      await new Promise<void>(resolve => clock.after(lookAgainMs, resolve));
      // The answer may have been adopted meanwhile, while another account was looked for: asking again would be one too many.
    } while (!isLate && !isSettled(key));
  }

  function isSettled(key: string): boolean {
    const account = store.get().accounts[key];
    return account === undefined || account.dueAt === null || (account.lastAttemptAt ?? 0) >= startedAt;
  }

  const done = all();
  await new Promise<void>((resolve, reject) => {
    const cancel = clock.after(options.timeoutMs, () => {
      isLate = true;
      refresher.abort();
      resolve();
    });
    done.finally(cancel).then(resolve, reject);
  });
  if (!isLate) return store.get();
  store.update(state => ({...state, notices: [...state.notices, ...unfound(state, parts.providers)]}));
  return withTimeouts(store.get(), startedAt, options.maxAgeMs);
}

/** At the deadline nobody knows yet which logins these have. */
const unfound = ({providers}: MonitorState, catalogue: readonly Provider[]): Notice[] =>
  providers
    .filter(({discovered}) => !discovered)
    .map(({id}) => {
      const name = catalogue.find(provider => provider.id === id)?.name ?? id;
      return {code: 'place-skipped', text: `skipped ${name}: looking for its logins took too long`};
    });

function isAnswered(account: AccountState, now: number, maxAgeMs: number): boolean {
  if (account.dueAt === null && account.lastAttemptAt === null) return true;
  if ((account.failure?.retryAt ?? 0) > now) return true;
  if (account.failure !== null || account.readAt === null) return false;
  // A reading of a time to come was made before the clock was set back: nobody knows how old it is.
  const age = now - account.readAt;
  return age >= 0 && age < maxAgeMs;
}

/** What was never asked is due since ever: that is no time to tell anybody. */
const dueFrom = ({dueAt}: AccountState, now: number): number | null => (dueAt === null ? null : Math.max(dueAt, now));

const late: Failure = {code: 'timeout', detail: 'no response in time', retryAt: null, remedy: {code: 'network'}};

function withTimeouts(state: MonitorState, startedAt: number, maxAgeMs: number): MonitorState {
  const accounts = Object.values(state.accounts).map(account =>
    isAnswered(account, startedAt, maxAgeMs) || (account.lastAttemptAt ?? 0) >= startedAt
      ? account
      : {...account, refreshing: false, failure: late, dueAt: dueFrom(account, startedAt)},
  );
  return {...state, accounts: Object.fromEntries(accounts.map(account => [account.key, account]))};
}
