import {cellOf, hoursOfDay} from '../core/foresight/local-time.ts';
import {startOf} from '../core/foresight/samples.ts';
import {folded, spans, type Turn, type Usage} from '../core/foresight/usage.ts';
import type {Window} from '../core/model.ts';

/** Eight weeks of an invented person: work days with sessions, some evenings, quiet weekends, a day now and then unwatched. */

const second = 1000;
const hour = 3_600_000;
const day = 24 * hour;
const slotMs = spans.quarter * second;
const keptDays = {quarters: 8, hours: 56};

/** Of an hour of the local day, and of a weekday from Monday on. */
const hours = [0, 0, 0, 0, 0, 0, 0, 0.2, 0.8, 1, 1, 0.9, 0.4, 0.8, 1, 1, 0.9, 0.6, 0.2, 0.2, 0.5, 0.5, 0.2, 0];
const days = [1, 1, 0.9, 1, 0.8, 0.3, 0.25];
const session = {slots: 3, share: 0.55};
const unwatchedShare = 0.06;

export type InventedUse = {usage: Usage[]; turns: Turn[]};

/** How a window came to what was read of it at `at`, and the windows before it; always the same for the same name. */
export function inventedUse(window: Window, at: number, name: string): InventedUse {
  const seed = numberOf(name);
  const {use, resetsAt} = window;
  const start = startOf(window);
  if (use.state !== 'known' || resetsAt === null || start === null) return {usage: [], turns: []};
  const lengthMs = resetsAt - start;
  const first = Math.floor((at - keptDays.hours * day) / slotMs) * slotMs;
  const slots = Array.from(
    {length: Math.max(0, Math.ceil((at - first) / slotMs))},
    (_, index) => first + index * slotMs,
  );
  const weights = Float64Array.from(slots, slot => appetite(slot, seed));
  const weightOf = (slot: number): number => weights[(slot - first) / slotMs] ?? 0;
  const before = slots.filter(slot => slot < start);
  const level = usualLevel(before, start, lengthMs, weightOf, 40 + 50 * dice(seed, 0));
  const own = slots.filter(slot => slot >= start);
  const sum = own.reduce((total, slot) => total + weightOf(slot), 0);
  // Where this person would have slept, all of it came evenly.
  const added = (slot: number): number =>
    slot < start
      ? level * weightOf(slot)
      : (use.usedPercent * (sum > 0 ? weightOf(slot) : 1)) / (sum > 0 ? sum : own.length);
  return grown(slots, slot => Math.floor((slot - start) / lengthMs), added, seed, at);
}

/** Points for a weight of 1, so that a window in which anything is used ends with `usual` percent on average. */
function usualLevel(
  slots: readonly number[],
  start: number,
  lengthMs: number,
  weightOf: (slot: number) => number,
  usual: number,
): number {
  const sums = new Map<number, number>();
  for (const slot of slots) {
    const cycle = Math.floor((slot - start) / lengthMs);
    sums.set(cycle, (sums.get(cycle) ?? 0) + weightOf(slot));
  }
  const used = [...sums.values()].filter(sum => sum > 0);
  return used.length === 0 ? 0 : (usual * used.length) / used.reduce((total, sum) => total + sum, 0);
}

/** Row by row: use grows inside a window and begins again with the next. */
function grown(
  slots: readonly number[],
  cycleOf: (slot: number) => number,
  added: (slot: number) => number,
  seed: number,
  now: number,
): InventedUse {
  const usage: Usage[] = [];
  const turns: Turn[] = [];
  let [cycle, top] = [cycleOf(slots[0] ?? 0), 0];
  for (const slot of slots) {
    const at = slot / second;
    if (cycleOf(slot) !== cycle) {
      turns.push({at, kind: 'reset', before: Math.round(top * 10), after: 0});
      [cycle, top] = [cycleOf(slot), 0];
    }
    const before = top;
    top = Math.min(Math.max(top, 100), top + added(slot));
    const last = Math.round(top * 10);
    const row = {span: spans.quarter, at, last, peak: last, added: last - Math.round(before * 10), seen: spans.quarter};
    if (!isUnwatched(slot, seed, now)) usage.push({...row, bridged: false});
  }
  return {usage: coarser(usage, now), turns};
}

/** As the ledger keeps it: older quarter hours as hours. */
function coarser(usage: readonly Usage[], now: number): Usage[] {
  const oldest = (now - keptDays.quarters * day) / second;
  const byHour = new Map<number, Usage[]>();
  for (const row of usage.filter(({at}) => at < oldest)) {
    const at = row.at - (row.at % spans.hour);
    byHour.set(at, [...(byHour.get(at) ?? []), row]);
  }
  return [...[...byHour].map(([at, rows]) => folded(rows, spans.hour, at)), ...usage.filter(({at}) => at >= oldest)];
}

/** How much this person would use in a slot. */
function appetite(slot: number, seed: number): number {
  const cell = cellOf(slot);
  const usual = (hours[cell % hoursOfDay] ?? 0) * (days[Math.floor(cell / hoursOfDay)] ?? 0);
  const isWorking = dice(seed, Math.floor(slot / slotMs / session.slots)) < session.share;
  return isWorking ? usual * (0.5 + dice(seed, slot / slotMs)) : 0;
}

const isUnwatched = (slot: number, seed: number, now: number): boolean =>
  now - slot > 2 * day && dice(seed, Math.floor(slot / day)) < unwatchedShare;

/** By FNV-1a. */
const numberOf = (seed: string): number =>
  [...seed].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619), 2_166_136_261);

/** 0 ≤ dice < 1. */
function dice(seed: number, turn: number): number {
  let hash = Math.imul(seed ^ turn, 2_246_822_507);
  hash = Math.imul(hash ^ (hash >>> 15), 3_266_489_909);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296;
}
