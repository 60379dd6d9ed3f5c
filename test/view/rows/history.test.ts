import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {SeriesHistory} from '../../../src/core/ledger.ts';
import type {MonitorState} from '../../../src/core/model.ts';
import {defaultSettings} from '../../../src/core/settings.ts';
import {catalogue} from '../../../src/providers/index.ts';
import {screenModelOf} from '../../../src/view/layout/screen-model.ts';
import {limitAfter, limitOf, nameOf} from '../../../src/view/plot/limits.ts';
import {plotSpans, rangeOf} from '../../../src/view/plot/spans.ts';
import {agendaPaneOf} from '../../../src/view/rows/agenda-pane.ts';
import {historyLines, plotOf} from '../../../src/view/rows/history.ts';
import {historyPaneOf} from '../../../src/view/rows/history-pane.ts';
import {lineWidth, plain} from '../../../src/view/rows/line.ts';
import {type PanelModel, panelsOf} from '../../../src/view/rows/panel.ts';
import {firstUi} from '../../../src/view/ui-state.ts';
import {historyTo} from '../../support/history.ts';
import {testLook} from '../../support/look.ts';
import {
  account,
  busy,
  day,
  fresh,
  hour,
  many,
  minute,
  monitorState,
  reading,
  someNow,
  window,
} from '../../support/state.ts';

process.env.TZ = 'UTC';

const historiesOf = (state: MonitorState): SeriesHistory[] =>
  Object.values(state.accounts).flatMap(each => historyTo(each, someNow));
function lookAt(state: MonitorState, more: Parameters<typeof testLook>[0] = {}) {
  const all = historiesOf(state);
  const historyOf = (key: string, id: string) => all.find(each => each.account === key && each.window === id);
  return testLook({historyOf, ...more});
}
const panelOf = (state: MonitorState): PanelModel => {
  const [panel] = panelsOf(state, catalogue, someNow);
  if (panel === undefined) throw new Error('there is no panel');
  return panel;
};

describe('the pane of the history', () => {
  const paneAt = (columns: number, rows: number, state: MonitorState, view: 'panels' | 'table') => {
    const context = looks.get(state) ?? testLook();
    const wanted = {...defaultSettings.layout, view};
    const all = panelsOf(state, catalogue, someNow);
    const model = screenModelOf({all, state, catalogue, ui: firstUi, columns, rows, context, wanted});
    return {model, agenda: agendaPaneOf(model, context), pane: historyPaneOf(model, firstUi, context)};
  };
  const states = [fresh(), busy(), many()];
  const looks = new Map(states.map(state => [state, lookAt(state)]));
  it('never covers a panel, a row or the resets, and fills its place exactly', () => {
    let count = 0;
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 260}),
        fc.integer({min: 1, max: 100}),
        fc.constantFrom(...states),
        fc.constantFrom('panels', 'table'),
        (columns, rows, state, view) => {
          const {model, agenda, pane} = paneAt(columns, rows, state, view);
          if (pane === null) return;
          count += 1;
          const {x, y, width, height} = pane.rect;
          for (const line of pane.lines) expect(lineWidth(line)).toBe(width);
          expect([pane.lines.length, y + height <= rows - 1]).toEqual([height, true]);
          const beside = (at: {x: number; y: number; width: number; height: number}): boolean =>
            at.x + at.width <= x || at.x >= x + width || at.y + at.height <= y || at.y >= y + height;
          for (const at of [...model.layout.placements, ...(agenda ? [agenda.rect] : [])])
            expect(beside(at)).toBe(true);
          if (model.table) expect(y).toBeGreaterThan(model.table.y + model.table.visible.length);
        },
      ),
      {numRuns: 150},
    );
    expect(count).toBeGreaterThan(20);
  });
  it('says so where the focused limit has no history but another has', () => {
    const state = fresh();
    const [first, ...others] = Object.values(state.accounts);
    const context = lookAt({...state, accounts: Object.fromEntries(others.map(each => [each.key, each]))});
    const all = panelsOf(state, catalogue, someNow);
    const wanted = defaultSettings.layout;
    const ui = {...firstUi, focus: first?.provider ?? ''};
    const model = screenModelOf({all, state, catalogue, ui, columns: 120, rows: 50, context, wanted});
    expect(historyPaneOf(model, ui, context)?.lines.map(plain).join('\n')).toContain('no history of this limit yet');
  });
});

