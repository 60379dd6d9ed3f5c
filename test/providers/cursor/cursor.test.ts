import fc from 'fast-check';
import {describe, expect, it, onTestFinished} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Window} from '../../../src/core/model.ts';
import {demo} from '../../../src/providers/cursor/demo.ts';
import {cursor} from '../../../src/providers/cursor/index.ts';
import {membershipName, parseGrants, parsePlan, parseUsage} from '../../../src/providers/cursor/parse.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {now, withHome} from '../shared/home.ts';
import {agentFile, fixture, token} from './support.ts';

const told = ({id, use, unit, resetsAt}: Window): string => {
  const figure = use.state === 'known' ? `${Number(use.usedPercent.toFixed(4))} %` : use.state;
  const parts = use.state === 'known' && use.limit !== undefined ? ` ${use.used}/${use.limit}` : '';
  return `${id} ${figure}${parts} ${unit} ${resetsAt === null ? null : new Date(resetsAt).toISOString().slice(0, 10)}`;
};
const windowsOf = (body: unknown): string[] => parseUsage(body).windows.map(told);

describe('a period of Cursor', () => {
  it.each([
    [
      'pro',
      [
        'monthly 16.93 % percent 2026-09-15',
        'auto/monthly 22.01 % percent 2026-09-15',
        'api/monthly 0 % percent 2026-09-15',
      ],
    ],
    [
      'free',
      [
        'monthly 1.2 % percent 2026-09-15',
        'auto/monthly 0.6 % percent 2026-09-15',
        'api/monthly 4 % percent 2026-09-15',
      ],
    ],
    [
      'ultra-over-on-demand',
      [
        'monthly 142.7 % percent 2026-09-20',
        'auto/monthly 98.109 % percent 2026-09-20',
        'api/monthly 100 % percent 2026-09-20',
        'on-demand/monthly 12.34 % 12.34/100 usd 2026-09-20',
      ],
    ],
    ['team-pooled', ['monthly 37.5 % 15/40 usd 2026-10-01', 'on-demand/monthly 25 % 500/2000 usd 2026-10-01']],
    ['individual-without-percent', ['monthly unknown percent 2026-09-15']],
    ['enterprise-cycle-only', []],
  ])('%s is read as it was sent', (name, windows) => {
    expect(windowsOf(fixture(name))).toEqual(windows);
  });

  it('is a month of 30 days as well, with its true length', () => {
    expect(parseUsage(fixture('team-pooled')).windows[0]).toMatchObject({id: 'monthly', windowMs: 30 * 86_400_000});
  });

  it('that is no month is named by its length', () => {
    const week = {billingCycleStart: '1786752000000', billingCycleEnd: String(1786752000000 + 7 * 86_400_000)};
    expect(windowsOf({...week, planUsage: {totalPercentUsed: 5, autoPercentUsed: 1}})).toEqual([
      'weekly 5 % percent 2026-08-22',
      'auto/weekly 1 % percent 2026-08-22',
    ]);
  });

  it('without figures of an enterprise is ok_empty', () => {
    expect(outcomeOf({reading: parseUsage(fixture('enterprise-cycle-only')), failure: null})).toBe('ok_empty');
  });

  it('never has a note of what the service says of itself', () => {
    expect(JSON.stringify(parseUsage(fixture('pro')))).not.toContain('limit');
  });

  it('is read where numbers come as texts and dates as numbers', () => {
    const body = {billingCycleEnd: 1789430400000, planUsage: {totalPercentUsed: '16.93'}};
    expect(windowsOf(body)).toEqual(['monthly 16.93 % percent 2026-09-15']);
  });

  it.each([
    ['nothing', {}],
    ['a list', []],
    ['null', null],
    ['the plan as a text', {billingCycleEnd: '1789430400000', planUsage: 'x'}],
    ['an error', fixture('error-unauthenticated')],
  ])('that is %s is bad_response', (_, body) => {
    expect(() => parseUsage(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('that is not enabled is no_plan, but only if the service says so', () => {
    const cycle = fixture('enterprise-cycle-only') as object;
    expect(() => parseUsage({...cycle, enabled: false})).toThrow(expect.objectContaining({code: 'no_plan'}));
    expect(windowsOf({...cycle, enabled: false, planUsage: {totalPercentUsed: 3}})).toHaveLength(1);
  });

  it.each([
    ['individual before pooled', {individualLimit: 1000, individualUsed: 100, pooledLimit: 5000, pooledUsed: 5000}, 10],
    ['pooled where there is none of one’s own', {individualLimit: 0, pooledLimit: 5000, pooledRemaining: 4000}, 20],
    ['over the limit', {individualLimit: 1000, individualUsed: 1500}, 150],
  ])('takes the limit for spending: %s', (_, spendLimitUsage, usedPercent) => {
    const [window] = parseUsage({...(fixture('enterprise-cycle-only') as object), spendLimitUsage}).windows;
    expect(window).toMatchObject({id: 'on-demand/monthly', use: {state: 'known', usedPercent}});
  });

  it.each([
    ['no use of a limit for spending', {spendLimitUsage: {individualLimit: 1000}}],
    ['no spending of a team', {planUsage: {limit: 4000}, spendLimitUsage: {limitType: 'team'}}],
    ['no limit of a team', {planUsage: {totalSpend: 4000}, spendLimitUsage: {limitType: 'team'}}],
    ['a percentage below zero', {planUsage: {totalPercentUsed: -3}}],
    ['a percentage that is none', {planUsage: {totalPercentUsed: 'NaN'}}],
  ])('calls %s unknown', (_, parts) => {
    const {windows} = parseUsage({billingCycleEnd: '1789430400000', ...parts});
    expect(windows.map(({use}) => use.state)).toEqual(['unknown']);
  });
});

describe('beside a period', () => {
  it('stand gifts in dollars', () => {
    expect(parseGrants(fixture('credit-grants'))).toEqual([{id: 'balance', value: 7.5, unit: 'usd'}]);
    for (const body of [{hasCreditGrants: false, totalCents: '5', usedCents: '1'}, {hasCreditGrants: true}, null, []])
      expect(parseGrants(body)).toEqual([]);
  });

  it('stands the plan', () => {
    expect(parsePlan(fixture('plan-pro'))).toBe('Pro');
    expect(parsePlan({planInfo: {planName: '\u001b[31mPro'}})).toBe('Pro');
    expect([{}, null, {planInfo: {planName: 7}}].map(parsePlan)).toEqual([null, null, null]);
  });

  it('stands the editor’s word for the plan', () => {
    expect(['pro_plus', 'express', 'free_trial', 'enterprise', undefined].map(membershipName)).toEqual([
      ...['Pro+', 'Start', 'Pro Trial', 'Enterprise', null],
    ]);
  });
});

describe('whatever the service sends', () => {
  const scalar = fc.oneof(
    fc.anything(),
    fc.double(),
    fc.constantFrom('12', '-3.5', 'NaN', '1e999', '', null, 0, -1, 100, 1e300, now),
  );
  const fields = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), scalar);
  const body = fc.record({
    billingCycleStart: fc.oneof(scalar, fc.constant('1786752000000')),
    billingCycleEnd: fc.oneof(scalar, fc.constant('1789430400000')),
    enabled: scalar,
    planUsage: fc.oneof(
      fields('totalPercentUsed', 'autoPercentUsed', 'apiPercentUsed', 'totalSpend', 'limit', 'remaining'),
    ),
    spendLimitUsage: fields(
      'limitType',
      'individualLimit',
      'individualUsed',
      'individualRemaining',
      'pooledLimit',
      'pooledUsed',
    ),
  });
  const isSound = ({use}: Window): boolean =>
    use.state !== 'known' ||
    (Number.isFinite(use.usedPercent) &&
      (use.used === undefined ||
        use.limit === undefined ||
        Math.abs((use.used / use.limit) * 100 - use.usedPercent) <= 1e-6 * Math.abs(use.usedPercent)));
  const survives = (given: unknown): boolean => {
    try {
      const {windows} = parseUsage(given);
      return windows.every(isSound) && new Set(windows.map(({id}) => id)).size === windows.length;
    } catch (error) {
      return error instanceof ProviderError;
    }
  };

  it('nothing but a ProviderError is thrown, and every figure is sound', () => {
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 300});
    fc.assert(fc.property(body, survives), {numRuns: 500});
  });

  it('a number that is missing is never one', () => {
    fc.assert(
      fc.property(fields('autoModel', 'totalSpend', 'limit', 'includedSpend', 'remaining'), planUsage =>
        parseUsage({billingCycleEnd: '1789430400000', planUsage}).windows.every(({use}) => use.state === 'unknown'),
      ),
      {numRuns: 200},
    );
  });
});

