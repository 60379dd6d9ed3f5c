import {describe, expect, it, onTestFinished} from 'vitest';
import {demo} from '../../../src/providers/clinepass/demo.ts';
import {clinepass} from '../../../src/providers/clinepass/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {fixture} from './support.ts';

const file = '.cline/data/settings/providers.json';
const byKey = {env: {CLINE_API_KEY: 'fake-cline-key'}};
const bySignIn = {files: {[file]: fixture('providers-json')}};

type By = {env?: Record<string, string>; files?: Record<string, unknown>};
async function ask(handler: Handler, {env = {}, files = {}}: By) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const [account] = await clinepass.discover((await withHome(files)).machine({env}));
  if (account === undefined) return expect.unreachable('no account was found');
  const memory = new Map<string, unknown>();
  const options = {provider: clinepass, origin: service.origin, env: {}, version: '1.0.0', memory};
  const read = (at = now) => clinepass.fetch(account, createWire({...options, now: () => at}));
  return {read, requests: service.requests};
}

const limitsPath = '/api/v1/users/me/plan/usage-limits';
const ok = (body: unknown): ServiceAnswer => ({status: 200, body});
const whole: Record<string, ServiceAnswer> = {
  [limitsPath]: ok(fixture('pass')),
  '/api/v1/users/me': ok({success: true, data: {id: 'usr-FAKE', email: 'user@example.com'}}),
  '/api/v1/users/usr-FAKE/balance': ok(fixture('balance')),
};
const noPlan: ServiceAnswer = {status: 404, body: fixture('error-404-no-plan')};
const serving =
  (answers: Record<string, ServiceAnswer>): Handler =>
  ({path}) =>
    ({...whole, ...answers})[path] ?? {status: 404, body: {error: 'Not Found'}};
const answering = async (answer: ServiceAnswer, by: By = byKey) => (await ask(() => answer, by)).read();

describe('a request to ClinePass', () => {
  it('of a key asks once whose it is', async () => {
    const {read, requests} = await ask(serving({}), byKey);
    for (let turn = 0; turn < 2; turn += 1)
      expect(await read()).toMatchObject({plan: 'ClinePass', amounts: [{id: 'balance', value: 0.34, unit: 'usd'}]});
    expect(requests.map(({path}) => path)).toEqual([
      ...[limitsPath, '/api/v1/users/me', '/api/v1/users/usr-FAKE/balance'],
      ...[limitsPath, '/api/v1/users/usr-FAKE/balance'],
    ]);
    for (const request of requests)
      expect(request).toMatchObject({
        method: 'GET',
        headers: {authorization: 'Bearer fake-cline-key', 'user-agent': 'mystatus-tui/1.0.0'},
      });
  });

  it('of a sign-in carries its prefix once', async () => {
    const {read, requests} = await ask(serving({}), bySignIn);
    await read();
    expect(requests.map(({path}) => path)).toEqual([limitsPath, '/api/v1/users/usr-FAKE/balance']);
    expect(requests[0]?.headers.authorization).toBe('Bearer workos:HEADER.PAYLOAD.SIG');
  });

  it('for the credits may fail, and that is said', async () => {
    for (const answer of [{status: 500, body: {}}, {status: 403, body: '<html>'}, ok({success: false}), ok('')]) {
      const {read} = await ask(serving({'/api/v1/users/usr-FAKE/balance': answer}), byKey);
      const {windows, amounts, notes} = await read();
      expect([windows.length, amounts, notes.at(-1)?.code]).toEqual([3, [], 'clinepass/no-balance']);
    }
  });

  it('for the credits is not made before the time that the service named', async () => {
    const balance = {status: 429, headers: {'retry-after': '600'}, body: {}};
    const {read, requests} = await ask(serving({'/api/v1/users/usr-FAKE/balance': balance}), bySignIn);
    for (const minutes of [0, 2, 9, 10]) expect((await read(now + minutes * 60_000)).windows).toHaveLength(3);
    expect(requests.filter(({path}) => path.endsWith('/balance'))).toHaveLength(2);
  });

  it('of a login without the pass shows its credits alone', async () => {
    const {read} = await ask(serving({[limitsPath]: noPlan}), byKey);
    expect(await read()).toEqual({
      ...{plan: null, windows: [], notes: []},
      amounts: [{id: 'balance', value: 0.34, unit: 'usd'}],
    });
    await expect(answering(noPlan)).rejects.toMatchObject({
      code: 'no_plan',
      remedy: {code: 'subscribe', name: 'ClinePass'},
    });
  });

  it.each([
    [401, {error: 'Please re-authenticate'}, 'auth_rejected'],
    [401, '<html>', 'blocked'],
    [403, {error: 'no'}, 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [404, {error: 'Not Found'}, 'bad_response'],
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [503, '<html>', 'blocked'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, [], 'bad_response'],
    [200, {success: false, data: null}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(answering({status, body})).rejects.toMatchObject({code});
  });

  it('that is refused says what to do: a sign-in has expired, a key has not', async () => {
    const refused = {status: 401, body: {error: 'Please re-authenticate'}};
    const replace = {code: 'replace-credential', name: 'clinepass'};
    await expect(answering(refused)).rejects.toMatchObject({code: 'auth_rejected', remedy: replace});
    const open = {code: 'open', name: 'Cline'};
    await expect(answering(refused, bySignIn)).rejects.toMatchObject({code: 'expired', remedy: open});
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(answering(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });

  it('is not made with a token that has ended', async () => {
    const auth = {accessToken: 'ended', expiresAt: now + 59_000, accountId: 'usr-FAKE'};
    const files = {[file]: {providers: {cline: {settings: {auth}}}}};
    const {read, requests} = await ask(serving({}), {files});
    await expect(read()).rejects.toMatchObject({code: 'expired', remedy: {code: 'open', name: 'Cline'}});
    expect(requests).toEqual([]);
  });
});

it('the demo is a sign-in with every limit and some credits', async () => {
  const {read} = await ask(request => demo.answer(request, now), {files: demo.files(now)});
  const {windows, amounts, notes} = await read();
  expect([windows.map(({id}) => id), amounts.map(({value}) => value), notes]).toEqual([
    ['5h', 'weekly', 'monthly'],
    [4.34],
    [],
  ]);
  expect(demo.answer({method: 'GET', path: limitsPath, headers: {}, body: ''}, now).status).toBe(401);
});
