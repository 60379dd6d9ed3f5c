import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import {infini} from '../../../src/providers/infini/index.ts';
import {parseLimits} from '../../../src/providers/infini/limits.ts';
import {toNumber} from '../../../src/providers/shared/values.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {testKeyPlaces} from '../shared/key-places.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/infini/${name}.json`, import.meta.url), 'utf8'));
const told = (body: unknown) =>
  parseLimits(body).windows.map(({id, use}) =>
    use.state === 'known' ? [id, use.usedPercent, use.used, use.limit] : [id, use.state],
  );

describe('limits of Infini-AI', () => {
  it('are requests, without a reset and a plan', () => {
    const reading = parseLimits(fixture('normal'));
    expect(told(fixture('normal'))).toEqual([
      ['5h', 20, 1000, 5000],
      ['weekly', expect.closeTo(100 / 6, 6), 5000, 30_000],
      ['30d', expect.closeTo(100 / 6, 6), 10_000, 60_000],
    ]);
    expect(reading).toMatchObject({plan: null, amounts: [], notes: []});
    const lengths = [5, 7 * 24, 30 * 24].map(hours => hours * 3_600_000);
    expect(reading.windows.map(({windowMs, resetsAt, unit}) => [windowMs, resetsAt, unit])).toEqual(
      lengths.map(length => [length, null, 'requests']),
    );
  });

  it('may be exceeded, and what is not told is not there', () => {
    expect(told(fixture('over'))).toEqual([
      ['5h', 101.2, 1012, 1000],
      ['weekly', 10, 600, 6000],
    ]);
  });

  it.each([
    [{quota: 0, used: 0}],
    [{quota: -1, used: 0}],
    [{quota: 1000}],
    [{used: 5}],
    [{quota: '∞', used: 5}],
    [{quota: 100, remain: 101}],
    ['much'],
  ])('without figures that make sense are unknown: %j', part => {
    expect(told({'5_hour': part})).toEqual([['5h', 'unknown']]);
  });

  it('of a part without content have no window', () => {
    expect(told({'5_hour': null, '7_day': {quota: 2, used: 1}})).toEqual([['weekly', 50, 1, 2]]);
    expect(told({'30_day': null})).toEqual([]);
  });

  const readIn = (body: unknown): Reading | null => {
    try {
      return parseLimits(body);
    } catch (error) {
      if (error instanceof ProviderError) return null;
      throw error;
    }
  };

  it('throw nothing but ProviderError, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), body => {
        readIn(body);
      }),
      {numRuns: 200},
    );
  });

  it('are known only with a limit, and agree with their figures', () => {
    const value = fc.oneof(fc.anything(), fc.nat(), fc.nat().map(String));
    const part = fc.record({quota: value, used: value, remain: value}, {requiredKeys: []});
    fc.assert(
      fc.property(part, each => {
        const use = readIn({'7_day': each})?.windows[0]?.use;
        if (use?.state !== 'known') return;
        expect([use.limit, Number(use.limit) > 0]).toEqual([toNumber(each.quota), true]);
        expect(use.usedPercent).toBeCloseTo((Number(use.used) / Number(use.limit)) * 100, 6);
      }),
      {numRuns: 300},
    );
  });
});

const ask = (answer: ServiceAnswer) => askByKey(infini, {INFINI_API_KEY: 'sk-cp-fake'}, answer);

it('is asked once, with the key and an honest name', async () => {
  const {requests} = await ask({status: 200, body: fixture('normal')});
  const headers = {authorization: 'Bearer sk-cp-fake', accept: 'application/json', 'user-agent': 'mystatus-tui/1.0.0'};
  expect(requests).toMatchObject([{method: 'GET', path: '/maas/coding/usage', headers}]);
});

it.each<Refusal>([
  ...refusals,
  [401, fixture('error-10021'), 'auth_rejected'],
  [400, fixture('error-10021'), 'auth_rejected'],
  [200, fixture('error-10021'), 'auth_rejected'],
  [200, {code: 7, msg: 'other'}, 'bad_response'],
  [404, {}, 'bad_response'],
])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
  await expect(ask({status, body})).rejects.toMatchObject({code});
});

it('says how long to wait, and what to do about a key that is refused', async () => {
  const busy = {status: 429, headers: {'retry-after': '90'}, body: {msg: 'busy'}};
  await expect(ask(busy)).rejects.toMatchObject({code: 'rate_limited', retryAt: now + 90_000});
  const remedy = {code: 'replace-credential', name: 'infini'};
  for (const status of [200, 401])
    await expect(ask({status, body: fixture('error-10021')})).rejects.toMatchObject({
      remedy,
      message: expect.stringContaining('api key is invalid'),
    });
});

describe('a key of infini', () => {
  testKeyPlaces(infini, 'sk-cp-fake', {
    variables: ['INFINI_API_KEY'],
    opencodeIds: [],
    address: 'https://cloud.infini-ai.com/maas/coding/v1',
    elsewhere: ['https://cloud.infini-ai.com/maas/v1', 'https://api.minimax.io/anthropic'],
  });
});

it('a key of its other product is not taken', async () => {
  const machine = (await withHome()).machine({env: {INFINI_API_KEY: 'sk-fake'}});
  expect(await infini.discover(machine)).toEqual([]);
});
