import {quantile, reaches, tenth} from './gamma.ts';
import {rateAt} from './rhythm.ts';
import {type Sample, startOf} from './samples.ts';
import {excessAt, fast, isShort, learn, type Series, slow} from './series.ts';

/** When a limit runs out, with a range, or silence. Pure; times are epoch ms. docs/foresight.md explains the method. */

export type Verdict = 'no-forecast' | 'too-early' | 'lasts' | 'may-run-out' | 'runs-out' | 'spent';
export type Forecast = {
  verdict: Verdict;
  /** That the limit is used up before it resets, 0–1; null without a forecast, and so is what follows. */
  probability: number | null;
  /** If it is used up: when most likely, and between when and when 8 times in 10. Never told below a chance of a tenth. */
  runOutAt: number | null;
  range: readonly [number, number] | null;
  /** Percent used by the reset: the middle, and between what and what 8 times in 10. */
  usedAtReset: number | null;
  usedRange: readonly [number, number] | null;
};

const silent = (verdict: 'no-forecast' | 'too-early'): Forecast => ({
  verdict,
  probability: null,
  runOutAt: null,
  range: null,
  usedAtReset: null,
  usedRange: null,
});

const full = 100;
/** Of a window: before that its own use says nothing. */
const leastElapsed = 0.03;
/** A range so wide, while nothing is certain, tells nobody anything. */
const widestRange = 80;
const isOpen = (probability: number): boolean => probability > 0.1 && probability < 0.9;
const surest = 0.995;
const leastForTime = 0.1;
const verdicts = {runsOut: 0.6, mayRunOut: 0.25};

/** The forecast at `now` for a window whose last reading is `series.last`. */
export function forecastAt(series: Series, now: number): Forecast {
  const sample = series.last;
  if (sample === null || sample.state !== 'known' || sample.usedPercent === null) return silent('no-forecast');
  const {resetsAt, usedPercent: used} = sample;
  if (resetsAt === null || resetsAt <= now) return silent('no-forecast');
  if (used >= full) return spentAt(sample.at);
  const start = startOf(sample) ?? resetsAt;
  if ((now - start) / (resetsAt - start) < leastElapsed) return silent('too-early');
  return told(pathTo(series, sample, now, resetsAt), used, now);
}

const spentAt = (at: number): Forecast => ({
  verdict: 'spent',
  probability: 1,
  runOutAt: at,
  range: null,
  usedAtReset: full,
  usedRange: [full, full],
});

/** Expected further use up to each of these moments; the last one is the reset. */
type Path = {at: Float64Array; expected: Float64Array; variance(expected: number): number};

const stepMs = {short: 5 * 60_000, long: 3_600_000};
/** A window of years, should a service have one, takes longer steps. */
const mostSteps = 2000;
/** Share of the expected use by which whole weeks differ, beyond what single days explain. */
const weekly = {short: 0.7, long: 0.55};

export function pathTo(series: Series, sample: Sample, now: number, resetsAt: number): Path {
  const short = isShort(sample);
  const {rhythm, spread} = learn(series, sample, now);
  const excesses = [fast, slow]
    .map(kind => ({excess: excessAt(series, rhythm, kind, now), fadesMs: kind.fadesMs}))
    .filter(({excess}) => excess !== 0);
  const step = Math.max(short ? stepMs.short : stepMs.long, (resetsAt - now) / mostSteps);
  const count = Math.max(1, Math.ceil((resetsAt - now) / step));
  const at = new Float64Array(count);
  const expected = new Float64Array(count);
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    const from = now + index * step;
    const to = Math.min(resetsAt, from + step);
    const middle = (from + to) / 2;
    let more = 0;
    for (const {excess, fadesMs} of excesses) more += excess * Math.exp((now - middle) / fadesMs);
    sum += (Math.max(0, rateAt(rhythm, middle) + more) * (to - from)) / 3_600_000;
    at[index] = to;
    expected[index] = sum;
  }
  const share = short ? weekly.short : weekly.long;
  return {at, expected, variance: mean => spread * mean + (share * mean) ** 2};
}

function told({at, expected, variance}: Path, used: number, now: number): Forecast {
  const rest = full - used;
  const mean = expected.at(-1) ?? 0;
  const chanceBy = (index: number): number => reaches(rest, expected[index] ?? 0, variance(expected[index] ?? 0));
  const chance = chanceBy(at.length - 1);
  const probability = Math.min(surest, Math.max(1 - surest, chance));
  const usedBy = (z: number): number => Math.min(full, used + quantile(mean, variance(mean), z));
  const usedRange = [usedBy(-tenth), usedBy(tenth)] as const;
  if (usedRange[1] - usedRange[0] >= widestRange && isOpen(probability)) return silent('too-early');
  const hasTime = probability >= leastForTime;
  const by = (share: number): number => momentOf(share * chance, at, chanceBy, now);
  return {
    verdict: verdictOf(probability),
    probability,
    runOutAt: hasTime ? by(0.5) : null,
    range: hasTime ? [by(0.1), by(0.9)] : null,
    usedAtReset: usedBy(0),
    usedRange,
  };
}

export const verdictOf = (probability: number): 'lasts' | 'may-run-out' | 'runs-out' => {
  if (probability >= verdicts.runsOut) return 'runs-out';
  return probability >= verdicts.mayRunOut ? 'may-run-out' : 'lasts';
};

/** The first moment by which the chance has grown to `wanted`; it never falls, so halving finds it. */
function momentOf(wanted: number, at: Float64Array, chanceBy: (index: number) => number, now: number): number {
  let [low, high] = [0, at.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chanceBy(middle) >= wanted) high = middle;
    else low = middle + 1;
  }
  const before = low === 0 ? 0 : chanceBy(low - 1);
  const rise = chanceBy(low) - before;
  const from = low === 0 ? now : (at[low - 1] ?? now);
  const share = rise > 0 ? Math.min(1, (wanted - before) / rise) : 1;
  return Math.round(from + share * ((at[low] ?? from) - from));
}
