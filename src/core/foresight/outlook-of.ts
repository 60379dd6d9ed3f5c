import type {AccountState, Window} from '../model.ts';
import type {ForecastOf, WindowForecast} from './forecasts.ts';
import type {Outlook, RoughTime} from './outlook.ts';

/** Forecasts, rounded to what is known. Pure. */

/** The account with what may be told of the time to come of each of its windows; where that is nothing, as it was. */
export function foreseen<Account extends Pick<AccountState, 'key' | 'reading' | 'readAt' | 'failure'>>(
  account: Account,
  forecastOf: ForecastOf,
  now: number,
): Account {
  const {reading} = account;
  const windows = reading?.windows.map(window => withOutlook(window, forecastOf(account, window), now));
  const isSame = windows?.every((window, at) => window === reading?.windows[at]) ?? true;
  return reading === null || windows === undefined || isSame ? account : {...account, reading: {...reading, windows}};
}

/** As `foreseen`, of one window. */
export function withOutlook(window: Window, forecast: WindowForecast | null, now: number): Window {
  const outlook = forecast === null ? null : outlookOf(forecast, window.resetsAt, now);
  return outlook === null ? window : {...window, outlook};
}

const day = 24 * 3_600_000;
const learningMs = 3 * day;

/** null where nothing is told. */
export function outlookOf(forecast: WindowForecast, resetsAt: number | null, now: number): Outlook | null {
  const {verdict, probability, usedRange, learnedFrom} = forecast;
  if (verdict === 'no-forecast') return null;
  const isLearning = learnedFrom === null || now - learnedFrom < learningMs;
  return {
    verdict: verdict === 'lasts' && forecast.runOutAt !== null ? 'likely-lasts' : verdict,
    oneIn: probability === null || probability <= 0 ? null : Math.round(1 / probability),
    chance: probability === null ? null : chanceOf(probability),
    ...timesOf(forecast, resetsAt, now),
    usedRange: usedRange === null ? null : [Math.round(usedRange[0]), Math.round(usedRange[1])],
    learningSince: isLearning ? (learnedFrom ?? now) : null,
    record: forecast.record ?? null,
  };
}

function chanceOf(probability: number): number {
  if (probability < 0.05) return 0;
  return probability > 0.95 ? 100 : Math.round(probability * 20) * 5;
}

function timesOf(
  {verdict, runOutAt, range}: WindowForecast,
  resetsAt: number | null,
  now: number,
): Pick<Outlook, 'runOutAt' | 'range'> {
  if (runOutAt === null) return {runOutAt: null, range: null};
  if (verdict === 'spent') return {runOutAt: rough(runOutAt, finest, 0, runOutAt), range: null};
  const step = stepFor(Math.abs(runOutAt - now), range === null ? 0 : range[1] - range[0]);
  const at = (moment: number): RoughTime => rough(moment, step, now, resetsAt ?? Number.POSITIVE_INFINITY);
  return {runOutAt: at(runOutAt), range: range === null ? null : [at(range[0]), at(range[1])]};
}

const minute = 60_000;
const hour = 60 * minute;
const halfDay = 12 * hour;
const finest = 5 * minute;
const steps = [finest, 15 * minute, hour, 3 * hour, halfDay] as const;

/** How finely a time may be told: the further away and the less certain, the coarser. */
export function stepFor(distance: number, range: number): number {
  const byDistance =
    distance <= 2 * hour ? finest : distance <= halfDay ? 15 * minute : distance <= 3 * day ? hour : halfDay;
  const byRange = steps.find(step => step >= range / 10) ?? halfDay;
  return Math.max(byDistance, byRange);
}

/** To the nearest step of the local clock, but neither before `from` nor after `to`; of half days the one that it lies in. */
function rough(moment: number, step: number, from: number, to: number): RoughTime {
  if (step === halfDay) return {at: onClock(moment, step, Math.floor), halfDay: true};
  const nearest = onClock(moment, step, Math.round);
  const round = nearest > to ? Math.floor : nearest < from ? Math.ceil : Math.round;
  return {at: onClock(moment, step, round), halfDay: false};
}

function onClock(moment: number, step: number, round: (steps: number) => number): number {
  const then = new Date(moment);
  const offset = then.getTimezoneOffset() * minute;
  if (step <= hour) return round((moment - offset) / step) * step + offset;
  // The clock may change within so long a step: only the date says when that begins.
  const hours = round((then.getHours() * hour + then.getMinutes() * minute) / step) * (step / hour);
  return new Date(then.getFullYear(), then.getMonth(), then.getDate(), hours).getTime();
}
