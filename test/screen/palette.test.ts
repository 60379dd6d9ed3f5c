import {afterEach, describe, expect, it} from 'vitest';
import type {MonitorState} from '../../src/core/model.ts';
import type {CredentialRow} from '../../src/core/services.ts';
import {type FakeProgram, fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen, type TestScreenOptions} from '../support/screen.ts';
import {crowd, fresh} from '../support/state.ts';

process.env.TZ = 'UTC';

let screen: TestScreen;
let program: FakeProgram;

async function open(options: TestScreenOptions = {}, state: MonitorState = fresh()): Promise<void> {
  program = fakeProgram(state);
  screen = openTestScreen(program, options);
  await screen.until(text => text.includes('mystatus') || text.includes('%'));
}
afterEach(() => screen.close());

const says = (text: string): Promise<void> => screen.until(shown => shown.includes(text));
const lacks = (text: string): Promise<void> => screen.until(shown => !shown.includes(text));
const display = () => program.settings.store.get().settings.display;
/** The row with the cursor of a list. */
const chosen = (): string => screen.rows().find(row => row.includes('▸')) ?? '';
const rowOf = (text: string): number => screen.rows().findIndex(row => row.includes(text));
const login = (key: string): CredentialRow => ({
  account: {
    key,
    provider: key.split(':')[0] ?? '',
    label: key,
    source: '/home/someone/auth.json',
    credential: null,
    secrets: [],
    fingerprint: '',
    expiresAt: null,
    stored: false,
  },
  hidden: false,
  masked: 'abcd…wxyz',
  storedId: null,
});
function clickOn(text: string): void {
  const y = rowOf(text);
  const x = (screen.rows()[y] ?? '').indexOf(text);
  screen.send(`\u001b[<0;${x + 1};${y + 1}M\u001b[<0;${x + 1};${y + 1}m`);
}

describe('the command palette', () => {
  it('lists what is possible here first, with its key, and runs what is chosen', async () => {
    await open();
    screen.send(':');
    await screen.until(() => /▸ refresh the focused provider .* r /.test(chosen()));
    screen.send('\r');
    await says('refreshing 1 account');
    expect(program.calls).toContain('refresh openai:3f2a91c0');
    await lacks('Commands');
  });
  it('finds by the letters of an action, and goes down and up', async () => {
    await open();
    screen.send(':refresh');
    await screen.until(() => chosen().includes('refresh the focused'));
    screen.send('\u001b[B');
    await screen.until(() => chosen().includes('refresh all'));
    screen.send('\u001b[A');
    await screen.until(() => chosen().includes('refresh the focused'));
    screen.send('\u0015pausal');
    await screen.until(() => chosen().includes('pause or resume all'));
    screen.send('\r');
    await says('polling paused');
  });
  it('goes to a provider by its name', async () => {
    await open({columns: 20, rows: 5});
    screen.send(':copil\r');
    await screen.until(() => chosen().includes('Copilot'));
    await lacks(':copil');
  });
  it('sets a theme and a language', async () => {
    await open();
    screen.send(':theme light');
    await screen.until(() => chosen().includes('Theme: light'));
    screen.send('\r');
    await lacks('Commands');
    expect(display().theme).toBe('light');
    screen.send(':日本語');
    await screen.until(() => chosen().includes('日本語'));
    screen.send('\r');
    await says('使用');
    expect(display().language).toBe('ja');
  });
  it('runs what belongs to another view there, and only opens it where a row has to be chosen', async () => {
    await open();
    screen.send(':add a login\r');
    await says('Which provider');
    // Twice: a letter after a single one would be Alt with that letter.
    screen.send('\u001b\u001b');
    await says('Logins');
    screen.send('\u001b');
    await lacks('Logins');
    screen.send(':remove a stored login\r');
    await says('Logins');
    expect(screen.text()).not.toContain('(y/n)');
  });
  it('opens over every view and leaves it as it was', async () => {
    await open();
    screen.send(',jj');
    await says('Settings');
    const before = chosen();
    screen.send(':');
    await says('Commands');
    await screen.until(() => chosen().includes('back (never quits)'));
    screen.send('\u001b');
    await lacks('Commands');
    expect(chosen()).toBe(before);
  });
  it('says that nothing matches, and that Enter does nothing then', async () => {
    await open();
    screen.send(':qqqq');
    await says('nothing matches “qqqq”');
    screen.send('\r');
    screen.send('\u0015');
    await says('refresh the focused provider');
  });
  it('runs what is clicked', async () => {
    await open();
    screen.send(':');
    await says('show all resets to come');
    clickOn('show all resets to come');
    await says('Resets');
    await lacks('Commands');
  });
  it.each([
    [40, 12],
    [20, 5],
  ])('can be read and used at %i×%i', async (columns, rows) => {
    await open({columns, rows});
    screen.send(':');
    await says('▸ refresh');
    screen.send('\u001b[6~');
    await screen.until(() => !chosen().includes('refresh') && chosen() !== '');
    screen.send('critic');
    await says(':critic');
    expect(screen.rows().length).toBe(rows);
  });
  it('takes a key that is bound by the settings', async () => {
    await open();
    program.settings.update(before => ({...before, keys: {palette: ['ctrl+p']}}));
    screen.send('\u0010');
    await says('Commands');
  });
});

