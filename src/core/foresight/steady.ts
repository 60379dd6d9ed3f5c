import {type Forecast, type Verdict, verdictOf} from './forecast.ts';

/** A verdict that does not waver from poll to poll: it is left for a milder one only where the chance is clearly lower. */

const clearly = 0.05;

/** The verdict to tell of a window of which `before` was told. */
export function steadyVerdict(before: Verdict | null, {verdict, probability}: Forecast): Verdict {
  const rank = rankOf(verdict);
  if (before === null || probability === null || rank === null) return verdict;
  const held = mildest[Math.min(rankOf(before) ?? 0, rankOf(verdictOf(probability + clearly)) ?? 0)];
  return held === undefined || (rankOf(held) ?? 0) < rank ? verdict : held;
}

const mildest = ['lasts', 'may-run-out', 'runs-out'] as const satisfies readonly Verdict[];

/** null for what is no judgement. */
function rankOf(verdict: Verdict): number | null {
  const rank = (mildest as readonly Verdict[]).indexOf(verdict);
  return rank < 0 ? null : rank;
}
