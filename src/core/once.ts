import type {Accounts} from './accounts.ts';
import {type Asker, deadlineMs} from './asker.ts';
import type {AccountState, MonitorState} from './model.ts';
import type {MonitorParts} from './monitor.ts';

// While another copy asks, its answer is looked for this often.
const lookAgainMs = 100;

/**
 * One reading of every account, for scripts. Asks everything once, except what the ledger answers: readings younger than
 * `maxAgeMs`, and accounts whose service told any copy to wait. What has no answer at the deadline is called off as `timeout`.
 */
export async function readOnce(
  parts: MonitorParts,
  accounts: Accounts,
  asker: Asker,
  options: {timeoutMs: number; maxAgeMs: number},
): Promise<MonitorState> {
  const {clock, store} = parts;
  const startedAt = clock.now();
  let isLate = false;

  async function all(): Promise<void> {
    await accounts.look();
    const waiting = Object.values(store.get().accounts).filter(
      account => !isAnswered(account, startedAt, options.maxAgeMs),
    );
    await Promise.all(waiting.map(({key}) => one(key)));
  }

  /** Asks, or waits for the copy that is asking already. */
  async function one(key: string): Promise<void> {
    while (!isLate) {
      await asker.ask(key, {byHand: true, deadlineMs: Math.min(deadlineMs, options.timeoutMs)});
      accounts.adopt();
      const account = store.get().accounts[key];
      if (account === undefined || account.dueAt === null || (account.askedAt ?? 0) >= startedAt) return;
      await new Promise<void>(resolve => clock.after(lookAgainMs, resolve));
    }
  }

  const done = all();
  await new Promise<void>((resolve, reject) => {
    const cancel = clock.after(options.timeoutMs, () => {
      isLate = true;
      asker.abort();
      resolve();
    });
    done.finally(cancel).then(resolve, reject);
  });
  return isLate ? withTimeouts(store.get(), startedAt, options.maxAgeMs) : store.get();
}

function isAnswered(account: AccountState, now: number, maxAgeMs: number): boolean {
  if (account.dueAt === null && account.askedAt === null) return true;
  if ((account.failure?.retryAt ?? 0) > now) return true;
  return account.failure === null && account.readAt !== null && now - account.readAt < maxAgeMs;
}

function withTimeouts(state: MonitorState, startedAt: number, maxAgeMs: number): MonitorState {
  const accounts = Object.entries(state.accounts).map(([key, account]) =>
    isAnswered(account, startedAt, maxAgeMs) || (account.askedAt ?? 0) >= startedAt
      ? ([key, account] as const)
      : ([
          key,
          {
            ...account,
            refreshing: false,
            failure: {code: 'timeout', detail: 'no answer in time', retryAt: null, remedy: null},
          },
        ] as const),
  );
  return {...state, accounts: Object.fromEntries(accounts) as MonitorState['accounts']};
}
