import {describe, expect, it} from 'vitest';
import {parseBilling} from '../../../src/providers/copilot/parse-billing.ts';
import {day, fixture, november, now} from './fixture.ts';

const credits = {tier: null, kind: 'ai_credit'} as const;
const pro = {tier: 'pro', kind: 'ai_credit'} as const;
const proLegacy = {tier: 'pro', kind: 'premium_request'} as const;

const item = (more: object) => ({product: 'Copilot', sku: 'Copilot AI Credits', unitType: 'ai-credits', ...more});
const bill = (...usageItems: unknown[]) => ({timePeriod: {year: 2026, month: 10}, usageItems});
const usedIn = (...items: unknown[]) =>
  parseBilling(bill(...items), now, credits).amounts.find(({id}) => id === 'used');

describe('samples of the bill', () => {
  it('measures a Pro plan’s credits against the plan table, and says so', () => {
    expect(parseBilling(fixture('billing-pro-credits'), now, pro)).toEqual({
      plan: 'Pro',
      windows: [
        {
          id: 'premium/monthly',
          pool: 'premium',
          windowMs: 31 * day,
          resetsAt: november,
          use: {state: 'known', usedPercent: 34.083333, used: 511.25, limit: 1500},
          unit: 'credits',
          limitFrom: 'plan-table',
          shares: [
            {name: 'Claude Sonnet 4.6', value: 412.75, unit: 'credits'},
            {name: 'GPT-5.4', value: 98.5, unit: 'credits'},
          ],
        },
      ],
      amounts: [],
      notes: [{code: 'plan-table'}],
    });
  });

  it('draws no bar where no limit is known', () => {
    const {plan, windows, amounts, notes} = parseBilling(fixture('billing-pro-credits'), now, credits);
    expect(plan).toBe(null);
    expect(windows[0]?.use.state).toBe('unknown');
    expect(amounts).toEqual([{id: 'used', value: 511.25, unit: 'credits'}]);
    expect(notes).toEqual([]);
  });

  it('does not clamp premium requests beyond the allowance, and tells what is owed', () => {
    const {windows, amounts} = parseBilling(fixture('billing-legacy-over'), now, proLegacy);
    expect(windows[0]).toMatchObject({use: {usedPercent: 137.333333, used: 412, limit: 300}, unit: 'requests'});
    expect(amounts).toEqual([{id: 'billed', value: 4.48, unit: 'usd'}]);
  });

  it('reads premium requests whatever endpoint they came from', () => {
    const {windows} = parseBilling(fixture('billing-legacy-over'), now, pro);
    expect(windows[0]).toMatchObject({use: {limit: 300}, unit: 'requests'});
  });

  it('reads an empty bill as nothing used', () => {
    const {windows, notes} = parseBilling(fixture('billing-empty'), now, pro);
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 0, used: 0, limit: 1500});
    expect(notes).toEqual([{code: 'plan-table'}]);
  });

  it('does not know what nothing used means without a plan', () => {
    const {windows, amounts, notes} = parseBilling(fixture('billing-empty'), now, credits);
    expect(windows[0]?.use.state).toBe('unknown');
    expect(amounts).toEqual([{id: 'used', value: 0, unit: 'credits'}]);
    expect(notes).toEqual([{code: 'no-usage-visible'}]);
  });

  it('counts an organisation’s credits and nothing else on its bill', () => {
    const options = {tier: 'business', kind: 'ai_credit'} as const;
    const {plan, windows, amounts, notes} = parseBilling(fixture('billing-organisation-summary'), now, options);
    expect(plan).toBe('Business');
    expect(windows[0]?.use).toMatchObject({state: 'unknown', why: expect.stringContaining('organisation')});
    expect(windows[0]?.shares).toBeUndefined();
    expect(amounts).toEqual([{id: 'used', value: 298.698546, unit: 'credits'}]);
    expect(notes).toEqual([]);
  });

  it('tells what an organisation owes', () => {
    const {amounts} = parseBilling(fixture('billing-organisation'), now, {tier: 'enterprise', kind: 'ai_credit'});
    expect(amounts).toEqual([
      {id: 'used', value: 2500, unit: 'credits'},
      {id: 'billed', value: 6, unit: 'usd'},
    ]);
  });

  it('does not measure a bill that charges money against a limit that it is below', () => {
    const {windows, amounts, notes} = parseBilling(fixture('billing-charged-below-table'), now, pro);
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 125, used: 100, limit: 80});
    expect(windows[0]).not.toHaveProperty('limitFrom');
    expect(amounts).toEqual([{id: 'billed', value: 0.2, unit: 'usd'}]);
    expect(notes).toEqual([]);
  });

  it('believes an item that does carry a limit, before any table', () => {
    const {windows, notes} = parseBilling(fixture('billing-mission-notes'), now, {
      tier: 'pro+',
      kind: 'premium_request',
    });
    expect(windows[0]).toMatchObject({use: {usedPercent: 50, used: 150, limit: 300}, unit: 'requests'});
    expect(windows[0]?.limitFrom).toBeUndefined();
    expect(notes).toEqual([]);
  });
});

