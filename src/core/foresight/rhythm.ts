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
  const evidence = evidenceIn(addedBy, hoursBy);
  let hours = usualHours;
  let days = usualDays;
  let level = levelOf(evidence, days, hours, usualLevel);
  for (let round = 0; round < rounds; round += 1) {
    hours = meanOne(smoothed(factors(evidence, 'hour', level, days, usualHours, hourInertia)));
    days = meanOne(factors(evidence, 'day', level, hours, usualDays, dayInertia));
    level = levelOf(evidence, days, hours, usualLevel);
  }
  return {level, days, hours};
}

/** What was added and seen in an hour of the week. */
type Evidence = {day: number; hour: number; added: number; seen: number};

/** Of those hours of the week that tell anything: a script learns before any of this is machine code. */
function evidenceIn(addedBy: Float64Array, hoursBy: Float64Array): Evidence[] {
  const evidence: Evidence[] = [];
  for (let cell = 0; cell < cells; cell += 1) {
    const added = addedBy[cell] ?? 0;
    const seen = hoursBy[cell] ?? 0;
    if (added === 0 && seen === 0) continue;
    evidence.push({day: Math.floor(cell / hoursOfDay), hour: cell % hoursOfDay, added, seen});
  }
  return evidence;
}

/** Points per hour that are usual at a moment. */
export function rateAt({level, days, hours}: Rhythm, at: number): number {
  const cell = cellOf(at);
  return level * (days[Math.floor(cell / hoursOfDay)] ?? 1) * (hours[cell % hoursOfDay] ?? 1);
}

function levelOf(evidence: readonly Evidence[], days: Float64Array, hours: Float64Array, usualLevel: number): number {
  let sum = levelInertia * usualLevel;
  let weight = levelInertia;
  for (const {day, hour, added, seen} of evidence) {
    sum += added;
    weight += seen * (days[day] ?? 1) * (hours[hour] ?? 1);
  }
  return sum / weight;
}

/** How each hour (or day) differs from what the level and the other factors lead to expect. */
function factors(
  evidence: readonly Evidence[],
  by: 'hour' | 'day',
  level: number,
  others: Float64Array,
  usual: Float64Array,
  inertia: number,
): Float64Array {
  const weight = inertia * level;
  const sum = usual.map(value => weight * value);
  const expected = new Float64Array(usual.length).fill(weight);
  for (const each of evidence) {
    const own = each[by];
    const other = by === 'hour' ? each.day : each.hour;
    sum[own] = (sum[own] ?? 0) + each.added;
    expected[own] = (expected[own] ?? 0) + each.seen * level * (others[other] ?? 1);
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
