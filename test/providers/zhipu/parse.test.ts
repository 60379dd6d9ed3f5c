import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {Reading, Window} from '../../../src/core/model.ts';
import {parseQuota} from '../../../src/providers/zhipu/parse.ts';
import {failureOf, now, withLimits} from './support.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/zhipu/${name}.json`, import.meta.url), 'utf8'));

const hour = 3_600_000;
const day = 24 * hour;
const window = (window: Partial<Window> & {id: string}): Window => ({
  pool: null,
  windowMs: null,
  resetsAt: null,
  use: {state: 'not-started'},
  unit: 'percent',
  ...window,
});
const fiveHours = (rest: Partial<Window>) => window({id: '5h', windowMs: 5 * hour, ...rest});
const weekly = (rest: Partial<Window>) => window({id: 'weekly', windowMs: 7 * day, ...rest});
const tools = (rest: Partial<Window>) =>
  window({id: 'mcp/monthly', pool: 'mcp', windowMs: 30 * day, unit: 'calls', ...rest});
const known = (usedPercent: number, used?: number, limit?: number): Window['use'] => ({
  state: 'known',
  usedPercent,
  ...(used === undefined ? {} : {used}),
  ...(limit === undefined ? {} : {limit}),
});
const calls = (counts: Record<string, number>) =>
  Object.entries(counts).map(([name, value]) => ({name, value, unit: 'calls' as const}));

/** When each sample was taken; the others are of `november`. */
const november = Date.parse('2026-11-27T09:00:00Z');
const takenAt: Record<string, number> = {
  'v1-normal': 1_788_300_000_000,
  'v1-exhausted': 1_788_300_000_000,
  'v2-pro-percent-only': 1_782_720_000_000,
  'v2-idle': 1_779_300_000_000,
  'credit-lite': 1_786_608_000_000,
  'credit-max': 1_788_360_000_000,
  'legacy-without-units': 1_788_300_000_000,
  'limits-at-root': 1_788_300_000_000,
  'credits-beside-tokens': 1_788_360_000_000,
};