describe('the plan table', () => {
  it.each([
    ['free', 'premium_request', 50],
    ['student', 'premium_request', 300],
    ['pro', 'premium_request', 300],
    ['pro+', 'premium_request', 1500],
    ['pro', 'ai_credit', 1500],
    ['pro+', 'ai_credit', 7000],
    ['max', 'ai_credit', 20_000],
  ] as const)('gives %s %s %i', (tier, kind, limit) => {
    expect(parseBilling(bill(), now, {tier, kind}).windows[0]?.use).toMatchObject({state: 'known', limit});
  });

  it.each([
    ['free', 'ai_credit'],
    ['student', 'ai_credit'],
    ['max', 'premium_request'],
    ['business', 'ai_credit'],
    ['business', 'premium_request'],
    ['enterprise', 'ai_credit'],
    ['enterprise', 'premium_request'],
  ] as const)('has no number for %s %s', (tier, kind) => {
    expect(parseBilling(bill(), now, {tier, kind}).windows[0]?.use.state).toBe('unknown');
  });

  it.each([
    ['business', 300],
    ['enterprise', 1000],
  ] as const)('counts the requests of one person with a %s seat against %i', (tier, limit) => {
    const options = {tier, kind: 'premium_request', isOnePerson: true} as const;
    const body = {usageItems: [{product: 'Copilot', sku: 'Copilot Premium Request', grossQuantity: 150}]};
    const {windows, notes} = parseBilling(body, now, options);
    expect(windows[0]).toMatchObject({use: {state: 'known', used: 150, limit}, limitFrom: 'plan-table'});
    expect(notes).toEqual([{code: 'plan-table'}]);
    // An empty bill of a seat may only mean that it is billed elsewhere.
    expect(parseBilling({usageItems: []}, now, options).windows[0]?.use.state).toBe('unknown');
    // Credits have one pool for all.
    const credits = {usageItems: [{product: 'Copilot', sku: 'AI Credit', unitType: 'ai-credits', grossQuantity: 1}]};
    expect(parseBilling(credits, now, {...options, kind: 'ai_credit'}).windows[0]?.use.state).toBe('unknown');
  });
});

describe('a bill that contradicts the plan table', () => {
  const used = (...items: object[]) => parseBilling(bill(...items.map(item)), now, pro).windows[0];

  it.each<[string, object[], object]>([
    [
      'one row of several is charged',
      [
        {grossQuantity: 60, discountQuantity: 60},
        {grossQuantity: 40, netQuantity: 20},
      ],
      {usedPercent: 125, used: 100, limit: 80},
    ],
    ['only what is charged is told', [{grossQuantity: 100, netQuantity: 20}], {usedPercent: 125, limit: 80}],
    ['only what is included is told', [{grossQuantity: 100, discountQuantity: 80}], {usedPercent: 125, limit: 80}],
    [
      'money beside quantities that charge nothing',
      [{grossQuantity: 100, discountQuantity: 100, netAmount: 3}],
      {usedPercent: 100, limit: 100},
    ],
    [
      'beyond the table too',
      [{grossQuantity: 3000, discountQuantity: 2000, netQuantity: 1000}],
      {usedPercent: 150, used: 3000, limit: 2000},
    ],
    [
      'everything is charged',
      [{grossQuantity: 100, discountQuantity: 0, netQuantity: 100}],
      {state: 'known', usedPercent: 100, used: 100},
    ],
  ])('is full where money is charged: %s', (_, items, use) => {
    const window = used(...items);
    expect(window?.use).toMatchObject({state: 'known', ...use});
    expect(window).not.toHaveProperty('limitFrom');
  });

  it.each<[string, object[]]>([
    ['money without any quantity that explains it', [{grossQuantity: 100, netAmount: 0.2}]],
    ['a row that does not tell what is included', [{grossQuantity: 100, netQuantity: 50}, {grossQuantity: 5}]],
    ['more is included than the table says', [{grossQuantity: 1800, discountQuantity: 1800, netQuantity: 0}]],
  ])('has an unknown limit where %s', (_, items) => {
    const {windows, amounts, notes} = parseBilling(bill(...items.map(item)), now, pro);
    expect(windows[0]?.use).toMatchObject({state: 'unknown', why: expect.stringContaining('published limit')});
    expect(windows[0]).not.toHaveProperty('limitFrom');
    expect(amounts).toContainEqual(expect.objectContaining({id: 'used'}));
    expect(notes).toEqual([]);
  });

  it.each<[string, object[], object]>([
    [
      'nothing is charged',
      [{grossQuantity: 100, discountQuantity: 100, netQuantity: 0, netAmount: 0}],
      {usedPercent: 6.666667},
    ],
    [
      'the sums differ by a rounding',
      [{grossQuantity: 100, discountQuantity: 99.99999, netQuantity: 0.00001}],
      {limit: 1500},
    ],
    ['the allowance is just used up', [{grossQuantity: 1500, discountQuantity: 1500.0001}], {usedPercent: 100}],
    ['the table is passed and money told alone', [{grossQuantity: 1600, netAmount: 1}], {usedPercent: 106.666667}],
    ['nothing but the whole is told', [{grossQuantity: 1600}], {usedPercent: 106.666667}],
  ])('is still measured against it where %s', (_, items, use) => {
    expect(used(...items)).toMatchObject({use: {state: 'known', ...use}, limitFrom: 'plan-table'});
  });

  it('is a seat’s own as well', () => {
    const options = {tier: 'business', kind: 'premium_request', isOnePerson: true} as const;
    const row = {sku: 'Copilot Premium Request', unitType: 'requests', grossQuantity: 150, netQuantity: 50};
    expect(parseBilling(bill(item(row)), now, options).windows[0]?.use).toMatchObject({usedPercent: 150, limit: 100});
  });
});

