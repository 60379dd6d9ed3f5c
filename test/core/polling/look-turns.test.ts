import {describe, expect, it} from 'vitest';
import {createLookTurns} from '../../../src/core/polling/look-turns.ts';

const second = 1000;

/** The seconds of ten minutes at which a look begins, with a beat each second. */
function looksIn(stirredAt: (seconds: number) => boolean | null, seconds = 600): number[] {
  let now = 0;
  const turns = createLookTurns({stirred: () => stirredAt(now / second)});
  const found: number[] = [];
  for (; now <= seconds * second; now += second)
    if (turns.isDue(now)) {
      turns.begin(now);
      found.push(now / second);
    }
  return found;
}

describe('logins are looked for', () => {
  it('every 15 seconds where nobody can tell whether something changed', () => {
    expect(looksIn(() => null, 60)).toEqual([0, 15, 30, 45, 60]);
  });

  // Six looks in ten minutes instead of forty-one: a look is some two hundred questions to the file system.
  it('every two minutes while nothing stirs', () => {
    expect(looksIn(() => false)).toEqual([0, 120, 240, 360, 480, 600]);
  });

  it('within a second of a change', () => {
    expect(looksIn(at => at === 50, 100)).toEqual([0, 50]);
  });

  it('two seconds after the last look when something changed since', () => {
    expect(looksIn(at => at === 1, 100)).toEqual([0]);
    expect(looksIn(at => at === 2, 100)).toEqual([0, 2]);
    expect(looksIn(at => at === 9, 100)).toEqual([0, 9]);
  });

  it('every 15 seconds while something changes all the time, and once more in 30', () => {
    expect(looksIn(() => true, 100)).toEqual([0, 2, 17, 32, 34, 49, 64, 66, 81, 96, 98]);
  });

  it('at its turn where it was too soon for a change', () => {
    expect(looksIn(at => at === 2 || at === 5, 100)).toEqual([0, 2, 17]);
  });

  it('at once after the clock was set back', () => {
    const turns = createLookTurns({stirred: () => false});
    turns.begin(100 * second);
    expect(turns.isDue(40 * second)).toBe(true);
  });

  it('and every 15 seconds between, that nothing has stirred is told: what was found still holds', () => {
    const told: number[] = [];
    const turns = createLookTurns({stirred: () => false}, now => told.push(now / second));
    turns.begin(0);
    for (let at = 1; at < 60; at += 1) turns.isDue(at * second);
    expect(told).toEqual([15, 30, 45]);
  });

  it('every 15 seconds where nothing is watched', () => {
    const turns = createLookTurns();
    turns.begin(0);
    expect([14, 15].map(at => turns.isDue(at * second))).toEqual([false, true]);
  });
});
