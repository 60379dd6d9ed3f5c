import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Layout, type LayoutInput, layout, type PanelNeed} from '../../../src/view/layout/layout.ts';
import {neighbour, panelAt} from '../../../src/view/layout/neighbour.ts';

const need = (id: string, rows = 3, least = rows): PanelNeed => ({id, full: () => rows, least: () => least});
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
  const lefts = (columns: number, rows = 100, panels = five): number =>
    new Set(at(columns, rows, panels).placements.map(({x}) => x)).size;

  it('has as few columns as hide nothing, of 100 cells at most, as far as there are panels', () => {
    expect([60, 80, 120, 160, 200, 250, 300].map(columns => lefts(columns))).toEqual([1, 1, 2, 2, 2, 3, 3]);
    expect(lefts(300, 100, five.slice(0, 2))).toBe(2);
  });
  it('has more columns, of 38 cells at least, before it hides a row on a low screen', () => {
    expect([160, 200].map(columns => lefts(columns, 12))).toEqual([3, 3]);
    expect(lefts(160, 8, [need('a', 4), need('b', 4), need('c', 4), need('d', 4)])).toBe(4);
    expect(lefts(200, 8)).toBe(5);
    for (const columns of [80, 120, 160, 200])
      for (const {width} of at(columns, 8).placements.filter(({form}) => form === 'open'))
        expect(width).toBeGreaterThanOrEqual(38);
  });
  it('makes all panels of a grid equally wide, but for what is left for the last column, and none wider than 100 cells', () => {
    for (let columns = 40; columns < 320; columns += 1) {
      const {placements, free} = at(columns, 40);
      const [first = 0, ...others] = free.map(({width}) => width);
      for (const width of others.slice(0, -1)) expect(width).toBe(first);
      expect((others.at(-1) ?? first) - first).toBeLessThan(free.length);
      const right = Math.max(...placements.map(({x, width}) => x + width));
      if (first < 100) expect(columns - right).toBeLessThan(free.length);
      for (const {width} of placements) expect(width).toBeLessThanOrEqual(100);
    }
  });
  it('makes a panel exactly as high as what it says, and puts no free row between two', () => {
    for (const {id, height, y} of at(120, 40).placements) {
      expect(height).toBe(5);
      expect(y).toBe(id === 'a' || id === 'd' ? 1 : id === 'b' || id === 'e' ? 6 : 11);
    }
  });
  it('lets the columns end as level as they can', () => {
    const ends = (heights: readonly number[]): number[] => {
      const placed = at(
        120,
        60,
        heights.map((rows, index) => need(`p${index}`, rows)),
      );
      return placed.free.map(({y}) => y);
    };
    expect(ends([10, 1, 1, 1])).toEqual([13, 10]);
    expect(ends([2, 2, 2, 10])).toEqual([13, 13]);
    expect(ends([4, 4, 4, 4, 4])).toEqual([19, 13]);
  });
  it('cuts a panel only while no row is free in its column, the short ones last, and as few rows as can be', () => {
    const placed = at(100, 22, [need('a', 30, 6), need('b', 3), need('c', 40, 6), need('d', 5)]);
    const heights = Object.fromEntries(placed.placements.map(({id, height}) => [id, height]));
    expect(heights).toEqual({a: 15, b: 5, c: 13, d: 7});
    expect(placed.free.map(({height}) => height)).toEqual([0, 0]);
  });
  it('cuts the one panel that is longer than a column, and no other', () => {
    const placed = at(100, 42, [
      need('openai', 10),
      need('copilot', 38, 8),
      need('google', 17, 8),
      need('zai', 3),
      need('zhipu', 3),
    ]);
    const hidden = placed.placements.filter(
      ({id, height}) => height < ({openai: 12, copilot: 40, google: 19, zai: 5, zhipu: 5}[id] ?? 0),
    );
    expect(hidden.map(({id}) => id)).toEqual(['copilot']);
    expect(placed.free[0]?.height).toBe(0);
  });
  it('says which rectangle stays free under each column', () => {
    const {free, placements} = at(120, 40);
    expect(free).toEqual([
      {x: 0, y: 16, width: 59, height: 23},
      {x: 60, y: 11, width: 60, height: 28},
    ]);
    for (const {x, y, width} of free)
      expect(placements.some(at => at.x === x && at.width === width && at.y + at.height === y)).toBe(true);
    expect(at(120, 40, five, {notSetUpLine: true}).free.map(({y, height}) => y + height)).toEqual([38, 38]);
    expect(at(40, 12).free).toEqual([]);
  });
  it('uses more columns where one is too short', () => {
    expect(new Set(at(80, 24).placements.map(({x}) => x)).size).toBe(2);
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
  it('opens one more panel as far as the rows go that no whole one fits in, and none for fewer than two rows of it', () => {
    const heights = (rows: number): number[] => {
      const panels = [need('a', 5), need('b', 30), need('c', 30)];
      const {kind, placements} = at(80, rows, panels, {focus: 'a'});
      expect(kind).toBe('folded');
      return placements.map(({height}) => height);
    };
    expect(heights(24)).toEqual([7, 14, 1]);
    expect(heights(14)).toEqual([7, 4, 1]);
    expect(heights(13)).toEqual([7, 1, 1]);
  });
  it('leaves the line of what is not set up to a panel that needs it', () => {
    const panels = [need('a', 9), need('b')];
    expect(at(40, 18, panels, {notSetUpLine: true})).toMatchObject({kind: 'grid', notSetUpLine: false});
    expect(at(40, 19, panels, {notSetUpLine: true})).toMatchObject({kind: 'grid', notSetUpLine: true});
    expect(at(40, 12, panels, {focus: 'a', notSetUpLine: true})).toMatchObject({kind: 'folded', notSetUpLine: false});
    expect(at(40, 16, panels, {focus: 'a', notSetUpLine: true})).toMatchObject({kind: 'folded', notSetUpLine: true});
  });
  it('does not let one panel with hundreds of accounts take the room of the others', () => {
    const panels = [need('a'), need('b', 900, 8), need('c')];
    const placed = at(120, 40, panels);
    expect(placed.kind).toBe('grid');
    expect(placed.placements.every(({form}) => form === 'open')).toBe(true);
  });
});

describe('at any size', () => {
  const sizes = fc.record({columns: fc.integer({min: 20, max: 300}), rows: fc.integer({min: 5, max: 100})});
  const needs = fc
    .array(fc.record({rows: fc.integer({min: 1, max: 12}), long: fc.boolean()}), {minLength: 1, maxLength: 5})
    .map(list =>
      list.map(({rows, long}, index) => need(`p${index}`, long ? rows * 40 : rows, long ? Math.min(8, rows) : rows)),
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
  it('a grid hides rows only where its column is full, and leaves free what is not drawn on', () => {
    fc.assert(
      fc.property(sizes, needs, ({columns, rows}, panels) => {
        const placed = layout({columns, rows, panels, focus: null, notSetUpLine: false});
        if (placed.kind !== 'grid') return;
        for (const {x, y, width, height} of placed.free) {
          const own = placed.placements.filter(each => each.x === x);
          expect(own.every(each => each.width === width && each.y + each.height <= y)).toBe(true);
          expect(y + height).toBe(rows - 1);
          const missing = own.filter(
            each => each.height - 2 < (panels.find(({id}) => id === each.id)?.full(width) ?? 0),
          );
          if (missing.length > 0) expect(height).toBe(0);
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
