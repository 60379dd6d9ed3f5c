import {describe, expect, it} from 'vitest';
import {googleFailure, namingProject} from '../../../src/providers/google/errors.ts';
import {durationMs} from '../../../src/providers/google/limits.ts';
import {safeUrl} from '../../../src/providers/shared/values.ts';
import {fixture, hour} from './support.ts';

const now = Date.parse('2026-10-07T12:00:00Z');
const failure = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  googleFailure({status, headers, text: typeof body === 'string' ? body : JSON.stringify(body)}, now);

describe('refusals of the quota service', () => {
  it.each([
    ['error-401-access-token-expired', 401, 'expired', 'sign-in'],
    ['error-403-caller', 403, 'auth_rejected', 'open'],
    ['error-403-validation-required', 403, 'auth_rejected', 'verify'],
    ['error-403-resource', 403, 'auth_rejected', 'google/project'],
    ['error-403-licence', 403, 'auth_rejected', 'google/project'],
    ['error-403-unsupported-client', 403, 'auth_rejected', 'sign-in'],
    ['error-400-invalid-argument', 400, 'bad_response', 'google/project'],
    ['error-404-not-found', 404, 'bad_response', undefined],
    ['error-429-quota-exhausted', 429, 'rate_limited', undefined],
    ['error-429-words-only', 429, 'rate_limited', undefined],
    ['error-429-bare', 429, 'rate_limited', undefined],
    ['error-503-unavailable', 503, 'server_error', undefined],
  ])('%s', (name, status, code, remedy) => {
    for (const body of [fixture(name), [fixture(name)]]) {
      const error = failure(status, body);
      expect([error.code, error.remedy?.code]).toEqual([code, remedy]);
      expect(error.message).toMatch(new RegExp(`^HTTP ${status}: \\w`));
    }
  });

  it('name the page on which an account is verified', () => {
    const error = failure(403, fixture('error-403-validation-required'));
    expect(error.remedy?.url).toMatch(/^https:\/\/accounts\.google\.com\/signin\/continue/);
  });

  it.each(['validation_url', 'validation_link'])('find that page under %s too', name => {
    const details = [{reason: 'VALIDATION_REQUIRED', metadata: {[name]: 'https://accounts.google.com/x'}}];
    expect(failure(403, {error: {code: 403, details}}).remedy?.url).toBe('https://accounts.google.com/x');
  });

  it.each([
    ['Gemini for Google Cloud API has not been used in project 12345 before or it is disabled.', undefined],
    ['Caller does not have required permission to use project own-invented.', undefined],
    ['No valid license found for this user.', undefined],
    ['A licence is needed here.', undefined],
    ["Permission 'x' denied on resource '//a.example/projects/own-invented/locations/global'.", 'own-invented'],
  ])('speak of the project, not of the login: %s', (message, name) => {
    const remedy = {code: 'google/project', ...(name === undefined ? {} : {name})};
    expect(failure(403, {error: {code: 403, message, status: 'PERMISSION_DENIED'}}).remedy).toEqual(remedy);
  });

  it.each(['SERVICE_DISABLED', 'BILLING_DISABLED', 'USER_PROJECT_DENIED', 'CONSUMER_INVALID'])(
    'speak of the project by their reason %s',
    reason => {
      const body = {error: {code: 403, message: 'No.', status: 'PERMISSION_DENIED', details: [{reason}]}};
      expect(failure(403, body).remedy?.code).toBe('google/project');
    },
  );

  it('speak of the account when it is to be verified, whatever else is in the message', () => {
    const details = [{reason: 'VALIDATION_REQUIRED'}];
    expect(failure(403, {error: {message: 'Verify to use this project.', details}}).remedy?.code).toBe('verify');
  });

  it('keep the words that say what is missing', () => {
    expect(failure(403, fixture('error-403-licence')).message).toContain('lack a Gemini Code Assist license');
    const preamble = 'Something was asked of this service that it does not want to do for whoever asks for it now. ';
    const message = `${preamble.repeat(3)}Your project lacks a license. Ask for one.`;
    expect(failure(403, {error: {code: 403, message}}).message).toBe(
      'HTTP 403: Your project lacks a license. Ask for one.',
    );
  });

  it('name the project that was asked about, rather than the one in the message', () => {
    const error = failure(403, fixture('error-403-resource'));
    expect(error.remedy).toEqual({code: 'google/project', name: 'managed-invented-project'});
    expect(namingProject(error, 'own-invented')).toMatchObject({
      code: 'auth_rejected',
      message: error.message,
      remedy: {code: 'google/project', name: 'own-invented'},
    });
    expect(namingProject(error, null)).toBe(error);
    const other = failure(403, fixture('error-403-caller'));
    expect(namingProject(other, 'own-invented')).toBe(other);
  });

  it('are a wall when they are a web page', () => {
    expect(failure(403, '<html>no</html>').code).toBe('blocked');
    expect(failure(401, '<html>no</html>', {'content-type': 'text/html'}).code).toBe('blocked');
  });
});

