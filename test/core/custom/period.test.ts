import {describe, expect, it} from 'vitest';
import {isWindowId, nextUtc, windowOf} from '../../../src/core/custom/period.ts';

const day = 86_400_000;

describe('the id of a window', () => {
  it.each<[string, string | null, number | null]>([
    ['5h', null, 5 * 3_600_000],
    ['1d', null, day],
    ['weekly', null, 7 * day],
    ['key/30d', 'key', 30 * day],
    ['gpt-4.1/weekly', 'gpt-4.1', 7 * day],
    ['total', null, null],
    ['monthly', null, null],
  ])('tells its pool and its length: %s', (id, pool, windowMs) => {
    expect(windowOf(id, null)).toEqual({pool, windowMs});
  });

  it('is as long as the month before its reset', () => {
    expect(windowOf('monthly', Date.UTC(2026, 2, 1))?.windowMs).toBe(28 * day);
    expect(windowOf('x/monthly', Date.UTC(2026, 0, 1))?.windowMs).toBe(31 * day);
  });

  it.each(['', '5', 'h', '0h', '5m', 'Weekly', 'a/b/5h', '/5h', 'a b/5h', 'weekly/', '5h ', '12345h'])(
    'is none: "%s"',
    id => {
      expect(isWindowId(id)).toBe(false);
      expect(windowOf(id, null)).toBeNull();
    },
  );
});

it('a calendar’s next day, week and month begin at midnight UTC, the week on Monday', () => {
  const friday = Date.parse('2026-11-27T20:00:00Z');
  const next = (period: 'utc-day' | 'utc-week' | 'utc-month', at: number) =>
    new Date(nextUtc(period, at)).toISOString();
  expect(next('utc-day', friday)).toBe('2026-11-28T00:00:00.000Z');
  expect(next('utc-week', friday)).toBe('2026-11-30T00:00:00.000Z');
  expect(next('utc-week', Date.parse('2026-11-30T00:00:00Z'))).toBe('2026-12-07T00:00:00.000Z');
  expect(next('utc-month', Date.parse('2026-12-31T23:59:59Z'))).toBe('2027-01-01T00:00:00.000Z');
});
