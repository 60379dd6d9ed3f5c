import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import {toNumber} from '../../../src/providers/shared/values.ts';
import {parseBalance} from '../../../src/providers/stepfun/balance.ts';
import {stepfun} from '../../../src/providers/stepfun/index.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {testKeyPlaces} from '../shared/key-places.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/stepfun/${name}.json`, import.meta.url), 'utf8'));

describe('a balance of StepFun', () => {
  it('is what is left, in yuan, and nothing of all time', () => {
    const amounts = [{id: 'balance', value: 12.34, unit: 'cny'}];
    expect(parseBalance(fixture('account'))).toEqual({plan: null, windows: [], amounts, notes: []});
  });

  it.each([
    ['8.50', 8.5],
    [0, 0],
    [-3.25, -3.25],
  ])('of %j is %d: there may be nothing, and who pays afterwards owes', (balance, value) => {
    expect(parseBalance({type: 'postpaid', balance}).amounts).toEqual([{id: 'balance', value, unit: 'cny'}]);
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
    const figures = fc.record({total_cash_balance: fc.double(), balance: fc.anything()}, {requiredKeys: []});
    fc.assert(
      fc.property(figures, body => {
        const told = toNumber(body.balance);
        expect(valueIn(body)).toBe(told === undefined ? told : told + 0);
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

const ask = (answer: ServiceAnswer) => askByKey(stepfun, {STEPFUN_API_KEY: 'sk-fake'}, answer);

it('is asked once, with the key and an honest name', async () => {
  const {requests} = await ask({status: 200, body: fixture('account')});
  const headers = {authorization: 'Bearer sk-fake', accept: 'application/json', 'user-agent': 'mystatus-tui/1.0.0'};
  expect(requests).toMatchObject([{method: 'GET', path: '/v1/accounts', headers}]);
});

it.each<Refusal>([
  ...refusals,
  [401, fixture('error-401'), 'auth_rejected'],
  [404, {error: {}}, 'bad_response'],
  [200, fixture('no-balance'), 'bad_response'],
  [200, {balance: 'much'}, 'bad_response'],
])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
  await expect(ask({status, body})).rejects.toMatchObject({code});
});

it('says how long to wait, and to check a key that is refused', async () => {
  const busy = {status: 429, headers: {'retry-after': '90'}, body: {error: {message: 'busy'}}};
  await expect(ask(busy)).rejects.toMatchObject({code: 'rate_limited', retryAt: now + 90_000});
  for (const status of [401, 403])
    await expect(ask({status, body: fixture('error-401')})).rejects.toMatchObject({
      code: 'auth_rejected',
      remedy: {code: 'check-key'},
      // A variable's key opens a panel like any other, which says what is wrong with it.
      aside: false,
    });
});

describe('a key of stepfun', () => {
  testKeyPlaces(stepfun, 'sk-fake', {
    variables: ['STEPFUN_API_KEY', 'STEP_API_KEY'],
    opencodeIds: ['stepfun'],
    address: 'https://api.stepfun.com/v1',
    elsewhere: [
      'https://api.stepfun.com/step_plan/v1',
      'https://api.stepfun.ai/v1',
      'https://api.stepfun.com.example/v1',
    ],
  });
});

it.each([
  ['https://api.stepfun.com/v1', 1],
  ['https://api.stepfun.com/step_plan/v1', 0],
  ['https://api.stepfun.ai/v1', 0],
])('a key beside the address %s counts so: %d', async (address, count) => {
  for (const name of ['STEPFUN_BASE_URL', 'STEP_BASE_URL']) {
    const machine = (await withHome()).machine({env: {STEPFUN_API_KEY: 'sk-fake', [name]: address}});
    expect(await stepfun.discover(machine)).toHaveLength(count);
  }
});
