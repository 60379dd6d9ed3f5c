import {describe, expect, it, onTestFinished} from 'vitest';
import type {Machine} from '../../../src/core/provider.ts';
import {demo} from '../../../src/providers/opencode-go/demo.ts';
import {discover} from '../../../src/providers/opencode-go/discover.ts';
import {opencodeGo} from '../../../src/providers/opencode-go/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {withHome, writeStore} from '../shared/home.ts';
import {fixture, sampledAt as now} from './support.ts';

type Files = Record<string, unknown>;
const key = 'sk-fake';
const auth = (entries: Record<string, string>): Files => ({
  '.local/share/opencode/auth.json': Object.fromEntries(
    Object.entries(entries).map(([id, value]) => [id, {type: 'api', key: value}]),
  ),
});

async function ask(handler: Handler, files: Files, env = {}) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const [account] = await opencodeGo.discover((await withHome(files)).machine({env, now: () => now}));
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider: opencodeGo, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return {requests: service.requests, reading: opencodeGo.fetch(account, wire)};
}
const withKey = async (answer: ServiceAnswer) => (await ask(() => answer, {}, {OPENCODE_API_KEY: key})).reading;

it('the stores of opencode are looked for once, for both of its ids', async () => {
  const home = await withHome();
  await writeStore(home, [{id: 'c', integration: 'opencode', value: {type: 'key', key: 'sk-one'}}]);
  const machine = home.machine();
  const listed: string[] = [];
  const list: Machine['list'] = directory => {
    listed.push(directory);
    return machine.list(directory);
  };
  expect(await discover({...machine, list})).toMatchObject([{source: 'opencode store', credential: {isZen: true}}]);
  expect(listed.filter(directory => directory.endsWith('/opencode'))).toHaveLength(1);
});

