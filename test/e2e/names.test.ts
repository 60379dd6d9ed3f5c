import {afterEach, beforeEach, expect, it} from 'vitest';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld([]);
});
afterEach(() => world.close());

it('an account that only its service can name has the same name on every way out', async () => {
  const env = {...world.env, GITHUB_TOKEN: 'gho_notarealtoken00000000000000000002'};
  const only = ['--provider', 'copilot'];
  const labels = async (...args: string[]): Promise<string[]> => {
    const {accounts} = JSON.parse((await run([...args, ...only], env)).stdout) as {accounts: {label: string}[]};
    return accounts.map(({label}) => label);
  };
  expect(await labels('accounts', '--json')).toEqual(['GitHub']);
  expect(await labels('--json')).toEqual(['octocat']);
  expect(await labels('--json', '--max-age', '999')).toEqual(['octocat']);
  expect(await labels('accounts', '--json')).toEqual(['octocat']);
  expect((await run(['statusline', '--format', '{copilot.account}', ...only], env)).stdout).toBe('octocat\n');
});
