import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Reading, type Window} from '../../../src/core/model.ts';
import {parseUsages} from '../../../src/providers/kimi/parse.ts';
import {fixture, sampledAt as now} from './support.ts';

const read = (body: unknown): Reading => parseUsages(body, now);
const timeOf = (ms: number | null): string => (ms === null ? 'no reset' : new Date(ms).toISOString());
function told({id, use, unit, resetsAt}: Window): string {
  const counts = use.state === 'known' && use.limit !== undefined ? ` (${use.used} of ${use.limit})` : '';
  const figure = use.state === 'known' ? `${use.usedPercent} %${counts}` : use.state;
  return `${id}: ${figure} ${unit}, ${timeOf(resetsAt)}`;
}

describe('a response of Kimi', () => {
  it.each([
    [
      'counts',
      'Allegretto',
      [
        '5h: 9.5 % (19 of 200) requests, 2026-11-27T23:05:24.374Z',
        'weekly: 18.310546875 % (375 of 2048) requests, 2026-12-01T15:23:13.373Z',
      ],
    ],
    [
      'percent',
      'Moderato',
      ['5h: 0 % percent, 2026-11-27T22:41:20.121Z', 'weekly: 5 % percent, 2026-12-03T09:41:20.121Z'],
    ],
    [
      'pools',
      null,
      [
        '5h: 30 % percent, 2026-11-27T22:11:32.000Z',
        'weekly: 20 % percent, 2026-11-30T00:00:00.000Z',
        'monthly: 40 % percent, 2026-12-16T00:00:00.000Z',
        'code/monthly: 25 % percent, 2026-12-16T00:00:00.000Z',
      ],
    ],
    [
      'pools-no-week',
      null,
      [
        '5h: 0 % percent, 2026-11-27T23:49:10.897Z',
        'monthly: 103.38 % percent, 2026-12-15T07:49:10.000Z',
        'code/monthly: 0 % percent, 2026-12-15T07:49:10.000Z',
      ],
    ],
    [
      'pools-lie',
      'Allegro',
      ['5h: 0 % percent, 2026-11-28T00:09:07.465Z', 'weekly: 100 % percent, 2026-12-01T02:09:07.465Z'],
    ],
    [
      'extra-usage',
      'Vivace',
      ['weekly: 100 % percent, 2026-11-30T06:00:00.000Z', 'extra/monthly: 90 % (180 of 200) cny, no reset'],
    ],
    [
      'odd-spellings',
      null,
      [
        '2h: 100 % percent, 2026-11-27T21:33:02.000Z',
        '3-fortnight: 10 % (5 of 50) requests, no reset',
        'weekly: 4 % (40 of 1000) requests, 2026-12-01T15:23:13.000Z',
      ],
    ],
    ['untold-use', null, ['5h: unknown requests, no reset', 'weekly: unknown requests, 2026-12-01T15:23:13.000Z']],
    ['empty', 'Free', []],
  ])('%s is read exactly', (name, plan, windows) => {
    const reading = read(fixture(name));
    expect([reading.plan, reading.windows.map(told), reading.notes]).toEqual([plan, windows, []]);
  });

  it('gives lengths, and none to a unit that nobody knows', () => {
    const lengths = read(fixture('odd-spellings')).windows.map(({windowMs}) => windowMs);
    expect(lengths).toEqual([7_200_000, null, 604_800_000]);
  });

  it('without limits is ok_empty', () => {
    expect(outcomeOf({reading: read(fixture('empty')), failure: null})).toBe('ok_empty');
  });

  it.each([
    ['a list', []],
    ['nothing known', {plans: []}],
    ['limits in another form', {limits: {five_hours: 1}}],
    ['a refusal', fixture('error-401')],
  ])('that is %s is bad_response with its shape', (_, body) => {
    expect(() => read(body)).toThrow(
      expect.objectContaining({code: 'bad_response', shape: expect.stringMatching(/^[[{]/)}),
    );
  });

  it('is read inside the wrapper of a proxy', () => {
    expect(read({data: fixture('counts')}).windows).toEqual(read(fixture('counts')).windows);
  });

  it('says that rows were skipped only if no limit is left', () => {
    const unreadable = [{detail: null}, 'x'];
    expect(read({limits: unreadable}).notes).toEqual([{code: 'skipped-rows'}]);
    expect(read({limits: unreadable, usage: {limit: 100, used: 1}}).notes).toEqual([]);
  });

  it.each([
    ['LEVEL_PREMIUM', 'Vivace'],
    ['LEVEL_BASIC', 'Basic'],
    ['LEVEL_TEAM_MAX', 'Team Max'],
    ['constructor', 'Constructor'],
    ['LEVEL_', null],
    [7, null],
  ])('with level %j is of plan %j', (level, plan) => {
    expect(read({user: {membership: {level}}}).plan).toBe(plan);
  });
});

describe('two sources of one limit', () => {
  const row = (used: number, resetTime?: string) => ({
    window: {duration: 5, timeUnit: 'TIME_UNIT_HOUR'},
    detail: {limit: 200, used, resetTime},
  });
  const five = (rows: unknown[], ratio: number, reset_time?: string) =>
    read({limits: rows, usages: {limit_5h: {used_ratio: ratio, reset_time}}}).windows.map(told);
  const past = '2026-11-27T19:00:00Z';
  const ahead = '2026-11-27T22:00:00Z';

  it.each([
    ['the higher use counts', [row(20, ahead)], 0.5, ahead, '5h: 50 % percent, 2026-11-27T22:00:00.000Z'],
    [
      'of two rows, too',
      [row(20, ahead), row(60, ahead)],
      0.1,
      ahead,
      '5h: 30 % (60 of 200) requests, 2026-11-27T22:00:00.000Z',
    ],
    ['one that is over says nothing', [row(200, past)], 0.1, ahead, '5h: 10 % percent, 2026-11-27T22:00:00.000Z'],
    ['not even to one without a reset', [row(200, past)], 0.1, undefined, '5h: 10 % percent, no reset'],
    [
      'the reset is the other’s where one has none',
      [row(100)],
      0.1,
      ahead,
      '5h: 50 % (100 of 200) requests, 2026-11-27T22:00:00.000Z',
    ],
  ])('%s', (_, rows, ratio, reset, expected) => {
    expect(five(rows, ratio, reset)).toEqual([expected]);
  });
});

it.each([
  [{reset_in: 60}, now + 60_000],
  [{ttl: '90'}, now + 90_000],
  [{reset_at: '2026-11-27T21:00:00Z', resetIn: 60}, now + 3_600_000],
  [{resetTime: 'soon', resetIn: -1}, null],
])('a reset told as %j is found', (reset, resetsAt) => {
  expect(read({usage: {limit: 10, used: 1, ...reset}}).windows).toMatchObject([{resetsAt}]);
});

it('no limit resets later than it is long', () => {
  const reset_time = '2026-12-20T00:00:00Z';
  const told = {used_ratio: 0.1, reset_time};
  const body = {
    usage: {limit: 10, used: 1, resetTime: reset_time},
    usages: {limit_5h: told, limit_month_total: told, limit_month_code: told},
  };
  expect(read(body).windows.map(({id, resetsAt}) => [id, resetsAt === null])).toEqual([
    ['weekly', true],
    ['5h', true],
    ['monthly', false],
    ['code/monthly', false],
  ]);
});

describe('extra usage', () => {
  const wallet = {
    status: 'STATUS_ACTIVE',
    balance: {amount: '20000000000', amountLeft: '1234000000', unit: 'UNIT_CURRENCY'},
    monthlyChargeLimitEnabled: true,
    monthlyChargeLimit: {currency: 'USD', priceInCents: '5000'},
    monthlyUsed: {currency: 'USD', priceInCents: '1250'},
  };
  const amounts = (change: object) => read({user: {}, boosterWallet: {...wallet, ...change}}).amounts;
  const windows = (change: object) => read({user: {}, boosterWallet: {...wallet, ...change}}).windows.map(told);

  it('has a balance in its currency', () => {
    expect(read(fixture('extra-usage')).amounts).toEqual([{id: 'balance', value: 100, unit: 'cny'}]);
    expect(amounts({})).toEqual([{id: 'balance', value: 12.34, unit: 'usd'}]);
    expect(amounts({balance: {amount: '100'}})).toEqual([{id: 'balance', value: 0, unit: 'usd'}]);
  });

  it.each([
    {status: 'STATUS_DISABLED'},
    {monthlyChargeLimit: undefined, monthlyUsed: undefined},
    {balance: {amountLeft: '100'}},
    {balance: {amount: '100', amountLeft: 'much'}},
    {balance: {amount: '100', amountLeft: '50', unit: 'UNIT_TOKENS'}},
  ])('with %j has no balance to show', change => {
    expect(amounts(change)).toEqual([]);
  });

  it.each([
    [{}, ['extra/monthly: 25 % (12.5 of 50) usd, no reset']],
    [{monthlyUsed: {currency: 'USD'}}, ['extra/monthly: 0 % (0 of 50) usd, no reset']],
    [{monthlyUsed: undefined}, ['extra/monthly: unknown usd, no reset']],
    [{monthlyUsed: {currency: 'CNY', priceInCents: 1}}, ['extra/monthly: unknown usd, no reset']],
    [
      {monthlyChargeLimit: {priceInCents: 5000}, monthlyUsed: {priceInCents: 1250}},
      ['extra/monthly: 25 % percent, no reset'],
    ],
    [{monthlyChargeLimitEnabled: false}, []],
    [{monthlyChargeLimit: {currency: 'USD'}}, []],
  ])('with %j has the cap %j', (change, expected) => {
    expect(windows(change)).toEqual(expected);
  });
});

describe('whatever the response holds', () => {
  const isSound = ({windows, amounts}: Reading): boolean =>
    amounts.every(({value}) => Number.isFinite(value)) &&
    windows.every(({use, resetsAt}) => isSoundUse(use) && (resetsAt === null || Number.isFinite(resetsAt))) &&
    new Set(windows.map(({id}) => id)).size === windows.length;
  const isSoundUse = (use: Window['use']): boolean =>
    use.state !== 'known' || (Number.isFinite(use.usedPercent) && use.usedPercent >= 0 && isConsistent(use));
  const isConsistent = ({usedPercent, used = 0, limit}: Extract<Window['use'], {state: 'known'}>): boolean =>
    limit === undefined || Math.abs((used / limit) * 100 - usedPercent) <= usedPercent * 1e-9 + 1e-6;
  const survives = (body: unknown): boolean => {
    try {
      return isSound(read(body));
    } catch (error) {
      return error instanceof ProviderError;
    }
  };
  const number = fc.oneof(fc.double(), fc.double().map(String), fc.integer(), fc.anything());
  const detail = fc.record(
    {limit: number, used: number, remaining: number, resetTime: fc.anything()},
    {requiredKeys: []},
  );
  const row = fc.record({
    window: fc.record({
      duration: number,
      timeUnit: fc.oneof(fc.constantFrom('TIME_UNIT_MINUTE', 'DAY', 'constructor'), fc.string()),
    }),
    detail,
  });
  const pool = fc.record({used_ratio: number, reset_time: fc.anything()});
  const body = fc.record(
    {
      usage: detail,
      limits: fc.array(row, {maxLength: 5}),
      usages: fc.record({limit_5h: pool, limit_7d: pool, limit_month_code: pool}),
    },
    {requiredKeys: []},
  );

  it('nothing but ProviderError is thrown, and every number is sound', () => {
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 300});
    fc.assert(fc.property(body, survives), {numRuns: 500});
    fc.assert(
      fc.property(fc.anything(), wallet => survives({user: {}, boosterWallet: wallet})),
      {numRuns: 200},
    );
  });

  it('no number comes from a missing field', () => {
    const without = fc.record({limit: number, resetTime: fc.anything()});
    fc.assert(
      fc.property(without, usage => read({usage}).windows.every(({use}) => use.state === 'unknown')),
      {numRuns: 200},
    );
  });
});
