import type {FanPoint} from '../../core/foresight/fan.ts';
import type {ViewContext} from '../context.ts';
import {stepAt} from './steps.ts';
import {type Cell, glyphs, levelOf, type Plot} from './subject.ts';

/** The forecast as cells of each column, by row: where the use lies 8 times in 10, and its middle. */
export function fanRows(plot: Plot, columns: number, rows: number, context: ViewContext): Map<number, Cell>[] {
  const {from, to, now, fan} = plot;
  const last = fan.at(-1);
  const rowOf = (percent: number): number => Math.round((1 - levelOf(percent, context.show)) * (rows - 1));
  return Array.from({length: columns}, (_, column) => {
    const at = from + ((column + 1) / columns) * (to - from);
    if (last === undefined || column <= stepAt(plot, columns, now) || column > stepAt(plot, columns, last.at - 1))
      return new Map();
    const {low, middle, high} = pointAt(fan, Math.min(at, last.at));
    return cellsBetween(rowOf(low), rowOf(high), rowOf(middle), context);
  });
}

function cellsBetween(one: number, other: number, middle: number, context: ViewContext): Map<number, Cell> {
  const own = glyphs[context.glyphs];
  const cells = new Map<number, Cell>();
  for (let row = Math.min(one, other); row <= Math.max(one, other); row += 1)
    cells.set(row, row === middle ? {text: own.middle, tone: 'text'} : {text: own.fan, tone: 'dim'});
  return cells;
}

/** Between two of its moments the forecast is a straight line. */
function pointAt(fan: readonly FanPoint[], at: number): Omit<FanPoint, 'at'> {
  const index = fan.findIndex(point => point.at >= at);
  const after = fan[index] ?? {at, low: 0, middle: 0, high: 0};
  const before = fan[index - 1] ?? after;
  const share = after.at > before.at ? (at - before.at) / (after.at - before.at) : 1;
  const between = (key: 'low' | 'middle' | 'high'): number => before[key] + share * (after[key] - before[key]);
  return {low: between('low'), middle: between('middle'), high: between('high')};
}
