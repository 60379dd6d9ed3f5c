import type {AccountState, MonitorState} from '../model.ts';

/** When each account is refreshed next. The monitor acts on it, the screen and `--json` tell it: there is no second rule. */
export type NextPoll =
  /** The request is on its way. */
  | {kind: 'running'}
  | {kind: 'at'; at: number}
  /** Offline, one account at a time tries: this one next. */
  | {kind: 'probe'; at: number; everyMs: number}
  /** Offline: after the others, at `at` if none of them gets through before. */
  | {kind: 'in-turn'; at: number}
  | {kind: 'paused'}
  /** Another machine refreshes it: the one of this name. */
  | {kind: 'elsewhere'; machine: string}
  /** Only when its credential changes, or when the user refreshes it. */
  | {kind: 'by-hand'};

const second = 1000;
// With no network a request reaches nobody and disturbs nobody: the first one that gets through ends the state.
const probeEveryMs = 5 * second;
// After a while of that the answer is no longer awaited at every moment.
const patientProbeEveryMs = 15 * second;
const patientAfterFailures = 60;

type State = Pick<MonitorState, 'accounts' | 'paused' | 'offline'>;

/** By account key. */
export function nextPolls(state: State, now: number): Map<string, NextPoll> {
  const accounts = Object.values(state.accounts);
  const turns =
    state.offline && !state.paused ? turnsOf(accounts.filter(waitsForNetwork), now) : new Map<string, NextPoll>();
  return new Map(accounts.map(account => [account.key, turns.get(account.key) ?? ordinary(account, state.paused)]));
}

function ordinary({refreshing, dueAt, failure, machine}: AccountState, paused: boolean): NextPoll {
  if (machine !== undefined) return {kind: 'elsewhere', machine};
  if (refreshing) return {kind: 'running'};
  if (dueAt === null) return {kind: 'by-hand'};
  return paused ? {kind: 'paused'} : {kind: 'at', at: Math.max(dueAt, failure?.retryAt ?? 0)};
}

/** What was never refreshed may try at once, also while the others are offline. */
const waitsForNetwork = ({dueAt, lastAttemptAt, refreshing}: AccountState): boolean =>
  dueAt !== null && (lastAttemptAt !== null || refreshing);

/** Whoever tried longest ago is the next. */
function turnsOf(accounts: readonly AccountState[], now: number): Map<string, NextPoll> {
  const waiting = accounts
    .filter(({refreshing}) => !refreshing)
    .sort((a, b) => (a.lastAttemptAt ?? 0) - (b.lastAttemptAt ?? 0));
  const everyMs =
    Math.min(...accounts.map(({failures}) => failures)) > patientAfterFailures ? patientProbeEveryMs : probeEveryMs;
  const isTrying = waiting.length < accounts.length;
  const lastTry = isTrying ? now : Math.max(...accounts.map(({lastAttemptAt}) => lastAttemptAt ?? 0));
  // Last tried in a time to come: the clock was set back.
  const first = now < lastTry ? now : lastTry + everyMs;
  return new Map(
    waiting.map(({key}, place) => [
      key,
      place === 0 && !isTrying ? {kind: 'probe', at: first, everyMs} : {kind: 'in-turn', at: first + place * everyMs},
    ]),
  );
}

/** Epoch ms; null when nobody knows or nothing will happen by itself. */
export function timeOf(next: NextPoll): number | null {
  switch (next.kind) {
    case 'at':
    case 'probe':
    case 'in-turn':
      return next.at;
    case 'running':
    case 'paused':
    case 'elsewhere':
    case 'by-hand':
      return null;
  }
}

/** True when the monitor has to refresh it now. */
export const isDue = (next: NextPoll | undefined, now: number): boolean =>
  next !== undefined && (next.kind === 'at' || next.kind === 'probe') && next.at <= now;
