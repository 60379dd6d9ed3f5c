import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {Provider} from '../../../src/core/provider.ts';
import {parseBalance} from '../../../src/providers/moonshot/balance.ts';
import {moonshot, moonshotCn} from '../../../src/providers/moonshot/index.ts';
import {sites} from '../../../src/providers/moonshot/sites.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome, writeStore} from '../shared/home.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

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
      [{code: 'moonshot/owes', amount: {value: 1.2, unit: 'usd'}}],
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

const ask = (answer: ServiceAnswer) =>
  askByKey(moonshot, {MOONSHOT_API_KEY: 'sk-fake', MOONSHOT_REGION: 'intl'}, answer);

it.each<Refusal>([
  ...refusals,
  [401, fixture('error-401'), 'auth_rejected'],
  [429, {error: {type: 'exceeded_current_quota_error'}}, 'rate_limited'],
  [200, fixture('error-200'), 'server_error'],
  [200, fixture('no-figure'), 'bad_response'],
])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
  await expect(ask({status, body})).rejects.toMatchObject({code});
});

it('says how long to wait where that was told, and to check the site where the key is refused', async () => {
  const busy = {status: 429, headers: {'retry-after': '90'}, body: {error: {type: 'rate_limit_reached_error'}}};
  await expect(ask(busy)).rejects.toMatchObject({code: 'rate_limited', retryAt: now + 90_000});
  const remedy = {code: 'check-key', url: sites.moonshot.usageUrl};
  await expect(ask({status: 401, body: fixture('error-401')})).rejects.toMatchObject({remedy});
});

it.each([
  [{status: false, scode: '0x9'}, 'code 0x9'],
  [{code: '7', message: 'busy'}, 'code 7: busy'],
  [{code: 'odd'}, 'code odd'],
  [{status: false}, 'rejected without a reason'],
])('says why inside HTTP 200: %j', async (body, message) => {
  await expect(ask({status: 200, body: {...body, data: {available_balance: 1}}})).rejects.toMatchObject({
    code: 'server_error',
    message: expect.stringContaining(message),
  });
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

  it.each([
    ['moonshotai', [1, 0]],
    ['moonshot', [1, 0]],
    ['moonshotai-cn', [0, 1]],
    ['kimi-for-coding', [0, 0]],
  ])('in either of opencode’s stores belongs to the site of its id: %s', async (id, expected) => {
    const auth = {[id]: {type: 'api', key: 'sk-fake'}};
    expect(await both({}, {'.local/share/opencode/auth.json': auth})).toEqual(expected);
    expect(await both({OPENCODE_AUTH_CONTENT: JSON.stringify(auth)})).toEqual(expected);
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: id, value: {type: 'key', key: 'sk-fake'}}]);
    const found = await Promise.all([moonshot, moonshotCn].map(each => each.discover(home.machine())));
    expect(found.map(({length}) => length)).toEqual(expected);
  });

  it.each([
    ['https://api.moonshot.ai/anthropic', [1, 0]],
    ['https://api.moonshot.cn/anthropic', [0, 1]],
    ['https://api.anthropic.com', [0, 0]],
  ])('of Claude Code belongs to the site of the address beside it: %s', async (address, expected) => {
    const env = {ANTHROPIC_BASE_URL: address, ANTHROPIC_AUTH_TOKEN: 'sk-fake'};
    expect(await both(env)).toEqual(expected);
    expect(await both({}, {'.claude/settings.json': {env}})).toEqual(expected);
    // The token and the address have to stand in the same place.
    const {ANTHROPIC_BASE_URL, ...token} = env;
    expect(await both(token, {'.claude/settings.json': {env: {ANTHROPIC_BASE_URL}}})).toEqual([0, 0]);
  });

  it.each([
    ['https://api.moonshot.ai/v1', [1, 0]],
    ['https://api.moonshot.cn/v1', [0, 1]],
    ['https://api.kimi.com/coding/v1', [0, 0]],
  ])('of Kimi counts beside an address of a site: %s', async (address, expected) => {
    expect(await both({KIMI_API_KEY: 'sk-fake', KIMI_BASE_URL: address})).toEqual(expected);
    expect(await both({KIMI_API_KEY: 'sk-fake', MOONSHOT_BASE_URL: address})).toEqual([0, 0]);
  });

  it('saved by login belongs to the site that it was saved for, under its name', async () => {
    const saved = async (secret: string) => {
      const entry = {id: 's', provider: 'moonshot-cn', label: 'work', secret, fields: {}};
      const stored = async (provider: string) => (provider === entry.provider ? [entry] : []);
      const machine = (await withHome()).machine({stored});
      return [await moonshot.discover(machine), await moonshotCn.discover(machine)];
    };
    expect(await saved('Bearer sk-fake')).toMatchObject([
      [],
      [{label: 'work', stored: true, source: 'mystatus-tui login', credential: {key: 'sk-fake'}}],
    ]);
    const foreign = await saved('sk-kimi-fake');
    expect(foreign).toMatchObject([[], [{problem: {code: 'no_credentials'}, stored: true}]]);
    expect(foreign[1]?.[0]?.problem?.remedy).toEqual({code: 'replace-credential', name: 'moonshot-cn'});
    expect(foreign[1]?.[0]?.credential).toBeNull();
  });

  it('is read again at the place where it was found, and at no other', async () => {
    const file = {provider: {moonshotai: {options: {apiKey: 'sk-other'}}}};
    const env = {...key, MOONSHOT_REGION: 'intl'};
    const machine = (await withHome({'.config/opencode/opencode.json': file})).machine({env});
    const found = await moonshot.discover(machine);
    expect(found.map(({source}) => source)).toEqual(['MOONSHOT_API_KEY', 'opencode.json']);
    for (const account of found) expect(await moonshot.discover(machine, [account.place ?? ''])).toEqual([account]);
    expect(await moonshot.discover(machine, ['Claude Code'])).toEqual([]);
  });

  it.each([
    ['opencode auth.json', '.local/share/opencode/auth.json', '{"moonshotai": '],
    ['opencode.json', '.config/opencode/opencode.json', '{"provider": {"moonshotai": '],
    ['Claude Code settings.json', '.claude/settings.json', '{"ANTHROPIC_BASE_URL": "https://api.moonshot.ai"'],
  ])('in a file that cannot be read is a problem with what to do: %s', async (source, path, text) => {
    const found = await moonshot.discover((await withHome({[path]: text})).machine());
    expect(found).toMatchObject([{source, problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}}]);
  });

  it('is not looked for in broken settings of Claude Code that name another service', async () => {
    expect(await both({}, {'.claude/settings.json': '{"ANTHROPIC_BASE_URL": "https://api.example.com"'})).toEqual([
      0, 0,
    ]);
  });

  it('of Kimi For Coding is another product', async () => {
    expect(await both({MOONSHOT_API_KEY: 'sk-kimi-fake', MOONSHOT_REGION: 'ai'})).toEqual([0, 0]);
  });
});
