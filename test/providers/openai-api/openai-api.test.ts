import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {costOf} from '../../../src/providers/openai-api/costs.ts';
import {openaiApi} from '../../../src/providers/openai-api/index.ts';
import {testCosts} from '../shared/cost-service.ts';
import {askByKey} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/openai-api/${name}.json`, import.meta.url), 'utf8'));
const path = `/v1/organization/costs?start_time=${Date.UTC(2026, 8, 1) / 1000}&bucket_width=1d&limit=31`;
const env = {OPENAI_ADMIN_KEY: 'sk-admin-fake'};

testCosts(openaiApi, {
  ...{variable: 'OPENAI_ADMIN_KEY', key: 'sk-admin-fake', foreignKey: 'sk-proj-fake', path, costOf},
  resultOf: (value, currency) => ({amount: {value, currency}}),
  note: 'openai-api/this-month',
});

it('the costs of OpenAI are dollars, as numbers and as texts', async () => {
  const {reading, requests} = await askByKey(openaiApi, env, {status: 200, body: fixture('costs')});
  expect(reading.amounts).toEqual([{id: 'spend', value: 1.26, unit: 'usd'}]);
  const headers = {authorization: 'Bearer sk-admin-fake', 'user-agent': 'mystatus-tui/1.0.0'};
  expect(requests).toMatchObject([{method: 'GET', path, headers}]);
});

it.each([401, 403])('a key that may not read costs needs a permission, not a new key: %i', async status => {
  await expect(askByKey(openaiApi, env, {status, body: fixture('error-scope')})).rejects.toMatchObject({
    code: 'scope_missing',
    remedy: {code: 'grant', name: 'api.usage.read'},
  });
});
