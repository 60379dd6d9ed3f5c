import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import {createWire, type WireOptions} from '../../../src/system/http/wire.ts';
import {type Service, startService} from '../../support/service.ts';

let service: Service;
beforeEach(async () => {
  service = await startService(() => ({status: 200, body: {ok: true}}));
});
afterEach(() => service.close());

const hosts = ['api.example.com', 'api.*.ghe.com'];
const wireTo = (origin: string, options: Partial<WireOptions> = {}) =>
  createWire({provider: {id: 'x', hosts}, origin, env: {}, version: '1.2.3', now: () => 42, ...options});
const url = 'https://api.example.com/usage';

const failure = (sending: Promise<unknown>): Promise<ProviderError> =>
  sending.then(
    answer => expect.fail(`answered ${JSON.stringify(answer)}`),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ProviderError);
      return error as ProviderError;
    },
  );

describe('a request', () => {
  it('goes to the configured origin with its path and query', async () => {
    const {status, headers, text} = await wireTo(service.origin).send({url: 'https://api.example.com/a%20b/c?d=e%2Ff'});
    expect({status, text}).toEqual({status: 200, text: '{"ok":true}'});
    expect(headers['content-type']).toBe('application/json');
    expect(service.requests).toMatchObject([{method: 'GET', path: '/a%20b/c?d=e%2Ff', body: ''}]);
  });

  it('stays at the configured origin whatever its path looks like', async () => {
    await wireTo(service.origin).send({url: 'https://api.example.com//elsewhere.example/x'});
    expect(service.requests[0]?.path).toBe('//elsewhere.example/x');
  });

  it('carries the headers and the body that it is given', async () => {
    const headers = {Authorization: 'Bearer test-token', 'Content-Type': 'application/json'};
    await wireTo(service.origin).send({method: 'POST', url, headers, body: '{"a":"ä"}'});
    expect(service.requests[0]).toMatchObject({
      method: 'POST',
      body: '{"a":"ä"}',
      headers: {authorization: 'Bearer test-token', 'content-type': 'application/json'},
    });
  });

  it('says who asks, unless the provider does', async () => {
    await wireTo(service.origin).send({url});
    await wireTo(service.origin).send({url, headers: {'User-Agent': 'other/1'}});
    expect(service.requests.map(request => request.headers['user-agent'])).toEqual(['mystatus-tui/1.2.3', 'other/1']);
  });

  it.each([200, 204, 400, 401, 403, 404, 429, 500, 503])('returns status %i as it is', async status => {
    service.answerWith(() => ({status, body: '', headers: {'Retry-After': '7'}}));
    expect(await wireTo(service.origin).send({url})).toMatchObject({status, text: '', headers: {'retry-after': '7'}});
  });

  it('is refused when a header cannot carry the credential', async () => {
    for (const secret of ['line\nbreak', 'cut\0', 'ключ']) {
      const error = await failure(wireTo(service.origin).send({url, headers: {authorization: secret}}));
      expect(error).toMatchObject({code: 'auth_rejected', remedy: {code: 'replace-credential'}});
      expect(error.message).not.toContain(secret);
    }
    expect(service.requests).toEqual([]);
  });
});

describe('a host', () => {
  it.each(['https://api.example.com/', 'https://API.example.com?x', 'https://api.acme.ghe.com/user'])(
    '%s may be asked',
    async address => {
      expect((await wireTo(service.origin).send({url: address})).status).toBe(200);
    },
  );

  it.each([
    'http://api.example.com/',
    'https://example.com/',
    'https://evil.example/',
    'https://api.example.com.evil.example/',
    'https://api.ghe.com/',
    'https://api.a.b.ghe.com/',
    'https://api.ghe.com.evil.example/',
    'https://user@api.example.com/',
    'https://user:password@api.example.com/',
    'https://api.example.com@evil.example/',
    'https://evil.example\\@api.example.com/',
    'https://evil.example#@api.example.com/',
    'https://api%2eexample.com/',
    'https://api.example.com%2f.evil.example/',
    'https://api.example.com:8443/',
    'https://api.example.com./',
    'https://аpi.example.com/',
    'https://api.example。com/',
    'https:/api.example.com/',
    'https:api.example.com/',
    ' https://api.example.com/',
    'https://api.example\t.com/',
    'https://127.0.0.1/',
    'ftp://api.example.com/',
    '//api.example.com/',
    '',
  ])('%j is never asked', async address => {
    for (const origin of [service.origin, null]) {
      const error = await failure(
        wireTo('', {origin}).send({url: address, headers: {authorization: 'Bearer test-token'}}),
      );
      expect(error.code).toBe('bad_response');
      expect(error.message).not.toContain('password');
    }
    expect(service.requests).toEqual([]);
  });
});

describe('a redirect', () => {
  it.each([300, 301, 302, 303, 305, 307, 308])('%i is not followed, not even to another port', async status => {
    const other = await startService(() => ({status: 200, body: {stolen: true}}));
    service.answerWith(() => ({status, headers: {location: `${other.origin}/next?token=a`}, body: 'moved'}));
    const error = await failure(wireTo(service.origin).send({url, headers: {'x-api-key': 'test-key'}}));
    expect(error.code).toBe('bad_response');
    expect(error.message).toBe(`redirected to ${other.origin.slice(7)}; not followed with a credential`);
    expect([service.requests.length, other.requests.length]).toEqual([1, 0]);
    await other.close();
  });

  it.each([[{}], [{location: 'http://['}], [{location: ''}]])(
    'with an unusual target %j is a bad answer',
    async headers => {
      service.answerWith(() => ({status: 302, headers, body: ''}));
      expect((await failure(wireTo(service.origin).send({url}))).code).toBe('bad_response');
    },
  );
});

it('hands out clock, version and memory, and passes secrets on', () => {
  const secrets: string[] = [];
  const memory = new Map();
  const wire = wireTo(service.origin, {memory, protect: secret => secrets.push(secret)});
  wire.protect('test-secret');
  expect([wire.now(), wire.version, wire.memory, secrets]).toEqual([42, '1.2.3', memory, ['test-secret']]);
});

it('runs a program as the machine does', async () => {
  const wire = wireTo(service.origin, {env: {A: 'b'}});
  expect((await wire.run('/usr/bin/env', [], {timeoutMs: 5000})).stdout).toBe('A=b\n');
});

it.each([
  ['at once', () => Promise.resolve()],
  ['later', () => new Promise(resolve => setTimeout(resolve, 50))],
])('ends a running program on an abort that comes %s', async (_when, moment) => {
  const abort = new AbortController();
  const running = wireTo(service.origin, {signal: abort.signal}).run('/bin/sleep', ['60'], {timeoutMs: 60_000});
  moment().then(() => abort.abort());
  await expect(running).rejects.toMatchObject({name: 'AbortError'});
});
