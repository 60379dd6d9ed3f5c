import fc from 'fast-check';
import {expect, it} from 'vitest';
import {
  cycleIdOf,
  day,
  hour,
  minute,
  monthUntil,
  nextMidnight,
  nextMonday,
  periodBefore,
  pooledId,
  possibleReset,
  second,
  slug,
  week,
  windowByReset,
  windowIdOf,
} from '../../../src/providers/shared/windows.ts';

it.each([
  [5 * hour, '5h'],
  [5 * hour + 10 * minute, '5h'],
  [5 * hour - 10 * minute, '5h'],
  [5 * hour + 11 * minute, '311m'],
  [week, 'weekly'],
  [week - hour, 'weekly'],
  [30 * day, '30d'],
  [30 * day + second, '30d'],
  [2_628_000 * second, 'monthly'],
  [28 * day, 'monthly'],
  [29 * day, 'monthly'],
  [31 * day, 'monthly'],
  [day, '1d'],
  [14 * day, '14d'],
  [365 * day, '365d'],
  [hour, '1h'],
  [9 * hour, '9h'],
  [36 * hour, '36h'],
  [25 * hour, '25h'],
  [90 * minute, '90m'],
  [50 * minute, '50m'],
  [second, '1m'],
])('%d ms are called %s', (ms, id) => {
  expect(windowIdOf(ms)).toBe(id);
});

it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30])('%d ms are no length', ms => {
  expect(windowIdOf(ms)).toBeUndefined();
});

it('a length keeps its name when the server is a second off', () => {
  for (const ms of [5 * hour, week, 30 * day, 31 * day, day, 9 * hour])
    expect([windowIdOf(ms - second), windowIdOf(ms + second)]).toEqual([windowIdOf(ms), windowIdOf(ms)]);
});

it('a name is plain for every length', () => {
  fc.assert(
    fc.property(fc.double(), ms => {
      expect(windowIdOf(ms) ?? '1h').toMatch(/^(\d+[hdm]|weekly|monthly)$/);
    }),
  );
});

it.each([
  [2 * hour, '5h'],
  [-minute, '5h'],
  [5 * hour + 10 * minute, '5h'],
  [5 * hour + 11 * minute, 'weekly'],
  [week + hour, 'weekly'],
  [week + 2 * hour, 'monthly'],
  [40 * day, 'monthly'],
])('a reset in %d ms is that of the %s window', (left, id) => {
  expect(windowByReset(left + 1e12, 1e12)?.id).toBe(id);
});

it('no window is known by a reset that was not told', () => {
  expect(windowByReset(null, 1e12)).toBeNull();
});

it('a reset further ahead than the window is long is no reset', () => {
  const now = 1e12;
  const of = (left: number, windowMs: number | null) => possibleReset(now + left, windowMs, now);
  expect([of(40 * day, 5 * hour), of(2 * week, week)]).toEqual([null, null]);
  expect([of(5 * hour, 5 * hour), of(week + minute, week), of(40 * day, null)]).toEqual(
    [5 * hour, week + minute, 40 * day].map(left => now + left),
  );
  expect(possibleReset(null, week, now)).toBeNull();
});

it('a billing cycle of any month is monthly, and any other one is named by its length', () => {
  const days = [28, 29, 30, 31, 7, 14, 32, 0];
  expect(days.map(count => cycleIdOf(count * day))).toEqual([
    ...['monthly', 'monthly', 'monthly', 'monthly', 'weekly', '14d', '32d', undefined],
  ]);
  expect([cycleIdOf(28 * day - hour), cycleIdOf(31 * day + hour)]).toEqual(['monthly', 'monthly']);
});

it('the period before a reset has as many days as the month before', () => {
  const before = (date: string) => periodBefore(Date.parse(date)) / day;
  expect([before('2026-10-01'), before('2026-03-01'), before('2028-03-01'), before('2027-01-01')]).toEqual([
    30, 28, 29, 31,
  ]);
  // From the last day of a month that has no 31st.
  expect([before('2026-12-31'), before('2027-03-31'), before('2026-12-30')]).toEqual([31, 31, 30]);
});

it('a month is as long as the one before its end, and does not end later than it lasts', () => {
  const now = Date.UTC(2026, 8, 1, 22);
  const end = Date.UTC(2026, 8, 20);
  expect(monthUntil('2026-09-20T00:00:00Z', now)).toEqual({resetsAt: end, windowMs: 31 * day});
  expect(monthUntil(end / 1000, now)).toEqual({resetsAt: end, windowMs: 31 * day});
  expect(monthUntil(Date.UTC(2026, 7, 31), now)).toEqual({resetsAt: Date.UTC(2026, 7, 31), windowMs: 31 * day});
  const none = {resetsAt: null, windowMs: null};
  expect(['2026-10-20T00:00:00Z', 4_102_444_800, null, 0, 'soon'].map(at => monthUntil(at, now))).toEqual([
    none,
    none,
    none,
    none,
    none,
  ]);
});

it('a day ends at midnight and a week before Monday, and the next begins in that moment', () => {
  const friday = Date.UTC(2026, 10, 27, 20);
  expect([nextMidnight(friday), nextMonday(friday)]).toEqual([Date.UTC(2026, 10, 28), Date.UTC(2026, 10, 30)]);
  const monday = Date.UTC(2026, 10, 30);
  expect([nextMidnight(monday - 1), nextMonday(monday - 1)]).toEqual([monday, monday]);
  expect([nextMidnight(monday), nextMonday(monday)]).toEqual([monday + day, monday + week]);
});

it('a pool stands before the length', () => {
  expect([pooledId(null, '5h'), pooledId('spark', '5h')]).toEqual(['5h', 'spark/5h']);
});

it.each([
  ['GPT-5.3 Codex/Spark', 'gpt-5.3-codex-spark'],
  ['  --a__b--  ', 'a-b'],
  ['套餐 A', '套餐-a'],
  ['', 'other'],
  ['///', 'other'],
  ['\u001b[2J', '2j'],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
])('%j becomes %s', (name, expected) => {
  expect(slug(name)).toBe(expected);
});

it('a slug is never empty, long, or anything but letters, digits, dots and dashes', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), text => {
      expect(slug(text)).toMatch(/^[\p{L}\p{N}.][\p{L}\p{N}.-]{0,39}$/u);
      expect([...slug(text)].length).toBeLessThanOrEqual(40);
    }),
  );
});
