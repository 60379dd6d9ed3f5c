import {rowOf} from '../ledger.ts';
import type {AccountState} from '../model.ts';
import type {Account, Provider} from '../provider.ts';
import type {Accounts} from './accounts.ts';
import type {MonitorDeps} from './deps.ts';
import {createLimiter} from './limiter.ts';
import {failureFrom, type Result, readingFrom, settle} from './settle.ts';

// More would be a burst to the service; fewer would make 300 accounts slow.
const mostAtOnce = 6;
// Accounts that are due in the same moment do not ask in the same moment.
const spreadMs = 150;
// Covers headers and bodies of everything that one reading takes.
const deadlineMs = 10_000;
// A copy that was killed blocks the others no longer than this; one that lives renews its claim while it asks.
const claimMs = 15_000;
const renewClaimMs = 5000;
// How long another copy's claim is left alone before it is looked at again.
const claimedRetryMs = 1000;

/** What came of one asking; no result when the login could not be asked at all. */
type Answer = {account: Account | null; result: Result | null};

/** `decidedOn`: when the account had last been asked, as far as was known when this asking was decided on. */
type Turn = {signal: AbortSignal; decidedOn: number | null; deadline: number};

export type RefreshOptions = {byHand?: boolean; deadlineMs?: number};
export type Refresher = {
  /** Asks the account unless it is being asked. Resolves when there is an answer, or when there is nothing to do here. */
  ask(key: string, options?: RefreshOptions): Promise<void>;
  /** Calls off everything in flight and in the queue; nothing is settled by it. */
  abort(): void;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
};

/** Asks accounts: at most six at a time per provider, one at a time per account, one copy at a time per machine. */
export function createRefresher(parts: MonitorDeps, accounts: Accounts): Refresher {
  const {store, clock, ledger, redactor} = parts;
  const redact = redactor.redact;
  const inFlight = new Map<string, Promise<void>>();
  const limiter = createLimiter(mostAtOnce);
  let abortion = new AbortController();

  const stateOf = (key: string): AccountState | undefined => store.get().accounts[key];

  function ask(key: string, options: RefreshOptions = {}): Promise<void> {
    const current = inFlight.get(key);
    if (current !== undefined) return current;
    const {signal} = abortion;
    const asking = inTurn(key, signal, options).finally(() => inFlight.delete(key));
    inFlight.set(key, asking);
    return asking;
  }

  async function inTurn(key: string, signal: AbortSignal, options: RefreshOptions): Promise<void> {
    const state = stateOf(key);
    const provider = state && accounts.providerOf(state);
    if (state === undefined || provider === undefined) return;
    const decidedOn = state.lastAttemptAt;
    if (options.byHand !== true) await pause(parts.random() * spreadMs);
    const passOn = await limiter.take(provider.id);
    try {
      if (!signal.aborted)
        await claimAndAsk(provider, key, {signal, decidedOn, deadline: options.deadlineMs ?? deadlineMs});
    } finally {
      passOn();
    }
  }

  const pause = (ms: number): Promise<void> => new Promise(resolve => clock.after(Math.round(ms), resolve));

  async function claimAndAsk(provider: Provider, key: string, {signal, decidedOn, deadline}: Turn): Promise<void> {
    const now = clock.now();
    if (!ledger.claim(key, now, now + claimMs)) return postpone(key, now);
    if (isDoneElsewhere(key, decidedOn)) {
      ledger.release(key);
      accounts.adopt();
      return;
    }
    mark(key, {refreshing: true});
    const letGo = holdClaim(key);
    try {
      finish(key, await answerOf(provider, key, signal, deadline));
    } catch {
      // Called off: nothing was learnt.
      ledger.release(key);
      mark(key, {refreshing: false});
    } finally {
      letGo();
    }
  }

  function holdClaim(key: string): () => void {
    let cancel = clock.after(renewClaimMs, function renew() {
      ledger.claim(key, clock.now(), clock.now() + claimMs);
      cancel = clock.after(renewClaimMs, renew);
    });
    return () => cancel();
  }

  const mark = (key: string, patch: Partial<AccountState>): void => {
    const state = stateOf(key);
    if (state !== undefined) accounts.set({...state, ...patch});
  };

  /** Another copy holds the claim: its answer will come through the ledger. */
  const postpone = (key: string, now: number): void => {
    const {dueAt} = stateOf(key) ?? {};
    if (dueAt !== undefined && dueAt !== null) mark(key, {dueAt: Math.max(dueAt, now + claimedRetryMs)});
  };

  /** Between this copy's decision and its claim another one may have asked: what that one learnt is as good. */
  function isDoneElsewhere(key: string, decidedOn: number | null): boolean {
    const lastAttemptAt = ledger.row(key)?.lastAttemptAt ?? null;
    return lastAttemptAt !== null && lastAttemptAt !== decidedOn;
  }

  /** Throws only when called off. */
  async function answerOf(provider: Provider, key: string, signal: AbortSignal, deadline: number): Promise<Answer> {
    const account = await accounts.read(provider, key);
    if (account === null || account.problem !== undefined || account.known !== undefined)
      return {account, result: null};
    const result = await fetchOnce(provider, account, signal, deadline);
    if (!isRefusal(result)) return {account, result};
    // The owner of the credential may have renewed it while we asked: once more, only if it really is another one.
    parts.discovery.forget(account.secrets);
    const renewed = await accounts.read(provider, key, {anew: true});
    if (renewed === null || renewed.problem !== undefined || renewed.fingerprint === account.fingerprint)
      return {account, result};
    return {account: renewed, result: await fetchOnce(provider, renewed, signal, deadline)};
  }

  /** The only catch: what a provider throws becomes data here. */
  async function fetchOnce(
    provider: Provider,
    account: Account,
    signal: AbortSignal,
    deadline: number,
  ): Promise<Result> {
    try {
      const reading = await provider.fetch(account, parts.wireFor(provider, signal, deadline));
      signal.throwIfAborted();
      return {reading: readingFrom(reading, redact)};
    } catch (error) {
      if (signal.aborted) throw error;
      return {failure: failureFrom(error, redact)};
    }
  }

  function finish(key: string, {account, result}: Answer): void {
    const state = stateOf(key);
    if (state === undefined || account === null || result === null) {
      // The login vanished or broke between two looks; the next look says so.
      ledger.release(key);
      mark(key, {refreshing: false, dueAt: null});
      return;
    }
    const {fingerprint, cached} = account;
    const options = {now: clock.now(), intervalMs: accounts.intervalMs(state), random: parts.random(), cached};
    const settled = settle({...state, fingerprint}, result, options);
    const wasOffline = store.get().offline;
    ledger.settle(rowOf(settled), clock.now());
    accounts.set(settled);
    if ('reading' in result && (wasOffline || state.failure?.unreachable === true)) wakeOthers();
  }

  /** The network is back: those that failed for want of it need not wait out their backoff. */
  function wakeOthers(): void {
    const now = clock.now();
    const waiting = Object.values(store.get().accounts).filter(
      ({failure, dueAt}) => failure?.unreachable === true && dueAt !== null,
    );
    for (const account of waiting) accounts.set({...account, dueAt: Math.round(now + parts.random() * 2000)});
  }

  return {
    ask,
    abort() {
      abortion.abort();
      abortion = new AbortController();
    },
    async idle() {
      await Promise.allSettled(inFlight.values());
    },
  };
}

const isRefusal = (result: Result): boolean =>
  'failure' in result && (result.failure.code === 'expired' || result.failure.code === 'auth_rejected');
