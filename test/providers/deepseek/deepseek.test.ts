import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError} from '../../../src/core/model.ts';
import {parseBalance} from '../../../src/providers/deepseek/balance.ts';
import {demo} from '../../../src/providers/deepseek/demo.ts';
import {deepseek} from '../../../src/providers/deepseek/index.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome, writeStore} from '../shared/home.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/deepseek/${name}.json`, import.meta.url), 'utf8'));
const told = (name: string) => {
  const {amounts, notes} = parseBalance(fixture(name));
  return [amounts.map(({id, value, unit}) => `${id} ${value} ${unit}`), notes.map(({code}) => code)];
};

const ask = (answer: ServiceAnswer) => askByKey(deepseek, {DEEPSEEK_API_KEY: 'sk-fake-not-a-key'}, answer);

describe('a balance of DeepSeek', () => {
  it.each([
    ['cny', ['balance 110 cny', 'balance/granted 10 cny', 'balance/paid 100 cny'], []],
    [
      'both-currencies',
      [
        ...['balance 3.41 cny', 'balance/granted 0 cny', 'balance/paid 3.41 cny'],
        ...['balance 12.5 usd', 'balance/granted 2.5 usd', 'balance/paid 10 usd'],
      ],
      [],
    ],
    ['zero-beside-money', ['balance 7.05 usd', 'balance/granted 0 usd', 'balance/paid 7.05 usd'], []],
    ['spent', ['balance 0 usd', 'balance/granted 0 usd', 'balance/paid 0 usd'], ['deepseek/refused']],
    ['in-debt', ['balance -0.37 cny', 'balance/granted 0 cny', 'balance/paid -0.37 cny'], ['deepseek/refused']],
    ['no-infos', [], ['deepseek/refused']],
  ])('%s is read as it was sent', (name, amounts, notes) => {
    expect(told(name)).toEqual([amounts, notes]);
  });

  it('without any currency is ok_empty', () => {
    expect(outcomeOf({reading: parseBalance(fixture('no-infos')), failure: null})).toBe('ok_empty');
  });

  it.each([
    ['a sum that is null', fixture('broken-sum')],
    ['no list', {is_available: true}],
    ['null for the list', {is_available: true, balance_infos: null}],
    ['an empty list and no state', {balance_infos: []}],
    ['an unknown currency alone', {balance_infos: [{currency: 'XYZ', total_balance: '1'}]}],
    [
      'one currency twice',
      {
        balance_infos: [
          {currency: 'CNY', total_balance: '1'},
          {currency: 'CNY', total_balance: '2'},
        ],
      },
    ],
  ])('with %s is bad_response, never 0', (_, body) => {
    expect(() => parseBalance(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('leaves out an entry that cannot be read, and says so', () => {
    const {amounts, notes} = parseBalance({
      balance_infos: [{currency: 'USD', total_balance: '1'}, {currency: 'CNY'}],
    });
    expect([amounts, notes]).toEqual([[{id: 'balance', value: 1, unit: 'usd'}], [{code: 'skipped-rows'}]]);
  });

  it('throws nothing but ProviderError, whatever it is given', () => {
    const survives = (body: unknown): boolean => {
      try {
        return parseBalance(body).amounts.every(({value}) => Number.isFinite(value));
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 300});
    fc.assert(
      fc.property(fc.array(fc.anything()), infos => survives({is_available: true, balance_infos: infos})),
      {numRuns: 300},
    );
  });
});

describe('the request', () => {
  it('carries the key and an honest name', async () => {
    const {requests} = await ask({status: 200, body: fixture('cny')});
    expect(requests).toMatchObject([
      {
        method: 'GET',
        path: '/user/balance',
        headers: {authorization: 'Bearer sk-fake-not-a-key', 'user-agent': 'mystatus-tui/1.0.0'},
      },
    ]);
  });

  it.each<Refusal>([
    ...refusals,
    [401, fixture('error-401'), 'auth_rejected'],
    [402, {error: {message: 'Insufficient Balance'}}, 'no_plan'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(ask({status, body})).rejects.toMatchObject({code});
  });

  it('never repeats a part of the key, and says what to do', async () => {
    const failure = {
      message: expect.not.stringContaining('ted1'),
      remedy: {code: 'replace-credential', name: 'deepseek'},
    };
    await expect(ask({status: 401, body: fixture('error-401')})).rejects.toMatchObject(failure);
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(ask(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

describe('a key of DeepSeek', () => {
  const pi = (key: string) => ({'.pi/agent/auth.json': {deepseek: {type: 'api_key', key}}});
  const sources = async (files: Record<string, unknown>, options = {}) =>
    (await deepseek.discover((await withHome(files)).machine(options))).map(({source}) => source);

  it('is found in every place', async () => {
    const auth = {deepseek: {type: 'api', key: 'sk-a'}};
    expect(await sources({}, {env: {DEEPSEEK_KEY: 'sk-a'}})).toEqual(['DEEPSEEK_KEY']);
    expect(await sources({'.local/share/opencode/auth.json': auth})).toEqual(['opencode auth.json']);
    expect(await sources({}, {env: {OPENCODE_AUTH_CONTENT: JSON.stringify(auth)}})).toEqual(['OPENCODE_AUTH_CONTENT']);
    const config = {provider: {deepseek: {options: {apiKey: 'sk-a'}}}};
    expect(await sources({'.config/opencode/opencode.json': config})).toEqual(['opencode.json']);
    const env = {ANTHROPIC_BASE_URL: 'https://api.deepseek.com/anthropic', ANTHROPIC_AUTH_TOKEN: 'sk-a'};
    expect(await sources({'.claude/settings.json': {env}})).toEqual(['Claude Code settings.json']);
    expect(await sources(pi('sk-a'))).toEqual(['pi auth.json']);
  });

  it('is found in the store of opencode 2', async () => {
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: 'deepseek', value: {type: 'key', key: 'sk-a'}}]);
    expect(await deepseek.discover(home.machine())).toMatchObject([{source: 'opencode store'}]);
  });

  it('in two places is one account, named after the first', async () => {
    expect(await sources(pi('sk-a'), {env: {DEEPSEEK_API_KEY: 'sk-a'}})).toEqual(['DEEPSEEK_API_KEY']);
  });

  it('saved by login is one of its own, and is read again where it is saved', async () => {
    const entry = {id: 's', provider: 'deepseek', label: 'work', secret: 'sk-a', fields: {}};
    const stored = async (provider: string) => (provider === entry.provider ? [entry] : []);
    const machine = (await withHome(pi('sk-b'))).machine({stored, env: {DEEPSEEK_KEY: 'sk-c'}});
    const found = await deepseek.discover(machine);
    expect(found.map(({source, stored}) => [source, stored])).toEqual([
      ['DEEPSEEK_KEY', false],
      ['mystatus-tui login', true],
      ['pi auth.json', false],
    ]);
    for (const account of found) expect(await deepseek.discover(machine, [account.place ?? ''])).toEqual([account]);
  });

  it('of Claude Code counts beside its own address in the environment', async () => {
    const token = {ANTHROPIC_AUTH_TOKEN: 'sk-a'};
    const at = (address: string) => sources({}, {env: {...token, ANTHROPIC_BASE_URL: address}});
    expect(await at('https://api.deepseek.com/anthropic')).toEqual(['ANTHROPIC_AUTH_TOKEN']);
    expect(await at('https://api.deepseek.com.example/anthropic')).toEqual([]);
    expect(await sources({}, {env: token})).toEqual([]);
  });

  it('of pi in a file that cannot be read is told of where no other key is found', async () => {
    const broken = {'.pi/agent/auth.json': '{"deepseek": '};
    const found = await deepseek.discover((await withHome(broken)).machine());
    expect(found).toMatchObject([{source: 'pi auth.json', problem: {remedy: {code: 'fix-file'}}}]);
    expect(await sources(broken, {env: {DEEPSEEK_KEY: 'sk-a'}})).toEqual(['DEEPSEEK_KEY']);
  });

  it.each(['!pass show it', 'DEEPSEEK_TOKEN', '$TOKEN'])('is not %s', async text => {
    expect(await sources(pi(text))).toEqual([]);
  });

  it('of the demo is accepted', async () => {
    expect(await sources(demo.files(now))).toEqual(['pi auth.json']);
  });
});