const readings: Record<string, Reading> = {
  'v1-normal': {
    plan: null,
    windows: [
      fiveHours({unit: 'tokens', use: known(42.1055015, 84_211_003, 200_000_000), resetsAt: 1_788_307_200_000}),
      tools({use: known(1.9, 19, 1000), shares: calls({'search-prime': 16, 'web-reader': 3, zread: 0})}),
    ],
    amounts: [],
    notes: [],
  },
  'v1-exhausted': {
    plan: null,
    windows: [
      fiveHours({unit: 'tokens', use: known(100.056309, 200_112_618, 200_000_000), resetsAt: 1_788_304_385_482}),
      tools({use: known(1.9, 19, 1000), shares: calls({'search-prime': 16})}),
    ],
    amounts: [],
    notes: [],
  },
  'v2-pro-percent-only': {
    plan: 'Pro',
    windows: [
      fiveHours({use: known(17), resetsAt: 1_782_724_971_179}),
      weekly({use: known(3), resetsAt: 1_783_305_486_997}),
      tools({
        use: known(0, 0, 1000),
        resetsAt: 1_785_292_686_976,
        shares: calls({'search-prime': 0, 'web-reader': 0, zread: 0}),
      }),
    ],
    amounts: [],
    notes: [],
  },
  'v2-idle': {
    plan: 'Pro',
    windows: [
      fiveHours({use: {state: 'not-started'}}),
      weekly({use: known(0), resetsAt: 1_779_792_169_974}),
      tools({use: known(0, 0, 1000), resetsAt: 1_779_964_969_979}),
    ],
    amounts: [],
    notes: [],
  },
  'credit-lite': {
    plan: 'Lite',
    windows: [
      fiveHours({unit: 'credits', use: {state: 'not-started'}}),
      weekly({unit: 'credits', use: known(98.55, 9855, 10_000), resetsAt: 1_786_685_679_998}),
    ],
    amounts: [],
    notes: [],
  },
  'credit-max': {
    plan: 'Max',
    windows: [
      fiveHours({unit: 'credits', use: known(518_400 / 28_000, 5184, 28_000), resetsAt: 1_788_371_521_831}),
      weekly({unit: 'credits', use: known(3_619_200 / 140_000, 36_192, 140_000), resetsAt: 1_788_875_329_996}),
    ],
    amounts: [],
    notes: [],
  },
  'team-empty': {plan: 'Pro', windows: [], amounts: [], notes: [{code: 'no-usage-visible'}]},
  'legacy-without-units': {
    plan: null,
    windows: [
      fiveHours({unit: 'tokens', use: known(34.0709125, 13_628_365, 40_000_000), resetsAt: 1_788_307_200_000}),
      tools({use: known(7, 7, 100), shares: calls({'search-prime': 7})}),
    ],
    amounts: [],
    notes: [],
  },
  'limits-at-root': {
    plan: 'Max',
    windows: [fiveHours({use: known(42), resetsAt: 1_788_307_200_000})],
    amounts: [],
    notes: [],
  },
  'credits-beside-tokens': {
    plan: 'GLM Coding Max',
    windows: [
      fiveHours({unit: 'credits', use: known(518_400 / 28_000, 5184, 28_000), resetsAt: 1_788_371_521_831}),
      weekly({unit: 'credits', use: known(3_619_200 / 140_000, 36_192, 140_000), resetsAt: 1_788_875_329_996}),
      fiveHours({id: 'tokens/5h', pool: 'tokens', use: known(77), resetsAt: 1_788_371_521_831}),
      weekly({id: 'tokens/weekly', pool: 'tokens', use: known(61), resetsAt: 1_788_875_329_996}),
      tools({use: known(10, 400, 4000)}),
    ],
    amounts: [],
    notes: [{code: 'skipped-rows', text: 'SEAT_LIMIT'}],
  },
  'week-6x7': {
    plan: 'Pro',
    windows: [
      fiveHours({use: known(1), resetsAt: 1_795_788_000_000}),
      weekly({use: known(42), resetsAt: 1_795_773_600_000}),
      tools({use: known(25, 1000, 4000), resetsAt: 1_796_378_400_000}),
    ],
    amounts: [],
    notes: [],
  },
  'week-6x7-beside-credits': {
    plan: 'Max',
    windows: [
      fiveHours({unit: 'credits', use: known(2.5, 700, 28_000), resetsAt: 1_795_780_800_000}),
      weekly({use: known(88), resetsAt: 1_795_771_800_000}),
      tools({use: known(0.4, 16, 4000), resetsAt: 1_797_930_000_000}),
    ],
    amounts: [],
    notes: [],
  },
  'no-number': {
    plan: 'Pro',
    windows: [
      fiveHours({unit: 'credits', use: {state: 'not-started'}}),
      weekly({unit: 'credits', use: known(15, 9000, 60_000), resetsAt: 1_796_112_000_000}),
      tools({use: known(2, 2, 100), resetsAt: 1_796_544_000_000}),
    ],
    amounts: [],
    notes: [],
  },
  'unitless-pair': {
    plan: null,
    windows: [
      fiveHours({use: known(44), resetsAt: 1_795_777_200_000}),
      weekly({use: known(53), resetsAt: 1_796_112_000_000}),
      tools({unit: 'percent', use: known(7)}),
    ],
    amounts: [],
    notes: [],
  },
  'data-without-envelope': {
    plan: 'Lite',
    windows: [weekly({use: known(25), resetsAt: 1_795_856_400_000})],
    amounts: [],
    notes: [],
  },
  'switched-off': {
    plan: 'Lite',
    windows: [fiveHours({unit: 'credits', use: known(25, 500, 2000), resetsAt: 1_795_780_800_000})],
    amounts: [],
    notes: [],
  },
};

describe('the samples', () => {
  it.each(Object.entries(readings))('reads %s', (name, reading) => {
    expect(parseQuota(fixture(name), takenAt[name] ?? november)).toEqual(reading);
  });

  it.each([
    ['error-http200-401', 'auth_rejected', 'check-key'],
    ['error-http200-1000', 'auth_rejected', 'check-key'],
    ['error-http200-1001', 'auth_rejected', 'check-key'],
    ['error-http200-no-plan', 'no_plan', 'subscribe'],
    ['error-http200-1113', 'no_plan', 'subscribe'],
    ['error-http200-1309', 'plan_expired', 'renew-plan'],
    ['error-http200-free-account', 'no_plan', 'subscribe'],
    ['error-http401', 'auth_rejected', 'check-key'],
    ['error-http429', 'rate_limited', undefined],
    ['error-http200-500', 'server_error', undefined],
    ['error-http200-500-success', 'server_error', undefined],
    ['error-http400-1211', 'bad_response', undefined],
  ])('calls %s %s', async (name, code, remedy) => {
    const failure = await failureOf(() => parseQuota(fixture(name), now));
    expect([failure.code, failure.remedy?.code]).toEqual([code, remedy]);
  });
});

