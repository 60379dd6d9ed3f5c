import {afterEach, describe, expect, it} from 'vitest';
import type {MonitorState} from '../../src/core/model.ts';
import {defaultProviderSettings} from '../../src/core/settings.ts';
import {catalogue} from '../../src/providers/index.ts';
import {families} from '../support/families.ts';
import {type FakeProgram, fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen, type TestScreenOptions} from '../support/screen.ts';
import {crowd, failing, fresh, minute, nothing, someNow} from '../support/state.ts';

process.env.TZ = 'UTC';

let screen: TestScreen;
let program: FakeProgram;

async function open(state: MonitorState = fresh(), options: TestScreenOptions = {}): Promise<void> {
  program = fakeProgram(state);
  screen = openTestScreen(program, options);
  await screen.until(text => text.includes('mystatus') || text.includes('%'));
}
afterEach(() => screen.close());

const says = (text: string): Promise<void> => screen.until(shown => shown.includes(text));
const lacks = (text: string): Promise<void> => screen.until(shown => !shown.includes(text));
const settings = () => program.settings.store.get().settings;
/** Panels, also where they do not fit. */
const inPanels = (): void =>
  program.settings.update(before => ({...before, layout: {...before.layout, view: 'panels'}}));
/** The row that carries the focus mark, when panels are folded. */
const focused = (): string => screen.rows().find(row => row.startsWith('▸')) ?? '';

