import {describe, expect, it, onTestFinished} from 'vitest';
import {demoOf} from '../../../src/providers/minimax/demo.ts';
import {minimax, minimaxCn} from '../../../src/providers/minimax/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {withHome} from '../shared/home.ts';
import {fixture, sampledAt as now} from './support.ts';

const providers = {minimax, 'minimax-cn': minimaxCn};
type Id = keyof typeof providers;

async function ask(id: Id, handler: Handler, files: Record<string, unknown>, env = {}) {
  const provider = providers[id];
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const [account] = await provider.discover((await withHome(files)).machine({env, now: () => now}));
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return {requests: service.requests, reading: provider.fetch(account, wire)};
}

const withKey = (answer: ServiceAnswer, key = 'sk-cp-fake') =>
  ask('minimax', () => answer, {}, {MINIMAX_CODING_PLAN_API_KEY: key});
const token = {oauth: {access_token: 'eyJ.fake.x', expires_at: '2026-11-27T21:00:00.000Z'}, region: 'global'};
const withLogin = (answer: ServiceAnswer, oauth: object = token.oauth) =>
  ask('minimax', () => answer, {'.mmx/config.json': {...token, oauth}});

describe('the request', () => {
  it.each([
    ['sk-cp-fake', '/v1/token_plan/remains', 'no-rows'],
    ['eyJ.fake.x', '/v1/token_plan/remains', 'no-rows'],
    ['other', '/v1/token_plan/remains', 'no-rows'],
    ['sk-api-fake', '/account/query_balance', 'balance'],
  ])('with %s is one, to %s', async (key, path, body) => {
    const {requests, reading} = await withKey({status: 200, body: fixture(body)}, key);
    await expect(reading).resolves.toMatchObject({windows: []});
    const headers = {authorization: `Bearer ${key}`, 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject([{method: 'GET', path, headers}]);
  });

  it.each([
    [200, fixture('error-1004'), 'auth_rejected'],
    [200, fixture('error-2049'), 'auth_rejected'],
    [200, fixture('error-1002'), 'rate_limited'],
    [200, {base_resp: {status_code: 1039}}, 'rate_limited'],
    [200, fixture('error-1008'), 'no_plan'],
    [200, fixture('error-wrapped'), 'server_error'],
    [200, {base_resp: {status_code: 1033}, model_remains: []}, 'server_error'],
    [200, {base_resp: {status_code: 'odd'}, model_remains: []}, 'bad_response'],
    [401, fixture('error-2049'), 'auth_rejected'],
    [401, '<html>', 'blocked'],
    [403, {}, 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [404, {}, 'bad_response'],
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [503, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, {}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect((await withKey({status, body})).reading).rejects.toMatchObject({code});
  });

  it('says what to do, and not what the service says of cookies', async () => {
    const {reading} = await withKey({status: 200, body: fixture('error-1004')});
    await expect(reading).rejects.toMatchObject({
      message: expect.not.stringContaining('cookie'),
      remedy: {code: 'check-key', url: 'https://platform.minimax.io/user-center/payment/token-plan'},
    });
  });

  it('offers a plan only to whom it is of use', async () => {
    const answer = {status: 200, body: fixture('error-1008')};
    await expect((await withKey(answer)).reading).rejects.toMatchObject({remedy: {code: 'subscribe', name: 'MiniMax'}});
    await expect((await withKey(answer, 'sk-api-fake')).reading).rejects.toMatchObject({remedy: null});
  });

  it('passes on what went wrong at the service', async () => {
    const {reading} = await withKey({status: 200, body: fixture('error-wrapped')});
    await expect(reading).rejects.toThrow('code 1000: unknown error');
  });

  it('waits as long as it was told to', async () => {
    const {reading} = await withKey({status: 429, headers: {'retry-after': '60'}, body: {}});
    await expect(reading).rejects.toMatchObject({retryAt: now + 60_000});
    const refused = await withKey({status: 200, headers: {'retry-after': '90'}, body: fixture('error-1002')});
    await expect(refused.reading).rejects.toMatchObject({code: 'rate_limited', retryAt: now + 90_000});
  });
});

describe('a login of mmx', () => {
  const expired = {code: 'expired', remedy: {code: 'run', command: 'mmx'}};

  it('is used while it lasts', async () => {
    const {reading} = await withLogin({status: 200, body: fixture('general-and-video')});
    await expect(reading).resolves.toMatchObject({windows: [{id: '5h'}, {}, {}, {}]});
  });

  it.each([
    [401, {}],
    [200, fixture('error-1004')],
  ])('that is refused with %i and %j has expired', async (status, body) => {
    await expect((await withLogin({status, body})).reading).rejects.toMatchObject(expired);
  });

  it('that has ended is not sent', async () => {
    const ended = {...token.oauth, expires_at: '2026-11-27T19:00:00Z'};
    const {requests, reading} = await withLogin({status: 200, body: fixture('no-rows')}, ended);
    await expect(reading).rejects.toMatchObject(expired);
    expect(requests).toEqual([]);
  });
});

describe('the demo', () => {
  it.each<[Id, string, string[]]>([
    ['minimax', 'Plus', ['5h', 'weekly', 'video/1d', 'video/weekly']],
    ['minimax-cn', 'Max', ['5h', 'weekly']],
  ])('of %s is read, with resets ahead', async (id, plan, windows) => {
    const demo = demoOf[id];
    const {reading} = await ask(id, request => demo.answer(request, now), demo.files(now));
    await expect(reading).resolves.toMatchObject({plan, windows: windows.map(each => ({id: each}))});
    for (const {resetsAt, windowMs} of (await reading).windows) {
      const left = (resetsAt ?? 0) - now;
      expect(left > 0 && left <= (windowMs ?? 0)).toBe(true);
    }
  });

  it('refuses other keys and other paths', () => {
    const request = {method: 'GET', path: '/v1/token_plan/remains', headers: {authorization: 'Bearer no'}, body: ''};
    expect(demoOf.minimax.answer(request, now).body).toMatchObject({base_resp: {status_code: 1004}});
    expect(demoOf.minimax.answer({...request, path: '/'}, now).status).toBe(404);
  });
});

it('each site has a host of its own', () => {
  expect([minimax.hosts, minimaxCn.hosts]).toEqual([['api.minimax.io'], ['api.minimaxi.com']]);
});
