import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {catalogue} from '../../src/providers/index.ts';
import {demo as openaiDemo} from '../../src/providers/openai/demo.ts';
import {families} from '../support/families.ts';
import {run} from '../support/run.ts';
import {program} from '../support/terminal.ts';
import {until} from '../support/until.ts';
import {createWorld, type World} from '../support/world.ts';

const ids = catalogue.map(({id}) => id);
let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const json = async (...args: string[]): Promise<{code: number | null; report: Report; stderr: string}> => {
  const {code, stdout, stderr} = await run(['--json', ...args], world.env);
  return {code, report: JSON.parse(stdout) as Report, stderr};
};
const accountOf = (report: Report, provider: string) => {
  const account = report.accounts.find(account => account.provider === provider);
  if (account === undefined) throw new Error(`no account of ${provider}`);
  return account;
};
const windowsOf = (report: Report, provider: string) =>
  accountOf(report, provider).windows.map(({id, state, usedPercent}) => [id, state === 'known' ? usedPercent : state]);

describe('--json', () => {
  it('reads every provider over HTTP and exits 0', async () => {
    await world.close();
    world = await createWorld(ids);
    const {code, report, stderr} = await json();
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(report.schema).toBe('mystatus/v1');
    expect([...new Set(report.accounts.map(({provider}) => provider))]).toEqual(ids);
    expect(windowsOf(report, 'openai')).toEqual([
      ['5h', 34],
      ['weekly', 71],
      ['spark/5h', 12],
      ['spark/weekly', 8],
    ]);
    expect(windowsOf(report, 'google')).toEqual([
      ['gemini/5h', 22],
      ['gemini/weekly', 55],
      ['claude-gpt/5h', 'not-started'],
      ['claude-gpt/weekly', 100],
    ]);
    expect(windowsOf(report, 'zai')).toEqual([
      ['5h', 18],
      ['weekly', 98.05],
    ]);
    expect(windowsOf(report, 'zhipu')).toEqual([
      ['5h', 'not-started'],
      ['weekly', 42],
      ['mcp/monthly', 19],
    ]);
    expect(windowsOf(report, 'copilot')[0]).toEqual(['premium/monthly', 34.1]);
  });

  it('asks each service for what the contract says, with the headers that it wants', async () => {
    await json();
    const first = (id: string) => world.services[id]?.requests[0];
    expect(first('openai')).toMatchObject({method: 'GET', path: '/backend-api/wham/usage'});
    expect(first('openai')?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer /),
      'chatgpt-account-id': expect.any(String),
      'user-agent': expect.stringMatching(/^OpenCode-Status-Plugin\/1\.0 .*mystatus-tui\/\d/),
    });
    expect(first('zai')).toMatchObject({method: 'GET', path: '/api/monitor/usage/quota/limit'});
    expect(first('zai')?.headers.authorization).not.toMatch(/^Bearer/);
    expect(first('copilot')?.path).toBe('/copilot_internal/user');
    expect(world.services.google?.requests.map(({method, path}) => `${method} ${path}`)).toEqual(
      expect.arrayContaining(['POST /token', 'POST /v1internal:retrieveUserQuotaSummary']),
    );
  });

  it('never prints a token, and masks identities with --privacy', async () => {
    const {stdout} = await run(['--json'], world.env);
    const hidden = await run(['--json', '--privacy'], world.env);
    const secrets = ['.codex/auth.json', '.config/zhipu/api_key'].map(path =>
      readFileSync(join(world.home, path), 'utf8'),
    );
    for (const secret of secrets.join('\n').match(/[\w.-]{20,}/g) ?? []) expect(stdout).not.toContain(secret);
    expect(stdout).toContain('user@example.com');
    expect(hidden.stdout).not.toContain('user@example.com');
    expect(hidden.stdout).not.toContain('octocat');
  });

  it('shows only the providers that were asked for', async () => {
    const {report} = await json('--provider', 'zai,openai');
    expect(report.accounts.map(({provider}) => provider)).toEqual(['openai', 'zai']);
    expect(world.services.copilot?.requests).toEqual([]);
  });

  it('has no entry for a provider without a login, and exits 3 when there is none at all', async () => {
    const empty = await createWorld([]);
    const {code, stdout} = await run(['--json'], empty.env);
    expect([code, (JSON.parse(stdout) as Report).accounts]).toEqual([3, []]);
    await empty.close();
  });
});

