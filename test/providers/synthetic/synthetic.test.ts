import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError} from '../../../src/core/model.ts';
import {demo} from '../../../src/providers/synthetic/demo.ts';
import {synthetic} from '../../../src/providers/synthetic/index.ts';
import {parseQuotas} from '../../../src/providers/synthetic/quotas.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {testKeyPlaces} from '../shared/key-places.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const friday = Date.UTC(2026, 10, 27, 20);
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/synthetic/${name}.json`, import.meta.url), 'utf8'));
const read = (body: unknown) => parseQuotas(body, friday);
const known = (usedPercent: number, used: number, limit: number) => ({state: 'known', usedPercent, used, limit});
const useIn = (body: unknown) => read(body).windows.map(({id, use}) => [id, use]);

describe('quotas of Synthetic', () => {
  it('are those of a plan that refills, and of searches that reset', () => {
    expect(read(fixture('normal'))).toEqual({
      plan: null,
      windows: [
        {id: '5h', pool: null, windowMs: 18_000_000, resetsAt: null, use: known(2.5, 12.5, 500), unit: 'requests'},
        {id: 'weekly', pool: null, windowMs: 604_800_000, resetsAt: null, use: known(17.5, 6.3, 36), unit: 'usd'},
        {
          ...{id: 'search/1h', pool: 'search', windowMs: 3_600_000, resetsAt: Date.UTC(2026, 10, 27, 20, 40)},
          ...{use: known(2, 5, 250), unit: 'requests'},
        },
      ],
      amounts: [],
      notes: [{code: 'synthetic/regenerates'}],
    });
  });

  it('that are nearly spent are read in per cent, not as fractions, and say what has ended', () => {
    const {windows, notes} = read(fixture('nearly-empty'));
    expect(windows.map(({id, use}) => [id, use])).toEqual([
      ['5h', known(100, 2250, 2250)],
      ['weekly', known(99.4, 1192.8, 1200)],
    ]);
    expect(notes.map(({code}) => code)).toEqual(['limit-reached', 'synthetic/regenerates']);
    expect(useIn({weeklyTokenLimit: {percentRemaining: 0.6}})).toEqual([
      ['weekly', {state: 'known', usedPercent: 99.4}],
    ]);
  });

  it('of an older plan are requests with a reset', () => {
    expect(read(fixture('legacy'))).toMatchObject({
      windows: [
        {id: '5h', resetsAt: Date.parse('2026-11-27T21:36:14.288Z'), use: known(20, 27, 135), unit: 'requests'},
      ],
      notes: [],
    });
  });

  it.each([[{}], [fixture('payg')], [{subscription: null, search: null}]])(
    'of a key that pays per use are none: %j',
    body => {
      expect(outcomeOf({reading: read(body), failure: null})).toBe('ok_empty');
    },
  );

  it('may stand one level deeper', () => {
    expect(read({data: fixture('normal')})).toEqual(read(fixture('normal')));
  });

  it.each([
    [{rollingFiveHourLimit: {}}, '5h'],
    [{rollingFiveHourLimit: {remaining: null, max: 500}}, '5h'],
    [{rollingFiveHourLimit: {remaining: 3, max: 0}}, '5h'],
    [{rollingFiveHourLimit: 'soon'}, '5h'],
    [{weeklyTokenLimit: {maxCredits: '$36.00'}}, 'weekly'],
    [{weeklyTokenLimit: {maxCredits: '36,00 €', remainingCredits: '3,60 €'}}, 'weekly'],
    [{subscription: {requests: 3}}, '5h'],
    [{search: {hourly: {limit: 250}}}, 'search/1h'],
  ])('without a number are unknown: %j', (body, id) => {
    expect(read(body).windows).toMatchObject([{id, use: {state: 'unknown'}}]);
  });

  it('with more left than the limit are not used at all', () => {
    const body = {rollingFiveHourLimit: {remaining: 510, max: 500}, weeklyTokenLimit: {percentRemaining: 101}};
    expect(read(body).windows.map(({use}) => use)).toMatchObject([{usedPercent: 0}, {usedPercent: 0}]);
  });

  it('never take an old count for a plan that has the new limits', () => {
    const body = {subscription: {limit: 500, requests: 0}, weeklyTokenLimit: {percentRemaining: 40}};
    expect(useIn(body)).toEqual([['weekly', {state: 'known', usedPercent: 60}]]);
  });

  it('throw nothing but ProviderError, and never a share that the figures do not give', () => {
    const holds = (body: unknown): boolean => {
      try {
        return read(body).windows.every(({use}) => {
          if (use.state !== 'known') return true;
          const {used, limit, usedPercent} = use;
          const isTold = used !== undefined && limit !== undefined;
          return usedPercent >= 0 && (!isTold || Math.abs(usedPercent - (used / limit) * 100) < 1e-6);
        });
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    fc.assert(fc.property(fc.anything(), holds), {numRuns: 200});
    const number = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constant(null));
    const block = fc.record({remaining: number, max: number}, {requiredKeys: []});
    const week = fc.record(
      {remainingCredits: number, maxCredits: number, percentRemaining: number},
      {requiredKeys: []},
    );
    const body = fc.record({rollingFiveHourLimit: block, weeklyTokenLimit: week}, {requiredKeys: []});
    fc.assert(fc.property(body, holds), {numRuns: 500});
  });
});

const ask = (answer: ServiceAnswer) => askByKey(synthetic, {SYNTHETIC_API_KEY: 'syn_fake'}, answer);

describe('the request to Synthetic', () => {
  it('carries the key and an honest name', async () => {
    const {requests} = await ask({status: 200, body: fixture('normal')});
    const headers = {authorization: 'Bearer syn_fake', 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject([{method: 'GET', path: '/v2/quotas', headers}]);
  });

  it.each<Refusal>([
    // A key without a plan gets an empty object.
    ...refusals.filter(([, body]) => JSON.stringify(body) !== '{}'),
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [200, {error: 'no'}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(ask({status, body})).rejects.toMatchObject({code});
  });

  it('that is refused says what to do, and one that came too soon how long to wait', async () => {
    const remedy = {code: 'replace-credential', name: 'synthetic'};
    await expect(ask({status: 401, body: {error: 'no'}})).rejects.toMatchObject({remedy});
    const busy = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(ask(busy)).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

describe('a key of Synthetic', () => {
  const pi = (id: string) => ({'.pi/agent/auth.json': {[id]: {type: 'api_key', key: 'syn_a'}}});
  const model = (baseUrl: string) => ({'.factory/settings.json': {customModels: [{baseUrl, apiKey: 'syn_a'}]}});
  const discovered = async (files: Record<string, unknown>, env: Record<string, string> = {}) =>
    synthetic.discover((await withHome(files)).machine({env}));

  testKeyPlaces(synthetic, 'syn_a', {
    variables: ['SYNTHETIC_API_KEY'],
    opencodeIds: ['synthetic'],
    address: 'https://api.synthetic.new/openai/v1',
    more: [
      ['pi auth.json', pi('synthetic')],
      ['pi auth.json', pi('synthetic.new')],
      ['pi auth.json', pi('syn')],
      ['pi models.json', {'.pi/agent/models.json': {providers: {synthetic: {apiKey: 'syn_a'}}}}],
      ['factory settings.json', model('https://api.synthetic.new/openai/v1')],
    ],
  });

  it('is not that of another model, nor the name of a variable', async () => {
    expect(await discovered(model('https://api.example.com/synthetic.new'))).toEqual([]);
    expect(await discovered({'.pi/agent/models.json': {providers: {synthetic: {apiKey: 'SYN_KEY'}}}})).toEqual([]);
  });

  it('in a file that cannot be read is told of where no other key is found', async () => {
    for (const path of ['.pi/agent/auth.json', '.pi/agent/models.json', '.factory/settings.json']) {
      expect(await discovered({[path]: '{"x": '})).toMatchObject([{problem: {remedy: {code: 'fix-file'}}}]);
      expect(await discovered({[path]: '{"x": '}, {SYNTHETIC_API_KEY: 'syn_a'})).toHaveLength(1);
    }
  });

  it('of the demo is accepted', async () => {
    expect(await discovered(demo.files(now))).toMatchObject([{source: 'pi auth.json'}]);
  });
});
