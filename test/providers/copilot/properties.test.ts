import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import {inCopilotCli} from '../../../src/providers/copilot/copilot-cli.ts';
import {tiers} from '../../../src/providers/copilot/names.ts';
import {parseBilling} from '../../../src/providers/copilot/parse-billing.ts';
import {parseInternal} from '../../../src/providers/copilot/parse-internal.ts';
import {toNumber} from '../../../src/providers/shared/values.ts';
import {day, now} from './fixture.ts';

const runs = {numRuns: 500};

const value = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    '',
    'NaN',
    'Infinity',
    '-1',
    '0E-10',
    '1e400',
    '\u001b[31mred\u0007\u202e',
    -1,
    0,
    100,
    1e308,
    -1e308,
    5e-324,
  ),
  fc.double(),
  fc.integer({min: -2000, max: 3000}),
  fc.integer({min: 0, max: 3000}).map(String),
  fc.string({unit: 'binary', maxLength: 12}),
  fc.jsonValue({maxDepth: 3}),
);
const sometimes = <T>(fields: Record<string, fc.Arbitrary<T>>) => fc.record(fields, {requiredKeys: []});

const snapshot = sometimes({
  quota_id: value,
  entitlement: value,
  remaining: value,
  quota_remaining: value,
  percent_remaining: value,
  unlimited: value,
  has_quota: value,
  overage_count: value,
  overage_permitted: value,
  overage_entitlement: value,
  credits_used: value,
  quota_reset_at: fc.oneof(value, fc.integer({min: now / 1000 - 200_000, max: now / 1000 + 3_000_000})),
  token_based_billing: value,
});
const bucketName = fc.oneof(
  fc.constantFrom('premium_interactions', 'premium', 'chat', 'completions', '__proto__', ''),
  fc.string({unit: 'binary', maxLength: 20}),
);
const quotas = fc.oneof(value, fc.dictionary(bucketName, value, {maxKeys: 4}));
const internal = sometimes<unknown>({
  login: value,
  copilot_plan: fc.oneof(value, fc.constantFrom('individual', 'business')),
  access_type_sku: fc.oneof(value, fc.constantFrom('free_limited_copilot', 'no_access')),
  can_signup_for_limited: fc.oneof({weight: 3, arbitrary: fc.constant(false)}, value),
  chat_enabled: value,
  quota_reset_date_utc: value,
  quota_reset_date: fc.oneof(value, fc.constant('2026-11-01')),
  limited_user_reset_date: value,
  token_based_billing: fc.oneof(value, sometimes({enabled: value})),
  organization_login_list: fc.oneof(value, fc.array(value)),
  limited_user_quotas: quotas,
  monthly_quotas: quotas,
  quota_snapshots: fc.oneof(
    value,
    fc.dictionary(bucketName, fc.oneof(snapshot, value), {maxKeys: 6}),
    fc.array(fc.oneof(snapshot, value), {maxLength: 4}),
  ),
});

const usageItem = sometimes<unknown>({
  product: fc.oneof(value, fc.constantFrom('Copilot', 'Copilot AI Credits')),
  sku: fc.oneof(value, fc.constantFrom('AI Credit', 'Copilot Premium Request', 'copilot_business_seat')),
  model: value,
  unitType: fc.oneof(value, fc.constantFrom('requests', 'credits')),
  pricePerUnit: value,
  grossQuantity: value,
  discountQuantity: value,
  netQuantity: value,
  netAmount: value,
  limit: value,
});
const billing = sometimes<unknown>({usageItems: fc.oneof(fc.array(fc.oneof(usageItem, value), {maxLength: 6}), value)});
const options = fc.record({
  tier: fc.constantFrom(null, ...tiers),
  kind: fc.constantFrom('ai_credit' as const, 'premium_request' as const),
});

/** The reading, or null for the one error that a parser may throw. */
function attempt(parse: () => Reading): Reading | null {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(ProviderError);
    expect(String((error as ProviderError).message)).not.toMatch(unprintable);
    return null;
  }
}

const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

