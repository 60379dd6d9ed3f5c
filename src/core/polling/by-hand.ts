import type {AccountState} from '../model.ts';
import type {RefreshAnswer} from '../services.ts';
import type {Accounts} from './accounts.ts';
import type {MonitorDeps} from './deps.ts';
import type {Refresher} from './refresher.ts';

// A second press this soon after a request can only have been an accident.
const tooSoonMs = 2000;
// How long a first press against a server's Retry-After arms the second one.
const insistMs = 3000;

type Deps = Pick<MonitorDeps, 'clock' | 'discovery' | 'ledger'> & {
  accounts: Accounts;
  refresher: Refresher;
  rediscover(): Promise<void>;
};

/** A refresh that the user wants now: it overrides the schedule, and at a second press a server's wait. */
export function createRefreshByHand({clock, discovery, ledger, accounts, refresher, rediscover}: Deps) {
  const insisting = new Map<string, number>();

  function refreshOne(account: AccountState, answer: RefreshAnswer): void {
    const {key, failure} = account;
    const now = clock.now();
    const retryAt = failure?.retryAt ?? 0;
    if (isTooSoon(account, now, accounts.leastByHandMs(account))) {
      answer.tooSoon.push(key);
    } else if (retryAt > now && now - (insisting.get(key) ?? Number.NEGATIVE_INFINITY) > insistMs) {
      insisting.set(key, now);
      answer.waiting.push({key, retryAt});
    } else {
      insisting.delete(key);
      answer.refreshing.push(key);
      void refresher.refresh(key, {byHand: true});
    }
  }

  return (keys: readonly string[]): RefreshAnswer => {
    const answer: RefreshAnswer = {refreshing: [], tooSoon: [], waiting: []};
    const isOurs = ({machine}: AccountState): boolean => machine === undefined && ledger.mayRefresh?.() !== false;
    const present = keys.flatMap(key => accounts.get(key) ?? []).filter(isOurs);
    discovery.renew();
    for (const account of present) refreshOne(account, answer);
    if (present.some(({dueAt}) => dueAt === null)) void rediscover();
    return answer;
  };
}

function isTooSoon({refreshing, lastAttemptAt}: AccountState, now: number, leastMs: number): boolean {
  if (refreshing) return true;
  return lastAttemptAt !== null && now >= lastAttemptAt && now - lastAttemptAt < Math.max(tooSoonMs, leastMs);
}
