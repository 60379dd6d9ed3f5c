import {paceOf, type Severity, severityOf} from '../../core/health.ts';
import type {Window} from '../../core/model.ts';
import {hasReset} from '../../core/reading-at.ts';
import {severityMark, severityTone, type ViewContext} from '../context.ts';
import {cellWidth, cut, padEnd, padStart} from '../format/cells.ts';
import {windowLabel, windowLabelWithin, windowShortLabel} from '../format/labels.ts';
import {ageAgo, countdown, duration, resetsIn} from '../format/time.ts';
import {nothing, useText as textOfUse} from '../format/use.ts';
import type {Strings} from '../strings/index.ts';
import {staleTone, type Tone} from '../theme/theme.ts';
import {type Bar, bar} from './bar.ts';
import {type Line, type Span, span, spread} from './line.ts';

/** The columns of window rows. They are the same in every panel of a width, so that bars stand under bars. */
export type RowColumns = {label: number; bar: number; gap: number; reset: number; full: boolean};

export const percentCells = 5;
export const markCells = 2;
const leastBar = 4;
/** Below this the percentage moves up to the bar: '100%' leaves a free cell of its own. */
const leastForGap = 44;
/** Below this the reset time gives its place to the bar. */
const leastForReset = 30;
const hour = 3_600_000;

/** Columns for rows of `width` cells that show these windows; `share` is the most of them that labels may take. */
export function rowColumns(
  windows: readonly Window[],
  width: number,
  strings: Strings,
  share = width >= leastForGap ? 0.34 : 0.32,
): RowColumns {
  const widest = (label: (id: string, strings: Strings) => string): number =>
    windows.reduce((most, window) => Math.max(most, cellWidth(label(window.id, strings))), 2);
  const full = widest(windowLabel) <= width * 0.34;
  const roomy = width >= leastForGap;
  const label = Math.min(full ? widest(windowLabel) : widest(windowShortLabel), Math.max(4, Math.floor(width * share)));
  const reset = width >= leastForReset ? resetCells(strings) : 0;
  const gap = roomy ? 1 : 0;
  const rest = width - label - 1 - gap - percentCells - markCells - (reset > 0 ? reset + 1 : 0);
  const hasBar = rest >= leastBar;
  return {label: hasBar ? label : Math.max(2, label + rest), bar: hasBar ? rest : 0, gap, reset, full};
}

/** As wide as the longest time that can stand there, so that nothing moves while it counts down. */
function resetCells(strings: Strings): number {
  const longest = [23 * hour + hour - 60_000, 9 * 24 * hour + 23 * hour, 119_000].map(ms =>
    cellWidth(duration(ms, strings)),
  );
  return Math.max(7, ...longest);
}

/** What the bar draws; `u` turns it round: what is left of the quota, and of the period. */
export function barOf(window: Window, context: ViewContext): Bar {
  if (window.use.state !== 'known') return {state: window.use.state};
  const pace = paceOf(window, context.now);
  const used = window.use.usedPercent / 100;
  const elapsed = pace === null ? null : pace / 100;
  const tone = severityTone(severityOf(window, context.thresholds));
  return context.show === 'used'
    ? {state: 'known', fraction: used, elapsed, tone}
    : {state: 'known', fraction: used > 1 ? 0 : 1 - used, elapsed: elapsed === null ? null : 1 - elapsed, tone};
}

/** Cells of a percentage: as many in every row, and more only where one has more letters. */
export const valueCells = (window: Window, context: ViewContext): number =>
  Math.max(percentCells, cellWidth(shortValue(window, context)));

/** '62%', '∞', '○' or '?', in its severity's colour; paler where the numbers are old (`stale`). */
export function valueSpan(window: Window, context: ViewContext, stale: boolean, cells: number): Span {
  const severity = severityOf(window, context.thresholds);
  const text = shortValue(window, context);
  const tone =
    window.use.state !== 'known' ? 'dim' : severity === 'ok' ? (stale ? 'dim' : 'text') : toneOf(severity, stale);
  return span(padStart(text, cells), tone);
}

const toneOf = (severity: Severity, stale: boolean): Tone =>
  stale ? staleTone(severityTone(severity)) : severityTone(severity);

function shortValue(window: Window, context: ViewContext): string {
  switch (window.use.state) {
    case 'known':
      return textOfUse(window.use, context.show, context.strings);
    case 'unlimited':
      return context.ascii ? 'inf' : '∞';
    case 'not-started':
      return context.ascii ? '-' : nothing;
    case 'unknown':
      return '?';
  }
}

