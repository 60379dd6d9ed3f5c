import {describe, expect, it} from 'vitest';
import {hitAt, scrolledTo} from '../../../src/view/rows/list-view.ts';

const scroll = (selectedRow: number, before: number, more = {}): number =>
  scrolledTo({lines: [], hits: [], selectedRow, ...more}, before, 5);

describe('a list', () => {
  it('stays where it is while the selected entry is in view', () => {
    expect([scroll(3, 3), scroll(5, 3), scroll(7, 3)]).toEqual([3, 3, 3]);
  });
  it('scrolls no further than it has to', () => {
    expect([scroll(2, 3), scroll(8, 3)]).toEqual([2, 4]);
  });
  it('shows the whole entry, and of one that is too high its beginning', () => {
    expect(scroll(6, 3, {selectedRows: 3})).toBe(4);
    expect(scroll(6, 3, {selectedRows: 9})).toBe(6);
  });
  it('shows the heading of the entry where there is room for it', () => {
    expect(scroll(1, 4, {lead: 1})).toBe(0);
    expect(scroll(1, 4, {lead: 1, selectedRows: 5})).toBe(1);
  });
  it('knows what stands in a cell, in each of its columns', () => {
    const hits = [
      {row: 2, index: 0, from: 0, to: 10},
      {row: 2, index: 7, from: 12, to: 20},
      {row: 3, index: 1},
    ];
    expect([hitAt(hits, 2, 9)?.index, hitAt(hits, 2, 10)?.index, hitAt(hits, 2, 12)?.index]).toEqual([0, undefined, 7]);
    expect([hitAt(hits, 3, 99)?.index, hitAt(hits, 4, 0)]).toEqual([1, undefined]);
  });
});
