import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {defaultSettings, type LayoutSettings} from '../../../src/core/settings.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {screenModelOf} from '../../../src/view/layout/screen-model.ts';
import {agendaPaneOf} from '../../../src/view/rows/agenda-pane.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {panelsOf} from '../../../src/view/rows/panel.ts';
import {firstUi} from '../../../src/view/ui-state.ts';
import {testLook} from '../../support/look.ts';
import {busy, fresh, nothing, someNow} from '../../support/state.ts';

process.env.TZ = 'UTC';

const context = testLook();
const modelAt = (columns: number, rows: number, state = fresh(), wanted: Partial<LayoutSettings> = {}) =>
  screenModelOf({
    ...{all: panelsOf(state, catalogue, someNow), state, catalogue, ui: firstUi, columns, rows, context},
    wanted: {...defaultSettings.layout, view: 'panels', ...wanted},
  });
const paneAt = (columns: number, rows: number, state = fresh()) => agendaPaneOf(modelAt(columns, rows, state), context);

describe('the pane of resets', () => {
  it('stands in the room that the panels leave, as high as it has resets', () => {
    const pane = paneAt(120, 60);
    const {free} = modelAt(120, 60).layout;
    expect(free).toContainEqual({...pane?.rect, height: free.find(({x}) => x === pane?.rect.x)?.height});
    expect(pane?.lines.length).toBe(pane?.rect.height);
    expect(plain(pane?.lines[0] ?? [])).toMatch(/^╭─ Resets ─+╮$/);
    expect(plain(pane?.lines.at(-1) ?? [])).toMatch(/^╰─+╯$/);
  });
  it('says how many resets it has no room for', () => {
    const {height = 0} = paneAt(120, 60)?.rect ?? {};
    const rows = 60 - (modelAt(120, 60).layout.free[0]?.height ?? 0);
    const short = Array.from({length: 60}, (_, at) => paneAt(120, rows + at)).find(
      pane => pane !== null && pane.rect.height < height,
    );
    expect(plain(short?.lines.at(-1) ?? [])).toMatch(/▼ \d+ ─╯$/);
  });
  it('is not there where there is no room, or nothing to say', () => {
    expect(paneAt(80, 12)).toBeNull();
    expect(paneAt(120, 60, nothing())).toBeNull();
  });
  it('is not there where the settings switch it off', () => {
    expect(agendaPaneOf(modelAt(120, 60, fresh(), {agenda: false}), context)).toBeNull();
  });
  it('never covers a panel, and fills its place exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 260}),
        fc.integer({min: 1, max: 100}),
        fc.boolean(),
        (columns, rows, isBusy) => {
          const model = modelAt(columns, rows, isBusy ? busy() : fresh());
          const pane = agendaPaneOf(model, context);
          if (pane === null) return;
          const {x, y, width, height} = pane.rect;
          for (const line of pane.lines) expect(lineWidth(line)).toBe(width);
          expect([pane.lines.length, y + height <= rows - 1]).toEqual([height, true]);
          for (const at of model.layout.placements)
            expect(at.x + at.width <= x || at.x >= x + width || at.y + at.height <= y || at.y >= y + height).toBe(true);
        },
      ),
      {numRuns: 200},
    );
  });
});
