import type {Strings} from '../strings/index.ts';
import {nothing} from './use.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

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

/**
 * The same in at most six cells, for columns: '3h12m', '9d03h', '12d', '45s', '–'. The units are those of every language:
 * words for them would take the bars' room.
 */
export function briefCountdown(at: number | null, now: number): string {
  if (at === null) return nothing;
  const rest = at - now;
  if (rest >= 10 * day) return `${Math.floor(rest / day)}d`;
  if (rest >= day) return `${Math.floor(rest / day)}d${two(Math.floor((rest % day) / hour))}h`;
  if (rest >= hour) return `${Math.floor(rest / hour)}h${two(Math.floor((rest % hour) / minute))}m`;
  if (rest >= 2 * minute) return `${Math.floor(rest / minute)}m`;
  if (rest >= minute) return `1m${two(Math.floor((rest % minute) / second))}s`;
  return `${Math.max(0, Math.floor(rest / second))}s`;
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

/** What the screen calls a day within a week: the clock alone for today, 'Sun 22:30' for the next six days, else the date. */
export function dayTime(at: number, now: number, strings: Strings, style: ClockStyle): string {
  const days = daysBetween(now, at);
  if (days === 0) return clock(at, strings, style);
  // The same day of the week, seven days on, would read as today.
  if (days > 6) return date(at, now, strings);
  return strings.time.dayClock(strings.time.weekdays[new Date(at).getDay()] ?? '', clock(at, strings, style));
}

/** By the local calendar. */
export const daysBetween = (from: number, to: number): number => (midnight(to) - midnight(from)) / day;
/** Of the local day, as if every day had 24 hours: days are counted with it. */
function midnight(at: number): number {
  const then = new Date(at);
  return Date.UTC(then.getFullYear(), then.getMonth(), then.getDate());
}
