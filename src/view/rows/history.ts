import type {FanPoint} from '../../core/foresight/fan.ts';
import type {SeriesHistory} from '../../core/ledger.ts';
import type {ViewContext} from '../context.ts';
import {cellWidth} from '../format/cells.ts';
import {briefName, windowLabel, windowShortLabel} from '../format/labels.ts';
import {outlookSentence, outlookWays} from '../format/outlook.ts';
import {dateTime} from '../format/time.ts';
import {dotsAcross} from '../plot/dots.ts';
import type {Limit} from '../plot/limits.ts';
import {marksLine, plotLines, type Size} from '../plot/plot.ts';
import {type PlotSpan, rangeOf} from '../plot/spans.ts';
import {hasTrend} from '../plot/trend.ts';
import {isStale} from './account-parts.ts';
import {blank, joined, type Line, lineWidth, span, spread, wrapped} from './line.ts';
import {markSpan, outlookTone, resetWords, valueCells, valueSpan} from './window.ts';

/** The history of one limit: what it is of, and its plot. */

/** Where there are so many rows, the marks are explained below the plot. */
const leastForMarks = 14;
/** With fewer, the plot is all there is. */
const leastForOutlook = 6;

/** All of it, in so many rows. */
export function historyLines(limit: Limit, shown: PlotSpan, {width, height}: Size, context: ViewContext): Line[] {
  const head = [nameLine(limit, width, context), ...outlookLines(limit, {width, height}, context)];
  const isDrawn = hasTrend(context.historyOf?.(limit.account.key, limit.window.id));
  const marks = isDrawn && height >= leastForMarks ? [blank, marksLine(width, context)] : [];
  const rows = Math.max(0, height - head.length - marks.length);
  return [...head, ...plotOf(limit, shown, {width, height: rows}, context), ...marks].slice(0, height);
}

/** 'OpenAI · Weekly limit  64% used' and, where there is room, when it resets. */
function nameLine(limit: Limit, width: number, context: ViewContext): Line {
  const {panel, account, window} = limit;
  const {strings, now} = context;
  const whose = panel.accounts.length > 1 ? [account.label] : [];
  const ways = [
    [panel.info.name, ...whose, windowLabel(window.id, strings)],
    [briefName(panel.info), ...whose, windowShortLabel(window.id, strings)],
    [windowShortLabel(window.id, strings)],
  ].map((texts): Line => [...joined(texts.map(text => [{text, bold: true}])), span('  '), ...figureOf(limit, context)]);
  const left = ways.find(way => lineWidth(way) <= width) ?? ways.at(-1) ?? [];
  const reset = window.resetsAt === null ? '' : resetWords(window, context);
  const time = window.resetsAt === null ? '' : ` · ${dateTime(window.resetsAt, now, strings, context.clock)}`;
  const room = width - lineWidth(left) - 1;
  const right = [`${reset}${time}`, reset].find(text => cellWidth(text) <= room) ?? '';
  return spread(left, right === '' ? [] : [span(right, 'dim')], width);
}

/** The forecast as a sentence, or where rows are few, in a few words. */
function outlookLines({window}: Limit, {width, height}: Size, context: ViewContext): Line[] {
  const [brief = ''] = outlookWays(window, context);
  const text = height >= leastForMarks ? outlookSentence(window, context) : brief;
  return text === '' || height < leastForOutlook ? [] : wrapped(text, width, outlookTone(window.outlook));
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
