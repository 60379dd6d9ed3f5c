import {type ChildProcess, spawn} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {inAWorld} from '../support/in-a-world.ts';
import {type Run, run} from '../support/run.ts';
import {program} from '../support/terminal.ts';
import {until} from '../support/until.ts';

const {world, open} = inAWorld(['openai']);

/** What ChatGPT answers with so much of its two windows used; the first one resets in so many seconds. */
const answering = (usedPercent: number, resetsInSeconds: number) => () => {
  const now = Math.floor(Date.now() / 1000);
  const window = (used_percent: number, limit_window_seconds: number, reset_after_seconds: number) => ({
    ...{used_percent, limit_window_seconds, reset_after_seconds, reset_at: now + reset_after_seconds},
  });
  const rate_limit = {
    ...{allowed: usedPercent < 100, limit_reached: usedPercent >= 100},
    primary_window: window(usedPercent, 18_000, resetsInSeconds),
    secondary_window: window(21, 604_800, 300_000),
  };
  return {status: 200, body: {plan_type: 'plus', rate_limit}};
};
const spent = answering(100, 3600);
const openai = () => {
  const service = world().services.openai;
  if (service === undefined) throw new Error('no service');
  return service;
};
const wait = (...args: string[]): Promise<Run> => run(['wait', ...args], world().env);

type Started = {child: ChildProcess; ended: Promise<{code: number | null; signal: string | null; stdout: string}>};
/** Waits without a terminal, once the service was asked. */
async function startWaiting(what: 'available' | 'reset'): Promise<Started> {
  const child = spawn(process.execPath, [program, 'wait', '--until', what], {env: world().env});
  let stdout = '';
  child.stdout.on('data', chunk => (stdout += chunk));
  const ended = new Promise<{code: number | null; signal: string | null; stdout: string}>(resolve =>
    child.on('close', (code, signal) => resolve({code, signal, stdout})),
  );
  await until(
    () => openai().requests.length > 0,
    () => 'it never asked',
  );
  return {child, ended};
}

/** It polls for itself only after minutes. */
const readElsewhereUntilItEnds = (child: ChildProcess): Promise<void> =>
  until(
    async () => {
      await run(['--json', '--provider', 'openai'], world().env);
      return child.exitCode !== null;
    },
    () => 'it goes on waiting',
  );

describe('wait', () => {
  it('ends with 0 when enough is left, and says nothing on stderr', async () => {
    const {code, stdout, stderr} = await wait('--until', 'available');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^enough: openai \S+ weekly: 29% left, 1% needed\n$/);
    const again = await wait('--until', 'available');
    expect([again.code, openai().requests.length]).toEqual([0, 1]);
  });

  it('ends with 1 when its time is over first, with 2 at a mistake, and with 3 when it cannot tell', async () => {
    openai().answerWith(spent);
    const late = await wait('--until', 'available', '--timeout', '2');
    expect([late.code, late.stderr]).toEqual([1, '']);
    expect(late.stdout).toMatch(/^timed out: openai \S+ 5h: 0% left, resets in (?:59m|1h 00m)\n$/);
    for (const [args, said] of [
      [[], 'wait needs --until available or --until reset'],
      [['--until', 'rest'], '--until: unknown value "rest"; did you mean reset? (available, reset)'],
      [['--until', 'reset', '--min-remaining', '101'], '--min-remaining must be at most 100, not 101'],
    ] as const)
      expect(await wait(...args)).toMatchObject({code: 2, stdout: '', stderr: expect.stringContaining(said)});
    for (const [args, said] of [
      [['--window', 'nope'], 'cannot tell: no window nope; available: 5h, weekly\n'],
      [['--account', 'openai:0'], 'cannot tell: no account openai:0\n'],
      [['--provider', 'grok'], 'cannot tell: no account found\n'],
    ] as const)
      expect(await wait('--until', 'available', ...args)).toMatchObject({code: 3, stdout: said, stderr: ''});
    expect(openai().requests).toHaveLength(1);
  });

  it('for a login that the service refuses cannot tell, and says why', async () => {
    openai().answerWith(() => ({status: 401, body: {error: {message: 'token expired'}}}));
    const {code, stdout} = await wait('--until', 'available');
    expect(code).toBe(3);
    expect(stdout).toMatch(/^cannot tell: openai \S+: \w/);
  });

  it('takes a reading that another copy makes', async () => {
    openai().answerWith(spent);
    const {child, ended} = await startWaiting('available');
    openai().answerWith(answering(40, 18_000));
    await readElsewhereUntilItEnds(child);
    expect(await ended).toMatchObject({code: 0, stdout: expect.stringMatching(/^enough: openai \S+ 5h: 60% left/)});
  });

  it('until a reset ends once another copy has read the window again', async () => {
    openai().answerWith(spent);
    const {child, ended} = await startWaiting('reset');
    openai().answerWith(answering(2, 18_000));
    await readElsewhereUntilItEnds(child);
    expect(await ended).toMatchObject({code: 0, stdout: expect.stringMatching(/^reset: openai \S+ 5h: 98% left\n$/)});
  });
});

describe('a wait that is called off', () => {
  it.each([
    ['SIGINT', 130, null],
    ['SIGTERM', null, 'SIGTERM'],
    ['SIGHUP', null, 'SIGHUP'],
  ] as const)('by %s ends at once and prints nothing', async (name, code, signal) => {
    openai().answerWith(spent);
    const {child, ended} = await startWaiting('available');
    child.kill(name);
    expect(await ended).toEqual({code, signal, stdout: ''});
  });

  it('during a request gives its claim back: the next copy asks at once', async () => {
    openai().answerWith(() => ({misbehave: 'stall-headers'}));
    const {child, ended} = await startWaiting('available');
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    openai().answerWith(spent);
    expect((await run(['--json', '--provider', 'openai', '--timeout', '8'], world().env)).code).toBe(0);
  });
});

describe('on a terminal', () => {
  const args = ['wait', '--until', 'available'];

  it('it counts down in one line, which is gone when it ends', async () => {
    openai().answerWith(spent);
    const terminal = open({args});
    await terminal.sees(/waiting: openai \S+ 5h: 0% left, resets in \d/);
    expect((await terminal.lines()).filter(line => line !== '')).toHaveLength(1);
    openai().answerWith(answering(40, 18_000));
    await run(['--json', '--provider', 'openai'], world().env);
    expect((await terminal.exited).code).toBe(0);
    const lines = (await terminal.lines()).filter(line => line !== '');
    expect(lines).toEqual([expect.stringMatching(/^enough: openai \S+ 5h: 60% left/)]);
  });

  it('it ends with 130 at Ctrl+C and leaves no line', async () => {
    openai().answerWith(spent);
    const terminal = open({args, size: {columns: 30, rows: 5}});
    await terminal.sees('waiting: openai');
    expect((await terminal.lines()).filter(line => line !== '')).toHaveLength(1);
    terminal.type('\u0003');
    expect((await terminal.exited).code).toBe(130);
    expect((await terminal.text()).trim()).toBe('');
  });

  it('that cannot move its cursor it writes no line', async () => {
    const terminal = open({args: [...args, '--timeout', '2'], env: {...world().env, TERM: 'dumb'}});
    openai().answerWith(spent);
    expect((await terminal.exited).code).toBe(1);
    expect(terminal.written()).not.toContain('waiting');
  });
});