/** A reading of the login that stands in `cursor-agent`'s file. */
async function ask(handler: Handler, file: unknown = agentFile(token())) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const [account] = await cursor.discover((await withHome({'.config/cursor/auth.json': file})).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  const memory = new Map<string, unknown>();
  const fetchAt = (at: number) =>
    cursor.fetch(
      account,
      createWire({provider: cursor, origin: service.origin, env: {}, version: '1.0.0', now: () => at, memory}),
    );
  return {fetchAt, requests: service.requests};
}
const methodOf = (path: string): string => path.replace('/aiserver.v1.DashboardService/', '');
/** The same usage always; for the rest what is given. */
const besides =
  (answers: Record<string, ServiceAnswer>): Handler =>
  ({path}) =>
    ({GetCurrentPeriodUsage: {status: 200, body: fixture('pro')}, ...answers})[methodOf(path)] ?? {
      status: 404,
      body: {},
    };
const answering = async (answer: ServiceAnswer) => (await ask(() => answer)).fetchAt(now);

describe('a request to Cursor', () => {
  it('carries the token and an honest name, and reads only', async () => {
    const {fetchAt, requests} = await ask(besides({}));
    await fetchAt(now);
    expect(requests.map(({path}) => methodOf(path))).toEqual(
      expect.arrayContaining(['GetCurrentPeriodUsage', 'GetPlanInfo', 'GetCreditGrantsBalance']),
    );
    for (const request of requests)
      expect(request).toMatchObject({
        method: 'POST',
        body: '{}',
        headers: {
          authorization: `Bearer ${token()}`,
          'user-agent': 'mystatus-tui/1.0.0',
          'connect-protocol-version': '1',
        },
      });
  });

  it('for the plan and for gifts may fail', async () => {
    for (const answer of [
      {status: 500, body: {}},
      {status: 403, body: '<html>'},
      {status: 200, body: '[]'},
    ]) {
      const {fetchAt} = await ask(besides({GetPlanInfo: answer, GetCreditGrantsBalance: answer}));
      const {plan, amounts, windows} = await fetchAt(now);
      expect([plan, amounts, windows.length]).toEqual([null, [], 3]);
    }
  });

  it('for the plan is made once an hour', async () => {
    const {fetchAt, requests} = await ask(besides({GetPlanInfo: {status: 200, body: fixture('plan-pro')}}));
    for (const minutes of [0, 5, 59, 61]) expect((await fetchAt(now + minutes * 60_000)).plan).toBe('Pro');
    expect(requests.filter(({path}) => methodOf(path) === 'GetPlanInfo')).toHaveLength(2);
  });

  it.each([
    [401, fixture('error-unauthenticated'), 'expired'],
    [401, '<html>', 'blocked'],
    [403, {code: 'permission_denied', message: 'no'}, 'auth_rejected'],
    [403, '<html>', 'blocked'],
    [503, '<html>', 'blocked'],
    [429, {code: 'resource_exhausted'}, 'rate_limited'],
    [500, {code: 'resource_exhausted'}, 'rate_limited'],
    [200, {code: 'resource_exhausted'}, 'rate_limited'],
    [404, {code: 'unimplemented'}, 'bad_response'],
    [501, {code: 'unimplemented'}, 'bad_response'],
    [404, '', 'bad_response'],
    [500, {code: 'internal'}, 'server_error'],
    [503, {}, 'server_error'],
    [200, '<html>', 'blocked'],
    [200, '', 'bad_response'],
    [200, 'nonsense', 'bad_response'],
    [200, [], 'bad_response'],
    [200, {}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(answering({status, body})).rejects.toMatchObject({code});
  });

  it('that is refused says what renews the login', async () => {
    const failure = {remedy: {code: 'run', command: 'cursor-agent status'}};
    await expect(answering({status: 401, body: fixture('error-unauthenticated')})).rejects.toMatchObject(failure);
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {code: 'resource_exhausted'}};
    await expect(answering(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });

  it('is not made with a token that has ended, or ends within a minute', async () => {
    for (const seconds of [-1, 59]) {
      const {fetchAt, requests} = await ask(besides({}), agentFile(token({exp: now / 1000 + seconds})));
      await expect(fetchAt(now)).rejects.toMatchObject({code: 'expired', remedy: {command: 'cursor-agent status'}});
      expect(requests).toEqual([]);
    }
  });
});

it('the demo is a Pro+ login with every window and a gift', async () => {
  const files = demo.files(now);
  const service = await startService(request => demo.answer(request, now));
  onTestFinished(() => service.close());
  const [account] = await cursor.discover((await withHome(files)).machine());
  if (account === undefined) return expect.unreachable('no account was found');
  expect(account.label).toBe('user@example.com');
  const wire = createWire({provider: cursor, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  const {plan, windows, amounts} = await cursor.fetch(account, wire);
  expect([plan, windows.map(({id}) => id)]).toEqual([
    'Pro+',
    ['monthly', 'auto/monthly', 'api/monthly', 'on-demand/monthly'],
  ]);
  expect(amounts).toEqual([{id: 'balance', value: 7.5, unit: 'usd'}]);
  expect(
    demo.answer(
      {method: 'POST', path: '/aiserver.v1.DashboardService/GetCurrentPeriodUsage', headers: {}, body: ''},
      now,
    ).status,
  ).toBe(401);
});
