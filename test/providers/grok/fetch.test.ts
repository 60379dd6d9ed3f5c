import {describe, expect, it, onTestFinished} from 'vitest';
import {demo} from '../../../src/providers/grok/demo.ts';
import {grok} from '../../../src/providers/grok/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {fixture} from './support.ts';

const file = '.grok/auth.json';

async function ask(handler: Handler, content: unknown = fixture('auth-json')) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const [account] = await grok.discover((await withHome({[file]: content})).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  const memory = new Map<string, unknown>();
  const fetchAt = (at: number) => {
    const options = {provider: grok, origin: service.origin, env: {}, version: '1.0.0', now: () => at, memory};
    return grok.fetch(account, createWire(options));
  };
  return {fetchAt, requests: service.requests};
}
const answering = async (answer: ServiceAnswer) => (await ask(() => answer)).fetchAt(now);

describe('a request to Grok', () => {
  it('carries the token, its kind and an honest name, once where the plan is told', async () => {
    const {fetchAt, requests} = await ask(() => ({status: 200, body: fixture('weekly')}));
    expect((await fetchAt(now)).plan).toBe('SuperGrok');
    expect(requests).toMatchObject([
      {
        method: 'GET',
        path: '/v1/billing?format=credits',
        headers: {
          authorization: 'Bearer HEADER.PAYLOAD.SIG',
          'x-xai-token-auth': 'xai-grok-cli',
          'user-agent': 'mystatus-tui/1.0.0',
        },
      },
    ]);
  });

  it('for a plan that is not told is made once an hour, and may fail', async () => {
    const settings = {answer: {status: 200, body: {subscription_tier_display: 'SuperGrok Heavy'}} as ServiceAnswer};
    const {fetchAt, requests} = await ask(({path}) =>
      path === '/v1/settings' ? settings.answer : {status: 200, body: fixture('no-percent')},
    );
    for (const minutes of [0, 5, 59]) expect((await fetchAt(now + minutes * 60_000)).plan).toBe('SuperGrok Heavy');
    settings.answer = {status: 500, body: {}};
    expect((await fetchAt(now + 61 * 60_000)).plan).toBe('SuperGrok Heavy');
    expect(requests.filter(({path}) => path === '/v1/settings')).toHaveLength(2);
  });

  it.each([
    [401, {error: 'Unauthorized'}, 'expired'],
    [401, '<html>', 'blocked'],
    [403, {error: 'This endpoint is for a personal team'}, 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [404, {error: 'Not Found'}, 'bad_response'],
    [426, 'Upgrade Required', 'bad_response'],
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [503, '<html>', 'blocked'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, [], 'bad_response'],
    [200, {}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(answering({status, body})).rejects.toMatchObject({code});
  });

  it('that is refused says what to do, in the service’s words for a team', async () => {
    const remedy = {code: 'run', command: 'grok login'};
    await expect(answering({status: 401, body: {error: 'no'}})).rejects.toMatchObject({remedy});
    const team = {status: 403, body: {error: 'use a personal team'}};
    await expect(answering(team)).rejects.toMatchObject({remedy, message: 'HTTP 403: use a personal team'});
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(answering(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });

  it('is not made with a token that has ended', async () => {
    const [[scope, entry] = []] = Object.entries(fixture('auth-json') as object);
    const ended = {[String(scope)]: {...entry, expires_at: new Date(now + 59_000).toISOString()}};
    const {fetchAt, requests} = await ask(() => ({status: 200, body: {}}), ended);
    await expect(fetchAt(now)).rejects.toMatchObject({code: 'expired', remedy: {code: 'run', command: 'grok'}});
    expect(requests).toEqual([]);
  });
});

it('the demo is a SuperGrok login with money paid in advance', async () => {
  const service = await startService(request => demo.answer(request, now));
  onTestFinished(() => service.close());
  const [account] = await grok.discover((await withHome(demo.files(now))).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider: grok, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  const {plan, windows, amounts} = await grok.fetch(account, wire);
  expect([plan, windows.map(({id}) => id), amounts.map(({value}) => value)]).toEqual([
    'SuperGrok',
    ['weekly', 'on-demand/weekly'],
    [12.5],
  ]);
  const request = {method: 'GET', path: '/v1/billing?format=credits', headers: {'x-xai-token-auth': 'x'}, body: ''};
  expect(demo.answer(request, now).status).toBe(401);
  expect(demo.answer({...request, headers: {}}, now).status).toBe(404);
});
