import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Window} from '../../../src/core/model.ts';
import {demo} from '../../../src/providers/chutes/demo.ts';
import {chutes} from '../../../src/providers/chutes/index.ts';
import {parseBalance, parseQuota, parseSubscription} from '../../../src/providers/chutes/parse.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {testKeyPlaces} from '../shared/key-places.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const friday = Date.UTC(2026, 10, 27, 20);
const day = 86_400_000;
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/chutes/${name}.json`, import.meta.url), 'utf8'));
const read = (body: unknown) => parseSubscription(body, friday);

describe('a plan of Chutes', () => {
  it('has four hours and a month, in dollars', () => {
    expect(read(fixture('subscription'))).toEqual({
      plan: '$20/month',
      windows: [
        {
          ...{id: '4h', pool: null, windowMs: 14_400_000, resetsAt: Date.UTC(2026, 10, 27, 22), unit: 'usd'},
          use: {state: 'known', usedPercent: 15, used: 1.25, limit: 8.333333333333332},
        },
        {
          ...{id: 'monthly', pool: null, windowMs: 30 * day, resetsAt: Date.UTC(2026, 11, 9, 12, 40, 29), unit: 'usd'},
          use: {state: 'known', usedPercent: 55.338, used: 55.338, limit: 100},
        },
      ],
      amounts: [],
      notes: [],
    });
  });

  it.each([
    [{subscription: false}],
    [{subscription: {active: false, status: 'free'}}],
    [{subscription: false, monthly_price: 20, four_hour: {usage: 0, cap: 8}}],
  ])('that nobody bought has no limits: %j', body => {
    expect(read(body)).toEqual({plan: null, windows: [], amounts: [], notes: []});
    expect(outcomeOf({reading: read(body), failure: null})).toBe('ok_empty');
  });

  it.each([
    [{}],
    [{four_hour: {usage: 1, cap: 8}}],
    [{subscription: 'yes', four_hour: {usage: 1, cap: 8}}],
    [{subscription: true}],
    [{subscription: true, rolling_window: {usage: 1, limit: 8}}],
  ])('in another form is bad_response: %j', body => {
    expect(() => read(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it.each([{}, {usage: 1}, {cap: 8}, {usage: 'a', cap: 8}, {usage: 1, cap: 0}, {usage: -1, cap: 8}])(
    'without a number is unknown: %j',
    block => {
      expect(read({subscription: true, four_hour: block}).windows).toMatchObject([{id: '4h', use: {state: 'unknown'}}]);
    },
  );

  it('is used by what does not remain, where nothing else is told', () => {
    const use = {state: 'known', usedPercent: 75, used: 6, limit: 8};
    expect(read({subscription: true, four_hour: {cap: 8, remaining: 2}}).windows).toMatchObject([{use}]);
  });
});

describe('a day of Chutes', () => {
  const daily = (name: string): Window[] => parseQuota(fixture(name), friday);
  const window = {id: '1d', pool: null, windowMs: day, resetsAt: Date.UTC(2026, 10, 28), unit: 'requests'};

  it('has requests, of which there may be fractions', () => {
    const use = {state: 'known', usedPercent: 6.41, used: 320.5, limit: 5000};
    expect(daily('quota')).toEqual([{...window, use}]);
  });

  it('may be without a limit', () => {
    expect(daily('quota-unlimited')).toEqual([{...window, use: {state: 'unlimited', used: 0}}]);
    expect(parseQuota({quota: 'unlimited', used: -4}, friday)).toEqual([{...window, use: {state: 'unlimited'}}]);
  });

  it('of who pays per use has no window', () => {
    expect(daily('quota-zero')).toEqual([]);
  });

  it('of which the use is not told is unknown', () => {
    expect(parseQuota({quota: 5000}, friday)).toMatchObject([{use: {state: 'unknown'}}]);
  });
});

it('nothing throws anything but ProviderError, and no share is told that the figures do not give', () => {
  const isTrue = ({use}: Window): boolean =>
    use.state !== 'known' ||
    (use.used !== undefined &&
      use.limit !== undefined &&
      Math.abs(use.usedPercent - (use.used / use.limit) * 100) < 1e-6);
  const holds = (parse: () => boolean): boolean => {
    try {
      return parse();
    } catch (error) {
      return error instanceof ProviderError;
    }
  };
  const survives = (body: unknown): boolean =>
    holds(() => read(body).windows.every(isTrue)) &&
    holds(() => parseQuota(body, friday).every(isTrue)) &&
    holds(() => parseBalance(body).every(({value}) => Number.isFinite(value)));
  fc.assert(fc.property(fc.anything(), survives), {numRuns: 150});
  const number = fc.oneof(fc.double({min: -10, max: 1e6, noNaN: true}), fc.string(), fc.constant(null));
  const limit = fc.record({usage: number, cap: number, remaining: number}, {requiredKeys: []});
  const body = fc.record({
    subscription: fc.constant(true),
    four_hour: limit,
    monthly: limit,
    quota: number,
    used: number,
  });
  fc.assert(fc.property(body, survives), {numRuns: 300});
});

const plan = '/users/me/subscription_usage';
const whole: Record<string, ServiceAnswer> = {
  [plan]: {status: 200, body: fixture('subscription')},
  '/users/me/quota_usage/me': {status: 200, body: fixture('quota')},
  '/users/me': {status: 200, body: {balance: 4.5, payment_address: 'fake-wallet'}},
};
const ask = (answers: Record<string, ServiceAnswer>) =>
  askByKey(chutes, {CHUTES_API_KEY: 'cpk_fake'}, path => ({...whole, ...answers})[path] ?? {status: 404, body: {}});
const answering = (answer: ServiceAnswer) => ask({[plan]: answer});

describe('the requests to Chutes', () => {
  it('carry the key and an honest name, and give everything', async () => {
    const {requests, reading} = await ask({});
    const headers = {authorization: 'Bearer cpk_fake', 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject(Object.keys(whole).map(path => ({method: 'GET', path, headers})));
    expect(reading.windows.map(({id}) => id)).toEqual(['4h', 'monthly', '1d']);
    expect(reading.amounts).toEqual([{id: 'balance', value: 4.5, unit: 'usd'}]);
    expect(JSON.stringify(reading)).not.toContain('wallet');
  });

  it.each<ServiceAnswer>([
    {status: 401, body: {detail: 'no'}},
    {status: 429, body: {}},
    {status: 500, body: ''},
    {status: 200, body: '<html>'},
    {status: 200, body: {detail: 'moved'}},
  ])('beside that of the plan may fail: %j', async answer => {
    const {reading} = await ask({'/users/me/quota_usage/me': answer, '/users/me': answer});
    expect([reading.windows.map(({id}) => id), reading.amounts]).toEqual([['4h', 'monthly'], []]);
  });

  it.each<Refusal>([...refusals, [404, {detail: 'Not Found'}, 'bad_response']])(
    'answered with %i and %j end as they should: %s',
    async (status, body, code) => {
      await expect(answering({status, body})).rejects.toMatchObject({code});
    },
  );

  it('that are refused say what to do, and those that came too soon how long to wait', async () => {
    const remedy = {code: 'replace-credential', name: 'chutes'};
    await expect(answering({status: 401, body: {detail: 'no'}})).rejects.toMatchObject({remedy});
    const busy = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(answering(busy)).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

describe('a key of Chutes', () => {
  testKeyPlaces(chutes, 'cpk_fake', {
    variables: ['CHUTES_API_KEY'],
    opencodeIds: ['chutes'],
    address: 'https://llm.chutes.ai/v1',
  });

  it('of the demo is accepted', async () => {
    const found = await chutes.discover((await withHome(demo.files(now))).machine());
    expect(found).toMatchObject([{source: 'opencode auth.json'}]);
  });
});
