import type {ForecastOf, WindowForecast} from '../core/foresight/forecasts.ts';
import {foreseen, withOutlook} from '../core/foresight/outlook-of.ts';
import {outcomeOf, type Severity, severityOf, tightestWindow, usedOf} from '../core/health.ts';
import type {LedgerRow} from '../core/ledger.ts';
import type {Window} from '../core/model.ts';
import {accountAt, hasReset} from '../core/reading-at.ts';
import type {Settings} from '../core/settings.ts';
import {maskIdentity} from '../core/text/redact.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {windowShortLabel} from '../view/format/labels.ts';
import {timeToRunOut} from '../view/format/outlook.ts';
import {ageAgo, countdown} from '../view/format/time.ts';
import {nothing, percent, usageText} from '../view/format/use.ts';
import {en, type Strings} from '../view/strings/en.ts';
import {type ColorMarkup, type Escape, escaped, harmless, paint} from './markup.ts';
import {type FieldName, parsePath, splitOnce, TemplateError} from './statusline-path.ts';

export type {ColorMarkup, Escape} from './markup.ts';
export {fieldNames, TemplateError} from './statusline-path.ts';

/**
 * `statusline`: one line for tmux, waybar or a prompt, made from the shared ledger alone. No React, no
 * network and no provider is imported here, because status bars start it every few seconds.
 *
 * Template language (docs/statusline.md):
 *   {tightest}             'OpenAI 5h 62%': the window that runs out first, else the one with the highest use; with its age when it is old
 *   {all}                  the tightest window of every provider, ' · ' between them
 *   {provider} {account} {plan} {window} {used} {left} {resets} {age} {status} {severity} {runout} {risk}    of the tightest window
 *   {openai.used}          of the tightest window of a provider, or of an account by its key
 *   {openai.weekly.left}   of one window
 *   {openai.5h.used|off}   what to say instead of '–' when it is not known
 *   {{ }}                  braces
 *
 * Texts from outside are escaped for who reads the line. Where nobody said who that is, {tightest} and {all} show them
 * without the letters that mean something to a shell or a bar.
 */
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
};
const longestTemplate = 4000;
const defaultFormat = '{tightest}';
/** One line; what is not known is '–'. Throws `TemplateError` for a field that does not exist. */
export function renderStatusline(ledgerRows: readonly LedgerRow[], options: StatuslineOptions): string {
  const rows = ledgerRows.map(row => accountAt(row, options.now));
  // Between marks, because spaces at the ends of a template are meant.
  const format = sanitize(`|${options.format ?? defaultFormat}|`, longestTemplate).slice(1, -1);
  return format.replace(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g, (whole, inside: string | undefined) => {
    if (inside !== undefined) return placeholder(inside.trim(), rows, options);
    if (whole.length === 1) throw new TemplateError(`unmatched ${whole}: close the field, or write ${whole}${whole}`);
    return whole.charAt(0);
  });
}

function placeholder(inside: string, rows: readonly LedgerRow[], options: StatuslineOptions): string {
  const [path = '', otherwise] = splitOnce(inside, '|');
  const said = path === 'all' ? allText(rows, options) : fieldAt(path, rows, options);
  return said === null ? (otherwise ?? nothing) : escaped(said, readerOf(options));
}

/** Who reads the line; for whom the colours are is served by them already. */
const readerOf = ({reader = 'none', color}: StatuslineOptions): Escape => (reader === color ? 'none' : reader);

function fieldAt(path: string, rows: readonly LedgerRow[], options: StatuslineOptions): string | null {
  const {scope, window, field} = parsePath(path, rows, options.names);
  const target = targetOf(scope === null ? rows : rows.filter(row => isIn(row, scope)), window, options);
  return target && fieldText(field, target, options);
}

const isIn = (row: LedgerRow, scope: string): boolean => row.provider === scope || row.key === scope;

/** The account that is spoken of, and its window where there is one. */
type Target = {row: LedgerRow; window: Window | null};

function targetOf(
  rows: readonly LedgerRow[],
  id: string | null,
  {now, forecastOf = () => null}: StatuslineOptions,
): Target | null {
  const [first] = rows;
  if (first === undefined) return null;
  if (id === null) {
    // Where there is no choice nothing need be foreseen.
    const candidates = rows.flatMap(({reading}) => reading?.windows ?? []).filter(window => usedOf(window) !== null);
    const tightest = tightestWindow(candidates.length < 2 ? rows : rows.map(row => foreseen(row, forecastOf, now)));
    return tightest === null ? {row: first, window: null} : {row: tightest.account, window: tightest.window};
  }
  const matches = rows.flatMap(row =>
    (row.reading?.windows ?? []).flatMap(w => (w.id === id ? [{row, window: w}] : [])),
  );
  return matches.sort((a, b) => (usedOf(b.window) ?? -1) - (usedOf(a.window) ?? -1))[0] ?? null;
}

function fieldText(field: FieldName, {row, window}: Target, options: StatuslineOptions): string | null {
  const words = options.strings ?? en;
  const {now, color: markup = 'none'} = options;
  const literal = (text: string | null): string | null => (text === null ? null : escaped(sanitize(text), markup));
  const painted = (text: string | null): string | null =>
    text === null || window === null ? text : paint(text, severityIn(window, options), markup);
  switch (field) {
    case 'tightest':
      return window === null ? null : summary({row, window}, options);
    case 'provider':
      return literal(options.names?.[row.provider] ?? row.provider);
    case 'account':
      return literal(options.privacy === true ? maskIdentity(row.label) : row.label);
    case 'plan':
      return literal(row.reading?.plan ?? null);
    case 'window':
      return window === null ? null : literal(windowShortLabel(window.id, words));
    case 'used':
    case 'left':
      return painted(literal(numberOf(window, field, options)));
    case 'resets':
      return window === null || window.resetsAt === null ? null : literal(resetText(window, now, words));
    case 'age':
      return row.readAt === null ? null : literal(ageAgo(row.readAt, now, words));
    case 'status':
      return literal(outcomeOf(row));
    case 'runout':
      return literal(runOutText({row, window}, options) || null);
    case 'risk':
      return literal(riskText(forecastIn({row, window}, options)));
    case 'severity':
      return painted(severityIn(window, options));
  }
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

// Every number carries its age: said from here on, or at once when the last asking failed.
const saysAgeAfterMs = 30 * 60_000;

function summary(target: Target & {window: Window}, options: StatuslineOptions): string {
  const {row} = target;
  const named = isForNobody(options) ? harmless : (text: string): string => text;
  const text = (field: FieldName): string => fieldText(field, target, options) ?? nothing;
  const isOld = row.failure !== null || options.now - (row.readAt ?? 0) > saysAgeAfterMs;
  return `${named(text('provider'))} ${named(text('window'))} ${text('used')}${isOld ? ` (${text('age')})` : ''}`;
}

/** Nothing says what the line will be a part of. */
const isForNobody = ({reader = 'none', color = 'none'}: StatuslineOptions): boolean =>
  reader === 'none' && (color === 'none' || color === 'ansi');

function allText(rows: readonly LedgerRow[], options: StatuslineOptions): string | null {
  const providers = [...new Set(rows.map(({provider}) => provider))];
  const parts = providers.flatMap(provider => {
    const target = targetOf(
      rows.filter(row => row.provider === provider),
      null,
      options,
    );
    return (target && fieldText('tightest', target, options)) ?? [];
  });
  return parts.length === 0 ? null : parts.join(' · ');
}
