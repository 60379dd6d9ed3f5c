import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import type {WireResponse} from '../../../src/core/provider.ts';
import {shapeOf} from '../../../src/core/text/shape.ts';
import {
  failureOf,
  jsonOf,
  maybeJson,
  requireSuccess,
  retryAtOf,
  serverReason,
  unexpectedShape,
} from '../../../src/providers/shared/http.ts';
import {now} from './home.ts';

const response = (status: number, text = '{}', headers: Record<string, string> = {}): WireResponse => ({
  status,
  headers,
  text,
});
const codeOf = (...args: Parameters<typeof response>) => failureOf(response(...args), now).code;
const page = '<!DOCTYPE html><title>Just a moment...</title>';
const html = {'content-type': 'text/html'};

describe('what a status means', () => {
  it.each([200, 201, 204, 299])('%d is an answer', status => {
    expect(() => requireSuccess(response(status), now)).not.toThrow();
  });

  it.each([
    [400, 'bad_response'],
    [401, 'expired'],
    [403, 'auth_rejected'],
    [404, 'bad_response'],
    [408, 'timeout'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [502, 'server_error'],
    [503, 'server_error'],
  ])('%d in JSON is %s', (status, code) => {
    expect(codeOf(status)).toBe(code);
    expect(() => requireSuccess(response(status), now)).toThrow(ProviderError);
  });

  it('a page on 401, 403 and 503 is a wall, on others it is what the status says', () => {
    for (const status of [401, 403, 503]) {
      expect(codeOf(status, page)).toBe('blocked');
      expect(codeOf(status, '', html)).toBe('blocked');
      expect(codeOf(status, '{}', {'cf-mitigated': 'challenge'})).toBe('blocked');
      expect(codeOf(status, 'Attention Required! | Cloudflare')).toBe('blocked');
    }
    expect(codeOf(500, page)).toBe('server_error');
    expect(codeOf(429, page)).toBe('rate_limited');
    expect(codeOf(403, page, {'retry-after': '5'})).toBe('blocked');
    expect(codeOf(403, '{}', {server: 'cloudflare'})).toBe('auth_rejected');
  });

  it('JSON stays JSON under a careless content type', () => {
    expect(codeOf(401, '{"error": {}}', {'content-type': 'text/plain'})).toBe('expired');
  });

  it('a 403 that limits the rate is no refusal', () => {
    expect(codeOf(403, '{}', {'retry-after': '60'})).toBe('rate_limited');
    expect(codeOf(403, '{}', {'x-ratelimit-remaining': '0'})).toBe('rate_limited');
    expect(codeOf(403, '{"message": "You have exceeded a secondary rate limit"}')).toBe('rate_limited');
    expect(codeOf(403, '{}', {'x-ratelimit-remaining': '10'})).toBe('auth_rejected');
  });

  it('a remedy goes with the failure that it cures', () => {
    const remedies = {
      expired: {code: 'run', command: 'codex'},
      auth_rejected: {code: 'verify', name: 'Google', url: 'https://example.com'},
    } as const;
    expect(failureOf(response(401), now, remedies).remedy).toEqual({code: 'run', command: 'codex'});
    expect(failureOf(response(403), now, remedies).remedy).toEqual({
      code: 'verify',
      name: 'Google',
      url: 'https://example.com',
    });
    expect(failureOf(response(500), now, remedies).remedy).toBeNull();
    expect(failureOf(response(401, page), now, remedies).remedy).toEqual({code: 'web-page'});
    expect(failureOf(response(511, page), now)).toMatchObject({code: 'blocked', remedy: {code: 'web-page'}});
  });
});

describe('when to ask again', () => {
  const retryAt = (headers: Record<string, string>) => retryAtOf(response(429, '', headers), now);
  const in90s = new Date(now + 90_000).toUTCString();

  it.each([
    [{'retry-after': '120'}, now + 120_000],
    [{'retry-after': ' 1.5 '}, now + 1500],
    [{'retry-after': in90s}, now + 90_000],
    [{'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 30)}, now + 30_000],
    [{'retry-after': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 30)}, now + 10_000],
    [{'retry-after': '1e300'}, 8.64e15],
  ])('%j', (headers, expected) => {
    expect(retryAt(headers)).toBe(expected);
  });

  it.each([
    {},
    {'retry-after': '0'},
    {'retry-after': '-5'},
    {'retry-after': ''},
    {'retry-after': 'later'},
    {'retry-after': new Date(now - 1000).toUTCString()},
    {'x-ratelimit-remaining': '3', 'x-ratelimit-reset': String(now / 1000 + 30)},
    {'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5'},
  ])('is not told by %j', headers => {
    expect(retryAt(headers as Record<string, string>)).toBeNull();
  });
});

describe('bodies', () => {
  const said = (text: string): string => {
    try {
      jsonOf(response(200, text));
      return 'nothing';
    } catch (error) {
      expect(error).toBeInstanceOf(ProviderError);
      return `${(error as ProviderError).code}: ${(error as Error).message}`;
    }
  };

  it('are JSON or bad', () => {
    expect(jsonOf(response(200, '{"a": 1}'))).toEqual({a: 1});
    expect(jsonOf(response(200, 'null'))).toBeNull();
    expect(said('')).toBe('bad_response: responded with an empty body');
    expect(said('{"a": 1')).toBe('bad_response: responded with a body that is not JSON');
    expect(said('Too many people')).toBe('bad_response: responded with a body that is not JSON');
  });

  it.each([
    [' <html>', {}],
    ['\ufeff<!doctype html>', {'content-type': 'text/html; charset=utf-8'}],
    ['Please sign in to the guest network', {'content-type': 'text/HTML'}],
    ['Just a moment...', {}],
    ['', {'content-type': 'text/html'}],
    ['Access denied', {'cf-mitigated': 'challenge'}],
  ])('are a wall when a web page came in their place: %j %j', (text, headers) => {
    const wall = (): unknown => jsonOf({...response(200, text), headers});
    expect(wall).toThrow(expect.objectContaining({code: 'blocked', remedy: {code: 'web-page'}}));
  });

  it('are JSON also when they are called a web page', () => {
    expect(jsonOf({...response(200, '{"a": 1}'), headers: {'content-type': 'text/html'}})).toEqual({a: 1});
  });

  it('may be looked into without harm', () => {
    expect([maybeJson('{"a": 1}'), maybeJson('<'), maybeJson('')]).toEqual([{a: 1}, undefined, undefined]);
  });

  it.each([
    ['{"error": {"message": "one"}, "message": "two"}', 'one'],
    ['{"message": "two"}', 'two'],
    ['{"msg": "three"}', 'three'],
    ['{"detail": "four"}', 'four'],
    ['{"error": "five", "error_description": "six"}', 'six'],
    ['{"error": "five"}', 'five'],
    ['[{"error": {"message": "first of a list"}}]', 'first of a list'],
    ['{"message": "\\u001b[2Jclean\\nline\\u0007"}', 'clean line'],
    ['{"error": {"message": "\\u0000"}, "message": "two"}', 'two'],
  ])('%s says %s', (text, reason) => {
    expect(serverReason(text)).toBe(reason);
  });

  it.each(['', '<p>', '"text"', 'null', '[]', '{}', '{"message": 5}', '{"message": " "}', '{"message": "\\u0000"}'])(
    '%s says nothing',
    text => {
      expect(serverReason(text)).toBeUndefined();
      expect(failureOf(response(500, text), now).message).toBe('HTTP 500');
    },
  );

  it('say at most 80 characters', () => {
    const long = failureOf(response(500, JSON.stringify({message: 'x'.repeat(10_000)})), now).message;
    expect(long.length).toBeLessThanOrEqual('HTTP 500: '.length + 80);
  });
});

describe('shapes', () => {
  it('tell keys and types, never values', () => {
    const body = {plan: 'secret', limits: [{type: 'secret', n: 5}, {}], none: null, on: true, list: []};
    expect(shapeOf(body)).toBe(
      '{plan: string, limits: [{type: string, n: number} ×2], none: null, on: boolean, list: []}',
    );
  });

  it('hide keys that are data', () => {
    expect(shapeOf({'user@example.com': 1, ok_key: 2, 'id 5': 3, a1b2: 4})).toBe(
      '{<key>: number, ok_key: number, <key>: number, <key>: number}',
    );
  });

  it('are bounded in depth and width', () => {
    expect(shapeOf({a: {b: {c: {d: {e: 1}}}}})).toBe('{a: {b: {c: {d: {…}}}}}');
    expect(shapeOf([[[[[1]]]]])).toBe('[[[[[…]]]]]');
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(shapeOf(deep)).toBe('[[[[[…]]]]]');
    const wide = Object.fromEntries(Array.from({length: 100}, (_, at) => [`k${'x'.repeat(at % 30)}${at}`, at]));
    expect(shapeOf(wide)).toMatch(/, …\}$/);
  });

  it('go with the news that an answer changed', () => {
    expect(unexpectedShape('no list', {a: 'v'})).toMatchObject({
      code: 'bad_response',
      message: 'the provider changed its response: no list',
      shape: '{a: string}',
      remedy: {code: 'report'},
    });
  });

  it('can be told of anything, without a control character', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(shapeOf(value)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
