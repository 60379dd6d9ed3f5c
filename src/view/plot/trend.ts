import {startOf} from '../../core/foresight/samples.ts';
import type {SeriesHistory} from '../../core/ledger.ts';
import type {Window} from '../../core/model.ts';
import type {ViewContext} from '../context.ts';
import {highest, lastReset, piecesOf} from './steps.ts';
import {levelOf} from './subject.ts';

/** The use of the present window in a few cells: `▁▂▂▃ ▅▆`. Pure. */

const eighths = {line: '▁▂▃▄▅▆▇█', ascii: '.:-=+*#%'};
/** The ledger keeps no finer ones. */
const leastStepMs = 900_000;

/** Exactly `cells`: the highest use of each step from the window's start until now, a space where nothing was watched. */
export function trendText(
  history: SeriesHistory | undefined,
  window: Window,
  cells: number,
  {now, show, glyphs}: ViewContext,
): string {
  const steps = history === undefined ? [] : stepsOf(history, window, cells, now);
  const text = steps.map(percent => (percent === null ? ' ' : eighthOf(levelOf(percent, show), eighths[glyphs])));
  return text.join('').padStart(cells);
}

/** Whether there is a history that is worth its cells: one stretch of time is no trend. */
export const hasTrend = (history: SeriesHistory | undefined): boolean =>
  history !== undefined && history.usage.length > 1;

const eighthOf = (level: number, all: string): string => all[Math.min(7, Math.floor(level * 8))] ?? ' ';

function stepsOf({usage, turns}: SeriesHistory, window: Window, most: number, now: number): (number | null)[] {
  const from = beginOf(window, now);
  if (from === null || from >= now) return [];
  const recent = usage.slice(usage.findLastIndex(({at, span}) => (at + span) * 1000 <= from) + 1);
  // What began before the window, or before its reset was seen, tells of the window before.
  const begin = Math.max(from, lastReset(turns) ?? from);
  const own = piecesOf(recent, turns).filter(piece => piece.from >= begin);
  const count = Math.max(1, Math.min(most, Math.ceil((now - from) / leastStepMs)));
  return highest(own, {from, to: now}, count, now);
}

function beginOf(window: Window, now: number): number | null {
  if (window.use.state !== 'known') return null;
  return startOf(window) ?? (window.windowMs === null ? null : now - window.windowMs);
}
