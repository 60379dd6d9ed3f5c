import {describe, expect, it} from 'vitest';
import type {WindowForecast} from '../../../src/core/foresight/forecasts.ts';
import {createCopy, createTable, day, forecastOf, hour, minute, noon, readings, rowOf} from './support.ts';

/** Reads 50 % with a chance that a test sets. */
function chances(alerts = {}, windowMs = 7 * day) {
  let forecast: WindowForecast | null = null;
  const {read} = readings({alerts, forecast: () => forecast});
  return (at: number, chance: number | null, change: Partial<WindowForecast> = {}, used = 50): string[] => {
    forecast = forecastOf(chance, change);
    return read(at, used, {windowMs, resetsAt: noon + 6 * day});
  };
}

describe('a limit that will run out', () => {
  it('is told from a chance of 60 %, once, also by the first reading after a start', () => {
    const at = chances();
    expect([at(0, 0.59), at(minute, 0.6), at(2 * minute, 0.9)]).toEqual([[], ['run-out'], []]);
    expect(chances()(0, 0.6)).toEqual(['run-out']);
  });
  it('is told as soon as the setting wants', () => {
    const told = (runOut: string, chance: number): string[] => chances({runOut})(0, chance);
    expect([told('early', 0.5), told('early', 0.49), told('sure', 0.75), told('sure', 0.74)]).toEqual([
      ['run-out'],
      [],
      ['run-out'],
      [],
    ]);
    expect(told('off', 1)).toEqual([]);
  });
  it('is not told before there is a day of history', () => {
    const at = chances();
    expect(at(0, 0.9, {learnedFrom: noon - day + 1})).toEqual([]);
    expect(at(minute, 0.9, {learnedFrom: null})).toEqual([]);
    expect(at(2 * minute, 0.9, {learnedFrom: noon - day})).toEqual(['run-out']);
  });
  it('is told again once the chance was 30 % or less for half an hour, but not within 12 hours', () => {
    const at = chances();
    at(0, 0.7);
    at(hour, 0.3);
    expect(at(hour + 20 * minute, 0.7)).toEqual([]);
    at(2 * hour, 0.2);
    at(2 * hour + 31 * minute, 0.25);
    expect(at(3 * hour, 0.8)).toEqual([]);
    expect(at(12 * hour, 0.8)).toEqual(['run-out']);
  });
  it('of a short window can be told again after one hour', () => {
    const at = chances({}, 5 * hour);
    at(0, 0.7);
    at(2 * minute, 0.1);
    at(40 * minute, 0.1);
    expect([at(59 * minute, 0.8), at(hour, 0.8)]).toEqual([[], ['run-out']]);
  });
  it('is withheld while the limit, or another one of the account, is spent', () => {
    const copy = createCopy(createTable(), {forecast: () => forecastOf(0.9)});
    const both = (at: number, weekly: number, hours: number): string[] =>
      copy
        .settle(
          rowOf(at, [
            {id: 'weekly', used: weekly},
            {id: '5h', used: hours, windowMs: 5 * hour, resetsAt: noon + 4 * hour},
          ]),
        )
        .map(({event, window}) => `${event} ${window}`);
    expect(both(0, 50, 100)).toEqual([]);
    expect(both(minute, 50, 99.5)).toEqual(['run-out weekly', 'run-out 5h']);
  });
  it('tells its forecast', () => {
    const forecast = forecastOf(0.7);
    const copy = createCopy(createTable(), {forecast: () => forecast});
    expect(copy.settle(rowOf(0, [{used: 50}]))).toMatchObject([{event: 'run-out', forecast}]);
  });
});

describe('what will be left over', () => {
  const rules = [{events: ['unused' as const]}];
  it('is told where it is wanted, in the last tenth of a window', () => {
    const at = chances({rules});
    expect(at(5 * day, 0.01, {usedRange: [40, 60]})).toEqual([]);
    expect(at(6 * day - 0.7 * day, 0.01, {usedRange: [40, 61]})).toEqual([]);
    expect(at(6 * day - 0.6 * day, 0.01, {usedRange: [40, 60]})).toEqual(['unused']);
    expect(at(6 * day - 0.5 * day, 0.01, {usedRange: [40, 55]})).toEqual([]);
    expect(chances()(6 * day - 0.6 * day, 0.01, {usedRange: [40, 60]})).toEqual([]);
  });
});
