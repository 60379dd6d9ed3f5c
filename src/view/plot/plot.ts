import {severityOfPercent} from '../../core/health.ts';
import {severityTone, type ViewContext} from '../context.ts';
import {padEnd} from '../format/cells.ts';
import {fitLine, joined, type Line, lineWidth, type Span, span} from '../rows/line.ts';
import type {Tone} from '../theme/theme.ts';
import {type Dots, dotsAcross, drawSteps, emptyDots, letterAt} from './dots.ts';
import {fanRows} from './fan-rows.ts';
import {highest, type Piece, piecesOf, resetsIn, stepAt} from './steps.ts';
import {type Cell, glyphs, levelOf, type Plot} from './subject.ts';
import {ticksLine} from './ticks.ts';

/** The history of one limit as a picture. Pure: what happened, what is to come, and a size in; lines out. */

export type Size = {width: number; height: number};

/** Cells of '100 ┤'. */
const axisCells = 5;
const leastWidthForAxis = 46;
/** With fewer rows the days, and what was watched, give theirs to the picture. */
const leastHeight = {ticks: 4, watched: 7};

/** Exactly `height` lines of exactly `width` cells. */
export function plotLines(plot: Plot, {width, height}: Size, context: ViewContext): Line[] {
  if (width <= 0 || height <= 0) return [];
  const axis = width >= leastWidthForAxis ? axisCells : 0;
  const below = [leastHeight.ticks, leastHeight.watched].filter(least => height >= least).length;
  const [columns, rows] = [width - axis, height - below];
  const indent = span(' '.repeat(axis));
  const drawn = picture(plot, columns, rows, context).map((line, row) => [axisSpan(row, rows, axis, context), ...line]);
  const lines: Line[] = [
    ...drawn,
    [indent, span(ticksLine(plot, columns, context), 'dim')],
    [span(padEnd(context.strings.history.watched, axis), 'dim'), watchedSpan(plot, columns, context)],
  ];
  return lines.slice(0, height).map(line => fitLine(line, width));
}

/** As many figures as there is room for between them. */
function labelsOf(rows: number): readonly number[] {
  if (rows < 5) return [100, 0];
  return rows < 17 ? [100, 50, 0] : [100, 75, 50, 25, 0];
}

function axisSpan(row: number, rows: number, cells: number, {ascii}: ViewContext): Span {
  if (cells === 0) return span('');
  const label = labelsOf(rows).find(percent => row === Math.floor((1 - percent / 100) * (rows - 1)));
  return span(`${String(label ?? '').padStart(3)} ${ascii ? '|' : '┤'}`, 'border');
}

/** The line goes before the marks, and these before the forecast. */
function picture(plot: Plot, columns: number, rows: number, context: ViewContext): Line[] {
  const dots = dotsOf(plot, columns, rows, context);
  const marks = marksOf(plot, columns, context);
  const fan = fanRows(plot, columns, rows, context);
  return Array.from({length: rows}, (_, row) => {
    const tone = toneAt(row, rows, context);
    const cells = Array.from({length: columns}, (_, column): Cell => {
      const letter = letterAt(dots, column, row);
      if (letter !== null) return {text: context.ascii ? '#' : letter, tone};
      return marks.get(column) ?? fan[column]?.get(row) ?? nothing;
    });
    return spansOf(cells);
  });
}
const nothing: Cell = {text: ' ', tone: 'text'};

/** What began before the picture may be of the period before. */
const piecesFrom = (from: number, usage: Plot['usage'], turns: Plot['turns']): Piece[] =>
  piecesOf(usage, turns).filter(piece => piece.from >= from);

function dotsOf({usage, turns, now, from, to}: Plot, columns: number, rows: number, {show}: ViewContext): Dots {
  const dots = emptyDots(columns, rows);
  const used = highest(piecesFrom(from, usage, turns), {from, to}, columns * dotsAcross, now);
  const levels = used.map(percent => (percent === null ? null : levelOf(percent, show)));
  drawSteps(dots, levels, show === 'left');
  return dots;
}

/** The colour says how much is used at this height. */
function toneAt(row: number, rows: number, {show, thresholds}: ViewContext): Tone {
  const height = rows === 1 ? 0 : 1 - row / (rows - 1);
  return severityTone(severityOfPercent(100 * (show === 'used' ? height : 1 - height), thresholds));
}

/** What the marks of a plot mean: sign and words. */
export function plotMarks({glyphs: style, strings, show}: ViewContext): [sign: string, text: string][] {
  const own = glyphs[style];
  const {marks} = strings.history;
  const signs = ['use', 'reset', 'early', 'now', 'middle', 'fan', 'unwatched'] as const;
  return signs.map(name => [own[name], name === 'use' ? strings.states[show] : marks[name]]);
}

/** The marks in one line, as many as there is room for. */
export function marksLine(width: number, context: ViewContext): Line {
  const pieces: Line[] = plotMarks(context).map(([sign, text]) => [span(sign), span(` ${text}`, 'dim')]);
  const apart = span('  ');
  while (pieces.length > 0 && lineWidth(joined(pieces, apart)) > width) pieces.pop();
  return joined(pieces, apart);
}

/** Marks nearer to each other than this would be all that there is to see. */
const leastBetweenResets = 4;

/** Resets, and the present moment where something lies beyond it, by column. */
function marksOf(plot: Plot, columns: number, context: ViewContext): Map<number, Cell> {
  const {reset, early, now} = glyphs[context.glyphs];
  const marks = new Map<number, Cell>();
  const resets = resetsIn(plot.turns, plot, columns);
  const hasRoom = resets.size * leastBetweenResets <= columns;
  for (const [column, isEarly] of resets)
    if (isEarly) marks.set(column, {text: early, tone: 'accent'});
    else if (hasRoom) marks.set(column, {text: reset, tone: 'dim'});
  const present = stepAt(plot, columns, plot.now);
  if (present >= 0 && present < columns - 1) marks.set(present, {text: now, tone: 'text'});
  return marks;
}

function watchedSpan({usage, turns, now, from, to}: Plot, columns: number, context: ViewContext): Span {
  const {watched, unwatched} = glyphs[context.glyphs];
  const steps = highest(piecesFrom(from, usage, turns), {from, to}, columns, now);
  const present = stepAt({from, to}, columns, now);
  const glyphOf = (step: number | null, column: number): string =>
    step !== null ? watched : column < present ? unwatched : ' ';
  return span(steps.map(glyphOf).join(''), 'dim');
}

/** Neighbours of one colour are one text. */
function spansOf(cells: readonly Cell[]): Line {
  const spans: Cell[] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    if (last !== undefined && (last.tone === cell.tone || cell.text === ' ')) last.text += cell.text;
    else spans.push({...cell});
  }
  return spans;
}