const only = (row: unknown): Window => {
  const [window, ...others] = parseQuota(withLimits(row), now).windows;
  if (window === undefined || others.length > 0) throw new Error('not one window');
  return window;
};
const ids = (...rows: unknown[]): string[] => parseQuota(withLimits(...rows), now).windows.map(({id}) => id);
const useOf = (row: object): Window['use'] => only({type: 'CREDIT_LIMIT', unit: 6, number: 1, ...row}).use;

describe('names', () => {
  it.each([
    ['CREDIT_LIMIT', 3, 5, '5h', 5 * hour],
    ['TOKENS_LIMIT', 3, 5, '5h', 5 * hour],
    ['CREDIT_LIMIT', 3, 9, '9h', 9 * hour],
    ['CREDIT_LIMIT', 6, 1, 'weekly', 7 * day],
    ['CREDIT_LIMIT', 6, 7, 'weekly', 7 * day],
    ['TOKENS_LIMIT', '6', '7', 'weekly', 7 * day],
    ['CREDIT_LIMIT', 6, 2, 'weekly', 7 * day],
    ['CREDIT_LIMIT', 6, 0, 'weekly', 7 * day],
    ['CREDIT_LIMIT', 6, 'seven', 'weekly', 7 * day],
    ['CREDIT_LIMIT', 6, undefined, 'weekly', 7 * day],
    ['CREDIT_LIMIT', 3, undefined, '5h', 5 * hour],
    ['TOKENS_LIMIT', 3, null, '5h', 5 * hour],
    ['TOKENS_LIMIT', 3, ' ', '5h', 5 * hour],
    ['CREDIT_LIMIT', 5, undefined, 'monthly', 30 * day],
    ['CREDIT_LIMIT', 1, undefined, 'unit1x?', null],
    ['CREDIT_LIMIT', 77, undefined, 'unit77x?', null],
    ['CREDIT_LIMIT', 1, 1, '1d', day],
    ['CREDIT_LIMIT', 4, 1, '1d', day],
    ['CREDIT_LIMIT', 1, 7, 'weekly', 7 * day],
    ['CREDIT_LIMIT', 1, 30, '30d', 30 * day],
    ['CREDIT_LIMIT', 5, 1, 'monthly', 30 * day],
    ['CREDIT_LIMIT', 5, 3, '90d', 90 * day],
    ['CREDIT_LIMIT', '3', '5', '5h', 5 * hour],
    ['CREDIT_LIMIT', 99, 2, 'unit99x2', null],
    ['CREDIT_LIMIT', 0, 1, 'unit0x1', null],
    ['CREDIT_LIMIT', 2, 5, 'unit2x5', null],
    ['CREDIT_LIMIT', 99, 0, 'unit99x0', null],
    ['CREDIT_LIMIT', 3, -5, 'unit3x-5', null],
    ['CREDIT_LIMIT', undefined, 5, 'unit?x5', null],
    ['CREDIT_LIMIT', undefined, undefined, '5h', 5 * hour],
    ['CREDIT_LIMIT', '', '', '5h', 5 * hour],
    ['CREDIT_LIMIT', 'Hour\u001b[31m', 5, 'unithourx5', null],
    ['TOKENS_LIMIT', undefined, undefined, '5h', 5 * hour],
    ['TOKENS_LIMIT', null, null, '5h', 5 * hour],
    ['TIME_LIMIT', 5, 1, 'mcp/monthly', 30 * day],
    ['TIME_LIMIT', 3, 5, 'mcp/5h', 5 * hour],
    ['TIME_LIMIT', 0, 1, 'mcp/unit0x1', null],
    ['TIME_LIMIT', 5, undefined, 'mcp/monthly', 30 * day],
    ['TIME_LIMIT', 3, undefined, 'mcp/5h', 5 * hour],
    ['TIME_LIMIT', 6, 7, 'mcp/weekly', 7 * day],
    ['TIME_LIMIT', undefined, undefined, 'mcp/monthly', 30 * day],
    ['TIME_LIMIT', undefined, 1, 'mcp/monthly', 30 * day],
    ['TIME_LIMIT', undefined, 3, 'mcp/unit?x3', null],
  ])('calls %s of unit %s × %s %s', (type, unit, number, id, windowMs) => {
    const window = only({type, unit, number, percentage: 10});
    expect([window.id, window.windowMs]).toEqual([id, windowMs]);
  });

  it('takes 6×1 and 6×7 for one week, of which the higher figure is shown', () => {
    const week = {type: 'TOKENS_LIMIT', unit: 6};
    const windows = parseQuota(
      withLimits({...week, number: 1, percentage: 12}, {...week, number: 7, percentage: 30}),
      now,
    ).windows;
    expect(windows).toMatchObject([{id: 'weekly', use: {usedPercent: 30}}]);
  });

  it('keeps a week whose number is nothing as long as it is used', () => {
    expect(ids({type: 'CREDIT_LIMIT', unit: 6, number: 0, usage: 60_000, currentValue: 9000})).toEqual(['weekly']);
  });

  it.each([
    ['of no hours', {unit: 3, number: 0, percentage: 40, nextResetTime: now + hour}],
    ['of no days', {unit: 1, number: 0, percentage: 40}],
    ['of no months', {type: 'TIME_LIMIT', unit: 5, number: '0', percentage: 40}],
    ['of no weeks, with nothing used', {unit: 6, number: 0, percentage: 0}],
    ['of no weeks, with no figure at all', {unit: 6, number: 0}],
  ])('leaves out a limit %s: it is switched off', (_what, row) => {
    const reading = parseQuota(withLimits({type: 'CREDIT_LIMIT', ...row}), now);
    expect(reading).toMatchObject({windows: [], notes: []});
  });

  it('names by length, never by place, and lists the shortest first', () => {
    const week = {type: 'TOKENS_LIMIT', unit: 6, number: 1, percentage: 1};
    const five = {type: 'TOKENS_LIMIT', unit: 3, number: 5, percentage: 2};
    const strange = {type: 'TOKENS_LIMIT', unit: 99, number: 1, percentage: 3};
    const tools = {type: 'TIME_LIMIT', unit: 3, number: 5, percentage: 4};
    expect(ids(tools, strange, week, five)).toEqual(['5h', 'weekly', 'unit99x1', 'mcp/5h']);
    expect(ids(week)).toEqual(['weekly']);
  });

  it('shows tool calls of two lengths both', () => {
    const monthly = {type: 'TIME_LIMIT', unit: 5, number: 1, percentage: 1};
    expect(ids(monthly, {...monthly, unit: 3, number: 5})).toEqual(['mcp/5h', 'mcp/monthly']);
  });

  it('keeps credits and tokens of different lengths under plain names', () => {
    const credits = {type: 'CREDIT_LIMIT', unit: 3, number: 5, percentage: 1};
    expect(ids({...credits, type: 'TOKENS_LIMIT', unit: 6, number: 1}, credits)).toEqual(['5h', 'weekly']);
  });

  it('reads the kind from name, and whatever its case', () => {
    expect(ids({name: 'credit_limit', unit: 3, number: 5, percentage: 1})).toEqual(['5h']);
  });
});

