import {readFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {demo} from '../../../src/providers/claude/demo.ts';
import {claude} from '../../../src/providers/claude/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import type {MachineOptions} from '../../../src/system/machine.ts';
import {type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome, writeStore} from '../shared/home.ts';

const text = (name: string): string =>
  readFileSync(new URL(`../../fixtures/claude/${name}.json`, import.meta.url), 'utf8');
const fixture = (name: string) => JSON.parse(text(name));
const hour = 3_600_000;

const login = fixture('credentials');
const profile = fixture('claude-json-cached');
const scopes = (...names: string[]) => ({claudeAiOauth: {...login.claudeAiOauth, scopes: names}});
const live = {setting: (id: string, name: string) => (id === 'claude' && name === 'live' ? 'true' : undefined)};

async function find(
  files: Record<string, unknown>,
  options: Partial<MachineOptions> = {},
  only?: readonly string[],
): Promise<Account[]> {
  return claude.discover((await withHome(files)).machine(options), only);
}
async function findOne(...parts: Parameters<typeof find>): Promise<Account> {
  const [account, ...others] = await find(...parts);
  expect(others).toEqual([]);
  return account ?? expect.unreachable('no account was found');
}
const lines = ({cached}: Account) =>
  cached?.reading.windows.map(({id, use}) => `${id} ${use.state === 'known' ? use.usedPercent : use.state}`);

describe('a login of Claude Code', () => {
  const files = {'.claude/.credentials.json': login, '.claude.json': profile};

  it('is one account with who it is, its plan and what Claude Code saw last; nothing is polled', async () => {
    const account = await findOne(files);
    expect(account).toMatchObject({
      provider: 'claude',
      label: 'user@example.com',
      source: 'Claude Code',
      place: 'Claude Code',
      expiresAt: 1_788_320_000_000,
      secrets: ['sk-ant-oat01-FAKE', 'sk-ant-ort01-FAKE'],
      passive: {plan: 'Max 20x', windows: [], remedy: {code: 'claude/live'}},
    });
    expect(account.cached?.readAt).toBe(now - hour);
    expect(lines(account)).toEqual(['5h 42', 'weekly 61']);
  });

  it('is polled once the user wants it', async () => {
    const {passive, problem} = await findOne(files, live);
    expect([passive, problem]).toEqual([undefined, undefined]);
  });

  it('keeps its key when the token changes, and has another one in another organisation', async () => {
    const renewed = {claudeAiOauth: {...login.claudeAiOauth, accessToken: 'sk-ant-oat01-OTHER'}};
    const [before, after] = [await findOne(files), await findOne({...files, '.claude/.credentials.json': renewed})];
    expect(after.key).toBe(before.key);
    expect(after.fingerprint).not.toBe(before.fingerprint);
    const oauthAccount = {...profile.oauthAccount, organizationUuid: 'another'};
    expect((await findOne({...files, '.claude.json': {oauthAccount}})).key).not.toBe(before.key);
  });

  it('is listed when only the other file tells of it, with nothing to turn on', async () => {
    const account = await findOne({
      '.claude.json': profile,
      '.claude/.credentials.json': fixture('credentials-mcp-only'),
    });
    expect(account).toMatchObject({secrets: [], passive: {plan: null, remedy: {code: 'claude/status-line'}}});
    expect(lines(account)).toEqual(['5h 42', 'weekly 61']);
    expect((await findOne({'.claude.json': profile}, live)).passive).toBeDefined();
  });

  it('is listed when nobody tells whose it is, by where it stands', async () => {
    const home = await withHome({'.claude/.credentials.json': login, 'other/.credentials.json': login});
    const own = await claude.discover(home.machine());
    const other = await claude.discover(home.machine({env: {CLAUDE_CONFIG_DIR: `${home.path}/other`}}));
    expect([...own, ...other].map(({label}) => label)).toEqual(['Claude Code', 'Claude Code']);
    expect(own[0]?.key).not.toBe(other[0]?.key);
  });

  it('is none where there are logins of other services alone, or nothing', async () => {
    expect(await find({'.claude/.credentials.json': fixture('credentials-mcp-only')})).toEqual([]);
    expect(await find({'.claude.json': {numStartups: 1}})).toEqual([]);
    expect(await find({})).toEqual([]);
  });

  it.each([
    ['of another account', {...profile, cachedUsageUtilization: {...profile.cachedUsageUtilization, accountUuid: 'x'}}],
    ['that are over', fixture('claude-json-cached-old')],
    ['in an unknown form', {...profile, cachedUsageUtilization: {...profile.cachedUsageUtilization, utilization: [1]}}],
    ['without a time', {...profile, cachedUsageUtilization: {...profile.cachedUsageUtilization, fetchedAtMs: null}}],
  ])('shows no figures %s', async (_, content) => {
    expect((await findOne({...files, '.claude.json': content})).cached).toBeUndefined();
  });

  it('stands where Claude Code’s variables say', async () => {
    const home = await withHome({
      'config/.credentials.json': login,
      'config/.claude.json': {oauthAccount: {accountUuid: 'one', emailAddress: 'config@example.com'}},
      'secure/.credentials.json': scopes('user:inference'),
      '.claude/.credentials.json': {claudeAiOauth: {accessToken: 'at-home'}},
      '.claude.json': profile,
    });
    const at = async (env: Record<string, string>) =>
      (await claude.discover(home.machine({env}))).map(({label, credential}) => [
        label,
        (credential as {token: string}).token,
      ]);
    const config = `${home.path}/config`;
    const fromConfig = [['config@example.com', 'sk-ant-oat01-FAKE']];
    expect(await at({CLAUDE_CONFIG_DIR: config})).toEqual(fromConfig);
    expect(await at({CLAUDE_CONFIG_DIR: 'config'})).toEqual([['user@example.com', 'at-home']]);
    expect(await at({CLAUDE_SECURESTORAGE_CONFIG_DIR: `${home.path}/secure`})).toEqual([
      ['user@example.com', 'sk-ant-oat01-FAKE'],
    ]);
    expect(await at({CLAUDE_CONFIG_DIR: config, CLAUDE_SECURESTORAGE_CONFIG_DIR: ''})).toEqual([
      ['config@example.com', 'at-home'],
    ]);
    await home.write('config/.config.json', {oauthAccount: {accountUuid: 'two', emailAddress: 'inside@example.com'}});
    expect(await at({CLAUDE_CONFIG_DIR: config})).toEqual([['inside@example.com', 'sk-ant-oat01-FAKE']]);
  });

  it('without the permission is not sent, and offers no requests', async () => {
    const inference = {...files, '.claude/.credentials.json': scopes('user:inference')};
    expect((await findOne(inference, live)).problem).toMatchObject({
      code: 'scope_missing',
      remedy: {code: 'sign-in', command: 'claude /login'},
    });
    expect((await findOne(inference)).passive?.remedy).toEqual({code: 'claude/status-line'});
  });

  it('that cannot be read says so, unless nothing is wanted from it', async () => {
    const broken = {'.claude/.credentials.json': '{"claudeAiOauth": '};
    const problem = {code: 'no_credentials', remedy: {code: 'fix-file', name: '.credentials.json'}};
    expect(await findOne(broken)).toMatchObject({problem});
    const both = {...broken, '.claude.json': profile};
    expect(await findOne(both, live)).toMatchObject({label: 'user@example.com', problem});
    expect((await findOne(both)).problem).toBeUndefined();
    expect((await findOne(both)).passive).toBeDefined();
  });

  it('does without who it is where that file is too large', async () => {
    const large = {...profile, projects: 'x'.repeat(1_100_000)};
    const {label, problem} = await findOne({...files, '.claude.json': large});
    expect([label, problem]).toEqual(['Claude Code', undefined]);
    expect((await findOne({'.claude.json': large})).problem?.detail).toContain('.claude.json');
  });
});

describe('another login of Claude', () => {
  const auth = {
    '.local/share/opencode/auth.json': {anthropic: {type: 'oauth', access: 'one', refresh: 'two', expires: 0}},
  };
  const env = {CLAUDE_CODE_OAUTH_TOKEN: 'Bearer sk-ant-oat01-FAKE'};

  it.each([
    ['of opencode 1', auth, {}, 'opencode auth.json'],
    ['in the environment', {}, env, 'CLAUDE_CODE_OAUTH_TOKEN'],
    ['of opencode rather than the environment', auth, env, 'opencode auth.json'],
    ['of Claude Code rather than any', {...auth, '.claude.json': profile}, env, 'Claude Code'],
  ])('%s is found', async (_, files, variables, source) => {
    expect(await findOne(files, {env: variables})).toMatchObject({source});
  });

  it('of opencode 2 is found', async () => {
    const home = await withHome();
    await writeStore(home, [
      {id: 'c1', integration: 'anthropic', value: {type: 'oauth', access: 'one', refresh: 'two', expires: 0}},
    ]);
    expect(await claude.discover(home.machine())).toMatchObject([{source: 'opencode store', secrets: ['one', 'two']}]);
  });

  it('is found in its own place alone, too', async () => {
    const [account] = await find({...auth, '.claude.json': profile}, {}, ['opencode']);
    expect(account).toMatchObject({source: 'opencode auth.json', place: 'opencode'});
  });

  it('is no API key', async () => {
    expect(await find({'.local/share/opencode/auth.json': {anthropic: {type: 'api', key: 'sk-fake'}}})).toEqual([]);
  });
});

async function ask(answer: ServiceAnswer, files: Record<string, unknown> = {'.claude/.credentials.json': login}) {
  const asked: {path: string; headers: Record<string, string | string[] | undefined>}[] = [];
  const service = await startService(({path, headers}) => {
    asked.push({path, headers});
    return answer;
  });
  onTestFinished(() => service.close());
  const account = await findOne(files, live);
  const wire = createWire({provider: claude, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return {asked, reading: claude.fetch(account, wire)};
}

describe('a request for the usage of Claude', () => {
  it('goes out under our own name, and is read', async () => {
    const {asked, reading} = await ask({status: 200, body: fixture('limits-2026')});
    expect((await reading).plan).toBe('Max 20x');
    expect((await reading).windows.map(({id}) => id)).toEqual(['5h', 'weekly', 'fable/weekly']);
    expect(asked).toMatchObject([
      {
        path: '/api/oauth/usage',
        headers: {
          authorization: 'Bearer sk-ant-oat01-FAKE',
          'anthropic-beta': 'oauth-2025-04-20',
          'user-agent': 'mystatus-tui/1.0.0',
        },
      },
    ]);
  });

  const signIn = {code: 'sign-in', name: 'Claude', command: 'claude /login'};
  const run = {code: 'run', command: 'claude'};
  const html = {'content-type': 'text/html'};
  it.each<[number, unknown, Record<string, string>, object]>([
    [401, fixture('error-401'), {}, {code: 'expired', remedy: run}],
    [403, fixture('error-403-scope'), {}, {code: 'scope_missing', remedy: signIn}],
    [403, {error: {type: 'permission_error', message: 'not allowed'}}, {}, {code: 'auth_rejected', remedy: signIn}],
    [401, '<html>', html, {code: 'blocked'}],
    [403, '<html>', html, {code: 'blocked'}],
    [503, '<html>', html, {code: 'blocked'}],
    [429, fixture('error-429'), {}, {code: 'rate_limited', retryAt: null}],
    [429, fixture('error-429'), {'retry-after': '0'}, {code: 'rate_limited', retryAt: null}],
    [429, fixture('error-429'), {'retry-after': '-5'}, {code: 'rate_limited', retryAt: null}],
    [429, fixture('error-429'), {'retry-after': '1600'}, {code: 'rate_limited', retryAt: now + 1_600_000}],
    [500, {}, {}, {code: 'server_error'}],
    [529, {error: {type: 'overloaded_error', message: 'Overloaded'}}, {}, {code: 'server_error'}],
    [200, '<html>', html, {code: 'blocked'}],
    [200, '', {}, {code: 'bad_response'}],
    [200, {}, {}, {code: 'bad_response'}],
    [200, [], {}, {code: 'bad_response'}],
    [200, '"x"', {}, {code: 'bad_response'}],
  ])('answered with %i, %j and %j ends as it should', async (status, body, headers, failure) => {
    await expect((await ask({status, body, headers})).reading).rejects.toMatchObject(failure);
  });

  it('is not made with a token that has expired', async () => {
    const expired = {claudeAiOauth: {...login.claudeAiOauth, expiresAt: now - 1}};
    const {asked, reading} = await ask({status: 200, body: {}}, {'.claude/.credentials.json': expired});
    await expect(reading).rejects.toMatchObject({code: 'expired', remedy: run});
    expect(asked).toEqual([]);
  });

  it('is answered by the demo, for its login alone', async () => {
    const service = await startService(request => demo.answer(request, now));
    onTestFinished(() => service.close());
    const wire = createWire({provider: claude, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
    const account = await findOne(demo.files(now), live);
    const {windows} = await claude.fetch(account, wire);
    expect(windows.map(({id}) => id)).toEqual(['5h', 'weekly', 'opus/weekly']);
    expect(account.cached?.reading.windows).toEqual(windows);
    const other = await findOne({'.claude/.credentials.json': login}, live);
    await expect(claude.fetch(other, wire)).rejects.toMatchObject({code: 'expired'});
  });
});
