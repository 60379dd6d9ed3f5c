import {describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import {failureFrom, readingFrom, settle} from '../../../src/core/polling/settle.ts';
import {createRedactor} from '../../../src/core/text/redact.ts';
import {aFailure, anAccountState, aReading, aWindow} from '../../support/monitor.ts';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const now = 1_000_000_000;
const options = {now, intervalMs: 2 * minute, random: 0.5};

describe('a reading', () => {
  const failing = anAccountState({
    failure: aFailure(),
    failures: 7,
    refreshing: true,
    reading: aReading(),
    readAt: now - day,
  });

  it('is the last one from now on, and the account is well again', () => {
    const reading = aReading({plan: 'Pro'});
    expect(settle(failing, {reading}, options)).toEqual({
      ...failing,
      reading,
      readAt: now,
      failure: null,
      failures: 0,
      lastAttemptAt: now,
      refreshing: false,
      dueAt: now + 2 * minute,
    });
  });

  it('begins the count of failures anew', () => {
    const well = settle(failing, {reading: aReading()}, options);
    const again = settle(well, {failure: aFailure()}, options);
    expect(again.failures).toBe(1);
    expect(again.dueAt).toBe(now + 2 * minute);
  });

  it('names the account where the service says who it is', () => {
    expect(settle(failing, {reading: aReading({label: 'octo6'})}, options).label).toBe('octo6');
    expect(settle(failing, {reading: aReading()}, options).label).toBe(failing.label);
  });
});

describe('a failure', () => {
  const well = anAccountState({reading: aReading(), readAt: now - minute, refreshing: true});

  it.each([
    'expired',
    'auth_rejected',
    'no_credentials',
    'blocked',
    'rate_limited',
    'server_error',
    'network',
    'timeout',
    'bad_response',
  ] as const)('keeps the last reading and its age: %s', code => {
    const failure = aFailure({code});
    expect(settle(well, {failure}, options)).toMatchObject({
      reading: aReading(),
      readAt: now - minute,
      failure,
      failures: 1,
      lastAttemptAt: now,
      refreshing: false,
    });
  });

  it.each(['no_plan', 'plan_expired', 'scope_missing'] as const)('ends what is known when it is %s', code => {
    const cached = {reading: aReading(), readAt: now};
    expect(settle(well, {failure: aFailure({code})}, {...options, cached})).toMatchObject({
      reading: null,
      readAt: null,
    });
  });

  it('counts on from those before', () => {
    expect(settle({...well, failures: 4}, {failure: aFailure()}, options).failures).toBe(5);
  });

  it('is believed no longer wait than any window has', () => {
    const settled = settle(well, {failure: aFailure({code: 'rate_limited', retryAt: now + 400 * day})}, options);
    expect(settled.failure?.retryAt).toBe(now + 8 * day);
    const honest = aFailure({code: 'rate_limited', retryAt: now + 3 * day});
    expect(settle(well, {failure: honest}, options).failure).toEqual(honest);
  });
});

describe('numbers that another tool left behind', () => {
  const left = aReading({windows: [aWindow({id: 'gemini/5h'})]});
  const settledFrom = (readAt: number | null, leftAt: number) =>
    settle(
      anAccountState({reading: readAt === null ? null : aReading(), readAt}),
      {failure: aFailure()},
      {...options, cached: {reading: left, readAt: leftAt}},
    );

  it('stand in where nothing was read, and where they are newer than what was', () => {
    expect(settledFrom(null, now - day)).toMatchObject({reading: left, readAt: now - day});
    expect(settledFrom(now - 2 * minute, now - minute)).toMatchObject({reading: left, readAt: now - minute});
  });

  it('do not replace a newer reading of our own, nor one of the same moment', () => {
    expect(settledFrom(now - minute, now - 2 * minute)).toMatchObject({reading: aReading(), readAt: now - minute});
    expect(settledFrom(now - minute, now - minute).reading).toEqual(aReading());
  });

  it('are of no interest when the asking gave a reading', () => {
    const cached = {reading: left, readAt: now + minute};
    expect(settle(anAccountState(), {reading: aReading()}, {...options, cached})).toMatchObject({
      reading: aReading(),
      readAt: now,
    });
  });
});

describe('what is said', () => {
  const redactor = createRedactor();
  redactor.protect('an-opaque-credential');
  const {redact} = redactor;
  // Neither piece is long enough to be told from a word; together they are the secret.
  const hidden = 'an-opaque\u200b-cred\u001b[0mential';

  it('is cleaned before secrets are looked for: an invisible character must not hide one', () => {
    const error = new ProviderError('bad_response', {
      detail: `no ${hidden} here`,
      remedy: {code: 'verify', url: `https://example.com/?t=${hidden}`, name: hidden},
      shape: `{${hidden}: string}`,
    });
    expect(failureFrom(error, redact)).toEqual({
      code: 'bad_response',
      detail: 'no [redacted] here',
      retryAt: null,
      remedy: {code: 'verify', url: 'https://example.com/?t=[redacted]', name: '[redacted]'},
      shape: '{[redacted]: string}',
    });
    const reading = readingFrom(
      aReading({plan: hidden, notes: [{code: 'message', text: hidden}], label: hidden}),
      redact,
    );
    expect([reading.plan, reading.notes[0]?.text, reading.label]).toEqual(['[redacted]', '[redacted]', '[redacted]']);
  });

  it('of a fault of our own is its name and what to do', () => {
    expect(failureFrom(new TypeError('x is not a function'), redact)).toEqual({
      code: 'bad_response',
      detail: 'internal error: TypeError: x is not a function',
      retryAt: null,
      remedy: {code: 'report'},
    });
    expect(failureFrom('thrown as it is', redact).detail).toBe('internal error: thrown as it is');
  });

  it('keeps a link whole that is longer than a line', () => {
    const url = `https://example.com/${'v'.repeat(1500)}`;
    expect(
      failureFrom(new ProviderError('auth_rejected', {remedy: {code: 'verify', name: 'Google', url}}), redact).remedy
        ?.url,
    ).toBe(url);
  });

  it('tells that nobody was reached, and when to ask again', () => {
    expect(failureFrom(new ProviderError('network', {unreachable: true, retryAt: 5}), redact)).toMatchObject({
      unreachable: true,
      retryAt: 5,
    });
    expect(failureFrom(new ProviderError('network'), redact)).not.toHaveProperty('unreachable');
  });
});
