import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {demo} from '../../../src/providers/amp/demo.ts';
import {amp} from '../../../src/providers/amp/index.ts';
import {parseUsage} from '../../../src/providers/amp/parse.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {askByKey, type Refusal, refusals} from '../shared/key-service.ts';
import {expectSound, fixturesIn, toldAmounts, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('amp');
const saying = (...lines: string[]): unknown => ({ok: true, result: {displayText: lines.join('\n')}});
const read = (body: unknown) => {
  const reading = parseUsage(body, now);
  return {...reading, windows: reading.windows.map(toldWindow), amounts: toldAmounts(reading)};
};

describe('what Amp prints', () => {
  it('of a free day in percent is what remains of it', () => {
    expect(read(fixture('free-percent'))).toEqual({
      plan: 'Amp Free',
      windows: ['free/1d 39 % percent null'],
      amounts: ['balance 17.23 usd'],
      notes: [],
      label: 'user@example.com',
    });
  });

  it('of a free day in dollars fills up again by the hour', () => {
    const {plan, windows} = read(fixture('free-dollars'));
    expect([plan, windows]).toEqual(['Amp Free', ['free/1d 15 % 1.5/10 usd 2026-09-02T01:34:17.143Z']]);
  });

  it('of a subscription tells two pools, and when it is renewed in whole days', () => {
    expect(read(fixture('subscription'))).toEqual({
      plan: 'Megawatt',
      windows: ['agent/monthly 3 % percent null', 'orb/monthly 0 % percent null'],
      amounts: ['balance/workspace 5.33 usd'],
      notes: [{code: 'amp/renews-days', text: '29'}],
      label: 'user@example.com',
    });
  });

  it('of a subscription in its other words is the same', () => {
    const line = 'Amp Megawatt Subscription: 64% agent usage and 98% orb usage remaining - resets in 1 month';
    expect(read(saying(line))).toMatchObject({
      plan: 'Megawatt',
      windows: ['agent/monthly 36 % percent null', 'orb/monthly 2 % percent null'],
      notes: [{code: 'amp/renews-months', text: '1'}],
    });
  });

  it('of several purses is added up by kind, names and links left out', () => {
    const {plan, amounts} = read(
      saying(
        'Individual credits: $1,234.50 remaining (https://ampcode.com/settings)',
        'Workspace a: b: $0.10 remaining',
        'Workspace c: $0.20 remaining',
      ),
    );
    expect([plan, amounts]).toEqual(['Credits', ['balance 1234.5 usd', 'balance/workspace 0.3 usd']]);
  });

  it('of debts is below zero, and of a spent day all of it', () => {
    expect(read(saying('Individual credits: -$3.20 remaining')).amounts).toEqual(['balance -3.2 usd']);
    expect(read(saying('Amp Free: $0/$10 remaining')).windows).toEqual(['free/1d 100 % 10/10 usd null']);
    expect(read(saying('Amp Free: $10/$10 remaining (replenishes +$0.42/hour)')).windows).toEqual([
      'free/1d 0 % 0/10 usd null',
    ]);
  });

  it.each([
    ['words that it does not know', 'Amp Free: plenty left today'],
    ['a share that is used, not left', 'Amp Free: 61% used today'],
    ['more than all', 'Amp Free: 161% remaining today'],
    ['more dollars than there can be', 'Amp Free: $12/$10 remaining'],
    ['the same twice', 'Amp Free: 61% remaining today\nAmp Free: 40% remaining today'],
  ])('with %s is unknown', (_, text) => {
    expect(parseUsage(saying(text), now).windows).toMatchObject([{id: 'free/1d', use: {state: 'unknown'}}]);
  });

  it('of a subscription that tells one pool leaves the other unknown', () => {
    expect(read(saying('Subscription Watt: 64% agent usage remaining')).windows).toEqual([
      'agent/monthly 36 % percent null',
      'orb/monthly unknown percent null',
    ]);
  });

  it.each([
    [{}],
    [null],
    [[]],
    [{ok: true, result: {}}],
    [saying('')],
    [saying('Signed in as user@example.com')],
    [saying('Credits of yours: $3')],
  ])('is no usage in %j: bad_response, never 0', body => {
    expect(() => parseUsage(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('is sound, whatever is sent', () => {
    const figure = fc.constantFrom('1', '0', '-5', '99.5', '1,000', '1e9', '...', '', '9'.repeat(400));
    const line = fc
      .tuple(
        fc.constantFrom(
          'Amp Free: ',
          'Subscription X: ',
          'Amp Y Subscription: ',
          'Individual credits: ',
          'Workspace z: ',
        ),
        fc.constantFrom(
          '$F/$G remaining (replenishes +$F/hour)',
          'F% remaining',
          'F% agent usage and G% orb usage remaining',
          '$F remaining in F days',
        ),
        figure,
        figure,
      )
      .map(([head, rest, f, g]) => head + rest.replaceAll('F', f).replaceAll('G', g));
    const odd = fc.array(fc.oneof(line, fc.string())).map(lines => saying(...lines));
    expectSound(body => parseUsage(body, now).windows, odd);
  });
});

const key = 'sgamp_user_FAKE';
const ask = (answer: ServiceAnswer) => askByKey(amp, {AMP_API_KEY: key}, answer);

describe('a request to Amp', () => {
  it('carries the key and an honest name, and only reads', async () => {
    const {requests} = await ask({status: 200, body: fixture('free-percent')});
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/internal?userDisplayBalanceInfo',
        headers: {
          authorization: `Bearer ${key}`,
          'user-agent': 'mystatus-tui/1.0.0',
          'content-type': 'application/json',
        },
        body: '{"method":"userDisplayBalanceInfo","params":{}}',
      },
    ]);
  });

  it.each<Refusal>([
    ...refusals,
    [200, fixture('error-auth'), 'auth_rejected'],
    [200, {ok: false, error: {code: 'user-suspended', message: 'no'}}, 'bad_response'],
    [200, {ok: false}, 'bad_response'],
    [200, {ok: true, result: {displayText: ''}}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(ask({status, body})).rejects.toMatchObject({code});
  });

  it('refused with a status of success says why, and what to do', async () => {
    await expect(ask({status: 200, body: fixture('error-auth')})).rejects.toMatchObject({
      message: 'auth-required: Authentication required',
      remedy: {code: 'replace-credential', name: 'amp'},
    });
    const other = {ok: false, error: {code: 'user-suspended', message: 'ask the owner'}};
    await expect(ask({status: 200, body: other})).rejects.toMatchObject({message: 'user-suspended: ask the owner'});
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(ask(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

describe('a login of Amp', () => {
  const path = '.local/share/amp/secrets.json';
  const found = async (files: Record<string, unknown>, options = {}) =>
    amp.discover((await withHome(files)).machine(options));

  it('is found where Amp keeps it, with the slash and without', async () => {
    const login = {source: 'amp secrets.json', place: 'Amp', credential: {key}, expiresAt: null};
    expect(await found({[path]: fixture('secrets-json')})).toMatchObject([login]);
    expect(await found({[path]: {'apiKey@https://ampcode.com': key}})).toMatchObject([login]);
  });

  it.each([
    [{}],
    [[]],
    [{'apiKey@https://amp.example.com/': key}],
    [{'apiKey@https://ampcode.com.example/': key}],
    [{'apiKey@https://ampcode.com/': 7}],
  ])('is not in %j', async file => {
    expect(await found({[path]: file})).toEqual([]);
  });

  it('in the environment comes first, and is one account with the same key in the file', async () => {
    const files = {[path]: fixture('secrets-json')};
    expect(await found(files, {env: {AMP_API_KEY: key}})).toMatchObject([{source: 'AMP_API_KEY'}]);
    const others = await found(files, {env: {AMP_API_KEY: 'sgamp_user_OTHER'}});
    expect(others.map(({source}) => source)).toEqual(['AMP_API_KEY', 'amp secrets.json']);
  });

  it('in a variable that another product calls the same is none', async () => {
    expect(await found({}, {env: {AMP_API_KEY: '0123456789abcdef'}})).toEqual([]);
  });

  it('saved by login is one of its own; a key of another product is said to be one', async () => {
    const saved = (secret: string) => ({stored: async () => [{id: 's', provider: 'amp', secret, fields: {}}]});
    expect(await found({}, saved(key))).toMatchObject([{stored: true, place: 'mystatus-tui login'}]);
    expect(await found({}, saved('0123'))).toMatchObject([{problem: {code: 'no_credentials'}, secrets: ['0123']}]);
  });

  it('in a file that cannot be read is shown, with nothing of it', async () => {
    const accounts = await found({[path]: '{"apiKey@https://ampcode.com/": "sgamp_half'});
    expect(accounts).toMatchObject([{problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}}]);
    expect(JSON.stringify(accounts)).not.toContain('sgamp_half');
  });

  it('of the demo is found', async () => {
    expect(await found(demo.files(now))).toMatchObject([{source: 'amp secrets.json'}]);
  });
});
