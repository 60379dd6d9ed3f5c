import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import {parseAgy} from '../../../src/providers/google/agy.ts';
import {googleFailure} from '../../../src/providers/google/errors.ts';
import {google} from '../../../src/providers/google/index.ts';
import {poolNamed, usedPercentOf} from '../../../src/providers/google/limits.ts';
import {parseModels, parseUserQuota} from '../../../src/providers/google/parse-models.ts';
import {parsePlan} from '../../../src/providers/google/parse-plan.ts';
import {parseSummary} from '../../../src/providers/google/parse-summary.ts';
import {believable} from '../../../src/providers/google/production.ts';
import {toNumber} from '../../../src/providers/shared/values.ts';
import {now, withHome} from '../shared/home.ts';

/** Strings and numbers in which parsers break: escapes, figures as text, figures that are none, and huge ones. */
const text = fc.oneof(
  fc.string({unit: 'binary', maxLength: 20}),
  fc.constantFrom(
    'NaN',
    'Infinity',
    '1e999',
    '0E-10',
    '0.5',
    '-0.5',
    ' 1 ',
    '\u001b[31mred\u001b[0m',
    '\u009b2J',
    '\u202e',
    '',
  ),
  fc.constantFrom(
    'gemini-5h',
    'gemini-weekly',
    '3p-5h',
    'other-weekly',
    'gemini-image-5h',
    '5h',
    'weekly',
    'monthly',
    'Gemini',
  ),
  fc.constantFrom(
    'claude-opus',
    'gpt-oss',
    '2026-09-01T23:00:00Z',
    'remainingFraction',
    '99999d',
    '18000s',
    '__proto__',
  ),
);
const figure = fc.oneof(
  fc.double({min: 0, max: 1, noNaN: true}),
  fc.double(),
  fc.constantFrom(0, 1, -0.1, 3.5, 1e300, now, now / 1000, now + 18_000_000, Number.MAX_SAFE_INTEGER),
);
const scalar = fc.oneof(text, figure, fc.boolean(), fc.constant(null));
const garbage = fc.oneof({weight: 4, arbitrary: scalar}, fc.jsonValue({maxDepth: 4}));
const fields = (names: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...names), value, {maxKeys: names.length});

const limitFields = [
  ...['bucketId', 'id', 'displayName', 'name', 'window', 'remainingFraction', 'remaining_fraction', 'remaining'],
  ...[
    'resetTime',
    'reset_time',
    'disabled',
    'isExhausted',
    'modelId',
    'quotaInfo',
    'modelProvider',
    'model',
    'case',
    'value',
  ],
];
const limit = fc.oneof(
  {weight: 5, arbitrary: fields(limitFields, fc.oneof({weight: 3, arbitrary: garbage}, fields(limitFields, garbage)))},
  garbage,
);
const group = fc.oneof(
  {weight: 5, arbitrary: fc.record({name: garbage, buckets: fc.oneof(fc.array(limit), garbage)})},
  garbage,
);
const enveloped = (inner: fc.Arbitrary<unknown>) =>
  fc.oneof(inner, fields(['response', 'summary', 'quotaSummary'], inner), garbage);
const summary = enveloped(fields(['groups', 'buckets'], fc.oneof(fc.array(group), fc.array(limit), garbage)));
const models = enveloped(
  fc.record({
    models: fc.oneof({weight: 5, arbitrary: fc.dictionary(text, limit, {maxKeys: 6})}, garbage),
    agentModelSorts: fc.oneof(fc.array(fc.record({groups: fc.array(fc.record({modelIds: garbage}))})), garbage),
    deprecatedModelIds: garbage,
  }),
);
const plan = enveloped(
  fields(
    ['currentTier', 'paidTier', 'cloudaicompanionProject', 'ineligibleTiers', 'allowedTiers'],
    fc.oneof(
      fields(['id', 'name', 'projectId', 'availableCredits'], garbage),
      fc.array(fields(['reasonCode', 'reasonMessage', 'validationUrl'], garbage)),
      garbage,
    ),
  ),
);

/** The parser's value, or nothing where it threw a `ProviderError`; anything else that is thrown fails the test. */
function kept<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(ProviderError);
    return null;
  }
}

const leaves = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => [key, ...leaves(item)])
    : [value];

