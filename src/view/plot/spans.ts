import {startOf} from '../../core/foresight/samples.ts';
import type {Window} from '../../core/model.ts';
import type {Range} from './steps.ts';

/** How much time a plot shows: the present window, that and the one before, or a fixed time. */
export const plotSpans = ['window', 'windows', 'month', 'year'] as const;
export type PlotSpan = (typeof plotSpans)[number];

const day = 86_400_000;
const lengths = {month: 30 * day, year: 365 * day};

type Limit = Pick<Window, 'windowMs' | 'resetsAt'>;

/** Up to the reset, where that lies ahead and is not most of the picture. */
export function rangeOf(span: PlotSpan, {windowMs, resetsAt}: Limit, now: number): Range {
  const to = resetsAt !== null && resetsAt > now ? resetsAt : now;
  const begin = startOf({windowMs, resetsAt: to}) ?? now;
  switch (span) {
    case 'window':
      return {from: begin, to};
    case 'windows':
      return {from: startOf({windowMs, resetsAt: begin}) ?? begin, to};
    case 'month':
    case 'year': {
      const end = to - now <= lengths[span] / 2 ? to : now;
      return {from: end - lengths[span], to: end};
    }
  }
}