describe('the way in and out', () => {
  it('stands on the alternate screen and gives it back', async () => {
    await open();
    expect(screen.isAlternate()).toBe(true);
    expect(screen.isRaw()).toBe(true);
    screen.send('q');
    expect(await screen.exited).toEqual({exitCode: 0});
    await screen.drawn();
    expect(screen.isAlternate()).toBe(false);
    expect(screen.isRaw()).toBe(false);
    expect(screen.bytes()).toMatch(/\u001b\[\?1006l\u001b\[\?1000l\u001b\[\?1049l/);
    expect(screen.bytes().lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.bytes().lastIndexOf('\u001b[?25l'));
  });
  it('is left with Ctrl+C too, whatever is open', async () => {
    await open();
    screen.send('c');
    await says('Logins');
    screen.send('a');
    await says('Which provider');
    screen.send('\u0003');
    await screen.exited;
  });
  it('is not left with Esc', async () => {
    await open();
    // Twice: a letter after a single one would be Alt with that letter.
    screen.send('\u001b\u001b?');
    await says('refresh all providers');
  });
  it('polls each provider while it stands, also behind a dialog, and gives the leases back', async () => {
    await open();
    const ids = families;
    await screen.until(() => ids.every(id => program.calls.includes(`lease ${id}`)));
    screen.send('?');
    await says('refresh all providers');
    expect(program.calls.filter(call => call.startsWith('release'))).toEqual([]);
    screen.send('q');
    await screen.exited;
    expect(program.calls.filter(call => call.startsWith('release'))).toEqual(ids.map(id => `release ${id}`));
  });
  it('polls a provider no longer that is switched off, and goes on with the others', async () => {
    await open();
    await screen.until(() => program.calls.includes('lease zai'));
    program.settings.update(before => ({
      ...before,
      providers: {zai: {...defaultProviderSettings, enabled: false}},
    }));
    await screen.until(() => program.calls.some(call => call.startsWith('release')));
    expect(program.calls.filter(call => call.startsWith('release'))).toEqual(['release zai']);
  });
  it('gives the terminal back and tells what happened when drawing fails', async () => {
    await open();
    program.state.update(before => ({...before, providers: null as never}));
    await expect(screen.exited).rejects.toThrow();
    await screen.drawn();
    expect(screen.isAlternate()).toBe(false);
    expect(screen.isRaw()).toBe(false);
  });
  it('takes keys that arrive in one read one after the other', async () => {
    await open(fresh(), {columns: 20, rows: 5});
    screen.send('jjk');
    await screen.until(() => focused().includes('Copilot'));
    screen.send('jq');
    await screen.exited;
  });
});

describe('moving', () => {
  it('goes round with Tab and Shift+Tab', async () => {
    await open(fresh(), {columns: 20, rows: 5});
    screen.send('\t');
    await screen.until(() => focused().includes('Copilot'));
    screen.send('\u001b[Z\u001b[Z');
    await screen.until(() => focused().includes('Zhipu'));
    screen.send('\t');
    await screen.until(() => focused().includes('OpenAI'));
  });
  it('goes to a panel by its number', async () => {
    await open(fresh(), {columns: 20, rows: 5});
    screen.send('4');
    await screen.until(() => focused().includes('Z.ai'));
    screen.send('9');
    screen.send('\u001b[A');
    await screen.until(() => focused().includes('Google'));
  });
  it('opens the focused panel where the others are folded', async () => {
    await open(fresh(), {columns: 40, rows: 12});
    inPanels();
    await says('Review week');
    screen.send('5');
    await says('5 Zhipu AI · Pro');
    await lacks('Review week');
  });
  it('scrolls a panel with many accounts', async () => {
    await open(crowd(300), {columns: 80, rows: 24});
    inPanels();
    screen.send('3');
    await says('person0');
    screen.send('\u001b[6~');
    await lacks('person0@');
    await says('▲');
    screen.send('G');
    await says('person299');
    screen.send('g');
    await says('person0@');
  });
});

describe('asking', () => {
  it('asks the focused provider with r', async () => {
    await open();
    screen.send('2r');
    await says('refreshing 1 account');
    expect(program.calls).toContain('refresh copilot:8d01be77');
  });
  it('asks everyone with R', async () => {
    await open();
    screen.send('R');
    await says('refreshing 5 accounts');
  });
  it('says that it was refreshed a moment ago', async () => {
    await open();
    program.answer = {refreshing: [], tooSoon: ['openai:3f2a91c0'], waiting: []};
    screen.send('r');
    await says('refreshed a moment ago');
  });
  it('says what it has to say in the header where there is no footer', async () => {
    await open(fresh(), {columns: 80, rows: 7});
    expect(screen.text()).not.toContain('details');
    program.answer = {refreshing: [], tooSoon: [], waiting: [{key: 'openai:3f2a91c0', retryAt: someNow + 6 * minute}]};
    screen.send('r');
    await screen.until(() => (screen.rows()[0] ?? '').includes('press r again'));
  });
  it('explains the wait that a service asked for', async () => {
    await open();
    program.answer = {refreshing: [], tooSoon: [], waiting: [{key: 'openai:3f2a91c0', retryAt: someNow + 6 * minute}]};
    screen.send('r');
    await says('the service asked us to wait 6m; press r again');
  });
  it('names the key as it is written, whichever it is', async () => {
    await open();
    program.settings.update(before => ({...before, keys: {refresh: ['ctrl+r']}}));
    program.answer = {refreshing: [], tooSoon: [], waiting: [{key: 'openai:3f2a91c0', retryAt: someNow + 6 * minute}]};
    screen.send('\u0012');
    await says('press Ctrl+R again');
  });
  it('pauses and says so', async () => {
    await open();
    screen.send('p');
    await says('paused');
    expect(program.calls).toContain('paused true');
    screen.send('p');
    await says('polling resumed');
  });
  it('keeps another interval', async () => {
    await open();
    screen.send('+');
    await says('OpenAI: every 3m');
    expect(settings().providers.openai?.intervalSeconds).toBe(180);
    screen.send('-----');
    await screen.until(text => /the shortest interval is 1m {2}/.test(text));
    expect(settings().providers.openai?.intervalSeconds).toBe(60);
  });
});

describe('looking', () => {
  it('turns used into left everywhere at once', async () => {
    await open(fresh(), {columns: 120, rows: 40});
    await says('62%');
    screen.send('u');
    await says('38%');
    await lacks('62%');
    expect(screen.rows()[0]).toContain('24%');
    expect(settings().display.show).toBe('left');
  });
  it('filters by provider, account, plan and status', async () => {
    await open(failing(), {columns: 120, rows: 40});
    for (const [typed, left, gone] of [
      ['goo', 'Google', 'OpenAI'],
      ['octo', 'Copilot', 'Google'],
      ['max', 'Z.ai', 'Zhipu'],
      ['expired', 'OpenAI', 'Copilot'],
    ] as const) {
      screen.send('/');
      await says('Enter: keep');
      screen.send(typed);
      await screen.until(
        () => screen.rows().slice(1).join('\n').includes(left) && !screen.rows().slice(1).join('\n').includes(gone),
      );
      screen.send('\u001b');
      await screen.until(() => screen.rows().slice(1).join('\n').includes(gone));
    }
  });
  it('edits the filter anywhere in its line', async () => {
    await open();
    screen.send('/opnai');
    await says('/opnai');
    screen.send('\u001b[D\u001b[D\u001b[De');
    await says('/openai');
    screen.send('\u0001\u001b[3~');
    await says('/penai');
    screen.send('\u0005x\u001b[1;5D\u000b');
    await screen.until(text => /^ \/▏/m.test(text));
  });
  it('says so when nothing matches, and does not forget that a filter is on', async () => {
    await open();
    screen.send('/nobody\r');
    await says('nothing matches “nobody”');
    await says('filter: nobody');
    screen.send('\u001b');
    await says('OpenAI');
  });
  it('does not take typed letters for keys', async () => {
    await open();
    screen.send('/q');
    await says('/q');
    screen.send('\u007fzai');
    await says('/zai');
    screen.send('\u0017open ai\u0017');
    await says('/open ');
    screen.send('\u0015cop');
    await says('/cop');
  });
  it('shows everything about a provider with Enter', async () => {
    await open(failing(), {columns: 100, rows: 60});
    screen.send('2\r');
    for (const text of [
      '228 of 300 requests',
      'Claude Sonnet 4.6',
      'a plan table',
      'gh hosts.yml',
      'the service asked us to wait until',
      'HTTP 429',
    ])
      await says(text);
    screen.send('\u001b');
    await says('1 OpenAI');
  });
  it('shows no other provider where the last login of this one has gone, and the details when it is back', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    screen.send('\r');
    await says('codex auth.json');
    program.state.update(before => ({
      ...before,
      providers: before.providers.map(each => (each.id === 'openai' ? {...each, accounts: []} : each)),
    }));
    await says('No logins found');
    expect(screen.text()).not.toContain('gh hosts.yml');
    screen.send('r');
    await says('nothing to do here');
    program.state.set(fresh());
    await says('codex auth.json');
  });
  it('shows the shape of an answer that no rule reads', async () => {
    await open(failing(), {columns: 100, rows: 60});
    screen.send('5\r');
    await says('{limits: [{type: string}]}');
  });
  it('searches the help', async () => {
    await open(fresh(), {columns: 100, rows: 60});
    screen.send('?');
    await says('refresh all providers');
    screen.send('/interv');
    await lacks('next panel');
    screen.send('\u007f\u007f\u007f\u007f\u007f\u007foften');
    await says('poll less often');
  });
  it.each([
    [20, 6],
    [40, 12],
  ])('says in the help what a key does at %i×%i, too', async (columns, rows) => {
    await open(fresh(), {columns, rows});
    screen.send('?/filter by');
    // Over as many rows as it needs.
    await screen.until(text => /status or\s+figure/.test(text.replace(/[│\s]+/g, ' ')));
  });
  it('opens the help with F1 too', async () => {
    await open();
    screen.send('\u001bOP');
    await says('refresh all providers');
  });
  it('goes through the themes with t', async () => {
    await open();
    screen.send('t');
    await says('theme: dark');
    screen.send('ttttt');
    await says('theme: mono');
    await screen.until(() => !screen.isColoured(1, 0));
    screen.send('t');
    await says('theme: auto');
    await screen.until(() => screen.isColoured(1, 0));
  });
  it('offers a theme of the user’s own after ours, draws in its colours, and follows its file', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    const write = (ok: string): void =>
      program.settings.store.update(before => ({
        ...before,
        themes: new Map([['ocean', {extends: 'dark', colors: {accent: ok}, colors256: {}} as const]]),
      }));
    const isDrawnIn = (color: string): boolean => screen.cells().some(row => row.some(cell => cell.color === color));
    write('#12ab34');
    screen.send('ttttttt');
    await says('theme: ocean');
    await screen.until(() => isDrawnIn('#12ab34'));
    write('#43ba21');
    await screen.until(() => isDrawnIn('#43ba21'));
    screen.send(',');
    await screen.until(text => /Theme +ocean/.test(text));
    screen.send('t');
    await says('theme: auto');
  });
  it('tells at the first start how to begin', async () => {
    await open(nothing());
    await says('No logins found');
    await says('Press c to add a key');
  });
  it('says that everything is hidden or switched off, instead of that nothing was found', async () => {
    const none = nothing();
    const hiding = none.providers.map(each => ({...each, hidden: each.id === 'zai' ? 2 : 0}));
    await open({...none, disabled: ['openai'], providers: hiding.filter(each => each.id !== 'openai')});
    await says('No logins are shown.');
    await says('OpenAI is switched off: enable it in settings (,)');
    await says('2 logins hidden: press c');
    await says('Press c to add a key');
    expect(screen.text()).not.toContain('No logins found');
    program.settings.update(before => ({...before, keys: {credentials: ['L'], settings: ['S']}}));
    await says('2 logins hidden: press L');
    await says('in settings (S)');
  });
  it.each([
    [20, 6],
    [40, 12],
  ])('says so at %i×%i, too', async (columns, rows) => {
    await open({...nothing(), providers: [], disabled: families}, {columns, rows});
    await screen.until(text => /switched\s+off:\s+enable\s+them\s+in\s+settings\s+\(,\)/.test(text));
  });
  it('says beside the panels which providers are hidden', async () => {
    const state = fresh();
    const providers = state.providers.map(each =>
      each.id === 'copilot' ? {...each, accounts: [], hidden: 1} : each.id === 'zai' ? {...each, accounts: []} : each,
    );
    await open({...state, providers}, {columns: 120, rows: 40});
    await says('not set up: Z.ai — c · hidden: GitHub Copilot — c');
  });
  it('says beside the panels that a provider of the command line is switched off', async () => {
    program = fakeProgram({...fresh(), disabled: ['google']});
    program.named = ['openai', 'google'];
    screen = openTestScreen(program, {columns: 120, rows: 40});
    await says('switched off: Google Antigravity — ,');
  });
  it('says nothing of a provider that is switched off otherwise', async () => {
    await open({...fresh(), disabled: ['google']}, {columns: 120, rows: 40});
    await says('1 OpenAI');
    expect(screen.text()).not.toContain('switched off');
  });
  it('names the providers that are not set up', async () => {
    const state = fresh();
    const gone = {
      ...state,
      providers: state.providers.map(each => (each.id === 'copilot' ? {...each, accounts: []} : each)),
    };
    await open(gone, {columns: 120, rows: 40});
    await says('not set up: GitHub Copilot — c');
  });
});

describe('the rest of the world', () => {
  it('copies the focused panel as text', async () => {
    await open();
    screen.send('y');
    await says('copied');
    const copied = /\u001b\]52;c;([^\u0007]+)\u0007/.exec(screen.bytes())?.[1] ?? '';
    const text = Buffer.from(copied, 'base64').toString('utf8');
    expect(text).toContain('OpenAI · Plus');
    expect(text).toContain('62%');
    expect(text).not.toContain('\u001b');
  });
  it('says the address where no browser can be started', async () => {
    await open();
    screen.send('o');
    await says(catalogue.find(({id}) => id === 'openai')?.usageUrl ?? 'an address');
  });
});

