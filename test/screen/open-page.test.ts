import {afterEach, expect, it} from 'vitest';
import {fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {fresh} from '../support/state.ts';

let screen: TestScreen | undefined;
afterEach(() => screen?.close());

const page = fakeProgram(fresh()).catalogue[0]?.usageUrl ?? '';

it.skipIf(process.platform !== 'linux')('o hands the usage page to the desktop’s opener, and says so', async () => {
  const started: string[][] = [];
  screen = openTestScreen(fakeProgram(fresh()), {
    env: {DISPLAY: ':0'},
    async start(program, args) {
      started.push([program, ...args]);
      return true;
    },
  });
  await screen.until(text => text.includes('OpenAI'));
  screen.send('o');
  await screen.until(text => text.includes(`opened ${page}`));
  expect(started).toEqual([['xdg-open', page]]);
});

it('o says the address where nothing can be started', async () => {
  screen = openTestScreen(fakeProgram(fresh()), {env: {DISPLAY: ':0'}, start: async () => false});
  await screen.until(text => text.includes('OpenAI'));
  screen.send('o');
  await screen.until(text => text.includes(`cannot open a browser here: ${page}`));
});

it.skipIf(process.platform !== 'linux')('o starts nothing without a desktop', async () => {
  let isStarted = false;
  screen = openTestScreen(fakeProgram(fresh()), {
    async start() {
      isStarted = true;
      return true;
    },
  });
  await screen.until(text => text.includes('OpenAI'));
  screen.send('o');
  await screen.until(text => text.includes(`cannot open a browser here: ${page}`));
  expect(isStarted).toBe(false);
});
