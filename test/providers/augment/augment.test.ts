import {describe, expect, it} from 'vitest';
import {parseCredits} from '../../../src/providers/augment/credits.ts';
import {demo} from '../../../src/providers/augment/demo.ts';
import {augment} from '../../../src/providers/augment/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {askByKey, type Refusal, tokenRefusals} from '../shared/key-service.ts';
import {expectSound, fixturesIn, oddRecord, toldAmounts, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('augment');
const read = (body: unknown) => {
  const {windows, ...reading} = parseCredits(body, now);
  return {plan: reading.plan, windows: windows.map(toldWindow), amounts: toldAmounts(reading)};
};

describe('credits of Augment Code', () => {
  it('are what is left of the whole', () => {
    expect(read(fixture('credits'))).toEqual({
      plan: 'Max Plan',
      windows: ['monthly 29.099111111 % 130946/450000 credits 2026-09-20T00:00:00Z'],
      amounts: [],
    });
  });

  it('that were carried over are an amount where the whole is not told, and never less than none used', () => {
    const rolled = {
      plan: 'Max Plan',
      windows: ['monthly unknown credits 2026-09-20T00:00:00Z'],
      amounts: ['credits 500000 credits'],
    };
    expect(read(fixture('rollover'))).toEqual(rolled);
    const more = {...(fixture('rollover') as object), usage_units_total: 450_000};
    expect(read(more)).toEqual(rolled);
    expect(read({...more, usage_units_total: 0})).toEqual(rolled);
  });

  it('are overrun where less than none is left', () => {
    expect(read({usage_units_remaining: '-50', usage_units_total: '100'}).windows).toEqual([
      'monthly 150 % 150/100 credits null',
    ]);
  });

  it('that are not told are unknown', () => {
    expect(read({usage_units_total: 100})).toEqual({
      plan: null,
      windows: ['monthly unknown credits null'],
      amounts: [],
    });
  });

  it('of older plans are messages', () => {
    const display_info = {usage_unit_display_name: 'user messages'};
    expect(read({usage_units_remaining: 40, usage_units_total: 50, display_info}).windows).toEqual([
      'monthly 20 % 10/50 requests null',
    ]);
  });

  it.each([
    [{}],
    [null],
    [[]],
    [{usage_units_remaining: null}],
    [{included_usage_units_per_billing_cycle: 450_000, is_credit_balance_low: false}],
  ])('are not in %j', body => {
    expect(() => parseCredits(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('are sound, whatever is sent', () => {
    const odd = oddRecord(
      ...['usage_units_remaining', 'usage_units_total', 'display_info', 'current_billing_cycle_end_date_iso'],
    );
    expectSound(body => parseCredits(body, now).windows, odd);
  });
});

const session = JSON.stringify(fixture('session-json'));
const ask = (answer: ServiceAnswer) => askByKey(augment, {AUGMENT_SESSION_AUTH: session}, answer);

describe('a request to Augment Code', () => {
  it('carries the token and an honest name, and only reads', async () => {
    const {requests} = await ask({status: 200, body: fixture('credits')});
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: '/get-credit-info',
        headers: {authorization: 'Bearer fake', 'user-agent': 'mystatus-tui/1.0.0'},
        body: '{}',
      },
    ]);
  });

  it.each<Refusal>(tokenRefusals)('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(ask({status, body})).rejects.toMatchObject({code});
  });

  it('refused says how to sign in again, by where the login is', async () => {
    const answer = {status: 401, body: {}};
    await expect(ask(answer)).rejects.toMatchObject({
      remedy: {code: 'replace-credential', name: 'AUGMENT_SESSION_AUTH'},
    });
    const files = {'.augment/session.json': fixture('session-json')};
    const remedy = {code: 'run', command: 'auggie login'};
    await expect(askByKey(augment, {}, answer, files)).rejects.toMatchObject({remedy});
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(ask(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

const found = async (files: Record<string, unknown>, options = {}) =>
  augment.discover((await withHome(files)).machine(options));
const at = (tenantURL: unknown) => found({'.augment/session.json': {accessToken: 'secret-token', tenantURL}});

describe('a token of Augment Code', () => {
  it.each(['https://d0.api.augmentcode.com/', 'https://d0.api.augmentcode.com', ' D0.api.augmentcode.com '])(
    'goes to its own tenant alone: %j',
    async address => {
      const [account] = await at(address);
      if (account === undefined) return expect.unreachable('no account was found');
      const urls: string[] = [];
      const send = async ({url}: {url: string}) => {
        urls.push(url);
        return {status: 200, headers: {}, text: JSON.stringify(fixture('credits'))};
      };
      const wire = createWire({provider: augment, env: {}, version: '1.0.0', now: () => now});
      await augment.fetch(account, {...wire, send});
      expect(urls).toEqual(['https://d0.api.augmentcode.com/get-credit-info']);
    },
  );

  it.each([
    'http://d0.api.augmentcode.com/',
    'https://api.augmentcode.com/',
    'https://d0.api.augmentcode.com.example/',
    'https://d0.api.augmentcode.com@example.com/',
    'https://d0.api.augmentcode.com:8443/',
    'https://a.d0.api.augmentcode.com/',
    'https://example.com/d0.api.augmentcode.com/',
    '',
    undefined,
    7,
  ])('goes nowhere with the tenant %j, and that is said', async address => {
    const accounts = await at(address);
    expect(accounts).toMatchObject([{credential: null, secrets: ['secret-token'], problem: {code: 'no_credentials'}}]);
    expect(accounts[0]?.problem?.detail).toContain('*.api.augmentcode.com');
  });
});

describe('a login of Augment Code', () => {
  const file = {'.augment/session.json': fixture('session-json')};

  it('is found in the environment and where Auggie keeps it; the same token is one account', async () => {
    expect(await found(file)).toMatchObject([{source: 'augment session.json', place: 'Auggie', label: 'Auggie'}]);
    expect(await found(file, {env: {AUGMENT_SESSION_AUTH: session}})).toMatchObject([
      {source: 'AUGMENT_SESSION_AUTH', place: 'environment', expiresAt: null},
    ]);
    const env = {AUGMENT_SESSION_AUTH: session.replace('fake', 'other')};
    expect(await found(file, {env})).toHaveLength(2);
  });

  it('saved by login has its tenant beside it', async () => {
    const saved = (fields: Record<string, string>) => ({
      stored: async () => [{id: 's', provider: 'augment', secret: 'Bearer mine', fields}],
    });
    expect(await found({}, saved({tenantURL: 'https://d1.api.augmentcode.com'}))).toMatchObject([
      {stored: true, credential: {key: 'mine', host: 'd1.api.augmentcode.com'}},
    ]);
    expect(await found({}, saved({}))).toMatchObject([
      {stored: true, problem: {remedy: {code: 'replace-credential', name: 'augment'}}},
    ]);
  });

  it.each(['{"accessToken": "secret-half', '[]', '"text"'])('that cannot be read is shown: %s', async text => {
    const inVariable = await found({}, {env: {AUGMENT_SESSION_AUTH: text}});
    expect(inVariable).toMatchObject([
      {source: 'AUGMENT_SESSION_AUTH', problem: {remedy: {code: 'replace-credential', name: 'AUGMENT_SESSION_AUTH'}}},
    ]);
    const inFile = await found({'.augment/session.json': text});
    expect(inFile).toMatchObject([{problem: {code: 'no_credentials'}}]);
    expect(JSON.stringify([inVariable, inFile])).not.toContain('secret-half');
  });

  it('without a token is none', async () => {
    expect(await found({'.augment/session.json': {tenantURL: 'https://d0.api.augmentcode.com/'}})).toEqual([]);
    expect(await found({}, {env: {AUGMENT_SESSION_AUTH: ' '}})).toEqual([]);
  });

  it('of the demo is found', async () => {
    expect(await found(demo.files(now))).toMatchObject([{source: 'augment session.json'}]);
  });
});
