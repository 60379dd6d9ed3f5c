import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import {parseBalance, parsePlan} from '../../../src/providers/zenmux/parse.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/zenmux/${name}.json`, import.meta.url), 'utf8'));
const now = Date.parse('2026-11-27T20:00:00Z');
const at = (iso: string): number => Date.parse(iso);

const planWith = (quota: object, more: object = {}) => ({success: true, data: {quota_5_hour: quota, ...more}});
const windowOf = (quota: object) => parsePlan(planWith(quota), now).windows[0];

describe('a plan of ZenMux', () => {
  it('has five hours and a week, counted in credits', () => {
    expect(parsePlan(fixture('detail'), now)).toEqual({
      plan: 'Ultra',
      windows: [
        {
          ...{id: '5h', pool: null, windowMs: 18_000_000, resetsAt: at('2026-11-27T22:35:09Z'), unit: 'credits'},
          use: {state: 'known', usedPercent: 7.15, used: 57.2, limit: 800},
        },
        {
          ...{id: 'weekly', pool: null, windowMs: 604_800_000, resetsAt: at('2026-12-01T02:15:05Z'), unit: 'credits'},
          use: {state: 'known', usedPercent: expect.closeTo(6.731, 3), used: 416.11, limit: 6182},
        },
      ],
      amounts: [],
      notes: [],
    });
  });

  it('may be unused in one and exceeded in the other, and is watched', () => {
    const {plan, windows, notes} = parsePlan(fixture('idle'), now);
    expect([plan, notes]).toEqual(['Pro', [{code: 'zenmux/state', text: 'monitored'}]]);
    expect(windows).toMatchObject([
      {id: '5h', resetsAt: null, use: {state: 'not-started'}},
      {id: 'weekly', resetsAt: at('2026-11-29T02:15:05Z'), use: {usedPercent: 102, used: 393.72, limit: 386}},
    ]);
  });

  it.each<[object, object]>([
    [{usage_percentage: 0.25}, {state: 'known', usedPercent: 25}],
    [
      {usage_percentage: 1.4, max_flows: 0, used_flows: 0},
      {state: 'known', usedPercent: 140},
    ],
    [
      {usage_percentage: 0.5, max_flows: '100', used_flows: '25'},
      {state: 'known', usedPercent: 25, used: 25, limit: 100},
    ],
    [{usage_percentage: 0, resets_at: null}, {state: 'not-started'}],
    [
      {usage_percentage: 0, resets_at: '2026-11-27T22:00:00Z'},
      {state: 'known', usedPercent: 0},
    ],
    [{max_flows: 50}, {state: 'unknown', why: 'no percentage was reported'}],
    [{used_flows: 50}, {state: 'unknown', why: 'no percentage was reported'}],
    [{usage_percentage: -1}, {state: 'unknown', why: 'no percentage was reported'}],
    [{usage_percentage: 'much'}, {state: 'unknown', why: 'no percentage was reported'}],
  ])('with the limit %j: %j', (quota, use) => {
    expect(windowOf(quota)?.use).toEqual(use);
  });

  it('has no reset further ahead than the limit is long', () => {
    expect(windowOf({usage_percentage: 0.5, resets_at: '2026-11-29T00:00:00Z'})?.resetsAt).toBeNull();
  });

  it.each([[{success: true, data: null}], [{success: true, data: {plan: null}}]])('may be missing: %j', body => {
    expect(() => parsePlan(body, now)).toThrow(expect.objectContaining({code: 'no_plan'}));
  });

  it.each([
    ['success is false', {success: false, error: {message: 'busy'}}, 'server_error', 'busy'],
    ['success is false, without a reason', {success: false}, 'server_error', 'rejected without a reason'],
    ['there is only a month', {success: true, data: {plan: {}, quota_monthly: {}}}, 'bad_response', 'no limits'],
    ['there is no data', {success: true}, 'bad_response', 'no data'],
  ])('is not read where %s', (_, body, code, message) => {
    const failure = {code, message: expect.stringContaining(message)};
    expect(() => parsePlan(body, now)).toThrow(expect.objectContaining(failure));
  });
});

describe('a balance of ZenMux', () => {
  it('is what can be spent, with its parts', () => {
    expect(parseBalance(fixture('payg'))).toEqual([
      {id: 'balance', value: 482.74, unit: 'usd'},
      {id: 'balance/granted', value: 447.74, unit: 'usd'},
      {id: 'balance/paid', value: 35, unit: 'usd'},
    ]);
  });

  it.each([
    [{currency: 'EUR', total_credits: '2.5'}, [{id: 'balance', value: 2.5, unit: 'eur'}]],
    [{total_credits: 0}, [{id: 'balance', value: 0, unit: 'usd'}]],
  ])('of %j', (data, amounts) => {
    expect(parseBalance({success: true, data})).toEqual(amounts);
  });

  it.each([[{currency: 'beads', total_credits: 1}], [{top_up_credits: 1}], [{total_credits: null}]])(
    'is not made up: %j',
    data => {
      expect(() => parseBalance({success: true, data})).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );
});

it('nothing but ProviderError is thrown, and what is known was told', () => {
  const readIn = (body: unknown): Reading | null => {
    try {
      return parsePlan(body, now);
    } catch (error) {
      if (error instanceof ProviderError) return null;
      throw error;
    }
  };
  const value = fc.oneof(fc.anything(), fc.double({min: 0, noNaN: true}), fc.nat().map(String));
  const quota = fc.record(
    {usage_percentage: value, resets_at: value, max_flows: value, used_flows: value},
    {requiredKeys: []},
  );
  fc.assert(
    fc.property(quota, each => {
      const use = readIn(planWith(each))?.windows[0]?.use;
      if (use?.state !== 'known') return;
      const isCounted = each.used_flows !== undefined && each.max_flows !== undefined;
      expect([isCounted || each.usage_percentage !== undefined, use.usedPercent >= 0]).toEqual([true, true]);
      if (use.limit !== undefined) expect(use.usedPercent).toBeCloseTo((Number(use.used) / use.limit) * 100, 6);
    }),
    {numRuns: 300},
  );
  fc.assert(
    fc.property(fc.anything(), body => {
      readIn(body);
      readIn({success: true, data: body});
    }),
    {numRuns: 200},
  );
});
