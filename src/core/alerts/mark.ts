import {follow, type Track, type TurnKind} from '../foresight/samples.ts';
import {sampleOf} from '../foresight/usage.ts';
import type {LedgerRow} from '../ledger.ts';
import type {Window} from '../model.ts';

/** What became of one rule for one window (or login, `window` ''): it is what keeps an alert from being given twice. */
export type Mark = {
  window: string;
  rule: string;
  /** Reset of the window (epoch ms) for which it was given; a count of the last answer for `changed`. */
  cycle: number | null;
  /** `held`: quiet hours keep it back. */
  state: 'armed' | 'fired' | 'held';
  /** Time of the reading that it was given for; it stays when the rule is armed again. */
  firedAt: number | null;
  /** The figure that it named. */
  seen: number | null;
  /** Since when a limit that would run out does not any more. */
  calmSince: number | null;
};

export const idOf = ({window, rule}: Pick<Mark, 'window' | 'rule'>): string => `${window} ${rule}`;

/** A window as it was just read, and what happened to it since the reading before. */
export type Seen = {
  window: Window;
  at: number;
  used: number;
  isStarted: boolean;
  turn: TurnKind | null;
  /** The reading before; null where there was none of this window. */
  before: {at: number; used: number} | null;
};

const minute = 60_000;
// Services name one reset by seconds more or less.
const slackMs = 10 * minute;

export function seenAt(before: LedgerRow | null, window: Window, at: number): Seen {
  const old = before?.reading?.windows.find(({id}) => id === window.id);
  const oldAt = old?.readAt ?? before?.readAt ?? null;
  const track = old === undefined || oldAt === null ? null : (follow(null, sampleOf(old, oldAt))?.track ?? null);
  const {use} = window;
  return {
    ...{window, at, isStarted: use.state === 'known', used: use.state === 'known' ? use.usedPercent : 0},
    turn: track === null ? null : turnOf(track, window, at),
    before: track === null ? null : {at: track.at, used: track.top},
  };
}

/** A reset a few minutes before the time that was told, or where none was told, is no early one. */
function turnOf(track: Track, window: Window, at: number): TurnKind | null {
  const turn = follow(track, sampleOf(window, at))?.turn ?? null;
  const isEarly = track.resetsAt !== null && track.resetsAt - at > slackMs;
  return turn === 'early-reset' && !isEarly ? 'reset' : turn;
}

export const hasReset = ({turn}: Seen): boolean => turn === 'reset' || turn === 'early-reset';

/** A reset that moves further than half of this is the next window's, even if nobody saw the window end. */
const usualLengthMs = 28 * 24 * 60 * minute;

/** Whether the mark is of a window that is over. */
export function isOver(mark: Mark, seen: Seen): boolean {
  if (!seen.isStarted) return true;
  // Given for a reading after the one before, it is of the new window already.
  if (hasReset(seen) && (mark.firedAt ?? 0) <= (seen.before?.at ?? 0)) return true;
  const {resetsAt, windowMs} = seen.window;
  if (mark.cycle === null || resetsAt === null || mark.cycle > seen.at + minute) return false;
  return resetsAt - mark.cycle > Math.max(slackMs, (windowMs ?? usualLengthMs) / 2);
}

/** A reset that wanders stays the same window's: the mark goes with it. Null where it need not. */
export function followed(mark: Mark, {window: {resetsAt}}: Seen): Mark | null {
  if (resetsAt === null || mark.state === 'armed') return null;
  return mark.cycle !== null && Math.abs(resetsAt - mark.cycle) <= slackMs ? null : {...mark, cycle: resetsAt};
}
