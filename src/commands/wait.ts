import {systemClock} from '../core/clock.ts';
import type {MonitorState} from '../core/model.ts';
import {type WaitAnswer, type WaitEnd, waitUntil} from '../core/polling/wait-until.ts';
import type {Services} from '../core/services.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {WaitFor} from '../output/wait.ts';
import {availability} from '../output/wait-available.ts';
import {createResetWait} from '../output/wait-reset.ts';
import {waitedFor} from './args/flags.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/parse.ts';
import {crashesWith} from './faults.ts';
import {print} from './output.ts';
import {absentFor, closeWhenInterrupted, complainOf, forecastsFrom, requirePercent, servicesFor} from './program.ts';
import {openStatusLine} from './status-line.ts';

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
        providers: polledIn(asked, services),
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

type Judge = (state: MonitorState, now: number) => WaitAnswer;

/** Throws `UsageError`. */
function judgeIn(asked: Asked): (services: Services) => Judge {
  const until = waitedFor.find(each => each === asked.text('until'));
  if (until === undefined) throw new UsageError('wait needs --until available or --until reset');
  requirePercent(asked, 'min-remaining');
  return services => {
    const account = asked.text('account');
    const wanted: WaitFor = {
      account,
      window: asked.text('window'),
      all: asked.has('all'),
      minRemaining: asked.number('min-remaining') ?? 1,
      privacy: services.settings.store.get().settings.display.privacy,
    };
    const absent = (): string[] => absentFor(account, services);
    const resetWait = createResetWait(wanted, () => forecastsFrom(services));
    return until === 'reset'
      ? (state, now) => resetWait(state, now, absent())
      : (state, now) => availability(state, now, wanted, absent());
  };
}

/** Of an account that is named, its provider alone. */
function polledIn(asked: Asked, {catalogue}: Services): string[] {
  const account = asked.text('account');
  return catalogue.map(({id}) => id).filter(id => account === undefined || account.startsWith(`${id}:`));
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
