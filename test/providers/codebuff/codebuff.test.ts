import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {demo} from '../../../src/providers/codebuff/demo.ts';
import {codebuff} from '../../../src/providers/codebuff/index.ts';
import {parseCredits, parseSubscription} from '../../../src/providers/codebuff/parse.ts';
import type {ServiceAnswer} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {askByKey, type Refusal, refusals, tokenRefusals} from '../shared/key-service.ts';
import {expectSound, fixturesIn, oddRecord, oddValue, toldAmounts, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('codebuff');
const read = (body: unknown) => {
  const {windows, ...reading} = parseCredits(body, now);
  return [windows.map(toldWindow), toldAmounts(reading)];
};

describe('credits of Codebuff', () => {
  it('are those of the month, and what is left', () => {
    expect(read(fixture('usage'))).toEqual([
      ['monthly 35 % 350/1000 credits 2026-09-20T00:00:00Z'],
      ['credits 650 credits'],
    ]);
  });

  it('without a quota are shared between used and left', () => {
    expect(read({used: '30', remaining: '90'})).toEqual([['monthly 25 % 30/120 credits null'], ['credits 90 credits']]);
  });

  it('are unknown where figures are missing', () => {
    expect(read({quota: 1000})).toEqual([['monthly unknown credits null'], []]);
    expect(read({usage: 5})).toEqual([['monthly unknown credits null'], []]);
    expect(read({remainingBalance: 12})).toEqual([['monthly unknown credits null'], ['credits 12 credits']]);
    expect(read({usage: 5, quota: 0})).toEqual([['monthly unknown credits null'], []]);
  });

  it('overrun are not cut', () => {
    expect(read({usage: 1200, quota: 1000, remainingBalance: -200})).toEqual([
      ['monthly 120 % 1200/1000 credits null'],
      ['credits -200 credits'],
    ]);
  });

  it.each([[{}], [null], [[]], [{usage: null, next_quota_reset: '2026-09-20'}]])('are not in %j', body => {
    expect(() => parseCredits(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('are sound, whatever is sent', () => {
    const odd = oddRecord('usage', 'used', 'quota', 'limit', 'remainingBalance', 'remaining', 'next_quota_reset');
    expectSound(body => parseCredits(body, now).windows, odd);
  });
});

describe('a subscription of Codebuff', () => {
  it('has a week and a name', () => {
    const {windows, ...more} = parseSubscription(fixture('subscription'), now);
    expect(windows.map(toldWindow)).toEqual(['weekly 30 % 2100/7000 credits 2026-09-07T00:00:00Z']);
    expect(more).toEqual({plan: 'Pro', label: 'user@example.com'});
  });

  it.each([
    [{subscription: {tier: 'pro_plus'}}, 'Pro Plus'],
    [{subscription: {tier: 200}}, '200'],
    [{subscription: {displayName: 'Pro', status: 'canceled'}}, null],
    [{subscription: null}, null],
    [undefined, null],
  ])('%j is the plan %s', (body, plan) => {
    expect(parseSubscription(body, now)).toEqual({plan, windows: []});
  });

  it('with a limit alone is unknown', () => {
    expect(parseSubscription({rateLimit: {limit: 7000}}, now).windows.map(toldWindow)).toEqual([
      'weekly unknown credits null',
    ]);
  });

  it('is sound, whatever is sent', () => {
    const rateLimit = oddRecord('weeklyUsed', 'used', 'weeklyLimit', 'limit', 'weeklyResetsAt');
    const subscription = oddRecord('displayName', 'tier', 'status');
    const odd = fc.record({rateLimit: fc.oneof(rateLimit, oddValue), subscription, email: oddValue});
    expectSound(body => parseSubscription(body, now).windows, odd);
  });
});

const file = {'.config/manicode/credentials.json': fixture('credentials')};
type Answers = Record<string, ServiceAnswer>;
const answering = (answers: Answers) => (path: string) => answers[path] ?? {status: 404, body: {}};
const byKey = (answers: Answers) => askByKey(codebuff, {CODEBUFF_API_KEY: 'cb-fake'}, answering(answers));
const byLogin = (answers: Answers) => askByKey(codebuff, {}, answering(answers), file);
const ok = (body: unknown) => ({status: 200, body});
const [usage, subscription] = ['/api/v1/usage', '/api/user/subscription'];

describe('a request to Codebuff', () => {
  it('with a key asks for the credits alone, under an honest name', async () => {
    const {requests} = await byKey({[usage]: ok(fixture('usage'))});
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: usage,
        headers: {authorization: 'Bearer cb-fake', 'user-agent': 'mystatus-tui/1.0.0'},
        body: '{"fingerprintId":"mystatus-tui"}',
      },
    ]);
    expect(requests).toHaveLength(1);
  });

  it('with Codebuff’s own login asks for the subscription as well', async () => {
    const {reading, requests} = await byLogin({
      [usage]: ok(fixture('usage')),
      [subscription]: ok(fixture('subscription')),
    });
    expect(requests.map(({method, path}) => `${method} ${path}`)).toEqual([`POST ${usage}`, `GET ${subscription}`]);
    expect(reading).toMatchObject({plan: 'Pro', windows: [{id: 'monthly'}, {id: 'weekly'}], label: 'user@example.com'});
  });

  it.each([404, 401, 429, 500])('is answered where the subscription fails with %i', async status => {
    const {reading} = await byLogin({[usage]: ok(fixture('usage')), [subscription]: {status, body: {}}});
    expect(reading).toMatchObject({plan: null, windows: [{id: 'monthly', use: {usedPercent: 35}}]});
  });

  it.each<Refusal>(refusals)('with a key answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(byKey({[usage]: {status, body}})).rejects.toMatchObject({code});
  });

  it.each<Refusal>(tokenRefusals)(
    'with a login answered with %i and %j ends as it should: %s',
    async (status, body, code) => {
      await expect(byLogin({[usage]: {status, body}})).rejects.toMatchObject({code});
    },
  );

  it('refused says what to do', async () => {
    const refused = {[usage]: {status: 401, body: {}}};
    await expect(byKey(refused)).rejects.toMatchObject({remedy: {code: 'replace-credential', name: 'codebuff'}});
    await expect(byLogin(refused)).rejects.toMatchObject({remedy: {code: 'run', command: 'codebuff'}});
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(byKey({[usage]: answer})).rejects.toMatchObject({retryAt: now + 60_000});
  });
});

describe('a login of Codebuff', () => {
  const path = '.config/manicode/credentials.json';
  const found = async (files: Record<string, unknown>, options = {}) =>
    codebuff.discover((await withHome(files)).machine(options));

  it('is found where Codebuff keeps it, in its section or alone', async () => {
    const login = {source: 'codebuff credentials.json', place: 'Codebuff', credential: {key: 'fake'}};
    expect(await found(file)).toMatchObject([{...login, label: 'user@example.com', expiresAt: null}]);
    expect(await found({[path]: {authToken: 'fake'}})).toMatchObject([{...login, label: 'Codebuff'}]);
    expect(await found({[path]: {default: {email: 'user@example.com'}, authToken: 'fake'}})).toMatchObject([login]);
  });

  it.each([[{}], [[]], [{default: {}}], [{default: {authToken: ' '}}]])('is not in %j', async content => {
    expect(await found({[path]: content})).toEqual([]);
  });

  it('keeps its account when the token is another one', async () => {
    const [before] = await found({[path]: {authToken: 'one'}});
    const [after] = await found({[path]: {authToken: 'two'}});
    expect(after?.key).toBe(before?.key);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('comes after the environment and what `login` saved', async () => {
    const stored = async () => [{id: 's', provider: 'codebuff', secret: 'cb-b', fields: {}}];
    const accounts = await found(file, {stored, env: {CODEBUFF_API_KEY: 'cb-a'}});
    expect(accounts.map(({source}) => source)).toEqual([
      'CODEBUFF_API_KEY',
      'mystatus-tui login',
      'codebuff credentials.json',
    ]);
  });

  it('in a file that cannot be read is shown, with nothing of it', async () => {
    const accounts = await found({[path]: '{"default": {"authToken": "secret-half'});
    expect(accounts).toMatchObject([{problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}}]);
    expect(JSON.stringify(accounts)).not.toContain('secret-half');
  });

  it('of the demo is found', async () => {
    expect(await found(demo.files(now))).toMatchObject([{source: 'codebuff credentials.json'}]);
  });
});
