import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import {parseUsage} from '../../../src/providers/openai/parse.ts';
import {now} from '../shared/home.ts';

/** Strings and numbers in which parsers break: escapes, figures as text, figures that are none, and huge ones. */
const text = fc.oneof(
  fc.string({unit: 'binary', maxLength: 20}),
  fc.constantFrom(
    'NaN',
    'Infinity',
    '1e999',
    '0E-10',
    '12',
    '-3.5',
    ' 7 ',
    '\u001b[31mred\u001b[0m',
    '\u009b2J',
    '\u202e',
    '',
  ),
  fc.constantFrom('GPT-5.3-Codex-Spark', 'codex_bengalfox', 'code review', 'spend', 'plus', '2026-09-01T23:00:00Z'),
);
const figure = fc.oneof(
  fc.integer({min: -200, max: 400}),
  fc.double(),
  fc.constantFrom(18_000, 604_800, 2_592_000, 2_628_000, 1e300, -1, 0, now, now / 1000, Number.MAX_SAFE_INTEGER),
);
const scalar = fc.oneof(text, figure, fc.boolean(), fc.constant(null));
const garbage = fc.oneof({weight: 4, arbitrary: scalar}, fc.jsonValue({maxDepth: 4}));

const fields = (names: readonly string[], value: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...names), value, {maxKeys: names.length});

const windowFields = [
  ...['used_percent', 'percent_used', 'remaining_percent', 'limit_window_seconds', 'window_minutes'],
  ...['reset_at', 'resets_at', 'reset_after_seconds'],
];
const window = fc.oneof({weight: 5, arbitrary: fields(windowFields, garbage)}, garbage);
const spend = fc.oneof(fields([...windowFields, 'limit', 'used', 'remaining', 'source'], garbage), garbage);
const windowKeys = [
  'primary_window',
  'secondary_window',
  'tertiary_window',
  'primary',
  'secondary',
  '_window',
  '\u001b_window',
];
const flags = fields(['allowed', 'limit_reached', 'individual_limit'], fc.oneof(garbage, spend));
const limit = fc.oneof(
  {weight: 5, arbitrary: fc.tuple(fields(windowKeys, window), flags).map(([a, b]) => ({...a, ...b}))},
  garbage,
);
const additional = fc.oneof(fc.record({limit_name: garbage, metered_feature: garbage, rate_limit: limit}), garbage);
const spendNames = ['individual_limit', 'workspace_default_limit', 'role_budget_limit', 'workspace_shared_limit'];
const control = fields(
  [...spendNames, 'group_shared_limit', 'reached'],
  fc.oneof(spend, fc.record({details: spend}), garbage),
);

/** An answer of the right keys with anything in them. */
const usage = fc.record(
  {
    plan_type: garbage,
    rate_limit: limit,
    code_review_rate_limit: limit,
    additional_rate_limits: fc.oneof(fc.array(additional, {maxLength: 6}), garbage),
    credits: fc.oneof(fields(['has_credits', 'unlimited', 'balance'], garbage), garbage),
    spend_control: fc.oneof(control, garbage),
    individual_limit: spend,
    rate_limit_reached_type: fc.oneof(fc.record({type: garbage}), garbage),
    rate_limit_reset_credits: fc.oneof(fields(['available_count'], garbage), garbage),
  },
  {requiredKeys: []},
);

/** The reading, or null for a refusal; anything but a `ProviderError` fails the test. */
function readingOf(body: unknown): Reading | null {
  try {
    return parseUsage(body, now);
  } catch (error) {
    expect(error).toBeInstanceOf(ProviderError);
    return null;
  }
}

const holds = (body: fc.Arbitrary<unknown>, check: (reading: Reading, body: unknown) => void, numRuns = 400) =>
  fc.assert(
    fc.property(body, value => {
      const reading = readingOf(value);
      if (reading !== null) check(reading, value);
    }),
    {numRuns},
  );

/** Every finite number in a value, those that stand as text included. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [Number(value)].filter(Number.isFinite);
  if (typeof value === 'number') return [value].filter(Number.isFinite);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function valuesUnder(value: unknown, names: readonly string[]): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...(names.includes(key) ? [item] : []),
    ...valuesUnder(item, names),
  ]);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

describe('whatever arrives', () => {
  it('fails only with a ProviderError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), garbage), body => void readingOf(body)),
      {numRuns: 500},
    );
    fc.assert(
      fc.property(usage, body => void readingOf(body)),
      {numRuns: 500},
    );
  });

  it('survives answers that are nested as deep as they may be', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"rate_limit":', '}'],
      ['{"primary_window":', '}'],
    ] as const) {
      const deep: unknown = JSON.parse(`${open.repeat(20_000)}0${close.repeat(20_000)}`);
      for (const body of [
        deep,
        {rate_limit: deep},
        {additional_rate_limits: deep},
        {rate_limit: {primary_window: deep}},
      ])
        readingOf(body);
    }
  });

  it('never invents a percentage', () => {
    holds(usage, ({windows}, body) => {
      const told = numbersIn(valuesUnder(body, ['used_percent', 'percent_used']));
      const rest = numbersIn(valuesUnder(body, ['remaining_percent'])).map(left => 100 - left);
      for (const {use, unit} of windows) {
        if (use.state !== 'known') continue;
        expect(Number.isFinite(use.usedPercent)).toBe(true);
        // Spend limits may be counted from amounts; windows never are.
        const counted = unit === 'credits' && use.used !== undefined && use.limit !== undefined;
        const near = (value: number) => Math.abs(value - use.usedPercent) <= 1e-6 + Math.abs(value) * 1e-9;
        expect(counted || [...told, ...rest].some(near)).toBe(true);
      }
    });
  });

  it('invents neither amounts nor times', () => {
    holds(usage, ({windows, amounts}, body) => {
      const figures = new Set(numbersIn(valuesUnder(body, ['balance', 'available_count'])));
      for (const {value} of amounts) expect(figures).toContain(value);
      const timed = valuesUnder(body, ['reset_at', 'resets_at', 'reset_after_seconds']).length > 0;
      for (const {resetsAt, windowMs} of windows) {
        expect(resetsAt === null || (timed && Number.isSafeInteger(resetsAt) && resetsAt > 0)).toBe(true);
        expect(windowMs === null || (Number.isFinite(windowMs) && windowMs > 0)).toBe(true);
      }
    });
  });

  it('lets no control character through', () => {
    holds(usage, reading => {
      for (const line of stringsIn(reading)) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    });
  });

  it('gives every window an id of its own', () => {
    holds(usage, ({windows}) => {
      const ids = windows.map(({id}) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const {id, pool} of windows) expect(pool === null || id.startsWith(`${pool}/`)).toBe(true);
    });
  });

  it('reads the same answer the same way twice, and leaves it as it was', () => {
    holds(
      usage,
      (reading, body) => {
        const copy = structuredClone(body);
        expect(parseUsage(body, now)).toEqual(reading);
        expect(body).toEqual(copy);
      },
      150,
    );
  });
});
