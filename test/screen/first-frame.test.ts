import {describe, expect, it} from 'vitest';
import type {MonitorState} from '../../src/core/model.ts';
import {defaultSettings, type Language, type Settings} from '../../src/core/settings.ts';
import {createStore} from '../../src/core/store.ts';
import {frameOf} from '../../src/first-frame/frame.ts';
import {toldBy} from '../../src/terminal/terminal.ts';
import {changedCells, openReplay} from '../support/cells.ts';
import {familyCatalogue} from '../support/families.ts';
import {manyProviders} from '../support/many.ts';
import {fakeProgram} from '../support/program.ts';
import {openTestScreen} from '../support/screen.ts';
import {crowd, exhausted, failing, fresh, many, nothing, someNow} from '../support/state.ts';

type Case = {
  state: () => MonitorState;
  columns: number;
  rows: number;
  env?: Record<string, string>;
  settings?: Partial<Settings>;
  language?: Language;
  noColor?: boolean;
};

const display = (more: Partial<Settings['display']>): Partial<Settings> => ({
  display: {...defaultSettings.display, ...more},
});
const layout = (more: Partial<Settings['layout']>): Partial<Settings> => ({
  layout: {...defaultSettings.layout, ...more},
});
const wide = {columns: 120, rows: 40};

const cases: Record<string, Case> = {
  'everything well, 120×40': {state: fresh, ...wide},
  'everything well, 200×60, 16 colours': {state: fresh, columns: 200, rows: 60, env: {TERM: 'xterm', COLORTERM: ''}},
  '80×24, 256 colours': {state: failing, columns: 80, rows: 24, env: {COLORTERM: ''}},
  '40×12, in which panels fold': {state: failing, columns: 40, rows: 12},
  '20×5': {state: fresh, columns: 20, rows: 5},
  '15×3, the tightest limit alone': {state: exhausted, columns: 15, rows: 3},
  'the Linux console, in ASCII': {state: exhausted, columns: 100, rows: 30, env: {TERM: 'linux', COLORTERM: ''}},
  'no colours': {state: exhausted, ...wide, env: {NO_COLOR: '1'}, noColor: true},
  'a light background': {state: failing, ...wide, env: {COLORFGBG: '0;15'}},
  'the theme for eyes without red': {state: exhausted, ...wide, settings: display({theme: 'colour-blind'})},
  'Chinese, left instead of used': {state: failing, ...wide, settings: display({language: 'zh', show: 'left'})},
  'Japanese, 80×24': {state: many, columns: 80, rows: 24, settings: display({language: 'ja'})},
  'the table, with its panel': {state: many, ...wide, settings: layout({view: 'table', sort: 'tightest'})},
  'three hundred accounts': {state: () => crowd(300), ...wide, settings: layout({folded: ['google']})},
  'twenty-five providers': {state: () => manyProviders(25).state, columns: 160, rows: 50},
  'names that are hidden': {state: many, ...wide, settings: display({privacy: true})},
  'no login at all': {state: nothing, columns: 80, rows: 24},
};

const usualEnv = {TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'en_GB.UTF-8', REDUCED_MOTION: '1'};

function programOf({state, settings = {}}: Case) {
  const program = fakeProgram(state(), settings);
  // As of a monitor that has just begun: nothing is learned yet.
  program.forecasts.set(() => null);
  program.catalogue = state === cases['twenty-five providers']?.state ? manyProviders(25).catalogue : familyCatalogue;
  return program;
}

function painted(each: Case, program: ReturnType<typeof programOf>): string {
  const {columns, rows, env, noColor = false} = each;
  const {background, ...told} = toldBy({...usualEnv, ...env}, {noColor, ascii: false});
  const frame = frameOf({
    state: program.state.get(),
    now: someNow,
    settings: {...defaultSettings, ...each.settings},
    themes: new Map(),
    catalogue: program.catalogue,
    terminal: {...told, size: createStore({columns, rows}), background: createStore(background)},
    display: {},
  });
  return `\u001b[?1049h\u001b[?25l${frame}\u001b[H`;
}

/** What is written until Ink has drawn: its own first frame ends with the mark. */
async function takenOver(each: Case, bytes: string): Promise<{before: string; rows: string[]}> {
  const {columns, rows, env, noColor = false} = each;
  const frame = {state: nothing(), now: someNow, size: {columns, rows}, leave() {}, release() {}};
  const screen = openTestScreen(programOf(each), {
    columns,
    rows,
    env: {...usualEnv, ...env},
    flags: {noColor, noMouse: true},
    painted: {frame, bytes},
  });
  await screen.until(() => screen.bytes().includes(endOfFrame));
  const [inks = ''] = screen.bytes().slice(bytes.length).split(endOfFrame);
  await screen.close();
  const at = inks.indexOf('\u001b[?2026h');
  return {before: inks.slice(0, at), rows: inks.slice(at).split('\n')};
}
const endOfFrame = '\u001b[?2026l';

describe('the frame that stands before Ink is loaded', () => {
  it.each(Object.entries(cases))('is what Ink draws, and no cell changes while Ink takes over: %s', async (_, each) => {
    const bytes = painted(each, programOf(each));
    const {before, rows} = await takenOver(each, bytes);
    const replay = openReplay(each.columns, each.rows);
    await replay.write(bytes);
    const first = replay.picture();
    expect(first.filter(cell => cell !== ' ').length).toBeGreaterThan(10);
    const changed: number[] = [];
    for (const [at, piece] of [before, ...rows].entries()) {
      await replay.write(at > 1 ? `\n${piece}` : piece);
      changed.push(changedCells(first, replay.picture()));
    }
    replay.close();
    expect([rows.length, changed.filter(count => count > 0)]).toEqual([each.rows, []]);
    // Entered once: some terminals empty it when it is entered again.
    expect(before).not.toContain('\u001b[?1049h');
  });
});
