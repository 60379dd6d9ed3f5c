import {foreseen} from '../core/foresight/outlook-of.ts';
import {tightestWindow, usedOf} from '../core/health.ts';
import type {LedgerRow} from '../core/ledger.ts';
import {accountAt} from '../core/reading-at.ts';
import {nothing} from '../view/format/use.ts';
import {type Escape, escaped} from './markup.ts';
import {fieldNumber, fieldText, type StatuslineOptions, type Target} from './statusline-field.ts';
import {parsePath} from './statusline-path.ts';
import {type Condition, compare, fill, parseTemplate, pathsIn} from './statusline-template.ts';

export type {ColorMarkup, Escape} from './markup.ts';
export type {StatuslineOptions} from './statusline-field.ts';
export {fieldNames, TemplateError} from './statusline-path.ts';

/**
 * `statusline`: one line for tmux, waybar or a prompt, made from the shared ledger alone. No React, no
 * network and no provider is imported here, because status bars start it every few seconds.
 *
 * Template language (docs/statusline.md):
 *   {tightest}             'OpenAI 5h 62%': the window that runs out first, else the one with the highest use; with its age when it is old
 *   {all}                  the tightest window of every provider, ' · ' between them
 *   {provider} {id} {account} {plan} {window} {limit} {used} {left} {number} {bar} {resets} {age} {stale} {status} {severity} {runout} {risk}    of the tightest window
 *   {openai.used}          of the tightest window of a provider, or of an account by its key
 *   {openai.weekly.left}   of one window
 *   {openai.5h.used|off}   what to say instead of '–' when it is not known
 *   {if openai.used >= 80}…{else}…{end}    either, by what holds
 *   {{ }}                  braces
 *
 * Texts from outside are escaped for who reads the line. Where nobody said who that is, {tightest} and {all} show them
 * without the letters that mean something to a shell or a bar; for `all` every field does.
 */

const defaultFormat = '{tightest}';

/** One line; what is not known is '–'. Throws `TemplateError` for a field that does not exist. */
export function renderStatusline(ledgerRows: readonly LedgerRow[], options: StatuslineOptions): string {
  const rows = ledgerRows.map(row => accountAt(row, options.now));
  const nodes = parseTemplate(options.format ?? defaultFormat);
  for (const path of pathsIn(nodes)) if (path !== 'all') parsePath(path, rows, options.names);
  return fill(nodes, {
    nothing,
    field: path => {
      const said = saidBy(path, rows, options);
      return said === null ? null : escaped(said, readerOf(options));
    },
    holds: condition => holds(condition, rows, options) !== condition.not,
  });
}

const saidBy = (path: string, rows: readonly LedgerRow[], options: StatuslineOptions): string | null =>
  path === 'all' ? allText(rows, options) : fieldAt(path, rows, options);

function holds(condition: Condition, rows: readonly LedgerRow[], options: StatuslineOptions): boolean {
  const {path} = condition;
  const said = saidBy(path, rows, {...options, color: 'none', reader: 'none'});
  if (path === 'all') return compare(condition, said, undefined);
  const {scope, window, field} = parsePath(path, rows, options.names);
  return compare(condition, said, fieldNumber(field, targetIn(scope, window, rows, options), options));
}

/** Who reads the line; for whom the colours are is served by them already. waybar reads JSON around Pango. */
function readerOf({reader = 'none', color}: StatuslineOptions): Escape {
  if (reader === 'waybar' && color === 'pango') return 'json';
  return reader === color ? 'none' : reader;
}

function fieldAt(path: string, rows: readonly LedgerRow[], options: StatuslineOptions): string | null {
  const {scope, window, field} = parsePath(path, rows, options.names);
  const target = targetIn(scope, window, rows, options);
  return target && fieldText(field, target, options);
}

const targetIn = (
  scope: string | null,
  window: string | null,
  rows: readonly LedgerRow[],
  options: StatuslineOptions,
): Target | null => targetOf(scope === null ? rows : rows.filter(row => isIn(row, scope)), window, options);

const isIn = (row: LedgerRow, scope: string): boolean => row.provider === scope || row.key === scope;

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
