import fc from 'fast-check';
import {expect, it} from 'vitest';
import {createCopy, createTable, day, failed, hour, minute, noon, rowOf} from './support.ts';

/** What happens between two polls of one window of a week. */
const steps = fc.array(
  fc.record({
    // Use grows, or wobbles by the service's rounding.
    more: fc.oneof(fc.constantFrom(-1, -0.5, 0), fc.integer({min: 0, max: 9})),
    afterMs: fc.integer({min: minute, max: 3 * hour}),
    by: fc.nat({max: 7}),
    // Copies that are started again, or miss what the others write.
    restarts: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7]),
    deaf: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7]),
    wandersMs: fc.integer({min: -9 * minute, max: 9 * minute}),
    fails: fc.boolean(),
    resets: fc.constantFrom(...Array.from({length: 11}, () => false), true),
  }),
  {maxLength: 50},
);

it('whatever copies do, no alert is given twice in one window, and none without its reason', () => {
  fc.assert(
    fc.property(steps, all => {
      const table = createTable();
      const copies = Array.from({length: 8}, () => createCopy(table));
      let [at, used, top, resetsAt] = [0, 40, 40, noon + 7 * day];
      let told: Record<string, number> = {};
      for (const {more, afterMs, by, restarts, deaf, wandersMs, fails, resets} of all) {
        at += afterMs;
        if (resets) {
          at = resetsAt - noon + minute;
          resetsAt += 7 * day;
          [used, top, told] = [0, 0, {back: told.back ?? 0}];
        }
        // A wobble is one from the highest.
        used = Math.max(top - 1, used + more, 0);
        top = Math.max(top, used);
        for (const index of restarts) copies[index] = createCopy(table);
        const row = rowOf(at, [{used, resetsAt: resetsAt + wandersMs}]);
        const settled = fails && !resets ? failed(table.rows.get(row.key) ?? row, at, 'network') : row;
        const events = copies.flatMap((copy, index) =>
          index === by ? copy.settle(settled) : deaf.includes(index) ? [] : copy.adopt(settled),
        );
        for (const {event} of events) told[event] = (told[event] ?? 0) + 1;
        expect(Object.keys(told).filter(name => !['threshold', 'spent', 'back'].includes(name))).toEqual([]);
        expect(Math.max(0, told.threshold ?? 0, told.spent ?? 0)).toBeLessThanOrEqual(1);
        if (top < 90) expect(told.threshold ?? 0).toBe(0);
        if (top < 100) expect(told.spent ?? 0).toBe(0);
      }
    }),
    {numRuns: 400},
  );
});
