import {readFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {demo} from '../../../src/providers/openrouter/demo.ts';
import {openrouter} from '../../../src/providers/openrouter/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome, writeStore} from '../shared/home.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/openrouter/${name}.json`, import.meta.url), 'utf8'));
const minute = 60_000;

/** A machine with one key, at a service that answers each path so. */
async function world(answers: {key: ServiceAnswer; credits?: ServiceAnswer}, files: Record<string, unknown> = {}) {
  const time = {now};
  const given = answers;
  const service = await startService(({path}) =>
    path === '/api/v1/key' ? given.key : (given.credits ?? {status: 403, body: fixture('error-403-management')}),
  );
  onTestFinished(() => service.close());
  const env = Object.keys(files).length === 0 ? {OPENROUTER_API_KEY: 'sk-or-v1-fake-not-a-key'} : {};
  const [account] = await openrouter.discover((await withHome(files)).machine({env}));
  if (account === undefined) return expect.unreachable('no account was found');
  const memory = new Map<string, unknown>();
  const read = () => {
    const options = {provider: openrouter, origin: service.origin, env: {}, version: '1.0.0', now: () => time.now};
    return openrouter.fetch(account, createWire({...options, memory}));
  };
  const asked = () => service.requests.map(({path}) => path);
  return {read, asked, time, answers: given, requests: service.requests, account};
}
const key = {status: 200, body: fixture('key-monthly-cap')};
const credits = {status: 200, body: fixture('credits')};

describe('OpenRouter', () => {
  it('is asked for the key and then for the balance, with the key and an honest name', async () => {
    const {read, requests} = await world({key, credits});
    const {amounts, windows} = await read();
    expect(windows.map(({id}) => id)).toEqual(['key/monthly']);
    expect(amounts.slice(0, 2)).toEqual([
      {id: 'balance', value: expect.closeTo(62.39), unit: 'usd'},
      {id: 'spend', value: 37.6, unit: 'usd'},
    ]);
    const headers = {authorization: 'Bearer sk-or-v1-fake-not-a-key', 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject([
      {method: 'GET', path: '/api/v1/key', headers},
      {method: 'GET', path: '/api/v1/credits', headers},
    ]);
  });

  it.each([
    [401, fixture('error-401'), 'auth_rejected'],
    [403, {error: {message: 'no'}}, 'auth_rejected'],
    [402, fixture('error-402'), 'server_error'],
    [429, fixture('error-429'), 'rate_limited'],
    [404, {}, 'bad_response'],
    [500, {}, 'server_error'],
    [502, '<html>', 'server_error'],
    [503, '<html>', 'blocked'],
    [403, '<html>', 'blocked'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, [], 'bad_response'],
    [200, {data: 'x'}, 'bad_response'],
  ])('fails with %i and %j for the key as it should: %s', async (status, body, code) => {
    const {read, asked} = await world({key: {status, body}, credits});
    await expect(read()).rejects.toMatchObject({code});
    expect(asked()).toEqual(['/api/v1/key']);
  });

  it('says what to do about a key that is refused, and how long to wait', async () => {
    const refused = await world({key: {status: 401, body: fixture('error-401')}});
    const remedy = {code: 'replace-credential', name: 'openrouter'};
    await expect(refused.read()).rejects.toMatchObject({remedy});
    const busy = await world({key: {status: 429, headers: {'retry-after': '30'}, body: fixture('error-429')}});
    await expect(busy.read()).rejects.toMatchObject({retryAt: now + 30_000});
  });

  it.each<[string, ServiceAnswer]>([
    ['zeros in place of a refusal', {status: 200, body: fixture('credits-lying-zero')}],
    ['a refusal', {status: 403, body: fixture('error-403-management')}],
    ['an unknown key', {status: 401, body: fixture('error-401')}],
    ['nothing there', {status: 404, body: {}}],
    ['an outage', {status: 500, body: {}}],
    ['a web page', {status: 503, body: '<html>'}],
    ['no JSON', {status: 200, body: 'nonsense'}],
    ['too much', {status: 429, body: fixture('error-429')}],
  ])('is read without a balance where that request ends with %s', async (_, answer) => {
    const {read} = await world({key, credits: answer});
    const {amounts, windows} = await read();
    expect([amounts[0]?.id, windows.length]).toEqual(['spend', 1]);
  });

  it.each<[string, ServiceAnswer, number]>([
    ['15 minutes after a balance', credits, 15],
    ['an hour after a refusal', {status: 403, body: {}}, 60],
    ['an hour after zeros', {status: 200, body: fixture('credits-lying-zero')}, 60],
    ['15 minutes after an outage', {status: 500, body: {}}, 15],
    ['when it says so', {status: 429, headers: {'retry-after': '1800'}, body: {}}, 30],
  ])('is asked for the balance again %s', async (_, answer, minutes) => {
    const {read, asked, time} = await world({key, credits: answer});
    const first = await read();
    time.now += minutes * minute - 1;
    expect((await read()).amounts).toEqual(first.amounts);
    expect(asked().filter(path => path.endsWith('credits'))).toHaveLength(1);
    time.now += 1;
    await read();
    expect(asked().filter(path => path.endsWith('credits'))).toHaveLength(2);
  });

  it('is not asked for a balance that could not be believed', async () => {
    const {read, asked} = await world({key: {status: 200, body: fixture('key-empty')}, credits});
    await read();
    expect(asked()).toEqual(['/api/v1/key']);
  });

  it('says that calls are refused where the account owes money', async () => {
    const owing = {status: 200, body: {data: {total_credits: 5, total_usage: 200}}};
    const {amounts, notes} = await (await world({key, credits: owing})).read();
    expect(amounts[0]).toEqual({id: 'balance', value: -195, unit: 'usd'});
    expect(notes[0]).toEqual({code: 'openrouter/refused'});
  });

  it('believes a management key, zeros too', async () => {
    const body = {data: {is_management_key: true, usage: 0}};
    const zeros = {status: 200, body: fixture('credits-lying-zero')};
    const {amounts} = await (await world({key: {status: 200, body}, credits: zeros})).read();
    expect(amounts[0]).toEqual({id: 'balance', value: 0, unit: 'usd'});
  });

  it('names the account as the service does, unless the user did', async () => {
    const named = {status: 200, body: fixture('key-daily-cap-gone')};
    expect((await (await world({key: named})).read()).label).toBe('agents');
    const stored = async () => [{id: 's', provider: 'openrouter', label: 'mine', secret: 'sk-or-fake', fields: {}}];
    const [account] = await openrouter.discover((await withHome()).machine({stored}));
    const service = await startService(() => named);
    onTestFinished(() => service.close());
    if (account === undefined) return expect.unreachable('no account was found');
    const options = {provider: openrouter, origin: service.origin, env: {}, version: '1.0.0', now: () => now};
    expect(await openrouter.fetch(account, createWire(options))).not.toHaveProperty('label');
    expect(account).toMatchObject({label: 'mine', stored: true, place: 'mystatus-tui login'});
  });

  it('is shown by the demo with a cap, free requests and a balance', async () => {
    const service = await startService(request => demo.answer(request, now));
    onTestFinished(() => service.close());
    const [account] = await openrouter.discover((await withHome(demo.files(now))).machine());
    if (account === undefined) return expect.unreachable('no account was found');
    const options = {provider: openrouter, origin: service.origin, env: {}, version: '1.0.0', now: () => now};
    const {windows, amounts, label} = await openrouter.fetch(account, createWire(options));
    expect(windows.map(({id, use}) => [id, use.state])).toEqual([
      ['key/monthly', 'known'],
      ['free/1d', 'known'],
    ]);
    expect([amounts[0], label]).toEqual([{id: 'balance', value: expect.closeTo(18.13), unit: 'usd'}, 'laptop']);
  });
});

describe('a key of OpenRouter', () => {
  const sources = async (files: Record<string, unknown>, env: Record<string, string> = {}) =>
    (await openrouter.discover((await withHome(files)).machine({env}))).map(({source}) => source);
  const auth = {openrouter: {type: 'api', key: 'sk-or-a'}};
  const config = {provider: {openrouter: {options: {apiKey: 'sk-or-a'}}}};

  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['OPENROUTER_API_KEY', {}, {OPENROUTER_API_KEY: 'sk-or-a'}],
    ['OPENROUTER_KEY', {}, {OPENROUTER_KEY: 'sk-or-a'}],
    ['OPENCODE_AUTH_CONTENT', {}, {OPENCODE_AUTH_CONTENT: JSON.stringify(auth)}],
    ['opencode auth.json', {'.local/share/opencode/auth.json': auth}, {}],
    ['opencode.json', {'.config/opencode/opencode.json': config}, {}],
    ['pi auth.json', {'.pi/agent/auth.json': {openrouter: {type: 'api_key', key: 'sk-or-a'}}}, {}],
    ['openusage openrouter.json', {'.config/openusage/openrouter.json': {api_key: 'sk-or-a'}}, {}],
    ['openrouter key.json', {'.config/openrouter/key.json': {apiKey: 'sk-or-a'}}, {}],
    ['openrouter key.json', {'.config/openrouter/key.json': {key: 'sk-or-a'}}, {}],
    ['openrouter key.json', {'.config/openrouter/key.json': 'sk-or-a\n'}, {}],
    ['openrouter key.json', {'.config/openrouter/key.json': '"sk-or-a"'}, {}],
    [
      'Claude Code settings.json',
      {
        '.claude/settings.json': {
          env: {ANTHROPIC_BASE_URL: 'https://openrouter.ai/api', ANTHROPIC_AUTH_TOKEN: 'sk-or-a'},
        },
      },
      {},
    ],
  ])('is found in %s: %j', async (source, files, env) => {
    expect(await sources(files, env)).toEqual([source]);
    const [account] = await openrouter.discover((await withHome(files)).machine({env}));
    expect(account).toMatchObject({credential: {key: 'sk-or-a'}, secrets: expect.arrayContaining(['sk-or-a'])});
    const again = await openrouter.discover((await withHome(files)).machine({env}), [account?.place ?? '']);
    expect(again).toEqual([account]);
  });

  it('is found in the store of opencode 2', async () => {
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: 'openrouter', value: {type: 'key', key: 'sk-or-a'}}]);
    expect(await openrouter.discover(home.machine())).toMatchObject([{source: 'opencode store'}]);
  });

  it('in several places is one account, named after the first; another key is another account', async () => {
    const files = {
      '.config/openrouter/key.json': 'sk-or-a',
      '.pi/agent/auth.json': {openrouter: {key: 'sk-or-b'}},
    };
    expect(await sources(files, {OPENROUTER_API_KEY: 'sk-or-a'})).toEqual(['OPENROUTER_API_KEY', 'pi auth.json']);
  });

  it('is never sent where a variable or opencode points to a proxy', async () => {
    const options = {apiKey: 'sk-or-a', baseURL: 'https://proxy.example.com/v1'};
    expect(await sources({'.config/opencode/opencode.json': {provider: {openrouter: {options}}}})).toEqual([]);
    const env = {OPENROUTER_API_KEY: 'sk-or-a', OPENROUTER_BASE_URL: 'https://proxy.example.com/v1'};
    expect(await sources({}, env)).toEqual(['OPENROUTER_API_KEY']);
  });

  it.each(['{"apiKey": ', '[]'])('in a file that cannot be read is a problem with what to do: %s', async text => {
    const found = await openrouter.discover((await withHome({'.config/openrouter/key.json': text})).machine());
    expect(found).toMatchObject([{source: 'openrouter key.json', problem: {remedy: {code: 'fix-file'}}}]);
  });

  it.each(['{}', '{"apiKey": ""}', ' '])('is not in a file without one: %j', async text => {
    expect(await sources({'.config/openrouter/key.json': text})).toEqual([]);
  });
});
