import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {fanOf} from '../../../src/core/foresight/fan.ts';
import {spans, type Turn, type Usage} from '../../../src/core/foresight/usage.ts';
import type {Language} from '../../../src/core/settings.ts';
import type {ViewContext} from '../../../src/view/context.ts';
import {plotLines} from '../../../src/view/plot/plot.ts';
import type {Plot} from '../../../src/view/plot/subject.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {inventedHistory} from '../../support/history.ts';
import {testLook} from '../../support/look.ts';

process.env.TZ = 'UTC';

const hour = 3_600_000;
const day = 24 * hour;
const monday = Date.UTC(2026, 10, 2);
const ascii = {ascii: true, glyphs: 'ascii'} as const;

/** Two weeks up to the reset, which one of them got early. */
function twoWeeks(): Plot {
  const now = monday + 15 * day + 15 * hour;
  const [resetsAt, earlyAt] = [monday + 7 * day + 20 * hour, monday + 11 * day + 9 * hour];
  const window = {id: 'weekly', windowMs: 7 * day};
  const {usage, turns, series} = inventedHistory({window, from: monday, to: now, resetsAt, pace: 2.2, earlyAt});
  const to = earlyAt + 7 * day;
  return {from: to - 14 * day, to, now, usage, turns, fan: fanOf(series, now)};
}

/** One morning and what is left of five hours. */
function fiveHours(): Plot {
  const now = monday + day + 12 * hour;
  const window = {id: '5h', windowMs: 5 * hour};
  const from = monday + 9 * hour;
  const {usage, turns, series} = inventedHistory({window, from, to: now, resetsAt: from + 5 * hour, pace: 14});
  const to = series.last?.resetsAt ?? now;
  return {from: to - 5 * hour, to, now, usage, turns, fan: fanOf(series, now)};
}

/** A year of days: what is older than two months is kept by days alone. */
function year(): Plot {
  const now = Date.UTC(2026, 10, 28, 12);
  const usage = Array.from({length: 340}, (_, index): Usage => {
    const percent = ((index * 37) % 300) / 3;
    const bridged = index % 50 > 44;
    const at = (now - 12 * hour) / 1000 - (340 - index) * spans.day;
    return {
      span: spans.day,
      at,
      last: Math.round(percent * 10),
      peak: Math.round(percent * 10),
      added: 9,
      seen: 9,
      bridged,
    };
  });
  return {from: now - 365 * day, to: now, now, usage, turns: [], fan: []};
}

type Case = {
  file: string;
  plot: Plot;
  size: [width: number, height: number];
  more?: Partial<ViewContext>;
  language?: Language;
};
const cases: Case[] = [
  {file: 'two-weeks-100x12', plot: twoWeeks(), size: [100, 12]},
  {file: 'two-weeks-100x12-ascii', plot: twoWeeks(), size: [100, 12], more: ascii},
  {file: 'two-weeks-100x12-left', plot: twoWeeks(), size: [100, 12], more: {show: 'left'}},
  {file: 'two-weeks-100x12-zh', plot: twoWeeks(), size: [100, 12], language: 'zh'},
  {file: 'two-weeks-100x12-ja', plot: twoWeeks(), size: [100, 12], language: 'ja'},
  {file: 'two-weeks-200x58', plot: twoWeeks(), size: [200, 58]},
  {file: 'two-weeks-56x8', plot: twoWeeks(), size: [56, 8]},
  {file: 'two-weeks-40x5', plot: twoWeeks(), size: [40, 5]},
  {file: 'two-weeks-40x5-ascii', plot: twoWeeks(), size: [40, 5], more: ascii},
  {file: 'two-weeks-40x3', plot: twoWeeks(), size: [40, 3]},
  {file: 'five-hours-80x10', plot: fiveHours(), size: [80, 10]},
  {file: 'five-hours-80x10-12h', plot: fiveHours(), size: [80, 10], more: {clock: {hourCycle: 12}}},
  {file: 'five-hours-40x5-ja', plot: fiveHours(), size: [40, 5], language: 'ja'},
  {file: 'year-100x12', plot: year(), size: [100, 12]},
  {file: 'year-60x8-zh', plot: year(), size: [60, 8], language: 'zh'},
];

const pictures = new URL('./pictures/', import.meta.url);
if (process.env.UPDATE) {
  rmSync(pictures, {recursive: true, force: true});
  mkdirSync(pictures);
}

