import type {Keeper} from '../foresight/keeper.ts';
import type {AccountState} from '../model.ts';
import type {Provider} from '../provider.ts';
import type {Accounts} from './accounts.ts';
import {type AskingMarks, createAskingMarks} from './asking-marks.ts';
import {attempt} from './attempt.ts';
import {claimAccount} from './claim.ts';
import type {MonitorDeps} from './deps.ts';
import {createLimiter} from './limiter.ts';
import type {Logins} from './logins.ts';
import {recordAttempt} from './record-attempt.ts';
import type {RequestCounts} from './request-counts.ts';

// More would be a burst to the service; fewer would make 300 accounts slow.
const mostAtOnce = 6;
// Accounts that are due in the same moment do not start in the same moment.
const spreadMs = 150;
// Covers headers and bodies of everything that one reading takes.
const deadlineMs = 10_000;
// How long another copy's claim is left alone before it is tried again.
const claimedRetryMs = 1000;

export type RefreshOptions = {byHand?: boolean; deadlineMs?: number};
export type Refresher = {
  /** Refreshes the account unless that is under way. Resolves when there is a result, or when there is nothing to do here. */
  refresh(key: string, options?: RefreshOptions): Promise<void>;
  /** Calls off everything in flight and in the queue; nothing is settled by it. */
  abort(): void;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
};

/** `decidedOn`: the account's last attempt, as far as was known when this refresh was decided on. */
type Turn = {signal: AbortSignal; decidedOn: number | null; deadlineMs: number; byHand: boolean; marks: AskingMarks};

export type RefresherDeps = MonitorDeps & {
  accounts: Accounts;
  logins: Logins;
  requests: RequestCounts;
  keeper: Pick<Keeper, 'forecasts' | 'madeOf'>;
};

/** Refreshes accounts: at most six at a time per provider, one at a time per account, one copy at a time per machine. */
export function createRefresher(deps: RefresherDeps): Refresher {
  const inFlight = new Map<string, Promise<void>>();
  const limiter = createLimiter(mostAtOnce);
  const marks = createAskingMarks(deps);
  let abortion = new AbortController();

  async function inTurn(key: string, signal: AbortSignal, options: RefreshOptions): Promise<void> {
    const state = deps.accounts.get(key);
    const provider = state && deps.accounts.providerOf(state);
    if (state === undefined || provider === undefined) return;
    const own = {byHand: options.byHand === true, deadlineMs: options.deadlineMs ?? deadlineMs};
    const turn = {signal, decidedOn: state.lastAttemptAt, marks, ...own};
    if (!own.byHand) await pause(deps, deps.random() * spreadMs);
    const passOn = await limiter.take(provider.id);
    try {
      if (!signal.aborted) await refreshClaimed(deps, provider, key, turn);
    } finally {
      passOn();
    }
  }

  return {
    refresh(key, options = {}) {
      const current = inFlight.get(key);
      if (options.byHand === true) marks.hurry(key);
      if (current !== undefined) return current;
      const refreshing = inTurn(key, abortion.signal, options).finally(() => inFlight.delete(key));
      inFlight.set(key, refreshing);
      return refreshing;
    },
    abort() {
      abortion.abort();
      abortion = new AbortController();
    },
    async idle() {
      await Promise.allSettled(inFlight.values());
    },
  };
}

const pause = ({clock}: MonitorDeps, ms: number): Promise<void> =>
  new Promise(resolve => clock.after(Math.round(ms), resolve));

async function refreshClaimed(deps: RefresherDeps, provider: Provider, key: string, turn: Turn): Promise<void> {
  const {accounts} = deps;
  const claim = await claimAccount(deps, key);
  if (claim === null) return postpone(deps, accounts.get(key));
  if (turn.signal.aborted) return claim.release();
  if (isDoneElsewhere(deps, key, turn.decidedOn)) {
    claim.release();
    accounts.adopt();
    return;
  }
  turn.marks.begin(key, turn.byHand);
  try {
    recordAttempt(deps, claim, key, await attempt(deps, provider, key, turn));
  } catch {
    // Called off: there is no result.
    claim.release();
    accounts.patch(key, {refreshing: false});
  } finally {
    turn.marks.end(key);
  }
}

/** Another copy holds the claim: its result will come through the ledger. */
function postpone({accounts, clock}: RefresherDeps, account: AccountState | undefined): void {
  if (account === undefined || account.dueAt === null) return;
  accounts.patch(account.key, {dueAt: Math.max(account.dueAt, clock.now() + claimedRetryMs)});
}

/** Between this copy's decision and its claim another one may have made the request: that result is as good. */
function isDoneElsewhere({ledger}: RefresherDeps, key: string, decidedOn: number | null): boolean {
  const lastAttemptAt = ledger.row(key)?.lastAttemptAt ?? null;
  return lastAttemptAt !== null && lastAttemptAt !== decidedOn;
}
