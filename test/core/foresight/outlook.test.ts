import {describe, expect, it} from 'vitest';
import type {WindowForecast} from '../../../src/core/foresight/forecasts.ts';
import {foreseen, outlookOf} from '../../../src/core/foresight/outlook-of.ts';
import {account, day, hour, minute, reading, someNow, window} from '../../support/state.ts';

process.env.TZ = 'UTC';

const forecast = (more: Partial<WindowForecast> = {}): WindowForecast => ({
  ...{verdict: 'runs-out', probability: 0.72, runOutAt: null, range: null, usedAtReset: 100, usedRange: [71.5, 100]},
  ...{learnedFrom: someNow - 30 * day, ...more},
});
const told = (more: Partial<WindowForecast>, resetsAt = someNow + 30 * day) =>
  outlookOf(forecast(more), resetsAt, someNow);
/** How far from now the time is told, in minutes. */
const minutesTold = (after: number, range: number, resetsAt?: number): number | undefined => {
  const runOutAt = someNow + after;
  const at = told({runOutAt, range: [runOutAt - range / 2, runOutAt + range / 2]}, resetsAt)?.runOutAt?.at;
  return at === undefined ? undefined : (at - someNow) / minute;
};

describe('a time that is told', () => {
  it('is rounded to 5 minutes within 2 hours, 15 within 12, hours within 3 days, and else to half days', () => {
    expect(minutesTold(63 * minute, 40 * minute)).toBe(65);
    expect(minutesTold(5 * hour + 8 * minute, hour)).toBe(5 * 60 + 15);
    expect(minutesTold(50 * hour + 29 * minute, 5 * hour)).toBe(50 * 60);
    // Five days on it is nine in the morning: of the half day that began at midnight.
    expect(told({runOutAt: someNow + 5 * day, range: null})?.runOutAt).toEqual({
      at: someNow + 5 * day - 9 * hour,
      halfDay: true,
    });
  });
  it('is no finer than a tenth of its range', () => {
    expect(minutesTold(63 * minute, 110 * minute)).toBe(60);
    expect(minutesTold(3 * hour, 7 * hour)).toBe(3 * 60);
    expect(minutesTold(40 * hour, 22 * hour)).toBe(39 * 60);
    expect(told({runOutAt: someNow + 40 * hour, range: [someNow + hour, someNow + 60 * hour]})?.runOutAt).toMatchObject(
      {
        halfDay: true,
      },
    );
  });
  it('lies neither in the past nor after the reset', () => {
    const soon = forecast({runOutAt: someNow + 2 * minute});
    expect(outlookOf(soon, someNow + hour, someNow + minute)?.runOutAt?.at).toBe(someNow + 5 * minute);
    expect(minutesTold(58 * minute, 0, someNow + 59 * minute)).toBe(55);
  });
  it('is that of the local clock, also where it is half an hour off', () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Asia/Kolkata';
    expect(minutesTold(20 * hour + 10 * minute, 0)).toBe(20 * 60 + 30);
    process.env.TZ = zone;
  });
  it('keeps its day and its half where the clock changes on that day', () => {
    const zone = process.env.TZ;
    const rangeOf = (runOutAt: number) => ({runOutAt, range: [runOutAt - 20 * hour, runOutAt + 20 * hour] as const});
    for (const [name, noonOf, morning] of [
      ['Europe/Berlin', Date.UTC(2026, 2, 29, 8), [2026, 2, 29, 0]],
      ['Europe/Berlin', Date.UTC(2026, 9, 25, 9), [2026, 9, 25, 0]],
      ['America/New_York', Date.UTC(2026, 2, 8, 18), [2026, 2, 8, 12]],
    ] as const) {
      process.env.TZ = name;
      const [year, month, date, hours] = morning;
      const told = outlookOf(forecast(rangeOf(noonOf)), null, noonOf - 2 * day);
      expect(told?.runOutAt).toEqual({at: new Date(year, month, date, hours).getTime(), halfDay: true});
    }
    // Of three hours the nearest, by the clock that holds then.
    process.env.TZ = 'Europe/Berlin';
    const at = Date.UTC(2026, 2, 29, 8, 50);
    const range = [at - 8 * hour, at + 8 * hour] as const;
    expect(outlookOf(forecast({runOutAt: at, range}), null, at - day)?.runOutAt?.at).toBe(Date.UTC(2026, 2, 29, 10));
    process.env.TZ = zone;
  });
  it('is exact enough to say since when nothing is left', () => {
    expect(told({verdict: 'spent', runOutAt: someNow - 3 * day - 61_000})?.runOutAt?.at).toBe(
      someNow - 3 * day - 5 * minute,
    );
  });
});

describe('a chance that is told', () => {
  it.each([
    [0.03, 0],
    [0.06, 5],
    [0.12, 10],
    [0.4, 40],
    [0.43, 45],
    [0.94, 95],
    [0.96, 100],
  ])('of %d is %i: by fives, under 5 and over 95', (probability, chance) => {
    expect(told({probability})?.chance).toBe(chance);
  });
  it('is once in so many times where it is small', () => {
    expect(told({verdict: 'lasts', probability: 0.17, runOutAt: someNow + day})).toMatchObject({
      verdict: 'likely-lasts',
      oneIn: 6,
    });
    expect(told({verdict: 'lasts', probability: 0.05})?.verdict).toBe('lasts');
  });
});

describe('what is told of a window', () => {
  it('says for the first three days since when is learned', () => {
    expect(told({learnedFrom: someNow - 2 * day})?.learningSince).toBe(someNow - 2 * day);
    expect(told({learnedFrom: someNow - 3 * day})?.learningSince).toBeNull();
    expect(told({learnedFrom: null})?.learningSince).toBe(someNow);
  });
  it('is nothing without a forecast: the account stays the same object', () => {
    const quiet = account('openai:1', 'me', reading('Plus', [window('5h', 30, hour)]));
    expect(foreseen(quiet, () => null, someNow)).toBe(quiet);
    expect(foreseen(quiet, () => forecast({verdict: 'no-forecast'}), someNow)).toBe(quiet);
    const windows = foreseen(quiet, () => forecast(), someNow).reading?.windows;
    expect(windows?.[0]?.outlook).toMatchObject({verdict: 'runs-out', usedRange: [72, 100]});
  });
});
