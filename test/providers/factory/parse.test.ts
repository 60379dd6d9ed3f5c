import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseLimits, parseMember, parseTokens} from '../../../src/providers/factory/parse.ts';
import {now} from '../shared/home.ts';
import {expectSound, fixturesIn, oddRecord, oddValue, toldAmounts, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('factory');
const limitsIn = (body: unknown): string[] => parseLimits(body, now).windows.map(toldWindow);
const standard = (weekly: object) => ({limits: {standard: {weekly}}});

describe('limits of Factory', () => {
  it('are read for the models of the plan and for the core models', () => {
    expect(limitsIn(fixture('limits'))).toEqual([
      '5h 44 % percent 2026-09-02T01:56:40Z',
      'weekly 12.5 % percent 2026-09-07T00:00:00Z',
      'monthly 3 % percent 2026-09-28T00:00:00Z',
      'core/5h not-started percent null',
      'core/weekly 7 % percent 2026-09-07T00:00:00Z',
    ]);
    expect(toldAmounts(parseLimits(fixture('limits'), now))).toEqual(['balance 12 usd']);
  });

  it('that have ended have not started again, and a missing percentage is unknown', () => {
    expect(limitsIn(fixture('limits-ended-window'))).toEqual([
      '5h not-started percent null',
      'weekly 64 % percent 2026-09-01T23:00:00Z',
      'monthly unknown percent 2026-09-28T00:00:00Z',
    ]);
    expect(parseLimits(fixture('limits-ended-window'), now).amounts).toEqual([]);
  });

  it('below one percent are not taken for a share', () => {
    expect(limitsIn(standard({usedPercent: 0.12, windowEnd: null}))).toEqual(['weekly 0.12 % percent null']);
  });

  it('beyond all are not cut', () => {
    expect(limitsIn(standard({usedPercent: 131.5}))).toEqual(['weekly 131.5 % percent null']);
  });

  it.each([
    [
      'an end that is over, and seconds that remain',
      {windowEnd: now - 1, secondsRemaining: 60},
      '2026-09-01T22:01:00Z',
    ],
    ['an end further off than a week', {windowEnd: now + 30 * 86_400_000}, null],
  ])('with %s reset when that can be', (_, end, reset) => {
    expect(limitsIn(standard({usedPercent: 5, ...end}))).toEqual([`weekly 5 % percent ${reset}`]);
  });

  it.each([
    ['that ended without a percentage', {windowEnd: now - 1}],
    ['with neither end nor percentage', {windowEnd: null, secondsRemaining: null}],
    ['below zero', {usedPercent: -1, windowEnd: null}],
  ])('%s are unknown', (_, row) => {
    expect(limitsIn(standard(row))).toEqual(['weekly unknown percent null']);
  });

  it('mean nothing on an older plan', () => {
    expect(parseLimits(fixture('limits-legacy-plan'), now)).toEqual({plan: null, windows: [], amounts: [], notes: []});
  });

  it.each([[{}], [[]], [null], [{limits: {}}], [{usesTokenRateLimitsBilling: true, limits: null}]])(
    'are not in %j',
    body => {
      expect(() => parseLimits(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );

  it('are sound, whatever is sent', () => {
    const rows = fc.dictionary(
      fc.constantFrom('fiveHour', 'weekly', 'monthly'),
      oddRecord('usedPercent', 'windowEnd', 'secondsRemaining'),
    );
    const body = fc.record({
      limits: fc.record({standard: rows, core: fc.oneof(rows, oddValue)}),
      extraUsageBalanceCents: oddValue,
    });
    expectSound(given => parseLimits(given, now).windows, body);
  });
});

describe('tokens of an older plan', () => {
  const tokensIn = (body: unknown): string[] => parseTokens(body).map(toldWindow);
  const usage = (tokens: object, dates = {}) => ({usage: {standard: tokens, ...dates}});

  it('are counted over its month; what it does not have is no row', () => {
    expect(tokensIn(fixture('legacy-usage'))).toEqual(['monthly 25 % 5000000/20000000 tokens 2026-09-20T00:00:00Z']);
    expect(parseTokens(fixture('legacy-usage'))[0]?.windowMs).toBe(31 * 86_400_000);
  });

  it('with an immense allowance have no limit', () => {
    expect(tokensIn(usage({orgTotalTokensUsed: 7, totalAllowance: 1e13}))).toEqual(['monthly unlimited 7 tokens null']);
  });

  it('are never taken from the ratio, which may be 0 wrongly', () => {
    expect(tokensIn(usage({usedRatio: 0, totalAllowance: 100}))).toEqual(['monthly unknown tokens null']);
    expect(tokensIn(usage({usedRatio: 0.5, orgTotalTokensUsed: 1}))).toEqual(['monthly unknown tokens null']);
  });

  it('of the premium models are a row of their own', () => {
    const body = {usage: {premium: {orgTotalTokensUsed: 5, totalAllowance: 10}}};
    expect(tokensIn(body)).toEqual(['premium/monthly 50 % 5/10 tokens null']);
  });

  it.each([[{}], [null], [{usage: {}}], [{usage: {standard: 1}}]])('are not in %j', body => {
    expect(() => parseTokens(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('are sound, whatever is sent', () => {
    const tokens = oddRecord('orgTotalTokensUsed', 'totalAllowance', 'usedRatio');
    const dates = {startDate: oddValue, endDate: oddValue};
    const odd = fc.record({usage: fc.record({standard: tokens, premium: fc.oneof(tokens, oddValue), ...dates})});
    expectSound(parseTokens, odd);
  });
});

describe('whose the limits are', () => {
  it('is told by the plan’s own name, else by its tier', () => {
    const named = {organization: {subscription: {factoryTier: 'pro_plus', orbSubscription: {plan: {name: 'Max'}}}}};
    expect(parseMember({...named, userProfile: {email: 'user@example.com'}})).toEqual({
      plan: 'Max',
      label: 'user@example.com',
    });
    expect(parseMember({organization: {subscription: {factoryTier: 'pro_plus'}}})).toEqual({plan: 'Pro Plus'});
    expect(parseMember(null)).toEqual({plan: null});
  });
});
