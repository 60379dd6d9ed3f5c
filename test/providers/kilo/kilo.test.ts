import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it, onTestFinished} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import {demo} from '../../../src/providers/kilo/demo.ts';
import {kilo} from '../../../src/providers/kilo/index.ts';
import {parseBalance, parsePass} from '../../../src/providers/kilo/parse.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {testKeyPlaces} from '../shared/key-places.ts';
import {type Refusal, refusals} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/kilo/${name}.json`, import.meta.url), 'utf8'));
const day = 86_400_000;
const known = (usedPercent: number, used: number, limit: number) => ({state: 'known', usedPercent, used, limit});

describe('Kilo Pass', () => {
  it('is counted in dollars until its refill, without a bonus that is locked', () => {
    expect(parsePass(fixture('pass'), Date.UTC(2026, 10, 27, 20))).toEqual({
      plan: 'Kilo Pass $49',
      windows: [
        {
          ...{id: 'pass/monthly', pool: 'pass', windowMs: 30 * day, resetsAt: Date.UTC(2026, 11, 14, 4)},
          ...{use: known(25, 12.25, 49), unit: 'usd'},
        },
      ],
    });
  });

  it('for a year is refilled each month, and a bonus counts once it is unlocked', () => {
    const {windows} = parsePass(fixture('pass-yearly-bonus-unlocked'), now);
    const use = {...known(0, 53.9, 73.5), usedPercent: expect.closeTo(73.3333, 3)};
    expect(windows).toMatchObject([{resetsAt: Date.UTC(2026, 9, 1), use}]);
  });

  it('billed by the year, whose refill is not told, has no reset that is a year ahead', () => {
    const pass = {status: 'active', currentPeriodBaseCreditsUsd: 49, currentPeriodUsageUsd: 24.5};
    const yearly = {...pass, status: 'trialing', nextBillingAt: '2027-03-01T00:00:00Z'};
    expect(parsePass([{result: {data: {subscription: yearly}}}], now).windows).toMatchObject([
      {resetsAt: null, windowMs: null, use: {usedPercent: 50}},
    ]);
  });

  it.each(['no-pass', 'pass-ended'])('of which there is none has no window: %s', name => {
    expect(parsePass(fixture(name), now)).toEqual({plan: null, windows: []});
  });

  const active = (more: object) => ({result: {data: {subscription: {status: 'active', ...more}}}});
  it.each([
    {},
    {currentPeriodUsageUsd: 5},
    {currentPeriodBaseCreditsUsd: 19},
    {currentPeriodBaseCreditsUsd: 19, currentPeriodUsageUsd: null},
    {currentPeriodBaseCreditsUsd: 19, currentPeriodUsageUsd: 5, currentPeriodBonusCreditsUsd: 'some'},
    {currentPeriodBaseCreditsUsd: 0, currentPeriodUsageUsd: 0},
  ])('without a number is unknown: %j', more => {
    expect(parsePass(active(more), now)).toMatchObject({plan: 'Kilo Pass', windows: [{use: {state: 'unknown'}}]});
  });

  it.each([[[]], [{}], [null], [{result: {data: {}}}], [fixture('balance')]])(
    'in another form is bad_response: %j',
    body => {
      expect(() => parsePass(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );

  it('throws nothing but ProviderError, and tells no share that the figures do not give', () => {
    const survives = (body: unknown): boolean => {
      try {
        return parsePass(body, now).windows.every(({use}) => {
          if (use.state !== 'known') return true;
          return Math.abs(use.usedPercent - ((use.used ?? Number.NaN) / (use.limit ?? Number.NaN)) * 100) < 1e-6;
        });
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 200});
    const number = fc.oneof(fc.double({min: -10, max: 1e4, noNaN: true}), fc.string(), fc.constant(null));
    const subscription = fc.record(
      {
        ...{status: fc.constantFrom('active', 'canceled'), isBonusUnlocked: fc.boolean(), refillAt: number},
        ...{currentPeriodBaseCreditsUsd: number, currentPeriodUsageUsd: number, currentPeriodBonusCreditsUsd: number},
      },
      {requiredKeys: []},
    );
    fc.assert(
      fc.property(subscription, each => survives([{result: {data: {subscription: each}}}])),
      {numRuns: 300},
    );
  });
});

describe('the balance at Kilo', () => {
  it.each([
    [fixture('balance'), 8.42],
    [{balance: 0, isDepleted: true}, 0],
    [{balance: -1.5}, -1.5],
  ])('%j is %d dollars', (body, value) => {
    expect(parseBalance(body)).toEqual({id: 'balance', value, unit: 'usd'});
  });

  it('throws nothing but ProviderError', () => {
    const survives = (body: unknown): boolean => {
      try {
        return Number.isFinite(parseBalance(body).value);
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 200});
  });
});

const team = '11111111-2222-4333-8444-555555555555';
const cli = (more: object = {}) => ({
  '.local/share/kilo/auth.json': {kilo: {type: 'oauth', access: 'fake-access', refresh: 'fake-refresh', ...more}},
});
const passPath = '/api/trpc/kiloPass.getState?batch=1&input=%7B%220%22%3Anull%7D';
const whole: Record<string, ServiceAnswer> = {
  '/api/profile/balance': {status: 200, body: fixture('balance')},
  [passPath]: {status: 207, body: fixture('pass')},
};
type By = {env?: Record<string, string>; files?: Record<string, unknown>};
const byKey: By = {env: {KILO_API_KEY: 'fake-kilo-key'}};

async function ask(answers: Record<string, ServiceAnswer>, {env = {}, files = {}}: By = byKey) {
  const service = await startService(({path}) => ({...whole, ...answers})[path] ?? {status: 404, body: {}});
  onTestFinished(() => service.close());
  const [account] = await kilo.discover((await withHome(files)).machine({env}));
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider: kilo, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return {read: () => kilo.fetch(account, wire), requests: service.requests};
}
const answering = async (answer: ServiceAnswer, by?: By) => (await ask({'/api/profile/balance': answer}, by)).read();

describe('the requests to Kilo', () => {
  it('carry the key and an honest name, and give balance and pass', async () => {
    const {read, requests} = await ask({});
    expect(await read()).toMatchObject({
      plan: 'Kilo Pass $49',
      windows: [{id: 'pass/monthly'}],
      amounts: [{id: 'balance', value: 8.42, unit: 'usd'}],
    });
    const headers = {authorization: 'Bearer fake-kilo-key', 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject(Object.keys(whole).map(path => ({method: 'GET', path, headers})));
    expect(requests[0]?.headers).not.toHaveProperty('x-kilocode-organizationid');
  });

  it.each<[string, By]>([
    ['the environment', {env: {KILO_API_KEY: 'fake-kilo-key', KILO_ORG_ID: team}}],
    ['the login of the command line', {files: cli({accountId: team})}],
  ])('for a team of %s name it, and do not ask for a pass', async (_, by) => {
    const {read, requests} = await ask({}, by);
    expect(await read()).toMatchObject({plan: null, windows: [], amounts: [{value: 8.42}]});
    expect(requests).toMatchObject([{path: '/api/profile/balance', headers: {'x-kilocode-organizationid': team}}]);
  });

  it.each<ServiceAnswer>([
    {status: 200, body: fixture('trpc-error')},
    {status: 401, body: fixture('error-401-rest')},
    {status: 429, body: {}},
    {status: 500, body: ''},
    {status: 200, body: '<html>'},
    {status: 200, body: {}},
  ])('for the pass may fail: %j', async answer => {
    const {read} = await ask({[passPath]: answer});
    expect(await read()).toMatchObject({plan: null, windows: [], amounts: [{value: 8.42}], notes: []});
  });

  it.each<Refusal>([...refusals, [401, fixture('error-401-rest'), 'auth_rejected'], [400, {}, 'bad_response']])(
    'answered with %i and %j end as they should: %s',
    async (status, body, code) => {
      await expect(answering({status, body})).rejects.toMatchObject({code});
    },
  );

  it('that are refused say what to do: a login has expired, a key has not', async () => {
    const refused = {status: 401, body: fixture('error-401-rest')};
    const replace = {code: 'replace-credential', name: 'kilo'};
    await expect(answering(refused)).rejects.toMatchObject({code: 'auth_rejected', remedy: replace});
    const signIn = {code: 'run', command: 'kilo auth login'};
    await expect(answering(refused, {files: cli()})).rejects.toMatchObject({code: 'expired', remedy: signIn});
  });

  it('wait as long as they were told to', async () => {
    const busy = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(answering(busy)).rejects.toMatchObject({retryAt: now + 60_000});
  });

  it('are not made with a token that has ended', async () => {
    const {read, requests} = await ask({}, {files: cli({expires: now + 59_000})});
    await expect(read()).rejects.toMatchObject({code: 'expired', remedy: {code: 'run', command: 'kilo auth login'}});
    expect(requests).toEqual([]);
  });
});

describe('a login of Kilo', () => {
  const discovered = async (files: Record<string, unknown>, env: Record<string, string> = {}) =>
    kilo.discover((await withHome(files)).machine({env}));

  testKeyPlaces(kilo, 'fake-kilo-key', {
    variables: ['KILO_API_KEY'],
    opencodeIds: ['kilo'],
    address: 'https://api.kilo.ai/api/gateway',
    more: [['kilo auth.json', {'.local/share/kilo/auth.json': {kilo: {type: 'api', key: 'fake-kilo-key'}}}]],
  });

  it('of the command line is found where XDG_DATA_HOME says, and keeps its refresh token to itself', async () => {
    const home = await withHome({'data/kilo/auth.json': cli()['.local/share/kilo/auth.json']});
    const [account] = await kilo.discover(home.machine({env: {XDG_DATA_HOME: `${home.path}/data`}}));
    expect(account).toMatchObject({source: 'kilo auth.json', place: 'Kilo CLI', label: 'Kilo CLI', expiresAt: null});
    expect(account?.secrets).toEqual(['fake-access', 'fake-refresh']);
    expect(JSON.stringify(account?.credential)).not.toContain('fake-refresh');
  });

  it('of the command line stays one account when its token is renewed, and is another for a team', async () => {
    const keyOf = async (more: object) => (await discovered(cli(more)))[0]?.key;
    expect(await keyOf({access: 'renewed'})).toBe(await keyOf({}));
    expect(await keyOf({accountId: team})).not.toBe(await keyOf({}));
  });

  it('saved for two teams is two accounts', async () => {
    const entry = (id: string, fields: Record<string, string>) => ({id, provider: 'kilo', secret: 'fake-key', fields});
    const stored = async () => [entry('a', {}), entry('b', {organizationId: team})];
    const found = await kilo.discover((await withHome()).machine({stored}));
    expect(found.map(({credential}) => credential)).toEqual([
      {key: 'fake-key'},
      {key: 'fake-key', fields: {organizationId: team}},
    ]);
    expect(new Set(found.map(({key}) => key)).size).toBe(2);
    expect(new Set(found.map(({fingerprint}) => fingerprint)).size).toBe(2);
  });

  it('takes no other word for the id of a team', async () => {
    expect(await discovered({}, {KILO_API_KEY: 'fake', KILO_ORG_ID: 'user@example.com'})).toMatchObject([
      {credential: {key: 'fake'}},
    ]);
    expect(await discovered(cli({accountId: 'oauth/1'}))).toMatchObject([{credential: {fields: {}}}]);
  });

  it.each([{}, {kilo: {type: 'oauth'}}, {kilo: 'x'}, {other: {type: 'oauth', access: 'x'}}])(
    'is not in %j',
    async file => {
      expect(await discovered({'.local/share/kilo/auth.json': file})).toEqual([]);
    },
  );

  it('in a file that cannot be read is a problem with what to do', async () => {
    expect(await discovered({'.local/share/kilo/auth.json': '{"kilo": '})).toMatchObject([
      {source: 'kilo auth.json', problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}},
    ]);
  });

  it('of the demo is accepted', async () => {
    expect(await discovered(demo.files(now))).toMatchObject([{source: 'kilo auth.json'}]);
  });
});
