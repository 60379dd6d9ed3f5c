import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {catalogue} from '../../../src/providers/index.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {rowColumns, windowBar, windowHeading, windowRow} from '../../../src/view/rows/window.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {testLook} from '../../support/look.ts';
import {day, hour, window} from '../../support/state.ts';

const context = testLook();
const row = (used: number, width: number, at = context): string => {
  const only = window('5h', used, hour);
  return plain(windowRow(only, rowColumns([only], width, at.strings), at, false));
};

describe('a row', () => {
  it.each([35, 40, 43, 56, 120])('keeps its figure off its bar in %i cells, however wide the figure is', width => {
    for (const used of [0, 0.04, 7, 62, 100, 100.3, 137, 1234, 99_999]) {
      const shown = row(used, width);
      expect(shown).toMatch(/[█▏▎▍▌▋▊▉▶│ ] +[<>]?[\d.]+%/);
      expect(shown).not.toContain('…');
      expect(lineWidth([{text: shown}])).toBe(width);
    }
    expect(row(100.3, width)).toMatch(/▶ +>100% ‼/);
    expect(row(99_999, width)).toMatch(/▶ +>9999% ‼/);
  });
  it('ends at the same cell whatever it shows, so that columns stand under each other', () => {
    const uses = fc.double({min: 0, max: 20_000, noNaN: true});
    fc.assert(
      fc.property(uses, fc.integer({min: 12, max: 120}), fc.constantFrom('en', 'zh', 'ja'), (used, width, language) => {
        const local = testLook({strings: stringsFor(language, catalogue)});
        expect(lineWidth([{text: row(used, width, local)}])).toBe(width);
      }),
    );
  });
});

describe('two rows', () => {
  const heading = (width: number): string =>
    plain(windowHeading(window('chat/monthly', {state: 'unlimited'}, 9 * day), width, context, false));
  it('take the short name before they cut the long one', () => {
    expect(heading(60)).toMatch(/^Chat monthly limit +unlimited · resets in 9d 0h$/);
    expect(heading(43)).toMatch(/^Chat month +unlimited · resets in 9d 0h$/);
  });
  it('leave a free cell before the figure', () => {
    const bar = plain(windowBar(window('5h', 99_999, hour), 40, context, false));
    expect(bar).toMatch(/▶ >9999% ‼$/);
  });
});
