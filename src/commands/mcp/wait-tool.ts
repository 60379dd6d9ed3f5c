import {systemClock} from '../../core/clock.ts';
import {type WaitEnd, waitUntil} from '../../core/polling/wait-until.ts';
import type {Services} from '../../core/services.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {judgeFor, polledFor} from '../wait-judge.ts';
import {idsIn, onlyOf} from './readings.ts';
import {usualWaitSeconds, type WaitArguments} from './schemas.ts';

type Waited = {outcome: 'holds' | 'timeout' | 'cannot-tell' | 'interrupted'; message: string; waitedSeconds: number};

const outcomes: Record<WaitEnd['kind'], Waited['outcome']> = {
  holds: 'holds',
  late: 'timeout',
  'cannot-tell': 'cannot-tell',
  interrupted: 'interrupted',
};
const longestLine = 400;
const everyMs = 5000;

/** As `wait` does, and not for ever. `onProgress` with the seconds so far, each time more. */
export async function waitForReset(
  services: Services,
  asked: WaitArguments,
  interrupted: AbortSignal,
  onProgress: (seconds: number, line: string) => void,
): Promise<Waited> {
  const {until = 'reset', account, window, all = false, minRemaining = 1, maxSeconds = usualWaitSeconds} = asked;
  const named = idsIn(asked.provider, services);
  const providers = polledFor(account, services).filter(id => named.includes(id));
  const judge = judgeFor(until, {account, window, all, minRemaining}, services);
  const startedAt = performance.now();
  const seconds = (): number => Math.round((performance.now() - startedAt) / 100) / 10;
  const end = await waitUntil(
    {monitor: services.monitor, clock: systemClock},
    {
      providers,
      timeoutMs: maxSeconds * 1000,
      interrupted,
      judge: (state, now) => judge(onlyOf(state, named), now),
      onAnswer: ({line}) => onProgress(seconds(), sanitize(line, longestLine)),
      everyMs,
    },
  );
  return {outcome: outcomes[end.kind], message: sanitize(end.line, longestLine), waitedSeconds: seconds()};
}
