import type {Amount, Share, Unit, Use, Window} from '../../core/model.ts';
import type {Strings} from '../strings/index.ts';

/** Percentages, quantities and times as text. Pure: the clock and the words are arguments. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Drawn where nothing is known. */
export const nothing = '–';

// ── Percent ──────────────────────────────────────────────────────────────────────────────────────────────────────────

// Binary fractions leave dust (100 − 99.9 = 0.0999…); a millionth of a percent is nobody's quota.
const dusted = (value: number): number => Math.round(value * 1e6) / 1e6;

/**
 * '12%'; one decimal below 1. A little is never '0%', not quite all is never '100%', and a little more than all reads
 * as more than all ('>100%'): the three borders at which rounding would change the meaning.
 */
export function percent(value: number): string {
  const exact = dusted(value);
  if (exact < 0) return exact > -0.1 ? '<0%' : `-${percent(-exact)}`;
  if (exact > 0 && exact < 0.1) return '<0.1%';
  if (exact < 1) return exact === 0 ? '0%' : `${Math.min(0.9, Math.round(exact * 10) / 10)}%`;
  if (exact > 100 && exact < 101) return '>100%';
  if (exact > 9999) return '>9999%';
  return `${exact < 100 ? Math.min(99, Math.round(exact)) : Math.floor(exact)}%`;
}

/** What is left of a use; below zero when more was used than there was. */
export const leftPercent = (usedPercent: number): number => dusted(100 - usedPercent);
export const remaining = (usedPercent: number): string => percent(leftPercent(usedPercent));

/** What a bar's number says: '12%', '∞', … — every state of a use has a text of its own. */
export function usageText(use: Use, show: 'used' | 'left', strings: Strings): string {
  switch (use.state) {
    case 'known':
      return show === 'used' ? percent(use.usedPercent) : remaining(use.usedPercent);
    case 'unlimited':
      return strings.states.unlimited;
    case 'not-started':
      return strings.states.notStarted;
    case 'unknown':
      return strings.states.unknown;
  }
}

// The linter takes a name that begins with 'use' for a React hook: prefer `usageText`.
export {usageText as useText};

// ── Counts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** '12,345.67' with at most `decimals`, zeros at the end dropped. All our languages group by three with a comma. */
export function count(value: number, decimals = 0): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(2);
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const rest = fraction.replace(/0+$/, '');
  const text = rest === '' ? grouped : `${grouped}.${rest}`;
  return value < 0 && text !== '0' ? `-${text}` : text;
}

/** '$4.48'; less than a cent is '<$0.01', never '$0.00'. */
export function usd(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (size > 0 && size < 0.005) return `${sign}<$0.01`;
  const [whole = '0', cents = '00'] = size.toFixed(2).split('.');
  return `${sign}$${count(Number(whole))}.${cents}`;
}

const scales = [
  {from: 1e12, mark: 'T'},
  {from: 1e9, mark: 'B'},
  {from: 1e6, mark: 'M'},
  {from: 1e3, mark: 'K'},
] as const;

/** '200M', '1.5M', '12.3K', '999': at most one decimal, and none from 100 of a unit up. */
export function compact(value: number): string {
  // 999,950 would round to 1000K: it is 1M.
  const scale = scales.find(({from}) => Math.abs(value) >= from * 0.99995);
  if (scale === undefined || Math.abs(value) < 999.5) return count(value);
  const scaled = value / scale.from;
  return `${count(scaled, Math.abs(scaled) < 99.95 ? 1 : 0)}${scale.mark}`;
}

/** A quantity in its unit, without the unit's name except where it is part of the number ('$4.48', '12%'). */
export function quantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'percent':
      return percent(value);
    case 'usd':
      return usd(value);
    case 'tokens':
      return compact(value);
    case 'credits':
      return count(value, 2);
    case 'requests':
    case 'calls':
    case 'count':
      return count(value, Number.isInteger(value) ? 0 : 2);
  }
}

// A count is of what its label names: 'Limit resets left 2'.
const namesItself = (unit: Unit): boolean => unit === 'percent' || unit === 'usd' || unit === 'count';

/** '796.25 credits', '$4.48'. */
const quantityWithUnit = (value: number, unit: Unit, strings: Strings): string =>
  namesItself(unit) ? quantity(value, unit) : strings.withUnit(quantity(value, unit), strings.units[unit]);

/** '796.25 credits', '420.5 of 1,000 credits' where there is a cap. */
export const amountText = ({value, limit, unit}: Amount, strings: Strings): string =>
  limit === undefined ? quantityWithUnit(value, unit, strings) : quantityOfLimit(value, limit, unit, strings);