describe('limits without a unit', () => {
  const row = (percentage: number, resetsIn: number | null, type = 'TOKENS_LIMIT') => ({
    type,
    percentage,
    ...(resetsIn === null ? {} : {nextResetTime: now + resetsIn}),
  });

  it.each([
    ['TOKENS_LIMIT', 2 * hour, '5h', 5 * hour],
    ['TOKENS_LIMIT', 5 * hour + 60_000, '5h', 5 * hour],
    ['TOKENS_LIMIT', -hour, '5h', 5 * hour],
    ['TOKENS_LIMIT', null, '5h', 5 * hour],
    ['TOKENS_LIMIT', 6 * hour, 'weekly', 7 * day],
    ['CREDIT_LIMIT', 6 * day, 'weekly', 7 * day],
    ['CREDIT_LIMIT', 20 * day, 'monthly', null],
    ['TIME_LIMIT', 2 * hour, 'mcp/monthly', 30 * day],
    ['TIME_LIMIT', 20 * day, 'mcp/monthly', 30 * day],
  ])('are named by their reset: %s that resets in %s ms is %s', (type, resetsIn, id, windowMs) => {
    const window = only(row(10, resetsIn, type));
    expect([window.id, window.windowMs]).toEqual([id, windowMs]);
  });

  it('are named by their reset too where only the number is told', () => {
    expect(only({...row(10, 4 * day), number: 1}).id).toBe('weekly');
  });

  const figures = (...rows: object[]) =>
    parseQuota(withLimits(...rows), now).windows.map(({id, use}) => [
      id,
      use.state === 'known' ? use.usedPercent : use.state,
    ]);

  it('are told apart whatever their order, and the lower figure is not lost', () => {
    const pair = [row(53, 4 * day), row(44, 2 * hour)];
    expect(figures(...pair)).toEqual([
      ['5h', 44],
      ['weekly', 53],
    ]);
    expect(figures(...pair.toReversed())).toEqual(figures(...pair));
  });

  it('leave the week a week in its last hours, while the five hours have not begun', () => {
    expect(figures(row(0, null), row(91, 2 * hour))).toEqual([
      ['5h', 'not-started'],
      ['weekly', 91],
    ]);
  });

  it('of credits say nothing about those of tokens', () => {
    expect(figures(row(0, null, 'CREDIT_LIMIT'), row(91, 2 * hour))).toEqual([
      ['5h', 'not-started'],
      ['tokens/5h', 91],
    ]);
  });
});