describe('the mouse', () => {
  const click = (x: number, y: number): string => `\u001b[<0;${x + 1};${y + 1}M\u001b[<0;${x + 1};${y + 1}m`;
  it('focuses what is clicked, and opens it with the next click', async () => {
    await open(fresh(), {columns: 20, rows: 5});
    screen.send(click(4, 3));
    await screen.until(() => focused().includes('Z.ai'));
    screen.send(click(4, 3));
    await says('Z.ai key');
  });
  it('presses the keys in the footer', async () => {
    await open();
    const y = screen.rows().length - 1;
    screen.send(click((screen.rows()[y] ?? '').indexOf('help'), y));
    await says('refresh all providers');
  });
  it('scrolls what is under the wheel', async () => {
    await open(crowd(50), {columns: 80, rows: 24});
    inPanels();
    await says('person0');
    const y = screen.rows().findIndex(row => row.includes('person0'));
    expect(y).toBeGreaterThan(0);
    screen.send(`\u001b[<65;${(screen.rows()[y] ?? '').indexOf('person0') + 1};${y + 1}M`);
    await lacks('person0@');
  });
  it('is not listened to when it is switched off', async () => {
    await open(fresh(), {flags: {noMouse: true}});
    expect(screen.bytes()).not.toContain('\u001b[?1000h');
    screen.send('?');
    await says('refresh all providers');
  });
  it('presses the keys in the footer of a view where the panels have none', async () => {
    await open(fresh(), {columns: 60, rows: 7});
    screen.send('?');
    await says('Esc back');
    const y = screen.rows().length - 1;
    screen.send(click((screen.rows()[y] ?? '').indexOf('Esc'), y));
    await lacks('Esc back');
  });
  it('names the key to press again when the footer was clicked', async () => {
    await open();
    program.answer = {refreshing: [], tooSoon: [], waiting: [{key: 'openai:3f2a91c0', retryAt: someNow + 6 * minute}]};
    const y = screen.rows().length - 1;
    screen.send(click((screen.rows()[y] ?? '').indexOf('refresh'), y));
    await says('press r again');
  });
  it('never shows up as typed text', async () => {
    await open();
    screen.send(`/${click(3, 3)}zai`);
    await says('/zai');
  });
});

