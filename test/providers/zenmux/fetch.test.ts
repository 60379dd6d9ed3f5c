import {readFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {zenmux} from '../../../src/providers/zenmux/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {type Refusal, refusals} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/zenmux/${name}.json`, import.meta.url), 'utf8'));
const detail = {status: 200, body: fixture('detail')};
const payg = {status: 200, body: fixture('payg')};
const gone = {status: 404, body: {success: false}};

/** A service that answers the two requests so, and what one login reads there, as often as it is asked. */
async function world(plan: ServiceAnswer, balance: ServiceAnswer = payg) {
  const time = {now};
  const service = await startService(({path}) => (path.endsWith('/subscription/detail') ? plan : balance));
  onTestFinished(() => service.close());
  const env = {ZENMUX_MANAGEMENT_API_KEY: 'sk-mg-fake'};
  const [account] = await zenmux.discover((await withHome()).machine({env}));
  if (account === undefined) return expect.unreachable('no account was found');
  const memory = new Map<string, unknown>();
  const options = {provider: zenmux, origin: service.origin, env: {}, version: '1.0.0', now: () => time.now, memory};
  const read = () => zenmux.fetch(account, createWire(options));
  return {read, time, requests: service.requests};
}

describe('ZenMux', () => {
  it('is asked for the plan and the balance, with the key and an honest name', async () => {
    const {read, requests} = await world(detail);
    const {plan, windows, amounts} = await read();
    expect([plan, windows.map(({id}) => id), amounts.map(({id}) => id)]).toEqual([
      'Ultra',
      ['5h', 'weekly'],
      ['balance', 'balance/granted', 'balance/paid'],
    ]);
    const headers = {authorization: 'Bearer sk-mg-fake', 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject([
      {method: 'GET', path: '/api/v1/management/subscription/detail', headers},
      {method: 'GET', path: '/api/v1/management/payg/balance', headers},
    ]);
  });

  it.each<Refusal>([
    ...refusals,
    [422, {success: false, error: {message: 'too many requests'}}, 'rate_limited'],
    [403, {success: false}, 'auth_rejected'],
    [200, {success: false, error: {message: 'busy'}}, 'server_error'],
  ])('answered with %i and %j for the plan ends as it should: %s', async (status, body, code) => {
    const {read, requests} = await world({status, body});
    await expect(read()).rejects.toMatchObject({code});
    expect(requests).toHaveLength(1);
  });

  it.each<[string, ServiceAnswer]>([
    ['a refusal', {status: 403, body: {success: false}}],
    ['an outage', {status: 500, body: {}}],
    ['nothing there', gone],
    ['a web page', {status: 200, body: '<html>'}],
    ['other words', {status: 200, body: {success: true, data: {}}}],
    ['too much', {status: 422, body: {}}],
  ])('is read without a balance where that request ends with %s', async (_, answer) => {
    const {windows, amounts} = await (await world(detail, answer)).read();
    expect([windows.length, amounts]).toEqual([2, []]);
  });

  it('leaves the balance alone for as long as the service says', async () => {
    const {read, time, requests} = await world(detail, {status: 429, headers: {'retry-after': '900'}, body: {}});
    await read();
    time.now += 899_000;
    await read();
    expect(requests).toHaveLength(3);
    time.now += 1000;
    await read();
    expect(requests).toHaveLength(5);
  });

  it.each([gone, {status: 200, body: {success: true, data: null}}])(
    'without a plan shows the balance, and says so where there is none either: %j',
    async plan => {
      const {windows, amounts} = await (await world(plan)).read();
      expect([windows, amounts[0]]).toEqual([[], {id: 'balance', value: 482.74, unit: 'usd'}]);
      const remedy = {code: 'subscribe', name: 'ZenMux'};
      await expect((await world(plan, gone)).read()).rejects.toMatchObject({code: 'no_plan', remedy});
    },
  );

  it('says how long to wait, and what to do about a key that is refused', async () => {
    const busy = await world({status: 422, headers: {'retry-after': '90'}, body: {}});
    await expect(busy.read()).rejects.toMatchObject({code: 'rate_limited', retryAt: now + 90_000});
    const refused = await world({status: 401, body: {success: false}});
    await expect(refused.read()).rejects.toMatchObject({remedy: {code: 'replace-credential', name: 'zenmux'}});
  });
});

describe('a key of ZenMux', () => {
  const found = async (env: Record<string, string>, files = {}) =>
    (await zenmux.discover((await withHome(files)).machine({env}))).map(({source}) => source);

  it('is a management key, and no other', async () => {
    expect(await found({ZENMUX_MANAGEMENT_API_KEY: 'sk-a', ZENMUX_MANAGEMENT_KEY: 'sk-b'})).toEqual([
      'ZENMUX_MANAGEMENT_API_KEY',
      'ZENMUX_MANAGEMENT_KEY',
    ]);
    expect(await found({ZENMUX_MANAGEMENT_API_KEY: 'sk-a', ZENMUX_MANAGEMENT_KEY: 'sk-a'})).toHaveLength(1);
    expect(await found({ZENMUX_API_KEY: 'sk-a'})).toEqual([]);
    const claude = {ANTHROPIC_BASE_URL: 'https://zenmux.ai/api/anthropic', ANTHROPIC_AUTH_TOKEN: 'sk-a'};
    expect(await found(claude, {'.local/share/opencode/auth.json': {zenmux: {type: 'api', key: 'sk-a'}}})).toEqual([]);
    expect(await found({ZENMUX_MANAGEMENT_KEY: 'sk-b', ...claude})).toEqual(['ZENMUX_MANAGEMENT_KEY']);
  });

  it('saved by login has its name, and each place is read alone', async () => {
    const entry = {id: 's', provider: 'zenmux', label: 'work', secret: 'sk-b', fields: {}};
    const stored = async (id: string) => (id === 'zenmux' ? [entry] : []);
    const machine = (await withHome()).machine({stored, env: {ZENMUX_MANAGEMENT_KEY: 'sk-a'}});
    const accounts = await zenmux.discover(machine);
    expect(accounts).toMatchObject([{place: 'environment'}, {label: 'work', stored: true}]);
    for (const account of accounts) expect(await zenmux.discover(machine, [account.place ?? ''])).toEqual([account]);
    expect(await zenmux.discover(machine, ['opencode'])).toEqual([]);
  });
});
