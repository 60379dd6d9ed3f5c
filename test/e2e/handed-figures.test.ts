import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {run} from '../support/run.ts';
import {program} from '../support/terminal.ts';
import {createWorld, type World} from '../support/world.ts';

const hour = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();
let world: World;
beforeEach(async () => {
  world = await createWorld([]);
  world.write(
    '.claude/.credentials.json',
    JSON.stringify({claudeAiOauth: {accessToken: 'fake', subscriptionType: 'pro'}}),
  );
});
afterEach(() => world.close());

const session = (used_percentage: number, endsIn: number) => ({
  used_percentage,
  resets_at: Math.round((Date.now() + endsIn) / 1000),
});
const hand = (value: unknown, ...args: string[]) =>
  run(['statusline', '--stdin', 'claude-code', ...args], world.env, {
    stdin: typeof value === 'string' ? value : JSON.stringify(value),
  });
const figures = {rate_limits: {five_hour: session(23.5, hour), seven_day: session(41.2, 50 * hour)}};
const json = async () => JSON.parse((await run(['--json'], world.env)).stdout) as Report;
const windowsOf = ({accounts}: Report) =>
  accounts.map(({windows}) => windows.map(({id, usedPercent}) => `${id} ${usedPercent}`));
const profile = (fetchedAtMs: number, utilization: unknown, accountUuid = 'one') =>
  world.write(
    '.claude.json',
    JSON.stringify({
      oauthAccount: {accountUuid: 'one', emailAddress: 'user@example.com'},
      cachedUsageUtilization: {fetchedAtMs, accountUuid, utilization},
    }),
  );
const requests = () => world.services.claude?.requests;

it('figures handed to the status line are in its line, in every later one and in --json, without a request', async () => {
  expect(await hand(figures)).toEqual({code: 0, stdout: 'Claude week 41%\n', stderr: ''});
  expect((await run(['statusline', '--format', '{claude.5h.used}'], world.env)).stdout).toBe('24%\n');
  const report = await json();
  expect(report.accounts).toMatchObject([
    {provider: 'claude', status: 'ok', plan: 'Pro', nextPollAt: null, remedy: null},
  ]);
  expect(windowsOf(report)).toEqual([['5h 23.5', 'weekly 41.2']]);
  expect(requests()).toEqual([]);
});

it('each window is the newest of what was handed over and what the program saw itself', async () => {
  const week = {utilization: 61, resets_at: iso(Date.now() + 50 * hour)};
  profile(Date.now() - 2 * hour, {
    five_hour: {utilization: 42, resets_at: iso(Date.now() + hour)},
    seven_day: week,
    seven_day_opus: week,
  });
  expect(windowsOf(await json())).toEqual([['5h 42', 'weekly 61', 'opus/weekly 61']]);
  await hand({rate_limits: {five_hour: session(50, hour)}});
  const report = await json();
  expect(windowsOf(report)).toEqual([['5h 50', 'weekly 61', 'opus/weekly 61']]);
  expect(Date.now() - Date.parse(report.accounts[0]?.readAt ?? '')).toBeGreaterThanOrEqual(2 * hour);
  profile(Date.now() + 1000, {seven_day: {...week, utilization: 63}});
  expect(windowsOf(await json())).toEqual([['weekly 63']]);
  expect((await run(['statusline'], world.env)).stdout).toBe('Claude week 63%\n');
});

it.each([
  ['nothing', ''],
  ['no JSON', '{"rate_limits":'],
  ['no limits', {session_id: 'fake'}],
  ['limits of another form', {rate_limits: [1, {}, 'x']}],
  ['a period that is over', {rate_limits: {five_hour: session(97, -hour)}}],
])('%s is no reason to fail, and keeps what is known', async (_, value) => {
  expect(await hand(value)).toEqual({code: 0, stdout: '–\n', stderr: ''});
  await hand(figures);
  expect(await hand(value)).toEqual({code: 0, stdout: 'Claude week 41%\n', stderr: ''});
});

