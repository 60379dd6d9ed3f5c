import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Layout, type LayoutInput, layout, type PanelNeed} from '../../../src/view/layout/layout.ts';
import {neighbour, panelAt} from '../../../src/view/layout/neighbour.ts';

const need = (id: string, windows = 2, long = false, more: Partial<PanelNeed> = {}): PanelNeed => {
  const rows = {spacious: windows * 3 + 1, roomy: windows * 2 + 1, normal: windows + 2, tight: windows + 1};
  return {id, rows, full: density => rows[density], failed: () => 0, long, ...more};
};
const five = ['a', 'b', 'c', 'd', 'e'].map(id => need(id));
const at = (
  columns: number,
  rows: number,
  panels: readonly PanelNeed[] = five,
  more: Partial<LayoutInput> = {},
): Layout => layout({columns, rows, panels, focus: null, notSetUpLine: false, ...more});

/** The screen as letters: one per panel, lower case where it is folded. */
function picture(placed: Layout, columns: number, rows: number): string {
  const cells = Array.from({length: rows}, () => Array.from({length: columns}, () => '.'));
  for (const {id, x, y, width, height, form} of placed.placements) {
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) {
        const line = cells[row];
        if (line) line[column] = form === 'folded' ? id : id.toUpperCase();
      }
    }
  }
  return cells.map(line => line.join('')).join('\n');
}

describe('the layout', () => {
  it('is one column on a narrow screen, two on a wide one, three on a very wide one', () => {
    const lefts = (columns: number): number => new Set(at(columns, 100).placements.map(({x}) => x)).size;
    expect([60, 80, 120, 160, 200, 300].map(lefts)).toEqual([1, 1, 2, 3, 3, 3]);
  });
  it('uses more columns where one is too short', () => {
    expect(new Set(at(80, 24).placements.map(({x}) => x)).size).toBe(2);
  });
  it('gives room to breathe where there is some', () => {
    expect(at(120, 40).placements.every(({density}) => density === 'spacious')).toBe(true);
    expect(at(120, 24).placements.every(({density}) => density === 'roomy')).toBe(true);
    expect(at(120, 20).placements.every(({density}) => density === 'normal')).toBe(true);
    expect(at(100, 17).placements.every(({density}) => density === 'tight')).toBe(true);
  });
  it('folds all but the focused panel where they do not fit', () => {
    expect(picture(at(40, 11, five, {focus: 'c'}), 40, 11)).toMatchInlineSnapshot(`
      "........................................
      aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
      bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
      CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
      CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
      CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
      CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
      dddddddddddddddddddddddddddddddddddddddd
      eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
      ........................................"
    `);
  });
  it('shows nothing but lines at 20×5', () => {
    expect(picture(at(20, 5), 20, 5)).toBe(['a', 'b', 'c', 'd', 'e'].map(id => id.repeat(20)).join('\n'));
  });
  it('is one line below that', () => {
    expect(at(19, 5).kind).toBe('line');
    expect(at(20, 4).kind).toBe('line');
  });
  describe('with more panels than lines', () => {
    const many = Array.from({length: 30}, (_, index) => need(`p${index}`));
    const shown = (focus: string, rows = 12): Layout => at(40, rows, many, {focus});

    it('has the focused one in the middle, as far as the ends of the list allow', () => {
      const first = (focus: string): string | undefined => shown(focus).placements[0]?.id;
      // Ten lines between header and footer.
      expect(['p0', 'p5', 'p6', 'p14', 'p24', 'p25', 'p29'].map(first)).toEqual([
        'p0',
        'p0',
        'p1',
        'p9',
        'p19',
        'p20',
        'p20',
      ]);
      expect(shown('p14').placements.findIndex(({id}) => id === 'p14')).toBe(5);
    });
    it('counts those before and after', () => {
      for (const focus of many.map(({id}) => id)) {
        const {above, below, placements} = shown(focus);
        expect(placements.map(({id}) => id)).toContain(focus);
        expect(placements.map(({id}) => id)).toEqual(many.slice(above, many.length - below).map(({id}) => id));
      }
      expect(shown('p0')).toMatchObject({above: 0, below: 20});
      expect(shown('p14')).toMatchObject({above: 9, below: 11});
      expect(shown('p29')).toMatchObject({above: 20, below: 0});
    });
    it('keeps header and footer down to eight lines, and the header below', () => {
      expect([24, 12, 8, 7, 5].map(rows => shown('p3', rows)).map(({header, footer}) => [header, footer])).toEqual([
        [true, true],
        [true, true],
        [true, true],
        [true, false],
        [true, false],
      ]);
    });
  });
  it('leaves the line of what is not set up to a panel that needs it', () => {
    const panels = [need('a', 9), need('b')];
    expect(at(40, 12, panels, {focus: 'a', notSetUpLine: true})).toMatchObject({kind: 'folded', notSetUpLine: false});
    expect(at(40, 16, panels, {focus: 'a', notSetUpLine: true})).toMatchObject({kind: 'folded', notSetUpLine: true});
  });
  it('gives rows that are left to what to do about a failure first, then to what would be left out', () => {
    const tight = (id: string, full: number, failed: number): PanelNeed =>
      need(id, 2, false, {
        rows: {spacious: 9, roomy: 9, normal: 9, tight: 3},
        full: () => full,
        failed: () => failed,
      });
    const heights = (rows: number): number[] =>
      at(30, rows, [tight('a', 6, 0), tight('b', 6, 5)]).placements.map(({height}) => height);
    // Header, footer, and twice three rows in a frame.
    expect(heights(12)).toEqual([5, 5]);
    expect([13, 14, 15, 16].map(heights)).toEqual([
      [5, 6],
      [5, 7],
      [6, 7],
      [7, 7],
    ]);
    expect([17, 18].map(heights)).toEqual([
      [8, 7],
      [8, 8],
    ]);
  });
  it('does not let one panel with hundreds of accounts take the room of the others', () => {
    const panels = [need('a'), need('b', 900, true), need('c')];
    const placed = at(120, 40, panels);
    expect(placed.kind).toBe('grid');
    expect(placed.placements.every(({form}) => form === 'open')).toBe(true);
  });
});

