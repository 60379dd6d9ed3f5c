import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it, onTestFinished} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {Provider} from '../../../src/core/provider.ts';
import {parseBalance} from '../../../src/providers/moonshot/balance.ts';
import {moonshot, moonshotCn} from '../../../src/providers/moonshot/index.ts';
import {sites} from '../../../src/providers/moonshot/sites.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/moonshot/${name}.json`, import.meta.url), 'utf8'));
const told = (name: string, site = sites.moonshot) => {
  const {amounts, notes} = parseBalance(fixture(name), site);
  return [amounts.map(({id, value, unit}) => `${id} ${value} ${unit}`), notes];
};

describe('a balance of Moonshot', () => {
  it.each([
    ['normal', ['balance 49.58894 usd', 'balance/granted 46.58893 usd', 'balance/paid 3.00001 usd'], []],
    [
      'owes',
      ['balance 2.5 usd', 'balance/granted 2.5 usd', 'balance/paid -1.2 usd'],
      [{code: 'moonshot/owes', text: '1.2 USD'}],
    ],
    ['spent', ['balance 0 usd', 'balance/granted 0 usd', 'balance/paid 0 usd'], [{code: 'moonshot/refused'}]],
    ['strings', ['balance 15 usd', 'balance/granted 15 usd'], []],
  ])('%s is read as it was sent', (name, amounts, notes) => {
    expect(told(name)).toEqual([amounts, notes]);
  });

  it('is in yuan at the site in China', () => {
    expect(told('strings', sites['moonshot-cn'])).toEqual([['balance 15 cny', 'balance/granted 15 cny'], []]);
  });

  it('throws nothing but ProviderError, whatever it is given', () => {
    const survives = (body: unknown): boolean => {
      try {
        return parseBalance(body, sites.moonshot).amounts.every(({value}) => Number.isFinite(value));
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 300});
    fc.assert(
      fc.property(fc.anything(), data => survives({data})),
      {numRuns: 300},
    );
  });
});

async function ask(answer: ServiceAnswer) {
  const service = await startService(() => answer);
  onTestFinished(() => service.close());
  const env = {MOONSHOT_API_KEY: 'sk-fake', MOONSHOT_REGION: 'intl'};
  const [account] = await moonshot.discover((await withHome()).machine({env}));
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider: moonshot, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return moonshot.fetch(account, wire);
}

it.each([
  [401, fixture('error-401'), 'auth_rejected'],
  [403, {}, 'auth_rejected'],
  [429, {error: {type: 'exceeded_current_quota_error'}}, 'rate_limited'],
  [500, {}, 'server_error'],
  [200, fixture('error-200'), 'server_error'],
  [200, fixture('no-figure'), 'bad_response'],
  [200, '<html>', 'blocked'],
  [200, '', 'bad_response'],
])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
  await expect(ask({status, body})).rejects.toMatchObject({code});
});

describe('a key of Moonshot', () => {
  const count = async (provider: Provider, env: Record<string, string>, files = {}) =>
    (await provider.discover((await withHome(files)).machine({env}))).length;
  const both = async (env: Record<string, string>, files = {}) => [
    await count(moonshot, env, files),
    await count(moonshotCn, env, files),
  ];
  const key = {MOONSHOT_API_KEY: 'sk-fake'};

  it.each([
    [{}, [0, 0]],
    [{MOONSHOT_REGION: 'global'}, [1, 0]],
    [{MOONSHOT_REGION: 'CN'}, [0, 1]],
    [{MOONSHOT_BASE_URL: 'https://api.moonshot.ai/v1'}, [1, 0]],
    [{MOONSHOT_BASE_URL: 'https://api.moonshot.cn/v1'}, [0, 1]],
    [{MOONSHOT_BASE_URL: 'https://api.moonshot.cn.example/v1'}, [0, 0]],
    [{MOONSHOT_BASE_URL: 'https://api.moonshot.cn/v1', MOONSHOT_REGION: 'ai'}, [0, 0]],
  ])('beside %j belongs to the site that is named', async (beside, expected) => {
    expect(await both({...key, ...beside})).toEqual(expected);
  });

  it('in opencode goes where its address says', async () => {
    const options = {apiKey: 'sk-fake', baseURL: 'https://api.moonshot.cn/v1'};
    expect(await both({}, {'.config/opencode/opencode.json': {provider: {moonshotai: {options}}}})).toEqual([0, 1]);
  });

  it('of Kimi For Coding is another product', async () => {
    expect(await both({MOONSHOT_API_KEY: 'sk-kimi-fake', MOONSHOT_REGION: 'ai'})).toEqual([0, 0]);
  });
});