describe('resets', () => {
  const reset = (unit: number, number: number | undefined, resetsIn: number) =>
    only({type: 'TOKENS_LIMIT', unit, number, percentage: 40, nextResetTime: now + resetsIn}).resetsAt;

  it.each([
    ['five hours', 3, 5, 4 * day],
    ['five hours without a number', 3, undefined, 7 * hour],
    ['a week', 6, 7, 9 * day],
    ['a month', 5, 1, 40 * day],
    ['three days', 1, 3, 5 * day],
  ])('that lie further ahead than %s last are not told', (_what, unit, number, resetsIn) => {
    expect(reset(unit, number, resetsIn)).toBeNull();
  });

  it.each([
    ['five hours', 3, 5, 5 * hour + 60_000],
    ['a week', 6, 1, 7 * day],
    ['a month of 31 days', 5, 1, 31 * day],
    ['a length that nobody knows', 99, 1, 400 * day],
  ])('at the end of %s stay', (_what, unit, number, resetsIn) => {
    expect(reset(unit, number, resetsIn)).toBe(now + resetsIn);
  });

  it('that are impossible do not turn nothing used into not started', () => {
    const window = only({type: 'TOKENS_LIMIT', unit: 3, number: 5, percentage: 0, nextResetTime: now + 4 * day});
    expect(window).toMatchObject({resetsAt: null, use: {state: 'known', usedPercent: 0}});
  });
});

describe('percentages', () => {
  it.each([
    [
      'counts say it finer than the floored percentage',
      {usage: 12_000, currentValue: 1438, percentage: 11},
      143_800 / 12_000,
    ],
    ['two points apart are still the same', {usage: 100, currentValue: 20, percentage: 18}, 20],
    ['counts beside a percentage that was rounded up', {usage: 4000, currentValue: 16, percentage: 1}, 0.4],
    ['counts without a percentage', {usage: 400, currentValue: 100}, 25],
    ['counts beside a percentage that is none', {usage: 400, currentValue: 100, percentage: true}, 25],
    ['counts beside a negative percentage', {usage: 400, currentValue: 100, percentage: -20}, 25],
    ['what is left, where what is used is not told', {usage: 400, remaining: 300}, 25],
    ['numbers as texts', {usage: '400', currentValue: '100', percentage: '25'}, 25],
    ['over 100', {usage: 100, currentValue: 137}, 137],
    ['over 100 without counts', {percentage: 137}, 137],
    ['a fraction', {percentage: 12.5}, 12.5],
    ['counts of nothing', {usage: 0, currentValue: 0, percentage: 12}, 12],
    ['counts too great to divide', {usage: 1e-300, currentValue: 1e300, percentage: 12}, 12],
  ])('takes %s', (_why, row, usedPercent) => {
    expect(useOf(row)).toMatchObject({state: 'known', usedPercent});
  });

  it('believes the percentage where the counts contradict it, and shows no counts then', () => {
    const window = only({type: 'TOKENS_LIMIT', unit: 6, number: 1, usage: 400, currentValue: 9600, percentage: 24});
    expect(window).toMatchObject({unit: 'percent', use: {state: 'known', usedPercent: 24}});
    expect(window.use).not.toHaveProperty('used');
  });

  it.each([
    ['missing', {}],
    ['true', {percentage: true}],
    ['negative', {percentage: -20}],
    ['null', {percentage: null}],
    ['NaN as a text', {percentage: 'NaN'}],
    ['an object', {percentage: {value: 3}}],
    ['told of a total alone', {usage: 2000}],
    ['told of a total of nothing', {usage: 0, currentValue: 0, remaining: 0}],
    ['told of a negative use', {usage: 100, currentValue: -5}],
    ['told of more left than there is', {usage: 100, remaining: 200}],
  ])('is unknown, not zero, when it is %s', (_what, row) => {
    expect(useOf(row).state).toBe('unknown');
  });

  it('counts in percent where nothing else is told, else in the unit of the limit', () => {
    const unitOf = (type: string, row: object) => only({type, unit: 6, number: 1, ...row}).unit;
    expect(unitOf('CREDIT_LIMIT', {percentage: 3})).toBe('percent');
    expect(unitOf('CREDIT_LIMIT', {percentage: 3, usage: 2000})).toBe('credits');
    expect(unitOf('TOKENS_LIMIT', {usage: 100, currentValue: 3})).toBe('tokens');
    expect(unitOf('TIME_LIMIT', {usage: 100, currentValue: 3})).toBe('calls');
  });
});

