import {describe, expect, it} from 'vitest';
import type {Use, Window} from '../../../src/core/model.ts';
import {parseInternal} from '../../../src/providers/copilot/parse-internal.ts';
import {day, fixture, november, now} from './fixture.ts';

const read = (body: unknown, at = now) => parseInternal(body, at);

const answer = (snapshots: unknown, more: object = {}) => ({
  copilot_plan: 'individual',
  token_based_billing: true,
  quota_reset_date_utc: '2026-11-01T00:00:00.000Z',
  quota_snapshots: snapshots,
  ...more,
});
const premium = (snapshot: object, more: object = {}) => read(answer({premium_interactions: snapshot}, more));
const useOfPremium = (snapshot: object): Use | undefined => premium(snapshot).windows[0]?.use;
const ids = (body: unknown) => read(body).windows.map(window => window.id);

describe('samples of the live counter', () => {
  it('reads a Pro plan: credits with a bar, chat and completions unlimited and not exhausted', () => {
    const reading = read(fixture('internal-pro'));
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
    const {windows, amounts, notes} = read(fixture('internal-overage'));
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 100, used: 13_518.1, limit: 1500});
    expect(amounts).toEqual([{id: 'overage', value: 12_016, unit: 'credits', limit: 20_000}]);
    expect(notes).toEqual([{code: 'limit-reached', text: 'premium'}]);
  });

  it('shows a plan that is just over with what is used and the limit', () => {
    const {windows, amounts} = read(fixture('internal-just-over'), Date.UTC(2026, 8, 30));
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 100, used: 1506.9, limit: 1500});
    expect(windows[0]?.resetsAt).toBe(Date.UTC(2026, 9, 1));
    expect(amounts).toEqual([]);
  });

  it('reads a complimentary Max plan', () => {
    const {plan, windows} = read(fixture('internal-max'));
    expect(plan).toBe('Max');
    expect(windows).toHaveLength(1);
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 0.1, used: 0.1, limit: 20_000});
  });

  it('shows what a pooled Business seat used, without a bar', () => {
    const {plan, windows, notes} = read(fixture('internal-business-pool'));
    expect(plan).toBe('Business');
    expect(windows.map(({use}) => use.state)).toEqual(['unlimited', 'unlimited', 'unlimited']);
    expect(windows[0]).toMatchObject({id: 'premium/monthly', use: {used: 2111}, unit: 'credits'});
    expect(notes).toEqual([{code: 'managed-by-organisation', text: 'acme'}]);
  });

  it('draws no bar for a seat whose buckets are placeholders', () => {
    const {plan, windows, amounts, notes} = read(fixture('internal-business-placeholder'));
    expect(plan).toBe('Business');
    expect(windows).toEqual([]);
    expect(amounts).toEqual([{id: 'used', value: 2111, unit: 'credits'}]);
    expect(notes).toEqual([{code: 'managed-by-organisation', text: 'acme'}]);
  });

  it('reads the Free plan in today’s form: two bars and no premium one', () => {
    const {plan, windows} = read(fixture('internal-free'));
    expect(plan).toBe('Free');
    expect(windows).toMatchObject([
      {id: 'chat/monthly', use: {usedPercent: 9, used: 18, limit: 200}, resetsAt: Date.UTC(2026, 9, 15)},
      {id: 'completions/monthly', use: {usedPercent: 0.6, used: 11, limit: 2000}, windowMs: 30 * day},
    ]);
  });

  it('reads the Free plan in its older form, texts as numbers', () => {
    const {plan, windows} = read(fixture('internal-free-legacy'));
    expect(plan).toBe('Free');
    expect(windows).toMatchObject([
      {id: 'chat/monthly', use: {usedPercent: 75, used: 375, limit: 500}, unit: 'requests'},
      {id: 'completions/monthly', use: {usedPercent: 0.5, used: 10, limit: 2000}},
    ]);
  });

  it('reads a negative percentage as over the limit', () => {
    const {windows, amounts, notes} = read(fixture('internal-negative-percent'));
    expect(windows[0]).toMatchObject({use: {usedPercent: 100.333, used: 301, limit: 300}, unit: 'requests'});
    expect(amounts).toEqual([{id: 'overage', value: 1, unit: 'requests'}]);
    expect(notes).toEqual([]); // extra use is permitted: nothing is stopped
  });

  it('names a bucket that nobody has seen by its own name', () => {
    const {windows} = read(fixture('internal-unknown-bucket'));
    expect(windows).toMatchObject([{id: 'mystery-bucket/monthly', pool: 'mystery-bucket', use: {usedPercent: 60}}]);
  });
});

