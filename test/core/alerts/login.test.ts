import {describe, expect, it} from 'vitest';
import {createCopy, createTable, failed, minute, rowOf} from './support.ts';

const names = (events: {event: string; failure: string | null}[]): string[] =>
  events.map(({event, failure}) => `${event} ${failure}`);

describe('a login', () => {
  it.each(['expired', 'auth_rejected', 'scope_missing'] as const)(
    'that is %s is told once, until a reading came',
    code => {
      const copy = createCopy(createTable());
      const row = rowOf(0, [{used: 10}]);
      copy.settle(row);
      expect(names(copy.settle(failed(row, minute, code)))).toEqual([`login ${code}`]);
      expect(copy.settle(failed(row, 2 * minute, code))).toEqual([]);
      expect(copy.settle(failed(row, 3 * minute, 'network'))).toEqual([]);
      expect(copy.settle(failed(row, 4 * minute, 'auth_rejected'))).toEqual([]);
      expect(copy.settle(rowOf(5 * minute, [{used: 10}]))).toEqual([]);
      expect(names(copy.settle(failed(row, 6 * minute, code)))).toEqual([`login ${code}`]);
    },
  );
  it('that may never have been meant for the service is not told', () => {
    const copy = createCopy(createTable());
    expect(copy.settle(failed(rowOf(0, []), 0, 'auth_rejected', {aside: true}))).toEqual([]);
  });
  it.each(['network', 'timeout', 'rate_limited', 'no_plan'] as const)(
    'a failure such as %s is none of a login',
    code => {
      const copy = createCopy(createTable());
      expect(copy.settle(failed(rowOf(0, []), 0, code))).toEqual([]);
    },
  );
});

describe('answers that nobody can read', () => {
  const unreadable = (at: number) => failed(rowOf(0, []), at, 'bad_response', {shape: '{a}'});
  it('are told after three polls running, once', () => {
    const copy = createCopy(createTable());
    expect([0, 1, 2, 3].map(at => names(copy.settle(unreadable(at * minute))))).toEqual([
      [],
      [],
      ['changed bad_response'],
      [],
    ]);
  });
  it('are counted anew after a reading, after another failure, and only where there was an answer', () => {
    const copy = createCopy(createTable());
    const between = [rowOf(3 * minute, []), failed(rowOf(0, []), 3 * minute, 'network')];
    for (const other of between) {
      const told = [unreadable(minute), unreadable(2 * minute), other, unreadable(4 * minute), unreadable(5 * minute)];
      expect(told.flatMap(row => copy.settle(row))).toEqual([]);
      copy.settle(rowOf(6 * minute, []));
    }
    const shapeless = [1, 2, 3, 4].map(at => failed(rowOf(0, []), at * minute, 'bad_response'));
    expect(shapeless.flatMap(row => copy.settle(row))).toEqual([]);
  });
  it('count once, however many copies hear of one', () => {
    const table = createTable();
    const copies = Array.from({length: 8}, () => createCopy(table));
    const hear = (at: number): string[] => copies.flatMap(copy => names(copy.adopt(unreadable(at))));
    expect([hear(0), hear(minute), hear(2 * minute)]).toEqual([[], [], ['changed bad_response']]);
  });
});
