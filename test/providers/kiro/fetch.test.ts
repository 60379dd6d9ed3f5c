import {describe, expect, it, onTestFinished} from 'vitest';
import {demo} from '../../../src/providers/kiro/demo.ts';
import {kiro} from '../../../src/providers/kiro/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {fixture} from './support.ts';

const tokenFile = '.aws/sso/cache/kiro-auth-token.json';

/** A reading of the login that stands in the editor's file. */
async function ask(handler: Handler, login: object = {}) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const file = {...(fixture('ide-token') as object), ...login};
  const [account] = await kiro.discover((await withHome({[tokenFile]: file})).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider: kiro, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return {reading: kiro.fetch(account, wire), requests: service.requests};
}
const answering = async (answer: ServiceAnswer, login = {}) => (await ask(() => answer, login)).reading;

describe('a request to Kiro', () => {
  it('carries the token, the profile and an honest name', async () => {
    const {reading, requests} = await ask(() => ({status: 200, body: fixture('pro')}));
    expect((await reading).plan).toBe('KIRO PRO');
    const arn = encodeURIComponent('arn:aws:codewhisperer:us-east-1:000000000000:profile/FAKE00000000');
    expect(requests).toMatchObject([
      {
        method: 'GET',
        path: `/getUsageLimits?origin=AI_EDITOR&resourceType=AGENTIC_REQUEST&profileArn=${arn}`,
        headers: {authorization: 'Bearer aoaFAKE', 'user-agent': 'mystatus-tui/1.0.0'},
      },
    ]);
    expect(requests[0]?.headers).not.toHaveProperty('tokentype');
  });

  it('says how a company signs in', async () => {
    const headersOf = async (provider: string) => {
      const {reading, requests} = await ask(() => ({status: 200, body: fixture('pro')}), {provider});
      await reading;
      return requests[0]?.headers;
    };
    expect(await headersOf('ExternalIdp')).toMatchObject({tokentype: 'EXTERNAL_IDP'});
    expect(await headersOf('Internal')).toMatchObject({'redirect-for-internal': 'true'});
  });

  it('goes to the region of the login alone', async () => {
    const urls: string[] = [];
    const urlFor = async (login: object) => {
      const file = {...(fixture('ide-token') as object), profileArn: undefined, ...login};
      const [account] = await kiro.discover((await withHome({[tokenFile]: file})).machine());
      if (account === undefined) return expect.unreachable('no account was found');
      if (account.problem !== undefined) return account.problem.detail;
      const wire = createWire({provider: kiro, env: {}, version: '1.0.0', now: () => now});
      const send = async ({url}: {url: string}) => {
        urls.push(url);
        return {status: 200, headers: {}, text: JSON.stringify(fixture('pro'))};
      };
      await kiro.fetch(account, {...wire, send});
      return new URL(urls.at(-1) ?? '').host;
    };
    const arn = (region: string) => `arn:aws:codewhisperer:${region}:000000000000:profile/FAKE`;
    expect(await urlFor({})).toBe('q.us-east-1.amazonaws.com');
    expect(await urlFor({region: 'eu-central-1'})).toBe('q.eu-central-1.amazonaws.com');
    expect(await urlFor({profileArn: arn('eu-central-1')})).toBe('q.eu-central-1.amazonaws.com');
    expect(await urlFor({region: 'ap-south-1', profileArn: arn('eu-central-1')})).toBe('q.eu-central-1.amazonaws.com');
    expect(await urlFor({region: 'evil.example.com/'})).toContain('region');
    expect(kiro.hosts).toEqual(['q.us-east-1.amazonaws.com', 'q.eu-central-1.amazonaws.com']);
  });

  it.each([
    [403, fixture('error-403-token'), 'expired'],
    [403, {message: 'The security token included in the request is expired'}, 'expired'],
    [401, {message: 'no'}, 'expired'],
    [403, fixture('error-403-suspended'), 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [400, {__type: 'com.amazon.aws.codewhisperer#ValidationException', message: 'Invalid profileArn'}, 'auth_rejected'],
    [400, {__type: 'ValidationException', message: 'no'}, 'bad_response'],
    [400, {__type: 'com.amazon.aws.codewhisperer#ThrottlingException', message: 'slow'}, 'rate_limited'],
    [429, {}, 'rate_limited'],
    [400, {__type: 'InternalServerException'}, 'server_error'],
    [500, {}, 'server_error'],
    [503, '<html>', 'blocked'],
    [404, '', 'bad_response'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, [], 'bad_response'],
    [200, {}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(answering({status, body})).rejects.toMatchObject({code});
  });

  it('is understood where the exception stands in a header', async () => {
    const headers = {'x-amzn-errortype': 'ThrottlingException:http://internal.example/', 'retry-after': '60'};
    await expect(answering({status: 400, headers, body: {}})).rejects.toMatchObject({
      code: 'rate_limited',
      retryAt: now + 60_000,
    });
  });

  it('says what to do', async () => {
    const open = {code: 'open', name: 'Kiro'};
    const missing = {__type: 'ValidationException', message: 'Invalid profileArn'};
    await expect(answering({status: 400, body: missing})).rejects.toMatchObject({remedy: open});
    await expect(answering({status: 403, body: fixture('error-403-token')})).rejects.toMatchObject({remedy: open});
  });

  it('never shows whose profile was refused', async () => {
    const {profileArn} = fixture('ide-token') as {profileArn: string};
    const machine = (await withHome({[tokenFile]: fixture('ide-token')})).machine();
    const [account] = await kiro.discover(machine);
    expect(account?.secrets).toEqual(expect.arrayContaining(['000000000000', 'FAKE00000000']));
    const given = {id: 's', provider: 'kiro', secret: 'aoaOTHER', fields: {profileArn}};
    const stored = async (provider: string) => (provider === 'kiro' ? [given] : []);
    const [saved] = await kiro.discover((await withHome()).machine({stored}));
    expect(saved?.secrets).toEqual(['aoaOTHER', '000000000000', 'FAKE00000000']);
  });

  it('is not made with a token that has ended', async () => {
    const {reading, requests} = await ask(() => ({status: 200, body: {}}), {
      expiresAt: new Date(now + 59_000).toISOString(),
    });
    await expect(reading).rejects.toMatchObject({code: 'expired', remedy: {code: 'open', name: 'Kiro'}});
    expect(requests).toEqual([]);
  });
});

it('the demo is a Pro login with a gift', async () => {
  const service = await startService(request => demo.answer(request, now));
  onTestFinished(() => service.close());
  const [account] = await kiro.discover((await withHome(demo.files(now))).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider: kiro, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  const {plan, windows, notes} = await kiro.fetch(account, wire);
  expect([plan, windows.map(({id}) => id), notes.map(({code}) => code)]).toEqual([
    'KIRO PRO',
    ['monthly', 'bonus/total'],
    ['kiro/bonus-ends'],
  ]);
  const refused = demo.answer({method: 'GET', path: '/getUsageLimits', headers: {}, body: ''}, now);
  expect(refused.status).toBe(403);
});
