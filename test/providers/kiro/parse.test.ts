import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Window} from '../../../src/core/model.ts';
import {parseUsage, parseUsageState} from '../../../src/providers/kiro/parse.ts';
import {now} from '../shared/home.ts';
import {fixture} from './support.ts';

const told = ({id, use, unit, resetsAt}: Window): string => {
  const figure = use.state === 'known' ? `${Number(use.usedPercent.toFixed(4))} % ${use.used}/${use.limit}` : use.state;
  return `${id} ${figure} ${unit} ${resetsAt === null ? null : new Date(resetsAt).toISOString().slice(0, 10)}`;
};
const read = (body: unknown) => {
  const {windows, ...rest} = parseUsage(body, now);
  return {windows: windows.map(told), ...rest};
};
const rows = (...usageBreakdownList: unknown[]) => ({usageBreakdownList});
const credit = {resourceType: 'CREDIT', currentUsage: 10, usageLimit: 100};

describe('the usage of Kiro', () => {
  it('of a plan is in credits', () => {
    expect(read(fixture('pro'))).toEqual({
      plan: 'KIRO PRO',
      windows: ['monthly 12.345 % 123.45/1000 credits 2026-10-01'],
      amounts: [],
      notes: [],
    });
    expect(parseUsage(fixture('pro'), now).windows[0]?.windowMs).toBe(30 * 86_400_000);
  });

  it('above a plan has a limit and a price of its own, and is no part of the plan', () => {
    expect(read(fixture('power-overage'))).toEqual({
      plan: 'KIRO POWER',
      windows: [
        'monthly 100 % 10000/10000 credits 2026-10-01',
        'overage/monthly 36.0349 % 3603.49/10000 credits 2026-10-01',
      ],
      amounts: [{id: 'overage', value: 144.14, unit: 'usd'}],
      notes: [],
    });
  });

  it('of a trial and of gifts stands beside the plan, with the day on which they end', () => {
    expect(read(fixture('free-trial-bonus'))).toEqual({
      plan: 'KIRO FREE',
      windows: [
        'monthly 0 % 0/50 credits 2026-10-01',
        'trial/total 24.1 % 120.5/500 credits null',
        'bonus/total 10 % 10/100 credits null',
      ],
      amounts: [],
      notes: [
        {code: 'kiro/trial-ends', at: 1_789_500_000_000},
        {code: 'kiro/bonus-ends', at: 1_789_000_000_000},
      ],
    });
  });

  it('of Amazon Q Developer is in requests', () => {
    const {plan, windows} = read(fixture('q-developer-limits'));
    expect([plan, windows]).toEqual(['Q Developer Pro', ['agentic/monthly 4 % 40/1000 requests 2026-10-01']]);
  });

  it('of older plans is counted by kind', () => {
    expect(read(fixture('older-plan')).windows).toEqual([
      'vibe/monthly 10 % 10/100 requests 2026-10-01',
      'spec/monthly 50 % 10/20 requests 2026-10-01',
    ]);
  });

  it('adds gifts up, and knows none of it if one is unreadable', () => {
    const bonus = {status: 'ACTIVE', currentUsage: 5, usageLimit: 20};
    const windowsWith = (...bonuses: unknown[]) => read(rows({...credit, bonuses})).windows.slice(1);
    expect(windowsWith(bonus, {...bonus, currentUsage: 7})).toEqual(['bonus/total 30 % 12/40 credits null']);
    expect(windowsWith(bonus, {status: 'ACTIVE', currentUsage: 5})).toEqual(['bonus/total unknown credits null']);
    expect(windowsWith({...bonus, status: 'EXHAUSTED'}, 7, null)).toEqual([]);
  });

  it.each([
    ['no limit', {...credit, usageLimit: undefined}],
    ['a limit of zero', {...credit, usageLimit: 0}],
    ['no use', {...credit, currentUsage: null}],
    ['more above the plan than there is', {...credit, currentOverages: 11}],
  ])('with %s is unknown', (_, row) => {
    expect(read(rows(row)).windows).toEqual(['monthly unknown credits null']);
  });

  it('resets when the whole answer says so, where the row is silent', () => {
    for (const row of [credit, {...credit, nextDateReset: null}])
      expect(read({...rows(row), nextDateReset: 1.7908128e9}).windows).toEqual([
        'monthly 10 % 10/100 credits 2026-10-01',
      ]);
    const sooner = read({...rows({...credit, nextDateReset: 1788307200}), nextDateReset: 1.7908128e9});
    expect(sooner.windows).toEqual(['monthly 10 % 10/100 credits 2026-09-02']);
  });

  it('is read in every field in which it may stand', () => {
    const windows = ['monthly 10 % 10/100 credits null'];
    for (const usageBreakdown of [credit, [credit]])
      for (const usageBreakdownList of [null, [], undefined])
        expect(read({usageBreakdown, usageBreakdownList}).windows).toEqual(windows);
  });

  it('beyond the plan counts only with what is above it', () => {
    const enabled = {overageConfiguration: {overageStatus: 'ENABLED'}};
    const over = (more: object) => read({...enabled, ...rows({...credit, currentUsage: 130, ...more})}).windows;
    expect(over({})).toEqual(['monthly unknown credits null']);
    expect(over({currentOveragesWithPrecision: -1, currentOverages: null})).toEqual(['monthly unknown credits null']);
    expect(over({currentOveragesWithPrecision: -1, currentOverages: 30})).toEqual([
      'monthly 100 % 100/100 credits null',
    ]);
    expect(over({currentUsage: 90})).toEqual(['monthly 90 % 90/100 credits null']);
    // Where it is switched off, all of it is the plan's.
    expect(read(rows({...credit, currentUsage: 130})).windows).toEqual(['monthly 130 % 130/100 credits null']);
  });

  it('that is told twice is unknown, with no pots and no price', () => {
    const {windows, amounts} = read(rows({...credit, overageCharges: 3, bonuses: [{status: 'ACTIVE'}]}, credit));
    expect([windows, amounts]).toEqual([['monthly unknown credits null'], []]);
  });

  it('of a kind that nobody knows is left out, and that is said', () => {
    const {windows, notes} = read(rows(credit, {...credit, resourceType: 'WISHES'}));
    expect([windows, notes]).toEqual([['monthly 10 % 10/100 credits null'], [{code: 'skipped-rows'}]]);
  });

  it('without rows is ok_empty', () => {
    expect(outcomeOf({reading: parseUsage({usageBreakdownList: [], limits: []}, now), failure: null})).toBe('ok_empty');
  });

  it.each([
    ['nothing', {}],
    ['null', null],
    ['a list', []],
    ['null for the lists', {usageBreakdownList: null, limits: null}],
    ['rows of unknown kinds alone', rows({resourceType: 'WISHES'}, 7)],
  ])('that is %s is bad_response', (_, body) => {
    expect(() => parseUsage(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('prices only in a currency that there is', () => {
    const amountsOf = (currency: unknown) => read(rows({...credit, overageCharges: 2, currency})).amounts;
    expect([amountsOf('EUR'), amountsOf(undefined), amountsOf('XYZ')]).toEqual([
      [{id: 'overage', value: 2, unit: 'eur'}],
      [{id: 'overage', value: 2, unit: 'usd'}],
      [],
    ]);
  });
});

describe('the editor’s own copy', () => {
  it('is read with its time; a trial that is over is no row', () => {
    const state = parseUsageState(fixture('usage-state'), now);
    expect(state?.readAt).toBe(Date.parse('2026-09-01T21:00:00Z'));
    expect(state?.reading.windows.map(told)).toEqual(['monthly 94.4 % 47.2/50 credits 2026-10-01']);
  });

  it('holds a trial that goes on', () => {
    const state = parseUsageState(fixture('usage-state'), Date.parse('2026-08-20T00:00:00Z') - 1);
    // Then the copy was not yet made.
    expect(state).toBeNull();
    const trial = {currentUsage: 1, usageLimit: 4, expiryDate: '2026-09-20T00:00:00.000Z'};
    const usageBreakdowns = [{type: 'CREDIT', currentUsage: 1, usageLimit: 50, freeTrialUsage: trial}];
    const copy = parseUsageState({'kiro.resourceNotifications.usageState': {timestamp: now, usageBreakdowns}}, now);
    expect(copy?.reading.windows.map(told)).toEqual([
      'monthly 2 % 1/50 credits null',
      'trial/total 25 % 1/4 credits null',
    ]);
  });

  it.each([[null], [{}], [[]], [{'kiro.resourceNotifications.usageState': {timestamp: now, usageBreakdowns: []}}]])(
    'that is %j is none',
    value => {
      expect(parseUsageState(value, now)).toBeNull();
    },
  );
});

describe('whatever the service sends', () => {
  const scalar = fc.oneof(
    fc.anything(),
    fc.double(),
    fc.constantFrom('12', '-3.5', 'NaN', '1e999', null, 0, -1, 100, 1e300, now, 1.7908128e9),
  );
  const figures = (...names: string[]) =>
    fc.dictionary(fc.constantFrom(...names, ...names.map(name => `${name}WithPrecision`)), scalar);
  const pot = fc
    .tuple(
      figures('currentUsage', 'usageLimit', 'expiresAt', 'freeTrialExpiry'),
      fc.constantFrom({status: 'ACTIVE', freeTrialStatus: 'ACTIVE'}, {}),
    )
    .map(([a, b]) => ({...a, ...b}));
  const row = fc
    .tuple(
      figures(
        'currentUsage',
        'usageLimit',
        'currentOverages',
        'overageCap',
        'nextDateReset',
        'overageCharges',
        'totalUsageLimit',
      ),
      fc.record({
        resourceType: fc.constantFrom('CREDIT', 'VIBE', 'X'),
        bonuses: fc.oneof(scalar, fc.array(pot)),
        freeTrialInfo: fc.oneof(scalar, pot),
      }),
    )
    .map(([a, b]) => ({...a, ...b}));
  const isSound = ({use}: Window): boolean =>
    use.state !== 'known' ||
    (Number.isFinite(use.usedPercent) &&
      Math.abs(((use.used ?? 0) / (use.limit ?? 1)) * 100 - use.usedPercent) <=
        1e-6 * Math.abs(use.usedPercent) + 1e-9);
  const survives = (given: unknown): boolean => {
    try {
      const {windows} = parseUsage(given, now);
      return windows.every(isSound) && new Set(windows.map(({id}) => id)).size === windows.length;
    } catch (error) {
      return error instanceof ProviderError;
    }
  };
  const enabled = {overageConfiguration: {overageStatus: 'ENABLED'}};

  it('nothing but a ProviderError is thrown, and every figure is sound', () => {
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 200});
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.anything())), list => survives({...enabled, usageBreakdownList: list})),
      {numRuns: 500},
    );
  });

  it('in the editor’s copy nothing is thrown', () => {
    const state = fc.record({timestamp: scalar, usageBreakdowns: fc.oneof(scalar, fc.array(row))});
    const survivesCopy = (copy: unknown) =>
      parseUsageState({'kiro.resourceNotifications.usageState': copy}, now)?.reading.windows.every(isSound) ?? true;
    fc.assert(fc.property(fc.oneof(state, fc.anything()), survivesCopy), {numRuns: 300});
  });
});
