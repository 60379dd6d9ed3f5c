import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {parsePlanInfo, parseStatus} from '../../../src/providers/devin/parse.ts';
import {now} from '../shared/home.ts';
import {expectSound, fixturesIn, oddRecord, oddValue, toldAmounts, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('devin');
const read = (body: unknown) => {
  const {windows, plan, ...reading} = parseStatus(body, now);
  return [plan, windows.map(toldWindow), toldAmounts(reading)];
};
const status = (planStatus: object): unknown => ({userStatus: {planStatus}});
const [tonight, monday] = ['2026-09-02T00:00:00Z', '2026-09-07T00:00:00Z'];

describe('quotas of Devin and Windsurf', () => {
  it('are of a day and a week, told as what remains', () => {
    expect(read(fixture('windsurf-pro'))).toEqual([
      'Pro',
      [`1d 60 % percent ${tonight}`, `weekly 29 % percent ${monday}`],
      [],
    ]);
  });

  it('of Devin hide the day, and the daily percentage is that of the week', () => {
    expect(read(fixture('max-hidden-daily'))).toEqual([
      'Max',
      [`weekly 18 % percent ${monday}`],
      ['balance 18.29 usd'],
    ]);
    const both = {planInfo: {hideDailyQuota: true}, dailyQuotaRemainingPercent: 82, weeklyQuotaRemainingPercent: 40};
    expect(read(status(both))[1]).toEqual(['weekly 60 % percent null']);
  });

  it('of which a number is left out are unknown: it may be 0', () => {
    expect(read(fixture('zero-omitted'))[1]).toEqual([
      `1d unknown percent ${tonight}`,
      `weekly 88 % percent ${monday}`,
    ]);
  });

  it('of other plans are none', () => {
    const reading = parseStatus(
      status({planInfo: {planName: 'Team', billingStrategy: 'BILLING_STRATEGY_CREDITS'}}),
      now,
    );
    expect([reading.plan, outcomeOf({reading, failure: null})]).toEqual(['Team', 'ok_empty']);
    const told = status({planInfo: {billingStrategy: 'OTHER'}, weeklyQuotaRemainingPercent: 10});
    expect(read(told)[1]).toEqual(['1d unknown percent null', 'weekly 90 % percent null']);
  });

  it('with more than all left are unknown, and overrun are not cut', () => {
    const odd = {planInfo: {planName: 'Pro'}, dailyQuotaRemainingPercent: 140, weeklyQuotaRemainingPercent: -20};
    expect(read(status(odd))[1]).toEqual(['1d unknown percent null', 'weekly 120 % percent null']);
  });

  it('reset within their length, or nobody knows when', () => {
    const far = {dailyQuotaRemainingPercent: 1, dailyQuotaResetAtUnix: String(now / 1000 + 200_000)};
    expect(read(status(far))[1]).toContain('1d 99 % percent null');
  });

  it.each([[{}], [null], [[]], [{userStatus: {}}], [{userStatus: {planStatus: null}}], [status({})]])(
    'are not in %j',
    body => {
      expect(() => parseStatus(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );

  it('are sound, whatever is sent', () => {
    const figures = oddRecord(
      ...[
        'dailyQuotaRemainingPercent',
        'weeklyQuotaRemainingPercent',
        'dailyQuotaResetAtUnix',
        'weeklyQuotaResetAtUnix',
      ],
      'overageBalanceMicros',
    );
    const planInfo = fc.oneof(oddValue, fc.record({planName: oddValue, hideDailyQuota: fc.boolean()}));
    const odd = fc.tuple(figures, planInfo).map(([rest, info]) => status({...rest, planInfo: info}));
    expectSound(body => parseStatus(body, now).windows, odd);
  });
});

describe('the copy that an editor made', () => {
  const windowsIn = (value: unknown, at = now) => parsePlanInfo(value, at)?.windows.map(toldWindow) ?? null;

  it('has both quotas', () => {
    expect(windowsIn(fixture('cached-plan-info'))).toEqual([
      `1d 45 % percent ${tonight}`,
      `weekly 10 % percent ${monday}`,
    ]);
    expect(parsePlanInfo(fixture('cached-plan-info'), now)?.plan).toBe('Pro');
  });

  it('loses what has reset since', () => {
    expect(windowsIn(fixture('cached-plan-info'), Date.parse(tonight))).toEqual([`weekly 10 % percent ${monday}`]);
    expect(windowsIn(fixture('cached-plan-info'), Date.parse(monday))).toBeNull();
  });

  it.each([[undefined], [null], [{}], [{planName: 'Pro', usage: {messages: 50_000, usedMessages: 12_000}}]])(
    'is none in %j',
    value => {
      expect(windowsIn(value)).toBeNull();
    },
  );

  it('is sound, whatever it holds', () => {
    const names = ['dailyRemainingPercent', 'weeklyRemainingPercent', 'dailyResetAtUnix', 'weeklyResetAtUnix'];
    expectSound(value => parsePlanInfo(value, now)?.windows ?? [], fc.record({quotaUsage: oddRecord(...names)}));
  });
});
