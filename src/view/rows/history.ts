import type {FanPoint} from '../../core/foresight/fan.ts';
import type {SeriesHistory} from '../../core/ledger.ts';
import type {ViewContext} from '../context.ts';
import {windowLabel} from '../format/labels.ts';
import {outlookSentence} from '../format/outlook.ts';
import {dateTime} from '../format/time.ts';
import {dotsAcross} from '../plot/dots.ts';
import type {Limit} from '../plot/limits.ts';
import {marksLine, plotLines, type Size} from '../plot/plot.ts';
import {type PlotSpan, rangeOf} from '../plot/spans.ts';
import {hasTrend} from '../plot/trend.ts';
import {isStale} from './account-parts.ts';
import {blank, joined, type Line, span, spread, wrapped} from './line.ts';
import {markSpan, outlookTone, resetWords, valueCells, valueSpan} from './window.ts';

/** The history of one limit: what it is of, and its plot. */

/** Where there are so many rows, the marks are explained below the plot. */
const leastForMarks = 14;

/** All of it, in exactly so many rows. */
export function historyLines(limit: Limit, shown: PlotSpan, {width, height}: Size, context: ViewContext): Line[] {
  const head = headLines(limit, width, context);
  const marks = height >= leastForMarks ? [blank, marksLine(width, context)] : [];
  const rows = Math.max(0, height - head.length - marks.length);
  return [...head, ...plotOf(limit, shown, {width, height: rows}, context), ...marks].slice(0, height);
}

/** 'OpenAI · Weekly limit  64% used' and, where there is room, when it resets; below it the forecast. */
function headLines(limit: Limit, width: number, context: ViewContext): Line[] {
  const {panel, account, window} = limit;
  const {strings} = context;
  const names = [panel.info.name, ...(panel.accounts.length > 1 ? [account.label] : [])];
  const name = joined([...names, windowLabel(window.id, strings)].map(text => [{text, bold: true as const}]));
  const reset = window.resetsAt === null ? '' : resetWords(window, context);
  const time =
    reset === '' || window.resetsAt === null
      ? ''
      : ` · ${dateTime(window.resetsAt, context.now, strings, context.clock)}`;
  const outlook = outlookSentence(window, context);
  const told = outlook === '' ? [] : wrapped(outlook, width, outlookTone(window.outlook));
  return [spread([...name, span('  '), ...figureOf(limit, context)], [span(`${reset}${time}`, 'dim')], width), ...told];
}

/** '64% used', with its mark. */
export function figureOf({account, window}: Limit, context: ViewContext): Line {
  const stale = isStale(account, context);
  const value = valueSpan(window, context, stale, valueCells(window, context));
  const words = window.use.state === 'known' ? ` ${context.strings.states[context.show]}` : '';
  const mark = markSpan(window, context, stale);
  return [
    value,
    span(words, 'dim'),
    ...(mark.text.trim() === '' ? [] : [span(' '), {...mark, text: mark.text.trim()}]),
  ];
}

type Drawn = {as: string; fan: readonly FanPoint[]; lines: Line[]};
const drawn = new WeakMap<SeriesHistory, Drawn>();
const noFan: readonly FanPoint[] = [];

/** The plot in so many rows, or that there is none yet. Drawn again only when it would look different. */
export function plotOf({account, window}: Limit, shown: PlotSpan, size: Size, context: ViewContext): Line[] {
  const {strings, historyOf, fanOf} = context;
  const history = historyOf?.(account.key, window.id);
  if (history === undefined || !hasTrend(history)) return wrapped(strings.history.none, size.width, 'dim');
  const now = momentOf(shown, window, size.width, context.now);
  const range = rangeOf(shown, window, now);
  const fan = (window.outlook?.usedRange && fanOf?.(account.key, window.id)) || noFan;
  const {show, glyphs, clock, thresholds} = context;
  const as = JSON.stringify([range, now, size, strings.name, show, glyphs, clock, thresholds]);
  const last = drawn.get(history);
  if (last?.as === as && last.fan === fan) return last.lines;
  const lines = plotLines({...range, now, ...history, fan}, size, context);
  drawn.set(history, {as, fan, lines});
  return lines;
}

/** The present, as coarse as a column of dots: a picture changes when one of them has gone by. */
function momentOf(shown: PlotSpan, window: Limit['window'], width: number, now: number): number {
  const {from, to} = rangeOf(shown, window, now);
  const column = Math.max(1, Math.floor((to - from) / (Math.max(1, width) * dotsAcross)));
  return Math.ceil(now / column) * column;
}
