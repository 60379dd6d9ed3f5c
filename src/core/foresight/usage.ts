import type {AccountState, Window} from '../model.ts';
import {endOf} from './checks.ts';
import {follow, type Sample, type Step, type Stretch, type Track, type TurnKind} from './samples.ts';

/** History as it is kept: use by quarter hours, hours and days, and the turns between. Pure. */

/** Seconds; hours also stand for stretches without a reading. */
export const spans = {quarter: 900, hour: 3600, day: 86_400} as const;
export type Span = (typeof spans)[keyof typeof spans];

/** Of one window of one account. `at` in seconds is the start of the span; a day's is the local midnight. */
export type Usage = {
  span: Span;
  at: number;
  /** Tenths of a percent: at the end, at the highest, and what came in between; 137 % is 1370. */
  last: number;
  peak: number;
  added: number;
  /** Seconds in which use would have been seen. */
  seen: number;
  /** No reading lies in the span: what is `added` came at some time in it or in those beside it. */
  bridged: boolean;
};
export type Turn = {at: number; kind: TurnKind | 'plan'; before: number; after: number};
/** `ended`: the reading found the window over; see `endOf`. */
export type Recorded = {usage: Usage[]; turns: Turn[]; ended: {used: number | null} | null};

const tenths = (percent: number): number => Math.round(percent * 10);
const second = 1000;
/** Between two readings so far apart nobody knows when it was used. */
const bridgedMs = 3_600_000;

type Read = Pick<AccountState, 'reading' | 'readAt'>;

/** What a reading of an account adds to the history of each of its windows. `topOf` tells the highest use that was kept. */
export function recordedBy(
  before: Read | null,
  after: Read,
  topOf: (window: string, readAt: number) => number | null,
): Map<string, Recorded> {
  const {reading, readAt} = after;
  const recorded = new Map<string, Recorded>();
  if (reading === null || readAt === null || readAt <= (before?.readAt ?? 0)) return recorded;
  for (const window of reading.windows) {
    const track = trackBefore(before, window.id, topOf);
    const step = follow(track, sampleOf(window, readAt));
    if (step === null) continue;
    const ended = endOf(step, track, window);
    const isOngoing = step.track.started;
    if (isOngoing || ended !== null)
      recorded.set(window.id, {
        usage: isOngoing ? usageOf(step, track) : [],
        turns: isOngoing ? turnsOf(step, track, before, reading.plan) : [],
        ended,
      });
  }
  return recorded;
}

/** One window of a reading. */
export const sampleOf = ({windowMs, use, resetsAt}: Window, at: number): Sample => ({
  at,
  windowMs,
  state: use.state,
  usedPercent: use.state === 'known' ? use.usedPercent : null,
  resetsAt,
});

/** Where the last reading left the window; null where it said nothing of it. */
function trackBefore(
  before: Read | null,
  id: string,
  topOf: (window: string, readAt: number) => number | null,
): Track | null {
  const window = before?.reading?.windows.find(each => each.id === id);
  if (window === undefined || before === null || before.readAt === null) return null;
  const track = follow(null, sampleOf(window, before.readAt))?.track ?? null;
  const top = track?.started ? topOf(id, before.readAt) : null;
  // Tenths are kept: only a fall that was larger tells that the top was higher.
  return track === null || top === null || top / 10 - track.top < 0.1 ? track : {...track, top: top / 10};
}

function turnsOf({track, turn}: Step, before: Track | null, read: Read | null, plan: string | null): Turn[] {
  const hasChanged = read?.reading != null && read.reading.plan !== plan;
  const kinds = [...(hasChanged ? (['plan'] as const) : []), ...(turn === null ? [] : [turn])];
  const [kind] = kinds;
  if (kind === undefined || before === null) return [];
  return [{at: Math.floor(track.at / second), kind, before: tenths(before.top), after: tenths(track.top)}];
}

/** The quarter hour of the reading always has a row: it holds the highest use, where the next reading finds it. */
function usageOf({track, stretch, turn}: Step, before: Track | null): Usage[] {
  const last = tenths(track.top);
  const own: Usage = {...startOf(track.at, spans.quarter), last, peak: last, added: 0, seen: 0, bridged: false};
  if (stretch === null || stretch.to <= stretch.from || (stretch.added === 0 && !stretch.seen)) return [own];
  const isOther = before === null || !before.started || turn === 'reset' || turn === 'early-reset';
  const from = isOther ? 0 : tenths(before.top);
  const pieces = spread(stretch, from, Math.max(0, last - from));
  return pieces.at(-1)?.at === own.at && pieces.at(-1)?.span === own.span ? pieces : [...pieces, own];
}

const startOf = (at: number, span: Span): {span: Span; at: number} => ({
  span,
  // A reading at the very start of a span ends the one before.
  at: Math.floor((at - 1) / second / span) * span,
});

/** The tenths by time over the spans of a stretch; what rounding takes from one the next one gets. */
function spread({from, to, seen}: Stretch, base: number, added: number): Usage[] {
  const bridged = to - from > bridgedMs;
  const span = bridged ? spans.hour : spans.quarter;
  const spanMs = span * second;
  const usage: Usage[] = [];
  const upTo = (at: number): number => Math.round((added * (at - from)) / (to - from));
  for (let start = Math.floor(from / spanMs) * spanMs; start < to; start += spanMs) {
    const [begin, end] = [Math.max(from, start), Math.min(to, start + spanMs)];
    const last = base + upTo(end);
    const seconds = seen ? Math.round((end - begin) / second) : 0;
    usage.push({span, at: start / second, last, peak: last, added: upTo(end) - upTo(begin), seen: seconds, bridged});
  }
  return usage;
}

/** Several rows of one window as one. They are in the order of time. */
export function folded(rows: readonly Usage[], span: Span, at: number): Usage {
  const sum = (of: (row: Usage) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    span,
    at,
    last: rows.at(-1)?.last ?? 0,
    peak: Math.max(0, ...rows.map(row => row.peak)),
    added: sum(row => row.added),
    seen: Math.min(
      span,
      sum(row => row.seen),
    ),
    bridged: rows.every(row => row.bridged),
  };
}

/** Start of the local day, in seconds. */
export function dayOf(at: number): number {
  const then = new Date(at * second);
  return new Date(then.getFullYear(), then.getMonth(), then.getDate()).getTime() / second;
}
