import {chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {compose} from '../../src/compose.ts';
import type {CustomControl} from '../../src/core/custom/control.ts';
import type {CustomProvider} from '../../src/core/custom/definition.ts';
import type {Services} from '../../src/core/services.ts';
import {type Service, startService} from '../support/service.ts';
import {until} from '../support/until.ts';
import {definitionOf} from './definitions.ts';

const key = 'fake-acme-key-000000';
const timeoutMs = 5000;
let home: string;
let service: Service;
let body: unknown;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-trial-'));
  service = await startService(({headers}) =>
    headers['x-api-key'] === key ? {status: 200, body} : {status: 401, body: {message: 'no such key'}},
  );
  body = {used: 1, max: 4};
  onTestFinished(async () => {
    await service.close();
    rmSync(home, {recursive: true, force: true});
  });
});

const composed = (env: Record<string, string> = {}): Promise<Services> =>
  compose({
    env: {HOME: home, PATH: process.env.PATH ?? '', MYSTATUS_CONFIG_DIR: home, MYSTATUS_STATE_DIR: home, ...env},
    demo: undefined,
    providers: undefined,
    override: each => each,
    ledger: false,
  });

async function control(env?: Record<string, string>): Promise<CustomControl> {
  const services = await composed(env);
  onTestFinished(() => services.close());
  const custom = await services.custom?.();
  if (custom === undefined) throw new Error('it has no control');
  return custom;
}

const gateway = (http: Record<string, unknown> = {}): CustomProvider =>
  definitionOf({
    id: 'acme',
    name: 'Acme',
    http: {
      url: `${service.origin}/v1/limits`,
      auth: {header: 'x-api-key', scheme: '', stored: true},
      windows: [{id: '5h', used: {path: 'used'}, limit: {path: 'max'}}],
      ...http,
    },
  });

describe('a definition that stands nowhere yet', () => {
  it('is tried with a secret that is stored nowhere either', async () => {
    const trial = await (await control()).test(gateway(), {timeoutMs, secret: key});
    expect(trial).toMatchObject({
      request: {line: `GET ${service.origin}/v1/limits`},
      response: {status: 200, type: 'application/json', bytes: 18},
      mappings: [{place: 'windows[0]', windows: [{id: '5h', use: {state: 'known', usedPercent: 25}}], unread: []}],
      account: {provider: 'acme', failure: null},
    });
    expect(JSON.stringify(trial)).not.toContain(key);
    expect(trial.request?.values).toContain('x-api-key: fake…0000');
    expect(readdirSync(home)).toEqual([]);
  });

  it('is not sent without a secret, and says how to store one', async () => {
    const {request, account} = await (await control()).test(gateway(), {timeoutMs});
    expect([request, account.failure]).toEqual([
      null,
      {
        code: 'no_credentials',
        detail: 'acme: no credential is stored',
        retryAt: null,
        remedy: {code: 'run', command: 'mystatus-tui login acme'},
      },
    ]);
    expect(service.requests).toEqual([]);
  });

  it('is sent once what it takes out of the environment is trusted', async () => {
    const custom = await control({ACME_KEY: key});
    const definition = gateway({auth: {header: 'x-api-key', scheme: '', env: 'ACME_KEY'}});
    expect((await custom.test(definition, {timeoutMs})).account.failure?.refused?.code).toBe('not-trusted');
    expect(service.requests).toEqual([]);
    await custom.trust(definition);
    expect((await custom.test(definition, {timeoutMs})).account.failure).toBeNull();
    expect(await custom.status(definition)).toEqual({trusted: true, credential: true, problems: []});
  });

  it('tells a refusal, and no mapping', async () => {
    const trial = await (await control()).test(gateway(), {timeoutMs, secret: 'fake-other-key-000000'});
    expect(trial).toMatchObject({
      response: {status: 401},
      shape: [{path: 'message', type: 'string'}],
      mappings: [],
      account: {failure: {code: 'auth_rejected', detail: 'HTTP 401: no such key'}, reading: null},
    });
  });

  it('tells that nobody is there', async () => {
    const definition = gateway();
    await service.close();
    const trial = await (await control()).test(definition, {timeoutMs, secret: key});
    expect(trial).toMatchObject({response: null, account: {failure: {code: 'network'}}});
  });
});

