import {describe, expect, it, onTestFinished} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {demoOf} from '../../../src/providers/kimi/demo.ts';
import {kimi, kimiGlobal} from '../../../src/providers/kimi/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {withHome} from '../shared/home.ts';
import {fixture, sampledAt as now} from './support.ts';

const providers = {kimi, 'kimi-global': kimiGlobal};
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

const withKey = async (answer: ServiceAnswer) =>
  (await ask('kimi', () => answer, {}, {KIMI_CODE_API_KEY: 'sk-kimi-fake'})).reading;
const login = fixture('credentials-cli') as Record<string, unknown>;
const withLogin = (answer: ServiceAnswer, change = {}) =>
  ask('kimi', () => answer, {'.kimi-code/credentials/kimi-code.json': {...login, ...change}});

describe('the request', () => {
  it('carries the key and an honest name, and nothing else of whom it is from', async () => {
    const answer = {status: 200, body: fixture('percent')};
    const {requests, reading} = await ask('kimi', () => answer, {}, {KIMI_CODE_API_KEY: 'sk-kimi-fake'});
    await expect(reading).resolves.toMatchObject({plan: 'Moderato'});
    expect(requests).toHaveLength(1);
    const [{method, path, headers} = expect.unreachable('no request')] = requests;
    expect([method, path]).toEqual(['GET', '/coding/v1/usages']);
    expect(headers).toMatchObject({authorization: 'Bearer sk-kimi-fake', 'user-agent': 'mystatus-tui/1.0.0'});
    expect(Object.keys(headers).filter(name => name.startsWith('x-'))).toEqual([]);
  });

  it.each([
    [401, fixture('error-401'), 'auth_rejected'],
    [401, fixture('error-401-plain'), 'auth_rejected'],
    [401, '<html>', 'blocked'],
    [402, fixture('error-402'), 'no_plan'],
    [403, fixture('error-403-frozen'), 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [404, fixture('error-404'), 'bad_response'],
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [503, '<html>', 'blocked'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, [], 'bad_response'],
    [200, {}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(withKey({status, body})).rejects.toMatchObject({code});
  });

  it.each([
    [401, {code: 'check-key', url: 'https://www.kimi.com/code/console'}],
    [403, {code: 'check-key', url: 'https://www.kimi.com/code/console'}],
    [402, {code: 'subscribe', name: 'Kimi For Coding', url: 'https://www.kimi.com/code/console'}],
  ])('answered with %i says what to do', async (status, remedy) => {
    await expect(withKey({status, body: {}})).rejects.toMatchObject({remedy});
  });

  it('passes on why an account is refused', async () => {
    const failure = withKey({status: 403, body: fixture('error-403-frozen')});
    await expect(failure).rejects.toThrow('Your account has been suspended.');
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '300'}, body: {}};
    await expect(withKey(answer)).rejects.toMatchObject({retryAt: now + 300_000});
  });
});

describe('the login of Kimi’s own tool', () => {
  const openKimi = {code: 'open', name: 'kimi'};

  it('is used while it lasts', async () => {
    const {requests, reading} = await withLogin({status: 200, body: fixture('percent')});
    await expect(reading).resolves.toMatchObject({plan: 'Moderato'});
    expect(requests).toMatchObject([{headers: {authorization: 'Bearer INVENTED-ACCESS'}}]);
  });

  it('that is refused has expired, and the tool renews it', async () => {
    const {reading} = await withLogin({status: 401, body: fixture('error-401-plain')});
    await expect(reading).rejects.toMatchObject({code: 'expired', remedy: openKimi});
  });

  it('that has ended is not sent', async () => {
    const ended = {expires_at: now / 1000 - 1};
    const {requests, reading} = await withLogin({status: 200, body: fixture('percent')}, ended);
    await expect(reading).rejects.toMatchObject({code: 'expired', remedy: openKimi});
    expect(requests).toEqual([]);
  });
});

describe('the demo', () => {
  it.each<[Id, string, string[]]>([
    ['kimi', 'Allegretto', ['5h', 'weekly', 'extra/monthly']],
    ['kimi-global', 'Moderato', ['5h', 'weekly', 'monthly', 'code/monthly']],
  ])('of %s is read', async (id, plan, windows) => {
    const demo = demoOf[id];
    const {reading} = await ask(id, request => demo.answer(request, now), demo.files(now));
    await expect(reading).resolves.toMatchObject({plan, windows: windows.map(each => ({id: each}))});
  });

  it('refuses other keys and other paths', () => {
    const request = {method: 'GET', path: '/coding/v1/usages', headers: {authorization: 'Bearer other'}, body: ''};
    expect(demoOf.kimi.answer(request, now).status).toBe(401);
    expect(demoOf.kimi.answer({...request, path: '/coding/v1/me'}, now).status).toBe(404);
  });
});

it('a key goes to the host of its own site alone', async () => {
  expect([kimi.hosts, kimiGlobal.hosts]).toEqual([['api.kimi.com'], ['api.kimi.ai']]);
  const account = {credential: {key: 'sk-kimi-fake'}, expiresAt: null} as Account;
  const urls: string[] = [];
  const wire = createWire({provider: kimi, env: {}, version: '1.0.0', now: () => now});
  const send = async ({url}: {url: string}) => {
    urls.push(url);
    return {status: 500, headers: {}, text: ''};
  };
  await Promise.allSettled([kimi.fetch(account, {...wire, send}), kimiGlobal.fetch(account, {...wire, send})]);
  expect(urls).toEqual(['https://api.kimi.com/coding/v1/usages', 'https://api.kimi.ai/coding/v1/usages']);
});
