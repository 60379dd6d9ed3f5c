import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import {parseBalance} from '../../../src/providers/novita/balance.ts';
import {novita} from '../../../src/providers/novita/index.ts';
import {toNumber} from '../../../src/providers/shared/values.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now} from '../shared/home.ts';
import {testKeyPlaces} from '../shared/key-places.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/novita/${name}.json`, import.meta.url), 'utf8'));

describe('a balance of Novita', () => {
  it('is what can be spent, in dollars, and nothing else', () => {
    const amounts = [{id: 'balance', value: 12.34, unit: 'usd'}];
    expect(parseBalance(fixture('ok'))).toEqual({plan: null, windows: [], amounts, notes: []});
  });

  it.each([
    ['1', 0.0001],
    [50_000, 5],
    ['0', 0],
    ['-25000', -2.5],
    ['62390', 6.239],
  ])('counts in ten-thousandths: %j is %d', (availableBalance, value) => {
    expect(parseBalance({availableBalance, cashBalance: '7'}).amounts).toEqual([{id: 'balance', value, unit: 'usd'}]);
  });

  it('throws nothing but ProviderError, and has a figure only where one was sent', () => {
    const valueIn = (body: unknown): number | undefined => {
      try {
        return parseBalance(body).amounts[0]?.value;
      } catch (error) {
        if (error instanceof ProviderError) return undefined;
        throw error;
      }
    };
    const figures = fc.record({cashBalance: fc.double(), availableBalance: fc.anything()}, {requiredKeys: []});
    fc.assert(
      fc.property(figures, body => {
        const isTold = toNumber(body.availableBalance) !== undefined;
        expect(Number.isFinite(valueIn(body))).toBe(isTold);
      }),
      {numRuns: 300},
    );
    fc.assert(
      fc.property(fc.anything(), body => {
        valueIn(body);
      }),
      {numRuns: 200},
    );
  });
});

const ask = (answer: ServiceAnswer) => askByKey(novita, {NOVITA_API_KEY: 'sk-fake'}, answer);

it('is asked once, with the key and an honest name', async () => {
  const {requests} = await ask({status: 200, body: fixture('ok')});
  const headers = {authorization: 'Bearer sk-fake', accept: 'application/json', 'user-agent': 'mystatus-tui/1.0.0'};
  expect(requests).toMatchObject([{method: 'GET', path: '/openapi/v1/billing/balance/detail', headers}]);
});

it.each<Refusal>([
  ...refusals,
  [404, {}, 'bad_response'],
  [200, {cashBalance: '100000', creditLimit: '0'}, 'bad_response'],
  [200, {availableBalance: ''}, 'bad_response'],
])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
  await expect(ask({status, body})).rejects.toMatchObject({code});
});

it('says how long to wait, and what to do about a key that is refused', async () => {
  const busy = {status: 429, headers: {'retry-after': '90'}, body: {message: 'busy'}};
  await expect(ask(busy)).rejects.toMatchObject({code: 'rate_limited', retryAt: now + 90_000});
  const remedy = {code: 'replace-credential', name: 'novita'};
  await expect(ask({status: 401, body: {message: 'no'}})).rejects.toMatchObject({remedy});
});

describe('a key of novita', () => {
  testKeyPlaces(novita, 'sk-fake', {
    variables: ['NOVITA_API_KEY'],
    opencodeIds: ['novita-ai'],
    address: 'https://api.novita.ai/openai/v1',
    elsewhere: ['https://api.novita.ai.example/v1', 'https://novita.ai/v1'],
  });
});
