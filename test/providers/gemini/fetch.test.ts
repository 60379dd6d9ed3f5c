import {describe, expect, it, onTestFinished} from 'vitest';
import {demo} from '../../../src/providers/gemini/demo.ts';
import {gemini} from '../../../src/providers/gemini/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {fixture} from './support.ts';

const file = '.gemini/oauth_creds.json';

async function ask(
  handler: Handler,
  {
    files = {[file]: fixture('oauth-creds')},
    env = {},
  }: {files?: Record<string, unknown>; env?: Record<string, string>} = {},
) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const [account] = await gemini.discover((await withHome(files)).machine({env}));
  if (account === undefined) return expect.unreachable('no account was found');
  const memory = new Map<string, unknown>();
  const readAt = (at: number) => {
    const options = {provider: gemini, origin: service.origin, env: {}, version: '1.0.0', now: () => at, memory};
    return gemini.fetch(account, createWire(options));
  };
  const asked = () => service.requests.map(({path, body}) => [path.replace('/v1internal:', ''), JSON.parse(body)]);
  return {readAt, asked, requests: service.requests};
}
const serving =
  (load: ServiceAnswer, quota: ServiceAnswer): Handler =>
  ({path}) =>
    path.endsWith(':loadCodeAssist') ? load : path.endsWith(':retrieveUserQuota') ? quota : {status: 404, body: {}};
const ok = (name: string): ServiceAnswer => ({status: 200, body: fixture(name)});
const metadata = {ideType: 'IDE_UNSPECIFIED', platform: 'PLATFORM_UNSPECIFIED', pluginType: 'GEMINI'};
const quotaAnswer = async (answer: ServiceAnswer) => (await ask(serving(ok('load-standard'), answer))).readAt(now);

describe('a request to Gemini', () => {
  it('asks for the plan once an hour, and for the quota of its project each time', async () => {
    const {readAt, asked, requests} = await ask(serving(ok('load-standard'), ok('quota-grouped')));
    for (const minutes of [0, 5, 50]) {
      const {plan, windows} = await readAt(now + minutes * 60_000);
      expect([plan, windows.length]).toEqual(['Gemini Code Assist Standard', 3]);
    }
    const quota = ['retrieveUserQuota', {project: 'example-project-1'}];
    expect(asked()).toEqual([['loadCodeAssist', {metadata}], quota, quota, quota]);
    for (const request of requests)
      expect(request).toMatchObject({
        method: 'POST',
        headers: {authorization: 'Bearer ya29.FAKE', 'user-agent': 'mystatus-tui/1.0.0'},
      });
  });

  it('names the project that the environment names', async () => {
    const env = {GOOGLE_CLOUD_PROJECT: '123456', GOOGLE_CLOUD_PROJECT_ID: 'mine'};
    const {readAt, asked} = await ask(serving(ok('load-standard'), ok('quota-grouped')), {env});
    await readAt(now);
    expect(asked()).toEqual([
      ['loadCodeAssist', {metadata: {...metadata, duetProject: 'mine'}, cloudaicompanionProject: 'mine'}],
      ['retrieveUserQuota', {project: 'mine'}],
    ]);
  });

  it('for the plan may fail, and is repeated then', async () => {
    for (const load of [
      {status: 500, body: {}},
      {status: 403, body: '<html>'},
      {status: 200, body: 'x'},
    ]) {
      const {readAt, asked} = await ask(serving(load, ok('quota-grouped')));
      for (const minutes of [0, 5]) expect((await readAt(now + minutes * 60_000)).plan).toBeNull();
      expect(asked().filter(([method]) => method === 'loadCodeAssist')).toHaveLength(2);
      expect(asked()).toContainEqual(['retrieveUserQuota', {}]);
    }
  });

  it('ends with the first that says that there is nothing to ask for', async () => {
    for (const [answer, failure] of [
      [
        {status: 401, body: fixture('error-401')},
        {code: 'expired', remedy: {code: 'gemini/renew'}},
      ],
      [
        {status: 403, body: fixture('error-403-consumer')},
        {code: 'no_plan', remedy: {code: 'gemini/moved'}},
      ],
      [
        {status: 429, headers: {'retry-after': '60'}, body: {}},
        {code: 'rate_limited', retryAt: now + 60_000},
      ],
      [ok('load-ineligible'), {code: 'auth_rejected', remedy: {code: 'verify', name: 'Google'}}],
    ] as const) {
      const {readAt, asked} = await ask(serving(answer, ok('quota-grouped')));
      await expect(readAt(now)).rejects.toMatchObject(failure);
      expect(asked()).toHaveLength(1);
    }
  });

  it('says where personal accounts went, whichever call says it and however', async () => {
    const bodies = [
      fixture('error-403-consumer'),
      {error: {code: 403, details: [{reason: 'UNSUPPORTED_CLIENT'}]}},
      {error: {message: 'IneligibleTierError: no'}},
    ];
    for (const body of bodies)
      await expect(quotaAnswer({status: 403, body})).rejects.toMatchObject({
        code: 'no_plan',
        remedy: {code: 'gemini/moved'},
      });
  });

  it.each([
    [401, fixture('error-401'), 'expired'],
    [401, '<html>', 'blocked'],
    [403, {error: {code: 403, message: 'no', status: 'PERMISSION_DENIED'}}, 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [403, {error: {status: 'RESOURCE_EXHAUSTED'}}, 'rate_limited'],
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [503, '<html>', 'blocked'],
    [404, {}, 'bad_response'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, [], 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(quotaAnswer({status, body})).rejects.toMatchObject({code});
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(quotaAnswer(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });

  it('is not made with a token that has ended', async () => {
    const {readAt, requests} = await ask(serving(ok('load-standard'), ok('quota-grouped')));
    await expect(readAt(Date.parse('2026-09-01T22:59:01Z'))).rejects.toMatchObject({
      code: 'expired',
      remedy: {code: 'gemini/renew'},
    });
    expect(requests).toEqual([]);
  });
});

it('the demo is a company’s login', async () => {
  const {readAt} = await ask(request => demo.answer(request, now), {files: demo.files(now)});
  const {plan, windows} = await readAt(now);
  expect([plan, windows.map(({id}) => id)]).toEqual([
    'Gemini Code Assist Standard',
    ['pro/1d', 'flash/1d', 'flash-lite/1d'],
  ]);
  expect(windows[0]).toMatchObject({unit: 'requests', use: {used: 870, limit: 1500}});
  expect(demo.answer({method: 'POST', path: '/v1internal:loadCodeAssist', headers: {}, body: ''}, now).status).toBe(
    401,
  );
});