export function markSpan(window: Window, context: ViewContext, stale: boolean): Span {
  const severity = severityOf(window, context.thresholds);
  return span(padStart(severityMark(severity, context.ascii), markCells), toneOf(severity, stale));
}

/** What stands in the last column: the countdown, or in words why there is none. */
function resetText(window: Window, context: ViewContext, cells: number): string {
  const {states} = context.strings;
  if (window.use.state === 'not-started' && window.resetsAt === null) {
    return cellWidth(states.notStarted) <= cells ? states.notStarted : nothing;
  }
  return countdown(window.resetsAt, context.now, context.strings);
}

/** The longest label that the column is meant for. */
export const labelIn = ({full, label}: Pick<RowColumns, 'full' | 'label'>, id: string, strings: Strings): string =>
  full ? windowLabel(id, strings) : windowLabelWithin(id, label, strings);

/** label · bar · percent · mark · reset, in one row. */
export function windowRow(window: Window, columns: RowColumns, context: ViewContext, stale: boolean): Line {
  const old = stale || hasReset(window);
  const row: Span[] = [
    span(padEnd(labelIn(columns, window.id, context.strings), columns.label), old ? 'dim' : 'text'),
    span(' '),
  ];
  // A bar never touches its figure: what is wider than usual takes its cells from the bar.
  const wanted = valueCells(window, context) + (isWide(window, columns, context) ? 1 : 0);
  const value = Math.min(wanted, percentCells + Math.max(0, columns.bar - 1));
  const cells = columns.bar - (value - percentCells);
  if (columns.bar > 0) row.push(...bar(barOf(window, context), cells, {glyphs: context.glyphs, stale: old}));
  row.push(span(' '.repeat(columns.gap)), valueSpan(window, context, stale, value));
  if (columns.reset > 0 && hasReset(window)) return [...row, hasResetSpan(columns.reset, context)];
  row.push(markSpan(window, context, stale));
  if (columns.reset > 0)
    row.push(span(` ${padStart(resetText(window, context, columns.reset), columns.reset)}`, 'dim'));
  return row;
}

/** True when the figure fills its column and no gap keeps it from the bar. */
const isWide = (window: Window, {gap}: RowColumns, context: ViewContext): boolean =>
  gap === 0 && cellWidth(shortValue(window, context)) >= percentCells;

/** A limit that has reset has no mark: the words take its place. */
function hasResetSpan(cells: number, context: ViewContext): Span {
  const room = markCells + cells;
  return span(` ${padStart(cut(context.strings.states.hasReset, room), room)}`, 'dim');
}

/** 'resets in 3h 12m'; of a limit that has reset, how long ago and that its new figure is missing. */
export function resetWords(window: Window, {strings, now}: Pick<ViewContext, 'strings' | 'now'>): string {
  return hasReset(window)
    ? strings.states.hasResetSince(ageAgo(window.resetsAt, now, strings))
    : resetsIn(window.resetsAt, now, strings);
}

/** Where a window has two rows: the label with its reset time, … */
export function windowHeading(window: Window, width: number, context: ViewContext, stale: boolean): Line {
  const old = stale || hasReset(window);
  const {strings} = context;
  const right = [stateWords(window, strings), resetWords(window, context)].filter(Boolean).join(' · ');
  const full = windowLabel(window.id, strings);
  const label = cellWidth(full) + 1 + cellWidth(right) <= width ? full : windowShortLabel(window.id, strings);
  return spread([span(label, old ? 'dim' : 'text'), span(' ')], [span(right, 'dim')], width);
}

/** … and under it a bar of the whole width. */
export function windowBar(window: Window, width: number, context: ViewContext, stale: boolean): Line {
  const value = valueCells(window, context);
  const barWidth = Math.max(1, width - value - markCells - 1);
  return [
    ...bar(barOf(window, context), barWidth, {glyphs: context.glyphs, stale: stale || hasReset(window)}),
    span(' '),
    valueSpan(window, context, stale, value),
    markSpan(window, context, stale),
  ];
}

/** What the bar cannot say: nothing for a number, and nothing where the reset says it. */
function stateWords(window: Window, {states}: Strings): string {
  switch (window.use.state) {
    case 'known':
      return '';
    case 'unlimited':
      return states.unlimited;
    case 'not-started':
      return states.notStarted;
    case 'unknown':
      return hasReset(window) ? '' : states.unknown;
  }
}
