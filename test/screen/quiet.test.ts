import {afterEach, describe, expect, it, vi} from 'vitest';
import {flush, tick} from '../support/clock.ts';
import {watched} from '../support/history.ts';
import {type FakeProgram, fakeProgram} from '../support/program.ts';
import {openTestScreen, type TestScreen} from '../support/screen.ts';
import {account, busy, fresh, hour, minute, monitorState, reading, someNow, window} from '../support/state.ts';

/** Nothing is drawn while nothing changes. Time is the test's own. */

let screen: TestScreen;
let program: FakeProgram;

async function open(
  state = fresh(),
  env: Record<string, string> = {},
  at = someNow,
  more = (one: FakeProgram): FakeProgram => one,
): Promise<void> {
  vi.useFakeTimers({now: at});
  program = more(fakeProgram(state));
  program.now = () => Date.now();
  screen = openTestScreen(program, {columns: 120, rows: 40, env});
  await settle();
}
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await tick(20);
  await flush();
};
/** The screen is left in the time in which it was opened. */
async function close(): Promise<void> {
  const closing = screen.close();
  await settle();
  await closing;
  vi.useRealTimers();
}
afterEach(close);

const calm = () =>
  monitorState([
    account(
      'openai:3f2a91c0',
      'user@example.com',
      reading('Plus', [window('5h', 62, 2 * hour + 13 * minute), window('weekly', 21, 100 * hour)]),
      {dueAt: someNow + 50 * minute},
    ),
  ]);

describe('an idle screen', () => {
  it('is drawn once a minute at most', async () => {
    await open(calm());
    const before = screen.writes();
    await tick(10 * minute);
    expect(screen.writes() - before).toBeLessThanOrEqual(10);
    expect(screen.writes() - before).toBeGreaterThan(0);
  });
  it.each([
    ['beside the panels', ''],
    ['alone', 'H'],
  ])('with a history %s is drawn once a minute at most', async (_, keys) => {
    await open(calm(), {}, someNow, watched);
    screen.send(keys);
    await settle();
    expect(screen.text()).toMatch(/[⠁-⣿]/);
    const before = screen.writes();
    await tick(10 * minute);
    expect(screen.writes() - before).toBeLessThanOrEqual(10);
    expect(program.calls.filter(call => call.startsWith('history'))).toHaveLength(1);
  });
  it('writes nothing between two minutes', async () => {
    await open(calm());
    const before = screen.writes();
    await tick(50_000);
    expect(screen.writes() - before).toBe(0);
  });
  it.each([0, 37_400, 59_200])(
    'changes its clock and its countdowns at the turn of the minute, opened %i ms into one',
    async into => {
      await open(calm(), {}, someNow + into);
      for (let past = 1; past < 4; past += 1) {
        // `settle` takes 100 ms: now it is 200 ms before the turn, then 100 ms after it.
        await tick(someNow + past * minute - 300 - Date.now());
        await settle();
        expect(screen.text()).toMatch(new RegExp(`09:0${past - 1} ?$`, 'm'));
        await tick(200);
        await settle();
        expect(screen.text()).toMatch(new RegExp(`09:0${past} ?$`, 'm'));
        expect(screen.text()).toContain(`2h${13 - past}m`);
      }
    },
  );
  it.each([
    ['forward', 3 * hour, '12:00'],
    ['back', -3 * hour, '06:00'],
  ])('is right within a second when the clock is set %s', async (_, jump, clock) => {
    await open(calm());
    await tick(20_000);
    vi.setSystemTime(Date.now() + jump);
    await tick(1000);
    await settle();
    expect(screen.text()).toMatch(new RegExp(`${clock} ?$`, 'm'));
  });
  it('counts seconds in the last two minutes of a window, and only then', async () => {
    await open(
      monitorState([
        account('openai:3f2a91c0', 'user@example.com', reading('Plus', [window('5h', 62, 5 * minute)]), {
          dueAt: someNow + 50 * minute,
        }),
      ]),
    );
    const before = screen.writes();
    await tick(3 * minute);
    expect(screen.writes() - before).toBeLessThanOrEqual(4);
    for (let second = 0; second < 100; second += 1) await tick(1000);
    expect(screen.writes() - before).toBeGreaterThan(90);
  });
  it.each([0, 300, 999])('never counts backwards when a window resets %i ms into a second', async offset => {
    await open(
      monitorState([
        account('openai:3f2a91c0', 'user@example.com', reading('Plus', [window('5h', 62, 30_000 + offset)]), {
          dueAt: someNow + 50 * minute,
        }),
      ]),
    );
    const seen: number[] = [];
    for (let second = 0; second < 40; second += 1) {
      await tick(1000);
      const left = /resets in (\d+)s/.exec(screen.text())?.[1];
      if (left !== undefined) seen.push(Number(left));
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(screen.text()).toContain('reset just now, not read since');
  });
  it('knows of a reset that came while another view was open', async () => {
    await open(
      monitorState([
        account('openai:3f2a91c0', 'user@example.com', reading('Plus', [window('5h', 62, 30_000)]), {
          dueAt: someNow + 50 * minute,
        }),
      ]),
    );
    screen.send(',');
    await tick(35_000);
    screen.send('\u001b');
    await settle();
    expect(screen.text()).toContain('reset just now, not read since');
  });
  it('writes nothing when the state was replaced by an equal one', async () => {
    await open(calm());
    const before = screen.writes();
    program.state.update(state => ({...state, accounts: {...state.accounts}}));
    await settle();
    expect(screen.writes() - before).toBe(0);
  });
});

describe('the spinner', () => {
  const spinners = (text: string): number => [...text].filter(letter => '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'.includes(letter)).length;

  it('turns once on the whole screen, however many are asked', async () => {
    await open(busy());
    await screen.drawn();
    expect(spinners(screen.text())).toBe(1);
    const before = screen.writes();
    for (let frame = 0; frame < 10; frame += 1) await tick(80);
    expect(screen.writes() - before).toBeGreaterThan(5);
    expect(screen.writes() - before).toBeLessThanOrEqual(11);
  });
  it('stops when nothing is asked any more', async () => {
    await open(busy());
    program.state.set(calm());
    await settle();
    const before = screen.writes();
    await tick(5000);
    expect(screen.writes() - before).toBe(0);
    expect(spinners(screen.text())).toBe(0);
  });
  it('stands still where motion is not wanted', async () => {
    await open({...busy()}, {REDUCED_MOTION: '1'});
    const before = screen.writes();
    program.state.update(state => state);
    await tick(500);
    expect(spinners(screen.text())).toBe(0);
    expect(screen.text()).toContain('↻');
    expect(screen.writes() - before).toBe(0);
  });
});

describe('a frame', () => {
  it('is one write', async () => {
    await open(calm());
    const before = screen.writes();
    program.state.set(fresh());
    await settle();
    expect(screen.writes() - before).toBe(1);
  });
  it('has the marks of a synchronised update, but not inside tmux', async () => {
    await open(calm());
    expect(screen.bytes()).toContain('\u001b[?2026h');
    await close();
    await open(calm(), {TMUX: '/tmp/tmux-1/default,1,0'});
    expect(screen.bytes()).not.toContain('\u001b[?2026h');
  });
});