/** Every percentage comes from a fraction in the body; `spent` allows the 100 % of a fraction that was left out. */
function expectHonest(reading: Reading | null, body: unknown, spent = false, readAt = now): void {
  if (reading === null) return;
  const told = new Set(
    leaves(body)
      .flatMap(leaf => toNumber(leaf) ?? [])
      .map(usedPercentOf),
  );
  if (spent) told.add(100);
  for (const {use} of reading.windows)
    if (use.state === 'known') {
      expect(told).toContain(use.usedPercent);
      expect(use.usedPercent).toBeGreaterThanOrEqual(0);
      expect(use.usedPercent).toBeLessThanOrEqual(100);
    }
  const ids = reading.windows.map(({id}) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const {windowMs, resetsAt} of reading.windows) expectPossible(windowMs, resetsAt, readAt);
  expectClean(reading);
}

/** No limit is shorter than the time to its reset (and a little), and none has a length of zero. */
function expectPossible(windowMs: number | null, resetsAt: number | null, readAt: number): void {
  if (windowMs === null) return;
  expect(windowMs).toBeGreaterThan(0);
  if (resetsAt !== null) expect(resetsAt - readAt).toBeLessThanOrEqual(windowMs * 1.05 + 600_000);
}

const expectClean = (value: unknown): void => {
  for (const leaf of leaves(value))
    if (typeof leaf === 'string') expect(leaf).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
};

const runs = {numRuns: 500};

const inHours = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
const quota = fc.record({
  name: fc.constantFrom('gemini-3-flash', 'gemini-3-pro', 'claude-opus', 'gpt-oss', 'grok-5'),
  left: fc.option(fc.constantFrom(0, 0.1, 0.5, 1), {nil: undefined}),
  reset: fc.option(fc.integer({min: -5, max: 240}), {nil: undefined}),
});
type Quota = {name: string; left: number | undefined; reset: number | undefined};
const fieldsOf = ({left, reset}: Quota) => ({
  remainingFraction: left,
  ...(reset === undefined ? {} : {resetTime: inHours(reset)}),
});
const asBuckets = (quotas: readonly Quota[]) => quotas.map(each => ({modelId: each.name, ...fieldsOf(each)}));
const asRows = (quotas: readonly Quota[]) => quotas.map(each => ({bucketId: each.name, ...fieldsOf(each)}));
const asModels = (quotas: readonly Quota[]) =>
  Object.fromEntries(quotas.map((each, at) => [`${each.name}-${at}`, {quotaInfo: fieldsOf(each)}]));

/** The readings of one set of figures from the three answers that speak of models. */
const readingsOf = (quotas: readonly Quota[]): (Reading | null)[] => [
  parseModels({models: asModels(quotas)}, {now, isFree: true}),
  parseUserQuota({buckets: asBuckets(quotas)}, now),
  parseSummary({groups: [{displayName: 'All Models', buckets: asRows(quotas)}]}, now),
];
const usedOf = ({windows}: Reading) =>
  windows.map(({id, use}) => `${id} ${use.state === 'known' ? use.usedPercent : use.state}`).sort();

describe('answers that speak of models', () => {
  const some = fc.array(quota, {minLength: 1, maxLength: 8});

  it('tell one window per pool, and it stands where the tightest model stands', () => {
    fc.assert(
      fc.property(some, quotas => {
        for (const reading of readingsOf(quotas)) {
          const pools = reading?.windows.map(({pool}) => pool) ?? [];
          expect(new Set(pools).size).toBe(pools.length);
          for (const {pool, use} of reading?.windows ?? []) {
            const members = quotas.filter(
              ({name}) => (poolNamed(name) ?? 'other') === (pool === 'grok-5' ? 'other' : pool),
            );
            const told = members.flatMap(({left}) => left ?? []);
            if (use.state === 'known') expect(use.usedPercent).toBe(usedPercentOf(Math.min(...told)));
            else expect(use.state).toBe(told.length === 0 ? 'unknown' : 'not-started');
          }
        }
      }),
      runs,
    );
  });

  it('mean the same in whatever order they stand', () => {
    const shuffled = some.chain(quotas =>
      fc.tuple(fc.constant(quotas), fc.shuffledSubarray(quotas, {minLength: quotas.length, maxLength: quotas.length})),
    );
    fc.assert(
      fc.property(shuffled, ([quotas, other]) => {
        const [first, second] = [readingsOf(quotas), readingsOf(other)];
        for (const [at, reading] of first.entries())
          if (reading && second[at]) expect(usedOf(reading)).toEqual(usedOf(second[at]));
      }),
      runs,
    );
  });
});

