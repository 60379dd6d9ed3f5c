import {sanitize} from '../../core/text/sanitize.ts';
import {type Json, toEpochMs, toNumber, toText} from '../shared/values.ts';
import {day, hour, slug, week, windowByReset, windowIdOf} from '../shared/windows.ts';

/** A limit's period: the name that follows from it, and how long it is (ms) where that can be known. */
export type Length = {id: string; windowMs: number | null};

// Nobody says how long its month is; 30 days only place the tick of elapsed time.
const month = 30 * day;

const fiveHours: Length = {id: '5h', windowMs: 5 * hour};
const weekly: Length = {id: 'weekly', windowMs: week};
const monthly: Length = {id: 'monthly', windowMs: month};

const lengthOfUnit = new Map([
  [1, day],
  [3, hour],
  [4, day],
  [5, month],
  [6, week],
]);
/** What a unit means where no number stands beside it: each of these has one window in every plan. */
const unitAlone = new Map([
  [3, fiveHours],
  [5, monthly],
  [6, weekly],
]);

/**
 * The period that a row tells by `unit` and `number`; null for one of no length at all, which is a limit that is switched
 * off. Unit 6 is the week whatever its number: plans tell it as 6×1 and as 6×7.
 */
export function lengthOf(row: Json): Length | null {
  const unit = toNumber(row.unit) ?? Number.NaN;
  const number = toNumber(row.number) ?? Number.NaN;
  if (unit === 6) return number === 0 && isUnused(row) ? null : weekly;
  if (isUntold(row.number)) return unitAlone.get(unit) ?? unknownLength(row);
  const windowMs = (lengthOfUnit.get(unit) ?? Number.NaN) * number;
  if (windowMs === 0) return null;
  if (unit === 5 && number === 1) return monthly;
  const id = windowIdOf(windowMs);
  return id === undefined ? unknownLength(row) : {id, windowMs};
}

/**
 * The period of a row of a plan's own limits that names no unit, as older answers have them: its reset tells it, and where
 * that is not told either it is the five hours, which begin with the first request.
 */
export function lengthByReset(row: Json, others: readonly Json[], now: number): Length {
  const length = windowByReset(toEpochMs(row.nextResetTime), now);
  if (length === null) return isUntold(row.number) ? fiveHours : unknownLength(row);
  // Beside five hours that have not begun, what ends soon is a week at its end.
  return length.id === '5h' && others.some(hasNotBegun) ? weekly : length;
}

const hasNotBegun = (row: Json): boolean => isUntold(row.number) && isUnused(row);

/** Tool calls were counted by the month before rows named their unit. */
export const lengthOfTools = (row: Json): Length =>
  isUntold(row.number) || toNumber(row.number) === 1 ? monthly : unknownLength(row);

const isUnused = ({percentage, currentValue, nextResetTime}: Json): boolean =>
  !toNumber(percentage) && !toNumber(currentValue) && toEpochMs(nextResetTime) === null;

export const isUntold = (value: unknown): boolean =>
  value == null || (typeof value === 'string' && value.trim() === '');

const unknownLength = ({unit, number}: Json): Length => ({
  id: `unit${spelled(unit)}x${spelled(number)}`,
  windowMs: null,
});

function spelled(value: unknown): string {
  const number = toNumber(value);
  if (number !== undefined) return String(number);
  const text = toText(value);
  return text === undefined ? '?' : slug(sanitize(text, 20));
}
