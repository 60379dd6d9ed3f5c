import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Use} from '../../src/core/model.ts';
import {pointsAhead} from '../../src/core/pace.ts';
import {windowAt} from '../../src/core/reading-at.ts';
import {day, foretold, hour, minute, someNow, window} from '../support/state.ts';

const ahead = (use: number | Use, resetsIn: number | null, id = 'weekly', stale = false): number | null =>
  pointsAhead(foretold(window(id, use, resetsIn)), stale, someNow);

describe('how far use is ahead of time', () => {
  it('is what is used more than the share of the period that has elapsed, in points', () => {
    expect(ahead(64, 3.5 * day)).toBe(14);
    expect(ahead(98, 2.1 * day)).toBe(28);
    expect(ahead(137, 3.5 * day)).toBe(87);
    expect(ahead(40, 4 * hour, '5h')).toBe(20);
  });
  it('is not said where use is on time or behind, nor of half a point', () => {
    expect(ahead(50, 3.5 * day)).toBeNull();
    expect(ahead(12, 3.5 * day)).toBeNull();
    expect(ahead(50.4, 3.5 * day)).toBeNull();
    expect(ahead(50.6, 3.5 * day)).toBe(1);
  });
  it('is not said where the forecast is silent, as in the first moments of a period, when every request looks like haste', () => {
    expect(pointsAhead(window('weekly', 64, 3.5 * day), false, someNow)).toBeNull();
    expect(pointsAhead(foretold(window('weekly', 64, 3.5 * day), {verdict: 'too-early'}), false, someNow)).toBeNull();
    for (const verdict of ['likely-lasts', 'may-run-out', 'runs-out', 'spent'] as const)
      expect(pointsAhead(foretold(window('weekly', 64, 3.5 * day), {verdict}), false, someNow)).toBe(14);
  });
  it('is not said of what is unknown, unlimited, not started or old', () => {
    expect(ahead({state: 'unknown', why: ''}, day)).toBeNull();
    expect(ahead({state: 'unlimited'}, day)).toBeNull();
    expect(ahead({state: 'not-started'}, null)).toBeNull();
    expect(ahead(64, 3.5 * day, 'weekly', true)).toBeNull();
  });
  it('is not said without an end or a length, nor after the end', () => {
    expect(ahead(64, null)).toBeNull();
    expect(ahead(64, day, 'total')).toBeNull();
    expect(ahead(110, -minute)).toBeNull();
    expect(pointsAhead(windowAt(window('weekly', 64, -minute), someNow - hour, someNow), false, someNow)).toBeNull();
  });
  it('is a whole number above zero, or nothing', () => {
    const uses = fc.double({min: 0, max: 1e6, noNaN: true});
    fc.assert(
      fc.property(uses, fc.integer({min: -day, max: 8 * day}), (used, resetsIn) => {
        const points = ahead(used, resetsIn);
        if (points !== null) expect(Number.isInteger(points) && points > 0 && points <= Math.ceil(used)).toBe(true);
      }),
    );
  });
});
