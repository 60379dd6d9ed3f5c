import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Use, Window} from '../../../src/core/model.ts';
import {windowAt} from '../../../src/core/reading-at.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {cellsOf, rowColumns} from '../../../src/view/rows/columns.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {windowRow} from '../../../src/view/rows/window.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {testLook} from '../../support/look.ts';
import {day, foretold, hour, minute, someNow, window} from '../../support/state.ts';

const context = testLook();
const rowsOf = (windows: readonly Window[], width: number, at = context, stale = false): string[] => {
  const columns = rowColumns(windows, width, at);
  return windows.map(each => plain(windowRow(each, columns, at, stale)));
};
const row = (used: number, width: number, at = context): string =>
  rowsOf([window('5h', used, hour)], width, at)[0] ?? '';
const languages = ['en', 'zh', 'ja'] as const;

describe('a row', () => {
  it('says label, bar, figure, mark, pace and reset, in this order', () => {
    expect(rowsOf([foretold(window('spark/5h', 91, 2.5 * hour))], 54)).toEqual([
      'Spark 5h ━━━━━━━━━━━━━┃━━━━━━━━━━━╌╌  91% ‼ ▲41  2h30m',
    ]);
    expect(row(12, 54)).toBe('5h ━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┃╌╌╌╌╌╌  12%        1h00m');
  });
  it.each([35, 40, 43, 56, 120])('keeps its figure off its bar in %i cells, however wide the figure is', width => {
    for (const used of [0, 0.04, 7, 62, 100, 100.3, 137, 1234, 99_999]) {
      const shown = row(used, width);
      expect(shown).toMatch(/[━╌┃] +[<>]?[\d.]+%/);
      expect(shown).not.toContain('…');
      expect(lineWidth([{text: shown}])).toBeLessThanOrEqual(width);
    }
    expect(row(100.3, width)).toMatch(/━ +100\.3% ‼/);
    expect(row(137, width)).toMatch(/━ +137% ‼/);
  });
  it('has its figure in the same cells as the others of its column, whatever stands there', () => {
    const percents = fc.array(fc.double({min: 0, max: 20_000, noNaN: true}), {minLength: 2, maxLength: 6});
    fc.assert(
      fc.property(percents, fc.integer({min: 24, max: 120}), (all, width) => {
        const rows = rowsOf(
          all.map(used => window('weekly', used, day)),
          width,
        );
        expect(new Set(rows.map(text => text.indexOf('%'))).size).toBe(1);
        expect(new Set(rows.map(text => lineWidth([{text}]))).size).toBe(1);
      }),
    );
  });
  it('has a bar of six to forty cells, and no longer one on a wide screen', () => {
    const barCells = (width: number): number => (/[━╌┃]+/.exec(row(62, width))?.[0] ?? '').length;
    for (let width = 12; width < 240; width += 1)
      expect([0, ...Array.from({length: 35}, (_, at) => at + 6)]).toContain(barCells(width));
    expect(barCells(30)).toBeGreaterThanOrEqual(6);
    expect(barCells(200)).toBe(40);
  });
  it('says by how many points it is ahead, where there is little room only that it is, and nothing of an old reading', () => {
    const hasty = [foretold(window('weekly', 64, 3.5 * day))];
    expect(rowsOf(hasty, 54)[0]).toMatch(/64% {3}▲14 {2}3d12h$/);
    expect(rowsOf(hasty, 32)[0]).toMatch(/64% {2}▲ {2}3d12h$/);
    expect(rowsOf(hasty, 54, context, true)[0]).not.toContain('▲');
    expect(rowsOf([foretold(window('weekly', 40, 3.5 * day))], 54)[0]).not.toContain('▲');
    expect(rowsOf(hasty, 54, testLook({ascii: true, glyphs: 'ascii'}))[0]).toMatch(/64% {3}\^14 {2}3d12h$/);
  });
  it('keeps its severity when it is old', () => {
    const columns = rowColumns([window('5h', 98, hour)], 54, context);
    const tones = windowRow(window('5h', 98, hour), columns, context, true).map(({text, tone}) => [text.trim(), tone]);
    expect(tones).toContainEqual(['98%', 'criticalStale']);
    expect(tones).toContainEqual(['‼', 'criticalStale']);
    expect(tones.find(([text]) => text?.startsWith('━'))).toEqual([expect.anything(), 'criticalStale']);
  });
  it('says in place of bar and figure how long ago it has reset', () => {
    const over = windowAt(window('weekly', 96, -3 * hour), someNow - 4 * hour, someNow);
    expect(rowsOf([over], 56)[0]).toMatch(/^Weekly limit \? reset 3h 00m ago, not read since$/);
    expect(rowsOf([over, window('claude-gpt/5h', 1, hour)], 36)[0]).toMatch(/^week +\? reset 3h 00m ago$/);
    expect(rowsOf([over], 20)[0]).toMatch(/^week +\? has reset$/);
  });
  it('keeps the length of a limit where its pool is too long a name', () => {
    const pools = ['an-unheard-of-pool/5h', 'an-unheard-of-pool/weekly'].map(id => window(id, 5, hour));
    const [first = '', second = ''] = rowsOf(pools, 35);
    expect(first).toMatch(/^An Un\S*… 5h /);
    expect(second).toMatch(/^An Un?\S*… week /);
  });
});

describe('columns', () => {
  const uses = fc.oneof(
    fc.double({min: 0, max: 20_000, noNaN: true}),
    fc.constantFrom<Use>({state: 'unknown', why: ''}, {state: 'unlimited'}, {state: 'not-started'}),
  );
  const ids = fc.constantFrom(
    '5h',
    'weekly',
    'monthly',
    'claude-gpt/weekly',
    '模型/5h',
    'a-pool-with-a-very-long-name/9h',
    '💥/total',
  );
  const windows = fc.array(
    fc
      .record({id: ids, use: uses, resetsIn: fc.option(fc.integer({min: -day, max: 40 * day}))})
      .map(({id, use, resetsIn}) => window(id, use, resetsIn)),
    {minLength: 1, maxLength: 8},
  );

  it('never make a row wider than it may be, and all rows alike', () => {
    fc.assert(
      fc.property(
        windows,
        fc.integer({min: 12, max: 160}),
        fc.constantFrom(...languages),
        fc.boolean(),
        (all, width, language, ascii) => {
          const local = testLook({strings: stringsFor(language, catalogue), ascii, glyphs: ascii ? 'ascii' : 'line'});
          expect(cellsOf(rowColumns(all, width, local))).toBeLessThanOrEqual(width);
          for (const text of rowsOf(all, width, local)) expect(lineWidth([{text}])).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
  it.each(languages)('leave bars of six cells and the reset in a panel of a narrow grid, in %s', language => {
    const local = testLook({strings: stringsFor(language, catalogue)});
    const usual = ['gemini/5h', 'gemini/weekly', 'claude-gpt/weekly', 'premium/monthly', 'mcp/monthly', 'spark/weekly'];
    const columns = rowColumns(
      usual.map(id => window(id, 50, 8 * day + 23 * hour + 59 * minute)),
      35,
      local,
    );
    expect(columns.bar).toBeGreaterThanOrEqual(6);
    expect(columns.reset).toBe(6);
    expect(columns.pace).toBe(1);
  });
});
