import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Bar, type BarStyle, bar} from '../../../src/view/rows/bar.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';

const line: BarStyle = {glyphs: 'line', stale: false};
const ascii: BarStyle = {glyphs: 'ascii', stale: false};
const known = (fraction: number, elapsed: number | null = null): Bar => ({
  state: 'known',
  fraction,
  elapsed,
  tone: 'ok',
});
const text = (what: Bar, width: number, style = line): string => plain(bar(what, width, style));
const tones = (what: Bar, width: number, style = line) => bar(what, width, style).map(span => [span.text, span.tone]);

describe('a bar', () => {
  it('is a heavy line as long as what is used, and a broken one for the rest', () => {
    expect(text(known(0.5), 8)).toBe('━━━━╌╌╌╌');
    expect(text(known(0.55), 8)).toBe('━━━━╌╌╌╌');
    expect(text(known(1), 8)).toBe('━━━━━━━━');
    expect(text(known(0), 8)).toBe('╌╌╌╌╌╌╌╌');
  });
  it('never draws a little as nothing, nor almost all as all', () => {
    expect(text(known(0.0001), 8)).toBe('━╌╌╌╌╌╌╌');
    expect(text(known(0.9999), 8)).toBe('━━━━━━━╌');
  });
  it('marks how much of the period has gone by', () => {
    expect(text(known(0.25, 0.75), 8)).toBe('━━╌╌╌╌┃╌');
    expect(text(known(0.75, 0.25), 8)).toBe('━━┃━━━╌╌');
    expect(text(known(0.5, 1), 8)).toBe('━━━━╌╌╌┃');
    expect(text(known(0, 0), 8)).toBe('┃╌╌╌╌╌╌╌');
  });
  it('has no tick where it would stand for a fifth of the period', () => {
    expect(text(known(0.5, 0.2), 5)).toBe('━━━╌╌');
  });
  it('is full over the limit, with its tick', () => {
    expect(text(known(1.37), 8)).toBe('━━━━━━━━');
    expect(text(known(1.37, 0.5), 8)).toBe('━━━━┃━━━');
    expect(text(known(1.37), 8, ascii)).toBe('========');
  });
  it('needs two styles, and a third where the tick stands in the rest', () => {
    expect(tones(known(0.75, 0.25), 8)).toEqual([
      ['━━┃━━━', 'ok'],
      ['╌╌', 'track'],
    ]);
    expect(tones(known(0.25, 0.75), 8)).toEqual([
      ['━━', 'ok'],
      ['╌╌╌╌', 'track'],
      ['┃', 'tick'],
      ['╌', 'track'],
    ]);
  });
  it('has drawings of their own for what is no number', () => {
    const drawings = (['unknown', 'unlimited', 'not-started'] as const).map(state => text({state}, 8));
    expect(drawings).toEqual(['? · ? · ', '∞ ──────', '○ ╌╌╌╌╌╌']);
    expect(new Set([...drawings, text(known(0), 8)]).size).toBe(4);
  });
  it('has an ASCII form of each', () => {
    expect(text(known(0.5, 0.75), 10, ascii)).toBe('=====..|..');
    expect(text({state: 'unknown'}, 10, ascii)).toBe('? - ? - ? ');
    expect(text({state: 'unlimited'}, 8, ascii)).toBe('~~~~~~~~');
    expect(text({state: 'not-started'}, 6, ascii)).toBe('o ....');
    fc.assert(
      fc.property(fc.double({min: 0, max: 3, noNaN: true}), fc.integer({min: 0, max: 80}), (fraction, width) => {
        expect(text(known(fraction, 0.5), width, ascii)).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
  it('keeps the hue of its severity when the number is old, paler', () => {
    for (const [tone, old] of [
      ['ok', 'okStale'],
      ['warn', 'warnStale'],
      ['critical', 'criticalStale'],
    ] as const) {
      const what: Bar = {state: 'known', fraction: 0.5, elapsed: null, tone};
      const shown = bar(what, 8, {glyphs: 'line', stale: true}).map(span => span.tone);
      expect(shown).toEqual([old, 'track']);
    }
  });
  it('is exactly as wide as asked, whatever it shows', () => {
    const bars = fc.oneof(
      fc
        .record({
          fraction: fc.double({min: 0, max: 20, noNaN: true}),
          elapsed: fc.option(fc.double({min: -1, max: 2, noNaN: true})),
        })
        .map(({fraction, elapsed}) => known(fraction, elapsed)),
      fc.constantFrom<Bar>({state: 'unknown'}, {state: 'unlimited'}, {state: 'not-started'}),
    );
    fc.assert(
      fc.property(bars, fc.integer({min: 0, max: 120}), fc.constantFrom(line, ascii), (what, width, style) => {
        expect(lineWidth(bar(what, width, style))).toBe(width);
        for (const span of bar(what, width, style)) expect(span.text).not.toBe('');
      }),
    );
  });
});
