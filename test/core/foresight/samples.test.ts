import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {follow, type Sample, type Step, startOf, type Track} from '../../../src/core/foresight/samples.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.UTC(2026, 2, 4, 12);
const resetsAt = noon + 3 * hour;

const known = (after: number, usedPercent: number, more: Partial<Sample> = {}): Sample => ({
  at: noon + after,
  windowMs: 5 * hour,
  state: 'known',
  usedPercent,
  resetsAt,
  ...more,
});
const idle = (after: number): Sample => known(after, 0, {state: 'not-started', usedPercent: null, resetsAt: null});

/** What the last of these samples told. */
function told(...samples: Sample[]): Step | null {
  let track: Track | null = null;
  let step: Step | null = null;
  for (const sample of samples) {
    step = follow(track, sample);
    track = step?.track ?? track;
  }
  return step;
}
const stretch = (from: number, to: number, added: number, seen = true) => ({
  from: noon + from,
  to: noon + to,
  added,
  seen,
});

describe('two readings of one window', () => {
  it('tell what was used in between, spread from the one to the other however long that is', () => {
    expect(told(known(0, 12), known(5 * minute, 15))?.stretch).toEqual(stretch(0, 5 * minute, 3));
    expect(told(known(0, 12), known(2 * hour, 60))?.stretch).toEqual(stretch(0, 2 * hour, 48));
  });
  it('tell nothing of a fall by a point, which is rounding, and do not count the rise after it', () => {
    expect(told(known(0, 40), known(minute, 39))).toMatchObject({stretch: {added: 0, seen: true}, turn: null});
    expect(told(known(0, 40), known(minute, 39), known(2 * minute, 41))?.stretch?.added).toBe(1);
  });
  it('do not take a full window for idleness: nothing could be used', () => {
    expect(told(known(0, 100), known(hour, 100))?.stretch).toEqual(stretch(0, hour, 0, false));
    expect(told(known(0, 137), known(hour, 140))?.stretch).toEqual(stretch(0, hour, 3, false));
  });
  it('go on in the same window when only its reset moves', () => {
    const moved = told(known(0, 40), known(minute, 42, {resetsAt: resetsAt + 20 * minute}));
    expect(moved).toMatchObject({turn: 'moved', stretch: {added: 2, seen: true}});
    expect(told(known(0, 40), known(minute, 42, {resetsAt: resetsAt + 9 * minute}))?.turn).toBeNull();
  });
  it('tell of a changed plan where the use falls and nothing else does', () => {
    const rescaled = told(known(0, 80), known(minute, 40));
    expect(rescaled).toMatchObject({turn: 'rescaled', stretch: {added: 0, seen: false}});
    expect(told(known(0, 80), known(minute, 40), known(2 * minute, 43))?.stretch?.added).toBe(3);
  });
  it('tell nothing when the second is not newer, or knows nothing', () => {
    expect(told(known(0, 12), known(0, 15))).toBeNull();
    expect(told(known(minute, 12), known(0, 15))).toBeNull();
    for (const state of ['unknown', 'unlimited'] as const)
      expect(told(known(0, 12), known(minute, 0, {state, usedPercent: null}))).toBeNull();
    const past = told(known(0, 12), known(minute, 0, {state: 'unknown', usedPercent: null}), known(2 * minute, 14));
    expect(past?.stretch).toEqual(stretch(0, 2 * minute, 2));
  });
});

