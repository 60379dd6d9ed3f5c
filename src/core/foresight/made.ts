import type {Window} from '../model.ts';
import type {Forecast} from './forecast.ts';

/** Forecasts as they are kept beside a reading: whoever wants one soon after need not learn for it. Pure. */

/** `used` and `resetsAt` are the figures that it was made of. */
export type MadeForecast = {
  window: string;
  madeAt: number;
  used: number;
  resetsAt: number;
  learnedFrom: number | null;
  forecast: Forecast;
};

/**
 * A running monitor makes each forecast again within five minutes, and needs a moment to write it: what is older was left
 * by one that runs no more. For so long it also is on the monitor's own screen.
 */
const freshMs = 6 * 60_000;
/** Services name one reset by seconds more or less. */
const sameResetMs = 60_000;

export const madeOf = (
  window: Window,
  {made, madeAt, learnedFrom}: {made: Forecast; madeAt: number; learnedFrom: number | null},
): MadeForecast | null =>
  window.use.state !== 'known' || window.resetsAt === null || made.verdict === 'no-forecast'
    ? null
    : {
        window: window.id,
        madeAt,
        used: window.use.usedPercent,
        resetsAt: window.resetsAt,
        learnedFrom,
        forecast: made,
      };

/** What was made a moment ago of the same figures, as of `now`; null where that has to be made anew. `at`: of the reading. */
export function recentOf(
  all: readonly MadeForecast[],
  {id, use, resetsAt}: Window,
  at: number,
  now: number,
): (Forecast & {learnedFrom: number | null}) | null {
  const made = all.find(({window}) => window === id);
  if (made === undefined || use.state !== 'known' || resetsAt === null) return null;
  const isSame = made.used === use.usedPercent && Math.abs(made.resetsAt - resetsAt) <= sameResetMs;
  if (!isSame || made.madeAt > now || now - made.madeAt > freshMs) return null;
  return {...asOf(made.forecast, at, now, resetsAt), learnedFrom: made.learnedFrom};
}

/** No time to come lies before now or after the reset; what is spent is so since the reading that tells it. */
function asOf(forecast: Forecast, at: number, now: number, resetsAt: number): Forecast {
  if (forecast.verdict === 'spent') return {...forecast, runOutAt: at};
  const {runOutAt, range} = forecast;
  const within = (moment: number): number => Math.min(resetsAt, Math.max(now, moment));
  return {
    ...forecast,
    runOutAt: runOutAt === null ? null : within(runOutAt),
    range: range === null ? null : [within(range[0]), within(range[1])],
  };
}
