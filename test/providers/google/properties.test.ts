import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import {parseAgy} from '../../../src/providers/google/agy.ts';
import {googleFailure} from '../../../src/providers/google/errors.ts';
import {google} from '../../../src/providers/google/index.ts';
import {usedPercentOf} from '../../../src/providers/google/limits.ts';
import {parseModels, parseUserQuota} from '../../../src/providers/google/parse-models.ts';
import {parsePlan} from '../../../src/providers/google/parse-plan.ts';
import {parseSummary} from '../../../src/providers/google/parse-summary.ts';
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
function expectHonest(reading: Reading | null, body: unknown, spent = false): void {
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
  expectClean(reading);
}

const expectClean = (value: unknown): void => {
  for (const leaf of leaves(value))
    if (typeof leaf === 'string') expect(leaf).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
};

const runs = {numRuns: 500};

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
          kept(() => parseModels(body, now)),
          body,
          true,
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
    );
    const home = await withHome();
    const path = '.config/opencode/antigravity-accounts.json';
    await fc.assert(
      fc.asyncProperty(fc.record({version: garbage, accounts: fc.oneof(fc.array(account), garbage)}), async file => {
        await home.write(path, file);
        const accounts = await google.discover(home.machine());
        expect(new Set(accounts.map(({key}) => key)).size).toBe(accounts.length);
        for (const {label, problem, cached} of accounts) {
          expectClean([label, problem]);
          expectHonest(cached?.reading ?? null, file);
        }
      }),
      {numRuns: 200},
    );
  });
});
