import {describe, expect, it} from 'vitest';
import {type Known, withoutEnded, withReading, withWindows} from '../../src/core/latest-reading.ts';
import type {Reading, Window} from '../../src/core/model.ts';

const hour = 3_600_000;
const now = 1_000 * hour;

const window = (id: string, usedPercent: number, more: Partial<Window> = {}): Window => ({
  id,
  pool: null,
  windowMs: 5 * hour,
  resetsAt: now + hour,
  use: {state: 'known', usedPercent},
  unit: 'percent',
  ...more,
});
const reading = (windows: Window[], more: Partial<Reading> = {}): Reading => ({
  plan: null,
  windows,
  amounts: [],
  notes: [],
  ...more,
});
const whole = (readAt: number, ...windows: Window[]): Known => ({reading: reading(windows), readAt});
const seen = (known: Known | null) =>
  known && [
    known.reading.windows.map(({id, use}) => `${id} ${use.state === 'known' ? use.usedPercent : '?'}`),
    known.readAt,
  ];

describe('a reading from several sources', () => {
  const first = whole(10, window('5h', 1), window('weekly', 2), window('opus/weekly', 3));

  it('takes each window from the newest, and is as old as the oldest of them', () => {
    expect(seen(withWindows(first, [window('5h', 7)], 20))).toEqual([['5h 7', 'weekly 2', 'opus/weekly 3'], 10]);
    expect(seen(withWindows(first, [window('5h', 7), window('weekly', 8), window('opus/weekly', 9)], 20))).toEqual([
      ['5h 7', 'weekly 8', 'opus/weekly 9'],
      20,
    ]);
  });

  it('keeps what came alone beside a whole reading that is older, and gives it up to a newer one', () => {
    const alone = withWindows(null, [window('5h', 7), window('weekly', 8)], 20);
    expect(seen(alone)).toEqual([['5h 7', 'weekly 8'], 20]);
    expect(seen(withReading(alone, first))).toEqual([['5h 7', 'weekly 8', 'opus/weekly 3'], 10]);
    expect(seen(withReading(alone, whole(30, window('weekly', 4))))).toEqual([['weekly 4'], 30]);
  });

  it('is not changed by what is older', () => {
    expect(withReading(first, whole(9, window('5h', 99)))).toBe(first);
    const later = withWindows(first, [window('5h', 7)], 20);
    expect(seen(withWindows(later, [window('5h', 99)], 19))).toEqual(seen(later));
    expect(withWindows(first, [], 20)).toBe(first);
  });

  it('ends with the longest month where a monthly window tells neither its length nor its reset', () => {
    const untold = {windowMs: null, resetsAt: null};
    const known = whole(0, window('extra/monthly', 1, untold), window('trial/total', 2, untold));
    const day = 24 * hour;
    expect(seen(withoutEnded(known, 31 * day - 1))).toEqual([['extra/monthly 1', 'trial/total 2'], 0]);
    expect(seen(withoutEnded(known, 31 * day))).toEqual([['trial/total 2'], 0]);
    expect(withoutEnded(whole(0, window('monthly', 1, untold)), 31 * day)).toBeNull();
  });

  it('is as old as its amounts, which never come alone', () => {
    const paid = {...first, reading: reading([window('5h', 1)], {amounts: [{id: 'balance', value: 5, unit: 'usd'}]})};
    expect(seen(withWindows(paid, [window('5h', 7)], 20))).toEqual([['5h 7'], 10]);
  });
});

describe('a period that is over', () => {
  it.each([
    ['by its reset', {resetsAt: now}, 0],
    ['by its length, where no reset is told', {resetsAt: null}, now - 5 * hour],
  ])('%s says nothing', (_, more, readAt) => {
    expect(withoutEnded(whole(readAt, window('5h', 97, more)), now)).toBeNull();
  });

  it('leaves the others as they are', () => {
    expect(seen(withoutEnded(whole(5, window('5h', 97, {resetsAt: now - 1}), window('weekly', 8)), now))).toEqual([
      ['weekly 8'],
      5,
    ]);
    const running = whole(now - hour, window('5h', 97), window('extra/monthly', 8, {resetsAt: null, windowMs: null}));
    expect(withoutEnded(running, now)).toBe(running);
  });

  it('is over by the time at which that window was read', () => {
    const known = withWindows(
      whole(now - 9 * hour, window('weekly', 8)),
      [window('5h', 7, {resetsAt: null})],
      now - hour,
    );
    expect(seen(withoutEnded(known, now))).toEqual([['weekly 8', '5h 7'], now - 9 * hour]);
  });
});
