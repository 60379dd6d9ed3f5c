import type {AccountState} from '../core/model.ts';
import type {NextPoll} from '../core/next-poll.ts';
import {ageAgo, duration} from './format.ts';
import {joined, type Line, lineWidth, span} from './line.ts';
import type {Look} from './look.ts';

/** How old the figures of an account are, and when it is asked next. */

const minute = 60_000;

/** 'read 4m ago · next in 11m', or as much of it as there is room for: the age is the last to go. */
export function statusLine(account: AccountState, next: NextPoll, width: number, look: Look): Line {
  const {strings} = look;
  const old = account.readAt === null ? [] : [ageAgo(account.readAt, look.now, strings)];
  const said = old.map(read => (account.failure ? strings.panel.lastReading(read) : strings.panel.age(read)));
  const when = nextText(next, look);
  const ways = [[...said, when], [...old, when], said, old].map(texts =>
    joined(texts.map(text => [span(text, 'dim')])),
  );
  return ways.find(line => line.length > 0 && lineWidth(line) <= width) ?? ways[0] ?? [];
}

/** When the account is asked next, beside its age. */
export function nextText(next: NextPoll, look: Look): string {
  const {panel, states} = look.strings;
  switch (next.kind) {
    case 'running':
      return states.asking;
    case 'at':
      return next.at <= look.now ? panel.due : panel.nextPoll(coarse(next.at - look.now, look));
    case 'probe':
      return panel.nextWithin(duration(next.everyMs, look.strings));
    case 'in-turn':
      return panel.nextInTurn;
    case 'paused':
      return states.paused;
    case 'by-hand':
      return panel.nextByHand;
  }
}

/** Whole minutes: seconds would change too often for what they say. */
const coarse = (ms: number, look: Look): string =>
  ms < 2 * minute ? look.strings.time.minutes(Math.max(1, Math.round(ms / minute))) : duration(ms, look.strings);
