import type {ForecastOf, WindowForecast} from '../core/foresight/forecasts.ts';
import {withOutlook} from '../core/foresight/outlook-of.ts';
import {outcomeOf, type Severity, severityOf} from '../core/health.ts';
import type {LedgerRow} from '../core/ledger.ts';
import type {Window} from '../core/model.ts';
import {hasReset} from '../core/reading-at.ts';
import type {Settings} from '../core/settings.ts';
import {maskIdentity} from '../core/text/redact.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {windowShortLabel} from '../view/format/labels.ts';
import {timeToRunOut} from '../view/format/outlook.ts';
import {ageAgo, countdown} from '../view/format/time.ts';
import {nothing, percent, usageText} from '../view/format/use.ts';
import {en, type Strings} from '../view/strings/en.ts';
import {type ColorMarkup, type Escape, escaped, harmless, paint} from './markup.ts';
import {barOf, isNumeric, isOld, numberIn, wholePercent} from './statusline-numbers.ts';
import type {FieldName} from './statusline-path.ts';

/** What a field of a status line says, of an account and one of its windows. */

export type StatuslineOptions = {
  format?: string | undefined;
  now: number;
  thresholds: Settings['thresholds'];
  privacy?: boolean;
  color?: ColorMarkup;
  /** Who reads the line, when that is somebody else than the one whom the colours are for: JSON around Pango. */
  reader?: Escape;
  /** Names of providers by id; they are also what a scope may be called. */
  names?: Readonly<Record<string, string>>;
  strings?: Strings | undefined;
  forecastOf?: ForecastOf;
  /** What draws the bar; letters alone where there are no others. */
  ascii?: boolean;
};

/** The account that is spoken of, and its window where there is one. */
export type Target = {row: LedgerRow; window: Window | null};

/** Null where it is not known. */
export function fieldText(field: FieldName, {row, window}: Target, options: StatuslineOptions): string | null {
  const words = options.strings ?? en;
  const {now, color: markup = 'none'} = options;
  const literal = (text: string | null): string | null => (text === null ? null : escaped(sanitize(text), markup));
  const foreign = (text: string | null): string | null =>
    literal(text === null || options.reader !== 'all' ? text : harmless(sanitize(text)));
  const painted = (text: string | null): string | null =>
    text === null || window === null ? text : paint(text, severityIn(window, options), markup);
  switch (field) {
    case 'tightest':
      return window === null ? null : summary({row, window}, options);
    case 'provider':
      return foreign(options.names?.[row.provider] ?? row.provider);
    case 'id':
      return foreign(row.provider);
    case 'account':
      return foreign(options.privacy === true ? maskIdentity(row.label) : row.label);
    case 'plan':
      return foreign(row.reading?.plan ?? null);
    case 'window':
      return window === null ? null : foreign(windowShortLabel(window.id, words));
    case 'limit':
      return foreign(window?.id ?? null);
    case 'used':
    case 'left':
      return painted(literal(numberOf(window, field, options)));
    case 'number':
      return wholePercent(window);
    case 'bar':
      return painted(literal(barOf(window, options.ascii === true)));
    case 'resets':
      return window === null || window.resetsAt === null ? null : literal(resetText(window, now, words));
    case 'age':
      return row.readAt === null ? null : literal(ageAgo(row.readAt, now, words));
    case 'stale':
      return isOld(row, now) ? literal(row.readAt === null ? null : ageAgo(row.readAt, now, words)) : null;
    case 'status':
      return literal(outcomeOf(row));
    case 'runout':
      return literal(runOutText({row, window}, options) || null);
    case 'risk':
      return literal(riskText(forecastIn({row, window}, options)));
    case 'severity':
      // There it is the name of a class.
      return options.reader === 'waybar' ? severityIn(window, options) : painted(severityIn(window, options));
  }
}

/** Undefined for a field that is no number. */
export function fieldNumber(
  field: FieldName,
  target: Target | null,
  options: StatuslineOptions,
): number | null | undefined {
  if (!isNumeric(field)) return undefined;
  if (target === null) return null;
  if (field !== 'risk') return numberIn(target.window, field);
  const probability = forecastIn(target, options)?.probability;
  return probability == null ? null : probability * 100;
}

const forecastIn = ({row, window}: Target, {forecastOf}: StatuslineOptions): WindowForecast | null =>
  window === null ? null : (forecastOf?.(row, window) ?? null);

function runOutText(target: Target, options: StatuslineOptions): string {
  const {now, strings = en} = options;
  const outlook = target.window === null ? null : withOutlook(target.window, forecastIn(target, options), now).outlook;
  const mayRunOut = outlook?.verdict === 'runs-out' || outlook?.verdict === 'may-run-out';
  return mayRunOut ? timeToRunOut(outlook, now, strings) : '';
}

const riskText = (forecast: WindowForecast | null): string | null =>
  forecast?.probability == null ? null : percent(forecast.probability * 100);

const resetText = (window: Window, now: number, words: Strings): string =>
  hasReset(window) ? words.states.hasReset : countdown(window.resetsAt, now, words);

const numberOf = (window: Window | null, show: 'used' | 'left', {strings}: StatuslineOptions): string | null =>
  window === null || window.use.state === 'unknown' ? null : usageText(window.use, show, strings ?? en);

const severityIn = (window: Window | null, {thresholds}: StatuslineOptions): Severity =>
  window === null ? 'none' : severityOf(window, thresholds);

function summary(target: Target & {window: Window}, options: StatuslineOptions): string {
  const {row} = target;
  const named = isForNobody(options) ? harmless : (text: string): string => text;
  const text = (field: FieldName): string => fieldText(field, target, options) ?? nothing;
  return `${named(text('provider'))} ${named(text('window'))} ${text('used')}${isOld(row, options.now) ? ` (${text('age')})` : ''}`;
}

/** Nothing says what the line will be a part of. */
const isForNobody = ({reader = 'none', color = 'none'}: StatuslineOptions): boolean =>
  reader === 'none' && (color === 'none' || color === 'ansi');
