import {describe, expect, it} from 'vitest';
import {cellOf} from '../../../src/core/foresight/local-time.ts';
import {rateAt, rhythmOf} from '../../../src/core/foresight/rhythm.ts';
import {addedIn, emptySlots, record, seenIn, slotMs, sumUp} from '../../../src/core/foresight/slots.ts';

process.env.TZ = 'UTC';

const hour = 3_600_000;
const day = 24 * hour;
/** A Monday at midnight. */
const monday = Date.UTC(2026, 2, 2);
const slotAt = (at: number): number => Math.floor(at / slotMs);

describe('the quarter hours', () => {
  it('share a stretch by time', () => {
    const slots = emptySlots();
    record(slots, {from: monday + 5 * 60_000, to: monday + 25 * 60_000, added: 8, seen: true});
    expect(addedIn(slots, slotAt(monday))).toBeCloseTo(4);
    expect(addedIn(slots, slotAt(monday) + 1)).toBeCloseTo(4);
    expect(seenIn(slots, slotAt(monday))).toBeCloseTo(2 / 3);
    expect(seenIn(slots, slotAt(monday) + 2)).toBe(0);
  });
  it('keep a use that nobody saw happening, and say so', () => {
    const slots = emptySlots();
    record(slots, {from: monday, to: monday + slotMs, added: 8, seen: false});
    expect([addedIn(slots, slotAt(monday)), seenIn(slots, slotAt(monday))]).toEqual([8, 0]);
  });
  it('forget by half in two weeks, and lose nothing of what leaves the last two months', () => {
    const slots = emptySlots();
    record(slots, {from: monday, to: monday + hour, added: 10, seen: true});
    sumUp(slots, slotAt(monday + 14 * day));
    expect(slots.addedBy[cellOf(monday)]).toBeCloseTo(5, 1);
    expect(slots.hoursBy[cellOf(monday)]).toBeCloseTo(0.5, 2);
    record(slots, {from: monday + 300 * day, to: monday + 300 * day + hour, added: 0, seen: true});
    expect(addedIn(slots, slotAt(monday))).toBe(0);
    expect(slots.addedBy[cellOf(monday)]).toBeGreaterThan(0);
  });
  it('count a reading that comes late for hours that were counted already', () => {
    const [late, whole] = [emptySlots(), emptySlots()];
    const used = {from: monday, to: monday + 4 * hour, added: 12, seen: true};
    record(whole, used);
    sumUp(whole, slotAt(monday + day));
    record(late, {...used, to: monday + 2 * hour, added: 6});
    sumUp(late, slotAt(monday + day));
    record(late, {...used, from: monday + 2 * hour, added: 6});
    for (const cell of [0, 1, 2, 3]) expect(late.addedBy[cell]).toBeCloseTo(whole.addedBy[cell] ?? 0);
  });
  it('stay small and finite when a clock jumps over decades', () => {
    const slots = emptySlots();
    record(slots, {from: monday, to: monday + hour, added: 10, seen: true});
    record(slots, {from: monday + hour, to: monday + 60 * 365 * day, added: 10, seen: true});
    sumUp(slots, slotAt(monday + 60 * 365 * day));
    expect([...slots.addedBy, ...slots.hoursBy].every(Number.isFinite)).toBe(true);
  });
});

describe('the rhythm', () => {
  it('is that of an office while nothing is known', () => {
    const {addedBy, hoursBy} = emptySlots();
    const rhythm = rhythmOf({addedBy, hoursBy}, 2);
    expect(rhythm.level).toBeCloseTo(2);
    expect(rateAt(rhythm, monday + 15 * hour)).toBeGreaterThan(20 * rateAt(rhythm, monday + 3 * hour));
    expect(rateAt(rhythm, monday + 15 * hour)).toBeGreaterThan(1.5 * rateAt(rhythm, monday + 5 * day + 15 * hour));
  });
  it('becomes the person’s own: work at night and at the weekend', () => {
    const slots = emptySlots();
    for (let date = 0; date < 56; date += 1) {
      const at = monday + date * day;
      const isWeekend = date % 7 > 4;
      for (let of = 0; of < 24; of += 1)
        record(slots, {
          from: at + of * hour,
          to: at + (of + 1) * hour,
          added: isWeekend && of < 4 ? 6 : 0,
          seen: true,
        });
    }
    sumUp(slots, slotAt(monday + 56 * day));
    const rhythm = rhythmOf(slots, 2);
    const [saturdayNight, mondayNoon] = [monday + 61 * day + 2 * hour, monday + 56 * day + 12 * hour];
    expect(rateAt(rhythm, saturdayNight)).toBeGreaterThan(2);
    expect(rateAt(rhythm, saturdayNight)).toBeGreaterThan(5 * rateAt(rhythm, mondayNoon));
  });
  it('keeps the local clock over the change to summer time', () => {
    process.env.TZ = 'Europe/Berlin';
    // Days of 24 and 23 hours: 9 o’clock is 08:00 UTC before and 07:00 UTC after.
    expect(cellOf(Date.UTC(2025, 2, 28, 8)) % 24).toBe(9);
    expect(cellOf(Date.UTC(2025, 2, 31, 7)) % 24).toBe(9);
    process.env.TZ = 'UTC';
  });
});
