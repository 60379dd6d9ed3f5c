import type {Outlook, RoughTime} from '../../core/foresight/outlook.ts';
import {stepFor} from '../../core/foresight/outlook-of.ts';
import type {Window} from '../../core/model.ts';
import type {Strings} from '../strings/index.ts';
import {briefCountdown, type ClockStyle, clock, date, dateTime, daysBetween, dayTime, duration} from './time.ts';
import {percent} from './use.ts';

/** What is told of a window's time to come, in words. */

type Words = {strings: Strings; now: number; clock: ClockStyle; show: 'used' | 'left'};

/** For a row: from the longest way to say it to the shortest; none where there is nothing to say. */
export function outlookWays({outlook, resetsAt}: Window, words: Words): string[] {
  const say = words.strings.outlook;
  switch (outlook?.verdict) {
    case undefined:
    case 'too-early':
      return [];
    case 'lasts':
      return [say.lasts];
    case 'likely-lasts':
      return [say.likelyLasts];
    case 'may-run-out':
      return [...mayRunOutWays(outlook, words), say.mayRunOut];
    case 'runs-out':
      return [...(outlook.runOutAt === null ? [] : outWays(outlook.runOutAt, words)), say.out];
    case 'spent':
      return [...(resetsAt === null ? [] : [say.spentFor(briefCountdown(resetsAt, words.now))]), say.spent];
  }
}

const outWays = (at: RoughTime, words: Words): string[] => [
  words.strings.outlook.outAt(roughTime(at, words)),
  words.strings.outlook.outAt(roughDay(at, words)),
];

function mayRunOutWays({range, runOutAt}: Outlook, words: Words): string[] {
  if (range === null || runOutAt === null) return [];
  const say = words.strings.outlook;
  // Both in one form: the day, or the time where both are today.
  const isToday = range.every(({at}) => daysBetween(words.now, at) === 0);
  const [from, to] = range.map(({at}) => (isToday ? clock(at, words.strings, words.clock) : namedDay(at, words)));
  const about = say.mayRunOutIn(`~${roughDay(runOutAt, words)}`);
  return from === to ? [about] : [say.mayRunOutIn(`${from}–${to}`), about];
}

/** 'Thu'; today the time where it is known, and beyond a week the date. */
const roughDay = ({at, halfDay}: RoughTime, words: Words): string =>
  daysBetween(words.now, at) === 0 && !halfDay ? clock(at, words.strings, words.clock) : namedDay(at, words);

const namedDay = (at: number, {strings, now}: Words): string =>
  daysBetween(now, at) > 6 ? date(at, now, strings) : weekday(at, strings);

const weekday = (at: number, {time}: Strings): string => time.weekdays[new Date(at).getDay()] ?? '';

/** 'Thu 16:00', or 'Thu afternoon'; beyond a week the date. */
export function roughTime({at, halfDay}: RoughTime, words: Omit<Words, 'show'>): string {
  const {strings, now} = words;
  if (!halfDay) return dayTime(at, now, strings, words.clock);
  if (Math.abs(daysBetween(now, at)) > 6) return date(at, now, strings);
  return strings.outlook.half[new Date(at).getHours() < 12 ? 'am' : 'pm'](weekday(at, strings));
}

/** A sentence for the detail view; '' where there is nothing to say. */
export function outlookSentence(window: Window, words: Words): string {
  const {outlook} = window;
  if (outlook === undefined) return '';
  const say = words.strings.outlook;
  const learning = outlook.learningSince === null ? '' : say.learning(sinceText(outlook.learningSince, words));
  const record = outlook.record === null ? '' : say.record(outlook.record.held, outlook.record.of);
  return [judgement(outlook, window, words), learning, record].filter(Boolean).join(' · ');
}

function judgement(outlook: Outlook, window: Window, words: Words): string {
  const say = words.strings.outlook;
  switch (outlook.verdict) {
    case 'too-early':
      return say.tooEarly;
    case 'lasts':
      return say.lastsUntil(rangeOfUse(outlook, words));
    case 'likely-lasts':
      return say.likely(outlook.oneIn ?? 0, rangeOfUse(outlook, words));
    case 'may-run-out':
      return say.may(chanceText(outlook, words.strings), ...betweenText(outlook, words));
    case 'runs-out':
      return runsOutText(outlook, window, words);
    case 'spent':
      return spentText(outlook, window, words);
  }
}

function runsOutText(outlook: Outlook, {resetsAt}: Window, words: Words): string {
  const say = words.strings.outlook;
  if (outlook.runOutAt === null) return say.out;
  const before =
    resetsAt === null ? '' : timeBetween(outlook, [middleOf(outlook.runOutAt), resetsAt], 0, words.strings);
  return [
    say.runsOut(roughTime(outlook.runOutAt, words), ...betweenText(outlook, words)),
    before && say.beforeReset(before),
  ]
    .filter(Boolean)
    .join(say.comma);
}

const hour = 3_600_000;
const middleOf = ({at, halfDay}: RoughTime): number => at + (halfDay ? 6 * hour : 0);

/** How long until it runs out, no finer than that is known; '' where it may not. */
export const timeToRunOut = (outlook: Outlook | undefined, now: number, strings: Strings): string =>
  outlook?.runOutAt == null ? '' : timeBetween(outlook, [now, middleOf(outlook.runOutAt)], 1, strings);

/** A time that begins or ends when it runs out: '3d', '14h', '2h 15m'. '' for less than `least` of the steps that are known. */
function timeBetween({range}: Outlook, [from, to]: [number, number], least: 0 | 1, strings: Strings): string {
  const step = stepFor(to - from, range === null ? 0 : middleOf(range[1]) - middleOf(range[0]));
  const ms = Math.max(least, Math.round((to - from) / step)) * step;
  if (ms <= 0) return '';
  if (ms >= 48 * hour) return strings.time.days(Math.round(ms / (24 * hour)));
  return step >= hour ? strings.time.hours(ms / hour) : duration(ms, strings);
}

function spentText({runOutAt}: Outlook, {resetsAt}: Window, {strings, now, clock: style}: Words): string {
  const say = strings.outlook;
  const since = runOutAt === null ? say.spent : say.spentSince(dateTime(runOutAt.at, now, strings, style));
  return resetsAt === null ? since : [since, say.backAt(dayTime(resetsAt, now, strings, style))].join(say.comma);
}

/** From and to; empty where both are the same. */
function betweenText({range}: Outlook, words: Words): [from: string, to: string] {
  if (range === null) return ['', ''];
  const [from, to] = [roughTime(range[0], words), roughTime(range[1], words)];
  return from === to ? ['', ''] : [from, to];
}

/** '70%', by fives. */
export function chanceText({chance}: Outlook, strings: Strings): string {
  const say = strings.outlook;
  if (chance === 0) return say.under(percent(5));
  return chance === 100 ? say.over(percent(95)) : percent(chance ?? 0);
}

/** '40–62% used'; `u` turns it to what is left. */
function rangeOfUse({usedRange}: Outlook, {strings, show}: Words): string {
  const [low, high] = usedRange ?? [0, 100];
  const [from, to] = show === 'used' ? [low, high] : [100 - high, 100 - low];
  const range = from === to ? `${to}%` : `${from}–${to}%`;
  return show === 'used' ? strings.outlook.used(range) : strings.outlook.left(range);
}

/** 'Mon'; today the time. */
const sinceText = (at: number, {strings, now, clock: style}: Words): string =>
  daysBetween(now, at) === 0 ? clock(at, strings, style) : weekday(at, strings);
