import {cellOf, cells, hoursOfDay} from './local-time.ts';
import type {Slots} from './slots.ts';

/**
 * A person's week: a level in points per hour, 24 factors for the hours and 7 for the days, of mean 1 each. What is not
 * known yet is taken from what is usual, and forgotten as evidence comes.
 */

export type Rhythm = {level: number; days: Float64Array; hours: Float64Array};

// Monday first; from midnight on. Office hours with evenings: what people's histories have in common.
const usualDays = meanOne([1.15, 1.15, 1.15, 1.15, 1.1, 0.65, 0.65]);
const usualHours = meanOne([
  ...[0.25, 0.15, 0.1, 0.08, 0.08, 0.1, 0.2, 0.5, 1.1, 1.7, 2, 2],
  ...[1.6, 1.7, 2, 2, 1.9, 1.6, 1.2, 1, 1.05, 1.05, 0.85, 0.5],
]);
/** Hours of evidence that the usual values are worth: tuned on invented people and half of the real ones. */
const levelInertia = 100;
const hourInertia = 4;
const dayInertia = 200;
const smoothing = {side: 0.2, middle: 0.6};
const rounds = 2;

/** `usualLevel` in points per hour stands until there is evidence. */
export function rhythmOf({addedBy, hoursBy}: Pick<Slots, 'addedBy' | 'hoursBy'>, usualLevel: number): Rhythm {
  let hours = usualHours;
  let days = usualDays;
  let level = levelOf(addedBy, hoursBy, days, hours, usualLevel);
  for (let round = 0; round < rounds; round += 1) {
    hours = meanOne(smoothed(factors(addedBy, hoursBy, 'hour', level, days, usualHours, hourInertia)));
    days = meanOne(factors(addedBy, hoursBy, 'day', level, hours, usualDays, dayInertia));
    level = levelOf(addedBy, hoursBy, days, hours, usualLevel);
  }
  return {level, days, hours};
}

/** Points per hour that are usual at a moment. */
export function rateAt({level, days, hours}: Rhythm, at: number): number {
  const cell = cellOf(at);
  return level * (days[Math.floor(cell / hoursOfDay)] ?? 1) * (hours[cell % hoursOfDay] ?? 1);
}

function levelOf(
  added: Float64Array,
  seen: Float64Array,
  days: Float64Array,
  hours: Float64Array,
  usualLevel: number,
): number {
  let sum = levelInertia * usualLevel;
  let evidence = levelInertia;
  for (let cell = 0; cell < cells; cell += 1) {
    sum += added[cell] ?? 0;
    evidence += (seen[cell] ?? 0) * (days[Math.floor(cell / hoursOfDay)] ?? 1) * (hours[cell % hoursOfDay] ?? 1);
  }
  return sum / evidence;
}

/** How each hour (or day) differs from what the level and the other factors lead to expect. */
function factors(
  added: Float64Array,
  seen: Float64Array,
  by: 'hour' | 'day',
  level: number,
  others: Float64Array,
  usual: Float64Array,
  inertia: number,
): Float64Array {
  const weight = inertia * level;
  const sum = usual.map(value => weight * value);
  const expected = usual.map(() => weight);
  for (let cell = 0; cell < cells; cell += 1) {
    const [day, hour] = [Math.floor(cell / hoursOfDay), cell % hoursOfDay];
    const [own, other] = by === 'hour' ? [hour, day] : [day, hour];
    sum[own] = (sum[own] ?? 0) + (added[cell] ?? 0);
    expected[own] = (expected[own] ?? 0) + (seen[cell] ?? 0) * level * (others[other] ?? 1);
  }
  return sum.map((value, at) => (expected[at] === 0 ? (usual[at] ?? 1) : value / (expected[at] ?? 1)));
}

/** An hour is like its neighbours, around the clock. */
const smoothed = (values: Float64Array): Float64Array =>
  values.map(
    (value, at) =>
      smoothing.middle * value + smoothing.side * ((values.at(at - 1) ?? 0) + (values[(at + 1) % values.length] ?? 0)),
  );

function meanOne(values: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return mean > 0 ? all.map(value => value / mean) : all.fill(1);
}
