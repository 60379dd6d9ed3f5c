import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Window} from '../../../src/core/model.ts';
import {parseBilling, planOf} from '../../../src/providers/grok/parse.ts';
import {now} from '../shared/home.ts';
import {fixture} from './support.ts';

const told = ({id, use, unit, resetsAt}: Window): string => {
  const figure = use.state === 'known' ? `${Number(use.usedPercent.toFixed(4))} %` : use.state;
  const parts = use.state === 'known' && use.limit !== undefined ? ` ${use.used}/${use.limit}` : '';
  return `${id} ${figure}${parts} ${unit} ${resetsAt === null ? null : new Date(resetsAt).toISOString().slice(0, 19)}`;
};
const windowsOf = (body: unknown): string[] => parseBilling(body).windows.map(told);
const config = (more: object) => ({config: more});
const week = {type: 'USAGE_PERIOD_TYPE_WEEKLY', start: '2026-11-24T04:00:00Z', end: '2026-12-01T04:00:00Z'};

describe('the billing of Grok', () => {
  it.each([
    ['weekly', ['weekly 32 % percent 2026-12-01T04:17:34']],
    ['no-percent', ['weekly unknown percent 2026-11-30T20:59:12']],
    ['on-demand', ['monthly 100 % percent 2026-12-01T00:00:00', 'on-demand/monthly 6 % 3/50 usd 2026-12-01T00:00:00']],
    ['legacy-monthly', ['monthly 19.54 % 29.31/150 usd 2026-10-01T00:00:00']],
    ['no-meter', ['monthly unknown percent 2026-10-01T00:00:00']],
    ['legacy-zeros', []],
  ])('%s is read as it was sent', (name, windows) => {
    expect(windowsOf(fixture(name))).toEqual(windows);
  });

  it('has a plan, money paid in advance and what each product took', () => {
    const {plan, amounts, windows} = parseBilling(fixture('weekly'));
    expect([plan, amounts]).toEqual(['SuperGrok', [{id: 'balance', value: 12.5, unit: 'usd'}]]);
    expect(windows).toMatchObject([
      {windowMs: 7 * 86_400_000, shares: [{name: 'GrokBuild', value: 29, unit: 'percent'}]},
    ]);
    expect(parseBilling(fixture('no-percent'))).toMatchObject({plan: null, amounts: []});
  });

  it('is ok_empty where older figures are all zero', () => {
    expect(outcomeOf({reading: parseBilling(fixture('legacy-zeros')), failure: null})).toBe('ok_empty');
  });

  it('names its period by the two ends, else by what it is called', () => {
    const idsOf = (currentPeriod: object) => windowsOf(config({creditUsagePercent: 5, currentPeriod}));
    expect(idsOf({...week, type: 'USAGE_PERIOD_TYPE_MONTHLY'})).toEqual(['weekly 5 % percent 2026-12-01T04:00:00']);
    expect(idsOf({type: week.type})).toEqual(['weekly 5 % percent null']);
    expect(idsOf({...week, start: undefined, type: 'USAGE_PERIOD_TYPE_MONTHLY'})).toEqual([
      'monthly 5 % percent 2026-12-01T04:00:00',
    ]);
    expect(() => idsOf({type: 'USAGE_PERIOD_TYPE_LUNAR'})).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it('does not take the billing month for the end of a week that tells none', () => {
    const month = {billingPeriodStart: '2026-11-01T00:00:00Z', billingPeriodEnd: '2026-12-01T00:00:00Z'};
    const idsOf = (more: object) => windowsOf(config({...month, creditUsagePercent: 5, ...more}));
    expect(idsOf({currentPeriod: {type: week.type}})).toEqual(['weekly 5 % percent null']);
    expect(idsOf({currentPeriod: {type: week.type, end: week.end}})).toEqual([
      'weekly 5 % percent 2026-12-01T04:00:00',
    ]);
    for (const currentPeriod of [undefined, null])
      expect(idsOf({currentPeriod})).toEqual(['monthly 5 % percent 2026-12-01T00:00:00']);
  });

  it('keeps what is over the limit', () => {
    expect(windowsOf(config({creditUsagePercent: '120.5', currentPeriod: week}))).toEqual([
      'weekly 120.5 % percent 2026-12-01T04:00:00',
    ]);
  });

  it.each([
    ['nothing was told', undefined, 'on-demand/weekly unknown usd 2026-12-01T04:00:00'],
    ['an empty record was told', {}, 'on-demand/weekly 0 % 0/10 usd 2026-12-01T04:00:00'],
    ['nonsense was told', {val: 'much'}, 'on-demand/weekly unknown usd 2026-12-01T04:00:00'],
  ])('has spending on top of which %s', (_, onDemandUsed, line) => {
    expect(windowsOf(config({currentPeriod: week, onDemandCap: {val: 1000}, onDemandUsed}))[1]).toBe(line);
  });

  it('of an older plan is unknown where no use is told', () => {
    expect(windowsOf(config({monthlyLimit: {val: 15000}}))).toEqual(['monthly unknown usd null']);
  });

  it('calls products by their names', () => {
    const productUsage = [
      {product: 'PRODUCT_GROK_BUILD', usagePercent: 3},
      {product: '\u001b[31m', usagePercent: 3},
      {product: 'Below', usagePercent: -1},
      7,
    ];
    expect(parseBilling(config({currentPeriod: week, productUsage})).windows[0]?.shares).toEqual([
      {name: 'Grok Build', value: 3, unit: 'percent'},
    ]);
  });

  it('has the plan in every spelling', () => {
    const spelled = [{subscriptionTier: 'A'}, {subscription_tier: 'B'}, {subscription_tier_display: 'C'}, {}, null];
    expect(spelled.map(planOf)).toEqual(['A', 'B', 'C', null, null]);
    expect(parseBilling(config({currentPeriod: week, subscriptionTier: 'D'})).plan).toBe('D');
  });

  it.each([
    ['nothing', {}],
    ['null', null],
    ['a list', []],
    ['an empty record', config({})],
    ['a list of figures', {config: [1]}],
    ['a percentage without a period', config({creditUsagePercent: 5})],
  ])('that is %s is bad_response', (_, body) => {
    expect(() => parseBilling(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });
});

describe('whatever the service sends', () => {
  const scalar = fc.oneof(
    fc.anything(),
    fc.double(),
    fc.constantFrom('12', '-3.5', 'NaN', '1e999', null, 0, -1, 100, 1e300, now, week.start, week.end),
  );
  const cents = fc.oneof(fc.record({val: scalar}), scalar);
  const period = fc.record({type: fc.constantFrom(week.type, 'x', null), start: scalar, end: scalar});
  const billing = fc.record(
    {
      ...{
        creditUsagePercent: scalar,
        currentPeriod: fc.oneof(period, fc.constant(week)),
        productUsage: fc.array(scalar),
      },
      ...{monthlyLimit: cents, used: cents, onDemandCap: cents, onDemandUsed: cents, prepaidBalance: cents},
      ...{billingPeriodStart: scalar, billingPeriodEnd: scalar},
    },
    {requiredKeys: []},
  );
  const isSound = ({use}: Window): boolean =>
    use.state !== 'known' ||
    (Number.isFinite(use.usedPercent) &&
      (use.used === undefined ||
        Math.abs((use.used / (use.limit ?? 0)) * 100 - use.usedPercent) <= 1e-6 * Math.abs(use.usedPercent) + 1e-9));
  const survives = (given: unknown): boolean => {
    try {
      const {windows, amounts} = parseBilling(given);
      const ids = windows.map(({id}) => id);
      return windows.every(isSound) && new Set(ids).size === ids.length && amounts.every(({value}) => value > 0);
    } catch (error) {
      return error instanceof ProviderError;
    }
  };

  it('nothing but a ProviderError is thrown, and every figure is sound', () => {
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 200});
    fc.assert(
      fc.property(billing, given => survives({config: given})),
      {numRuns: 500},
    );
  });

  it('a percentage that is missing is never one', () => {
    const rest = billing.map(given => ({...given, creditUsagePercent: undefined, currentPeriod: week}));
    fc.assert(
      fc.property(rest, given => parseBilling({config: given}).windows[0]?.use.state === 'unknown'),
      {numRuns: 200},
    );
  });
});
