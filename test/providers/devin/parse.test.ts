import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parsePlanInfo} from '../../../src/providers/devin/parse.ts';
import {now} from '../shared/home.ts';
import {expectSound, fixturesIn, oddRecord, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('devin');
const windowsIn = (value: unknown, at = now) => parsePlanInfo(value, at)?.windows.map(toldWindow) ?? null;
const [tonight, monday] = ['2026-09-02T00:00:00Z', '2026-09-07T00:00:00Z'];
const inSeconds = (text: string): number => Date.parse(text) / 1000;

describe('quotas of Devin and Windsurf', () => {
  it('are of a day and a week, told as what remains', () => {
    expect(windowsIn(fixture('cached-plan-info'))).toEqual([
      `1d 45 % percent ${tonight}`,
      `weekly 10 % percent ${monday}`,
    ]);
    expect(parsePlanInfo(fixture('cached-plan-info'), now)?.plan).toBe('Pro');
  });

  it('that have reset since are left out', () => {
    expect(windowsIn(fixture('cached-plan-info'), Date.parse(tonight))).toEqual([`weekly 10 % percent ${monday}`]);
    expect(windowsIn(fixture('cached-plan-info'), Date.parse(monday))).toBeNull();
  });

  it('of which more than all is left are left out, and overrun are not cut', () => {
    const odd = {dailyRemainingPercent: 140, dailyResetAtUnix: inSeconds(tonight)};
    expect(windowsIn({quotaUsage: odd})).toBeNull();
    const overrun = {weeklyRemainingPercent: '-20', weeklyResetAtUnix: String(inSeconds(monday))};
    expect(windowsIn({quotaUsage: {...odd, ...overrun}})).toEqual([`weekly 120 % percent ${monday}`]);
  });

  it('that reset further ahead than they last are left out', () => {
    const far = {dailyRemainingPercent: 1, dailyResetAtUnix: now / 1000 + 200_000};
    expect(windowsIn({quotaUsage: far})).toBeNull();
  });

  it.each([[undefined], [null], [[]], [{}], [{planName: 'Pro', usage: {messages: 50_000, usedMessages: 12_000}}]])(
    'are not in %j',
    value => {
      expect(windowsIn(value)).toBeNull();
    },
  );

  it('are sound, whatever is noted', () => {
    const names = ['dailyRemainingPercent', 'weeklyRemainingPercent', 'dailyResetAtUnix', 'weeklyResetAtUnix'];
    expectSound(value => parsePlanInfo(value, now)?.windows ?? [], fc.record({quotaUsage: oddRecord(...names)}));
  });
});