describe('idle windows', () => {
  const five = {type: 'CREDIT_LIMIT', unit: 3, number: 5};

  it.each([undefined, null, 0, ''])('have not started at 0 %% with the reset %s', nextResetTime => {
    expect(only({...five, percentage: 0, nextResetTime}).use).toEqual({state: 'not-started'});
  });

  it.each([
    ['it is used a little', {...five, usage: 28_000, currentValue: 5, percentage: 0}],
    ['its reset is told', {...five, percentage: 0, nextResetTime: now + hour}],
    ['it is a week', {...five, unit: 6, number: 1, percentage: 0}],
    ['it counts tool calls', {...five, type: 'TIME_LIMIT', percentage: 0}],
  ])('are known where %s', (_why, row) => {
    expect(only(row).use.state).toBe('known');
  });

  it('keeps a reset that has passed: the screen says that it is resetting', () => {
    expect(only({...five, percentage: 40, nextResetTime: now - hour}).resetsAt).toBe(now - hour);
  });
});

describe('rows that repeat or that nobody knows', () => {
  const five = {type: 'CREDIT_LIMIT', unit: 3, number: 5};

  it('keeps the higher of two figures for one limit, and never the sum', () => {
    const [window] = parseQuota(
      withLimits({...five, percentage: 10}, {...five, percentage: 30}, {...five, percentage: 20}),
      now,
    ).windows;
    expect(window?.use).toEqual({state: 'known', usedPercent: 30});
  });

  it('keeps a figure rather than none', () => {
    const [window] = parseQuota(withLimits(five, {...five, percentage: 0}, {...five, percentage: 5}), now).windows;
    expect(window?.use).toEqual({state: 'known', usedPercent: 5});
  });

  it('takes two spellings of one length for one limit', () => {
    expect(
      ids(
        {type: 'CREDIT_LIMIT', unit: 6, number: 1, percentage: 1},
        {type: 'CREDIT_LIMIT', unit: 1, number: 7, percentage: 2},
      ),
    ).toEqual(['weekly']);
  });

  it('leaves strangers out, says so, and shows the rest', () => {
    const body = withLimits(
      null,
      7,
      'x',
      [],
      {},
      {type: 'SEAT\u001b[2J_LIMIT', percentage: 3},
      {...five, percentage: 10},
    );
    const reading = parseQuota(body, now);
    expect(reading.windows.map(({id}) => id)).toEqual(['5h']);
    expect(reading.notes).toEqual([{code: 'skipped-rows', text: '?, SEAT_LIMIT'}]);
  });

  it('shows a row that tells nothing beside one that does', () => {
    const states = parseQuota(withLimits(five, {...five, unit: 6, number: 1, percentage: 3}), now).windows.map(
      ({use}) => use.state,
    );
    expect(states).toEqual(['unknown', 'known']);
  });

  it('gives an answer of strangers alone no window', () => {
    const reading = parseQuota(withLimits({type: 'SEAT_LIMIT', percentage: 3}), now);
    expect(reading).toMatchObject({windows: [], notes: [{code: 'skipped-rows', text: 'SEAT_LIMIT'}]});
  });

  it('lists the tools that can be read, cleaned', () => {
    const usageDetails = [
      {modelCode: 'zread\u0007', usage: 3},
      {modelCode: 'x', usage: -1},
      {modelCode: '', usage: 1},
      null,
      {usage: 2},
    ];
    expect(only({type: 'TIME_LIMIT', unit: 5, number: 1, percentage: 3, usageDetails}).shares).toEqual(
      calls({zread: 3}),
    );
  });
});

