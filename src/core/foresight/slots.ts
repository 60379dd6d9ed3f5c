import {cellOf, cells} from './local-time.ts';
import type {Stretch} from './samples.ts';

/** Use by quarter hours: the last two months slot by slot, and everything before as fading sums by hour of the week. */

export const slotMs = 900_000;
export const slotHours = slotMs / 3_600_000;
/** Enough for the spread of the last 42 days, with days in between on which nobody looked. */
const kept = 64 * 96;
/** A day two weeks ago counts half. */
const forgettingMs = 14 * 24 * 3_600_000;

export type Slots = {
  /** Points of use, and the seen share (0–1), by slot number modulo `kept`. */
  added: Float64Array;
  seen: Float64Array;
  /** Number of the newest slot; -1 before the first. */
  newest: number;
  /** Number of the oldest slot in which anything was ever seen or added. */
  first: number;
  /** Σ weight·added and Σ weight·seen·¼ h by hour of the week, over all slots before `summed`, as of `weighedAt`. */
  addedBy: Float64Array;
  hoursBy: Float64Array;
  summed: number;
  weighedAt: number;
};

// Nothing is kept yet: a script forecasts many windows of which there is no history.
export const emptySlots = (): Slots => ({
  added: new Float64Array(0),
  seen: new Float64Array(0),
  newest: -1,
  first: Number.POSITIVE_INFINITY,
  addedBy: new Float64Array(cells),
  hoursBy: new Float64Array(cells),
  summed: -1,
  weighedAt: 0,
});

const oldestOf = ({newest}: Slots): number => Math.max(0, newest - kept + 1);

export const addedIn = (slots: Slots, slot: number): number => valueIn(slots, slots.added, slot);
export const seenIn = (slots: Slots, slot: number): number => valueIn(slots, slots.seen, slot);
const valueIn = (slots: Slots, values: Float64Array, slot: number): number =>
  slot > slots.newest || slot < oldestOf(slots) ? 0 : (values[slot % kept] ?? 0);

export const slotsOfHour = 3_600_000 / slotMs;

/** Points that were used in a whole hour; an hour begins where a slot does, and so do `kept` of them. */
export const addedInHour = (slots: Slots, hour: number): number => hourOf(slots, slots.added, hour);
/** The share of the hour that was seen. */
export const seenInHour = (slots: Slots, hour: number): number => hourOf(slots, slots.seen, hour) / slotsOfHour;

function hourOf(slots: Slots, values: Float64Array, hour: number): number {
  const first = hour * slotsOfHour;
  if (first < oldestOf(slots) || first > slots.newest) return 0;
  const at = first % kept;
  // The slots of an hour that has just begun are empty, but for those from two months ago that still lie there.
  const last = Math.min(slotsOfHour, slots.newest - first + 1);
  let sum = 0;
  for (let slot = 0; slot < last; slot += 1) sum += values[at + slot] ?? 0;
  return sum;
}

/**
 * Spreads a stretch over its slots; `share` of it was seen. Slots further back than two months are not kept: they weigh
 * next to nothing.
 */
export function record(slots: Slots, {from, to, added, seen}: Stretch, share = 1): void {
  const last = Math.floor((to - 1) / slotMs);
  advance(slots, last);
  if (!seen && added === 0) return;
  const first = Math.max(Math.floor(from / slotMs), oldestOf(slots));
  slots.first = Math.min(slots.first, first);
  for (let slot = first; slot <= last; slot += 1) {
    const ms = Math.min(to, (slot + 1) * slotMs) - Math.max(from, slot * slotMs);
    if (ms <= 0) continue;
    add(slots, slot, (added * ms) / (to - from), seen ? (share * ms) / slotMs : 0);
  }
}

function add(slots: Slots, slot: number, added: number, seen: number): void {
  const at = slot % kept;
  slots.added[at] = (slots.added[at] ?? 0) + added;
  slots.seen[at] = Math.min(1, (slots.seen[at] ?? 0) + seen);
  if (slot >= slots.summed) return;
  // The slot has been counted already: a reading came late for it.
  const cell = cellOf(slot * slotMs);
  const weight = weightAt(slots, slot);
  slots.addedBy[cell] = (slots.addedBy[cell] ?? 0) + weight * added;
  slots.hoursBy[cell] = (slots.hoursBy[cell] ?? 0) + weight * seen * slotHours;
}

/** Makes room for slots up to `newest`; what falls out stays in the sums. */
function advance(slots: Slots, newest: number): void {
  if (newest <= slots.newest) return;
  if (slots.newest >= 0 && newest - kept + 1 > slots.summed)
    sumUp(slots, Math.min(slots.newest + 1, newest - kept + 1));
  if (slots.newest < 0) {
    slots.added = new Float64Array(kept);
    slots.seen = new Float64Array(kept);
    slots.summed = newest;
    slots.weighedAt = newest * slotMs;
  }
  const first = slots.newest < 0 ? newest : Math.max(slots.newest + 1, newest - kept + 1);
  for (let slot = first; slot <= newest; slot += 1) {
    slots.added[slot % kept] = 0;
    slots.seen[slot % kept] = 0;
  }
  slots.newest = newest;
}

const weightAt = ({weighedAt}: Slots, slot: number): number => 2 ** ((slot * slotMs - weighedAt) / forgettingMs);

/** Counts all slots before `end` into the sums, as of that moment. */
export function sumUp(slots: Slots, end: number): void {
  if (slots.newest < 0 || end <= slots.summed) return;
  weigh(slots, end * slotMs);
  for (let slot = Math.max(slots.summed, oldestOf(slots)); slot < Math.min(end, slots.newest + 1); slot += 1) {
    const at = slot % kept;
    const [added = 0, seen = 0] = [slots.added[at], slots.seen[at]];
    if (added === 0 && seen === 0) continue;
    const cell = cellOf(slot * slotMs);
    const weight = weightAt(slots, slot);
    slots.addedBy[cell] = (slots.addedBy[cell] ?? 0) + weight * added;
    slots.hoursBy[cell] = (slots.hoursBy[cell] ?? 0) + weight * seen * slotHours;
  }
  slots.summed = end;
}

/** Lets the sums fade to `at`. */
function weigh(slots: Slots, at: number): void {
  const factor = 2 ** ((slots.weighedAt - at) / forgettingMs);
  for (let cell = 0; cell < cells; cell += 1) {
    slots.addedBy[cell] = (slots.addedBy[cell] ?? 0) * factor;
    slots.hoursBy[cell] = (slots.hoursBy[cell] ?? 0) * factor;
  }
  slots.weighedAt = at;
}
