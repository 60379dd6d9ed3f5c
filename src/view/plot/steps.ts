import type {Turn, Usage} from '../../core/foresight/usage.ts';

/** Use over time, as one figure for each of a number of equal steps. Pure; times are epoch ms. */

/** A stretch of time. */
export type Range = {from: number; to: number};
/** A stretch in which the use was watched, and how high it was. */
export type Piece = Range & {percent: number};

const second = 1000;

/** Which of `count` equal steps of the range a moment lies in; it may lie outside of them. */
export const stepAt = ({from, to}: Range, count: number, at: number): number =>
  Math.floor(((at - from) / (to - from)) * count);

/**
 * What was watched. Between readings that are far apart nobody knows when it was used: such a stretch is left out. Where
 * the window began again within a stretch, what was highest there belongs to the time before.
 */
export function piecesOf(usage: readonly Usage[], turns: readonly Turn[]): Piece[] {
  const begun = turns.filter(isReset).map(({at}) => at);
  return usage.flatMap(({span, at, last, peak, bridged}) => {
    if (bridged) return [];
    const [from, to] = [at * second, (at + span) * second];
    const reset = begun.findLast(each => each > at && each < at + span);
    if (reset === undefined) return [{from, to, percent: peak / 10}];
    const middle = reset * second;
    return [
      {from, to: middle, percent: peak / 10},
      {from: middle, to, percent: last / 10},
    ];
  });
}

const isReset = ({kind}: Turn): boolean => kind === 'reset' || kind === 'early-reset';

/** When the window was last seen to begin again. */
export function lastReset(turns: readonly Turn[]): number | null {
  const turn = turns.findLast(isReset);
  return turn === undefined ? null : turn.at * second;
}

/** The highest use in each step, in percent; null where nothing was watched, and after `until`. */
export function highest(pieces: readonly Piece[], range: Range, count: number, until: number): (number | null)[] {
  const steps = Array.from({length: count}, (): number | null => null);
  const end = Math.min(count - 1, stepAt(range, count, until));
  for (const piece of pieces) {
    const [first, last] = stepsOf(piece, range, count);
    for (let step = Math.max(0, first); step <= Math.min(end, last); step += 1)
      steps[step] = Math.max(steps[step] ?? 0, piece.percent);
  }
  return steps;
}

/** The first and the last step that a stretch touches: where one begins when it ends, it does not touch that. */
function stepsOf({from, to}: Range, range: Range, count: number): [first: number, last: number] {
  const first = stepAt(range, count, from);
  return [first, Math.max(first, Math.ceil(((to - range.from) / (range.to - range.from)) * count) - 1)];
}

/** The steps in which the window began again; `true`: earlier than it was to. */
export function resetsIn(turns: readonly Turn[], range: Range, count: number): Map<number, boolean> {
  const found = new Map<number, boolean>();
  for (const turn of turns.filter(isReset)) {
    const step = stepAt(range, count, turn.at * second);
    if (step >= 0 && step < count) found.set(step, found.get(step) === true || turn.kind === 'early-reset');
  }
  return found;
}
