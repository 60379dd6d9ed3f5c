import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {costOf} from '../../../src/providers/anthropic-api/costs.ts';
import {anthropicApi} from '../../../src/providers/anthropic-api/index.ts';
import {testCosts} from '../shared/cost-service.ts';
import {askByKey} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/anthropic-api/${name}.json`, import.meta.url), 'utf8'));
const path = '/v1/organizations/cost_report?starting_at=2026-09-01T00:00:00Z&bucket_width=1d&limit=31';

testCosts(anthropicApi, {
  ...{variable: 'ANTHROPIC_ADMIN_KEY', key: 'sk-ant-admin01-fake', foreignKey: 'sk-ant-api03-fake', path, costOf},
  resultOf: (value, currency) => ({amount: Number.isNaN(value) ? 'much' : `${value * 100}`, currency}),
  note: 'anthropic-api/this-month',
});

it('the costs of Anthropic are cents, and the key stands in a header of its own', async () => {
  const answer = {status: 200, body: fixture('cost')};
  const {reading, requests} = await askByKey(anthropicApi, {ANTHROPIC_ADMIN_KEY: 'sk-ant-admin01-fake'}, answer);
  expect(reading.amounts).toEqual([{id: 'spend', value: 1.345, unit: 'usd'}]);
  const headers = {
    ...{'x-api-key': 'sk-ant-admin01-fake', 'anthropic-version': '2023-06-01'},
    'user-agent': 'mystatus-tui/1.0.0',
  };
  expect(requests).toMatchObject([{method: 'GET', path, headers}]);
  expect(requests[0]?.headers).not.toHaveProperty('authorization');
});
