import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Window} from '../../../src/core/model.ts';
import {membershipName, parseGrants, parsePlan, parseUsage} from '../../../src/providers/cursor/parse.ts';
import {now} from '../shared/home.ts';
import {fixture} from './support.ts';

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
        Math.abs((use.used / use.limit) * 100 - use.usedPercent) <= 1e-6 * Math.abs(use.usedPercent) + 1e-9));
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
