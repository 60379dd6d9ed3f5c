import type {AlertEvent, AlertName, GivenAlert} from '../../core/alerts/event.ts';
import {outlookOf} from '../../core/foresight/outlook-of.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Strings} from '../strings/index.ts';
import {windowLabel} from './labels.ts';
import {chanceText, roughTime} from './outlook.ts';
import {type ClockStyle, dayTime} from './time.ts';
import {percent} from './use.ts';

/** What an alert says: which provider and limit it is about, the figure, and what it is compared with. */

export type AlertWords = {
  now: number;
  strings: Strings;
  clock: ClockStyle;
  nameOf(provider: string): string;
  /** Who it is, where that has to be said; null elsewhere. */
  labelOf(event: AlertEvent): string | null;
};
export type AlertText = {title: string; body: string};

const longestTitle = 80;
const longestBody = 200;

export function alertText(event: AlertEvent, words: AlertWords): AlertText {
  const {strings} = words;
  const parts = [
    words.nameOf(event.provider),
    words.labelOf(event) ?? '',
    event.window === null ? '' : windowLabel(event.window, strings),
  ];
  return {
    title: sanitize(parts.filter(Boolean).join(' · '), longestTitle),
    body: sanitize(bodyOf(event, words), longestBody),
  };
}

/** Several in one message. */
export function together(texts: readonly AlertText[], {alerts}: Strings): AlertText {
  const [first] = texts;
  if (first === undefined || texts.length === 1) return first ?? {title: '', body: ''};
  return {title: alerts.several(texts.length), body: texts.map(inOneLine).join('\n')};
}

export const inOneLine = ({title, body}: AlertText): string => `${title}: ${body}`;

const figure = (value: number | null): string => percent(value ?? 0);

function bodyOf(event: AlertEvent, words: AlertWords): string {
  const {strings, clock, now} = words;
  const {alerts, failures} = strings;
  const [used, before] = [figure(event.usedPercent), figure(event.usedBefore)];
  const when = (at: number): string => dayTime(at, now, strings, clock);
  const withReset = (text: string): string =>
    event.resetsAt === null || event.resetsAt <= now ? text : alerts.resets(text, when(event.resetsAt));
  const failure = event.failure === null ? '' : failures[event.failure];
  switch (event.event) {
    case 'threshold':
      return withReset(alerts.threshold(used, figure(event.threshold)));
    case 'run-out':
      return withReset(runOutText(event, words));
    case 'spent':
      return withReset(alerts.spent(used));
    case 'back':
      return withReset(alerts.back());
    case 'reset':
      return withReset(alerts.reset(before));
    case 'early-reset':
      return withReset(alerts['early-reset'](used, before));
    case 'plan-changed':
      return withReset(alerts['plan-changed'](used, before));
    case 'unused':
      return withReset(alerts.unused(figure(event.forecast?.usedRange?.[1] ?? null)));
    case 'login':
      return alerts.login(failure);
    case 'changed':
      return alerts.changed(failure);
  }
}

/** No finer than it is known. */
function runOutText({forecast, resetsAt}: AlertEvent, words: AlertWords): string {
  const {alerts} = words.strings;
  const outlook = forecast === null ? null : outlookOf(forecast, resetsAt, words.now);
  if (outlook === null || outlook.runOutAt === null) return alerts.given['run-out'];
  return alerts['run-out'](roughTime(outlook.runOutAt, words), chanceText(outlook, words.strings));
}

/** One of the last alerts: '14:05 · Weekly limit · reached 90%'. */
export function givenText(
  {window, rule, at}: GivenAlert,
  words: Pick<AlertWords, 'now' | 'strings' | 'clock'>,
): string {
  const {strings, now, clock} = words;
  const [event = '', threshold] = rule.split(':');
  const what = strings.alerts.given[event as AlertName] ?? event;
  const parts = [
    dayTime(at, now, strings, clock),
    window === '' ? '' : windowLabel(window, strings),
    threshold === undefined ? what : `${what} ${percent(Number(threshold))}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
