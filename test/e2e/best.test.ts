import {afterEach, beforeEach, expect, it} from 'vitest';
import type {BestReport} from '../../src/output/best-text.ts';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld(['openai', 'copilot', 'zai', 'deepseek']);
});
afterEach(() => world.close());

const best = async (...args: string[]) => run(['best', ...args], world.env);
const ranking = (stdout: string) =>
  (JSON.parse(stdout) as BestReport).accounts.map(({provider, rank, tightest, remainingPercent}) => [
    ...[provider, rank, tightest, remainingPercent],
  ]);

it('asks every service and prints the accounts, the best first', async () => {
  const {code, stdout, stderr} = await best('--json');
  expect([code, stderr]).toEqual([0, '']);
  expect(ranking(stdout)[0]).toEqual(['copilot', 1, 'premium/monthly', 65.9]);
  expect(ranking(stdout).at(-1)).toEqual(['deepseek', 4, null, null]);
  expect(JSON.parse(stdout).accounts[0]).toMatchObject({status: 'ok', windows: expect.any(Array)});
  const text = await best('--max-age', '600');
  expect(text.stdout.split('\n').map(line => line.split(':')[0])[0]).toBe('copilot');
  expect(world.services.copilot?.requests).toHaveLength(1);
});

it('puts what fails behind what works, and never asks before a Retry-After is over', async () => {
  world.services.copilot?.answerWith(() => ({status: 429, body: {}, headers: {'retry-after': '900'}}));
  for (const _ of ['once', 'again']) {
    const {code, stdout} = await best('--json', '--provider', 'copilot,openai');
    expect([code, ranking(stdout).map(([provider]) => provider)]).toEqual([0, ['openai', 'copilot']]);
  }
  expect(world.services.copilot?.requests).toHaveLength(1);
});

it('has nothing to rank without an account, and without one that has the window', async () => {
  const {code, stdout, stderr} = await best('--window', 'nope', '--provider', 'openai');
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toBe('mystatus-tui: nothing to rank: no window nope; available: 5h, weekly, spark/5h, spark/weekly\n');
  const nobody = await best('--json', '--provider', 'grok');
  expect([nobody.code, JSON.parse(nobody.stdout).accounts]).toEqual([3, []]);
  expect(nobody.stderr).toBe('mystatus-tui: nothing to rank: no account found\n');
});