describe('whatever the service answers', () => {
  it('the summary invents nothing', () => {
    fc.assert(
      fc.property(summary, body =>
        expectHonest(
          kept(() => parseSummary(body, now)),
          body,
        ),
      ),
      runs,
    );
  });

  it('the answer per model invents nothing', () => {
    fc.assert(
      fc.property(models, body =>
        expectHonest(
          kept(() => parseModels(body, {now, isFree: false})),
          body,
          true,
        ),
      ),
      runs,
    );
  });

  it('on the free tier nothing is spent that is not called so', () => {
    const isSaid = (body: unknown) => JSON.stringify(body)?.includes('isExhausted') ?? false;
    fc.assert(
      fc.property(models, body =>
        expectHonest(
          kept(() => parseModels(body, {now, isFree: true})),
          body,
          isSaid(body),
        ),
      ),
      runs,
    );
  });

  it('the oldest answer invents nothing', () => {
    fc.assert(
      fc.property(summary, body =>
        expectHonest(
          kept(() => parseUserQuota(body, now)),
          body,
        ),
      ),
      runs,
    );
  });

  it('production tells nothing about the Gemini pool, and nothing that was not told before', () => {
    fc.assert(
      fc.property(summary, body => {
        const told = kept(() => parseSummary(body, now));
        if (told === null) return;
        const {windows} = believable(told);
        expect(windows.map(({id}) => id)).toEqual(told.windows.map(({id}) => id));
        for (const [at, window] of windows.entries())
          if (/gemini/.test(window.pool ?? '')) expect(window.use.state).toBe('unknown');
          else if (window.use.state !== 'unknown') expect(window).toEqual(told.windows[at]);
      }),
      runs,
    );
  });

  it('the plan is clean and throws nothing', () => {
    fc.assert(
      fc.property(plan, body => {
        const {name, amounts, refusal} = parsePlan(body);
        expectClean([name, refusal]);
        for (const {value} of amounts) expect(Number.isFinite(value)).toBe(true);
      }),
      runs,
    );
  });

  it('agy invents nothing, between whatever it logs', () => {
    const printed = fc.tuple(text, summary, text).map(([before, data, after]) => ({
      stdout: `${before}\n${JSON.stringify({status: 'SUCCESS', command: {name: 'usage', data}})}\n${after}`,
      data,
    }));
    fc.assert(
      fc.property(printed, ({stdout, data}) =>
        expectHonest(
          kept(() => parseAgy(stdout, now)),
          [data, stdout.split('\n')[0]],
        ),
      ),
      runs,
    );
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), stdout => void kept(() => parseAgy(stdout, now))),
      runs,
    );
  });

  it('a refusal is a failure in clean words', () => {
    const error = fields(
      ['status', 'message', 'details', 'reason'],
      fc.oneof(garbage, fc.array(fields(['reason', 'links', 'metadata', 'retryDelay'], garbage))),
    );
    const status = fc.constantFrom(400, 401, 403, 404, 408, 429, 500, 503);
    fc.assert(
      fc.property(status, fc.oneof(fc.record({error}), fc.array(fc.record({error})), garbage), (code, body) => {
        const failure = googleFailure({status: code, headers: {}, text: JSON.stringify(body)}, now);
        expect(failure).toBeInstanceOf(ProviderError);
        expectClean([failure.message, failure.remedy]);
        if (failure.retryAt !== null) expect(failure.retryAt).toBeGreaterThan(now);
      }),
      runs,
    );
  });

  it('an accounts file gives clean accounts or a problem, never an exception', async () => {
    const account = fields(
      [
        'email',
        'refreshToken',
        'projectId',
        'enabled',
        'verificationRequired',
        'verificationUrl',
        'verificationRequiredReason',
        'cachedQuota',
        'cachedQuotaUpdatedAt',
        'lastUsed',
      ],
      fc.oneof({weight: 3, arbitrary: garbage}, fields(['claude', 'gemini-pro', 'gemini-flash'], limit)),
      // As Google's tokens begin: none of them is anybody's e-mail.
    ).map(({refreshToken, ...rest}) => ({
      ...rest,
      refreshToken: typeof refreshToken === 'string' ? `1//${refreshToken}` : refreshToken,
    }));
    const home = await withHome();
    const path = '.config/opencode/antigravity-accounts.json';
    await fc.assert(
      fc.asyncProperty(fc.record({version: garbage, accounts: fc.oneof(fc.array(account), garbage)}), async file => {
        await home.write(path, file);
        const accounts = await google.discover(home.machine());
        expect(new Set(accounts.map(({key}) => key)).size).toBe(accounts.length);
        for (const {label, problem, cached} of accounts) {
          expectClean([label, problem]);
          expectHonest(cached?.reading ?? null, file, false, cached?.readAt);
        }
      }),
      {numRuns: 200},
    );
  });
});
