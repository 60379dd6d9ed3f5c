import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Bar, type BarStyle, bar} from '../../../src/view/rows/bar.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';

const solid: BarStyle = {glyphs: 'solid', stale: false};
const shade: BarStyle = {glyphs: 'shade', stale: false};
const ascii: BarStyle = {glyphs: 'ascii', stale: false};
const known = (fraction: number, elapsed: number | null = null): Bar => ({
  state: 'known',
  fraction,
  elapsed,
  tone: 'ok',
});
const text = (what: Bar, width: number, style = shade): string => plain(bar(what, width, style));

describe('a bar', () => {
  it('fills by eighths of a cell', () => {
    expect(text(known(0.5), 8)).toBe('████░░░░');
    expect(text(known(0.53125), 8)).toBe('████▎░░░');
    expect(text(known(1), 8)).toBe('████████');
    expect(text(known(0), 8)).toBe('░░░░░░░░');
  });
  it('never draws a little as nothing, nor almost all as all', () => {
    expect(text(known(0.0001), 8)).toBe('▏░░░░░░░');
    expect(text(known(0.9999), 8)).toBe('███████▉');
  });
  it('marks how much of the period has gone by', () => {
    expect(text(known(0.25, 0.75), 8)).toBe('██░░░░│░');
    expect(text(known(0.75, 0.25), 8)).toBe('██│███░░');
    expect(text(known(0.5, 1), 8)).toBe('████░░░│');
  });
  it('marks what is over the limit', () => {
    expect(text(known(1.37), 8)).toBe('███████▶');
    expect(text(known(1.37), 8, ascii)).toBe('[#####>]');
  });
  it('has drawings of their own for what is no number', () => {
    const drawings = (['unknown', 'unlimited', 'not-started'] as const).map(state => text({state}, 8));
    expect(drawings).toEqual(['? · ? · ', '∞ ──────', '○ ┄┄┄┄┄┄']);
    expect(new Set([...drawings, text(known(0), 8)]).size).toBe(4);
  });
  it('has an ASCII form of each', () => {
    expect(text(known(0.5, 0.75), 10, ascii)).toBe('[####--|-]');
    expect(text({state: 'unknown'}, 10, ascii)).toBe('[? ? ? ? ]');
    expect(text({state: 'unlimited'}, 11, ascii)).toBe('[unlimited]');
    expect(text({state: 'not-started'}, 6, ascii)).toBe('[    ]');
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
      const tones = bar({state: 'known', fraction: 0.5, elapsed: null, tone}, 8, {glyphs: 'solid', stale: true}).map(
        span => span.tone,
      );
      expect(new Set(tones)).toEqual(new Set([old, 'track']));
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
      fc.property(bars, fc.integer({min: 0, max: 120}), fc.constantFrom(solid, shade, ascii), (what, width, style) => {
        expect(lineWidth(bar(what, width, style))).toBe(width);
      }),
    );
  });
});