describe('at any size', () => {
  const sizes = fc.record({columns: fc.integer({min: 20, max: 300}), rows: fc.integer({min: 5, max: 100})});
  const needs = fc
    .array(fc.record({windows: fc.integer({min: 1, max: 12}), long: fc.boolean(), words: fc.nat({max: 9})}), {
      minLength: 1,
      maxLength: 5,
    })
    .map(list =>
      list.map(({windows, long, words}, index) =>
        need(`p${index}`, long ? windows * 40 : windows, long, {
          full: density => windows * (density === 'spacious' ? 3 : 1) + words,
          failed: () => windows + words,
        }),
      ),
    );

  it('every provider is visible, none overlaps another, and nothing leaves the screen', () => {
    fc.assert(
      fc.property(sizes, needs, fc.nat({max: 4}), fc.boolean(), ({columns, rows}, panels, focused, notSetUpLine) => {
        const focus = panels[focused]?.id ?? null;
        const placed = layout({columns, rows, panels, focus, notSetUpLine});
        expect(placed.placements.map(({id}) => id).sort()).toEqual(panels.map(({id}) => id).sort());
        const taken = new Set<string>();
        const bottom = rows - (placed.footer ? 1 : 0) - (placed.notSetUpLine ? 1 : 0);
        for (const {x, y, width, height} of placed.placements) {
          expect(width).toBeGreaterThan(0);
          expect(height).toBeGreaterThan(0);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(columns);
          expect(y).toBeGreaterThanOrEqual(placed.header ? 1 : 0);
          expect(y + height).toBeLessThanOrEqual(bottom);
          for (let row = y; row < y + height; row += 1) {
            expect(taken.has(`${x},${row}`)).toBe(false);
            taken.add(`${x},${row}`);
          }
        }
      }),
    );
  });
  it('the same needs give the same places', () => {
    fc.assert(
      fc.property(sizes, needs, ({columns, rows}, panels) => {
        const input = {columns, rows, panels, focus: null, notSetUpLine: false};
        expect(layout(input)).toEqual(layout({...input, panels: panels.map(panel => ({...panel}))}));
      }),
    );
  });
  it('moving the focus never moves a panel of a grid', () => {
    fc.assert(
      fc.property(sizes, needs, ({columns, rows}, panels) => {
        const first = layout({columns, rows, panels, focus: panels[0]?.id ?? null, notSetUpLine: false});
        const last = layout({columns, rows, panels, focus: panels.at(-1)?.id ?? null, notSetUpLine: false});
        if (first.kind === 'grid') expect(last).toEqual(first);
      }),
    );
  });
});

describe('moving about', () => {
  const {placements} = at(120, 40);
  it('goes to the neighbour in each direction', () => {
    expect(neighbour(placements, 'a', 'down')).toBe('b');
    expect(neighbour(placements, 'b', 'up')).toBe('a');
    expect(neighbour(placements, 'a', 'right')).toBe('d');
    expect(neighbour(placements, 'd', 'left')).toBe('a');
  });
  it('stops at the edges', () => {
    expect(neighbour(placements, 'a', 'up')).toBeNull();
    expect(neighbour(placements, 'a', 'left')).toBeNull();
  });
  it('finds the panel under a cell', () => {
    expect(panelAt(placements, 3, 3)?.id).toBe('a');
    expect(panelAt(placements, 119, 39)).toBeUndefined();
  });
});
