import type {ViewContext} from '../context.ts';
import {cellWidth} from '../format/cells.ts';
import {clock} from '../format/time.ts';
import {type Range, stepAt} from './steps.ts';

/** What stands below a plot: hours, days or months of the local clock, as close as there is room. */

type Unit = 'hour' | 'day' | 'week' | 'month';
/** `ms` is about how long it is: a day may have 23 hours. */
type Pace = {unit: Unit; count: number; ms: number};

const hour = 3_600_000;
const day = 24 * hour;
const paces: readonly Pace[] = [
  ...[1, 2, 3, 6, 12].map(count => ({unit: 'hour' as const, count, ms: count * hour})),
  {unit: 'day', count: 1, ms: day},
  {unit: 'week', count: 1, ms: 7 * day},
  {unit: 'week', count: 2, ms: 14 * day},
  ...[1, 2, 3, 6, 12].map(count => ({unit: 'month' as const, count, ms: count * 30 * day})),
];
/** Free cells between two labels. */
const between = 2;
/** Over more than this a day of the week is no name for a day. */
const mostDays = 21;

/** One line of at most `cells`: each label begins in the column of its moment. */
export function ticksLine(range: Range, cells: number, context: ViewContext): string {
  const pace = paceFor(range, cells, context);
  let line = '';
  if (pace === undefined) return line;
  for (const at of momentsOf(pace, range)) {
    const column = stepAt(range, cells, at);
    const text = labelOf(at, pace, range, context);
    if (column < cellWidth(line) + (line === '' ? 0 : 1) || column + cellWidth(text) > cells) continue;
    line += ' '.repeat(column - cellWidth(line)) + text;
  }
  return line;
}

/** The closest that leaves every label its room. */
function paceFor(range: Range, cells: number, context: ViewContext): Pace | undefined {
  const length = range.to - range.from;
  if (!(length > 0)) return undefined;
  return paces.find(pace => {
    const widest = Math.max(...samples.map(at => cellWidth(labelOf(at, pace, range, context))));
    return (pace.ms / length) * cells >= widest + between;
  });
}
/** Late in the day and in the year, where labels are longest, and at midnight. */
const samples = [new Date(2025, 11, 28, 22).getTime(), new Date(2025, 11, 28).getTime()];

function labelOf(at: number, {unit}: Pace, {from, to}: Range, {strings, clock: style}: ViewContext): string {
  const then = new Date(at);
  const weekday = strings.time.weekdays[then.getDay()] ?? '';
  if (unit === 'hour') return then.getHours() === 0 ? weekday : clock(at, strings, style);
  if (unit === 'day' && to - from <= mostDays * day) return weekday;
  return strings.time.date(null, then.getMonth() + 1, then.getDate());
}

/** Its moments within the range, by the local clock. */
function momentsOf(pace: Pace, {from, to}: Range): number[] {
  const moments: number[] = [];
  for (let step = 0; ; step += 1) {
    const at = momentAt(pace, from, step);
    // NaN: beyond what a date can say.
    if (!(at < to)) return moments;
    if (at >= from && at > (moments.at(-1) ?? Number.NEGATIVE_INFINITY)) moments.push(at);
  }
}

/** So many steps after the one that `from` lies in. */
function momentAt({unit, count}: Pace, from: number, step: number): number {
  const then = new Date(from);
  const [year, month, date, hours] = [then.getFullYear(), then.getMonth(), then.getDate(), then.getHours()];
  const by = step * count;
  switch (unit) {
    case 'hour':
      return new Date(year, month, date, hours - (hours % count) + by).getTime();
    case 'day':
      return new Date(year, month, date + by).getTime();
    case 'week':
      return new Date(year, month, date - ((then.getDay() + 6) % 7) + 7 * by).getTime();
    case 'month':
      return new Date(year, month - (month % count) + by).getTime();
  }
}
