import {describe, expect, it} from 'vitest';
import type {AlertSettings} from '../../../src/core/alerts/event.ts';
import {createCopy, createTable, day, failed, hour, minute, noon, readings, rowOf} from './support.ts';

describe('a threshold', () => {
  it('fires when use crosses it upwards, once', () => {
    const {read} = readings();
    expect([0, 2, 4, 6, 8].map((at, index) => read(at * minute, [80, 89.9, 90, 93, 99][index] ?? 0))).toEqual([
      [],
      [],
      ['threshold 90'],
      [],
      [],
    ]);
  });
  it('says nothing of what was crossed before the start, and nothing while it stays so', () => {
    const {read} = readings();
    expect([read(0, 95), read(2 * minute, 96), read(4 * minute, 95), read(6 * minute, 96)].flat()).toEqual([]);
  });
  it('fires again only after 5 points below: a fall by a point is rounding', () => {
    const {read} = readings();
    read(0, 80);
    expect(read(1 * minute, 91)).toEqual(['threshold 90']);
    expect([90, 89, 90, 89, 88, 91].flatMap((used, at) => read((2 + at / 2) * minute, used))).toEqual([]);
    expect(read(5 * minute, 86)).toEqual(['plan-changed']);
    expect(read(6 * minute, 92)).toEqual([]);
    read(7 * minute, 85);
    expect(read(8 * minute, 90)).toEqual(['threshold 90']);
  });
  it('fires again in the next window', () => {
    const {read} = readings();
    read(0, 80);
    read(minute, 91);
    expect(read(6 * day + minute, 3, {resetsAt: noon + 13 * day})).toEqual([]);
    expect(read(7 * day, 91, {resetsAt: noon + 13 * day})).toEqual(['threshold 90']);
  });
  it('fires in a window that is found over it, when the one before was too', () => {
    const {read} = readings();
    read(0, 80);
    read(minute, 91);
    expect(read(6 * day + 10 * hour, 92, {resetsAt: noon + 13 * day})).toEqual(['threshold 90']);
  });
  it('of several that were crossed at once tells the highest alone', () => {
    const {read} = readings({alerts: {thresholds: [50, 75, 90]}});
    read(0, 40);
    expect(read(minute, 80)).toEqual(['threshold 75']);
    expect(read(2 * minute, 95)).toEqual(['threshold 90']);
    expect(read(3 * minute, 96)).toEqual([]);
  });
  it('names provider, window, figure and threshold', () => {
    const table = createTable();
    const copy = createCopy(table);
    copy.settle(rowOf(0, [{used: 80}]));
    expect(copy.settle(rowOf(minute, [{used: 91.5}]))).toMatchObject([
      {provider: 'openai', account: 'openai:1', window: 'weekly', usedPercent: 91.5, threshold: 90},
    ]);
  });
});

describe('a spent limit', () => {
  it('is told once, withholds its thresholds, and is told to be back after the reset', () => {
    const {read} = readings();
    read(0, 80);
    expect(read(minute, 100)).toEqual(['spent']);
    expect([read(2 * minute, 100), read(3 * minute, 99), read(4 * minute, 101)].flat()).toEqual([]);
    expect(read(6 * day + minute, 0, {resetsAt: noon + 13 * day})).toEqual(['back']);
    expect(read(6 * day + 3 * minute, 1, {resetsAt: noon + 13 * day})).toEqual([]);
    expect(read(7 * day, 100, {resetsAt: noon + 13 * day})).toEqual(['spent']);
  });
  it('is back when its window has not started again', () => {
    const {read} = readings();
    read(0, 80);
    read(minute, 100);
    expect(read(6 * day + minute, 'not-started', {resetsAt: null})).toEqual(['back']);
    expect(read(6 * day + 3 * minute, 'not-started', {resetsAt: null})).toEqual([]);
  });
  it('is back also when it was spent before the start', () => {
    const {read} = readings();
    expect(read(0, 100)).toEqual([]);
    expect(read(6 * day + minute, 1, {resetsAt: noon + 13 * day})).toEqual(['back']);
  });
  it('can be spent again in the same window once the plan has grown', () => {
    const {read} = readings();
    read(0, 80);
    read(minute, 100);
    expect(read(2 * minute, 40)).toEqual(['plan-changed']);
    expect(read(hour, 100)).toEqual(['spent']);
  });
});

describe('a spent limit that falls by a little', () => {
  it('is not spent again when it is full again: a service counts in steps of its own', () => {
    const {read} = readings();
    read(0, 80);
    expect(read(minute, 100)).toEqual(['spent']);
    const flapping = [97, 100, 98, 101, 96, 100].flatMap((used, at) => read((2 + at) * minute, used));
    expect(flapping.filter(event => event === 'spent')).toEqual([]);
    read(10 * minute, 95);
    expect(read(11 * minute, 100)).toEqual(['spent']);
  });
});

