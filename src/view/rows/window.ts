import type {Outlook} from '../../core/foresight/outlook.ts';
import type {Window} from '../../core/model.ts';
import {hasReset} from '../../core/reading-at.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth, cut, padEnd, padStart} from '../format/cells.ts';
import {outlookWays} from '../format/outlook.ts';
import {ageAgo, briefCountdown, resetsIn} from '../format/time.ts';
import type {Tone} from '../theme/theme.ts';
import {bar} from './bar.ts';
import {cellsOf, labelIn, markCells, type RowColumns} from './columns.ts';
import {type Line, type Span, span} from './line.ts';
import {barOf, markSpan, paceSpan, trendSpan, valueCells, valueSpan} from './value.ts';

export {labelIn, markCells, percentCells, type RowColumns, rowColumns} from './columns.ts';
export {barOf, markSpan, paceSpan, trendSpan, valueCells, valueSpan} from './value.ts';

/** label · bar · value · mark · pace · reset · trend · outlook, in one row; `account` is the key of whose window it is. */
export function windowRow(
  window: Window,
  columns: RowColumns,
  context: ViewContext,
  stale: boolean,
  account?: string,
): Line {
  const row: Span[] = [labelSpan(window, columns, context, stale)];
  if (hasReset(window)) return [...row, hasResetSpan(window, columns, context)];
  // A bar never touches its figure: what is wider than usual takes its cells from the bar.
  const value = Math.min(valueCells(window, context), columns.value + Math.max(0, columns.bar - 1));
  const cells = columns.bar - Math.max(0, value - columns.value);
  if (columns.bar > 0) row.push(...bar(barOf(window, context), cells, {glyphs: context.glyphs, stale}), span(' '));
  row.push(
    valueSpan(window, context, stale, Math.max(value, columns.value)),
    markSpan(window, context, stale, markCells),
    paceSpan(window, context, stale, columns.pace),
  );
  if (columns.reset > 0)
    row.push(span(` ${padStart(resetText(window, columns.reset, context), columns.reset)}`, 'dim'));
  if (account !== undefined) row.push(trendSpan(account, window, columns.trend, context));
  if (columns.outlook > 0) row.push(outlookSpan(window, columns.outlook, context));
  return row;
}

function labelSpan(window: Window, columns: RowColumns, context: ViewContext, stale: boolean): Span {
  const label = padEnd(labelIn(columns, window.id, context.strings), columns.label);
  return span(`${label} `, stale || hasReset(window) ? 'dim' : 'text');
}

/** The countdown, or why there is none. */
function resetText(window: Window, cells: number, {strings, now}: ViewContext): string {
  const {notStarted} = strings.states;
  if (window.use.state === 'not-started' && window.resetsAt === null && cellWidth(notStarted) <= cells)
    return notStarted;
  return briefCountdown(window.resetsAt, now);
}

/** 'out ~Thu 16:00'; dim while little is known of this person. */
function outlookSpan(window: Window, cells: number, context: ViewContext): Span {
  const text = outlookWays(window, context).find(way => cellWidth(way) <= cells) ?? '';
  return span(` ${padEnd(text, cells)}`, outlookTone(window.outlook));
}

export function outlookTone(outlook: Outlook | undefined): Tone {
  if (outlook?.verdict === 'spent') return 'critical';
  if (outlook === undefined || outlook.learningSince !== null) return 'dim';
  return outlook.verdict === 'runs-out' ? 'warn' : 'text';
}

/** A limit that has reset has neither bar nor figure: words take their place, as many as there is room for. */
function hasResetSpan(window: Window, columns: RowColumns, context: ViewContext): Span {
  const room = cellsOf(columns) - columns.label - 1;
  const {states} = context.strings;
  const ago = ageAgo(window.resetsAt, context.now, context.strings);
  const ways = [states.hasResetSince(ago), states.hasResetAgo(ago), states.hasReset].map(words => `? ${words}`);
  return span(cut(ways.find(words => cellWidth(words) <= room) ?? `? ${states.hasReset}`, room), 'dim');
}

/** 'resets in 3h 12m'; of a limit that has reset, how long ago and that its new figure is missing. */
export function resetWords(window: Window, {strings, now}: Pick<ViewContext, 'strings' | 'now'>): string {
  return hasReset(window)
    ? strings.states.hasResetSince(ageAgo(window.resetsAt, now, strings))
    : resetsIn(window.resetsAt, now, strings);
}
