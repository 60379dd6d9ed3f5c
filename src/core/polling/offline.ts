import type {AccountState} from '../model.ts';

/** True when nothing can be reached: every account that is polled failed for want of a network, not of one service. */
export function isOffline(accounts: readonly AccountState[]): boolean {
  const polled = accounts.filter(({dueAt}) => dueAt !== null);
  return polled.length > 0 && polled.every(({failure}) => failure?.unreachable === true);
}
