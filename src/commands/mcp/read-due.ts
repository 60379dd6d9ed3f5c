import {systemClock} from '../../core/clock.ts';
import type {MonitorState} from '../../core/model.ts';
import {waitUntil} from '../../core/polling/wait-until.ts';
import type {Services} from '../../core/services.ts';
import {meantBy} from '../../output/wait.ts';

// A reading has ten seconds; a claim of another copy is renewed or free by then.
const longestMs = 15_000;
const everyMs = 1000;

/**
 * What the schedule of all copies has due among these providers is polled, and nothing else: no more requests than with
 * the monitor open. Without providers it only takes what is in the ledger.
 */
export async function readDue(
  {monitor}: Pick<Services, 'monitor'>,
  providers: readonly string[],
  interrupted: AbortSignal,
): Promise<MonitorState> {
  await waitUntil(
    {monitor, clock: systemClock},
    {
      providers,
      timeoutMs: longestMs,
      interrupted,
      everyMs,
      judge: (state, now) => ({kind: isRead(state, now, providers) ? 'holds' : 'pending', line: ''}),
    },
  );
  return monitor.store.get();
}

const isRead = (state: MonitorState, now: number, providers: readonly string[]): boolean =>
  meantBy(state, now, {privacy: false}).every(
    ({account, isUnread}) => !isUnread || !providers.includes(account.provider),
  );
