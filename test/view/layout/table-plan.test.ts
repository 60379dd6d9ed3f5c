import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {headingRows, roomFor, type TableNeed, tablePlan} from '../../../src/view/layout/table-plan.ts';

const planFor = (more: Partial<TableNeed>) =>
  tablePlan({available: 22, count: 5, full: 7, most: 7, scroll: 0, focus: 0, ...more});

describe('the rows of a table', () => {
  it('are all there where they have room, with the panel as high as its content', () => {
    expect(planFor({})).toEqual({shown: 5, first: 0, rule: false, preview: 7});
  });
  it('leave the panel its frame and two rows before they are scrolled', () => {
    expect(planFor({count: 17})).toEqual({shown: 17, first: 0, rule: false, preview: 4});
    expect(planFor({count: 18})).toEqual({shown: 13, first: 0, rule: true, preview: 7});
  });
  it('take what the panel below them does not need, up to what it may have at most', () => {
    const plans = [3, 5, 7, 40].map(full => planFor({count: 30, full, most: 40}));
    expect(plans.map(({shown, preview}) => [shown, preview])).toEqual([
      [17, 3],
      [15, 5],
      [13, 7],
      [13, 7],
    ]);
  });
  it('have eight rows of a screen to themselves', () => {
    expect(planFor({available: 6, count: 5})).toEqual({shown: 5, first: 0, rule: false, preview: 0});
    expect(planFor({available: 6, count: 6})).toEqual({shown: 4, first: 0, rule: true, preview: 0});
  });
  it('are scrolled no further than the focused one needs', () => {
    const first = (scroll: number, focus: number): number => planFor({count: 30, scroll, focus}).first;
    expect([first(0, 12), first(0, 13), first(5, 5), first(5, 4), first(5, 9), first(99, 29)]).toEqual([
      0, 1, 5, 4, 5, 17,
    ]);
  });
  it('never lose the focused one, nor a row of the screen', () => {
    const needs = fc.record({
      available: fc.integer({min: 6, max: 100}),
      count: fc.integer({min: 1, max: 200}),
      full: fc.integer({min: 0, max: 300}),
      most: fc.integer({min: 0, max: 300}),
      scroll: fc.integer({min: 0, max: 250}),
      at: fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
    });
    fc.assert(
      fc.property(needs, ({at, ...need}) => {
        const focus = Math.floor(at * need.count);
        const {shown, first, rule, preview} = tablePlan({...need, focus});
        expect(shown).toBeGreaterThanOrEqual(Math.min(need.count, 3));
        expect(focus).toBeGreaterThanOrEqual(first);
        expect(focus).toBeLessThan(first + shown);
        expect(first + shown).toBeLessThanOrEqual(need.count);
        expect(rule).toBe(shown < need.count);
        expect(rule || need.count <= roomFor(need.available) || preview === 0).toBe(true);
        const used = headingRows + shown + (rule ? 1 : 0) + preview;
        expect(used).toBeLessThanOrEqual(need.available);
        // No row is left blank while one is hidden.
        if (rule && need.full >= 3 && preview > 0) expect(used).toBe(need.available);
        expect(preview).toBeLessThanOrEqual(need.full);
      }),
    );
  });
});
