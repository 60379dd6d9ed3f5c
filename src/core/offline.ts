import type {AccountState, MonitorState} from './model.ts';

const second = 1000;
// With no network a request reaches nobody and disturbs nobody: the first one that gets through ends the state.
const probeEveryMs = 5 * second;
// After a while of that the answer is no longer awaited at every moment.
const patientProbeEveryMs = 15 * second;
const patientAfterFailures = 60;

const asksByItself = (account: AccountState): boolean => account.dueAt !== null;

/** True when nothing can be reached: every account that is polled failed for want of a network, not of one service. */
export function isOffline(accounts: readonly AccountState[]): boolean {
  const polled = accounts.filter(asksByItself);
  return polled.length > 0 && polled.every(account => account.failure?.unreachable === true);
}

/** While offline, the one account whose turn it is to try; null when it is too early. */
export function nextProbe(state: MonitorState, now: number): AccountState | null {
  const polled = Object.values(state.accounts).filter(asksByItself);
  if (polled.some(account => account.refreshing)) return null;
  const lastAsked = Math.max(...polled.map(account => account.askedAt ?? 0));
  const patient = Math.min(...polled.map(account => account.failures)) > patientAfterFailures;
  if (now - lastAsked < (patient ? patientProbeEveryMs : probeEveryMs) && now >= lastAsked) return null;
  return polled.sort((a, b) => (a.askedAt ?? 0) - (b.askedAt ?? 0))[0] ?? null;
}