describe('resets and plans', () => {
  it('an early reset is told with what was used before', () => {
    const table = createTable();
    const copy = createCopy(table);
    copy.settle(rowOf(0, [{used: 60}]));
    expect(copy.settle(rowOf(minute, [{used: 2}]))).toMatchObject([
      {event: 'early-reset', usedPercent: 2, usedBefore: 60},
    ]);
    expect(copy.settle(rowOf(2 * minute, [{used: 3}]))).toEqual([]);
  });
  it('a fall that is no reset is a changed plan', () => {
    const {read} = readings();
    read(0, 60);
    expect(read(minute, 30)).toEqual(['plan-changed']);
    expect(read(2 * minute, 30)).toEqual([]);
  });
  it('falls that go on and on are told every 12 hours at most, of a short window every hour', () => {
    for (const [windowMs, least] of [
      [7 * day, 12],
      [5 * hour, 1],
    ] as const) {
      const {read} = readings();
      const init = {windowMs, resetsAt: noon + 4 * day};
      read(0, 80, init);
      expect(read(minute, 70, init)).toEqual(['plan-changed']);
      expect([read(2 * minute, 60, init), read(least * hour, 50, init)].flat()).toEqual([]);
      expect(read(least * hour + minute, 40, init)).toEqual(['plan-changed']);
    }
  });
  it('a usual reset is told only where it is wanted, and only of a window that had reached 75 %', () => {
    const next = {resetsAt: noon + 13 * day};
    for (const [events, used, told] of [
      [undefined, 80, []],
      [['reset'], 74, []],
      [['reset'], 75, ['reset']],
    ] as const) {
      const {read} = readings({alerts: {rules: events === undefined ? [] : [{events: [...events]}]}});
      read(0, used);
      expect(read(6 * day + minute, 0, next)).toEqual(told);
    }
  });
  it('a reset that wanders is no new window: nothing is told twice', () => {
    const {read} = readings();
    read(0, 80);
    expect(read(minute, 91)).toEqual(['threshold 90']);
    for (let at = 1; at <= 12; at += 1)
      expect(read(at * 12 * hour, 91 + at / 10, {resetsAt: noon + 6 * day + at * 12 * hour})).toEqual([]);
  });
  it('a clock that jumps back or ahead tells nothing', () => {
    const {read} = readings();
    read(0, 80);
    expect(read(minute, 91)).toEqual(['threshold 90']);
    expect([read(-3 * hour, 91), read(-3 * hour + minute, 92), read(day, 92), read(2 * minute, 93)].flat()).toEqual([]);
  });
});

describe('a clock that was wrong', () => {
  it.each([2 * hour, 400 * day])('by %i ms leaves the next window its alerts', ahead => {
    const {read} = readings();
    const wrong = {resetsAt: noon + 6 * day + ahead};
    read(ahead, 80, wrong);
    expect(read(ahead + minute, 100, wrong)).toEqual(['spent']);
    read(2 * minute, 100);
    expect(read(6 * day + minute, 1, {resetsAt: noon + 13 * day})).toEqual(['back']);
    expect(read(7 * day, 100, {resetsAt: noon + 13 * day})).toEqual(['spent']);
    expect(read(13 * day + minute, 1, {resetsAt: noon + 20 * day})).toEqual(['back']);
  });
  it('does not keep an early reset from being told', () => {
    const {read} = readings();
    read(30 * day, 60, {resetsAt: noon + 36 * day});
    expect(read(30 * day + minute, 2, {resetsAt: noon + 36 * day})).toEqual(['early-reset']);
    read(0, 60);
    expect(read(minute, 2)).toEqual(['early-reset']);
  });
});

describe('what nobody wants to hear of', () => {
  it('a spent limit whose alert was given before is back once', () => {
    const alerts: Partial<AlertSettings> = {};
    const {read} = readings({alerts});
    read(0, 80);
    expect(read(minute, 100)).toEqual(['spent']);
    alerts.rules = [{events: ['back']}];
    const next = {resetsAt: noon + 13 * day};
    expect([1, 3, 5].flatMap(after => read(6 * day + after * minute, after, next))).toEqual(['back']);
  });
});

describe('what tells nothing', () => {
  it.each(['unknown', 'unlimited'] as const)('a window that is %s fires nothing and arms nothing again', told => {
    const {read} = readings();
    read(0, 80);
    read(minute, 91);
    expect([read(2 * minute, told), read(3 * minute, 92)].flat()).toEqual([]);
  });
  it('a figure that is older than half an hour', () => {
    const {read} = readings();
    read(0, 80);
    expect(read(40 * minute, 95, {readAt: noon + 5 * minute})).toEqual([]);
    expect(read(41 * minute, 95)).toEqual(['threshold 90']);
  });
  it('a failed reading, which keeps the figures of the last one', () => {
    const table = createTable();
    const copy = createCopy(table);
    const row = rowOf(0, [{used: 80}]);
    copy.settle(row);
    expect(copy.settle(failed(rowOf(minute, [{used: 95}]), 2 * minute, 'network'))).toEqual([]);
  });
});

describe('rules', () => {
  it('the first that fits a window decides, the usual ones stand for the others', () => {
    const rules = [
      {provider: 'openai', window: '5h', events: ['spent' as const]},
      {provider: 'openai', thresholds: [50]},
      {provider: 'zai', events: []},
    ];
    const told = (provider: string, id: string, used: number): string[] => {
      const copy = createCopy(createTable(), {alerts: {rules}});
      copy.settle(rowOf(0, [{id, used: 10}], {provider}));
      return copy
        .settle(rowOf(minute, [{id, used}], {provider}))
        .map(({event, threshold}) => (threshold === null ? event : `${event} ${threshold}`));
    };
    expect([told('openai', '5h', 95), told('openai', '5h', 100)]).toEqual([[], ['spent']]);
    expect([told('openai', 'weekly', 60), told('zai', 'weekly', 95)]).toEqual([['threshold 50'], []]);
    expect(told('copilot', 'monthly', 95)).toEqual(['threshold 90']);
  });
});
