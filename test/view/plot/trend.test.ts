import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Turn, Usage} from '../../../src/core/foresight/usage.ts';
import type {SeriesHistory} from '../../../src/core/ledger.ts';
import {trendText} from '../../../src/view/plot/trend.ts';
import {cellsOf, rowColumns} from '../../../src/view/rows/columns.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {windowRow} from '../../../src/view/rows/window.ts';
import {testLook} from '../../support/look.ts';
import {day, hour, minute, someNow, window} from '../../support/state.ts';

const look = testLook();
const weekly = window('weekly', 60, 3 * day);
const begin = someNow - 4 * day;
/** An hour in which so much was reached. */
const at = (ms: number, percent: number, more: Partial<Usage> = {}): Usage => ({
  ...{span: 3600, at: ms / 1000, last: percent * 10, peak: percent * 10, added: 0, seen: 3600, bridged: false},
  ...more,
});
const historyOf = (usage: Usage[], turns: Turn[] = []): SeriesHistory => ({
  account: 'test',
  window: 'weekly',
  usage,
  turns,
});

describe('a trend', () => {
  it('is the highest use of each step of the present window', () => {
    const halfDays = Array.from({length: 8}, (_, index) => at(begin + index * 12 * hour, index * 12.5));
    expect(trendText(historyOf(halfDays), weekly, 8, look)).toBe('▁▂▃▄▅▆▇█');
    expect(trendText(historyOf(halfDays), weekly, 8, testLook({show: 'left'}))).toBe('██▇▆▅▄▃▂');
    expect(trendText(historyOf(halfDays), weekly, 8, testLook({glyphs: 'ascii', ascii: true}))).toBe('.:-=+*#%');
  });
  it('has a space where nothing was watched, also where use is known only in sum', () => {
    const usage = [at(begin, 10), at(begin + day, 30, {bridged: true}), at(begin + 3 * day, 55)];
    expect(trendText(historyOf(usage), weekly, 8, look)).toBe('▁     ▅ ');
  });
  it('leaves out the stretch in which the window began while nobody saw it begin', () => {
    const usage = [at(begin - 30 * minute, 99), at(begin + 30 * minute, 3), at(begin + 3.6 * day, 20)];
    expect(trendText(historyOf(usage), weekly, 4, look)).toBe('▁  ▂');
    const late: Turn[] = [{at: (begin + 3 * day) / 1000, kind: 'early-reset', before: 990, after: 0}];
    expect(trendText(historyOf(usage, late), weekly, 4, look)).toBe('   ▂');
  });
  it('knows nothing of the window before, though it ended within its first hour', () => {
    const before = [at(begin - day, 90), at(begin - 30 * minute, 3, {peak: 990})];
    const usage = [...before, at(begin + 3.6 * day, 20)];
    const turns: Turn[] = [{at: begin / 1000, kind: 'reset', before: 990, after: 0}];
    expect(trendText(historyOf(usage, turns), weekly, 4, look)).toBe('▁  ▂');
  });
  it('has no more steps than quarter hours have gone by, the last one at its right end', () => {
    const fresh = window('weekly', 4, 7 * day - 40 * minute);
    expect(trendText(historyOf([at(someNow - 40 * minute, 30)]), fresh, 7, look)).toBe('    ▃▃▃');
  });
  it('is empty without a history, a figure or a period', () => {
    const known = historyOf([at(begin, 10)]);
    expect(trendText(undefined, weekly, 7, look)).toBe(' '.repeat(7));
    expect(trendText(known, window('weekly', {state: 'not-started'}, null), 7, look)).toBe(' '.repeat(7));
    expect(trendText(known, {...weekly, windowMs: null, resetsAt: null}, 7, look)).toBe(' '.repeat(7));
  });
});

describe('a row with a trend', () => {
  const own = historyOf([at(begin, 10), at(begin + 3.9 * day, 60)]);
  const context = testLook({historyOf: () => own});
  const rowIn = (width: number, trend: boolean): string =>
    plain(windowRow(weekly, rowColumns([weekly], width, context, {trend}), context, false, 'test'));
  it('ends with it after the reset', () => {
    expect(rowIn(56, true)).toBe('week ━━━━━━━━━━━━━━┃╌╌╌╌╌╌╌╌╌╌  60%        3d00h ▁     ▅');
    expect(rowIn(56, false)).not.toContain('▁');
  });
  it('has it only where the bar keeps a good length, and grows it up to fourteen cells', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 200}), width => {
        const [without, beside] = [false, true].map(trend => rowColumns([weekly], width, context, {trend}));
        if (without === undefined || beside === undefined) throw new Error('there are two');
        if (width >= 8) expect(cellsOf(beside)).toBeLessThanOrEqual(Math.max(width, cellsOf(without)));
        expect(beside.trend === 0 || (beside.trend >= 7 && beside.trend <= 14 && beside.bar >= 12)).toBe(true);
        if (beside.trend === 0) expect(beside).toEqual(without);
        const row = windowRow(weekly, beside, context, false, 'test');
        if (beside.trend > 0) expect(lineWidth(row)).toBe(cellsOf(beside));
      }),
    );
    expect([36, 56, 120].map(width => rowColumns([weekly], width, context, {trend: true}).trend)).toEqual([0, 7, 14]);
  });
});