describe('a new window', () => {
  const next = {resetsAt: resetsAt + 5 * hour};
  it('begins when the reset has come and the use fell or the reset moved', () => {
    const at = 3 * hour + 10 * minute;
    expect(told(known(3 * hour - 5 * minute, 60), known(at, 4, next))).toMatchObject({
      turn: 'reset',
      stretch: stretch(3 * hour - 5 * minute, at, 4),
    });
    expect(told(known(3 * hour - 5 * minute, 4), known(at, 6, next))?.turn).toBe('reset');
    expect(told(known(3 * hour - 5 * minute, 60), known(at, 0))?.turn).toBe('reset');
  });
  it('takes its use from its own start on, where nobody had looked shortly before', () => {
    expect(told(known(0, 60), known(4 * hour, 9, next))?.stretch).toEqual(stretch(3 * hour, 4 * hour, 9));
  });
  it('has no place in time for its use when nobody looked for a day', () => {
    const weekly = {windowMs: 7 * day, resetsAt: noon + 8 * day};
    const before = known(0, 60, {windowMs: 7 * day, resetsAt: noon + day});
    expect(told(before, known(3 * day, 30, weekly))?.stretch).toMatchObject({added: 0, seen: false});
    expect(told(before, known(day + 20 * hour, 30, weekly))?.stretch).toEqual(stretch(day, day + 20 * hour, 30));
  });
  it('comes early when the use falls and the reset moves, or next to nothing is used', () => {
    expect(told(known(0, 60), known(minute, 20, next))?.turn).toBe('early-reset');
    expect(told(known(0, 60), known(minute, 5))?.turn).toBe('early-reset');
    expect(told(known(0, 60), known(minute, 6))?.turn).toBe('rescaled');
  });
  it('starts with the first use of one that had not started', () => {
    const begun = told(idle(0), known(5 * minute, 2));
    expect(begun).toMatchObject({turn: null, stretch: stretch(0, 5 * minute, 2)});
    const later = told(idle(-4 * hour), known(0, 8, {resetsAt: noon + 4 * hour}));
    expect(later?.stretch).toEqual(stretch(-hour, 0, 8));
  });
});

describe('a window that has not started', () => {
  it('was seen idle since a reading that was near enough', () => {
    expect(told(idle(0), idle(6 * hour))?.stretch?.seen).toBe(true);
    expect(told(idle(0), idle(6 * hour + 1))?.stretch?.seen).toBe(false);
    expect(told(known(0, 40), idle(20 * minute))?.stretch?.seen).toBe(true);
    expect(told(known(0, 40), idle(21 * minute))?.stretch?.seen).toBe(false);
    expect(told(known(0, 100), idle(minute))?.stretch?.seen).toBe(false);
  });
});

it('a month begins on the same day of the month before, or on its last', () => {
  const start = (at: number) => startOf({windowMs: null, resetsAt: at});
  expect(start(Date.UTC(2026, 2, 1))).toBe(Date.UTC(2026, 1, 1));
  expect(start(Date.UTC(2026, 2, 31, 9, 30))).toBe(Date.UTC(2026, 1, 28, 9, 30));
  expect(start(Date.UTC(2026, 0, 15, 0, 0, 1))).toBe(Date.UTC(2025, 11, 15, 0, 0, 1));
  expect(startOf({windowMs: 5 * hour, resetsAt})).toBe(resetsAt - 5 * hour);
  expect(startOf({windowMs: 5 * hour, resetsAt: null})).toBeNull();
});

it('no use is invented, whatever a service says', () => {
  const sample = fc.record({
    after: fc.integer({min: 1, max: 40 * day}),
    windowMs: fc.constantFrom(5 * hour, 7 * day, null),
    state: fc.constantFrom('known', 'known', 'not-started', 'unknown', 'unlimited'),
    usedPercent: fc.double({min: 0, max: 200, noNaN: true}),
    resetsIn: fc.option(fc.integer({min: -day, max: 40 * day})),
  });
  fc.assert(
    fc.property(fc.array(sample, {maxLength: 30}), samples => {
      let at = noon;
      let track: Track | null = null;
      for (const {after, resetsIn, ...each} of samples) {
        at += after;
        const resets = resetsIn === null ? null : at + resetsIn;
        const usedPercent = each.state === 'known' ? each.usedPercent : null;
        const step = follow(track, {...each, at, usedPercent, resetsAt: resets});
        const {stretch} = step ?? {stretch: null};
        expect(stretch?.added ?? 0).toBeGreaterThanOrEqual(0);
        expect(stretch?.added ?? 0).toBeLessThanOrEqual(usedPercent ?? 0);
        if (stretch !== null) expect(stretch.from).toBeLessThanOrEqual(stretch.to);
        track = step?.track ?? track;
      }
    }),
    {numRuns: 300},
  );
});