describe('the help', () => {
  it('runs the action under its cursor', async () => {
    await open();
    screen.send('?j');
    await screen.until(() => /▸ R +refresh all providers/.test(chosen()));
    screen.send('\r');
    await says('refreshing 5 accounts');
    await lacks('next panel');
  });
  it('shows first what is possible in the view from which it was opened', async () => {
    await open({columns: 80, rows: 80});
    screen.send(',?');
    await says('change the setting');
    expect(rowOf('change the setting')).toBeLessThan(rowOf('In Panels'));
    expect(screen.rows()[2]).toContain('Settings');
    await says('In Panels');
  });
  it('names the view of a key that means something else there', async () => {
    await open({columns: 80, rows: 70});
    screen.send('?');
    await says('hide a login, or show it again');
    expect(rowOf('hide a login, or show it again')).toBeGreaterThan(rowOf('In Logins'));
    expect(rowOf('In Logins')).toBeGreaterThan(rowOf('← h'));
  });
  it('has two columns from 100 cells on', async () => {
    await open({columns: 100, rows: 60});
    screen.send('?');
    await screen.until(() => /refresh the focused provider .* quit/.test(screen.text()));
    screen.resize(99, 60);
    await screen.until(() => !/refresh the focused provider .* quit/.test(screen.text()));
  });
  it('selects what is clicked, and runs it with the next click', async () => {
    await open({columns: 120, rows: 60});
    screen.send('?');
    await says('suspend (resume with fg)');
    clickOn('redraw the screen');
    await screen.until(() => chosen().includes('▸ Ctrl+L'));
    clickOn('pause or resume');
    await screen.until(() => chosen().includes('▸ p'));
    clickOn('pause or resume');
    await says('polling paused');
  });
});

describe('lists', () => {
  it('of settings are clicked: the first click selects, the next one changes', async () => {
    await open();
    screen.send(',');
    await says('Mouse');
    const y = rowOf('Animation');
    clickOn('Animation');
    await screen.until(() => chosen().includes('Animation'));
    expect(rowOf('Animation')).toBe(y);
    expect(display().motion).toBe('auto');
    clickOn('Animation');
    await screen.until(() => /Animation +‹ on ›/.test(chosen()));
    expect(display().motion).toBe('on');
  });
  it('of logins are clicked', async () => {
    await open();
    program.rows = ['openai:1', 'copilot:2', 'zai:3'].map(login);
    screen.send('c');
    await screen.until(() => chosen().includes('openai:1'));
    clickOn('zai:3');
    await screen.until(() => chosen().includes('zai:3'));
    screen.send('h');
    await screen.until(() => program.calls.includes('hidden zai:3 true'));
  });
});

describe('what was just said', () => {
  it('leaves the keys beside it, and they can be clicked', async () => {
    await open();
    screen.send('u');
    await says('showing left');
    const foot = (): string => screen.rows().at(-1) ?? '';
    expect(foot()).toContain('r refresh');
    clickOn('? help');
    await says('refresh all providers');
  });
});

describe('the details of several accounts', () => {
  it('go from account to account, and refresh the one in view', async () => {
    await open({columns: 80, rows: 24}, crowd(30));
    screen.send('3\r');
    await says('Next poll');
    // Opened at the account that had the focus in the table.
    screen.send('g');
    await screen.until(() => (screen.rows()[2] ?? '').includes('person0@'));
    for (const name of ['person1@', 'person2@']) {
      screen.send(']');
      await screen.until(() => (screen.rows()[2] ?? '').includes(name));
    }
    screen.send('[');
    await screen.until(() => (screen.rows()[2] ?? '').includes('person1@'));
    screen.send('r');
    await says('refreshing 1 account');
    expect(program.calls.at(-1)).toMatch(/^refresh google:\S+$/);
  });
  it('bring the last account to the top, too', async () => {
    await open({columns: 80, rows: 24}, crowd(4));
    screen.send('3\r');
    await says('person0@');
    screen.send(']]]]]');
    await screen.until(() => (screen.rows()[2] ?? '').includes('person3@'));
  });
});
