import {paceOf, type Severity, severityOf} from '../../core/health.ts';
import type {Window} from '../../core/model.ts';
import {pointsAhead} from '../../core/pace.ts';
import {marksOf, severityMark, severityTone, type ViewContext} from '../context.ts';
import {cellWidth, padEnd, padStart} from '../format/cells.ts';
import {nothing, useText as textOfUse} from '../format/use.ts';
import {trendText} from '../plot/trend.ts';
import {staleTone, type Tone} from '../theme/theme.ts';
import type {Bar} from './bar.ts';
import {type Span, span} from './line.ts';

/** What is said of one window in a few cells: bar, figure, mark, pace. */

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

/** Cells that the figure takes. */
export const valueCells = (window: Window, context: ViewContext): number => cellWidth(valueText(window, context));

/** '62%', '∞', '–' or '?', in its severity's colour; paler where the numbers are old (`stale`). */
export function valueSpan(window: Window, context: ViewContext, stale: boolean, cells: number): Span {
  const severity = severityOf(window, context.thresholds);
  const text = valueText(window, context);
  const tone =
    window.use.state !== 'known' ? 'dim' : severity === 'ok' ? (stale ? 'dim' : 'text') : toneOf(severity, stale);
  return span(padStart(text, cells), tone);
}

const toneOf = (severity: Severity, stale: boolean): Tone =>
  stale ? staleTone(severityTone(severity)) : severityTone(severity);

function valueText(window: Window, context: ViewContext): string {
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

export function markSpan(window: Window, context: ViewContext, stale: boolean, cells = 2): Span {
  const severity = severityOf(window, context.thresholds);
  return span(padStart(severityMark(severity, context.ascii), cells), toneOf(severity, stale));
}

/** ' ▲14', by how many points the use is ahead; '▲' alone where there is no room for them. Of exactly `cells` cells. */
export function paceSpan(window: Window, context: ViewContext, stale: boolean, cells: number): Span {
  const ahead = pointsAhead(window, stale, context.now);
  const arrow = marksOf(context).up;
  const ways = ahead === null ? [] : [` ${arrow}${ahead}`, `${arrow}${ahead}`, arrow];
  return span(padEnd(ways.find(way => cellWidth(way) <= cells) ?? '', cells), 'warn');
}

/** The use of the present window after a free cell; nothing where there is no room for it. */
export const trendSpan = (account: string, window: Window, cells: number, context: ViewContext): Span =>
  span(cells > 0 ? ` ${trendText(context.historyOf?.(account, window.id), window, cells, context)}` : '', 'dim');
