import {afterEach, expect, it} from 'vitest';
import {catalogue} from '../../src/providers/index.ts';
import {type FakeProgram, fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {account, failure, fresh, monitorState, reading} from '../support/state.ts';

process.env.TZ = 'UTC';

let screen: TestScreen;
let program: FakeProgram;
afterEach(() => screen.close());

const empty = {...reading('Max 20x', []), remedy: {code: 'claude/live'}} as const;
const figures = fresh().accounts['openai:3f2a91c0'] ?? account('openai:1', 'a', null);

async function open(more: Parameters<typeof account>[3] = {}, columns = 100, rows = 30): Promise<void> {
  const idle = account('claude:00000001', 'user@example.com', empty, {
    readAt: null,
    dueAt: null,
    lastAttemptAt: null,
    ...more,
  });
  const state = monitorState([idle], {
    providers: [
      {id: 'claude', accounts: [idle.key], hidden: 0, discovered: true},
      {id: figures.provider, accounts: [figures.key], hidden: 0, discovered: true},
    ],
    accounts: {[idle.key]: idle, [figures.key]: figures},
  });
  program = Object.assign(fakeProgram(state), {catalogue});
  screen = openTestScreen(program, {columns, rows});
  await says('Claude');
}
const says = (text: string): Promise<void> => screen.until(shown => shown.includes(text));
const live = () => program.settings.store.get().settings.providers.claude?.options.live;

it('a panel without figures offers on one key what would get some, and that it is not polled', async () => {
  await open();
  await says('L: turn on live readings');
  expect(screen.text()).toContain('not polled');
  screen.send('L');
  await says('Claude: live readings on');
  expect(live()).toBe(true);
  screen.send('L');
  await says('Claude: live readings off');
  expect(live()).toBe(false);
});

it('the offer is in the details, too, and not beside a failure', async () => {
  await open();
  screen.send('\r');
  await says('L: turn on live readings');
  await screen.close();
  await open({failure: failure('expired', {remedy: {code: 'run', command: 'claude'}})});
  await says('run `claude`');
  expect(screen.text()).not.toContain('live readings');
});

it('the settings name it, and change it with the keys of every other setting', async () => {
  // Every provider has a line above it.
  await open({}, 100, catalogue.length + 20);
  screen.send(',');
  await says('Claude: live readings');
  const row = () => screen.rows().find(each => each.includes('Claude: live readings')) ?? '';
  expect(row()).toMatch(/ off\b/);
  for (let at = 0; at < catalogue.length; at += 1) screen.send('j');
  screen.send('\r');
  await screen.until(() => / on\b/.test(row()));
  expect(live()).toBe(true);
  screen.send('h');
  await screen.until(() => / off\b/.test(row()));
});

it('a provider that offers nothing has nothing to do here', async () => {
  await open();
  screen.send('\t');
  screen.send('L');
  await says('nothing to do here');
  expect(live()).toBeUndefined();
});
