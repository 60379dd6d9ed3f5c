import {afterEach, describe, expect, it} from 'vitest';
import type {MonitorState, Window} from '../../src/core/model.ts';
import {defaultSettings, type LayoutSettings} from '../../src/core/settings.ts';
import {watched} from '../support/history.ts';
import {type FakeProgram, fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {fresh, minute} from '../support/state.ts';

/** The history of limits on the screen, on a whole terminal. */

process.env.TZ = 'UTC';

let screen: TestScreen;
let program: FakeProgram;
afterEach(() => screen.close());

const trend = /[▁▂▃▄▅▆▇█]/;
async function open(columns = 120, rows = 40, layout: Partial<LayoutSettings> = {}): Promise<void> {
  program = watched(fakeProgram(fresh(), {layout: {...defaultSettings.layout, ...layout}}));
  screen = openTestScreen(program, {columns, rows});
  await screen.until(text => trend.test(text));
}
const says = (text: string): Promise<void> => screen.until(shown => shown.includes(text));
const rowWith = (text: string): string => screen.rows().find(row => row.includes(text)) ?? '';
/** Where a text stands, from 1. */
function placeOf(text: string): {x: number; y: number} {
  const y = screen.rows().findIndex(row => row.includes(text));
  return {x: rowWith(text).indexOf(text) + 1, y: y + 1};
}
function click(text: string): void {
  const {x, y} = placeOf(text);
  screen.send(`\u001b[<0;${x};${y}M\u001b[<0;${x};${y}m`);
}
function read(provider: string, usedPercent: number): void {
  const withUse = (window: Window): Window => ({...window, use: {state: 'known', usedPercent}});
  program.state.update((state: MonitorState) => ({
    ...state,
    accounts: Object.fromEntries(
      Object.entries(state.accounts).map(([key, account]) => [
        key,
        account.provider === provider && account.reading !== null
          ? {
              ...account,
              readAt: (account.readAt ?? 0) + minute,
              reading: {...account.reading, windows: account.reading.windows.map(withUse)},
            }
          : account,
      ]),
    ),
  }));
}

describe('the history', () => {
  it('is read once, after the first frame, and goes on with every reading', async () => {
    await open();
    expect(rowWith('5h      ')).toMatch(/62% .* 2h13m .*▄▅ ┃/);
    expect(screen.bytes().indexOf('q quit')).toBeLessThan(screen.bytes().search(trend));
    read('openai', 99);
    await screen.until(() => /99% ‼.* 2h13m .*▆ ┃/.test(rowWith('5h      ')));
    expect(program.calls.filter(call => call.startsWith('history'))).toEqual(['history']);
  });
  it('is of the focused limit, in the room below the resets', async () => {
    await open();
    expect(rowWith('2 periods')).toContain('╭─ OpenAI · 5h  62% used ──');
    const {x, y} = placeOf('╭─ OpenAI · 5h');
    expect(rowWith('seen ').slice(x - 1)).toMatch(/^│ seen ┈+━+ +│$/);
    screen.send('\t');
    await says('╭─ Copilot · Premium month  76% used !');
    expect(placeOf('╭─ Copilot · Premium')).toEqual({x, y});
    screen.send('3');
    await says('╭─ Google · Claude 5h  41% used');
  });
  it('is of the limit and the time that are chosen', async () => {
    await open();
    screen.send(']');
    await says('╭─ OpenAI · week  21% used');
    screen.send(']]');
    await says('╭─ OpenAI · 5h  62% used');
    screen.send('[');
    await says('╭─ OpenAI · Review week  3% used');
    for (const span of ['30 days', '1 year', 'this period', '2 periods']) {
      screen.send('w');
      await says(`─ ${span} ─╮`);
    }
  });
  it('opens alone by its key and by a click, and closes to where it was opened', async () => {
    await open();
    screen.send('H');
    await says('╭─ History · 2 periods ─');
    expect(rowWith('OpenAI · 5-hour limit')).toMatch(/62% used +resets in 2h 13m · 11:13 │$/);
    expect(rowWith('early reset')).toContain('░ 8 times in 10  ┈ not watched');
    screen.send('\u001b[B');
    await says('OpenAI · Weekly limit  21% used');
    screen.send('\u001b[C');
    await says('GitHub Copilot · Premium monthly limit  76% used');
    screen.send('\u001b');
    await says('╭─ Copilot · Premium month');
    click('╭─ Copilot · Premium month');
    await says('╭─ History · 2 periods ─');
    screen.send('H');
    await says('╭─ Copilot · Premium month');
  });
  it('turns with the figures in the details', async () => {
    await open();
    screen.send('\r');
    await says('Last reading');
    screen.send('v');
    await says('╭─ History · 2 periods ─');
    screen.send('\u001b');
    await says('Last reading');
    screen.send('vv');
    await says('Last reading');
    screen.send('\u001b');
    await says('q quit');
    await says('╭─ Resets');
  });
  it('goes on into the time to come where there is a forecast', async () => {
    await open();
    const border = rowWith('w time span');
    expect(border).toMatch(/╰─ (likely lasts|lasts|may run out|out) .*─ \[ \] limit {2}w time span ─╯/);
    expect(screen.text()).toMatch(/▒▒▒.*│$/m);
    expect(screen.text()).toMatch(/░░ │$/m);
    screen.send('H');
    await says('╭─ History · 2 periods ─');
    expect(screen.rows()[3]).toMatch(/run out|runs out|lasts/);
    expect(screen.text()).toMatch(/▒▒▒.*░ │$/m);
  });
  it('is of one account below the table', async () => {
    await open(100, 50, {view: 'table'});
    await says('╭─ OpenAI · 5h  62% used');
    screen.send('j');
    await says('╭─ Copilot · Premium month');
  });
  it('stays away from free room where the settings say so', async () => {
    await open(120, 40, {history: false});
    expect(screen.text()).toContain('╭─ Resets');
    expect(screen.text()).not.toContain('2 periods');
    program.settings.update(before => ({...before, layout: {...before.layout, history: true, agenda: false}}));
    await says('2 periods');
    expect(screen.text()).not.toContain('╭─ Resets');
  });
  it('says that there is none yet', async () => {
    program = fakeProgram(fresh());
    screen = openTestScreen(program, {columns: 120, rows: 40});
    await says('q quit');
    await screen.until(() => program.calls.length === 5);
    expect(screen.text()).not.toMatch(trend);
    expect(screen.text()).not.toContain('2 periods');
    screen.send('H');
    await says('no history of this limit yet');
  });
  it('is read of an account too whose first reading comes later', async () => {
    const state = fresh();
    program = watched(fakeProgram(state));
    const unread = Object.values(state.accounts).map(each => ({...each, reading: null, readAt: null}));
    program.state.set({...state, accounts: Object.fromEntries(unread.map(each => [each.key, each]))});
    screen = openTestScreen(program, {columns: 120, rows: 40});
    await screen.until(() => program.calls.includes('history'));
    program.state.set(state);
    await screen.until(() => /62% .* 2h13m .*▄▅ ┃/.test(rowWith('5h      ')));
    await says('2 periods');
  });
  it('is not what was forgotten, when the settings switch it off', async () => {
    await open();
    program.settings.update(before => ({...before, history: {enabled: false}}));
    await screen.until(text => !text.includes('2 periods') && !trend.test(text));
    program.settings.update(before => ({...before, history: {enabled: true}}));
    await says('2 periods');
  });
  it.each([
    [200, 60],
    [80, 24],
    [40, 12],
    [40, 8],
    [28, 10],
    [20, 5],
    [10, 3],
    [1, 1],
  ])('survives %i × %i', async (columns, rows) => {
    await open();
    screen.send('H');
    await says('History');
    screen.resize(columns, rows);
    screen.send('www][');
    await screen.drawn();
    expect(screen.rows()).toHaveLength(rows);
    screen.resize(120, 40);
    await says('History · this period');
  });
});
