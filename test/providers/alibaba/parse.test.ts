import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Window} from '../../../src/core/model.ts';
import {codingPlan, type Plan, tokenPlan} from '../../../src/providers/alibaba/parse.ts';
import {type Json, recordOf} from '../../../src/providers/shared/values.ts';

const fixture = (name: string): Json =>
  recordOf(JSON.parse(readFileSync(new URL(`../../fixtures/alibaba/${name}.json`, import.meta.url), 'utf8')));
const now = Date.parse('2026-11-27T20:00:00Z');

const line = ({id, use, resetsAt, unit}: Window): string => {
  const figures = use.state === 'known' ? [use.usedPercent, use.used, use.limit] : [];
  const reset = resetsAt === null ? [] : [new Date(resetsAt).toISOString()];
  return [id, use.state, ...figures.filter(each => each !== undefined), unit, ...reset].join(' ');
};
const told = (plan: Plan, body: Json) => {
  const {plan: name, windows} = plan.parse(body, now);
  return [name, ...windows.map(line)];
};

describe('what bl tells of the Token Plan', () => {
  it.each([
    [
      'token-plan',
      [
        'Token Plan',
        '5h known 43.565880333 percent 2026-11-27T22:30:00.000Z',
        'weekly known 13.0712521 percent 2026-12-02T03:15:00.000Z',
      ],
    ],
    ['token-plan-week-only', ['Token Plan', 'weekly known 70 percent 2026-12-02T03:15:00.000Z']],
    ['token-plan-idle', ['Token Plan', '5h not-started percent', 'weekly known 2 percent 2026-12-02T03:15:00.000Z']],
    ['none', [null]],
  ])('%s is read as it was printed', (name, expected) => {
    expect(told(tokenPlan, fixture(name))).toEqual(expected);
  });

  it.each([
    [{per1MonthPercentage: 0.25, per1MonthResetTime: now + 1}, 'monthly known 25 percent 2026-11-27T20:00:00.001Z'],
    [{per5HourPercentage: 1.375}, '5h known 137.5 percent'],
    [{per5HourPercentage: '0.5'}, '5h known 50 percent'],
    [{per5HourResetTime: now + 1}, '5h unknown percent 2026-11-27T20:00:00.001Z'],
    [{per5HourPercentage: 'much'}, '5h unknown percent'],
    [{per5HourPercentage: -0.1}, '5h unknown percent'],
    [{per5HourPercentage: 0, per5HourResetTime: now + 1}, '5h known 0 percent 2026-11-27T20:00:00.001Z'],
    [{per5HourPercentage: 0.5, per5HourResetTime: now + 86_400_000}, '5h known 50 percent'],
    [{per5HourPercentage: null}, undefined],
  ])('as %j is %j', (body, expected) => {
    expect(told(tokenPlan, body)[1]).toBe(expected);
  });
});

describe('what bl tells of the Coding Plan', () => {
  it.each([
    [
      'coding-plan',
      [
        'Coding Plan Pro',
        'coding/5h known 5 300 6000 requests 2026-11-27T23:00:00.000Z',
        'coding/weekly known 20 9000 45000 requests 2026-11-29T16:00:00.000Z',
        'coding/monthly known 50 45000 90000 requests 2026-12-15T16:00:00.000Z',
      ],
    ],
    ['none', [null]],
  ])('%s is read as it was printed', (name, expected) => {
    expect(told(codingPlan, fixture(name))).toEqual(expected);
  });

  it.each([
    [{percentage: 0.5}, 'coding/5h known 50 requests'],
    [{percentage: 0.5, usedQuota: 1, totalQuota: 100}, 'coding/5h known 50 requests'],
    [{percentage: 'much', usedQuota: 1, totalQuota: 100}, 'coding/5h known 1 1 100 requests'],
    [{usedQuota: 101, totalQuota: 100}, 'coding/5h known 101 101 100 requests'],
    [{usedQuota: 0, totalQuota: 100}, 'coding/5h not-started requests'],
    [{totalQuota: 100}, 'coding/5h unknown requests'],
    [{usedQuota: 5}, undefined],
    [{usedQuota: 5, totalQuota: 0}, undefined],
    [{}, undefined],
    [null, undefined],
  ])('with a limit as %j is %j', (per5Hour, expected) => {
    expect(told(codingPlan, {per5Hour})[1]).toBe(expected);
  });

  it('has a name without a type, and a type without a limit', () => {
    expect(told(codingPlan, {perWeek: {percentage: 0.5}})[0]).toBe('Coding Plan');
    expect(told(codingPlan, {instanceType: 'lite', perWeek: {}})).toEqual(['Coding Plan Lite']);
  });

  it('is not read where a limit is none', () => {
    expect(() => codingPlan.parse({perWeek: 7}, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });
});

describe('the answer in what bl prints', () => {
  const body = '{"per1WeekPercentage": 0.5}';
  it.each([
    [body, 'per1WeekPercentage'],
    [`{"level": "info"} {}\n${body}\n{"bye": 1}`, 'per1WeekPercentage'],
    ['{"level": "info"}\n{}', ''],
    ['{"level": "info"}', undefined],
    ['[]', undefined],
    ['', undefined],
  ])('%j is the one with its fields, else the empty one', (stdout, expected) => {
    const found = tokenPlan.bodyIn(stdout);
    expect(found && Object.keys(found).join()).toBe(expected);
  });
});

it('nothing but ProviderError is thrown, and what is known was told', () => {
  const value = fc.oneof(fc.anything(), fc.nat(), fc.double({min: 0, noNaN: true}));
  const part = fc.record(
    {usedQuota: value, totalQuota: value, percentage: value, resetTime: value},
    {requiredKeys: []},
  );
  const read = (plan: Plan, body: Json): Window[] => {
    try {
      return plan.parse(body, now).windows;
    } catch (error) {
      if (error instanceof ProviderError) return [];
      throw error;
    }
  };
  fc.assert(
    fc.property(part, value, (each, fraction) => {
      const [coding] = read(codingPlan, {perWeek: each});
      if (coding?.use.state === 'known') {
        expect(each.percentage !== undefined || (each.usedQuota !== undefined && each.totalQuota !== undefined)).toBe(
          true,
        );
        const {used, limit, usedPercent} = coding.use;
        if (limit !== undefined) expect(usedPercent).toBeCloseTo((Number(used) / limit) * 100, 6);
      }
      const [token] = read(tokenPlan, {per1WeekPercentage: fraction});
      if (token?.use.state === 'known') expect(token.use.usedPercent).toBeCloseTo(Number(fraction) * 100, 6);
    }),
    {numRuns: 300},
  );
  fc.assert(
    fc.property(fc.anything(), each => {
      for (const plan of [tokenPlan, codingPlan])
        read(plan, {...recordOf(each), perWeek: each, per5HourPercentage: each});
    }),
    {numRuns: 200},
  );
});
