import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Unit} from '../../../src/core/model.ts';
import {currencies} from '../../../src/core/vocabulary.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {toAscii} from '../../../src/view/context.ts';
import {cellWidth} from '../../../src/view/format/cells.ts';
import {absoluteText, amountText, compact, count, money, quantity} from '../../../src/view/format/quantity.ts';
import {age, ageAgo, clock, countdown, date, dateTime, duration, resetsIn} from '../../../src/view/format/time.ts';
import {percent, remaining, usageText} from '../../../src/view/format/use.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {day, hour, minute, someNow, window} from '../../support/state.ts';

const [en, zh, ja] = [stringsFor('en', catalogue), stringsFor('zh', catalogue), stringsFor('ja', catalogue)];

describe('percent', () => {
  it.each([
    [0, '0%'],
    [-0, '0%'],
    [0.01, '<0.1%'],
    [0.4, '0.4%'],
    [0.96, '0.9%'],
    [1, '1%'],
    [2.3, '2%'],
    [12, '12%'],
    [12.5, '13%'],
    [65.91666666, '66%'],
    [99.4, '99%'],
    [99.6, '99%'],
    [99.9999, '99%'],
    [100, '100%'],
    [100.0000000001, '100%'],
    [100.01, '100.1%'],
    [100.4, '100.4%'],
    [100.99, '100.9%'],
    [101, '101%'],
    [137, '137%'],
    [137.9, '137%'],
    [1e12, '>9999%'],
    [-0.04, '<0%'],
    [-37, '-37%'],
  ])('spells %f as %s', (value, text) => {
    expect(percent(value)).toBe(text);
  });

  const numberIn = (text: string): number => Number(text.replace(/[<>%]/g, ''));

  it('says 0, 100 and over 100 only when it is so', () => {
    fc.assert(
      fc.property(fc.double({min: 0.001, max: 5000, noNaN: true}), value => {
        const text = percent(value);
        expect(text).not.toBe('0%');
        if (value < 99.999) expect(numberIn(text)).toBeLessThan(100);
        if (value > 100.001) expect(text.startsWith('>') || numberIn(text) > 100).toBe(true);
      }),
    );
  });

  it('is never far from the number, and never wider than six cells', () => {
    fc.assert(
      fc.property(fc.double({min: 0, max: 9999, noNaN: true}), value => {
        expect(Math.abs(numberIn(percent(value)) - value)).toBeLessThanOrEqual(1);
        expect(percent(value).length).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('does not fall when the use grows', () => {
    fc.assert(
      fc.property(
        fc.double({min: 1, max: 3000, noNaN: true}),
        fc.double({min: 0, max: 50, noNaN: true}),
        (value, more) => {
          expect(numberIn(percent(value + more))).toBeGreaterThanOrEqual(numberIn(percent(value)));
        },
      ),
    );
  });
});

describe('remaining', () => {
  it.each([
    [0, '100%'],
    [0.01, '99%'],
    [12, '88%'],
    [99.6, '0.4%'],
    [99.9, '0.1%'],
    [100, '0%'],
    [137, '-37%'],
  ])('of %f used is %s', (used, text) => {
    expect(remaining(used)).toBe(text);
  });
});

it('gives each state of a use a text of its own, in every language', () => {
  for (const strings of [en, zh, ja]) {
    const texts = [
      usageText({state: 'known', usedPercent: 0}, 'used', strings),
      usageText({state: 'unlimited'}, 'used', strings),
      usageText({state: 'not-started'}, 'used', strings),
      usageText({state: 'unknown', why: 'no field'}, 'used', strings),
    ];
    expect(new Set(texts).size).toBe(4);
  }
});

it.each<[number, Unit, string]>([
  [4.475, 'usd', '$4.48'],
  [4.48, 'usd', '$4.48'],
  [0, 'usd', '$0.00'],
  [0.001, 'usd', '<$0.01'],
  [12.5, 'cny', 'CN¥12.50'],
  [1200, 'jpy', '¥1,200'],
  [0.2, 'jpy', '<¥1'],
  [-3, 'eur', '-€3.00'],
  [1_234_567, 'characters', '1.2M'],
  [1500, 'points', '1,500'],
  [1234.5, 'usd', '$1,234.50'],
  [-4.48, 'usd', '-$4.48'],
  [796.25, 'credits', '796.25'],
  [796.2, 'credits', '796.2'],
  [2111, 'credits', '2,111'],
  [36.79748725891113, 'credits', '36.8'],
  [200_000_000, 'tokens', '200M'],
  [1_500_000, 'tokens', '1.5M'],
  [12_345, 'tokens', '12.3K'],
  [999, 'tokens', '999'],
  [999_960, 'tokens', '1M'],
  [3_000_000_000, 'tokens', '3B'],
  [1234567, 'requests', '1,234,567'],
  [0.5, 'requests', '0.5'],
  [92, 'calls', '92'],
  [1200, 'count', '1,200'],
  [12, 'percent', '12%'],
])('spells %f %s as %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text);
});

describe('counts', () => {
  it.each([
    [999, '999'],
    [1000, '1,000'],
    [-1234567, '-1,234,567'],
    [-0.001, '0'],
  ])('groups %f as %s', (value, text) => {
    expect(count(value)).toBe(text);
  });

  it('stay short however large they are', () => {
    fc.assert(
      fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), value => {
        expect(count(value, 2).length).toBeLessThanOrEqual(26);
        expect(compact(Math.abs(value) % 1e15).length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('name their unit unless the number does', () => {
    expect(amountText({id: 'credits', value: 796.25, unit: 'credits'}, en)).toBe('796.25 credits');
    expect(amountText({id: 'billed', value: 4.48, unit: 'usd'}, en)).toBe('$4.48');
  });

  it('has a plain form of every currency, as wide, for a terminal with ASCII only', () => {
    for (const currency of currencies) {
      const text = money(1234.5, currency);
      expect(toAscii(text), currency).toMatch(/^[ -~]+$/);
      expect(cellWidth(toAscii(text)), currency).toBe(cellWidth(text));
    }
    expect(toAscii(money(-2.5, 'cny'))).toBe('-CNY2.50');
  });

  it('is spelled without the formatter of all currencies as that spells it', () => {
    const signs = {usd: 'USD', cny: 'CNY', eur: 'EUR'} as const;
    for (const [currency, code] of Object.entries(signs) as [keyof typeof signs, string][]) {
      const format = new Intl.NumberFormat('en', {style: 'currency', currency: code});
      for (const value of [0, 0.01, 0.1, 1, 9.99, 62.39, 999.5, 1000, 1234567.89, 99_999_999_999.99, 4.485, 1.005])
        expect(money(value, currency)).toBe(format.format(value));
    }
  });

  it('lets the label say what a count is of', () => {
    for (const strings of [en, zh, ja])
      expect(amountText({id: 'reset-credits', value: 2, unit: 'count'}, strings)).toBe('2');
    expect(money(0.005, 'usd')).toBe('$0.01');
  });

  it('of an amount with a cap say both', () => {
    expect(amountText({id: 'overage', value: 420.5, unit: 'credits', limit: 1000}, en)).toBe('420.5 of 1,000 credits');
    expect(amountText({id: 'billed', value: 4.48, unit: 'usd', limit: 20}, en)).toBe('$4.48 of $20.00');
  });

  it('say how many of how many, where the service told', () => {
    const of = (used: number | undefined, limit: number | undefined) =>
      absoluteText(
        window(
          'monthly',
          {
            state: 'known',
            usedPercent: 4,
            ...(used === undefined ? {} : {used}),
            ...(limit === undefined ? {} : {limit}),
          },
          day,
          {unit: 'requests'},
        ),
        en,
      );
    expect(of(12, 300)).toBe('12 of 300 requests');
    expect(of(12, undefined)).toBe('12 requests');
    expect(of(undefined, 300)).toBeNull();
    expect(absoluteText(window('5h', {state: 'unknown', why: ''}, null), en)).toBeNull();
    const money = window('monthly', {state: 'known', usedPercent: 50, used: 5, limit: 10}, day, {unit: 'usd'});
    expect(absoluteText(money, en)).toBe('$5.00 of $10.00');
  });
});

describe('duration', () => {
  it.each([
    [0, '0s'],
    [-5, '0s'],
    [59_999, '59s'],
    [minute, '1m 00s'],
    [2 * minute - 1, '1m 59s'],
    [2 * minute, '2m'],
    [hour - 1, '59m'],
    [3 * hour + 12 * minute, '3h 12m'],
    [2 * hour + 5 * minute, '2h 05m'],
    [2 * day + 4 * hour, '2d 4h'],
    [10 * day - 1, '9d 23h'],
    [17 * day + hour, '17d'],
  ])('of %i ms is %s', (ms, text) => {
    expect(duration(ms, en)).toBe(text);
  });

  it('is spelled in the language', () => {
    expect([duration(3 * hour + 5 * minute, zh), duration(3 * hour + 5 * minute, ja)]).toEqual([
      '3小时5分',
      '3時間5分',
    ]);
  });
});

it('counts down to a reset and then says that it is resetting', () => {
  expect(countdown(someNow + 12 * minute, someNow, en)).toBe('12m');
  expect(countdown(someNow, someNow, en)).toBe('resetting…');
  expect(countdown(null, someNow, en)).toBe('–');
  expect(resetsIn(someNow + hour, someNow, en)).toBe('resets in 1h 00m');
  expect(resetsIn(null, someNow, en)).toBe('');
});

describe('age', () => {
  it.each([
    [-hour, 'just now'],
    [0, 'just now'],
    [minute - 1, 'just now'],
    [minute, '1m'],
    [2 * minute - 1, '1m'],
    [2 * hour + 5 * minute, '2h 05m'],
    [3 * day, '3d 0h'],
  ])('after %i ms is %s', (passed, text) => {
    expect(age(someNow - passed, someNow, en)).toBe(text);
  });

  it('is nothing without a reading, and says ago in a sentence', () => {
    expect(age(null, someNow, en)).toBe('–');
    expect([ageAgo(someNow - 5 * minute, someNow, en), ageAgo(someNow, someNow, en)]).toEqual(['5m ago', 'just now']);
  });
});

describe('time of day', () => {
  const at = (hours: number, minutes: number) => new Date(2026, 10, 22, hours, minutes).getTime();

  it.each([
    [0, 5, '00:05', '12:05 AM'],
    [9, 0, '09:00', '9:00 AM'],
    [12, 30, '12:30', '12:30 PM'],
    [23, 59, '23:59', '11:59 PM'],
  ])('%i:%i reads %s or %s', (hours, minutes, long, half) => {
    expect(clock(at(hours, minutes), en, {hourCycle: 24})).toBe(long);
    expect(clock(at(hours, minutes), en, {hourCycle: 12})).toBe(half);
  });

  it('puts the half of the day where the language puts it', () => {
    expect(clock(at(14, 5), zh, {hourCycle: 12})).toBe('下午2:05');
    expect(clock(at(4, 5), ja, {hourCycle: 12})).toBe('午前4:05');
  });

  it('names the day only when it is another one, and the year only when it is another one', () => {
    const now = at(9, 0);
    const style = {hourCycle: 24} as const;
    expect(dateTime(at(14, 5), now, en, style)).toBe('14:05');
    expect(dateTime(at(14, 5) + 3 * day, now, en, style)).toBe('Nov 25, 14:05');
    expect(dateTime(at(14, 5) + 3 * day, now, ja, style)).toBe('11月25日 14:05');
    expect(date(at(14, 5) + 60 * day, now, en)).toBe('Jan 21, 2027');
    expect(date(at(14, 5) + 60 * day, now, zh)).toBe('2027年1月21日');
  });
});