function textsIn(thing: unknown): string[] {
  if (typeof thing === 'string') return [thing];
  return thing !== null && typeof thing === 'object' ? Object.values(thing).flatMap(textsIn) : [];
}
function numbersIn(thing: unknown): number[] {
  if (typeof thing === 'number') return [thing];
  return thing !== null && typeof thing === 'object' ? Object.values(thing).flatMap(numbersIn) : [];
}

function expectSound(reading: Reading): void {
  expect(textsIn(reading).filter(text => unprintable.test(text))).toEqual([]);
  expect(numbersIn(reading).filter(number => !Number.isFinite(number))).toEqual([]);
  const ids = reading.windows.map(({id}) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const {use, resetsAt} of reading.windows) {
    if (use.state === 'known') expect(use.usedPercent).toBeGreaterThanOrEqual(0);
    expect(resetsAt ?? now).toBeGreaterThanOrEqual(now - day);
  }
}

describe('whatever GitHub answers', () => {
  it('the live counter is read soundly or refused', () => {
    fc.assert(
      fc.property(fc.oneof({weight: 5, arbitrary: internal}, value), body => {
        const reading = attempt(() => parseInternal(body, now));
        if (reading !== null) expectSound(reading);
      }),
      runs,
    );
  });

  it('the bill is read soundly or refused', () => {
    fc.assert(
      fc.property(fc.oneof({weight: 5, arbitrary: billing}, value), options, (body, asked) => {
        const reading = attempt(() => parseBilling(body, now, asked));
        if (reading !== null) expectSound(reading);
      }),
      runs,
    );
  });

  it('a percentage of the live counter comes from a percentage or from two counts, never from nothing', () => {
    const oneBucket = snapshot.map(bucket => ({
      quota_snapshots: {premium_interactions: bucket},
      token_based_billing: true,
    }));
    fc.assert(
      fc.property(oneBucket, body => {
        const use = attempt(() => parseInternal(body, now))?.windows[0]?.use;
        const bucket: Record<string, unknown> = body.quota_snapshots.premium_interactions;
        if (use?.state !== 'known') return;
        const told = [bucket.percent_remaining, bucket.quota_remaining, bucket.remaining].filter(isNumeric);
        const isUnlimited = bucket.unlimited === true || toNumber(bucket.entitlement) === -1;
        if (isUnlimited)
          expect({...use, has_quota: bucket.has_quota}).toMatchObject({usedPercent: 100, has_quota: false});
        else expect(told.length).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('counts beside a percentage say the same, or more where the percentage stops at 100', () => {
    const counts = sometimes({
      entitlement: fc.integer({min: 1, max: 20_000}),
      remaining: fc.integer({min: -20_000, max: 20_000}),
      quota_remaining: fc.double({min: -20_000, max: 20_000, noNaN: true}),
      percent_remaining: fc.double({min: -100, max: 100, noNaN: true}),
    });
    fc.assert(
      fc.property(counts, bucket => {
        const body = {quota_snapshots: {premium_interactions: bucket}, token_based_billing: true};
        const use = attempt(() => parseInternal(body, now))?.windows[0]?.use;
        if (use?.state !== 'known' || use.used === undefined || use.limit === undefined) return;
        const gap = use.used - (use.usedPercent / 100) * use.limit;
        const slack = Math.max(1, use.limit / 100) + 1e-3;
        if (use.usedPercent === 100) expect(gap).toBeGreaterThanOrEqual(-slack);
        else expect(Math.abs(gap)).toBeLessThanOrEqual(slack);
      }),
      runs,
    );
  });

  it('a managed seat without premium quota is never shown as if it could go on', () => {
    const spent = snapshot.map(bucket => ({...bucket, has_quota: false}));
    fc.assert(
      fc.property(spent, fc.constantFrom('business', 'enterprise'), (bucket, copilot_plan) => {
        const {windows, notes} = parseInternal({copilot_plan, quota_snapshots: {premium_interactions: bucket}}, now);
        expect(windows.map(({use}) => use.state)).toEqual(['known']);
        expect(notes).toContainEqual({code: 'limit-reached', text: 'premium'});
      }),
      runs,
    );
  });

  it('a login that may only sign up has no plan, whatever else is told', () => {
    const offered = internal.map(body => ({...body, access_type_sku: 'no_access', can_signup_for_limited: true}));
    fc.assert(
      fc.property(offered, body => {
        expect(() => parseInternal(body, now)).toThrow(expect.objectContaining({code: 'no_plan'}));
      }),
      runs,
    );
  });

  it('a bill that charges money is never far below its limit, unless an item tells that limit', () => {
    const count = fc.double({min: 0, max: 5000, noNaN: true});
    const row = sometimes<unknown>({
      grossQuantity: count,
      discountQuantity: count,
      netQuantity: count,
      netAmount: count,
    });
    const credits = fc.array(
      row.map(quantities => ({product: 'Copilot', sku: 'AI Credit', unitType: 'ai-credits', ...quantities})),
      {minLength: 1, maxLength: 4},
    );
    fc.assert(
      fc.property(credits, fc.constantFrom(...tiers), (usageItems, tier) => {
        const reading = attempt(() => parseBilling({usageItems}, now, {tier, kind: 'ai_credit'}));
        const isCharged = reading?.amounts.some(({id}) => id === 'billed') === true;
        const use = reading?.windows[0]?.use;
        if (isCharged && use?.state === 'known') expect(use.usedPercent).toBeGreaterThanOrEqual(100 - 1e-6);
      }),
      runs,
    );
  });

  it('a percentage of the bill needs a limit that is told or published', () => {
    fc.assert(
      fc.property(billing, fc.constantFrom(null, 'business' as const, 'enterprise' as const), (body, tier) => {
        const use = attempt(() => parseBilling(body, now, {tier, kind: 'ai_credit'}))?.windows[0]?.use;
        if (use?.state !== 'known') return;
        const items = Array.isArray(body.usageItems) ? (body.usageItems as unknown[]) : [];
        expect(items.some(item => isNumeric((item as {limit?: unknown} | null)?.limit))).toBe(true);
      }),
      runs,
    );
  });
});

describe('whatever Copilot CLI’s file holds', () => {
  const inFile = (text: string) =>
    inCopilotCli({env: {}, home: '/home/octocat', readText: async () => ({state: 'ok', text})});

  it('is read or complained about, never thrown at', async () => {
    const file = fc.oneof(fc.string({unit: 'binary'}), sometimes({copilotTokens: value, lastLoggedInUser: value}));
    await fc.assert(
      fc.asyncProperty(file, async content => {
        const {logins, hints} = await inFile(typeof content === 'string' ? content : JSON.stringify(content));
        expect(logins.length * hints.length).toBe(0);
      }),
      runs,
    );
  });

  it('a token goes to the host that its key begins with, and to GitHub’s hosts only', async () => {
    const part = fc.constantFrom(
      'https://',
      'http://',
      'github.com',
      'acme.ghe.com',
      '.evil.example',
      ':',
      '/',
      '@',
      'octo',
    );
    const keys = fc.uniqueArray(
      fc.array(part, {maxLength: 6}).map(parts => parts.join('')),
      {maxLength: 8},
    );
    await fc.assert(
      fc.asyncProperty(keys, async names => {
        const tokens = Object.fromEntries(names.map((name, index) => [name, `gho_${index}`]));
        const {logins} = await inFile(JSON.stringify({copilotTokens: tokens}));
        for (const {host, token} of logins) {
          expect(host).toMatch(/^(?:github\.com|[a-z0-9-]+\.ghe\.com)$/);
          expect(names[Number(token.slice(4))]).toMatch(new RegExp(`^(?:https://)?${host}(?:/?:|/?$)`));
        }
      }),
      runs,
    );
  });
});

const isNumeric = (thing: unknown): boolean =>
  (typeof thing === 'number' || (typeof thing === 'string' && thing.trim() !== '')) && Number.isFinite(Number(thing));
