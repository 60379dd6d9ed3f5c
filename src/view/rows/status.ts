import type {AccountState} from '../../core/model.ts';
import type {NextPoll} from '../../core/polling/next-poll.ts';
import type {ViewContext} from '../context.ts';
import {ageAgo, duration} from '../format/time.ts';
import {joined, type Line, lineWidth, span} from './line.ts';

/** How old the figures of an account are, and when it is asked next. */

const minute = 60_000;

/** 'read 4m ago · next in 11m', or as much of it as there is room for: the age is the last to go. */
export function statusLine(account: AccountState, next: NextPoll, width: number, context: ViewContext): Line {
  const {strings} = context;
  const old = account.readAt === null ? [] : [ageAgo(account.readAt, context.now, strings)];
  const said = old.map(read => (account.failure ? strings.panel.lastReading(read) : strings.panel.age(read)));
  const when = nextText(next, account.failure !== null, context);
  const ways = [[...said, when], [...old, when], said, old].map(texts =>
    joined(texts.map(text => [span(text, 'dim')])),
  );
  return ways.find(line => line.length > 0 && lineWidth(line) <= width) ?? ways[0] ?? [];
}

/** When the account is asked next, beside its age. */
function nextText(next: NextPoll, failed: boolean, context: ViewContext): string {
  const {panel, states} = context.strings;
  switch (next.kind) {
    case 'running':
      return states.asking;
    case 'at':
      return next.at <= context.now ? panel.due : panel.nextPoll(coarse(next.at - context.now, context));
    case 'probe':
      return panel.nextWithin(duration(next.everyMs, context.strings));
    case 'in-turn':
      return panel.nextInTurn;
    case 'paused':
      return states.paused;
    case 'by-hand':
      return failed ? panel.nextByHand : panel.notPolled;
  }
}

/** Whole minutes: seconds would change too often for what they say. */
const coarse = (ms: number, context: ViewContext): string =>
  ms < 2 * minute ? context.strings.time.minutes(Math.max(1, Math.round(ms / minute))) : duration(ms, context.strings);
