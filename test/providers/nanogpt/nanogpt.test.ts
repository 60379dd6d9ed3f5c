import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Window} from '../../../src/core/model.ts';
import {demo} from '../../../src/providers/nanogpt/demo.ts';
import {nanogpt} from '../../../src/providers/nanogpt/index.ts';
import {parseBalance, parseUsage} from '../../../src/providers/nanogpt/parse.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {testKeyPlaces} from '../shared/key-places.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const friday = Date.UTC(2026, 10, 27, 20);
const day = 86_400_000;
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/nanogpt/${name}.json`, import.meta.url), 'utf8'));
const read = (body: unknown) => parseUsage(body, friday);
const known = (usedPercent: number, used: number, limit: number) => ({state: 'known', usedPercent, used, limit});

describe('a plan of NanoGPT', () => {
  it('has tokens of a week and images of a day', () => {
    expect(read(fixture('current'))).toEqual({
      plan: null,
      windows: [
        {
          ...{id: 'weekly', pool: null, windowMs: 7 * day, resetsAt: Date.UTC(2026, 10, 30), unit: 'tokens'},
          use: known(99.41695, 59_650_170, 60_000_000),
        },
        {
          ...{id: 'images/1d', pool: 'images', windowMs: day, resetsAt: Date.UTC(2026, 10, 28), unit: 'requests'},
          use: known(3, 3, 100),
        },
      ],
      amounts: [],
      notes: [],
    });
  });

  it('that is older has requests of a month, and a day only where it is enforced', () => {
    const {windows} = read(fixture('old-plan'));
    const resetsAt = Date.UTC(2026, 11, 8);
    expect(windows).toEqual([
      {
        ...{id: 'monthly', pool: null, windowMs: 30 * day, resetsAt, unit: 'requests'},
        use: known(0.075, 45, 60_000),
      },
    ]);
    const enforced = {...(fixture('old-plan') as object), enforceDailyLimit: true};
    expect(read(enforced).windows).toMatchObject([{id: '1d', use: known(0.25, 5, 2000)}, {id: 'monthly'}]);
  });

  it('that has ended is no plan', () => {
    const failure = {code: 'no_plan', remedy: expect.objectContaining({code: 'subscribe', name: 'NanoGPT'})};
    expect(() => read(fixture('inactive'))).toThrow(expect.objectContaining(failure));
    expect(() => read({state: 'inactive', limits: {daily: 5}})).toThrow(expect.objectContaining(failure));
  });

  it('in its grace period says when that ends', () => {
    const body = {...(fixture('current') as object), state: 'grace', graceUntil: '2026-12-02T00:00:00Z'};
    expect(read(body).notes).toEqual([{code: 'nanogpt/grace', at: Date.UTC(2026, 11, 2)}]);
    expect(read({...body, graceUntil: null}).notes).toEqual([{code: 'nanogpt/grace'}]);
  });

  it('without limits is ok_empty', () => {
    const body = {active: true, limits: {weeklyInputTokens: null}, weeklyInputTokens: null};
    expect(outcomeOf({reading: read(body), failure: null})).toBe('ok_empty');
  });

  it('is read by its share, a fraction, where the figures are not told', () => {
    const body = {active: true, weeklyInputTokens: {percentUsed: 0.5}, dailyImages: {percentUsed: 1.25}};
    expect(read(body).windows.map(({use}) => use)).toEqual([
      {state: 'known', usedPercent: 50},
      {state: 'known', usedPercent: 125},
    ]);
  });

  it.each([
    {weeklyInputTokens: {}},
    {weeklyInputTokens: {used: 5}},
    {weeklyInputTokens: 'some', limits: {weeklyInputTokens: 10}},
    {limits: {weeklyInputTokens: 10}},
    {weeklyInputTokens: null, limits: {weeklyInputTokens: 10}},
    {weeklyInputTokens: {used: -5, percentUsed: -0.1}, limits: {weeklyInputTokens: 10}},
  ])('without a number is unknown: %j', body => {
    expect(read({active: true, ...body}).windows).toMatchObject([{id: 'weekly', use: {state: 'unknown'}}]);
  });

  it.each([{}, {active: true}, {active: true, limits: {}}, {error: 'no'}, []])(
    'in another form is bad_response: %j',
    body => {
      expect(() => read(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );

  it('throws nothing but ProviderError, and tells no share that the figures do not give', () => {
    const isTrue = ({use}: Window): boolean =>
      use.state !== 'known' ||
      use.used === undefined ||
      use.limit === undefined ||
      Math.abs(use.usedPercent - (use.used / use.limit) * 100) < 1e-6;
    const survives = (body: unknown): boolean => {
      try {
        return read(body).windows.every(isTrue);
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 200});
    const number = fc.oneof(fc.double({min: -10, max: 1e9, noNaN: true}), fc.string(), fc.constant(null));
    const limit = fc.option(fc.record({used: number, percentUsed: number, resetAt: number}, {requiredKeys: []}));
    const limits = fc.record({weeklyInputTokens: number, daily: number, monthly: number}, {requiredKeys: []});
    const body = fc.record({active: fc.constant(true), limits, weeklyInputTokens: limit, daily: limit, monthly: limit});
    fc.assert(fc.property(body, survives), {numRuns: 300});
  });
});

const usage = '/api/subscription/v1/usage';
const whole: Record<string, ServiceAnswer> = {
  [usage]: {status: 200, body: fixture('current')},
  '/api/check-balance': {status: 200, body: {usd_balance: '129.46', nano_balance: '26.7'}},
};
const ask = (answers: Record<string, ServiceAnswer>) =>
  askByKey(
    nanogpt,
    {NANOGPT_API_KEY: 'fake-nano-key'},
    path => ({...whole, ...answers})[path] ?? {status: 404, body: {}},
  );
/** From a service that tells no balance. */
const answering = (answer: ServiceAnswer) => ask({[usage]: answer, '/api/check-balance': {status: 404, body: {}}});
const balance = [{id: 'balance', value: 129.46, unit: 'usd'}];

describe('the requests to NanoGPT', () => {
  it('carry the key and an honest name, and give everything', async () => {
    const {requests, reading} = await ask({});
    const agent = {'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject([
      {method: 'GET', path: usage, headers: {authorization: 'Bearer fake-nano-key', ...agent}},
      {method: 'POST', path: '/api/check-balance', headers: {'x-api-key': 'fake-nano-key', ...agent}},
    ]);
    expect(requests[1]?.headers).not.toHaveProperty('authorization');
    expect([reading.windows.length, reading.amounts]).toEqual([2, balance]);
  });

  it.each<ServiceAnswer>([
    {status: 401, body: {}},
    {status: 429, body: {}},
    {status: 500, body: ''},
    {status: 200, body: '<html>'},
    {status: 200, body: {usd_balance: null}},
  ])('for the balance may fail: %j', async answer => {
    const {reading} = await ask({'/api/check-balance': answer});
    expect([reading.windows.length, reading.amounts]).toEqual([2, []]);
  });

  it('of an account without a plan give its balance alone, and without that no_plan', async () => {
    const inactive = {status: 200, body: fixture('inactive')};
    expect((await ask({[usage]: inactive})).reading).toEqual({plan: null, windows: [], amounts: balance, notes: []});
    await expect(answering(inactive)).rejects.toMatchObject({code: 'no_plan'});
  });

  it.each<Refusal>([...refusals, [404, {}, 'bad_response']])(
    'answered with %i and %j end as they should: %s',
    async (status, body, code) => {
      await expect(answering({status, body})).rejects.toMatchObject({code});
      await expect(ask({[usage]: {status, body}})).rejects.toMatchObject({code});
    },
  );

  it('that are refused say what to do, and those that came too soon how long to wait', async () => {
    const remedy = {code: 'replace-credential', name: 'nanogpt'};
    await expect(answering({status: 401, body: {}})).rejects.toMatchObject({remedy});
    const busy = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(answering(busy)).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

it.each([{}, {usd_balance: ''}, {usd_balance: null}, null])('a balance in another form is none: %j', body => {
  expect(() => parseBalance(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
});

describe('a key of NanoGPT', () => {
  testKeyPlaces(nanogpt, 'fake-nano-key', {
    variables: ['NANOGPT_API_KEY', 'NANO_GPT_API_KEY'],
    opencodeIds: ['nanogpt', 'nano-gpt'],
    address: 'https://nano-gpt.com/api/v1',
  });

  it('of the demo is accepted', async () => {
    const found = await nanogpt.discover((await withHome(demo.files(now))).machine());
    expect(found).toMatchObject([{source: 'opencode auth.json'}]);
  });
});