describe('a service that does not answer as it should', () => {
  const html = '<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>';
  const header = {'content-type': 'text/html'};
  const kinds = [
    ['network', {misbehave: 'reset'}],
    ['timeout', {misbehave: 'stall-headers'}],
    ['timeout', {misbehave: 'stall-body'}],
    ['bad_response', {status: 302, headers: {location: 'https://example.com/'}, body: ''}],
    ['bad_response', {status: 200, body: 'not JSON'}],
    ['blocked', {status: 200, body: html, headers: header}],
    ['bad_response', {status: 200, body: JSON.stringify({padding: 'x'.repeat(1_100_000)})}],
    ['bad_response', {status: 200, body: ['a', 'list']}],
    ['blocked', {status: 403, body: html, headers: header}],
    ['blocked', {status: 401, body: html, headers: header}],
    ['blocked', {status: 503, body: html, headers: header}],
    ['expired', {status: 401, body: {error: {message: 'token expired'}}}],
    ['auth_rejected', {status: 403, body: {detail: 'no'}}],
    ['rate_limited', {status: 429, body: {}, headers: {'retry-after': '120'}}],
    ['server_error', {status: 500, body: {message: 'oops'}}],
    ['server_error', {status: 502, body: html, headers: header}],
  ] as const;

  it.each(kinds)('is called %s (%j)', async (status, answer) => {
    world.services.openai?.answerWith(() => answer);
    // Only one that never answers is given up soon: on a busy machine the others take their time.
    const {code, report} = await json('--provider', 'openai', '--timeout', status === 'timeout' ? '2' : '30');
    expect(accountOf(report, 'openai')).toMatchObject({status, windows: [], message: expect.any(String)});
    expect(code).toBe(1);
  });

  it('keeps the last good reading as stale, and every other account goes on', async () => {
    await json();
    world.services.openai?.answerWith(() => ({status: 500, body: {message: 'oops'}}));
    const {code, report} = await json();
    expect(code).toBe(1);
    expect(accountOf(report, 'openai')).toMatchObject({status: 'server_error', stale: true});
    expect(windowsOf(report, 'openai')[0]).toEqual(['5h', 34]);
    expect(accountOf(report, 'zai')).toMatchObject({status: 'ok', stale: false});
  });

  it("never beats a server's Retry-After that any copy was told", async () => {
    await json('--provider', 'openai');
    world.services.openai?.answerWith(() => ({status: 429, body: {}, headers: {'retry-after': '120'}}));
    await json('--provider', 'openai');
    const before = world.services.openai?.requests.length;
    const {report} = await json('--provider', 'openai');
    expect(world.services.openai?.requests.length).toBe(before);
    const account = accountOf(report, 'openai');
    expect(account).toMatchObject({status: 'rate_limited', stale: true});
    const wait = Date.parse(account.nextPollAt ?? '') - Date.parse(report.generatedAt);
    expect(wait).toBeGreaterThan(60_000);
    expect(wait).toBeLessThanOrEqual(125_000);
  });

  it('says what is wrong with a broken credential file, and goes on with the others', async () => {
    world.write('.codex/auth.json', '{"tokens": ');
    const {code, report} = await json();
    expect(code).toBe(1);
    expect(accountOf(report, 'openai')).toMatchObject({
      status: 'no_credentials',
      message: expect.stringContaining('codex auth.json'),
      remedy: expect.any(String),
    });
    expect(accountOf(report, 'zai').status).toBe('ok');
  });

  it('refuses an endpoint that is not a plain https or loopback origin, and makes no request', async () => {
    for (const url of [
      'http://example.com',
      'https://user:pw@example.com',
      'ftp://127.0.0.1',
      'https://example.com/path',
    ]) {
      const {code, stdout} = await run(['--json', '--provider', 'openai'], {...world.env, MYSTATUS_OPENAI_URL: url});
      const account = accountOf(JSON.parse(stdout) as Report, 'openai');
      expect(account.message).toContain('MYSTATUS_OPENAI_URL');
      expect([code, account.status]).toEqual([1, 'bad_response']);
      expect(stdout).not.toContain('user:pw');
    }
    expect(world.services.openai?.requests).toEqual([]);
  });
});

