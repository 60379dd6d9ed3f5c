import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import {openai} from '../../../src/providers/openai/index.ts';
import {parseUsage} from '../../../src/providers/openai/parse.ts';
import {now, withHome} from '../shared/home.ts';
import {accessToken} from './tokens.ts';

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
    model_usage: fc.oneof(fc.dictionary(text, fields(['available', 'available_at'], garbage), {maxKeys: 4}), garbage),
    rate_limit_upsell: fc.oneof(fields(['blocked_model_slug', 'reset_at'], garbage), garbage),
  },
  {requiredKeys: []},
);

const hour = 3_600_000;
/** What an id says of the length where none is told; a slot of unknown meaning ends within five hours. */
const lengthByName = (id: string): number =>
  id.endsWith('monthly') ? Number.MAX_VALUE : id.endsWith('weekly') ? 168 * hour : 5 * hour;

/** Windows as the service sends them: lengths and resets that make sense, each or both not told at times. */
const seconds = (from: number, to: number) => fc.option(fc.integer({min: from, max: to}), {nil: undefined});
const plainWindow = fc.record({
  used_percent: fc.integer({min: 0, max: 120}),
  limit_window_seconds: fc.oneof(seconds(3600, 3_000_000), fc.constantFrom(18_000, 604_800, 2_592_000)),
  reset_after_seconds: seconds(0, 3_000_000),
  reset_at: seconds(now / 1000 - 600, now / 1000 + 4_000_000),
});
const plainKeys = ['primary_window', 'secondary_window', 'tertiary_window'] as const;
const plainLimit = fc.dictionary(fc.constantFrom(...plainKeys), plainWindow, {minKeys: 1});
const element = (name: string, rate_limit: object) => ({limit_name: name, metered_feature: name, rate_limit});
const plain = fc.tuple(plainLimit, plainLimit, plainLimit).map(([rate_limit, pool, code_review_rate_limit]) => ({
  rate_limit,
  code_review_rate_limit,
  additional_rate_limits: [element('maker', pool)],
}));

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

  it('names no window that is shorter than the time to its reset', () => {
    holds(fc.oneof(usage, plain), ({windows}) => {
      for (const {id, windowMs, resetsAt} of windows) {
        if (resetsAt === null || id.startsWith('spend')) continue;
        const longest = windowMs ?? lengthByName(id);
        expect(resetsAt - now).toBeLessThanOrEqual(longest + Math.max(600_000, longest / 20));
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

describe('whatever makes sense', () => {
  const read = (body: unknown) => parseUsage(body, now);
  const off = {limit_window_seconds: 0};

  it('reads the same beside a limit that is switched off, whatever that says', () => {
    const anyOff = fields(windowFields, garbage).map(window => ({...window, ...off}));
    fc.assert(
      fc.property(plain, anyOff, ({rate_limit, additional_rate_limits, code_review_rate_limit}, window) => {
        const beside = (limit: object) => ({spare_window: window, ...limit});
        const more = {
          rate_limit: beside(rate_limit),
          code_review_rate_limit: beside(code_review_rate_limit),
          additional_rate_limits: [
            element('maker', beside(additional_rate_limits[0]?.rate_limit ?? {})),
            element('unused', {primary_window: window}),
          ],
        };
        expect(read(more)).toEqual(read({rate_limit, additional_rate_limits, code_review_rate_limit}));
      }),
      {numRuns: 200},
    );
  });

  it('counts a reset from the time left where the clocks differ', () => {
    const length = 604_800;
    const inWindow = fc.integer({min: 0, max: length});
    fc.assert(
      fc.property(inWindow, fc.integer({min: 121, max: 1e8}), fc.boolean(), (reset_after_seconds, off, ahead) => {
        const counted = now / 1000 + reset_after_seconds;
        const primary_window = {
          used_percent: 20,
          limit_window_seconds: length,
          reset_after_seconds,
          reset_at: ahead ? counted + off : counted - off,
        };
        expect(read({rate_limit: {primary_window}}).windows[0]?.resetsAt).toBe(counted * 1000);
      }),
      {numRuns: 200},
    );
  });

  it('reads a pool in parts as the pool in one piece', () => {
    const lengths = fc.uniqueArray(fc.constantFrom(18_000, 86_400, 604_800, 2_592_000), {minLength: 1, maxLength: 3});
    fc.assert(
      fc.property(lengths, fc.array(plainWindow, {minLength: 3, maxLength: 3}), (all, windows) => {
        const parts = all.map((limit_window_seconds, at) => ({...windows[at], limit_window_seconds}));
        const whole = Object.fromEntries(parts.map((window, at) => [plainKeys[at], window]));
        const apart = parts.map((window, at) => element('maker', {[plainKeys[at % 2] ?? '']: window}));
        expect(read({additional_rate_limits: apart})).toEqual(
          read({additional_rate_limits: [element('maker', whole)]}),
        );
      }),
      {numRuns: 200},
    );
  });

  it('always says that a limit is reached when its kind is told', () => {
    const kind = fc.stringMatching(/^[a-z]{2,12}(?:_[a-z]{1,12}){1,4}$/);
    fc.assert(
      fc.property(plain, kind, fc.boolean(), (body, type, bare) => {
        const [note] = read({...body, rate_limit_reached_type: bare ? type : {type}}).notes;
        expect(note).toEqual(
          type === 'rate_limit_reached'
            ? {code: 'limit-reached'}
            : {code: 'limit-reached', text: type.replaceAll('_', ' ')},
        );
      }),
      {numRuns: 150},
    );
  });
});

describe('whoever is signed in', () => {
  const logins = fc.array(
    fc.record({
      account: fc.constantFrom('workspace-1', 'workspace-2'),
      user: fc.constantFrom('member-a', 'member-b', 'member-c'),
      plan: fc.constantFrom('team', 'plus', 'enterprise', ''),
      exp: fc.integer({min: now / 1000 + 1000, max: now / 1000 + 864_000}),
    }),
    {minLength: 1, maxLength: 6},
  );

  it('is one account for each member of each workspace, and has the token that lives longest', async () => {
    const home = await withHome();
    await fc.assert(
      fc.asyncProperty(logins, async all => {
        const stored = async () =>
          all.map(({user, ...init}, at) => ({
            id: String(at),
            provider: 'openai',
            secret: accessToken({...init, auth: {chatgpt_user_id: user}}),
            fields: {},
          }));
        const accounts = await openai.discover(home.machine({stored}));
        const latest = new Map<string, number>();
        for (const {account, user, exp} of all)
          latest.set(`${account} ${user}`, Math.max(exp, latest.get(`${account} ${user}`) ?? 0));
        expect(new Set(accounts.map(({key}) => key)).size).toBe(latest.size);
        expect(accounts.map(({expiresAt}) => (expiresAt ?? 0) / 1000).sort()).toEqual([...latest.values()].sort());
      }),
      {numRuns: 100},
    );
  });
});
