import {describe, expect, it} from 'vitest';
import type {Use} from '../../../src/core/model.ts';
import {parseInternal} from '../../../src/providers/copilot/index.ts';
import {day, fixture, november} from './fixture.ts';

const answer = (snapshots: unknown, more: object = {}) => ({
  copilot_plan: 'individual',
  token_based_billing: true,
  quota_reset_date_utc: '2026-11-01T00:00:00.000Z',
  quota_snapshots: snapshots,
  ...more,
});
const premium = (snapshot: object, more: object = {}) => parseInternal(answer({premium_interactions: snapshot}, more));
const useOfPremium = (snapshot: object): Use | undefined => premium(snapshot).windows[0]?.use;
const ids = (body: unknown) => parseInternal(body).windows.map(window => window.id);

describe('samples of the live counter', () => {
  it('reads a Pro plan: credits with a bar, chat and completions unlimited and not exhausted', () => {
    const reading = parseInternal(fixture('internal-pro'));
    expect(reading.plan).toBe('Pro');
    expect(reading.windows).toEqual([
      {
        id: 'premium/monthly',
        pool: 'premium',
        windowMs: 31 * day,
        resetsAt: november,
        use: {state: 'known', usedPercent: 34.1, used: 511.25, limit: 1500},
        unit: 'credits',
      },
      expect.objectContaining({id: 'chat/monthly', use: {state: 'unlimited'}, unit: 'requests'}),
      expect.objectContaining({id: 'completions/monthly', use: {state: 'unlimited'}}),
    ]);
    expect(reading.amounts).toEqual([]);
    expect(reading.notes).toEqual([]);
  });

  it('believes the percentage where it stops at zero, and tells beside it what is over', () => {
    const {windows, amounts, notes} = parseInternal(fixture('internal-overage'));
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 100, used: 13_518.1, limit: 1500});
    expect(amounts).toEqual([{id: 'overage', value: 12_016, unit: 'credits'}]);
    expect(notes).toEqual([{code: 'limit-reached', text: 'premium'}]);
  });

  it('shows a plan that is just over with what is used and the limit', () => {
    const {windows, amounts} = parseInternal(fixture('internal-just-over'));
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 100, used: 1506.9, limit: 1500});
    expect(windows[0]?.resetsAt).toBe(Date.UTC(2026, 9, 1));
    expect(amounts).toEqual([]);
  });

  it('reads a complimentary Max plan', () => {
    const {plan, windows} = parseInternal(fixture('internal-max'));
    expect(plan).toBe('Max');
    expect(windows).toHaveLength(1);
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 0.1, used: 0.1, limit: 20_000});
  });

  it('shows what a pooled Business seat used, without a bar', () => {
    const {plan, windows, notes} = parseInternal(fixture('internal-business-pool'));
    expect(plan).toBe('Business');
    expect(windows.map(({use}) => use.state)).toEqual(['unlimited', 'unlimited', 'unlimited']);
    expect(windows[0]).toMatchObject({id: 'premium/monthly', use: {used: 2111}, unit: 'credits'});
    expect(notes).toEqual([{code: 'managed-by-organisation', text: 'acme'}]);
  });

  it('draws no bar for a seat whose buckets are placeholders', () => {
    const {plan, windows, amounts, notes} = parseInternal(fixture('internal-business-placeholder'));
    expect(plan).toBe('Business');
    expect(windows).toEqual([]);
    expect(amounts).toEqual([{id: 'used', value: 2111, unit: 'credits'}]);
    expect(notes).toEqual([{code: 'managed-by-organisation', text: 'acme'}]);
  });

  it('reads the Free plan in today’s form: two bars and no premium one', () => {
    const {plan, windows} = parseInternal(fixture('internal-free'));
    expect(plan).toBe('Free');
    expect(windows).toMatchObject([
      {id: 'chat/monthly', use: {usedPercent: 9, used: 18, limit: 200}, resetsAt: Date.UTC(2026, 9, 15)},
      {id: 'completions/monthly', use: {usedPercent: 0.6, used: 11, limit: 2000}, windowMs: 30 * day},
    ]);
  });

  it('reads the Free plan in its older form, texts as numbers', () => {
    const {plan, windows} = parseInternal(fixture('internal-free-legacy'));
    expect(plan).toBe('Free');
    expect(windows).toMatchObject([
      {id: 'chat/monthly', use: {usedPercent: 75, used: 375, limit: 500}, unit: 'requests'},
      {id: 'completions/monthly', use: {usedPercent: 0.5, used: 10, limit: 2000}},
    ]);
  });

  it('reads a negative percentage as over the limit', () => {
    const {windows, amounts, notes} = parseInternal(fixture('internal-negative-percent'));
    expect(windows[0]).toMatchObject({use: {usedPercent: 100.333, used: 301, limit: 300}, unit: 'requests'});
    expect(amounts).toEqual([{id: 'overage', value: 1, unit: 'requests'}]);
    expect(notes).toEqual([]); // extra use is permitted: nothing is stopped
  });

  it('names a bucket that nobody has seen by its own name', () => {
    const {windows} = parseInternal(fixture('internal-unknown-bucket'));
    expect(windows).toMatchObject([{id: 'mystery-bucket/monthly', pool: 'mystery-bucket', use: {usedPercent: 60}}]);
  });
});

