import {chmod, mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Account, Provider, StoredCredential} from '../../src/core/provider.ts';
import {customProvider} from '../../src/providers/custom/index.ts';
import {readingOf} from '../../src/providers/custom/request.ts';
import {createGate} from '../../src/system/custom/gate.ts';
import {bindingOf, isTrusted, trust, untrust} from '../../src/system/custom/trust.ts';
import {createWire} from '../../src/system/http/wire.ts';
import {type Home, now, withHome} from '../providers/shared/home.ts';
import {type Handler, startService} from '../support/service.ts';
import {definitionOf} from './definitions.ts';

const usedPercent = {path: 'used'};
const windows = [{id: '5h', usedPercent}];
const secret = 'fake-acme-key-000000';

type World = {home: Home; config: string; env: Record<string, string>; stored: StoredCredential[]};

async function aWorld(env: Record<string, string> = {}, stored: Partial<StoredCredential>[] = []): Promise<World> {
  const home = await withHome();
  const config = join(home.path, '.config/mystatus-tui');
  await mkdir(config, {recursive: true, mode: 0o700});
  return {home, config, env, stored: stored.map(each => ({id: 's1', provider: 'acme', secret, fields: {}, ...each}))};
}

const acme = (http: Record<string, unknown>) => definitionOf({id: 'acme', name: 'Acme', http: {windows, ...http}});
const providerIn = ({config, env, home}: World, definition: ReturnType<typeof acme>): Provider =>
  customProvider(definition, createGate({directory: config, env, platform: process.platform, home: home.path}));
const accountsOf = ({home, env, stored}: World, provider: Provider): Promise<Account[]> =>
  provider.discover(home.machine({env, stored: async () => stored}));
const trusted = ({config, home}: World, definition: ReturnType<typeof acme>) =>
  trust(config, definition, home.path, now);

/** What an account reads. */
function read({env}: World, provider: Provider, account: Account | undefined, secrets: string[] = []) {
  if (account === undefined) return expect.unreachable('there is no account');
  const protect = (each: string): void => void secrets.push(each);
  return provider.fetch(account, createWire({provider, env, version: '1.0.0', now: () => now, protect}));
}

async function aService(handler: Handler = () => ({status: 200, body: {used: 40}})) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  return service;
}

