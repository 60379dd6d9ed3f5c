import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {Provider} from '../../../src/core/provider.ts';
import {toNumber} from '../../../src/providers/shared/values.ts';
import {parseBalance} from '../../../src/providers/siliconflow/balance.ts';
import {siliconflow, siliconflowCn} from '../../../src/providers/siliconflow/index.ts';
import {sites} from '../../../src/providers/siliconflow/sites.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome, writeStore} from '../shared/home.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/siliconflow/${name}.json`, import.meta.url), 'utf8'));
const told = (body: unknown, site = sites.siliconflow) => {
  const {amounts, notes} = parseBalance(body, site);
  return [amounts.map(({id, value, unit}) => `${id} ${value} ${unit}`), notes];
};
const money = (data: object) => ({code: 20_000, status: true, data});

describe('a balance of SiliconFlow', () => {
  it.each([
    ['normal', ['balance 88.88 usd', 'balance/granted 0.88 usd', 'balance/paid 88 usd'], []],
    [
      'in-debt',
      ['balance -1.5 usd', 'balance/granted 0 usd', 'balance/paid -1.5 usd'],
      [{code: 'siliconflow/state', text: 'suspended'}],
    ],
    ['no-total', ['balance 4.25 usd', 'balance/granted 1.25 usd', 'balance/paid 3 usd'], []],
  ])('%s is read as it was sent', (name, amounts, notes) => {
    expect(told(fixture(name))).toEqual([amounts, notes]);
  });

  it('is in yuan at the site in China', () => {
    const amounts = ['balance 88.88 cny', 'balance/granted 0.88 cny', 'balance/paid 88 cny'];
    expect(told(fixture('normal'), sites['siliconflow-cn'])).toEqual([amounts, []]);
    const [, notes] = told(fixture('in-debt'), sites['siliconflow-cn']);
    expect(notes).toEqual([{code: 'siliconflow-cn/state', text: 'suspended'}]);
  });

  it.each([
    [{totalBalance: '7'}, ['balance 7 usd']],
    [{totalBalance: 7, balance: 'x', chargeBalance: null}, ['balance 7 usd']],
    [{balance: 0.1, chargeBalance: 0.2}, ['balance 0.3 usd', 'balance/granted 0.1 usd', 'balance/paid 0.2 usd']],
  ])('of %j has what was told and no noise', (data, amounts) => {
    expect(told(money(data))).toEqual([amounts, []]);
  });

  it('carries nothing of who it is', () => {
    expect(JSON.stringify(parseBalance(fixture('normal'), sites.siliconflow))).not.toMatch(/some|userid/);
  });

  it.each([
    ['Normal', []],
    ['', []],
    [7, []],
    ['sus\u001b[31mpended', ['suspended']],
  ])('says the state of the account where it is not the usual one: %j', (status, expected) => {
    const {notes} = parseBalance(money({totalBalance: 1, status}), sites.siliconflow);
    expect(notes.map(({text}) => text)).toEqual(expected);
  });

  const survives = (body: unknown): boolean => {
    try {
      return parseBalance(body, sites.siliconflow).amounts.every(({value}) => Number.isFinite(value));
    } catch (error) {
      return error instanceof ProviderError;
    }
  };

  it('throws nothing but ProviderError, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), body => survives(body)),
      {numRuns: 200},
    );
  });

  it('has figures only where they were sent', () => {
    const value = fc.oneof(fc.anything(), fc.double().map(String));
    const data = fc.record({balance: value, chargeBalance: value, totalBalance: value}, {requiredKeys: []});
    const figuresOf = (body: unknown): string[] => {
      try {
        return parseBalance(body, sites.siliconflow).amounts.map(({id}) => id);
      } catch (error) {
        if (error instanceof ProviderError) return [];
        throw error;
      }
    };
    const expected = (each: {balance?: unknown; chargeBalance?: unknown; totalBalance?: unknown}): string[] => {
      const [granted, paid, total] = [each.balance, each.chargeBalance, each.totalBalance].map(toNumber);
      const isTold =
        total !== undefined || (granted !== undefined && paid !== undefined && Number.isFinite(granted + paid));
      const parts = [granted === undefined ? [] : ['balance/granted'], paid === undefined ? [] : ['balance/paid']];
      return isTold ? ['balance', ...parts.flat()] : [];
    };
    fc.assert(
      fc.property(data, each => {
        expect(figuresOf(money(each))).toEqual(expected(each));
      }),
      {numRuns: 300},
    );
  });
});

const ask = (answer: ServiceAnswer, provider: Provider = siliconflow) =>
  askByKey(provider, {SILICONFLOW_API_KEY: 'sk-fake', SILICONFLOW_REGION: 'intl'}, answer);

it('is asked once, with the key and an honest name', async () => {
  const {reading, requests} = await ask({status: 200, body: fixture('normal')});
  expect(reading.amounts[0]).toEqual({id: 'balance', value: 88.88, unit: 'usd'});
  const headers = {authorization: 'Bearer sk-fake', accept: 'application/json', 'user-agent': 'mystatus-tui/1.0.0'};
  expect(requests).toMatchObject([{method: 'GET', path: '/v1/user/info', headers}]);
});

it.each<Refusal>([
  ...refusals,
  [401, '"Invalid token"', 'auth_rejected'],
  [200, '"Invalid token"', 'bad_response'],
  [403, {code: 30_001, message: 'no'}, 'no_plan'],
  [429, {code: 30_001}, 'rate_limited'],
  [503, {code: 50_505, message: 'busy'}, 'server_error'],
  [200, fixture('error-200'), 'server_error'],
  [200, {code: 30_001, status: false, data: null}, 'no_plan'],
  [200, {status: false, data: {totalBalance: 1}}, 'server_error'],
  [200, {code: 'odd', data: {totalBalance: 1}}, 'server_error'],
  [200, {code: 20_000, status: true, data: null}, 'bad_response'],
  [200, {code: 20_000, status: true, data: {balance: '1'}}, 'bad_response'],
  [200, {code: 20_000, status: true, data: {chargeBalance: '1', totalBalance: ''}}, 'bad_response'],
])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
  await expect(ask({status, body})).rejects.toMatchObject({code});
});

it('says how long to wait, to check the site of a key, and to top up', async () => {
  const busy = {status: 429, headers: {'retry-after': '90'}, body: {message: 'busy'}};
  await expect(ask(busy)).rejects.toMatchObject({code: 'rate_limited', retryAt: now + 90_000});
  const remedy = {code: 'check-key', url: sites.siliconflow.usageUrl};
  await expect(ask({status: 401, body: fixture('error-401')})).rejects.toMatchObject({remedy});
  const topUp = {code: 'siliconflow/top-up', url: sites.siliconflow.usageUrl};
  for (const status of [200, 403])
    await expect(ask({status, body: {code: 30_001}})).rejects.toMatchObject({remedy: topUp});
});

describe('a key of SiliconFlow', () => {
  const both = async (env: Record<string, string>, files = {}) => {
    const machine = (await withHome(files)).machine({env});
    const found = await Promise.all([siliconflow, siliconflowCn].map(each => each.discover(machine)));
    return found.map(({length}) => length);
  };
  const key = {SILICONFLOW_API_KEY: 'sk-fake'};

  it.each([
    [{}, [0, 0]],
    [{SILICONFLOW_REGION: 'intl'}, [1, 0]],
    [{SILICONFLOW_REGION: 'CN'}, [0, 1]],
    [{SILICONFLOW_BASE_URL: 'https://api.siliconflow.com/v1'}, [1, 0]],
    [{SILICONFLOW_BASE_URL: 'api.siliconflow.cn'}, [0, 1]],
    [{SILICONFLOW_BASE_URL: 'https://api.siliconflow.cn.example/v1'}, [0, 0]],
    [{SILICONFLOW_BASE_URL: 'https://api.siliconflow.cn/v1', SILICONFLOW_REGION: 'intl'}, [0, 0]],
  ])('beside %j belongs to the site that is named', async (beside, expected) => {
    expect(await both({...key, ...beside})).toEqual(expected);
  });

  it('in the variable of the site in China is of that site', async () => {
    expect(await both({SILICONFLOW_CN_API_KEY: 'sk-fake'})).toEqual([0, 1]);
    expect(await both({SILICONFLOW_CN_API_KEY: 'sk-fake', SILICONFLOW_REGION: 'intl'})).toEqual([0, 1]);
  });

  it('in two places is one account, at the first of them, and is read again there', async () => {
    const auth = {'siliconflow-cn': {type: 'api', key: 'sk-fake'}};
    const env = {SILICONFLOW_CN_API_KEY: 'sk-fake'};
    const machine = (await withHome({'.local/share/opencode/auth.json': auth})).machine({env});
    const found = await siliconflowCn.discover(machine);
    expect(found).toMatchObject([{source: 'SILICONFLOW_CN_API_KEY', place: 'environment'}]);
    expect(await siliconflowCn.discover(machine, ['environment'])).toEqual(found);
    expect(await siliconflowCn.discover(machine, ['opencode'])).toMatchObject([{source: 'opencode auth.json'}]);
  });

  it.each([
    ['siliconflow', [1, 0]],
    ['siliconflow-cn', [0, 1]],
  ])('in either of opencode’s stores belongs to the site of its id: %s', async (id, expected) => {
    const auth = {[id]: {type: 'api', key: 'sk-fake'}};
    expect(await both({}, {'.local/share/opencode/auth.json': auth})).toEqual(expected);
    expect(await both({OPENCODE_AUTH_CONTENT: JSON.stringify(auth)})).toEqual(expected);
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: id, value: {type: 'key', key: 'sk-fake'}}]);
    const found = await Promise.all([siliconflow, siliconflowCn].map(each => each.discover(home.machine())));
    expect(found.map(({length}) => length)).toEqual(expected);
  });

  it('in opencode goes where its address says', async () => {
    const options = {apiKey: 'sk-fake', baseURL: 'https://api.siliconflow.cn/v1'};
    expect(await both({}, {'.config/opencode/opencode.json': {provider: {siliconflow: {options}}}})).toEqual([0, 1]);
  });

  it.each([
    ['https://api.siliconflow.com', [1, 0]],
    ['https://api.siliconflow.cn', [0, 1]],
    ['https://api.anthropic.com', [0, 0]],
  ])('of Claude Code belongs to the site of the address beside it: %s', async (address, expected) => {
    const env = {ANTHROPIC_BASE_URL: address, ANTHROPIC_AUTH_TOKEN: 'sk-fake'};
    expect(await both(env)).toEqual(expected);
    expect(await both({}, {'.claude/settings.json': {env}})).toEqual(expected);
  });

  it('saved by login belongs to the site that it was saved for, under its name', async () => {
    const entry = {id: 's', provider: 'siliconflow-cn', label: 'work', secret: 'sk-fake', fields: {}};
    const stored = async (provider: string) => (provider === entry.provider ? [entry] : []);
    const machine = (await withHome()).machine({stored});
    expect(await siliconflow.discover(machine)).toEqual([]);
    expect(await siliconflowCn.discover(machine)).toMatchObject([{label: 'work', stored: true}]);
  });

  it.each([
    ['opencode auth.json', '.local/share/opencode/auth.json', '{"siliconflow": '],
    ['Claude Code settings.json', '.claude/settings.json', '{"ANTHROPIC_BASE_URL": "https://api.siliconflow.com"'],
  ])('in a file that cannot be read is a problem with what to do: %s', async (source, path, text) => {
    const found = await siliconflow.discover((await withHome({[path]: text})).machine());
    expect(found).toMatchObject([{source, problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}}]);
  });
});
