import {firstOf, type Json, toEpochMs, toNumber} from '../shared/values.ts';

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

/** A window's length in ms; null when none is told (zero counts as not told). */
export function lengthOf(value: Json): number | null {
  const seconds = positive(value.limit_window_seconds);
  const minutes = positive(value.window_minutes);
  const length = seconds ?? (minutes === undefined ? undefined : minutes * 60);
  return length === undefined ? null : Math.round(length * 1000);
}

const positive = (value: unknown): number | undefined => {
  const number = toNumber(value);
  return number !== undefined && number > 0 ? number : undefined;
};

// A reset outside the years 2001 to 2286 is a slip of units or a placeholder.
const isSane = (ms: number): boolean => ms >= 1e12 && ms < 1e13;

/** Epoch ms of the reset: the instant that was told if it makes sense, else the time left counted from `now`; else null. */
export function resetOf(value: Json, now: number): number | null {
  const told = firstOf(value, ['reset_at', 'resets_at'], field => {
    const ms = toEpochMs(field);
    return ms !== null && isSane(ms) ? ms : undefined;
  });
  if (told !== undefined) return told;
  const after = toNumber(value.reset_after_seconds);
  if (after === undefined || after < 0) return null;
  const ms = Math.round(now + after * 1000);
  return isSane(ms) ? ms : null;
}
