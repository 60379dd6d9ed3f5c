import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {failureCodes} from '../../../src/core/model.ts';
import {intervalMsOf, nextDueAt, signInCodes} from '../../../src/core/polling/schedule.ts';
import {aFailure, aReading, aWindow} from '../../support/monitor.ts';

const second = 1000;
const minute = 60 * second;
const now = Date.parse('2026-09-01T22:00:00Z');
const intervalMs = 2 * minute;
const usual = {now, intervalMs, failures: 0, failure: null, reading: aReading(), random: 0.5};

describe('after a reading', () => {
  it('asks again after the interval, ten percent more or less', () => {
    expect(nextDueAt({...usual, random: 0})).toBe(now + 108 * second);
    expect(nextDueAt({...usual, random: 0.5})).toBe(now + 120 * second);
    expect(nextDueAt({...usual, random: 1})).toBe(now + 132 * second);
  });

  it('asks once more a few seconds after a window resets', () => {
    const reading = aReading({
      windows: [aWindow({resetsAt: now + minute}), aWindow({id: 'weekly', resetsAt: now + 90 * second})],
    });
    expect(nextDueAt({...usual, reading})).toBe(now + 65 * second);
  });

  it('is not drawn into a poll every few seconds by a reset that is always about now', () => {
    const reading = aReading({windows: [aWindow({resetsAt: now + second})]});
    expect(nextDueAt({...usual, reading})).toBe(now + 30 * second);
  });

  it('ignores resets of the past and of windows that have not started', () => {
    const windows = [aWindow({resetsAt: now - minute}), aWindow({resetsAt: now + minute, use: {state: 'not-started'}})];
    expect(nextDueAt({...usual, reading: aReading({windows})})).toBe(now + intervalMs);
  });
});

describe('after a failure', () => {
  const failed = (code: (typeof failureCodes)[number], failures = 1, retryAt: number | null = null) =>
    nextDueAt({...usual, reading: null, failures, failure: aFailure({code, retryAt})});

  it('backs off from the interval to a quarter of an hour', () => {
    const waits = [1, 2, 3, 4, 5, 50].map(failures => ((failed('server_error', failures) ?? 0) - now) / minute);
    expect(waits).toEqual([2, 4, 8, 15, 15, 15]);
  });

  it('never asks before the instant that the service named, and spreads those who were told the same', () => {
    expect(failed('rate_limited', 1, now + 7 * minute)).toBe(now + 7 * minute + second);
    expect(failed('server_error', 1, now + 7 * minute)).toBe(now + 7 * minute + second);
  });

  it('waits longer and longer where a service goes on refusing, however short the wait that it names', () => {
    const waits = [1, 2, 3, 4, 9].map(
      failures => ((failed('rate_limited', failures, now + minute) ?? 0) - now) / second,
    );
    expect(waits).toEqual([61, 120, 240, 480, 900]);
    expect(failed('rate_limited', 9, now + 60 * minute)).toBe(now + 60 * minute + second);
  });

  it('does not come at once because a service said one second', () => {
    expect(failed('rate_limited', 1, now + second)).toBe(now + 61 * second);
  });

  it('waits for the credential, not for the clock, when signing in is the cure', () => {
    for (const code of signInCodes) expect(failed(code)).toBeNull();
  });

  it('asks slowly where a plan is missing', () => {
    expect(failed('no_plan')).toBe(now + 30 * minute);
    expect(failed('plan_expired')).toBe(now + 30 * minute);
  });

  it('always names an instant in the future, at least a minute away', () => {
    const cases = fc.record({
      code: fc.constantFrom(...failureCodes.filter(code => !signInCodes.has(code))),
      failures: fc.integer({min: 1, max: 1e6}),
      intervalMs: fc.integer({min: minute, max: 86_400_000}),
      retryAt: fc.option(fc.integer({min: -1e12, max: 8e15})),
      random: fc.double({min: 0, max: 0.999, noNaN: true}),
    });
    fc.assert(
      fc.property(cases, ({code, retryAt, ...rest}) => {
        const dueAt = nextDueAt({now, reading: null, failure: aFailure({code, retryAt}), ...rest});
        expect(dueAt).toBeGreaterThanOrEqual(now + 54 * second);
        expect(Number.isSafeInteger(dueAt)).toBe(true);
      }),
    );
  });
});

it('never polls below the floor of the provider, whatever the settings wish', () => {
  const provider = {intervalSeconds: {default: 300, floor: 180}};
  expect(intervalMsOf(provider, null)).toBe(300 * second);
  expect(intervalMsOf(provider, 10)).toBe(180 * second);
  expect(intervalMsOf({intervalSeconds: {default: 10, floor: 1}}, null)).toBe(60 * second);
});
