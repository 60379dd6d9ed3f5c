import {firstOf, type Json, toEpochMs, toNumber} from '../shared/values.ts';
import {minute, possibleReset} from '../shared/windows.ts';

/** Fields that windows and spend limits share, in every spelling that was seen. Numbers may come as texts. */

/** Percent used as it was told, over 100 and below 0 included; undefined when no field holds a number. */
export function percentOf(value: Json): number | undefined {
  const remaining = toNumber(value.remaining_percent);
  return (
    firstOf(value, ['used_percent', 'percent_used'], toNumber) ??
    (remaining === undefined ? undefined : rest(remaining))
  );
}

// What is left of 100 without the noise of binary fractions: 100 - 99.9 is 0.1.
const rest = (remaining: number): number => {
  const used = 100 - remaining;
  return Number.isSafeInteger(Math.trunc(used)) ? Number(used.toFixed(6)) : used;
};

/** A window's length in ms; 0 for a limit that is switched off, null when no length is told. */
export function lengthOf(value: Json): number | null {
  const minutes = notNegative(value.window_minutes);
  const seconds = notNegative(value.limit_window_seconds) ?? (minutes === undefined ? undefined : minutes * 60);
  return seconds === undefined ? null : Math.round(seconds * 1000);
}

const notNegative = (value: unknown): number | undefined => {
  const number = toNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
};

// Beyond this the instant that was told and the time left are not the same moment seen by two clocks.
const clocksDifferMs = 2 * minute;

/**
 * Epoch ms of the reset of a window of this length (null: not told); null when none is told that the window can have. Of
 * an instant and a time left that disagree, the time left counts: it needs nobody's clock.
 */
export function resetOf(value: Json, windowMs: number | null, now: number): number | null {
  const told = firstOf(value, ['reset_at', 'resets_at'], field => sane(toEpochMs(field)));
  const counted = countedReset(value, now);
  const disagree = told !== undefined && counted !== undefined && Math.abs(told - counted) > clocksDifferMs;
  const resets = disagree ? [counted, told] : [told, counted];
  return resets.find(at => at !== undefined && possibleReset(at, windowMs, now) !== null) ?? null;
}

function countedReset(value: Json, now: number): number | undefined {
  const after = toNumber(value.reset_after_seconds);
  return after === undefined || after < 0 ? undefined : sane(Math.round(now + after * 1000));
}

/** A reset outside the years 2001 to 2286 is a slip of units or a placeholder. */
const sane = (ms: number | null): number | undefined => (ms !== null && ms >= 1e12 && ms < 1e13 ? ms : undefined);