describe('a described service', () => {
  it('gets no key that was found for another address, even when its definition has changed in between', async () => {
    const [before, after] = [await aService(), await aService()];
    const world = await aWorld({}, [{fields: {boundTo: before.origin}}]);
    const at = (url: string): Provider => providerIn(world, acme({url, auth: {stored: true}}));
    const [account] = await accountsOf(world, at(`${before.origin}/v1`));
    expect(account?.problem).toBeUndefined();
    await expect(read(world, at(`${after.origin}/v1`), account)).rejects.toMatchObject({
      code: 'no_credentials',
      message: `acme: the key was given for ${before.origin}; log in again`,
    });
    expect(after.requests).toEqual([]);
  });

  it('is asked once, with the key of a variable in its header and nothing else of ours', async () => {
    const service = await aService();
    const world = await aWorld({ACME_KEY: secret});
    const definition = acme({
      url: `${service.origin}/v1/limits?scope=me`,
      auth: {header: 'x-api-key', scheme: '', env: 'ACME_KEY'},
      headers: {'x-team': 'blue', 'User-Agent': 'somebody else'},
    });
    const provider = providerIn(world, definition);
    await trusted(world, definition);
    const [account] = await accountsOf(world, provider);
    expect(account).toMatchObject({label: '$ACME_KEY', source: 'environment', stored: false, secrets: []});
    const secrets: string[] = [];
    const {windows: [window] = []} = await read(world, provider, account, secrets);
    expect(window?.use).toEqual({state: 'known', usedPercent: 40});
    expect(secrets).toEqual([secret]);
    expect(service.requests).toMatchObject([
      {
        method: 'GET',
        path: '/v1/limits?scope=me',
        headers: {
          'x-api-key': secret,
          'x-team': 'blue',
          accept: 'application/json',
          'user-agent': 'mystatus-tui/1.0.0',
        },
      },
    ]);
    expect(service.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('is asked without a key, and without trust, where it takes none', async () => {
    const service = await aService();
    const world = await aWorld();
    const provider = providerIn(world, acme({url: `${service.origin}/v1`}));
    const [account] = await accountsOf(world, provider);
    expect((await read(world, provider, account)).windows[0]?.use).toMatchObject({usedPercent: 40});
    expect(service.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('is sent a stored key as a bearer, and each stored key is an account', async () => {
    const service = await aService();
    const boundTo = service.origin;
    const world = await aWorld({}, [
      {fields: {boundTo}},
      {id: 's2', secret: 'fake-other-key-00000', label: 'work', fields: {boundTo}},
    ]);
    const provider = providerIn(world, acme({url: `${service.origin}/v1`, auth: {stored: true}}));
    expect(provider.login).toMatchObject({boundTo: service.origin});
    const accounts = await accountsOf(world, provider);
    expect(accounts.map(({label, stored, secrets}) => [label, stored, secrets])).toEqual([
      ['fake…0000', true, [secret]],
      ['work', true, ['fake-other-key-00000']],
    ]);
    await read(world, provider, accounts[1]);
    expect(service.requests[0]?.headers.authorization).toBe('Bearer fake-other-key-00000');
  });

  it('is not sent a key that was given for another place', async () => {
    const service = await aService();
    const world = await aWorld({}, [{fields: {boundTo: 'https://old.example'}}]);
    const provider = providerIn(world, acme({url: `${service.origin}/v1`, auth: {stored: true}}));
    const [account] = await accountsOf(world, provider);
    expect(account).toMatchObject({
      stored: true,
      secrets: [secret],
      problem: {
        detail: 'acme: the key was given for https://old.example; log in again',
        remedy: {code: 'replace-credential', name: 'acme'},
      },
    });
    await expect(read(world, provider, account)).rejects.toMatchObject({code: 'no_credentials'});
    expect(service.requests).toEqual([]);
  });

  it('is not asked, and its variable is not looked at, before it is trusted', async () => {
    const service = await aService();
    const world = await aWorld();
    const env = new Proxy({} as Record<string, string>, {get: () => expect.unreachable('the environment was read')});
    const provider = providerIn({...world, env}, acme({url: `${service.origin}/v1`, auth: {env: 'ACME_KEY'}}));
    const [account] = await accountsOf(world, provider);
    expect(account?.problem).toMatchObject({
      detail: 'acme: not trusted yet; nothing was sent',
      refused: {code: 'not-trusted', name: 'acme'},
      remedy: {code: 'run', command: 'mystatus-tui provider trust acme'},
    });
    await expect(read(world, provider, account)).rejects.toMatchObject({
      message: 'acme: not trusted yet; nothing was sent',
    });
    expect(service.requests).toEqual([]);
  });

  it('says which variable is not set', async () => {
    const world = await aWorld({ACME_KEY: '  '});
    const definition = acme({url: 'https://acme.example/v1', auth: {env: 'ACME_KEY'}});
    await trusted(world, definition);
    const [account] = await accountsOf(world, providerIn(world, definition));
    expect(account?.problem?.detail).toBe('acme: $ACME_KEY is not set');
  });

  it('is one account whatever its key, and a new key is noticed', async () => {
    const world = await aWorld({ACME_KEY: 'one-key-of-acme'});
    const definition = acme({url: 'https://acme.example/v1', auth: {env: 'ACME_KEY'}});
    await trusted(world, definition);
    const [one] = await accountsOf(world, providerIn(world, definition));
    const later = {...world, env: {ACME_KEY: 'other-key-of-acme'}};
    const [other] = await accountsOf(later, providerIn(later, definition));
    expect(one?.key).toBe(other?.key);
    expect(one?.fingerprint).not.toBe(other?.fingerprint);
  });

  it('is another account at another origin, so that no figure of the one stands at the other', async () => {
    const world = await aWorld();
    const keyAt = async (url: string) => (await accountsOf(world, providerIn(world, acme({url}))))[0]?.key;
    const key = await keyAt('https://acme.example/v1');
    expect(await keyAt('https://acme.example/v2')).toBe(key);
    for (const url of ['https://acme.example:8443/v1', 'https://other.example/v1'])
      expect(await keyAt(url)).not.toBe(key);
  });

  it.each<[number, unknown, object]>([
    [401, {message: 'bad key'}, {code: 'auth_rejected', message: 'HTTP 401: bad key', remedy: {code: 'check-key'}}],
    [404, {}, {code: 'no_plan', message: 'HTTP 404', remedy: null}],
    [403, '<html>', {code: 'blocked'}],
    [500, {}, {code: 'server_error'}],
    [302, {}, {code: 'bad_response'}],
    [200, 'hello', {code: 'bad_response'}],
    [200, {code: 7, text: 'over there'}, {code: 'server_error', message: 'over there'}],
  ])('is a failure by its status, and by what the definition says of it: %j %j', async (status, body, failure) => {
    const service = await aService(() => ({status, body, headers: {location: 'https://elsewhere.example/'}}));
    const world = await aWorld();
    const success = [{path: 'code', equals: 0, code: 'server_error', reason: 'text'}];
    const provider = providerIn(
      world,
      acme({url: `${service.origin}/v1`, statuses: {404: 'no_plan', 403: 'no_plan'}, success}),
    );
    const [account] = await accountsOf(world, provider);
    await expect(read(world, provider, account)).rejects.toMatchObject({name: 'ProviderError', ...failure});
    expect(service.requests).toHaveLength(1);
  });

  it.each<[string, object, object]>([
    ['auth_rejected', {env: 'ACME_KEY'}, {remedy: {code: 'check-key'}, retryAt: null}],
    ['expired', {stored: true}, {remedy: {code: 'replace-credential', name: 'acme'}, retryAt: null}],
    ['rate_limited', {stored: true}, {remedy: null, retryAt: now + 90_000}],
    ['server_error', {stored: true}, {remedy: null, retryAt: null}],
  ])('a refusal inside a success says what to do, as one by its status does: %s', async (code, auth, advice) => {
    const success = [{path: 'ok', equals: true, code, reason: 'text'}];
    const {http} = acme({url: 'https://acme.example/v1', success, auth});
    if (http === undefined) return expect.unreachable();
    const response = {status: 200, headers: {'retry-after': '90'}, text: '{"ok": false, "text": "no"}'};
    const read = async () => readingOf('acme', http, response, now);
    await expect(read()).rejects.toMatchObject({code, message: 'no', ...advice});
  });

  it('waits as long as it is told to', async () => {
    const service = await aService(() => ({status: 429, headers: {'retry-after': '90'}, body: {}}));
    const world = await aWorld();
    const provider = providerIn(world, acme({url: `${service.origin}/v1`}));
    const [account] = await accountsOf(world, provider);
    await expect(read(world, provider, account)).rejects.toMatchObject({code: 'rate_limited', retryAt: now + 90_000});
  });

  it('may be asked at its own origin and port alone', async () => {
    const service = await aService();
    const provider = {id: 'acme', hosts: [service.origin]};
    const wire = createWire({provider, env: {}, version: '1', now: () => now, origin: 'http://127.0.0.1:9'});
    expect((await wire.send({url: `${service.origin}/x`})).status).toBe(200);
    const others = [
      'http://127.0.0.1:9/x',
      service.origin.replace('127.0.0.1', 'localhost'),
      'https://acme.example/',
      `${service.origin}@acme.example/`,
    ];
    for (const url of others) await expect(wire.send({url})).rejects.toMatchObject({message: /no credential is sent/});
  });
});

it('a saved response is read without a network, as the real one is', () => {
  const {http} = acme({url: 'https://acme.example/v1', statuses: {403: 'no_plan'}});
  if (http === undefined) return expect.unreachable();
  const response = (status: number, body: unknown) => ({status, headers: {}, text: JSON.stringify(body)});
  expect(readingOf('acme', http, response(200, {used: 3}), now).windows[0]?.use).toMatchObject({usedPercent: 3});
  expect(() => readingOf('acme', http, response(403, {}), now)).toThrow('HTTP 403');
});

describe('trust in a definition', () => {
  const definition = acme({url: 'https://acme.example/v1', auth: {env: 'ACME_KEY'}});
  const changed = (http: Record<string, unknown>) =>
    acme({url: 'https://acme.example/v1', auth: {env: 'ACME_KEY'}, ...http});

  it('is kept beside the credentials, for its owner alone, and names neither address nor variable', async () => {
    const world = await aWorld();
    expect(isTrusted(world.config, definition, world.home.path)).toBe(false);
    await trusted(world, definition);
    expect(isTrusted(world.config, definition, world.home.path)).toBe(true);
    const path = join(world.config, 'trust.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).not.toMatch(/acme\.example|ACME_KEY/);
  });

  it('tells what would be agreed to, with the home directory written out', () => {
    expect(bindingOf(definition, '/home/me')).toEqual({
      kind: 'http',
      url: 'https://acme.example/v1',
      header: 'Authorization',
      scheme: 'Bearer',
      env: 'ACME_KEY',
      network: 'public',
    });
    const command = {run: ['~/bin/x', '~/y'], passEnv: ['REGION'], secretEnv: 'X_KEY'};
    expect(bindingOf(definitionOf({id: 'x', name: 'X', command}), '/home/me')).toEqual({
      kind: 'command',
      run: ['/home/me/bin/x', '~/y'],
      passEnv: ['REGION'],
      secretEnv: 'X_KEY',
    });
    for (const auth of [undefined, {stored: true}])
      expect(bindingOf(acme({url: 'https://acme.example/v1', ...(auth && {auth})}), '/home/me')).toBeNull();
  });

  it.each([
    ['http://127.0.0.1:8080/', 'this machine'],
    ['http://[::1]:8080/', 'this machine'],
    ['https://10.0.0.8/', 'private'],
    ['https://172.20.1.1/', 'private'],
    ['https://gateway.internal/', 'private'],
    ['https://gateway/', 'private'],
    ['https://[fd00::1]/', 'private'],
    ['https://172.32.1.1/', 'public'],
    ['https://10.example/', 'public'],
    ['https://[2001:db8::1]/', 'public'],
  ])('tells whether the address is on a network of one’s own: %s', (url, network) => {
    expect(bindingOf(acme({url, auth: {env: 'ACME_KEY'}}), '/home/me')).toMatchObject({url, network});
  });

  it.each([
    {url: 'https://acme.example/v2'},
    {url: 'https://acme.example:444/v1'},
    {auth: {env: 'OTHER_KEY'}},
    {auth: {env: 'ACME_KEY', header: 'x-api-key'}},
    {auth: {env: 'ACME_KEY', scheme: 'Token'}},
  ])('ends when what was agreed to changes: %j', async change => {
    const world = await aWorld();
    await trusted(world, definition);
    expect(isTrusted(world.config, changed(change), world.home.path)).toBe(false);
    expect(isTrusted(world.config, changed({windows: [{id: 'weekly', usedPercent}]}), world.home.path)).toBe(true);
  });

  it('can be taken back, and is none where others can write the record', async () => {
    const world = await aWorld();
    const other = definitionOf({id: 'other', name: 'O', command: {run: ['~/bin/x']}});
    await trusted(world, definition);
    await trusted(world, other);
    expect(await untrust(world.config, 'acme', now)).toBe(true);
    expect(await untrust(world.config, 'acme', now)).toBe(false);
    const holds = () => [definition, other].map(each => isTrusted(world.config, each, world.home.path));
    expect(holds()).toEqual([false, true]);
    await chmod(join(world.config, 'trust.json'), 0o666);
    expect(holds()).toEqual([false, false]);
    await chmod(join(world.config, 'trust.json'), 0o600);
    await writeFile(join(world.config, 'trust.json'), '{"trusted": ');
    expect(holds()).toEqual([false, false]);
  });
});

describe('a described program', () => {
  type Options = {script?: string; mode?: number; command?: Record<string, unknown>};

  async function aProgram({script = '', mode = 0o700, command = {}}: Options, world: World) {
    const bin = join(world.home.path, 'bin');
    await mkdir(bin, {recursive: true, mode: 0o700});
    if (script !== '') await writeFile(join(bin, 'gauge'), `#!/bin/sh\n${script}\n`, {mode: 0o700});
    if (script !== '') await chmod(join(bin, 'gauge'), mode);
    const definition = definitionOf({
      id: 'gauge',
      name: 'Gauge',
      command: {run: ['~/bin/gauge', '--json'], ...command},
    });
    await trusted(world, definition);
    return {bin, provider: providerIn(world, definition)};
  }
  const printing = (value: unknown): string => `cat <<'END'\n${JSON.stringify(value)}\nEND`;

  it('prints a reading, and gets no more of the environment than it is told to', async () => {
    const script = `printf '{"plan": "%s", "label": "%s", "windows": [{"id": "5h", "used": %s, "limit": 8}]}' "$1 $FARM_REGION \${SECRET_THING:-none} $MYSTATUS_PROVIDER_SCHEMA" "$FARM_TOKEN" "$(pwd | grep -c "^$HOME$")"`;
    const env = {FARM_REGION: 'north', SECRET_THING: 'hidden', PATH: process.env.PATH ?? '', HOME: ''};
    const world = await aWorld(env, [{provider: 'gauge', fields: {boundTo: '~/bin/gauge'}}]);
    world.env.HOME = world.home.path;
    const {provider} = await aProgram({script, command: {passEnv: ['FARM_REGION'], secretEnv: 'FARM_TOKEN'}}, world);
    const [account] = await accountsOf(world, provider);
    expect(account).toMatchObject({stored: true, secrets: [secret]});
    expect(await read(world, provider, account)).toMatchObject({
      plan: '--json north none mystatus-provider/v1',
      label: secret,
      windows: [{id: '5h', use: {state: 'known', usedPercent: 12.5, used: 1, limit: 8}, unit: 'count'}],
    });
  });

  it.each<[string, string, object]>([
    [
      'exit 3',
      'echo one >&2; printf "\\033[31mtwo\\n" >&2; exit 3',
      {code: 'server_error', message: 'exited with 3: two'},
    ],
    ['exit 127', 'no-such-program', {code: 'server_error', message: /^exited with 127: /}],
    ['nothing', 'true', {code: 'bad_response', message: 'it printed nothing'}],
    ['no JSON', 'echo hello', {code: 'bad_response'}],
    ['a list', 'echo "[]"', {code: 'bad_response'}],
    ['another schema', printing({schema: 'mystatus-provider/v9'}), {code: 'bad_response'}],
    [
      'too much',
      'head -c 300000 /dev/zero | tr "\\0" " "; echo "{}"',
      {code: 'bad_response', message: 'it printed more than 256 KiB'},
    ],
    ['its end by a signal', 'kill -9 $$', {code: 'server_error', message: 'was ended by a signal'}],
    [
      'a failure',
      printing({windows: [], failure: {code: 'rate_limited', detail: 'slow down', retryAt: '2100-01-01T00:00:00Z'}}),
      {code: 'rate_limited', message: 'slow down', retryAt: Date.parse('2100-01-01T00:00:00Z')},
    ],
  ])('is a failure that says what came of it: %s', async (_, script, failure) => {
    const world = await aWorld({PATH: process.env.PATH ?? ''});
    const {provider} = await aProgram({script}, world);
    const [account] = await accountsOf(world, provider);
    await expect(read(world, provider, account)).rejects.toMatchObject({name: 'ProviderError', ...failure});
  });

  it('is ended with all that it started when its time is over', async () => {
    const world = await aWorld({PATH: process.env.PATH ?? ''});
    const {provider} = await aProgram({script: 'sleep 60 & wait', command: {timeoutSeconds: 1}}, world);
    const [account] = await accountsOf(world, provider);
    await expect(read(world, provider, account)).rejects.toMatchObject({
      code: 'timeout',
      message: 'it did not end within 1 s',
    });
  });

  it('keeps what it is handed out of every message: what is a secret by its name or its form, and nothing else', async () => {
    const handed = {
      FARM_PW: 'fake-pw-00',
      DB_PWD: 'fake-pwd-0',
      FARM_SESSION: 'fake-session-0',
      GITHUB_PAT: 'fake-pat-00',
      MY_THING: 'a1'.repeat(12),
      FARM_URL: 'https://farm:fake%2Fword@farm.example/',
    };
    const plain = {FARM_REGION: 'eu-central-1', FARM_TEAM: 'spatial', FARM_PATTERN: 'any'};
    const world = await aWorld({...handed, ...plain, PATH: process.env.PATH ?? ''});
    const passEnv = Object.keys({...handed, ...plain});
    world.env.https_proxy = 'http://me:fake-proxy-word%@proxy.example:3128';
    const {provider} = await aProgram({script: 'echo "{}"', command: {passEnv}}, world);
    const [account] = await accountsOf(world, provider);
    const secrets: string[] = [];
    await read(world, provider, account, secrets);
    const {FARM_URL: _, ...whole} = handed;
    expect(new Set(secrets)).toEqual(
      new Set([...Object.values(whole), 'fake%2Fword', 'fake/word', 'fake-proxy-word%']),
    );
  });

  it('that prints without end is ended at once, and that is said', async () => {
    const world = await aWorld({PATH: process.env.PATH ?? ''});
    const script = `echo $$ > ${world.home.path}/pid; exec yes`;
    const {provider} = await aProgram({script, command: {timeoutSeconds: 30}}, world);
    const [account] = await accountsOf(world, provider);
    await expect(read(world, provider, account)).rejects.toMatchObject({message: 'it printed more than 256 KiB'});
    const pid = Number(await readFile(join(world.home.path, 'pid'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('that is not there cannot be started, and that is said', async () => {
    const world = await aWorld();
    const {provider} = await aProgram({}, world);
    const [account] = await accountsOf(world, provider);
    await expect(read(world, provider, account)).rejects.toMatchObject({
      code: 'bad_response',
      message: 'gauge: ~/bin/gauge cannot be started',
      remedy: {code: 'fix-file', name: '~/bin/gauge'},
    });
  });

  it('that others can write to, or in a directory that they can write to, is not run', async () => {
    const world = await aWorld();
    const {bin, provider} = await aProgram({script: `touch ${world.home.path}/was-run`, mode: 0o775}, world);
    const [account] = await accountsOf(world, provider);
    expect(account?.problem).toMatchObject({
      detail: 'gauge: ~/bin/gauge can be written by others; it was not run',
      remedy: {code: 'run', command: 'chmod go-w ~/bin/gauge'},
    });
    await chmod(join(bin, 'gauge'), 0o755);
    const [mended] = await accountsOf(world, provider);
    expect(mended?.problem).toBeUndefined();
    await chmod(bin, 0o777);
    await expect(read(world, provider, mended)).rejects.toMatchObject({
      message: 'gauge: ~/bin can be written by others; it was not run',
    });
    await expect(stat(join(world.home.path, 'was-run'))).rejects.toMatchObject({code: 'ENOENT'});
  });

  it('is not run before it is trusted, nor after its arguments, variables or path changed', async () => {
    const world = await aWorld();
    await aProgram({script: 'echo "{}"'}, world);
    const others = [
      {run: ['~/bin/gauge']},
      {run: ['~/bin/gauge', '--json'], passEnv: ['HOME_KEY']},
      {run: ['~/bin/gauge', '--json'], secretEnv: 'X'},
      {run: ['/bin/gauge', '--json']},
    ];
    for (const command of others) {
      const [account] = await accountsOf(world, providerIn(world, definitionOf({id: 'gauge', name: 'G', command})));
      expect(account?.problem?.detail).toBe('gauge: not trusted yet; nothing was run');
    }
  });
});
