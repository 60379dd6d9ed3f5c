import {describe, expect, it} from 'vitest';
import {isQuiet} from '../../../src/core/alerts/quiet.ts';
import {createCopy, createTable, day, failed, hour, minute, noon, rowOf} from './support.ts';

process.env.TZ = 'UTC';
const at = (clock: string): number => Date.parse(`2026-03-04T${clock}:00Z`);
const names = (events: {event: string}[]): string[] => events.map(({event}) => event);

describe('quiet hours', () => {
  it('are spans of the local day, also across midnight', () => {
    const quiet = (span: string): boolean[] =>
      ['00:00', '07:59', '08:00', '12:00', '21:59', '22:00', '23:59'].map(clock => isQuiet([span], at(clock)));
    expect(quiet('22:00-08:00')).toEqual([true, true, false, false, false, true, true]);
    expect(quiet('08:00-22:00')).toEqual([false, false, true, true, true, false, false]);
    expect(quiet('12:00-24:00')).toEqual([false, false, false, true, true, true, true]);
    expect(isQuiet([], at('23:00'))).toBe(false);
    expect(isQuiet(['nonsense'], at('23:00'))).toBe(false);
  });

  const quiet = {alerts: {quiet: ['12:00-14:00']}};
  const before = -hour;
  const end = noon + 2 * hour;

  it('hold alerts, and tell at their end what is still true', () => {
    const table = createTable();
    const copy = createCopy(table, quiet);
    copy.settle(rowOf(before, [{used: 80}]));
    expect(copy.settle(rowOf(minute, [{used: 91}]))).toEqual([]);
    const last = rowOf(hour + 50 * minute, [{used: 93}]);
    expect(copy.settle(last)).toEqual([]);
    expect(copy.review(last, end)).toMatchObject([{event: 'threshold', usedPercent: 93, threshold: 90}]);
    expect(copy.review(last, end + minute)).toEqual([]);
  });
  it('forget what is not true any more', () => {
    const copy = createCopy(createTable(), quiet);
    copy.settle(rowOf(before, [{used: 80}]));
    copy.settle(rowOf(minute, [{used: 100}]));
    const last = rowOf(hour + 50 * minute, [{used: 1, resetsAt: noon + 13 * day}]);
    expect(copy.settle(last)).toEqual([]);
    expect(names(copy.review(last, end))).toEqual(['back']);
    const {copy: other, row} = refused();
    other.settle(rowOf(hour + 55 * minute, [{used: 11}]));
    expect(other.review(rowOf(hour + 55 * minute, [{used: 11}]), end)).toEqual([]);
    expect(row.failure?.code).toBe('expired');
  });
  function refused() {
    const copy = createCopy(createTable(), quiet);
    const row = failed(rowOf(before, [{used: 10}]), minute, 'expired');
    copy.settle(rowOf(before, [{used: 10}]));
    expect(copy.settle(row)).toEqual([]);
    return {copy, row};
  }
  it('hold a refused login until their end', () => {
    const {copy, row} = refused();
    expect(names(copy.review(row, end))).toEqual(['login']);
    expect(copy.review(row, end + minute)).toEqual([]);
  });
  it('are ended by one copy of many, also by one that started since', () => {
    const table = createTable();
    const copies = [createCopy(table, quiet), createCopy(table, quiet)];
    copies[0]?.settle(rowOf(before, [{used: 80}]));
    copies[0]?.settle(rowOf(minute, [{used: 91}]));
    const late = rowOf(2 * hour + minute, [{used: 92}]);
    expect([...copies, createCopy(table, quiet)].reverse().flatMap(copy => names(copy.settle(late)))).toEqual([
      'threshold',
    ]);
  });
});
