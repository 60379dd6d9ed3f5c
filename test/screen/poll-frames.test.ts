import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {createFakeClock} from '../support/fake-clock.ts';
import {aMonitor, anAccount, aProvider, aReading, aWindow, type FakeProvider} from '../support/monitor.ts';
import {fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {monitorState, someNow} from '../support/state.ts';

/** What a poll draws: the real monitor behind the real screen, on a clock that the test owns. */

process.env.TZ = 'UTC';

const asking = 'refreshing…';
const interval = 120_000;

let clock: ReturnType<typeof createFakeClock>;
let openai: FakeProvider;
let screen: TestScreen;
let usedPercent = 10;
let answersAfterMs = 0;

beforeEach(async () => {
  clock = createFakeClock(someNow);
  openai = aProvider('openai', [anAccount({provider: 'openai', key: 'openai:00000001'})]);
  [usedPercent, answersAfterMs] = [10, 0];
  openai.answer = async () => {
    await new Promise<void>(resolve => clock.after(answersAfterMs, resolve));
    return aReading({windows: [aWindow({use: {state: 'known', usedPercent}})]});
  };
  const {monitor} = aMonitor([openai], {clock});
  const {state: _, ...program} = fakeProgram(monitorState([]));
  screen = openTestScreen({...program, monitor, now: clock.now}, {columns: 100, rows: 20, flags: {noMouse: true}});
  await screen.until(text => text.includes('OpenAI'));
  await clock.advance(5000);
  await shown('10%');
});
afterEach(() => screen.close());

const shown = (text: string): Promise<void> => screen.until(all => all.includes(text));

/** Goes on to the moment at which the next request has just begun. */
async function untilAsked(): Promise<void> {
  const asked = openai.fetched.length;
  for (let passed = 0; openai.fetched.length === asked && passed < 2 * interval; passed += 10) await clock.advance(10);
  expect(openai.fetched.length).toBe(asked + 1);
}

/** A key draws a frame, and with it all that is to be drawn by then. The time in the header is drawn by a clock of its own. */
async function drawNow(): Promise<void> {
  await shown('09:02');
  screen.send('u');
  await shown('LEFT %');
}

describe('an automatic poll', () => {
  it('that is answered within 400 ms draws one frame: the one with the answer', async () => {
    [usedPercent, answersAfterMs] = [57, 390];
    await untilAsked();
    await clock.advance(380);
    await drawNow();
    expect(screen.text()).not.toContain(asking);
    const before = screen.writes();
    await clock.advance(30);
    await shown('43%');
    expect(screen.writes() - before).toBe(1);
  });

  it('says that it is under way once it has lasted 400 ms', async () => {
    [usedPercent, answersAfterMs] = [57, 3000];
    await untilAsked();
    await clock.advance(410);
    await shown(asking);
    await clock.advance(3000);
    await shown('57%');
    expect(screen.text()).not.toContain(asking);
  });
});

describe('a poll by hand', () => {
  it('says at once that it is under way', async () => {
    answersAfterMs = 3000;
    screen.send('r');
    await shown(asking);
  });

  it('says so at once of a request that is under way already', async () => {
    answersAfterMs = 3000;
    await untilAsked();
    await drawNow();
    expect(screen.text()).not.toContain(asking);
    screen.send('r');
    await shown(asking);
  });
});
