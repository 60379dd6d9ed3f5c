import {describe, expect, it} from 'vitest';
import {createCopy, createTable, day, failed, forecastOf, hour, minute, noon, rowOf, type Table} from './support.ts';

type Copy = ReturnType<typeof createCopy>;
const names = (events: {event: string}[]): string[] => events.map(({event}) => event);

/** One copy asks, the others hear of it: what all of them tell. */
const all = (copies: readonly Copy[], by: number, row: Parameters<Copy['settle']>[0]): string[] =>
  copies.flatMap((copy, at) => names(at === by ? copy.settle(row) : copy.adopt(row)));

const many = (table: Table): Copy[] =>
  Array.from({length: 8}, () => createCopy(table, {forecast: () => forecastOf(0.7)}));

describe('many copies', () => {
  it('tell everything once, whoever asked', () => {
    const copies = many(createTable());
    const next = noon + 13 * day;
    const rows = [
      rowOf(0, [{used: 80}]),
      rowOf(minute, [{used: 91}]),
      rowOf(2 * minute, [{used: 100}]),
      rowOf(3 * minute, [{used: 100}]),
      failed(rowOf(3 * minute, [{used: 100}]), 4 * minute, 'expired'),
      rowOf(5 * minute, [{used: 100}]),
      rowOf(6 * day + minute, [{used: 1, resetsAt: next}]),
      rowOf(6 * day + hour, [{used: 40, resetsAt: next}]),
      rowOf(6 * day + 2 * hour, [{used: 2, resetsAt: next}]),
    ];
    expect(rows.map((row, at) => all(copies, (at * 3) % 8, row))).toEqual([
      ['run-out'],
      ['threshold'],
      ['spent'],
      [],
      ['login'],
      [],
      ['run-out', 'back'],
      [],
      ['early-reset'],
    ]);
  });
  it('a copy that just started leaves to the others what its first reading crosses', () => {
    const table = createTable();
    const old = createCopy(table);
    old.settle(rowOf(0, [{used: 80}]));
    const young = createCopy(table);
    const crossing = rowOf(minute, [{used: 91}]);
    expect([names(young.settle(crossing)), names(old.adopt(crossing))]).toEqual([[], ['threshold']]);
    expect(names(young.settle(rowOf(2 * minute, [{used: 92}])))).toEqual([]);
  });
  it('a restart tells nothing again, and nothing that happened while nothing ran', () => {
    const table = createTable();
    const first = createCopy(table);
    first.settle(rowOf(0, [{used: 80}]));
    expect(names(first.settle(rowOf(minute, [{used: 91}])))).toEqual(['threshold']);
    const second = createCopy(table);
    expect([2, 3].flatMap(at => names(second.settle(rowOf(at * minute, [{used: 91 + at}]))))).toEqual([]);
    const third = createCopy(table);
    expect([4, 5].flatMap(at => names(third.settle(rowOf(at * minute, [{used: 100}]))))).toEqual([]);
    expect(names(third.settle(rowOf(6 * day + minute, [{used: 0, resetsAt: noon + 13 * day}])))).toEqual(['back']);
  });
  it('one that was stopped for a while does not tell what the others told meanwhile', () => {
    const table = createTable();
    const [one, stopped] = [createCopy(table), createCopy(table)];
    const next = {resetsAt: noon + 13 * day};
    one.settle(rowOf(0, [{used: 80}]));
    stopped.adopt(rowOf(0, [{used: 80}]));
    expect(names(one.settle(rowOf(minute, [{used: 100}])))).toEqual(['spent']);
    expect(names(one.settle(rowOf(6 * day + minute, [{used: 1, ...next}])))).toEqual(['back']);
    expect(names(one.settle(rowOf(7 * day, [{used: 92, ...next}])))).toEqual(['threshold']);
    expect(names(stopped.adopt(rowOf(7 * day + minute, [{used: 93, ...next}])))).toEqual([]);
  });
  it('after a sleep what was crossed meanwhile is told, once', () => {
    const copies = many(createTable());
    all(copies, 0, rowOf(0, [{used: 50}]));
    expect(all(copies, 1, rowOf(9 * hour, [{used: 95}]))).toEqual(['threshold']);
  });
});