describe('what stands in a body', () => {
  it('is told by keys and types, rows of a list as one, and a key that is the secret is on none', async () => {
    body = {rows: [{a: 1}, {a: null, b: true}], 'odd.key': {'': 'x'}, [key]: 'value-of-it'};
    const {shape} = await (await control()).test(gateway(), {timeoutMs, secret: key});
    expect(shape).toEqual([
      {path: 'rows', type: 'list of 2'},
      {path: 'rows[]', type: 'object'},
      {path: 'rows[].a', type: 'number or null'},
      {path: 'rows[].b', type: 'boolean'},
      {path: '["odd.key"]', type: 'object'},
      {path: '["odd.key"][""]', type: 'string'},
      {path: '[redacted]', type: 'string'},
    ]);
  });

  it('is told as far as anybody reads, and not at all where it is too deep', async () => {
    const custom = await control();
    body = Object.fromEntries(Array.from({length: 500}, (_, at) => [`key${at}`, at]));
    const {shape} = await custom.test(gateway(), {timeoutMs, secret: key});
    expect([shape.length, shape.at(-1)]).toEqual([201, {path: '…', type: 'and more'}]);
    body = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);
    const deep = await custom.test(gateway(), {timeoutMs, secret: key});
    expect([deep.shape, deep.account.failure?.code]).toEqual([[], 'bad_response']);
  });

  it.each([
    ['data.max', {data: {used: 1, total: 2}}, ['data.used', 'data.total']],
    ['data.max.deep', {data: {used: 1}}, ['data.used']],
    ['list[3].max', {list: [1, 2]}, ['a list of 2']],
    ['list[0].max', {list: [{used: 1}]}, ['list[0].used']],
    ['max', [1], ['a list of 1']],
    [['odd.key', 'max'], {'odd.key': {'other.key': 1}}, ['odd.key["other.key"]']],
  ])('is named beside %j, which is missing', async (path, answered, there) => {
    body = answered;
    const definition = gateway({windows: [{id: '5h', used: 0, limit: {path}}]});
    const {mappings} = await (await control()).test(definition, {timeoutMs, secret: key});
    expect(mappings[0]?.unread).toMatchObject([{place: 'windows[0].limit', why: 'missing', there}]);
  });

  it('is named in the row in which something is missing', async () => {
    body = {limits: [{name: '5h', ratio: 0.5}, {name: '7d', rate: 1}, {name: 'burst'}]};
    const window = {
      each: 'limits',
      id: {path: 'name', map: {'5h': '5h', '7d': 'weekly'}},
      usedPercent: {path: 'ratio'},
      scale: '0-1',
    };
    const {mappings} = await (await control()).test(gateway({windows: [window]}), {timeoutMs, secret: key});
    expect(mappings[0]).toMatchObject({
      windows: [
        {id: '5h', use: {usedPercent: 50}},
        {id: 'weekly', use: {state: 'unknown'}},
      ],
      unread: [{path: 'ratio', there: ['name', 'rate']}],
    });
  });
});

describe('a program that is tried', () => {
  it('ends when the trying ends', async () => {
    mkdirSync(join(home, 'bin'), {mode: 0o755});
    writeFileSync(join(home, 'bin/gauge'), `#!/bin/sh\necho $$ > "$HOME/started"\nexec sleep 60\n`);
    chmodSync(join(home, 'bin/gauge'), 0o755);
    const services = await composed();
    const custom = await services.custom?.();
    const definition = definitionOf({id: 'gauge', name: 'Gauge', command: {run: ['~/bin/gauge'], timeoutSeconds: 30}});
    await custom?.trust(definition);
    const trying = custom?.test(definition, {timeoutMs});
    await until(
      () => existsSync(join(home, 'started')) && readFileSync(join(home, 'started'), 'utf8') !== '',
      () => 'the program was not started',
    );
    await services.close();
    expect((await trying)?.account.failure).not.toBeNull();
    const pid = Number(readFileSync(join(home, 'started'), 'utf8'));
    await until(
      () => !runs(pid),
      () => 'the program still runs',
    );
  });
});

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