describe('how long to wait', () => {
  const limited = (details: unknown[], headers = {}) => failure(429, {error: {code: 429, details}}, headers).retryAt;

  it('is read from the sample', () => {
    expect(failure(429, fixture('error-429-quota-exhausted')).retryAt).toBe(now + 577_210_700);
  });

  it.each([
    ['the header before the details', [{retryDelay: '9s'}], {'retry-after': '120'}, 120_000],
    ['a delay', [{retryDelay: '34.07s'}], {}, 34_070],
    ['a reset delay', [{metadata: {quotaResetDelay: '160h20m10.7s'}}], {}, 577_210_700],
    ['a reset date', [{metadata: {quotaResetTimeStamp: '2026-10-07T13:00:00Z'}}], {}, hour],
  ])('%s', (_, details, headers, ms) => expect(limited(details, headers)).toBe(now + ms));

  it.each([
    [[]],
    [[{retryDelay: 'soon'}]],
    [[{retryDelay: '0s'}]],
    [[{metadata: {quotaResetTimeStamp: '2020-01-01'}}]],
  ])('is not told by %j', details => expect(limited(details)).toBeNull());

  it.each([
    ['Individual quota reached. Contact your administrator to enable overages. Resets in 71h15m27s.', 256_527_000],
    ['You have exhausted your capacity on this model. Your quota will reset after 3h5s.', 10_805_000],
    ['Resource has been exhausted (e.g. check quota).', null],
    ['Your quota will reset after 0s.', null],
    ['Resets in a while.', null],
  ])('is read from the words: %s', (message, ms) => {
    expect(failure(429, {error: {code: 429, message}}).retryAt).toBe(ms === null ? null : now + ms);
    expect(failure(429, {error: {code: 429, message, details: [{retryDelay: '9s'}]}}).retryAt).toBe(now + 9000);
  });

  it('stands at the end of words that are not cut before it', () => {
    const error = failure(429, fixture('error-429-words-only'));
    expect([error.retryAt, error.message.endsWith('Resets in 116h36m28s.')]).toEqual([now + 419_788_000, true]);
  });

  it('is told by RESOURCE_EXHAUSTED under any status, and by a server that is down', () => {
    expect(failure(403, {error: {status: 'RESOURCE_EXHAUSTED'}}).code).toBe('rate_limited');
    expect(failure(503, {error: {details: [{retryDelay: '900ms'}]}}).retryAt).toBe(now + 900);
  });
});

describe('durations', () => {
  it.each([
    ['34.07s', 34_070],
    ['900ms', 900],
    ['1m', 60_000],
    ['1h2m3.5s', 3_723_500],
    ['577210.7s', 577_210_700],
  ])('%s', (text, ms) => expect(durationMs(text)).toBeCloseTo(ms, 3));
  it.each(['', 's', '5', '-3s', '1d', '3s ago', 7, null])('%j is none', value =>
    expect(durationMs(value)).toBeUndefined(),
  );
});

describe('links', () => {
  it.each([
    ['http://accounts.google.com/', null],
    ['javascript:alert(1)', null],
    ['https://me:pw@accounts.google.com/', null],
    [`https://a.example/${'x'.repeat(3000)}`, null],
    ['not a link', null],
    [7, null],
    ['https://accounts.google.com/a\u001b[31m', 'https://accounts.google.com/a%1B[31m'],
  ])('%j', (value, expected) => expect(safeUrl(value)).toBe(expected));
});