it('says on the smallest screen too that a filter holds', async () => {
  await open(fresh(), {columns: 60, rows: 6});
  await lacks('filter');
  screen.send('/zai\r');
  await says('filter: zai');
  screen.send('\u001b');
  await lacks('filter: zai');
});

describe('the agenda', () => {
  it('leads to whose reset it is', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    screen.send('a');
    await screen.until(text => /▸ .*├/.test(text));
    const [first = ''] = screen.rows().filter(row => row.includes('▸'));
    screen.send('j');
    await screen.until(text => text.includes('▸') && !text.includes(first));
    const second = screen.rows().find(row => row.includes('▸')) ?? '';
    screen.send('\r');
    await says('Next poll');
    const name = catalogue.find(each => second.includes(each.name))?.name ?? expect.unreachable(second);
    expect(screen.rows().slice(0, 3).join('\n')).toContain(name);
  });
});

describe('settings', () => {
  it('are applied at once and kept', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    screen.send(',');
    await says('Order and providers');
    screen.send(' ');
    await screen.until(() => settings().providers.openai?.enabled === false);
    screen.send('J');
    await screen.until(() => settings().order[1] === 'openai');
    screen.send('G\u001b[D');
    await screen.until(() => settings().layout.history === false);
    screen.send('\u001b');
    await lacks('Order and providers');
  });
  it('are gone through by pages too', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    screen.send(',\u001b[6~');
    await screen.until(text => /▸ Warn/.test(text));
    screen.send('\u001b[5~');
    await screen.until(text => /▸ OpenAI/.test(text));
  });
  it('change the language live', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    screen.send(',');
    await says('Language');
    for (let row = 0; row < 8; row += 1) screen.send('j');
    screen.send('ll');
    await says('语言');
  });
  it('name a bad value', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    program.settings.store.update(before => ({
      ...before,
      problems: [{path: 'display.theme', text: 'display.theme: "blue" is not a theme'}],
    }));
    screen.send(',');
    await says('display.theme is ignored: "blue" is not a theme');
  });
  it('offer the interval of the provider itself again', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    screen.send(',');
    await says('2m (default)');
    screen.send('l');
    await says('‹ on · 3m ›');
    screen.send('h');
    await says('‹ on · 2m (default) ›');
    expect(settings().providers.openai?.intervalSeconds).toBe(null);
    // The way from below leads there, too.
    screen.send('hhl');
    await says('‹ on · 1m 30s ›');
    screen.send('l');
    await says('‹ on · 2m (default) ›');
    screen.send('jh');
    await says('‹ on · 3m ›');
    screen.send('l');
    await says('‹ on · 5m (default) ›');
  });
  it('say when they cannot be saved, beside what the key itself says', async () => {
    await open(fresh(), {columns: 100, rows: 40});
    const fails = (): void =>
      program.settings.store.update(before => ({
        ...before,
        problems: [
          {path: 'config.json', text: 'config.json: not saved: the disk is full', unsaved: 'the disk is full'},
        ],
      }));
    screen.send('t');
    await says('theme: dark');
    fails();
    await says('theme: dark · not saved, lasts only until you quit: the disk is full');
    screen.send('t');
    await says('theme: light');
    fails();
    await says('theme: light · not saved, lasts only until you quit: the disk is full');
    screen.send(',');
    await screen.until(text => /^│ not saved, lasts only until you quit: the disk is full/m.test(text));
    expect(screen.text()).not.toContain('is ignored');
  });
  it('draw a key as text, whatever the settings call a key', async () => {
    await open();
    program.settings.update(before => ({...before, keys: {refresh: ['\u001b]0;title\u0007\u001b[31mevil\n']}}));
    await says('evil refresh');
    expect(screen.bytes()).not.toContain('title');
    screen.send('?');
    await says('refresh all providers');
    expect(screen.bytes()).not.toContain('title');
  });
  it('rebind keys', async () => {
    await open();
    program.settings.update(before => ({...before, keys: {help: ['H']}}));
    screen.send('H');
    await says('refresh all providers');
  });
});