export const shareText = (share: Share, strings: Strings): string => quantityWithUnit(share.value, share.unit, strings);

/** '12 of 300 requests' where the service told absolute numbers; null where it did not. */
export function absoluteText(window: Window, strings: Strings): string | null {
  const {use, unit} = window;
  if (use.state !== 'known' && use.state !== 'unlimited') return null;
  const limit = use.state === 'known' ? use.limit : undefined;
  if (use.used === undefined || unit === 'percent') return null;
  if (limit === undefined) return quantityWithUnit(use.used, unit, strings);
  return quantityOfLimit(use.used, limit, unit, strings);
}

const quantityOfLimit = (value: number, limit: number, unit: Unit, strings: Strings): string =>
  strings.ofLimit(quantity(value, unit), quantity(limit, unit), namesItself(unit) ? '' : strings.units[unit]).trimEnd();

// ── Time ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * '12d', '2d 4h', '3h 12m', '12m'; seconds only below two minutes. Rounded down; negative is nothing. Coarse on purpose:
 * a text that changes rarely is a frame that is not drawn.
 */
export function duration(ms: number, strings: Strings): string {
  const rest = Math.max(0, ms);
  const {time} = strings;
  if (rest >= 10 * day) return time.days(Math.floor(rest / day));
  if (rest >= day) return time.daysHours(Math.floor(rest / day), Math.floor((rest % day) / hour));
  if (rest >= hour) return time.hoursMinutes(Math.floor(rest / hour), Math.floor((rest % hour) / minute));
  if (rest >= 2 * minute) return time.minutes(Math.floor(rest / minute));
  if (rest >= minute) return time.minutesSeconds(1, Math.floor((rest % minute) / second));
  return time.seconds(Math.floor(rest / second));
}

/** How often: as a duration, but a minute is '1m', not '1m 00s'. */
export const interval = (seconds: number, strings: Strings): string =>
  seconds === 60 ? strings.time.minutes(1) : duration(seconds * 1000, strings);

/** Time until `at`: '3h 12m', 'resetting…' once it has come, '–' when nobody told. */
export function countdown(at: number | null, now: number, strings: Strings): string {
  if (at === null) return nothing;
  return at <= now ? strings.states.resetting : duration(at - now, strings);
}

/** 'resets in 3h 12m'. */
export function resetsIn(at: number | null, now: number, strings: Strings): string {
  if (at === null) return '';
  return at <= now ? strings.states.resetting : strings.time.resetsIn(duration(at - now, strings));
}

/** 'just now' in the first minute, then '1m', '2h 05m', '3d 4h'. A time in the future (a clock set back) is just now. */
export function age(at: number | null, now: number, strings: Strings): string {
  if (at === null) return nothing;
  const passed = now - at;
  if (passed < minute) return strings.time.justNow;
  // 'Seconds below two minutes' is for countdowns; ages have none.
  return passed < 2 * minute ? strings.time.minutes(1) : duration(passed, strings);
}

/** 'just now' or '12m ago'. */
export function ageAgo(at: number | null, now: number, strings: Strings): string {
  if (at === null) return nothing;
  return now - at < minute ? strings.time.justNow : strings.time.ago(age(at, now, strings));
}

/** How time of day is written. */
export type ClockStyle = {hourCycle: 12 | 24};

const two = (number: number): string => String(number).padStart(2, '0');

/** '14:05' or '2:05 PM', local time. */
export function clock(at: number, strings: Strings, style: ClockStyle): string {
  const date = new Date(at);
  const [hours, minutes] = [date.getHours(), two(date.getMinutes())];
  if (style.hourCycle === 24) return strings.time.clock(two(hours), minutes, null);
  return strings.time.clock(String(hours % 12 === 0 ? 12 : hours % 12), minutes, hours < 12 ? 'am' : 'pm');
}

/** 'Nov 22', with the year where it is not this one; local time. */
export function date(at: number, now: number, strings: Strings): string {
  const then = new Date(at);
  const year = then.getFullYear() === new Date(now).getFullYear() ? null : then.getFullYear();
  return strings.time.date(year, then.getMonth() + 1, then.getDate());
}

/** The clock alone for today, date and clock otherwise. */
export function dateTime(at: number, now: number, strings: Strings, style: ClockStyle): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  const time = clock(at, strings, style);
  return sameDay ? time : strings.time.dateTime(date(at, now, strings), time);
}
