import {describe, expect, it} from 'vitest';
import {foldedColumns, foldedLine} from '../../../src/view/rows/folded.ts';
import {panelsOf} from '../../../src/view/rows/panel.ts';
import {stringsFor} from '../../../src/view/strings/index.ts';
import {familyCatalogue} from '../../support/families.ts';
import {testLook} from '../../support/look.ts';
import {account, day, hour, minute, monitorState, reading, someNow, window} from '../../support/state.ts';

const usual = monitorState([
  account('openai:1', 'one', reading('Plus', [window('5h', 5, 2 * hour + 13 * minute)])),
  account('copilot:1', 'two', reading('Pro', [window('premium/monthly', 137, 9 * day + 3 * hour)]), {refreshing: true}),
  account('zai:1', 'three', reading('Max', [window('weekly', 62, 2 * day + 5 * hour)])),
]);

function linesAt(width: number, language: 'en' | 'zh' | 'ja' = 'en'): string[] {
  const context = testLook({strings: stringsFor(language, familyCatalogue)});
  const panels = panelsOf(usual, familyCatalogue, someNow);
  const columns = foldedColumns(panels, width, context);
  const frame = {number: 1, width, height: 1, focused: false, spinning: false, scroll: 0};
  return panels.map(panel =>
    foldedLine(panel, columns, frame, context)
      .map(({text}) => text)
      .join(''),
  );
}
const barsOf = (lines: readonly string[]): string[] => lines.map(line => /[━╌┃]+/.exec(line)?.[0] ?? '');

describe('panels in a line each', () => {
  it.each([60, 80, 200])('have bars of one length at %i cells, whatever their figures, and none too long', width => {
    const lengths = new Set(barsOf(linesAt(width)).map(bar => bar.length));
    expect(lengths.size).toBe(1);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(40);
  });
  it.each(['en', 'zh', 'ja'] as const)('say when they reset whole, apart from the mark, in %s', language => {
    const lines = linesAt(80, language);
    expect(lines.map(line => /\S+ *$/.exec(line)?.[0].trim())).toEqual(['2h13m', '9d03h', '2d05h']);
    expect(lines.join('\n')).toMatch(/137% ‼ +9d03h/);
  });
  it.each([24, 30, 40])('keep the mark of a request apart from the name at %i cells', width => {
    expect(linesAt(width)[1]).toMatch(/Copilot ↻ /);
  });
});