describe('samples in which numbers alone mislead', () => {
  it('resets a bucket at its own time, and the others at the account’s', () => {
    const {windows} = read(fixture('internal-own-reset'));
    expect(windows.map(({id, resetsAt}) => [id, resetsAt])).toEqual([
      ['premium/monthly', Date.UTC(2026, 9, 10, 8)],
      ['chat/monthly', november],
    ]);
  });

  it('shows an organisation’s spent pool as used up, not as unlimited', () => {
    const {windows, amounts, notes} = read(fixture('internal-business-spent'));
    expect(windows[0]).toMatchObject({id: 'premium/monthly', use: {state: 'known', usedPercent: 100}});
    expect(windows[0]?.use).not.toHaveProperty('used');
    expect(amounts).toEqual([]);
    expect(notes).toEqual([
      {code: 'limit-reached', text: 'premium'},
      {code: 'managed-by-organisation', text: 'acme'},
    ]);
  });

  it('calls a login that could take the Free plan one without a plan', () => {
    expect(() => read(fixture('internal-no-plan'))).toThrow(
      expect.objectContaining({code: 'no_plan', remedy: expect.objectContaining({code: 'subscribe'})}),
    );
  });

  it('reads one category from its bucket and the other from its older counter', () => {
    const {plan, windows, notes} = read(fixture('internal-free-mixed'));
    expect(plan).toBe('Free');
    expect(windows).toMatchObject([
      {id: 'chat/monthly', use: {usedPercent: 62.5, used: 125, limit: 200}, resetsAt: Date.UTC(2026, 9, 27)},
      {id: 'completions/monthly', use: {usedPercent: 25, used: 1000, limit: 4000}, resetsAt: Date.UTC(2026, 9, 27)},
    ]);
    expect(notes).toEqual([]);
  });

  it('believes the percentage and shows no count that contradicts it', () => {
    const {plan, windows, notes} = read(fixture('internal-contradiction'));
    expect(plan).toBe('Pro+');
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 100, limit: 7000});
    expect(notes).toEqual([{code: 'limit-reached', text: 'premium'}]);
  });

  it('does not know the next reset where the last one is months ago', () => {
    const {windows} = read(fixture('internal-old-reset'));
    expect(windows).toMatchObject([
      {id: 'chat/monthly', use: {usedPercent: 100}, resetsAt: null, windowMs: null},
      {id: 'completions/monthly', use: {usedPercent: 95}, resetsAt: null, windowMs: null},
    ]);
  });

  it('tells the cap of extra use', () => {
    const {windows, amounts, notes} = read(fixture('internal-overage-cap'));
    expect(windows[0]?.use).toEqual({state: 'known', usedPercent: 100, used: 1500, limit: 1500});
    expect(amounts).toEqual([{id: 'overage', value: 420.5, unit: 'credits', limit: 1000}]);
    expect(notes).toEqual([]);
  });

  it('measures an enterprise’s seat against the budget of its own', () => {
    const {plan, windows, notes} = read(fixture('internal-enterprise-budget'));
    expect(plan).toBe('Enterprise');
    expect(windows[0]).toMatchObject({use: {usedPercent: 51.9, used: 6218.8, limit: 12_000}, unit: 'credits'});
    expect(notes).toEqual([]);
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
      {state: 'known', usedPercent: 50, used: 150, limit: 300},
    ],
    [
      'percent and a limit as text, over it',
      {entitlement: '300', percent_remaining: -10},
      {state: 'known', usedPercent: 110, used: 330, limit: 300},
    ],
    [
      'percent and a limit beyond all counting',
      {entitlement: 1e308, percent_remaining: -1e6},
      {state: 'known', usedPercent: 1_000_100, limit: 1e308},
    ],
    [
      'a rest rounded to whole requests',
      {entitlement: 3, remaining: 1, percent_remaining: 50},
      {state: 'known', usedPercent: 50, used: 2, limit: 3},
    ],
    [
      'a percentage rounded to whole percents',
      {entitlement: 7000, remaining: 4641, percent_remaining: 66},
      {state: 'known', usedPercent: 34, used: 2359, limit: 7000},
    ],
    [
      'a rest that is more than the percentage says',
      {entitlement: 1500, remaining: 1400, percent_remaining: 10},
      {state: 'known', usedPercent: 90, limit: 1500},
    ],
    [
      'a rest that is less than the percentage says',
      {entitlement: 1500, remaining: 0, percent_remaining: 100},
      {state: 'known', usedPercent: 0, limit: 1500},
    ],
    [
      'a rest that is a hair more than the limit',
      {entitlement: 1500, quota_remaining: 1500.4, percent_remaining: 100},
      {state: 'known', usedPercent: 0, used: 0, limit: 1500},
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

  const business = {copilot_plan: 'business', organization_login_list: ['acme']};
  const stopped = {code: 'limit-reached', text: 'premium'};

  it.each([
    ['unlimited, all left', {unlimited: true, entitlement: 0, percent_remaining: 100}, 100],
    ['unlimited, more permitted', {unlimited: true, percent_remaining: 100, overage_permitted: true}, 100],
    ['unlimited by its limit of −1', {entitlement: '-1', percent_remaining: 50}, 100],
    ['an allotment of which half is left', {entitlement: 12_000, quota_remaining: 6000, percent_remaining: 50}, 50],
    ['no allotment', {entitlement: 0, remaining: 0, percent_remaining: 100}, 100],
    ['no numbers', {}, 100],
    ['a limit alone', {entitlement: 3900}, 100],
  ])('of a managed seat without quota is spent: %s', (_, snapshot, usedPercent) => {
    for (const plan of ['business', 'enterprise']) {
      const {windows, notes} = premium({...snapshot, has_quota: false}, {...business, copilot_plan: plan});
      expect(windows[0]?.use).toMatchObject({state: 'known', usedPercent});
      expect(notes).toContainEqual(stopped);
    }
  });

  it('of a managed seat with quota is not spent, nor is one that does not say', () => {
    const pool = {unlimited: true, percent_remaining: 100, credits_used: 2111};
    for (const has_quota of [true, undefined]) {
      const {windows, notes} = premium({...pool, has_quota}, business);
      expect(windows[0]?.use).toEqual({state: 'unlimited', used: 2111});
      expect(notes).toEqual([{code: 'managed-by-organisation', text: 'acme'}]);
    }
  });

  it('of an individual plan is not spent for lack of quota alone: under billing by credits it never has any', () => {
    const half = {entitlement: 1500, remaining: 750, percent_remaining: 50, has_quota: false};
    expect(premium(half)).toMatchObject({windows: [{use: {usedPercent: 50}}], notes: []});
    const unlimited = {unlimited: true, percent_remaining: 100, has_quota: false, credits_used: 12};
    expect(premium(unlimited).notes).toEqual([stopped]);
    const more = premium({...unlimited, overage_permitted: true});
    expect(more).toMatchObject({windows: [{use: {state: 'unlimited'}}], amounts: [], notes: []});
    expect(more.windows[0]?.use).not.toHaveProperty('used');
  });

  it('of chat or completions is spent only when it is unlimited, at 0 % and without quota', () => {
    const chat = (snapshot: object) => read(answer({chat: {has_quota: false, ...snapshot}}, business));
    const use = (snapshot: object): Window['use'] | undefined => chat(snapshot).windows[0]?.use;
    expect(use({unlimited: true, percent_remaining: 100})).toEqual({state: 'unlimited'});
    expect(use({unlimited: true, percent_remaining: 0})).toEqual({state: 'known', usedPercent: 100});
    expect(chat({unlimited: true, percent_remaining: 0}).notes).toContainEqual({code: 'limit-reached', text: 'chat'});
  });

  it('shows extra use beside a bar only', () => {
    const overage = {overage_count: 9, overage_permitted: true, overage_entitlement: '20'};
    expect(premium({entitlement: 0, ...overage}).amounts).toEqual([]);
    expect(premium({unlimited: true, ...overage}).amounts).toEqual([]);
    expect(premium({entitlement: 10, remaining: -9, ...overage}).amounts).toMatchObject([
      {id: 'overage', value: 9, limit: 20},
    ]);
  });

  it.each([
    [{overage_count: 0, overage_permitted: true, overage_entitlement: 500}, [{value: 0, limit: 500}]],
    [{overage_count: 0, overage_permitted: true, overage_entitlement: 0}, []],
    [{overage_count: 0, overage_permitted: false, overage_entitlement: 500}, []],
    [{overage_count: 3, overage_permitted: false}, [{value: 3}]],
    [{overage_count: -3, overage_permitted: true}, []],
  ])('shows extra use that was had or may be had: %j', (overage, amounts) => {
    const shown = premium({entitlement: 10, remaining: 5, ...overage}).amounts;
    expect(shown).toEqual(amounts.map(amount => ({id: 'overage', unit: 'credits', ...amount})));
  });

  it('is stopped at its limit unless more is permitted; an organisation’s seat even then', () => {
    const full = {entitlement: 10, remaining: 0, percent_remaining: 0};
    const reached = {code: 'limit-reached', text: 'premium'};
    expect(premium(full).notes).toEqual([reached]);
    expect(premium({...full, overage_permitted: true}).notes).toEqual([]);
    expect(premium({...full, overage_permitted: true}, {copilot_plan: 'enterprise'}).notes).toEqual([reached]);
  });

  it('is stopped once extra use has reached its cap', () => {
    const full = {entitlement: 10, percent_remaining: 0, overage_permitted: true, overage_entitlement: 100};
    expect(premium({...full, overage_count: 99.5}).notes).toEqual([]);
    expect(premium({...full, overage_count: 100}).notes).toEqual([stopped]);
  });

  it('of chat or completions has no extra use that could go on', () => {
    const full = {entitlement: 200, percent_remaining: 0, overage_permitted: true};
    expect(read(answer({chat: full, completions: full})).notes).toEqual([
      {code: 'limit-reached', text: 'chat'},
      {code: 'limit-reached', text: 'completions'},
    ]);
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
    expect(read(body).windows[0]?.unit).toBe(unit);
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

  it.each([
    ['seconds', november / 1000 - 60, november - 60_000],
    ['seconds as text', String(november / 1000 - 60), november - 60_000],
    ['0, a placeholder', 0, november],
    ['nothing readable', 'soon', november],
    ['the last century', 900_000_000, november],
    ['two days ago', (now - 2 * day) / 1000, november],
    ['an hour ago', (now - 3_600_000) / 1000, now - 3_600_000],
  ])('takes a bucket’s own reset before the account’s: %s', (_, at, resetsAt) => {
    const {windows} = premium({entitlement: 10, remaining: 5, quota_reset_at: at});
    expect(windows[0]?.resetsAt).toBe(resetsAt);
  });

  it.each([
    [now - day, now - day],
    [now - day - 1, null],
  ])('believes a reset for one day after it: %i → %j', (at, resetsAt) => {
    const {windows} = premium({entitlement: 10, remaining: 5}, {quota_reset_date_utc: new Date(at).toISOString()});
    expect(windows[0]?.resetsAt).toBe(resetsAt);
  });

  it('passes over a date that is out of date', () => {
    const dates = {
      quota_reset_date_utc: '2026-06-18T00:00:00Z',
      quota_reset_date: '',
      limited_user_reset_date: '2026-11-01',
    };
    expect(premium({entitlement: 10, remaining: 5}, dates).windows[0]?.resetsAt).toBe(november);
  });

  it.each([
    ['free_limited_copilot', true, 'Free'],
    ['free_educational_quota', true, 'Student'],
    ['monthly_subscriber_quota', false, 'Pro'],
    ['monthly_subscriber_quota', 'true', 'Pro'],
    ['monthly_subscriber_quota', undefined, 'Pro'],
  ])('has a plan with sku %s and can_signup_for_limited %j', (sku, can, plan) => {
    const more = {access_type_sku: sku, can_signup_for_limited: can};
    expect(premium({entitlement: 10, remaining: 5}, more).plan).toBe(plan);
  });

  it.each([
    [
      'a placeholder',
      {can_signup_for_limited: true, token_based_billing: true},
      {premium_interactions: {entitlement: 0}},
    ],
    ['a quota', {can_signup_for_limited: true}, {chat: {entitlement: 5, remaining: 2}}],
    ['a business plan', {can_signup_for_limited: true, copilot_plan: 'business'}, {}],
    ['chat switched off', {chat_enabled: false}, {}],
    ['a sku that says so', {access_type_sku: 'no_access', token_based_billing: true}, {}],
  ])('is a login without Copilot, whatever stands beside it: %s', (_, more, quota_snapshots) => {
    const body = {copilot_plan: 'individual', ...more, quota_snapshots};
    expect(() => read(body)).toThrow(expect.objectContaining({code: 'no_plan'}));
  });

  it('has a plan where chat is switched off but something is counted', () => {
    expect(ids(answer({completions: {unlimited: true}}, {chat_enabled: false}))).toEqual(['completions/monthly']);
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
    expect(read(body).plan).toBe(label);
  });

  it('does not take limits without what is left for full', () => {
    const body = {copilot_plan: 'free', monthly_quotas: {chat: 500, completions: 4000}, limited_user_quotas: null};
    expect(read(body).windows.map(({use}) => use.state)).toEqual(['unknown', 'unknown']);
  });

  const counters = {monthly_quotas: {chat: 50, completions: 10}, limited_user_quotas: {chat: 20, completions: 0}};
  const chatIn = (snapshot: object | undefined, more: object = counters) =>
    read(answer({chat: snapshot, completions: {unlimited: true}}, more)).windows.find(({id}) => id === 'chat/monthly');

  it.each([
    ['no bucket', undefined, {usedPercent: 60, used: 30, limit: 50}],
    ['an empty bucket', {}, {usedPercent: 60}],
    ['a placeholder', {entitlement: 0, remaining: 0, percent_remaining: 100}, {usedPercent: 60}],
    ['a bucket that says nothing usable', {entitlement: 50}, {usedPercent: 60}],
    ['a bucket with a percentage', {percent_remaining: 90}, {usedPercent: 10}],
    ['a bucket with counts', {entitlement: 50, remaining: 25}, {usedPercent: 50}],
    ['an unlimited bucket', {unlimited: true}, {state: 'unlimited'}],
  ])('fills a category from its older counter only where its bucket does not tell: %s', (_, snapshot, use) => {
    expect(chatIn(snapshot)?.use).toMatchObject(use);
  });

  it('keeps what a bucket says where its counter says less', () => {
    expect(chatIn({entitlement: 50}, {monthly_quotas: {chat: 50}})?.use.state).toBe('unknown');
    expect(chatIn({entitlement: 50, remaining: 5}, {monthly_quotas: {chat: 50}})?.use).toMatchObject({usedPercent: 90});
  });

  it('says that a limit is reached by an older counter too', () => {
    const {windows, notes} = read({copilot_plan: 'free', ...counters});
    expect(windows.map(({id}) => id)).toEqual(['chat/monthly', 'completions/monthly']);
    expect(notes).toEqual([{code: 'limit-reached', text: 'completions'}]);
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
    const {plan, windows, notes} = read({copilot_plan: 'enterprise', token_based_billing: {enabled: true}});
    expect({plan, windows}).toEqual({plan: 'Enterprise', windows: []});
    expect(notes).toEqual([{code: 'managed-by-organisation'}]);
  });

  it('does not say so of an individual plan that shows no quota', () => {
    const placeholder = {premium_interactions: {entitlement: 0, percent_remaining: 100}};
    expect(read(answer(placeholder))).toMatchObject({
      plan: 'Pro',
      windows: [],
      amounts: [],
      notes: [{code: 'no-usage-visible'}],
    });
    const used = {premium_interactions: {entitlement: 0, credits_used: 7, has_quota: false}};
    expect(read(answer(used))).toMatchObject({amounts: [{id: 'used', value: 7}], notes: []});
  });

  it.each([null, 'text', 3, [], {}, {message: 'hello'}, {quota_snapshots: {}}, {quota_snapshots: 'none'}])(
    'calls an answer without any quota a changed answer: %j',
    body => {
      expect(() => read(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );

  it('survives thousands of buckets and endless nesting', () => {
    const many = Object.fromEntries(
      Array.from({length: 20_000}, (_, index) => [`b${'-'.repeat(index % 9)}`, {remaining: index}]),
    );
    expect(read(answer({...many, premium_interactions: {entitlement: 2, remaining: 1}})).windows[0]?.id).toBe(
      'premium/monthly',
    );
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(() => read({quota_snapshots: deep})).toThrow(expect.objectContaining({code: 'bad_response'}));
  });
});