const line = `"${process.execPath}" "${program}" statusline --stdin claude-code`;
it.each([
  ['that never ends', `${line} < /dev/zero`],
  ['that is written to without end', `yes | ${line}`],
  ['that nobody writes to, and nobody closes', `mkfifo open && exec 9<>open && ${line} <&9`],
  ['that is closed', `${line} <&-`],
  ['that is a directory', `${line} < /`],
  ['of noise', `head -c 300000 /dev/urandom | ${line}`],
  ['nested deeper than a stack', `head -c 900000 /dev/zero | tr '\\0' '[' | ${line}`],
])('standard input %s does not hold up the line', async (_, script) => {
  const env = {...world.env, PATH: process.env.PATH ?? ''};
  expect(await run(['-c', script], env, {command: 'sh'})).toEqual({code: 0, stdout: '–\n', stderr: ''});
});

it('figures of somebody who is not signed in here are shown, and not kept', async () => {
  world.write('.claude/.credentials.json', '{"mcpOAuth": {}}');
  expect((await hand(figures)).stdout).toBe('Claude week 41%\n');
  expect((await run(['statusline'], world.env)).stdout).toBe('–\n');
});

it('nothing is kept for a login that is hidden, or a provider that is switched off', async () => {
  const [account] = (await json()).accounts;
  for (const settings of [{hidden: [account?.account]}, {providers: {claude: {enabled: false}}}]) {
    world.write('.config/mystatus-tui/config.json', JSON.stringify(settings));
    expect(await hand(figures)).toMatchObject({code: 0, stdout: '–\n'});
  }
  world.write('.config/mystatus-tui/config.json', '{}');
  expect(windowsOf(await json())).toEqual([[]]);
});

it('the line is there where nothing can be kept', async () => {
  world.write('.local/state/mystatus-tui', 'a file in the way');
  expect(await hand(figures)).toEqual({code: 0, stdout: 'Claude week 41%\n', stderr: ''});
});

it('no token is in the ledger, and a program without a name here is named', async () => {
  await hand(figures);
  expect(readFileSync(join(world.home, '.local/state/mystatus-tui/state.db'), 'latin1')).not.toContain('"fake"');
  const {code, stderr} = await run(['statusline', '--stdin', 'claudecode'], world.env);
  expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean claude-code?')]);
});

it('the service is polled only after the user said so, and not twice within a minute', async () => {
  const [idle] = (await json()).accounts;
  expect(idle).toMatchObject({
    status: 'ok_empty',
    readAt: null,
    remedy: expect.stringContaining('providers.claude.live'),
  });
  expect(requests()).toEqual([]);
  world.write('.config/mystatus-tui/config.json', '{"providers": {"claude": {"live": true}}}');
  world.write('.claude/.credentials.json', JSON.stringify({claudeAiOauth: {accessToken: 'demo-claude-access-token'}}));
  const [first] = (await json()).accounts;
  expect(first).toMatchObject({status: 'ok', nextPollAt: expect.any(String)});
  await hand({rate_limits: {five_hour: session(77, hour)}});
  expect(windowsOf(await json())).toEqual([['5h 77', 'weekly 57', 'opus/weekly 24']]);
  expect(requests()).toHaveLength(1);
});

it('login says that there is nothing to store, and where logins are found', async () => {
  const {code, stderr} = await run(['login', 'claude'], world.env, {stdin: 'sk-fake'});
  expect([code, stderr]).toEqual([2, expect.stringContaining('accounts --provider claude')]);
});

it('doctor contacts no service that is not polled, and finds nothing wrong with a token that is not sent', async () => {
  const expired = {claudeAiOauth: {accessToken: 'fake', expiresAt: Date.now() - hour}};
  world.write('.claude/.credentials.json', JSON.stringify(expired));
  const {code, stdout} = await run(['doctor', '--provider', 'claude'], world.env);
  expect([code, stdout]).toEqual([0, expect.stringContaining('not polled: not contacted')]);
  expect(requests()).toEqual([]);
  world.write('.config/mystatus-tui/config.json', '{"providers": {"claude": {"live": true}}}');
  const live = await run(['doctor', '--provider', 'claude'], world.env);
  expect([live.code, live.stdout]).toEqual([1, expect.stringContaining('its token has')]);
});