describe('one bucket', () => {
  it.each<[string, object, Use]>([
    ['unlimited by flag', {unlimited: true, entitlement: 0, percent_remaining: 100}, {state: 'unlimited'}],
    ['unlimited by its limit of −1', {entitlement: -1, remaining: -1, percent_remaining: 0}, {state: 'unlimited'}],
    ['unlimited by a limit of "-1"', {entitlement: '-1'}, {state: 'unlimited'}],
    ['percent alone', {percent_remaining: 40}, {state: 'known', usedPercent: 60}],
    ['percent as text', {percent_remaining: '25.5'}, {state: 'known', usedPercent: 74.5}],
    [
      'percent and limit, nothing left told',
      {entitlement: 300, percent_remaining: 50},
      {state: 'known', usedPercent: 50, limit: 300},
    ],
    [
      'percent before counts',
      {entitlement: 300, remaining: 149, percent_remaining: 50},
      {state: 'known', usedPercent: 50, used: 151, limit: 300},
    ],
    [
      'a percentage above 100 is derived',
      {entitlement: 200, remaining: 50, percent_remaining: 250},
      {state: 'known', usedPercent: 75, used: 150, limit: 200},
    ],
    [
      'counts alone, as texts',
      {entitlement: '300', remaining: '75'},
      {state: 'known', usedPercent: 75, used: 225, limit: 300},
    ],
    [
      'the finer count wins',
      {entitlement: 100, remaining: 50, quota_remaining: '50.5'},
      {state: 'known', usedPercent: 49.5, used: 49.5, limit: 100},
    ],
    [
      'an unreadable finer count',
      {entitlement: 100, remaining: 50, quota_remaining: 'NaN'},
      {state: 'known', usedPercent: 50, used: 50, limit: 100},
    ],
    [
      '−1 left of a real limit is one over',
      {entitlement: 300, remaining: -1},
      {state: 'known', usedPercent: 100.333333, used: 301, limit: 300},
    ],
    [
      'an impossible negative limit, with percent',
      {entitlement: -7, percent_remaining: 10},
      {state: 'known', usedPercent: 90},
    ],
    ['below zero without a limit', {remaining: -5, percent_remaining: 0}, {state: 'known', usedPercent: 100}],
  ])('%s', (_, snapshot, use) => {
    expect(useOfPremium(snapshot)).toEqual(use);
  });

  it.each([
    ['a limit alone', {entitlement: 1500}],
    ['a rest alone', {remaining: 40}],
    ['unreadable texts', {entitlement: 'many', remaining: 'NaN', percent_remaining: 'Infinity'}],
    ['a percentage above 100 and no counts', {percent_remaining: 101}],
    ['more left than there is', {entitlement: 100, remaining: 150}],
    ['numbers beyond all counting', {entitlement: 1e308, remaining: -1e308}],
    ['booleans', {entitlement: true, percent_remaining: false}],
  ])('is unknown for %s, never 0 %% or 100 %%', (_, snapshot) => {
    expect(useOfPremium(snapshot)).toMatchObject({state: 'unknown', why: expect.any(String)});
  });

  it.each([
    ['{}', {}],
    ['null', null],
    ['a number', 7],
    ['nothing but a name', {quota_id: 'premium_interactions', has_quota: true}],
    ['no allotment, said to be full', {entitlement: 0, remaining: 0, percent_remaining: 100, overage_permitted: true}],
    ['no allotment, as text', {entitlement: '0', percent_remaining: 100}],
  ])('is left out when it is %s', (_, snapshot) => {
    expect(ids(answer({premium_interactions: snapshot, chat: {unlimited: true}}))).toEqual(['chat/monthly']);
  });

  it('says that a shared pool is spent: unlimited, but 0 % and no quota', () => {
    const {windows, notes} = premium({unlimited: true, has_quota: false, percent_remaining: 0, credits_used: 12});
    expect(windows[0]?.use).toEqual({state: 'unlimited', used: 12});
    expect(notes).toContainEqual({code: 'pool-exhausted', text: 'premium'});
  });

  it('shows extra use beside a bar only', () => {
    const overage = {overage_count: 9, overage_permitted: true};
    expect(premium({entitlement: 0, ...overage}).amounts).toEqual([]);
    expect(premium({unlimited: true, ...overage}).amounts).toEqual([]);
    expect(premium({entitlement: 10, remaining: -9, ...overage}).amounts).toMatchObject([{id: 'overage', value: 9}]);
  });

  it('is stopped at its limit unless more is permitted; an organisation’s seat even then', () => {
    const full = {entitlement: 10, remaining: 0, percent_remaining: 0};
    const reached = {code: 'limit-reached', text: 'premium'};
    expect(premium(full).notes).toEqual([reached]);
    expect(premium({...full, overage_permitted: true}).notes).toEqual([]);
    expect(premium({...full, overage_permitted: true}, {copilot_plan: 'enterprise'}).notes).toEqual([reached]);
  });

  it.each([
    [true, true, 'credits'],
    [{enabled: true}, undefined, 'credits'],
    [true, false, 'requests'],
    [undefined, true, 'credits'],
    [undefined, undefined, 'requests'],
  ])('is counted in credits when it says so, else as the whole does: %j, %j → %s', (whole, own, unit) => {
    const body = answer(
      {premium_interactions: {entitlement: 5, remaining: 1, token_based_billing: own}},
      {token_based_billing: whole},
    );
    expect(parseInternal(body).windows[0]?.unit).toBe(unit);
  });
});

