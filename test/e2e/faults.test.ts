import {spawn} from 'node:child_process';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {codexToken} from '../support/codex.ts';
import type {Run} from '../support/run.ts';
import {program} from '../support/terminal.ts';
import {until} from '../support/until.ts';
import {createWorld, type World} from '../support/world.ts';

const preload = new URL('../fixtures/faults/preload.mjs', import.meta.url).href;
const controls = /[^\P{C}\n]/u;

let world: World;
let answer = (): void => {};
beforeEach(async () => {
  world = await createWorld(['openai']);
  const asked = new Promise<void>(resolve => {
    answer = resolve;
  });
  for (const id of ['openai', 'zai'])
    world.services[id]?.answerWith(() => asked.then(() => ({status: 500, body: {message: 'later'}})));
});
afterEach(async () => {
  answer();
  await world.close();
});

const requests = (): number => Object.values(world.services).reduce((sum, {requests}) => sum + requests.length, 0);

/** Does to a command what FAULT says while it waits for a service; then the service answers. */
async function disturbed(
  args: string[],
  fault: string,
  {secret, stdin = ''}: {secret: string; stdin?: string},
): Promise<Run> {
  const env = {...world.env, FAULT: fault, CANARY: secret, NODE_OPTIONS: `--import=${preload}`};
  const child = spawn(process.execPath, [program, ...args], {env});
  const result = {stdout: '', stderr: ''};
  child.stdout.on('data', chunk => (result.stdout += chunk));
  child.stderr.on('data', chunk => (result.stderr += chunk));
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  child.stdin.end(stdin);
  await until(
    () => requests() > 0,
    () => `it never asked: ${result.stderr}`,
  );
  child.kill('SIGUSR2');
  if (fault === 'warning')
    await until(
      () => result.stderr !== '',
      () => 'nothing was said',
    );
  if (fault === 'warning') answer();
  return {code: await ended, ...result};
}

describe('a fault in a script', () => {
  it.each([
    ['timer', ['--json'], 'Error: in a timer red title [redacted]'],
    ['rejection', ['--json'], 'Error: not handled red title [redacted]'],
    ['string', ['--once'], 'a string red title [redacted]'],
    ['timer', ['guard', '--min-remaining', '10'], 'Error: in a timer red title [redacted]'],
    ['timer', ['doctor'], 'Error: in a timer red title [redacted]'],
  ])('(%s, in %j) is reported on stderr without a secret, and without an escape', async (fault, args, line) => {
    const {code, stdout, stderr} = await disturbed(args, fault, {secret: codexToken(world.home)});
    // Of guard, 1 says that too little is left.
    expect(code).toBe(args[0] === 'guard' ? 3 : 1);
    expect(stdout).toBe('');
    expect(stderr).toContain('This is a bug in mystatus-tui');
    expect(stderr).toContain(line);
    expect(stderr).not.toMatch(controls);
  });

  it('is reported without the secret that was just typed in', async () => {
    const secret = 'typed-in-just-now-and-never-kept';
    const {code, stderr} = await disturbed(['login', 'zai'], 'timer', {secret, stdin: `${secret}\n`});
    expect(code).toBe(1);
    expect(stderr).toContain('[redacted]');
    expect(stderr).not.toContain(secret);
  });

  it('is reported without what a variable holds whose name says that it is secret', async () => {
    const secret = 'nobody-has-looked-for-this-yet';
    world.env.SOME_API_KEY = secret;
    const {stderr} = await disturbed(['--json'], 'timer', {secret});
    expect(stderr).toContain('[redacted]');
    expect(stderr).not.toContain(secret);
  });
});

describe('what Node remarks meanwhile', () => {
  it('is one clean line beside the answer, and nothing when it is about Node itself', async () => {
    const {code, stdout, stderr} = await disturbed(['--json'], 'warning', {secret: codexToken(world.home)});
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toHaveProperty('schema');
    expect(stderr).toContain('mystatus-tui: stray warning red title [redacted]\n');
    expect(stderr).not.toMatch(controls);
    expect(stderr).not.toMatch(/experiment|deprecation/);
  });
});