describe('the plan', () => {
  const planIn = (data: object) => parseQuota({code: 200, success: true, data: {limits: [], ...data}}, now).plan;

  it.each([
    [{level: 'pro'}, 'Pro'],
    [{level: 'ultra_max'}, 'Ultra Max'],
    [{planName: 'GLM Coding Pro', level: 'pro'}, 'GLM Coding Pro'],
    [{packageName: 'glm coding lite'}, 'GLM Coding Lite'],
    [{planName: ' ', plan: '', plan_type: 'max'}, 'Max'],
    [{planName: '\u001b[31m', level: 'lite'}, 'Lite'],
    [{level: 7}, null],
    [{}, null],
  ])('of %j is %s', (data, plan) => {
    expect(planIn(data)).toBe(plan);
  });
});

describe('the envelope', () => {
  const data = {limits: [{type: 'CREDIT_LIMIT', unit: 3, number: 5, percentage: 10}]};

  it.each([
    ['success and 200', {success: true, code: 200, data}],
    ['success and 0', {success: true, code: 0, data}],
    ['success and no code', {success: true, data}],
    ['success and null', {success: true, code: null, data}],
    ['success and a code as text', {success: true, code: '200', data}],
    ['a code and limits', {code: 200, data}],
    ['a code as text and limits', {code: '0', data}],
    ['limits alone', data],
    ['limits under data alone', {data}],
    ['limits under data, and nothing that is told', {success: null, code: null, error: null, data}],
  ])('is good with %s', (_what, body) => {
    expect(parseQuota(body, now).windows).toHaveLength(1);
  });

  it.each([
    ['success denied', {success: false, code: 200, data}],
    ['success denied without a code', {success: false, data}],
    ['success as text', {success: 'true', code: 200, data}],
    ['a code that is none', {success: true, code: 'fine', data}],
    ['a code that nobody knows', {success: true, code: 4711, data}],
    ['an error beside the limits', {error: {message: 'busy'}, data}],
    ['an error in words beside the limits', {error: 'busy', ...data}],
    ['neither success nor code nor limits', {data: {level: 'pro'}}],
    ['no success and no limits', {code: 200, data: null}],
    ['limits that are an object', {success: true, code: 200, data: {limits: {}}}],
    ['limits that are missing', {success: true, code: 200, data: {level: 'pro'}}],
    ['limits that are no objects', withLimits(1, 'two', null)],
    ['data that is a text', {success: true, code: 200, data: 'limits'}],
    ['a list', [data]],
    ['a text', 'ok'],
    ['null', null],
  ])('is a bad response with %s', async (_what, body) => {
    expect((await failureOf(() => parseQuota(body, now))).code).toBe('bad_response');
  });

  it.each([[null], [undefined], [{}], [[]]])('means no plan with a success and the data %j', async data => {
    const failure = await failureOf(() => parseQuota({code: 200, success: true, data}, now, {url: 'https://z.ai/'}));
    expect([failure.code, failure.remedy]).toEqual([
      'no_plan',
      {code: 'subscribe', name: 'the GLM Coding Plan', url: 'https://z.ai/'},
    ]);
  });

  it.each([[[]], [null]])('is an empty reading with the limits %j', limits => {
    expect(parseQuota({code: 200, success: true, data: {limits, x: 1}}, now)).toEqual({
      plan: null,
      windows: [],
      amounts: [],
      notes: [],
    });
  });

  it('reports an answer of a new shape by its keys and types alone', async () => {
    const failure = await failureOf(() => parseQuota({success: true, data: {quotas: [{secret: 'words'}]}}, now));
    expect(failure.shape).toBe('{success: boolean, data: {quotas: [{secret: string}]}}');
    expect(failure.remedy?.code).toBe('report');
  });
});