describe('items of a bill', () => {
  it.each([
    ['docs, user', {product: 'Copilot AI Credits', sku: 'AI Credit', unitType: 'ai-credits'}, 'credits'],
    ['docs, organisation', {product: 'Copilot', sku: 'Copilot AI Credits', unitType: 'credits'}, 'credits'],
    ['live summary', {product: 'copilot', sku: 'copilot_ai_unit', unitType: 'ai-units'}, 'credits'],
    ['any case', {product: 'COPILOT', sku: 'AI_CREDIT', unitType: 'AI-Credits'}, 'credits'],
    ['legacy', {product: 'Copilot', sku: 'Copilot Premium Request', unitType: 'requests'}, 'requests'],
    ['Spark', {product: 'Spark', sku: 'Spark Premium Request', unitType: 'requests'}, 'requests'],
    ['agent', {product: 'Copilot', sku: 'Coding Agent Premium Request', unitType: 'requests'}, 'requests'],
    ['unit alone', {product: 'Copilot', sku: 'something new', unitType: 'requests'}, 'requests'],
    ['snake case', {product: 'Copilot', sku: 'copilot_premium_request', unit_type: 'requests'}, 'requests'],
  ])('counts %s', (_, words, unit) => {
    const {amounts} = parseBilling(bill({...words, grossQuantity: 5}), now, credits);
    expect(amounts).toEqual([{id: 'used', value: 5, unit}]);
  });

  it.each([
    ['seats', {product: 'Copilot', sku: 'copilot_business_seat', unitType: 'user-months'}],
    [
      'seats of the credit product',
      {product: 'Copilot AI Credits', sku: 'Copilot Business seat', unitType: 'user-months'},
    ],
    ['minutes', {product: 'Actions', sku: 'actions_linux', unitType: 'minutes'}],
    ['credits of another product', {product: 'Actions', sku: 'AI Credit', unitType: 'ai-credits'}],
    ['storage', {product: 'Packages', sku: 'Packages storage', unitType: 'gigabyte-hours'}],
    ['large files', {product: 'Git LFS', sku: 'git_lfs_storage', unitType: 'gigabyte-hours'}],
    ['a text', 'Copilot Premium Request'],
    ['nothing', null],
  ])('leaves out %s, and calls a bill of only that no answer', (_, other) => {
    const row = other !== null && typeof other === 'object' ? {...other, grossQuantity: 99} : other;
    expect(usedIn(item({grossQuantity: 5}), row)).toMatchObject({value: 5});
    expect(() => parseBilling(bill(row), now, credits)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });

  it.each([
    ['gross from its parts', {discountQuantity: 30, netQuantity: 12}, 42],
    ['discount missing', {grossQuantity: 42, netQuantity: 12}, 42],
    ['net missing', {grossQuantity: 42, discountQuantity: 30}, 42],
    ['gross alone', {grossQuantity: 42}, 42],
    ['texts', {grossQuantity: '42.5', discountQuantity: '42.5', netQuantity: '0E-10'}, 42.5],
    ['float noise', {grossQuantity: 0.3, discountQuantity: 0.1, netQuantity: 0.2}, 0.3],
    ['snake case', {gross_quantity: 7, net_quantity: 0, discount_quantity: 7}, 7],
    ['nulls', {grossQuantity: 7, netQuantity: null, discountQuantity: null}, 7],
  ])('reads %s', (_, quantities, used) => {
    expect(usedIn(item(quantities))).toMatchObject({value: used});
  });

  it.each([
    ['parts that do not add up', {grossQuantity: 10, discountQuantity: 5, netQuantity: 4}],
    ['a negative part', {grossQuantity: 10, discountQuantity: -5, netQuantity: 15}],
    ['a negative whole', {grossQuantity: -1}],
    ['a part greater than the whole', {grossQuantity: 10, netQuantity: 12}],
    ['one part only', {netQuantity: 4}],
    ['words', {grossQuantity: 'NaN', discountQuantity: 1, netQuantity: 1}],
    ['no quantity', {}],
  ])('skips a row with %s and says so', (_, quantities) => {
    const {amounts, notes} = parseBilling(bill(item(quantities), item({grossQuantity: 3})), now, credits);
    expect(amounts).toEqual([{id: 'used', value: 3, unit: 'credits'}]);
    expect(notes).toEqual([{code: 'skipped-rows'}]);
    expect(() => parseBilling(bill(item(quantities)), now, credits)).toThrow(
      expect.objectContaining({code: 'bad_response'}),
    );
  });

  it('never adds credits to requests', () => {
    const mixed = bill(
      item({grossQuantity: 3}),
      item({sku: 'Copilot Premium Request', unitType: 'requests', grossQuantity: 40}),
    );
    expect(parseBilling(mixed, now, credits).amounts).toEqual([{id: 'used', value: 3, unit: 'credits'}]);
    expect(parseBilling(mixed, now, {tier: null, kind: 'premium_request'}).amounts).toEqual([
      {id: 'used', value: 40, unit: 'requests'},
    ]);
  });

  it('derives the money from quantity and price where no amount is told, and never owes nothing', () => {
    const billed = (more: object) =>
      parseBilling(bill(item({grossQuantity: 10, ...more})), now, credits).amounts.filter(({id}) => id === 'billed');
    expect(billed({netQuantity: 10, pricePerUnit: 0.04})).toEqual([{id: 'billed', value: 0.4, unit: 'usd'}]);
    expect(billed({netQuantity: 10, pricePerUnit: 0.04, netAmount: 0.5})).toMatchObject([{value: 0.5}]);
    expect(billed({netQuantity: 0, netAmount: 0})).toEqual([]);
    expect(billed({netAmount: -4})).toEqual([]);
    expect(billed({})).toEqual([]);
  });

  it('adds up a model’s rows, most used first', () => {
    const {windows} = parseBilling(
      bill(
        item({model: 'A', grossQuantity: 1}),
        item({model: 'B', grossQuantity: 5}),
        item({model: 'A', grossQuantity: 2}),
        item({grossQuantity: 1}),
      ),
      now,
      credits,
    );
    expect(windows[0]?.shares?.map(({name, value}) => [name, value])).toEqual([
      ['B', 5],
      ['A', 3],
      ['Copilot AI Credits', 1],
    ]);
  });

  it('takes the period from the calendar in UTC', () => {
    const inFebruary = Date.UTC(2027, 1, 28, 23, 59);
    expect(parseBilling(bill(), inFebruary, pro).windows[0]).toMatchObject({
      resetsAt: Date.UTC(2027, 2, 1),
      windowMs: 28 * day,
    });
    const inDecember = Date.UTC(2026, 11, 31);
    expect(parseBilling(bill(), inDecember, pro).windows[0]?.resetsAt).toBe(Date.UTC(2027, 0, 1));
  });

  it('reads the list under its other spelling', () => {
    expect(parseBilling({usage_items: [item({grossQuantity: 2})]}, now, credits).amounts).toMatchObject([{value: 2}]);
  });

  it.each([null, [], 'text', {}, {usageItems: null}, {usageItems: {}}, {message: 'hello'}])(
    'calls %j a changed answer',
    body => {
      expect(() => parseBilling(body, now, pro)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );
});
