import type {AccountState} from '../../core/model.ts';
import type {NextPoll} from '../../core/polling/next-poll.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth} from '../format/cells.ts';
import {ageAgo, duration} from '../format/time.ts';
import {type Line, span} from './line.ts';

/** How old the figures of an account are, and when it is asked next: in the lower border of its panel. */

const minute = 60_000;

/** '4m ago · next 11m', or as much of it as there is room for: the age is the last to go. */
export function statusLine(
  account: Pick<AccountState, 'readAt' | 'failure'> | null,
  next: NextPoll,
  width: number,
  context: ViewContext,
): Line {
  const old = account === null || account.readAt === null ? [] : [ageAgo(account.readAt, context.now, context.strings)];
  const ways = [...nextTexts(next, account?.failure != null, context).map(when => [...old, when]), old].map(texts =>
    texts.join(' · '),
  );
  const fitting = ways.find(text => text !== '' && cellWidth(text) <= width);
  return fitting === undefined ? [] : [span(fitting, 'dim')];
}

/** Cells that it takes as a rule: so many are kept free for it. */
export function statusCells({strings}: ViewContext): number {
  const next = strings.panel.nextPoll(strings.time.minutes(59));
  const old = [strings.time.justNow, strings.time.ago(strings.time.minutes(59))].map(cellWidth);
  return Math.max(...old) + 3 + cellWidth(next);
}

/** When the account is asked next, from the longest way to say it to the shortest. */
function nextTexts(next: NextPoll, failed: boolean, context: ViewContext): string[] {
  const {panel, states} = context.strings;
  switch (next.kind) {
    case 'running':
      return [states.asking];
    case 'at':
      return [next.at <= context.now ? panel.due : panel.nextPoll(coarse(next.at - context.now, context))];
    case 'probe':
      return [panel.nextWithin(duration(next.everyMs, context.strings))];
    case 'in-turn':
      return [panel.nextInTurn];
    case 'paused':
      return [states.paused];
    case 'elsewhere':
      return [panel.elsewhere(next.machine)];
    case 'by-hand':
      return failed ? [panel.nextByHand, panel.notRetried] : [panel.notPolled];
  }
}

/** Whole minutes: seconds would change too often for what they say. */
const coarse = (ms: number, context: ViewContext): string =>
  ms < 2 * minute ? context.strings.time.minutes(Math.max(1, Math.round(ms / minute))) : duration(ms, context.strings);
