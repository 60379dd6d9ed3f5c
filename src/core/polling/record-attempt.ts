import type {Keeper} from '../foresight/keeper.ts';
import {saidOf} from '../foresight/said.ts';
import {rowOf} from '../ledger.ts';
import type {AccountState} from '../model.ts';
import type {Accounts} from './accounts.ts';
import type {Attempt} from './attempt.ts';
import type {Claim} from './claim.ts';
import type {MonitorDeps} from './deps.ts';
import {settle} from './settle.ts';

// Accounts that the network kept waiting do not all start in the moment in which it is back.
const wakeSpreadMs = 2000;

type Deps = Pick<MonitorDeps, 'store' | 'clock' | 'random'> & {
  accounts: Accounts;
  keeper: Pick<Keeper, 'forecasts' | 'madeOf'>;
};

/** Puts what came of an attempt into the ledger and the store, and gives the claim back. */
export function recordAttempt(deps: Deps, claim: Claim, key: string, attempt: Attempt | null): void {
  const {accounts, store, keeper} = deps;
  const before = accounts.get(key);
  if (before === undefined || attempt === null) {
    // The login vanished or broke since it was discovered; the next discovery says so.
    claim.release();
    accounts.patch(key, {refreshing: false, dueAt: null});
    return;
  }
  const after = settledState(deps, before, attempt);
  const wasOffline = store.get().offline;
  claim.settle({...rowOf(after), said: saidOf(after, keeper.forecasts.get()), made: keeper.madeOf(after)});
  accounts.set(after);
  if ('reading' in attempt.result && (wasOffline || before.failure?.unreachable === true)) wakeOthers(deps);
}

function settledState({accounts, clock, random}: Deps, state: AccountState, {account, result}: Attempt): AccountState {
  const {fingerprint, cached} = account;
  const options = {now: clock.now(), intervalMs: accounts.intervalMs(state), random: random(), cached};
  return settle({...state, fingerprint}, result, options);
}

/** The network is back: those that failed for want of it need not wait out their backoff. */
function wakeOthers({accounts, store, clock, random}: Deps): void {
  const now = clock.now();
  for (const {key, failure, dueAt} of Object.values(store.get().accounts))
    if (failure?.unreachable === true && dueAt !== null)
      accounts.patch(key, {dueAt: Math.round(now + random() * wakeSpreadMs)});
}
