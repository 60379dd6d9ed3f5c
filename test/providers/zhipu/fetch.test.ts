import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Account, Provider} from '../../../src/core/provider.ts';
import {zai, zhipu} from '../../../src/providers/zhipu/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Service, type ServiceAnswer, startService} from '../../support/service.ts';
import {failureOf, machineWith, now, withLimits} from './support.ts';

const good = {
  status: 200,
  body: withLimits({type: 'CREDIT_LIMIT', unit: 3, number: 5, percentage: 10, nextResetTime: now + 1}),
};

let service: Service;
beforeEach(async () => {
  service = await startService(() => good);
});
afterEach(() => service.close());

const wireTo = (provider: Provider) =>
  createWire({provider, origin: service.origin, env: {}, version: '9.9.9', now: () => now});

async function accountOf(provider: Provider, env: Record<string, string>): Promise<Account> {
  const [account] = await provider.discover(await machineWith({}, {env}));
  if (account === undefined) throw new Error('no account');
  return account;
}
const zaiAccount = () => accountOf(zai, {ZAI_API_KEY: 'one.Key'});

async function failureAfter(answer: ServiceAnswer) {
  service.answerWith(() => answer);
  return failureOf(async () => zai.fetch(await zaiAccount(), wireTo(zai)));
}

describe('the request', () => {
  it('carries the raw key and the headers of the official tools', async () => {
    await zai.fetch(await zaiAccount(), wireTo(zai));
    expect(service.requests).toHaveLength(1);
    expect(service.requests[0]).toMatchObject({
      method: 'GET',
      path: '/api/monitor/usage/quota/limit',
      headers: {
        authorization: 'one.Key',
        accept: 'application/json',
        'accept-language': 'en-US,en',
        'content-type': 'application/json',
        'user-agent': 'OpenCode-Status-Plugin/1.0 mystatus-tui/9.9.9',
      },
    });
    expect(service.requests[0]?.headers).not.toHaveProperty('bigmodel-organization');
  });

  it('for a team says which, and asks for the view of the team', async () => {
    const env = {ZHIPU_API_KEY: 'one.Key', Z_AI_BIGMODEL_ORGANIZATION: 'org-1', Z_AI_BIGMODEL_PROJECT: 'proj_1'};
    await zhipu.fetch(await accountOf(zhipu, env), wireTo(zhipu));
    expect(service.requests[0]).toMatchObject({
      path: '/api/monitor/usage/quota/limit?type=2',
      headers: {'bigmodel-organization': 'org-1', 'bigmodel-project': 'proj_1'},
    });
  });

  it.each([
    [zai, 'api.z.ai'],
    [zhipu, 'open.bigmodel.cn'],
  ])('of $id goes to its own host alone', async (provider, host) => {
    const account = await accountOf(provider, {ZAI_API_KEY: 'one.Key', ZHIPU_API_KEY: 'another.Key'});
    const asked: string[] = [];
    const wire = {
      ...wireTo(provider),
      send: async ({url}: {url: string}) => {
        asked.push(new URL(url).host);
        return {status: 200, headers: {}, text: JSON.stringify(good.body)};
      },
    };
    await provider.fetch(account, wire);
    expect(asked).toEqual([host]);
    expect(provider.hosts).toContain(host);
  });

  it('brings back a reading', async () => {
    const reading = await zai.fetch(await zaiAccount(), wireTo(zai));
    expect(reading.windows).toMatchObject([{id: '5h', use: {state: 'known', usedPercent: 10}}]);
  });
});

const html = (status: number) => ({
  status,
  body: '<html><title>nginx</title></html>',
  headers: {'content-type': 'text/html'},
});

describe('a bad answer', () => {
  it.each<[string, ServiceAnswer, string, string | undefined]>([
    [
      'HTTP 401 that names the reason',
      {status: 401, body: {error: {message: 'token expired or incorrect', type: '401'}}},
      'auth_rejected',
      'check-key',
    ],
    ['HTTP 401 in words of its own', {status: 401, body: {message: 'who?'}}, 'auth_rejected', 'check-key'],
    ['HTTP 401 without a word', {status: 401, body: ''}, 'auth_rejected', 'check-key'],
    ['HTTP 401 as a web page', html(401), 'blocked', 'web-page'],
    ['HTTP 403 in JSON', {status: 403, body: {message: 'no'}}, 'auth_rejected', 'check-key'],
    ['HTTP 403 as a web page', html(403), 'blocked', 'web-page'],
    ['HTTP 503 as a web page', html(503), 'blocked', 'web-page'],
    ['HTTP 502 as a web page', html(502), 'server_error', undefined],
    ['HTTP 504 as a web page', html(504), 'server_error', undefined],
    [
      'HTTP 500 in JSON',
      {status: 500, body: {code: 500, msg: 'internal error', success: false}},
      'server_error',
      undefined,
    ],
    [
      'HTTP 500 that means no plan',
      {status: 500, body: {code: 500, msg: '当前用户不存在coding plan', success: false}},
      'no_plan',
      'subscribe',
    ],
    [
      'HTTP 429 with a code',
      {status: 429, body: {error: {code: '1302', message: 'Rate limit reached'}}},
      'rate_limited',
      undefined,
    ],
    ['HTTP 429 without one', {status: 429, body: ''}, 'rate_limited', undefined],
    [
      'HTTP 429 for a plan that has ended',
      {status: 429, body: {error: {code: '1309', message: 'expired'}}},
      'plan_expired',
      'renew-plan',
    ],
    [
      'HTTP 400 with a code that nobody knows',
      {status: 400, body: {type: 'error', error: {code: '1211', message: 'The model does not exist'}}},
      'bad_response',
      undefined,
    ],
    ['HTTP 404', {status: 404, body: {status: 404, error: 'Not Found'}}, 'bad_response', undefined],
    ['HTTP 500 with a reading in it', {...good, status: 500}, 'server_error', undefined],
    ['a redirect', {status: 302, body: '', headers: {location: 'https://example.com/'}}, 'bad_response', undefined],
    ['an empty body', {status: 200, body: ''}, 'bad_response', undefined],
    ['a web page', html(200), 'blocked', 'web-page'],
    ['half a body', {status: 200, body: '{"code": 200, "da'}, 'bad_response', undefined],
    ['a reset connection', {misbehave: 'reset'}, 'network', 'network'],
  ])('such as %s', async (_what, answer, code, remedy) => {
    const failure = await failureAfter(answer);
    expect([failure.code, failure.remedy?.code]).toEqual([code, remedy]);
  });

  it('links to the page of its own site', async () => {
    const failure = await failureAfter({status: 200, body: {code: 401, success: false}});
    expect(failure.remedy?.url).toBe(zai.usageUrl);
  });

  it.each([
    ['HTTP 429', {status: 429, body: {error: {code: '1302', message: 'x'}}}],
    ['a code inside HTTP 200', {status: 200, body: {code: 1305, success: false}}],
  ])('with Retry-After says when to ask again: %s', async (_what, answer) => {
    const inSeconds = await failureAfter({...answer, headers: {'retry-after': '120'}});
    expect(inSeconds.retryAt).toBe(now + 120_000);
    const asDate = await failureAfter({...answer, headers: {'retry-after': new Date(now + 60_000).toUTCString()}});
    expect(asDate.retryAt).toBe(now + 60_000);
  });
});