describe('the history alone', () => {
  it('has so many rows of so many cells as it is asked for, in any language and of any limit', () => {
    const state = busy();
    const look = lookAt(state);
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 220}),
        fc.integer({min: 1, max: 60}),
        fc.constantFrom(...panelsOf(state, catalogue, someNow)),
        fc.constantFrom(...plotSpans),
        fc.boolean(),
        (width, height, panel, span, ascii) => {
          const limit = limitOf(panel, undefined);
          if (limit === undefined) return;
          const context = {...look, ascii, glyphs: ascii ? ('ascii' as const) : ('line' as const)};
          const lines = historyLines(limit, span, {width, height}, context);
          expect(lines.length).toBeLessThanOrEqual(height);
          for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
      {numRuns: 150},
    );
  });
  it('is drawn again when a column of dots has gone by, and not before', () => {
    const limit = limitOf(panelOf(fresh()), undefined);
    if (limit === undefined) throw new Error('there is no limit');
    const look = lookAt(fresh());
    const at = (now: number) => plotOf(limit, 'windows', {width: 100, height: 12}, {...look, now});
    // Ten hours over 200 columns of dots are three minutes each.
    const lines = [0, 1, 2, 3, 4, 5, 6].map(minutes => at(someNow + minutes * minute));
    expect(new Set(lines).size).toBe(3);
    expect(at(someNow + 6 * minute)).toBe(lines.at(-1));
    expect(plotOf(limit, 'window', {width: 100, height: 12}, look)).not.toBe(lines[0]);
  });
});

describe('the limits of a panel', () => {
  const state = monitorState([
    account('openai:1', 'one', reading('Plus', [window('5h', 10, hour), window('weekly', 40, day)])),
    account('openai:2', 'two', reading('Plus', [window('5h', 90, hour), window('chat', {state: 'unlimited'}, null)])),
  ]);
  const panel = panelOf(state);
  it('are all that can be used up, of all accounts; the tightest is meant unless another was chosen', () => {
    expect(limitOf(panel, undefined)).toMatchObject({account: {key: 'openai:2'}, window: {id: '5h'}});
    expect(limitOf(panel, 'openai:1\nweekly')).toMatchObject({account: {key: 'openai:1'}, window: {id: 'weekly'}});
    expect(limitOf(panel, 'openai:9\ngone')).toMatchObject({account: {key: 'openai:2'}});
    expect(limitOf(panelOf(monitorState([account('openai:3', 'three', null)])), undefined)).toBeUndefined();
  });
  it('follow each other around the end', () => {
    let limit = limitOf(panel, undefined);
    const names: string[] = [];
    for (let step = 0; step < 4 && limit !== undefined; step += 1) {
      names.push(nameOf(limit));
      limit = limitAfter(limit, 1);
    }
    expect(names).toEqual(['openai:2\n5h', 'openai:1\n5h', 'openai:1\nweekly', 'openai:2\n5h']);
    const first = limitOf(panel, 'openai:1\n5h');
    expect(first && nameOf(limitAfter(first, -1))).toBe('openai:2\n5h');
  });
});

describe('the time that a history shows', () => {
  const weekly = {windowMs: 7 * day, resetsAt: someNow + 2 * day};
  it.each([
    ['window', -5, 2],
    ['windows', -12, 2],
    ['month', -28, 2],
    ['year', -363, 2],
  ] as const)('is, for %s, up to the reset', (span, from, to) => {
    expect(rangeOf(span, weekly, someNow)).toEqual({from: someNow + from * day, to: someNow + to * day});
  });
  it('ends now where no reset is ahead, or it is too far ahead for the picture', () => {
    const five = {windowMs: 5 * hour, resetsAt: null};
    expect(rangeOf('windows', five, someNow)).toEqual({from: someNow - 10 * hour, to: someNow});
    expect(rangeOf('window', {...five, resetsAt: someNow - hour}, someNow)).toEqual({
      from: someNow - 5 * hour,
      to: someNow,
    });
    const long = {windowMs: 365 * day, resetsAt: someNow + 300 * day};
    expect(rangeOf('month', long, someNow)).toEqual({from: someNow - 30 * day, to: someNow});
  });
  it('knows how long calendar months are', () => {
    const resetsAt = Date.UTC(2026, 11, 1);
    const monthly = {windowMs: null, resetsAt};
    expect(rangeOf('windows', monthly, someNow)).toEqual({from: Date.UTC(2026, 9, 1), to: resetsAt});
  });
});
