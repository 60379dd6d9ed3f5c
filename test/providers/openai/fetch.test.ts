import {readFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {ProviderError, Reading} from '../../../src/core/model.ts';
import type {Account} from '../../../src/core/provider.ts';
import {openai} from '../../../src/providers/openai/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type Service, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {accessToken, accountA, codexFile, jwt, opencodeEntry} from './tokens.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/openai/${name}`, import.meta.url), 'utf8');
const ok = {status: 200, body: JSON.parse(fixture('plus-normal.json')) as unknown};

async function service(handler: Handler): Promise<Service> {
  const started = await startService(handler);
  onTestFinished(() => started.close());
  return started;
}

const ask = (account: Account, {origin}: Service, time = now): Promise<Reading> =>
  openai.fetch(account, createWire({provider: openai, origin, env: {}, version: '9.8.7', now: () => time}));

const failureOf = (asking: Promise<unknown>): Promise<ProviderError> =>
  asking.then(
    () => expect.unreachable('it should have failed'),
    (error: ProviderError) => error,
  );

async function accountOf(files: Record<string, unknown>, options = {}): Promise<Account> {
  const [account] = await openai.discover((await withHome(files)).machine(options));
  return account ?? expect.unreachable('no account was found');
}
const codexAccount = (token = accessToken(), tokens = {}) => accountOf({'.codex/auth.json': codexFile(token, tokens)});
const opencodeAccount = (token: string, rest = {}) =>
  accountOf({'.local/share/opencode/auth.json': {openai: opencodeEntry(token, rest)}});

describe('the request', () => {
  it('is the documented one', async () => {
    const token = accessToken();
    const server = await service(() => ok);
    await ask(await codexAccount(token), server);
    const [request, ...others] = server.requests;
    expect(others).toEqual([]);
    expect(request).toMatchObject({method: 'GET', path: '/backend-api/wham/usage', body: ''});
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'chatgpt-account-id': accountA,
      accept: 'application/json',
      'user-agent': 'OpenCode-Status-Plugin/1.0 mystatus-tui/9.8.7',
    });
    expect(request?.headers).not.toHaveProperty('x-openai-fedramp');
    // It would say that we can switch the model.
    expect(request?.headers).not.toHaveProperty('x-openai-codex-luna-reserve');
  });

  it('names no account when none is known', async () => {
    const server = await service(() => ok);
    await ask(await codexAccount('at-test-token'), server);
    expect(server.requests[0]?.headers).not.toHaveProperty('chatgpt-account-id');
    expect(server.requests[0]?.headers.authorization).toBe('Bearer at-test-token');
  });

  it('carries the personal access token that auth_mode names, and no workspace of an older login', async () => {
    const server = await service(() => ok);
    const file: unknown = JSON.parse(
      readFileSync(new URL('../../fixtures/codex/personal-access-token.json', import.meta.url), 'utf8'),
    );
    await ask(await accountOf({'.codex/auth.json': file}), server);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer at-invented');
    expect(server.requests[0]?.headers).not.toHaveProperty('chatgpt-account-id');
  });

  it('names the first organisation that has an id, where no account is told', async () => {
    const server = await service(() => ok);
    const id_token = jwt(JSON.parse(fixture('jwt-id-blank-organization.json')));
    await ask(await codexAccount('opaque', {id_token, account_id: null}), server);
    expect(server.requests[0]?.headers['chatgpt-account-id']).toBe('org-later');
  });

  it('is one for each member of a workspace', async () => {
    const server = await service(() => ok);
    const secrets = (JSON.parse(fixture('jwt-access-two-members.json')) as object[]).map(jwt);
    const stored = async () => secrets.map(secret => ({id: secret, provider: 'openai', secret, fields: {}}));
    for (const account of await openai.discover((await withHome()).machine({stored}))) await ask(account, server);
    expect(server.requests.map(({headers}) => headers.authorization)).toEqual(secrets.map(each => `Bearer ${each}`));
    expect(server.requests.map(({headers}) => headers['chatgpt-account-id'])).toEqual(['workspace-1', 'workspace-1']);
  });

  it('says so for a FedRAMP account', async () => {
    const server = await service(() => ok);
    await ask(await codexAccount(accessToken({auth: {chatgpt_account_is_fedramp: true}})), server);
    expect(server.requests[0]?.headers['x-openai-fedramp']).toBe('true');
  });
});

describe('the reading', () => {
  it('comes from the answer', async () => {
    const reading = await ask(await codexAccount(), await service(() => ok));
    expect(reading.plan).toBe('Plus');
    expect(reading.windows.map(({id}) => id)).toEqual(['5h', 'weekly']);
  });

  it('takes the plan from the token only when the answer names none', async () => {
    const account = await codexAccount(accessToken({plan: 'team'}));
    const unnamed = await service(() => ({status: 200, body: {rate_limit: null}}));
    expect((await ask(account, unnamed)).plan).toBe('Team');
    expect((await ask(account, await service(() => ok))).plan).toBe('Plus');
  });

  it('counts the time left from the moment of the answer', async () => {
    const body = {
      rate_limit: {primary_window: {used_percent: 5, limit_window_seconds: 18_000, reset_after_seconds: 60}},
    };
    const reading = await ask(await codexAccount(), await service(() => ({status: 200, body})), now + 7000);
    expect(reading.windows[0]?.resetsAt).toBe(now + 67_000);
  });

  it('is asked for at the other path once, where the first is not served', async () => {
    const server = await service(({path}) =>
      path === '/api/codex/usage' ? ok : {status: 404, body: {detail: 'Not Found'}},
    );
    expect((await ask(await codexAccount(), server)).plan).toBe('Plus');
    expect(server.requests.map(({path}) => path)).toEqual(['/backend-api/wham/usage', '/api/codex/usage']);
    server.answerWith(() => ({status: 404, body: {detail: 'Not Found'}}));
    expect(await failureOf(ask(await codexAccount(), server))).toMatchObject({code: 'bad_response'});
    expect(server.requests).toHaveLength(4);
  });
});

describe('an expired token', () => {
  const nobody = () => service(() => ok);

  it('is not sent, and the remedy is its owner’s', async () => {
    const server = await nobody();
    const old = accessToken({exp: now / 1000 - 1});
    const env = {CODEX_ACCESS_TOKEN: old};
    const given = {OPENCODE_AUTH_CONTENT: JSON.stringify({openai: opencodeEntry(old)})};
    const remedies = [
      [await codexAccount(old), 'run'],
      [await opencodeAccount(old), 'open'],
      [await opencodeAccount('opaque', {expires: now - 1}), 'open'],
      [await accountOf({}, {env}), 'replace-credential'],
      [await accountOf({}, {env: given}), 'replace-credential'],
    ] as const;
    for (const [account, code] of remedies)
      expect(await failureOf(ask(account, server))).toMatchObject({code: 'expired', remedy: {code}});
    expect(server.requests).toEqual([]);
  });

  it('of our own store is renewed by login, any other in its place', async () => {
    const server = await nobody();
    const secret = accessToken({exp: now / 1000 - 1});
    const stored = async () => [{id: 's', provider: 'openai', secret, fields: {}}];
    for (const [account, name] of [
      [await accountOf({}, {stored}), 'openai'],
      [await accountOf({}, {env: {CODEX_TOKEN: secret}}), 'CODEX_TOKEN'],
    ] as const)
      expect(await failureOf(ask(account, server))).toMatchObject({remedy: {code: 'replace-credential', name}});
  });

  it('is one that would end on the way, not one that lives', async () => {
    const server = await nobody();
    const account = await codexAccount(accessToken({exp: now / 1000 + 3600}));
    const end = now + 3_600_000;
    await ask(account, server, end - 31_000);
    expect(await failureOf(ask(account, server, end - 30_000))).toMatchObject({code: 'expired'});
    expect(server.requests).toHaveLength(1);
  });

  it('is tried when nobody knows when it ends', async () => {
    const server = await nobody();
    await ask(await opencodeAccount('opaque', {expires: 0}), server);
    expect(server.requests).toHaveLength(1);
  });
});

describe('what else may be answered', () => {
  const html = {'content-type': 'text/html; charset=utf-8'};
  const page = fixture('error-403-cloudflare.html');
  const cases: [string, ReturnType<Handler>, object][] = [
    [
      '401',
      {status: 401, body: fixture('error-401-expired.json')},
      {code: 'expired', remedy: {code: 'run', command: 'codex'}},
    ],
    [
      '403 in JSON',
      {status: 403, body: {detail: 'wrong workspace'}},
      {code: 'auth_rejected', remedy: {code: 'run', command: 'codex'}},
    ],
    ['401 as a page', {status: 401, headers: html, body: page}, {code: 'blocked', remedy: {code: 'web-page'}}],
    ['403 as a page', {status: 403, headers: html, body: page}, {code: 'blocked', remedy: {code: 'web-page'}}],
    ['503 as a page', {status: 503, headers: html, body: page}, {code: 'blocked', remedy: {code: 'web-page'}}],
    ['403 with a challenge', {status: 403, headers: {'cf-mitigated': 'challenge'}, body: {}}, {code: 'blocked'}],
    ['429', {status: 429, headers: {'retry-after': '120'}, body: ''}, {code: 'rate_limited', retryAt: now + 120_000}],
    ['503 in JSON', {status: 503, body: {}}, {code: 'server_error'}],
    ['500 as a page', {status: 500, headers: html, body: page}, {code: 'server_error'}],
    ['a captive portal', {status: 200, headers: html, body: page}, {code: 'blocked', remedy: {code: 'web-page'}}],
    ['an empty body', {status: 200, body: ''}, {code: 'bad_response'}],
    ['a cut body', {status: 200, body: '{"plan_type": "plus", "rate_li'}, {code: 'bad_response'}],
    ['an empty object', {status: 200, body: {}}, {code: 'bad_response', remedy: {code: 'report'}}],
    ['a redirect', {status: 302, headers: {location: 'https://example.com/'}, body: ''}, {code: 'bad_response'}],
    ['a broken connection', {misbehave: 'reset'}, {code: 'network'}],
  ];
  it.each(cases)('%s', async (_, answer, expected) => {
    const server = await service(() => answer);
    expect(await failureOf(ask(await codexAccount(), server))).toMatchObject({name: 'ProviderError', ...expected});
  });

  it('never repeats a page on the screen', async () => {
    const server = await service(() => ({status: 403, headers: html, body: page}));
    expect((await failureOf(ask(await codexAccount(), server))).message).toBe('HTTP 403');
  });

  it('sends a refused opencode login back to opencode', async () => {
    const server = await service(() => ({status: 403, body: {detail: 'no'}}));
    const failure = await failureOf(ask(await opencodeAccount(accessToken()), server));
    expect(failure.remedy?.code).toBe('run');
  });
});
