import {afterEach, describe, expect, it} from 'vitest';
import type {MonitorState, Notice} from '../../src/core/model.ts';
import {type FakeProgram, fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen, type TestScreenOptions} from '../support/screen.ts';
import {failing, fresh, minute, someNow} from '../support/state.ts';

/** Sentences that are longer than a line: none of them is cut before it says what to do. */

process.env.TZ = 'UTC';

let screen: TestScreen;
let program: FakeProgram;
afterEach(() => screen.close());

async function open(state: MonitorState, options: TestScreenOptions = {}): Promise<void> {
  program = fakeProgram(state);
  screen = openTestScreen(program, options);
  await screen.until(text => text.includes('%'));
}
/** What is on the screen, as one text: without frames and the breaks of lines. */
const flowing = (): string => screen.text().replace(/[│╭╮╰╯─\s]+/g, ' ');
const flows = (text: string): Promise<void> => screen.until(() => flowing().includes(text));
const click = (x: number, y: number): string => `\u001b[<0;${x + 1};${y + 1}M\u001b[<0;${x + 1};${y + 1}m`;

const notices: Notice[] = [
  {code: 'permissions', text: 'credentials.json was open to other users; its mode is now 0600'},
  {code: 'ledger-unavailable', text: 'state.db cannot be written: the disk is full; this copy goes on alone'},
];
const noticed = (): MonitorState => ({...fresh(), notices});

describe('a notice', () => {
  it.each([
    [120, 40],
    [80, 24],
    [40, 12],
    [24, 8],
  ])('is read whole with its key at %i×%i', async (columns, rows) => {
    await open(noticed(), {columns, rows});
    expect(screen.rows()[0]).toContain('!');
    screen.send('!');
    for (const {text} of notices) {
      await screen.until(() => flowing().includes(text.split(' ').at(-1) ?? '') || flowing().includes('▼'));
      for (let page = 0; page < 4 && !flowing().includes(text); page += 1) {
        screen.send('j'.repeat(3));
        await screen.drawn();
      }
      await flows(text);
    }
    screen.send('\u001b');
    await screen.until(text => text.includes('62%'));
  });
  it('is read with a click on the header, and its key stands in the footer', async () => {
    await open(noticed(), {columns: 80, rows: 24});
    expect(screen.rows().at(-1)).toMatch(/^ ! notices {2}r refresh/);
    screen.send(click(3, 0));
    await flows('the disk is full; this copy goes on alone');
  });
  it('has no key in the footer where there is none', async () => {
    await open(fresh(), {columns: 80, rows: 24});
    expect(screen.rows().at(-1)).not.toContain('notices');
    screen.send('!');
    await flows('Nothing to report.');
  });
});

describe('what was just said', () => {
  const wait = {refreshing: [], tooSoon: [], waiting: [{key: 'openai:3f2a91c0', retryAt: someNow + 6 * minute}]};
  it.each([
    [40, 12],
    [30, 10],
    [24, 6],
    [20, 5],
  ])('takes as many lines as it needs at %i×%i, and then gives them back', async (columns, rows) => {
    await open(fresh(), {columns, rows});
    const before = screen.text();
    program.answer = wait;
    screen.send('r');
    await flows('the service asked us to wait 6m; press r again to override');
    screen.send('/\u001b');
    await screen.until(text => text === before);
  });
  it('says an address to its end', async () => {
    await open(fresh(), {columns: 40, rows: 12});
    const [info] = program.catalogue;
    screen.send('o');
    await screen.until(() =>
      flowing()
        .replaceAll(' ', '')
        .includes(info?.usageUrl ?? 'no address'),
    );
  });
});

describe('a failure', () => {
  it.each([
    [120, 40],
    [100, 30],
    [80, 24],
    [60, 20],
  ])('says its whole remedy on the panel at %i×%i', async (columns, rows) => {
    await open(failing(), {columns, rows});
    await flows('run `codex`');
    screen.send('3');
    await flows('https://accounts.google.com/v');
  });
  it.each([
    [40, 12],
    [20, 5],
  ])('says its whole remedy in the first rows of the details at %i×%i', async (columns, rows) => {
    await open(failing(), {columns, rows});
    screen.send('\r');
    await flows('✗ the login has expired run `codex`');
  });
});

describe('the details', () => {
  it.each([
    [100, 30],
    [40, 12],
    [20, 5],
  ])('show a figure before anything about the login at %i×%i', async (columns, rows) => {
    await open(fresh(), {columns, rows});
    screen.send('\r');
    await screen.until(text => text.includes('user@') && /62%/.test(text));
    const text = screen.text();
    expect(text).not.toMatch(/Found in[\s\S]*62%/);
  });
  it('say what comes next once, without repeating its name', async () => {
    const state = failing();
    const [key = ''] = Object.keys(state.accounts);
    const accounts = Object.fromEntries(
      Object.entries(state.accounts).map(([id, account]) => [id, id === key ? {...account, dueAt: null} : account]),
    );
    await open({...state, accounts}, {columns: 100, rows: 50});
    screen.send('\r');
    await screen.until(text => /Next poll +only by hand, or when the login changes/.test(text));
  });
});

describe('the filter', () => {
  it('that was kept and finds nothing says so, and how to see everything again', async () => {
    await open(fresh(), {columns: 60, rows: 20});
    screen.send('/nobody\r');
    await flows('nothing matches “nobody” press Esc to show everything');
    screen.send('\u001b');
    await screen.until(text => text.includes('OpenAI'));
  });
  it('names the key that clears it as the user has set it', async () => {
    await open(fresh(), {columns: 60, rows: 20});
    program.settings.update(before => ({...before, keys: {back: ['ctrl+g']}}));
    screen.send('/nobody\r');
    await flows('press Ctrl+G to show everything');
  });
  it('always shows the end of what is typed', async () => {
    await open(fresh(), {columns: 40, rows: 12});
    screen.send(`/${'abcdefghij'.repeat(5)}XYZ`);
    await screen.until(() => (screen.rows().at(-1) ?? '').includes('XYZ▏'));
  });
});

describe('the help', () => {
  it('says what the marks mean, and what fills a bar', async () => {
    await open(fresh(), {columns: 90, rows: 100});
    screen.send('?G');
    for (const text of ['! 70% used or more', '‼ 90% used or more', '? unknown', '○ not started', '∞ unlimited'])
      await flows(text);
    await flows('A bar fills with what is used; the tick marks how much of the period has elapsed.');
  });
  it('says in left mode that a bar fills with what is left', async () => {
    await open(fresh(), {columns: 90, rows: 100});
    screen.send('u?G');
    await flows('A bar fills with what is left; the tick marks how much of the period is left.');
  });
});
