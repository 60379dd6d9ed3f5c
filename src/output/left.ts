import type {AccountState, Reading, Window} from '../core/model.ts';
import {hasReset} from '../core/reading-at.ts';
import {leftPercent} from '../view/format/use.ts';

/** What is left of an account's windows, for those who decide by it. Pure; the accounts are as `accountsAt` gives them. */

/** The windows that count: the one that is named; else those that tell a figure, where there are any. */
export function meantWindows({windows}: Reading, wanted: string | undefined): Window[] {
  if (wanted !== undefined) return windows.filter(({id}) => id === wanted);
  // Beside windows that speak, one that never told a figure is no reason to stop; named, it is.
  const speaking = windows.filter(window => window.use.state !== 'unknown' || hasReset(window));
  return speaking.length > 0 ? speaking : windows;
}

/** Endless for unlimited, unless the pool that all share has run out; nothing where a limit beside the windows stops it. */
export function percentLeft({reading}: Pick<AccountState, 'reading'>, {use, pool}: Window): number {
  const notes = reading?.notes ?? [];
  const pools = reading?.windows.map(window => window.pool) ?? [];
  // A reason that names no pool (a workspace without credits, say) stops what has none.
  const isMeant = (text: string | undefined): boolean =>
    (pools.includes(text ?? null) ? (text ?? null) : null) === pool;
  const isStopped = notes.some(({code, text}) => code === 'limit-reached' && isMeant(text));
  if (use.state === 'known') return Math.min(leftPercent(use.usedPercent), isStopped ? 0 : Number.POSITIVE_INFINITY);
  if (use.state === 'not-started') return 100;
  const isSpent = notes.some(({code, text}) => code === 'pool-exhausted' && (text === undefined || text === pool));
  return isSpent ? 0 : Number.POSITIVE_INFINITY;
}

/** The windows that somebody could have named. */
export const windowIdsOf = (accounts: readonly Pick<AccountState, 'reading'>[]): string[] => [
  ...new Set(accounts.flatMap(({reading}) => reading?.windows.map(({id}) => id) ?? [])),
];