describe('the plot of a history', () => {
  it.each(cases)('$file looks as it should', ({file, plot, size: [width, height], more, language = 'en'}) => {
    const lines = plotLines(plot, {width, height}, testLook({...more, strings: stringsFor(language)}));
    const drawn = `${lines.map(line => plain(line).trimEnd()).join('\n')}\n`;
    const path = new URL(`${file}.txt`, pictures);
    if (process.env.UPDATE) writeFileSync(path, drawn);
    expect(drawn).toBe(readFileSync(path, 'utf8'));
  });
  it('has no picture that nobody compares', () => {
    expect(readdirSync(pictures).sort()).toEqual(cases.map(({file}) => `${file}.txt`).sort());
  });

  const at = fc.integer({min: -10, max: 5_000_000_000});
  const tenths = fc.integer({min: 0, max: 3000});
  const usage = fc.record<Usage>({
    span: fc.constantFrom(...Object.values(spans)),
    ...{at, last: tenths, peak: tenths, added: tenths, seen: fc.integer({min: 0, max: 86_400}), bridged: fc.boolean()},
  });
  const turn = fc.record<Turn>({
    at,
    kind: fc.constantFrom('reset', 'early-reset', 'moved', 'rescaled', 'plan'),
    ...{before: tenths, after: tenths},
  });
  const ms = fc.integer({min: 0, max: 5_000_000_000_000});
  const percent = fc.double({min: 0, max: 100, noNaN: true});
  const point = fc.record({at: ms, low: percent, middle: percent, high: percent});
  const plots = fc.record<Plot>({
    ...{from: ms, to: ms, now: ms},
    usage: fc.array(usage, {maxLength: 40}),
    turns: fc.array(turn, {maxLength: 10}),
    fan: fc.array(point, {maxLength: 20}),
  });
  it('has every line as wide as it was asked for, whatever happened and in any size', () => {
    fc.assert(
      fc.property(
        plots,
        fc.nat({max: 210}),
        fc.nat({max: 62}),
        fc.constantFrom<Language>('en', 'zh', 'ja'),
        fc.constantFrom('used', 'left'),
        fc.boolean(),
        (plot, width, height, language, show, isAscii) => {
          const look = testLook({strings: stringsFor(language), show, ...(isAscii ? ascii : {})});
          const lines = plotLines(plot, {width, height}, look);
          expect(lines.length).toBe(width === 0 ? 0 : height);
          for (const line of lines) expect(lineWidth(line)).toBe(width);
          expect(plotLines(plot, {width, height}, look)).toEqual(lines);
          if (isAscii && language === 'en') expect(lines.map(plain).join('')).toMatch(/^[ -~]*$/);
        },
      ),
      {numRuns: 300},
    );
  });
  it('marks resets only where they leave the use to be seen, and an early one always', () => {
    const kinds = Array.from({length: 40}, (_, index) =>
      index === 20 ? ('early-reset' as const) : ('reset' as const),
    );
    const of = (count: number): string => {
      const turns = kinds
        .slice(0, count)
        .map((kind, index): Turn => ({at: 1 + index * 3600, kind, before: 900, after: 0}));
      const plot = {from: 0, to: 80 * hour, now: 80 * hour, usage: [], turns, fan: []};
      return plain(plotLines(plot, {width: 85, height: 3}, testLook())[0] ?? [])
        .slice(5)
        .trimEnd();
    };
    expect(of(20)).toBe('┊'.repeat(20));
    expect(of(40)).toBe(`${' '.repeat(20)}┋`);
  });
  it('leaves a stretch empty in which nobody looked, and says so below', () => {
    const row = (index: number, bridged: boolean): Usage => ({
      ...{span: spans.hour, at: index * spans.hour, last: 500, peak: 500, added: 0, seen: spans.hour},
      bridged,
    });
    const usage = [0, 1, 2, 3, 4, 5, 6, 7].map(index => row(index, index === 3 || index === 4));
    const plot = {from: 0, to: 8 * hour, now: 8 * hour, usage, turns: [], fan: []};
    const lines = plotLines(plot, {width: 85, height: 8}, testLook()).map(plain);
    expect(lines.at(-1)).toBe(`seen ${'━'.repeat(30)}${'┈'.repeat(20)}${'━'.repeat(30)}`);
    expect(lines.filter(line => /[⠀-⣿]/.test(line)).map(line => line.slice(5).trimEnd())).toEqual([
      `${'⠉'.repeat(30)}${' '.repeat(20)}${'⠉'.repeat(30)}`,
    ]);
  });
});
