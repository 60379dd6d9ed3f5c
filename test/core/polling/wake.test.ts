import {expect, it} from 'vitest';
import {createWakeDetector} from '../../../src/core/polling/wake.ts';

const second = 1000;
const hour = 3_600_000;
const start = 1_000_000_000;

it('takes beats that come every second, or late on a busy machine, for usual', () => {
  const wake = createWakeDetector(start);
  let now = start;
  for (const ms of [second, second, 900, 4 * second, 16 * second]) {
    now += ms;
    expect(wake.sleptMs(now)).toBe(0);
  }
});

it('tells how much time is missing after a sleep, once', () => {
  const wake = createWakeDetector(start);
  expect(wake.sleptMs(start + 8 * hour + second)).toBe(8 * hour);
  expect(wake.sleptMs(start + 8 * hour + 2 * second)).toBe(0);
});

it('tells by how much the clock was set back, as a negative time', () => {
  const wake = createWakeDetector(start);
  expect(wake.sleptMs(start - hour + second)).toBe(-hour);
  expect(wake.sleptMs(start - hour + 2 * second)).toBe(0);
});

it('does not take a pause of its own for a sleep', () => {
  const wake = createWakeDetector(start);
  wake.reset(start + hour);
  expect(wake.sleptMs(start + hour + second)).toBe(0);
});
