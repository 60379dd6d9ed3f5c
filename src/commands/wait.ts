import {systemClock} from '../core/clock.ts';
import {type WaitEnd, waitUntil} from '../core/polling/wait-until.ts';
import type {Services} from '../core/services.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {waitedFor} from './args/flags.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/parse.ts';
import {crashesWith} from './faults.ts';
import {print} from './output.ts';
import {closeWhenInterrupted, complainOf, requirePercent, servicesFor} from './program.ts';
import {openStatusLine} from './status-line.ts';
import {type Judge, judgeFor, polledFor} from './wait-judge.ts';

const exitCodes: Record<WaitEnd['kind'], number> = {holds: 0, late: 1, 'cannot-tell': 3, interrupted: 130};
const longestLine = 400;
// Changes come through the store; time alone ends a wait, or says that nobody reads a window after its reset.
const everyMs = {seen: 1000, unseen: 15_000};

/** Ends when enough is left, or when a limit has reset. */
export async function runWait(asked: Asked): Promise<number> {
  crashesWith(exitCodes['cannot-tell']);
  const judgeBy = judgeIn(asked);
  const services = await servicesFor(asked, {ledger: true, live: true});
  const line = openStatusLine(process.stderr, process.env);
  // Behind a terminal that hangs up nobody reads: nothing is written then.
  process.once('SIGTERM', line.clear);
  closeWhenInterrupted(services, ['SIGTERM', 'SIGHUP']);
  try {
    await services.ready;
    const end = await waitUntil(
      {monitor: services.monitor, clock: systemClock},
      {
        providers: polledFor(asked.text('account'), services),
        timeoutMs: asked.has('timeout') ? (asked.number('timeout') ?? 0) * 1000 : null,
        interrupted: interruption(),
        judge: judgeBy(services),
        onDiscovered: () => complainOf(services),
        onAnswer: ({kind, line: text}) => line.show(text, kind === 'unread'),
        everyMs: line.isSeen ? everyMs.seen : everyMs.unseen,
      },
    );
    line.clear();
    return await print(textOf(end), exitCodes[end.kind]);
  } finally {
    line.clear();
    await services.close();
  }
}

/** Throws `UsageError`. */
function judgeIn(asked: Asked): (services: Services) => Judge {
  const until = waitedFor.find(each => each === asked.text('until'));
  if (until === undefined) throw new UsageError('wait needs --until available or --until reset');
  requirePercent(asked, 'min-remaining');
  const wanted = {
    account: asked.text('account'),
    window: asked.text('window'),
    all: asked.has('all'),
    minRemaining: asked.number('min-remaining') ?? 1,
  };
  return services => judgeFor(until, wanted, services);
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

function textOf({kind, line}: WaitEnd): string {
  if (kind === 'interrupted') return '';
  return `${sanitize(kind === 'late' ? `timed out: ${line || 'no reading yet'}` : line, longestLine)}\n`;
}