describe('the request', () => {
  it('carries the key and an honest name', async () => {
    const {requests, reading} = await ask(() => ({status: 200, body: fixture('normal')}), {}, {OPENCODE_API_KEY: key});
    await expect(reading).resolves.toMatchObject({plan: 'Go'});
    const headers = {authorization: `Bearer ${key}`, 'user-agent': 'mystatus-tui/1.0.0'};
    expect(requests).toMatchObject([{method: 'GET', path: '/zen/go/v1/usage', headers}]);
  });

  it.each([
    [401, fixture('error-401'), 'auth_rejected'],
    [403, fixture('error-403-no-plan'), 'no_plan'],
    [403, {error: {type: 'AuthError'}}, 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [404, 'Not Found', 'bad_response'],
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [503, {error: {message: 'inference unavailable'}}, 'server_error'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, fixture('not-this-shape'), 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(withKey({status, body})).rejects.toMatchObject({code});
  });

  it('says what to do about a key, by where it stands', async () => {
    const refused = {status: 401, body: fixture('error-401')};
    await expect(withKey(refused)).rejects.toMatchObject({remedy: {code: 'replace-credential', name: 'opencode-go'}});
    const {reading} = await ask(() => refused, auth({'opencode-go': key}));
    await expect(reading).rejects.toMatchObject({remedy: {code: 'run', command: 'opencode auth login'}});
  });

  it('sends nobody to mend a key that has no plan', async () => {
    const failure = withKey({status: 403, body: fixture('error-403-no-plan')});
    await expect(failure).rejects.toMatchObject({remedy: {code: 'subscribe', name: 'opencode Go'}});
  });

  it('without a plan is an account only if the key was given for it', async () => {
    const refused = () => ({status: 403, body: fixture('error-403-no-plan')});
    const isAside = async (files: Files, env = {}) => {
      const {reading} = await ask(refused, files, env);
      return reading.then(
        () => expect.unreachable(),
        error => error.aside,
      );
    };
    expect(await isAside(auth({opencode: key}))).toBe(true);
    expect(await isAside(auth({'opencode-go': key}))).toBe(false);
    expect(await isAside(auth({opencode: key}), {OPENCODE_API_KEY: key})).toBe(false);
  });

  it('waits as long as it was told to, else five minutes', async () => {
    const answer = {status: 429, headers: {'retry-after': '90'}, body: {}};
    await expect(withKey(answer)).rejects.toMatchObject({retryAt: now + 90_000});
    for (const headers of [{}, {'retry-after': '0'}])
      await expect(withKey({status: 429, headers, body: {}})).rejects.toMatchObject({retryAt: now + 300_000});
    await expect(withKey({status: 500, body: {}})).rejects.toMatchObject({retryAt: null});
  });
});

describe('a key of opencode', () => {
  const sources = async (files: Files, env = {}) =>
    (await opencodeGo.discover((await withHome(files)).machine({env}))).map(({source}) => source);
  const keys = async (files: Files, env = {}) =>
    (await opencodeGo.discover((await withHome(files)).machine({env}))).map(
      ({credential}) => (credential as {key: string}).key,
    );

  it('is found in every place', async () => {
    const config = (id: string) => ({'.config/opencode/opencode.json': {provider: {[id]: {options: {apiKey: key}}}}});
    expect(await sources({}, {OPENCODE_API_KEY: key})).toEqual(['OPENCODE_API_KEY']);
    for (const id of ['opencode-go', 'opencode']) {
      expect(await sources(auth({[id]: key}))).toEqual(['opencode auth.json']);
      expect(await sources(config(id))).toEqual(['opencode.json']);
      const home = await withHome();
      await writeStore(home, [{id: 'c', integration: id, value: {type: 'key', key}}]);
      expect(await opencodeGo.discover(home.machine())).toMatchObject([{source: 'opencode store', place: 'opencode'}]);
    }
    expect(await sources({}, {OPENCODE_AUTH_CONTENT: JSON.stringify({opencode: {type: 'api', key}})})).toEqual([
      'OPENCODE_AUTH_CONTENT',
    ]);
    expect(await sources({'.pi/agent/auth.json': {'opencode-go': {type: 'api_key', key}}})).toEqual(['pi auth.json']);
  });

  it('saved with login is found once', async () => {
    const machine = (await withHome()).machine();
    const entry = {id: '1', provider: 'opencode-go', secret: key, label: 'Work', fields: {}};
    expect(await opencodeGo.discover({...machine, stored: async () => [entry]})).toMatchObject([{label: 'Work'}]);
  });

  it('for Go comes before the other one, and both under one id are one', async () => {
    expect(await keys(auth({opencode: 'sk-zen', 'opencode-go': 'sk-go'}))).toEqual(['sk-go', 'sk-zen']);
    expect(await keys(auth({opencode: key, 'opencode-go': key}))).toEqual([key]);
    expect(await sources(auth({opencode: key}), {OPENCODE_API_KEY: key})).toEqual(['OPENCODE_API_KEY']);
  });

  it('is read again from its own place alone', async () => {
    const home = await withHome(auth({opencode: key}));
    const machine = home.machine({env: {OPENCODE_API_KEY: 'sk-other'}});
    expect(await opencodeGo.discover(machine, ['opencode'])).toMatchObject([{place: 'opencode'}]);
    expect(await opencodeGo.discover(machine, ['environment'])).toMatchObject([{place: 'environment'}]);
  });

  it('is none where opencode uses its free models', async () => {
    expect(await sources(auth({opencode: 'public'}))).toEqual([]);
  });

  it('is not sent where its configuration points elsewhere', async () => {
    const options = {baseURL: 'https://proxy.example/v1'};
    const config = {'.config/opencode/opencode.json': {provider: {opencode: {options}}}};
    expect(await sources({...auth({opencode: key}), ...config})).toEqual([]);
  });

  it('of the demo is accepted, and its resets are ahead', async () => {
    const {reading} = await ask(request => demo.answer(request, now), demo.files(now));
    const {windows} = await reading;
    expect(windows.map(({id, use}) => [id, use])).toEqual([
      ['5h', {state: 'known', usedPercent: 34}],
      ['weekly', {state: 'known', usedPercent: 57}],
      ['monthly', {state: 'known', usedPercent: 81}],
    ]);
    for (const {resetsAt, windowMs} of windows) {
      const left = (resetsAt ?? 0) - now;
      expect(left > 0 && left <= (windowMs ?? 0)).toBe(true);
    }
  });
});
