import {describe, expect, it, onTestFinished} from 'vitest';
import {demo} from '../../../src/providers/cursor/demo.ts';
import {cursor} from '../../../src/providers/cursor/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {agentFile, fixture, token} from './support.ts';

/** A reading of the login that stands in `cursor-agent`'s file. */
async function ask(handler: Handler, file: unknown = agentFile(token())) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const [account] = await cursor.discover((await withHome({'.config/cursor/auth.json': file})).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  const memory = new Map<string, unknown>();
  const fetchAt = (at: number) =>
    cursor.fetch(
      account,
      createWire({provider: cursor, origin: service.origin, env: {}, version: '1.0.0', now: () => at, memory}),
    );
  return {fetchAt, requests: service.requests};
}
const methodOf = (path: string): string => path.replace('/aiserver.v1.DashboardService/', '');
/** The same usage always; for the rest what is given. */
const besides =
  (answers: Record<string, ServiceAnswer>): Handler =>
  ({path}) =>
    ({GetCurrentPeriodUsage: {status: 200, body: fixture('pro')}, ...answers})[methodOf(path)] ?? {
      status: 404,
      body: {},
    };
const answering = async (answer: ServiceAnswer) => (await ask(() => answer)).fetchAt(now);

describe('a request to Cursor', () => {
  it('carries the token and an honest name, and reads only', async () => {
    const {fetchAt, requests} = await ask(besides({}));
    await fetchAt(now);
    expect(requests.map(({path}) => methodOf(path))).toEqual(
      expect.arrayContaining(['GetCurrentPeriodUsage', 'GetPlanInfo', 'GetCreditGrantsBalance']),
    );
    for (const request of requests)
      expect(request).toMatchObject({
        method: 'POST',
        body: '{}',
        headers: {
          authorization: `Bearer ${token()}`,
          'user-agent': 'mystatus-tui/1.0.0',
          'connect-protocol-version': '1',
        },
      });
  });

  it('for the plan and for gifts may fail', async () => {
    for (const answer of [
      {status: 500, body: {}},
      {status: 403, body: '<html>'},
      {status: 200, body: '[]'},
    ]) {
      const {fetchAt} = await ask(besides({GetPlanInfo: answer, GetCreditGrantsBalance: answer}));
      const {plan, amounts, windows} = await fetchAt(now);
      expect([plan, amounts, windows.length]).toEqual([null, [], 3]);
    }
  });

  it('for the plan is made once an hour', async () => {
    const {fetchAt, requests} = await ask(besides({GetPlanInfo: {status: 200, body: fixture('plan-pro')}}));
    for (const minutes of [0, 5, 59, 61]) expect((await fetchAt(now + minutes * 60_000)).plan).toBe('Pro');
    expect(requests.filter(({path}) => methodOf(path) === 'GetPlanInfo')).toHaveLength(2);
  });

  it('for the plan is not made again within the hour when it failed', async () => {
    const {fetchAt, requests} = await ask(besides({GetPlanInfo: {status: 429, body: {}}}));
    for (const minutes of [0, 5, 59, 61]) expect((await fetchAt(now + minutes * 60_000)).plan).toBeNull();
    expect(requests.filter(({path}) => methodOf(path) === 'GetPlanInfo')).toHaveLength(2);
  });

  it.each([
    [401, fixture('error-unauthenticated'), 'expired'],
    [401, '<html>', 'blocked'],
    [403, {code: 'permission_denied', message: 'no'}, 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [503, '<html>', 'blocked'],
    [429, {code: 'resource_exhausted'}, 'rate_limited'],
    [500, {code: 'resource_exhausted'}, 'rate_limited'],
    [200, {code: 'resource_exhausted'}, 'rate_limited'],
    [200, fixture('error-unauthenticated'), 'expired'],
    [400, {code: 'permission_denied'}, 'auth_rejected'],
    [200, {code: 'unavailable'}, 'server_error'],
    [200, {code: 'internal'}, 'server_error'],
    [200, {code: 'never_heard_of'}, 'bad_response'],
    [403, fixture('error-unauthenticated'), 'auth_rejected'],
    [404, {code: 'unimplemented'}, 'bad_response'],
    [501, {code: 'unimplemented'}, 'bad_response'],
    [404, '', 'bad_response'],
    [500, {code: 'internal'}, 'server_error'],
    [503, {}, 'server_error'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, [], 'bad_response'],
    [200, {}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(answering({status, body})).rejects.toMatchObject({code});
  });

  it('that is refused says what renews the login', async () => {
    const failure = {remedy: {code: 'run', command: 'cursor-agent status'}};
    for (const status of [401, 200])
      await expect(answering({status, body: fixture('error-unauthenticated')})).rejects.toMatchObject(failure);
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {code: 'resource_exhausted'}};
    await expect(answering(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });

  it('is not made with a token that has ended, or ends within a minute', async () => {
    for (const seconds of [-1, 59]) {
      const {fetchAt, requests} = await ask(besides({}), agentFile(token({exp: now / 1000 + seconds})));
      await expect(fetchAt(now)).rejects.toMatchObject({code: 'expired', remedy: {command: 'cursor-agent status'}});
      expect(requests).toEqual([]);
    }
  });
});

it('the demo is a Pro+ login with every window and a gift', async () => {
  const files = demo.files(now);
  const service = await startService(request => demo.answer(request, now));
  onTestFinished(() => service.close());
  const [account] = await cursor.discover((await withHome(files)).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  expect(account.label).toBe('user@example.com');
  const wire = createWire({provider: cursor, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  const {plan, windows, amounts} = await cursor.fetch(account, wire);
  expect([plan, windows.map(({id}) => id)]).toEqual([
    'Pro+',
    ['monthly', 'auto/monthly', 'api/monthly', 'on-demand/monthly'],
  ]);
  expect(amounts).toEqual([{id: 'balance', value: 7.5, unit: 'usd'}]);
  expect(
    demo.answer(
      {method: 'POST', path: '/aiserver.v1.DashboardService/GetCurrentPeriodUsage', headers: {}, body: ''},
      now,
    ).status,
  ).toBe(401);
});