describe('the shared ledger', () => {
  it('answers --max-age without a request', async () => {
    await json();
    const before = world.services.openai?.requests.length;
    const {code, report} = await json('--max-age', '3600');
    expect(world.services.openai?.requests.length).toBe(before);
    expect([code, windowsOf(report, 'openai')[0]]).toEqual([0, ['5h', 34]]);
  });

  it('answers statusline, which never asks', async () => {
    expect((await run(['statusline'], world.env)).stdout).toBe('–\n');
    await json();
    const before = world.services.openai?.requests.length;
    const {code, stdout} = await run(['statusline', '--format', '{openai.weekly.used} {zai.weekly.left}'], world.env);
    expect([code, stdout]).toEqual([0, '71% 2%\n']);
    expect(world.services.openai?.requests.length).toBe(before);
  });

  it('has nothing to say of what the settings switch off, and follows their order', async () => {
    await json();
    const providers = {openai: {enabled: false}};
    const settings = {providers, order: ['zhipu', 'copilot']};
    world.write('.config/mystatus-tui/config.json', JSON.stringify(settings));
    const {stdout} = await run(['statusline', '--format', '{all}'], world.env);
    const names = ['Zhipu AI', 'GitHub Copilot', 'Google Antigravity'];
    const shown = stdout.split(' · ').map(part => names.find(name => part.startsWith(name)));
    expect(shown.slice(0, names.length)).toEqual(names);
    expect(shown).toHaveLength(families.length - 1);
  });

  it('is private, and holds no token', async () => {
    await json();
    const path = join(world.home, '.local/state/mystatus-tui/state.db');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    const {tokens} = JSON.parse(readFileSync(join(world.home, '.codex/auth.json'), 'utf8')) as {
      tokens: Record<string, string>;
    };
    for (const token of Object.values(tokens).filter(text => text.length > 40))
      expect(readFileSync(path, 'latin1')).not.toContain(token);
  });

  it('gives back the claim of a script that is interrupted', async () => {
    world.services.openai?.answerWith(() => ({misbehave: 'stall-headers'}));
    const child = spawn(process.execPath, [program, '--json', '--provider', 'openai'], {env: world.env});
    await until(
      () => world.services.openai?.requests.length === 1,
      () => 'nothing was asked',
    );
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
    world.services.openai?.answerWith(request => openaiDemo.answer(request, Date.now()));
    // Well before the claim itself would have run out.
    const {report} = await json('--provider', 'openai', '--timeout', '8');
    expect(accountOf(report, 'openai').status).toBe('ok');
  });

  it('is done without when it cannot be opened, and that is said once', async () => {
    writeFileSync(join(world.home, 'file'), '');
    const {code, stdout, stderr} = await run(['--json'], {
      ...world.env,
      MYSTATUS_STATE_DIR: join(world.home, 'file/below'),
    });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Report).accounts.length).toBeGreaterThan(4);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('--once', () => {
  it('prints a table that fits eighty columns, without colour in a pipe', async () => {
    const {code, stdout} = await run(['--once'], world.env);
    expect(code).toBe(0);
    expect(stdout).toContain('71%');
    expect(stdout).not.toContain('\u001b');
    for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it('keeps to COLUMNS in a pipe', async () => {
    const {stdout} = await run(['--once'], {...world.env, COLUMNS: '50'});
    const widest = Math.max(...stdout.split('\n').map(line => [...line].length));
    expect(widest).toBeGreaterThan(40);
    expect(widest).toBeLessThanOrEqual(50);
  });

  it('draws with ASCII where the locale has nothing else', async () => {
    const {stdout} = await run(['--once', '--provider', 'copilot'], {...world.env, LANG: 'C'});
    expect(stdout).toContain('34%');
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('is what the monitor becomes without a terminal', async () => {
    const {code, stdout} = await run([], world.env);
    expect([code, stdout.includes('71%')]).toEqual([0, true]);
  });

  it('tells how to begin when there is no login', async () => {
    const empty = await createWorld([]);
    const {code, stdout} = await run(['--once'], empty.env);
    expect(code).toBe(3);
    expect(stdout).toMatch(/login|log in/i);
    await empty.close();
  });
});

describe('logins that are there and not shown', () => {
  const off = 'OpenAI is switched off: enable it in settings (,)';
  const set = (settings: unknown): void => {
    world.write('.config/mystatus-tui/config.json', JSON.stringify(settings));
    chmodSync(join(world.home, '.config/mystatus-tui'), 0o700);
  };
  const keysOf = async (provider: string): Promise<string[]> => {
    const {stdout} = await run(['accounts', '--json', '--provider', provider], world.env);
    return (JSON.parse(stdout) as Report).accounts.map(({account}) => account);
  };

  it('are told apart from logins that are not there, on every way out', async () => {
    set({providers: {openai: {enabled: false}}});
    const asked = ['--provider', 'openai'];
    expect(await run(['--json', ...asked], world.env)).toMatchObject({code: 3, stderr: `mystatus-tui: ${off}\n`});
    const once = await run(['--once', ...asked], world.env);
    expect(once).toMatchObject({code: 3, stdout: `No logins are shown.\n${off}\n`, stderr: ''});
    const plain = await run(asked, {...world.env, TERM: 'dumb'});
    expect(plain).toMatchObject({code: 3, stdout: `No logins are shown.\n${off}\n`});
    const guard = await run(['guard', '--min-remaining', '1', ...asked], world.env);
    expect(guard).toMatchObject({code: 3, stdout: `cannot tell: ${off}\n`, stderr: ''});
    const line = await run(['statusline', ...asked], world.env);
    expect(line).toMatchObject({code: 0, stdout: '–\n', stderr: `mystatus-tui: ${off}\n`});
    expect(world.services.openai?.requests).toEqual([]);
  });

  it('are said beside the others when they are named, and not otherwise', async () => {
    set({providers: {openai: {enabled: false}}});
    const named = await run(['--json', '--provider', 'openai,zai'], world.env);
    expect([named.code, named.stderr]).toEqual([0, `mystatus-tui: ${off}\n`]);
    expect(await run(['--once', '--provider', 'zai'], world.env)).toMatchObject({code: 0, stderr: ''});
    expect(await run(['--json'], world.env)).toMatchObject({code: 0, stderr: ''});
    const guard = ['guard', '--min-remaining', '0'];
    expect(await run([...guard, '--provider', 'openai,zai'], world.env)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('enough: zai'),
      stderr: `mystatus-tui: ${off}\n`,
    });
    const [key = ''] = await keysOf('openai');
    expect((await run([...guard, '--account', key], world.env)).stdout).toBe(`cannot tell: ${off}\n`);
  });

  it('are counted when they are hidden', async () => {
    const hidden = await keysOf('google');
    set({hidden});
    const said = `${hidden.length} logins hidden: press c`;
    expect(hidden.length).toBeGreaterThan(1);
    const asked = ['--provider', 'google'];
    expect(await run(['--json', ...asked], world.env)).toMatchObject({code: 3, stderr: `mystatus-tui: ${said}\n`});
    expect((await run(['--once', ...asked], world.env)).stdout).toContain(said);
    const guard = await run(['guard', '--min-remaining', '1', '--account', hidden[0] ?? ''], world.env);
    expect(guard).toMatchObject({code: 3, stdout: 'cannot tell: 1 login hidden: press c\n'});
    expect(await run(['--json'], world.env)).toMatchObject({code: 0, stderr: ''});
    expect(world.services.google?.requests).toEqual([]);
    set({});
    await run(['--json', ...asked], world.env);
    set({hidden});
    expect((await run(['statusline', ...asked], world.env)).stderr).toBe(`mystatus-tui: ${said}\n`);
  });
});

describe('guard', () => {
  const guard = (...args: string[]) => run(['guard', ...args], world.env);
  it('says by its exit code whether enough is left', async () => {
    expect((await guard('--min-remaining', '20', '--provider', 'openai')).code).toBe(0);
    expect((await guard('--min-remaining', '30', '--provider', 'openai')).code).toBe(1);
    expect((await guard('--min-remaining', '30', '--provider', 'openai', '--window', '5h')).code).toBe(0);
    expect((await guard('--min-remaining', '5', '--provider', 'zai')).code).toBe(1);
    expect((await guard('--min-remaining', '5', '--provider', 'openai', '--window', 'hourly')).code).toBe(3);
    expect((await guard('--min-remaining', '5', '--account', 'openai:00000000')).code).toBe(3);
    expect((await guard('--provider', 'openai')).code).toBe(2);
  });

  it('repeats no escape sequence of its command line', async () => {
    const asked = ['--window', '\u001b[31mx\u001b]0;y\u0007'];
    const {code, stdout, stderr} = await guard('--min-remaining', '5', '--provider', 'openai', ...asked);
    expect(code).toBe(3);
    expect(stdout + stderr).toMatch(/^[^\p{Cc}]+\n$/u);
  });

  it('names a bad setting beside its answer, as accounts does', async () => {
    world.write('.config/mystatus-tui/config.json', '{"display": {"theme": "drak"}}');
    for (const asked of [guard('--min-remaining', '1', '--provider', 'openai'), run(['accounts'], world.env)])
      expect((await asked).stderr).toContain('display.theme: "drak"');
  });
});

describe('credentials', () => {
  it('are stored by login after one real request, listed by accounts, forgotten by logout', async () => {
    const bare = await createWorld([]);
    const key =
      readFileSync(join(world.home, '.chelper/config.yaml'), 'utf8').match(/api_key: *"?([^"\n]+)/)?.[1] ?? '';
    const refused = await run(['login', 'zai'], bare.env, {stdin: 'wrong-key-0123456789\n'});
    expect([refused.code, refused.stderr.includes('wrong-key')]).toEqual([1, false]);
    const login = await run(['login', 'zai', '--label', 'work'], bare.env, {stdin: `${key}\n`});
    expect([login.code, login.stderr]).toEqual([0, '']);
    const file = join(bare.home, '.config/mystatus-tui/credentials.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);

    const listed = await run(['accounts', '--json'], bare.env);
    const {accounts} = JSON.parse(listed.stdout) as {
      accounts: {account: string; stored: boolean; masked: string; label: string}[];
    };
    expect(accounts).toMatchObject([
      {provider: 'zai', label: 'work', stored: true, masked: expect.stringMatching(/^\S{4}…\S{4}$/)},
    ]);
    expect(listed.stdout).not.toContain(key);

    const logout = await run(['logout', accounts[0]?.account ?? ''], bare.env);
    expect(logout.code).toBe(0);
    expect((await run(['accounts'], bare.env)).code).toBe(3);
    await bare.close();
  });

  it('of Google are tried with the OAuth client that is found on this machine', async () => {
    const bare = await createWorld([]);
    const client = {
      ANTIGRAVITY_OAUTH_CLIENT_ID: 'test-client-id',
      ANTIGRAVITY_OAUTH_CLIENT_SECRET: 'test-client-secret',
    };
    const token = '1//demo-refresh-token-one';
    const without = await run(['login', 'google'], bare.env, {stdin: token});
    expect([without.code, without.stderr]).toEqual([1, expect.stringContaining('no OAuth client')]);
    expect(await run(['login', 'google'], {...bare.env, ...client}, {stdin: token})).toMatchObject({
      code: 0,
      stderr: '',
    });
    await bare.close();
  });

  it('given with a field that has no value are not taken', async () => {
    const {code, stderr} = await run(['login', 'zhipu', '--field', 'organization'], world.env, {stdin: 'key'});
    expect([code, stderr]).toEqual([2, expect.stringContaining('"organization" needs a value: --field organization=')]);
  });

  it('are forgotten by logout also where another place holds the same account', async () => {
    const bare = await createWorld([]);
    const key = 'an-opaque-key-0123456789.Secret';
    const env = {...bare.env, ZAI_API_KEY: key};
    const claims = (exp: number) => ({exp, 'https://api.openai.com/auth': {chatgpt_account_id: 'a'}});
    const token = (exp: number) =>
      ['{}', JSON.stringify(claims(exp)), 'signature'].map(part => Buffer.from(part).toString('base64url')).join('.');
    const nowSeconds = Math.floor(Date.now() / 1000);
    // The file's login ends later, and speaks for both.
    bare.write('.codex/auth.json', JSON.stringify({tokens: {access_token: token(nowSeconds + 9000)}}));
    await run(['login', 'zai', '--no-verify'], env, {stdin: key});
    await run(['login', 'openai', '--no-verify'], env, {stdin: token(nowSeconds + 5000)});
    const {accounts} = JSON.parse((await run(['accounts', '--json'], env)).stdout) as {
      accounts: {account: string; source: string; stored: boolean}[];
    };
    expect(accounts.map(({source, stored}) => [source, stored])).toEqual([
      ['codex auth.json', false],
      ['ZAI_API_KEY', false],
    ]);
    for (const {account, source} of accounts) {
      const {code, stdout} = await run(['logout', account], env);
      expect([code, stdout]).toEqual([0, expect.stringContaining(`still in ${source}`)]);
    }
    const file = JSON.parse(readFileSync(join(bare.home, '.config/mystatus-tui/credentials.json'), 'utf8'));
    expect(file).toMatchObject({credentials: []});
    expect((await run(['logout', accounts[0]?.account ?? ''], env)).stderr).toContain('is not stored by mystatus-tui');
    await bare.close();
  });

  it('are not repeated by logout when one is given in place of an account', async () => {
    const bare = await createWorld([]);
    const key = 'an-opaque-key-0123456789.Secret';
    await run(['login', 'zai', '--no-verify'], bare.env, {stdin: key});
    const {code, stderr} = await run(['logout', key], bare.env);
    expect([code, stderr.includes('opaque')]).toEqual([1, false]);
    await bare.close();
  });

  it('take no secret from the command line, where other users could read it', async () => {
    const {code, stdout, stderr} = await run(
      ['login', 'google', '--field', 'clientSecret=test-client-secret'],
      world.env,
      {stdin: 'x\n'},
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/do not put it on the command line/);
    expect(stderr).not.toContain('test-client-secret');
  });

  it('of other tools are named by logout, never touched', async () => {
    const before = readFileSync(join(world.home, '.codex/auth.json'), 'utf8');
    const {accounts} = JSON.parse((await run(['accounts', '--json'], world.env)).stdout) as {
      accounts: {provider: string; account: string}[];
    };
    const key = accounts.find(({provider}) => provider === 'openai')?.account ?? '';
    const {code, stderr} = await run(['logout', key], world.env);
    expect([code, stderr]).toEqual([1, expect.stringContaining('codex auth.json')]);
    expect(readFileSync(join(world.home, '.codex/auth.json'), 'utf8')).toBe(before);
  });
});

describe('doctor', () => {
  type Answer = {ok: boolean; checks: {id: string; status: string; detail: string; found?: string}[]};
  const doctor = async (env: Record<string, string>, ...args: string[]): Promise<Answer> =>
    JSON.parse((await run(['doctor', '--json', ...args], env)).stdout) as Answer;
  /** By the whole name, or by what it begins with: `account openai` is none of `openai-api`. */
  const of = ({checks}: Answer, id: string) =>
    checks.filter(check => check.id === id || [' ', ':'].some(end => check.id.startsWith(id.trimEnd() + end)));

  it('contacts nothing that is switched off or hidden, and says so', async () => {
    const {accounts} = JSON.parse((await run(['accounts', '--json'], world.env)).stdout) as Report;
    const hidden = accounts.filter(({provider}) => provider === 'zai').map(({account}) => account);
    const settings = {providers: {google: {enabled: false}, openai: {enabled: false}}, hidden};
    world.write('.config/mystatus-tui/config.json', JSON.stringify(settings));
    chmodSync(join(world.home, '.config/mystatus-tui'), 0o700);
    // What is wrong with a login that is off is no matter.
    world.write('.codex/auth.json', '{"tokens": ');
    const answer = await doctor(world.env);
    for (const id of ['google', 'openai', 'zai']) expect(world.services[id]?.requests, id).toEqual([]);
    expect(world.services.copilot?.requests).toHaveLength(1);
    for (const id of ['google', 'openai'])
      expect(of(answer, `reach ${id}`)).toMatchObject([{status: 'info', detail: 'off: not contacted'}]);
    expect(of(answer, 'reach zai')).toMatchObject([{status: 'info', detail: 'hidden: not contacted'}]);
    expect(of(answer, 'account openai')).toMatchObject([{status: 'info', detail: expect.stringContaining(', off: ')}]);
    expect(of(answer, 'account zai')).toMatchObject([{status: 'info', detail: expect.stringMatching(/, hidden$/)}]);
    expect(answer.ok).toBe(true);
  });

  it('makes nothing of what it looks at', async () => {
    const bare = await createWorld([]);
    const answer = await doctor(bare.env);
    for (const id of ['config-directory', 'state-directory'])
      expect(of(answer, id)).toMatchObject([{status: 'info', detail: 'not there yet; created when needed'}]);
    expect(readdirSync(bare.home)).toEqual([]);
    await run(['doctor', '--provider', 'zai'], bare.env);
    mkdirSync(join(bare.home, '.local/state/mystatus-tui'), {recursive: true, mode: 0o755});
    chmodSync(join(bare.home, '.local/state/mystatus-tui'), 0o755);
    expect(of(await doctor(bare.env), 'state-directory')).toMatchObject([
      {status: 'warn', detail: 'other users can access it'},
    ]);
    expect(existsSync(join(bare.home, '.local/state/mystatus-tui/state.db'))).toBe(false);
    await bare.close();
  });

  it('says where logins were looked for: by name, or every place of a provider that is named', async () => {
    const bare = await createWorld(['zai']);
    const short = await doctor(bare.env);
    expect(of(short, 'places ')).toHaveLength(ids.length);
    expect(of(short, 'places openai')).toMatchObject([
      {status: 'info', detail: 'no login found; looked in: environment, mystatus-tui login, opencode, Codex'},
    ]);
    expect(of(short, 'places zai')[0]?.detail).toMatch(/^looked in: environment, /);
    const full = await doctor(bare.env, '--provider', 'openai');
    expect(of(full, 'place openai').map(({detail}) => detail)).toContainEqual(
      expect.stringContaining('Codex: nothing there; $CODEX_HOME/auth.json: not there (CODEX_HOME is not set); '),
    );
    const named = await doctor(bare.env, '--provider', 'zai');
    expect(of(named, 'place zai').filter(({found}) => found === 'login')).toMatchObject([
      {status: 'info', looked: expect.arrayContaining([expect.objectContaining({found: 'login'})])},
    ]);
    expect(of(full, 'accounts')).toMatchObject([{status: 'warn', detail: 'no login found for OpenAI'}]);
    expect(full.checks.filter(({id}) => /zai|copilot/.test(id))).toEqual([]);
    const {stdout} = await run(['accounts', '--provider', 'copilot'], bare.env);
    expect(stdout).toContain('gh: nothing there\n       $GH_CONFIG_DIR/hosts.yml: not there');
    await bare.close();
  });

  it('hides identities with --privacy, and says what to do about a bad address', async () => {
    const {code, stdout} = await run(['doctor', '--json', '--privacy'], {
      ...world.env,
      MYSTATUS_OPENAI_URL: 'http://example.com',
    });
    const {checks} = JSON.parse(stdout) as {checks: {id: string; hint?: string}[]};
    expect(checks.find(({id}) => id === 'reach openai')?.hint).toContain('address');
    expect([code, stdout.includes('octocat'), stdout.includes('user@')]).toEqual([1, false, false]);
  });

  it('says so when a file is where a directory should be', async () => {
    world.write('state', '');
    const {stdout} = await run(['doctor', '--json'], {...world.env, MYSTATUS_STATE_DIR: join(world.home, 'state')});
    const {checks} = JSON.parse(stdout) as {checks: {id: string; status: string; detail: string}[]};
    expect(checks.find(({id}) => id === 'state-directory')).toMatchObject({
      status: 'fail',
      detail: 'a file is where the directory should be',
    });
  });

  it('is well when everything is, and says what is not', async () => {
    const well = await run(['doctor'], world.env);
    expect(well.stdout).toContain('openai');
    world.write('.config/mystatus-tui/config.json', '{"display": {"theme": "drak"}}');
    const ill = await run(['doctor', '--json'], world.env);
    expect(ill.code).toBe(1);
    expect(ill.stdout).toContain('dark');
    expect(JSON.parse(ill.stdout)).toMatchObject({ok: false});
  });
});

describe('the command itself', () => {
  it('names a mistake in one line and exits 2', async () => {
    const {code, stdout, stderr} = await run(['--provider', 'opnai'], world.env);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^mystatus-tui: unknown provider "opnai"; did you mean openai\?.*\n$/);
    expect((await run(['--jsn'], world.env)).stderr).toBe(
      'mystatus-tui: unknown option --jsn; did you mean --json? Try --help.\n',
    );
  });

  it('waits for weeks when told to, not for no time at all', async () => {
    const {code, stderr} = await run(['--json', '--provider', 'zai', '--timeout', '9999999'], world.env);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.skipIf(!existsSync('/dev/full'))('says in one line when its answer cannot be written', async () => {
    const script = `"${process.execPath}" "${program}" --demo --json > /dev/full`;
    const {code, stderr} = await run(['-c', script], world.env, {command: 'bash'});
    expect([code, stderr]).toEqual([1, 'mystatus-tui: cannot write the output: the disk is full\n']);
  });

  it('prints help and version', async () => {
    const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(await run(['--version'], world.env)).toEqual({code: 0, stdout: `${version}\n`, stderr: ''});
    const {stdout} = await run(['guard', '--help'], world.env);
    expect(stdout).toContain('--min-remaining');
    expect(await run(['help', 'guard'], world.env)).toEqual({code: 0, stdout, stderr: ''});
    expect((await run(['help'], world.env)).stdout).toBe((await run(['-h'], world.env)).stdout);
    expect(await run(['-V'], world.env)).toEqual({code: 0, stdout: `${version}\n`, stderr: ''});
  });

  it('says which interval is used where it is not the one that was given', async () => {
    const interval = async (seconds: string) =>
      (await run(['--json', '--provider', 'zai', '--max-age', '999', '--interval', seconds], world.env)).stderr;
    expect(await interval('5')).toBe('mystatus-tui: --interval 5: using 60 seconds\n');
    expect(await interval('100000')).toBe('mystatus-tui: --interval 100000: using 86400 seconds\n');
    for (const seconds of ['60', '90', '86400']) expect(await interval(seconds)).toBe('');
  });

  it('needs no network, no credentials and no disk for --demo', async () => {
    const empty = await createWorld([]);
    const {code, stdout} = await run(['--demo', 'all', '--json'], {
      ...empty.env,
      MYSTATUS_CONFIG_DIR: join(empty.home, 'c'),
      MYSTATUS_STATE_DIR: join(empty.home, 's'),
    });
    const {accounts} = JSON.parse(stdout) as Report;
    expect([code, [...new Set(accounts.map(({provider}) => provider))]]).toEqual([0, ids]);
    expect(accounts.length).toBeGreaterThan(ids.length);
    expect(() => statSync(join(empty.home, 's'))).toThrow();
    expect(() => statSync(join(empty.home, 'c'))).toThrow();
    await empty.close();
  });

  it('shows six to eight providers for --demo, and those that are named', async () => {
    const shown = async (...args: string[]) => {
      const {stdout} = await run(['--demo', '--json', ...args], world.env);
      return [...new Set((JSON.parse(stdout) as Report).accounts.map(({provider}) => provider))];
    };
    const few = await shown();
    expect(few).toEqual(catalogue.flatMap(({id, inDemo}) => (inDemo ? [id] : [])));
    expect(few.length).toBeGreaterThanOrEqual(6);
    expect(few.length).toBeLessThanOrEqual(8);
    expect(await shown('--provider', 'moonshot-cn')).toEqual(['moonshot-cn']);
  });

  it('reads no configuration from the working directory', async () => {
    const directory = join(world.home, 'project');
    mkdirSync(directory);
    writeFileSync(join(directory, 'config.json'), '{"display": {"theme": "nonsense"}}');
    writeFileSync(
      join(directory, 'opencode.json'),
      '{"provider": {"zai": {"options": {"apiKey": "project-key-0123456789"}}}}',
    );
    const {code, stderr} = await run(['--json'], world.env, {cwd: directory});
    expect([code, stderr]).toEqual([0, '']);
    expect(world.services.zai?.requests.some(({headers}) => headers.authorization?.includes('project-key'))).toBe(
      false,
    );
  });

  // Makes the first Node that is started believe that it is old; the one that it hands over to is itself again.
  const pretendOld = `--import=data:text/javascript,${encodeURIComponent("if(!process.env.HANDED_OVER){process.env.HANDED_OVER='1';Object.defineProperty(process.versions,'node',{value:'20.20.2'})}")}`;

  it('continues on the Node of its checkout when it is started by an older one', async () => {
    const {code, stdout, stderr} = await run(['--demo', '--json', '--provider', 'zai'], {
      ...world.env,
      NODE_OPTIONS: pretendOld,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect((JSON.parse(stdout) as Report).accounts).toHaveLength(1);
  });

  it('says in one line which Node it needs where there is no checkout', async () => {
    const directory = join(world.home, 'installed/bin');
    mkdirSync(directory, {recursive: true});
    writeFileSync(join(directory, '../package.json'), '{"type": "module"}');
    for (const name of ['mystatus-tui.js', 'package.json'])
      copyFileSync(join(dirname(program), name), join(directory, name));
    const {code, stdout, stderr} = await run(
      [],
      {...world.env, NODE_OPTIONS: pretendOld},
      {program: join(directory, 'mystatus-tui.js')},
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^mystatus-tui: needs Node 22\.13 or newer; this is 20\.20\.2\..*\n$/);
  });

  it('ends quietly with 0 when nobody reads its answer any more', async () => {
    const script = `"${process.execPath}" "${program}" --demo --json | head -1; exit "\${PIPESTATUS[0]}"`;
    const {code, stdout, stderr} = await run(['-c', script], world.env, {command: 'bash'});
    expect([code, stdout, stderr]).toEqual([0, '{\n', '']);
  });
});