describe('the answer as a whole', () => {
  it.each([
    [{quota_reset_date_utc: '2026-11-01T00:00:00Z', quota_reset_date: '2026-12-01'}, november],
    [{quota_reset_date_utc: '', quota_reset_date: '2026-11-01'}, november],
    [{quota_reset_date_utc: 'soon', quota_reset_date: '', limited_user_reset_date: '2026-11-01'}, november],
    [{quota_reset_date_utc: '2026-11-01T00:00:00'}, november],
    [{quota_reset_date_utc: null}, null],
    [{quota_reset_date_utc: '2026-99-99'}, null],
  ])('takes the first reset date that can be read: %j', (dates, resetsAt) => {
    const window = premium({entitlement: 10, remaining: 5}, dates).windows[0];
    expect(window?.resetsAt).toBe(resetsAt);
    expect(window?.windowMs).toBe(resetsAt === null ? null : 31 * day);
  });

  it('uses a bucket’s own reset last, and not when it is 0', () => {
    const bucket = (at: number) =>
      premium({entitlement: 10, remaining: 5, quota_reset_at: at}, {quota_reset_date_utc: ''}).windows[0]?.resetsAt;
    expect(bucket(november / 1000)).toBe(november);
    expect(bucket(0)).toBe(null);
  });

  it.each([
    ['individual', 'free_limited_copilot', 'Free'],
    ['individual', 'free_educational_quota', 'Student'],
    ['individual_edu', undefined, 'Student'],
    ['individual', 'yearly_subscriber_quota', 'Pro'],
    ['individual_pro', 'monthly_subscriber_quota', 'Pro+'],
    ['individual_max', undefined, 'Max'],
    ['business', 'copilot_for_business_seat', 'Business'],
    ['enterprise', undefined, 'Enterprise'],
    ['copilot_standalone', undefined, 'Copilot Standalone'],
    ['constructor', undefined, 'Constructor'],
    [undefined, 'copilot_enterprise_seat_multi_quota', 'Enterprise'],
    [undefined, 'copilot_for_business_seat', 'Business'],
    [undefined, undefined, null],
    [{toString: 1}, 7, null],
  ])('calls plan %j with sku %j %j', (plan, sku, label) => {
    const body = answer({chat: {unlimited: true}}, {copilot_plan: plan, access_type_sku: sku});
    expect(parseInternal(body).plan).toBe(label);
  });

  it('does not take limits without what is left for full', () => {
    const body = {copilot_plan: 'free', monthly_quotas: {chat: 500, completions: 4000}, limited_user_quotas: null};
    expect(parseInternal(body).windows.map(({use}) => use.state)).toEqual(['unknown', 'unknown']);
  });

  it('prefers the older Free form to a bucket that says nothing usable', () => {
    const body = answer(
      {chat: {entitlement: 50}, completions: {unlimited: true}},
      {limited_user_quotas: {chat: 20, completions: 5}, monthly_quotas: {chat: 50, completions: 10}},
    );
    expect(parseInternal(body).windows).toMatchObject([
      {id: 'completions/monthly', use: {state: 'unlimited'}},
      {id: 'chat/monthly', use: {usedPercent: 60}},
    ]);
  });

  it('ignores the older Free form beside a bar', () => {
    const body = answer(
      {chat: {entitlement: 50, remaining: 25}},
      {limited_user_quotas: {x: 1}, monthly_quotas: {x: 2}},
    );
    expect(ids(body)).toEqual(['chat/monthly']);
  });

  it('keeps two buckets that come down to one name apart', () => {
    const bucket = {entitlement: 10, remaining: 5};
    expect(ids(answer({premium: bucket, premium_interactions: bucket, 'Chat ': bucket, chat: bucket}))).toEqual([
      'premium/monthly',
      'premium-2/monthly',
      'chat/monthly',
      'chat-2/monthly',
    ]);
  });

  it('reads buckets that come as a list', () => {
    expect(ids(answer([{quota_id: 'chat', entitlement: 10, remaining: 5}, null]))).toEqual(['chat/monthly']);
  });

  it('says that an organisation manages a plan that shows no quota', () => {
    const {plan, windows, notes} = parseInternal({copilot_plan: 'enterprise', token_based_billing: {enabled: true}});
    expect({plan, windows}).toEqual({plan: 'Enterprise', windows: []});
    expect(notes).toEqual([{code: 'managed-by-organisation'}]);
  });

  it.each([null, 'text', 3, [], {}, {message: 'hello'}, {quota_snapshots: {}}, {quota_snapshots: 'none'}])(
    'calls an answer without any quota a changed answer: %j',
    body => {
      expect(() => parseInternal(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );

  it('survives thousands of buckets and endless nesting', () => {
    const many = Object.fromEntries(
      Array.from({length: 20_000}, (_, index) => [`b${'-'.repeat(index % 9)}`, {remaining: index}]),
    );
    expect(parseInternal(answer({...many, premium_interactions: {entitlement: 2, remaining: 1}})).windows[0]?.id).toBe(
      'premium/monthly',
    );
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(() => parseInternal({quota_snapshots: deep})).toThrow(expect.objectContaining({code: 'bad_response'}));
  });
});
