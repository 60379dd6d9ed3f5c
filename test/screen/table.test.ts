import {afterEach, describe, expect, it} from 'vitest';
import type {LayoutSettings} from '../../src/core/settings.ts';
import {manyProgram} from '../support/many.ts';
import type {FakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';

/** The table of accounts on a terminal: keys and clicks. */

process.env.TZ = 'UTC';

let screen: TestScreen;
let program: FakeProgram;
afterEach(() => screen.close());

async function open(count: number, columns: number, rows: number, layout: Partial<LayoutSettings> = {}, each = 2) {
  program = manyProgram(count, 'fresh', each);
  const {store, update} = program.settings;
  update(before => ({...before, layout: {...before.layout, ...layout}}));
  screen = openTestScreen(program, {columns, rows, env: {REDUCED_MOTION: '1'}});
  await screen.until(text => /\d%/.test(text));
  return () => store.get().settings.layout;
}

const focused = (): string => screen.rows().find(row => /^▸(\d |[A-Z])/.test(row)) ?? '';
const says = (text: string): Promise<void> => screen.until(shown => shown.includes(text));
const focuses = (...texts: string[]): Promise<void> =>
  screen.until(() => texts.every(text => focused().includes(text)));
const isTable = (text: string): boolean => /\n provider/.test(`\n${text}`);
const folds = (): string[] => screen.text().match(/×\d ▸/g) ?? [];
const rowWith = (text: string): number => screen.rows().findIndex(row => row.includes(text));
/** `x` and `y` from 0; 64 and 65 are the wheel. */
const mouse = (x: number, y: number, button = 0): void => screen.send(`\u001b[<${button};${x + 1};${y + 1}M`);

describe('the view', () => {
  it('is the table by itself only where panels would fold', async () => {
    await open(5, 80, 24, {}, 1);
    expect(isTable(screen.text())).toBe(false);
    screen.resize(80, 12);
    await screen.until(isTable);
    screen.resize(120, 40);
    await screen.until(text => !isTable(text));
  });
  it('keeps one line per provider where there is too little room for a table', async () => {
    await open(5, 39, 8, {view: 'table'}, 1);
    expect(isTable(screen.text())).toBe(false);
    screen.resize(40, 8);
    await screen.until(isTable);
    screen.resize(40, 7);
    await screen.until(text => !isTable(text));
  });
  it('is changed by v, kept, and left to the program again by the next v', async () => {
    const layout = await open(5, 80, 24, {}, 1);
    screen.send('v');
    await screen.until(isTable);
    expect(layout().view).toBe('table');
    await says('view: table');
    screen.send('v');
    await screen.until(text => !isTable(text));
    expect(layout().view).toBe('auto');
  });
  it('is changed by v where the table shows by itself, too', async () => {
    const layout = await open(25, 80, 24);
    expect(isTable(screen.text())).toBe(true);
    screen.send('v');
    await screen.until(text => !isTable(text));
    expect(layout().view).toBe('panels');
    screen.send('v');
    await screen.until(isTable);
    expect(layout().view).toBe('auto');
  });
  it('keeps the focus when it changes', async () => {
    await open(5, 80, 24, {view: 'table'});
    for (let step = 0; step < 5; step += 1) screen.send('j');
    await focuses('3 Google', '2-user');
    screen.send('v');
    await screen.until(text => !isTable(text));
    screen.send('v');
    await focuses('3 Google', '2-user');
    screen.send('v');
    screen.send('\t');
    await screen.until(text => !isTable(text));
    screen.send('v');
    await focuses('4 Z.ai');
  });
});

describe('sort and fold', () => {
  it('s goes through the orders, says which, and keeps it', async () => {
    const layout = await open(5, 80, 24, {view: 'table'});
    screen.send('s');
    await says('↓ tightest');
    expect(screen.rows()[2]).toContain('Copilot');
    await says('sort: tightest first');
    screen.send('s');
    await says('↓ reset');
    screen.send('s');
    await says('↓ name');
    expect(layout().sort).toBe('name');
    screen.send('s');
    await screen.until(text => !text.includes('↓'));
    expect(layout().sort).toBe('order');
  });
  it('s leaves the focus on its account', async () => {
    await open(5, 80, 24, {view: 'table'});
    screen.send('j');
    await focuses('OpenAI', '2-user');
    screen.send('s');
    await says('↓ tightest');
    await focuses('OpenAI', '2-user');
  });
  it('s sorts the panels, too', async () => {
    await open(5, 120, 40, {view: 'panels'}, 1);
    screen.send('s');
    await screen.until(() => /^┏━ 2 GitHub Copilot/.test(screen.rows().find(row => /^[╭┏]/.test(row)) ?? ''));
  });
  it('z folds and unfolds the quiet accounts of the focused provider, and keeps it', async () => {
    const layout = await open(5, 80, 24, {view: 'table', folded: ['zai']});
    expect(folds()).toEqual(['×2 ▸']);
    screen.send('z');
    await says('OpenAI ×2 ▸');
    await says('OpenAI: quiet accounts folded');
    expect(layout().folded).toEqual(['zai', 'openai']);
    await focuses('OpenAI ×2');
    screen.send('z');
    await screen.until(text => !text.includes('OpenAI ×2 ▸'));
    expect(layout().folded).toEqual(['zai']);
    await focuses('OpenAI user');
    await says('Z.ai ×2');
  });
  it('z unfolds for now what is folded because not all rows fit', async () => {
    const layout = await open(12, 80, 24, {}, 3);
    await focuses('OpenAI ×3');
    expect(folds().length).toBeGreaterThan(3);
    screen.send('z');
    await focuses('OpenAI user');
    expect(layout().folded).toEqual([]);
    expect(folds().length).toBeGreaterThan(3);
    screen.send('z');
    await focuses('OpenAI ×3');
    expect(layout().folded).toEqual(['openai']);
  });
  it('z says so where there is nothing to fold, and stands in no footer there', async () => {
    await open(5, 80, 24, {view: 'table'}, 1);
    expect(screen.rows().at(-1)).not.toContain('z fold');
    screen.send('z');
    await says('no quiet accounts to fold');
  });
});

describe('the focus', () => {
  it('goes from account to account, and the panel below shows that one', async () => {
    await open(5, 80, 24, {view: 'table'});
    await focuses('OpenAI', 'user@');
    screen.send('j');
    await focuses('OpenAI', '2-user@');
    await says('━ 2-user@example.com ━');
    screen.send('\t');
    await focuses('Copilot', 'octo');
    screen.send('\u001b[Z\u001b[A');
    await focuses('OpenAI', '▸1 OpenAI user@');
    screen.send('G');
    await focuses('Zhipu AI', '2-Zhipu');
    screen.send('\t');
    await focuses('OpenAI', 'user@');
    screen.send('4');
    await focuses('Z.ai', 'Z.ai key');
    screen.send('l');
    await focuses('Zhipu AI');
    screen.send('g');
    await focuses('▸1 OpenAI user@');
  });
  it('never leaves the view', async () => {
    await open(25, 80, 24, {}, 1);
    for (const key of ['\u001b[6~', '\u001b[6~', 'k', 'k', 'G', '\u001b[5~', 'j', 'g', '\u001b[F', '\u001b[H']) {
      const before = focused();
      screen.send(key);
      await screen.until(() => focused() !== before && focused() !== '');
    }
    await focuses('OpenAI Plus');
  });
  it('is of one account for r, and of all for R', async () => {
    await open(5, 80, 24, {view: 'table'});
    screen.send('j');
    await focuses('2-user@');
    screen.send('r');
    await says('refreshing 1 account');
    expect(program.calls.filter(call => call.startsWith('refresh'))).toEqual(['refresh openai:00000001']);
    screen.send('R');
    await says('refreshing 10 accounts');
  });
  it('opens the details at its account', async () => {
    await open(5, 80, 24, {view: 'table'}, 3);
    screen.send('j');
    await focuses('2-user@');
    screen.send('\r');
    await screen.until(text => /\n│ 2-user@example.com ─/.test(text) && !isTable(text));
    expect(rowWith('2-user@example.com ─')).toBe(2);
    screen.send('\t');
    await says('│ 3-user@example.com ─');
    screen.send('\u001b');
    await focuses('3-user@');
  });
  it('is found again among what a filter leaves', async () => {
    await open(5, 80, 24, {view: 'table'});
    screen.send('/google\r');
    await focuses('Google');
    expect(screen.rows().filter(row => /^[▸ ]\d /.test(row))).toHaveLength(2);
    screen.send('\u001b');
    await screen.until(() => screen.rows().filter(row => /^[▸ ]\d /.test(row)).length === 10);
  });
});

describe('the mouse', () => {
  it('focuses a row with a click and opens it with a second one', async () => {
    await open(5, 80, 24, {view: 'table'});
    const y = rowWith('2-octo');
    mouse(10, y);
    await focuses('2-octo');
    mouse(10, y);
    await screen.until(text => !isTable(text) && text.includes('│ 2-octo ─'));
  });
  it('opens all resets with a click on those below', async () => {
    await open(5, 80, 40, {view: 'table'});
    await says('─ Resets ─');
    mouse(10, rowWith('─ Resets ─') + 1);
    await screen.until(text => !isTable(text) && text.includes('Copilot Premium monthly limit'.slice(8)));
  });
  it('clicks the same row twice while others are out of view', async () => {
    await open(25, 80, 24, {}, 1);
    screen.send('G');
    await focuses('Zhipu AI 5');
    const y = rowWith('▲') - 5;
    const row = screen.rows()[y]?.slice(1, 22) ?? '';
    mouse(10, y);
    await focuses(row.trim());
    expect(screen.rows()[y]).toContain(row);
    mouse(10, y);
    await screen.until(text => !isTable(text));
  });
  it('goes through the rows with the wheel', async () => {
    await open(5, 80, 24, {view: 'table'});
    mouse(10, 3, 65);
    await focuses('2-user@');
    mouse(10, 3, 64);
    await focuses('▸1 OpenAI user@');
  });
  it('scrolls the panel below the table where that hides rows', async () => {
    await open(5, 80, 18, {view: 'table', folded: ['openai', 'copilot', 'google', 'zai', 'zhipu']}, 4);
    await says('▸1 OpenAI ×4');
    expect(screen.text()).not.toMatch(/▲ \d/);
    mouse(10, screen.rows().length - 4, 65);
    await screen.until(text => /▲ \d/.test(text));
    expect(focused()).toContain('OpenAI');
  });
});
