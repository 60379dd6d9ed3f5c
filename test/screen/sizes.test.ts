import {afterEach, describe, expect, it} from 'vitest';
import {cellWidth} from '../../src/view/format/cells.ts';
import {fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {exhausted, failing, fresh} from '../support/state.ts';

process.env.TZ = 'UTC';

let screen: TestScreen;
afterEach(() => screen.close());

describe('resizing', () => {
  it('ends in the picture of a fresh start, whatever sizes came between', async () => {
    screen = openTestScreen(fakeProgram(fresh()), {columns: 120, rows: 40});
    await screen.until(text => text.includes('OpenAI'));
    for (const [columns, rows] of [
      [20, 5],
      [200, 60],
      [1, 1],
      [80, 24],
      [300, 100],
      [19, 4],
      [40, 12],
      [5, 40],
      [100, 30],
    ] as const)
      screen.resize(columns, rows);
    await screen.until(() => (screen.rows().at(-1) ?? '').includes('refresh'));
    await screen.until(() => screen.rows()[1]?.startsWith('┏') ?? false);
    const storm = screen.text();
    await screen.close();
    screen = openTestScreen(fakeProgram(fresh()), {columns: 100, rows: 30});
    await screen.until(text => text === storm);
  });
  it('says the tightest window where there is room for nothing else', async () => {
    screen = openTestScreen(fakeProgram(exhausted()), {columns: 18, rows: 3});
    await screen.until(text => text.includes('137%'));
    expect(screen.rows().filter(row => row !== '')).toHaveLength(1);
  });
  it('that nobody told of is found out at ctrl+l, and everything is drawn again', async () => {
    screen = openTestScreen(fakeProgram(fresh()), {columns: 120, rows: 40});
    await screen.until(text => text.includes('OpenAI'));
    screen.resizeUnheard(80, 24);
    screen.send('\u000c');
    await screen.until(() => screen.rows().find(row => row.startsWith('┏'))?.length === 80);
    await screen.until(() => (screen.rows().at(-1) ?? '').includes('refresh'));
    const found = screen.text();
    await screen.close();
    screen = openTestScreen(fakeProgram(fresh()), {columns: 80, rows: 24});
    await screen.until(text => text === found);
  });
  it('survives a single cell', async () => {
    screen = openTestScreen(fakeProgram(fresh()), {columns: 1, rows: 1});
    screen.resize(120, 40);
    await screen.until(text => text.includes('OpenAI'));
  });
});

describe.each(['en', 'zh', 'ja'] as const)('in %s', language => {
  it.each([
    [120, 40],
    [80, 24],
    [100, 30],
  ])('borders stand straight at %i×%i', async (columns, rows) => {
    screen = openTestScreen(fakeProgram(failing()), {columns, rows, flags: {language}});
    await screen.until(text => text.includes('╰'));
    const corner = (row: string, cell: number): string => cellAt(row, cell);
    // A column may end above the other.
    const edges = [Math.floor((columns + 1) / 2) - 1, columns];
    for (const row of screen.rows()) if (/[│╮╯┃┓┛]$/.test(row)) expect(edges).toContain(cellWidth(row));
    const tops = screen.rows().findIndex(row => row.startsWith('┏'));
    expect(corner(screen.rows()[tops] ?? '', columns - 1)).toMatch(/[╮┓]/);
  });
});

/** The character that stands in a cell. */
function cellAt(row: string, cell: number): string {
  let width = 0;
  for (const letter of row) {
    if (width === cell) return letter;
    width += cellWidth(letter);
  }
  return '';
}

const ascii = /^[\x20-\x7e\n]*$/;

describe('a poor terminal', () => {
  it('gets no colour with NO_COLOR, but weight and marks', async () => {
    screen = openTestScreen(fakeProgram(exhausted()), {columns: 120, rows: 40, env: {NO_COLOR: '1'}});
    await screen.until(text => text.includes('137%'));
    expect(screen.bytes()).not.toMatch(/\u001b\[(?:[\d;]*;)?(?:3[0-7]|4[0-7]|9[0-7]|38|48)[;m]/);
    expect(screen.bytes()).toContain('\u001b[1m');
    expect(screen.text()).toContain('‼');
  });
  it('gets nothing but ASCII where only that is safe', async () => {
    screen = openTestScreen(fakeProgram(failing()), {columns: 120, rows: 40, flags: {ascii: true}});
    await screen.until(text => text.includes('OpenAI'));
    const panels = screen.text();
    expect(panels).toMatch(ascii);
    for (const keys of ['?', ',', 'c', '\r']) {
      screen.send(keys);
      await screen.until(text => text !== panels);
      expect(screen.text()).toMatch(ascii);
      screen.send('\u001b');
      await screen.until(text => text === panels);
    }
  });
  it('gets ASCII in a locale without Unicode', async () => {
    screen = openTestScreen(fakeProgram(fresh()), {env: {LANG: 'en_US.ISO-8859-1'}});
    await screen.until(text => text.includes('#= 1 OpenAI'));
  });
});
