import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {Reading, Window} from '../../../src/core/model.ts';
import {ProviderError} from '../../../src/core/model.ts';
import {parseUsage} from '../../../src/providers/openai/parse.ts';
import {planName} from '../../../src/providers/openai/plan.ts';
import {now} from '../shared/home.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/openai/${name}.json`, import.meta.url), 'utf8'));

/** A window in one line: id, use, seconds until the reset. */
function line({id, use, resetsAt}: Window): string {
  const figure = use.state === 'known' ? `${use.usedPercent}%` : use.state;
  return `${id} ${figure} ${resetsAt === null ? '-' : (resetsAt - now) / 1000}`;
}
const lines = (reading: Reading): string[] => reading.windows.map(line);
const amounts = (reading: Reading): string[] => reading.amounts.map(({id, value, unit}) => `${id} ${value} ${unit}`);
const notes = (reading: Reading): string[] => reading.notes.map(({code, text}) => (text ? `${code}: ${text}` : code));

type Sample = {plan: string; windows: string[]; amounts?: string[]; notes?: string[]};
const samples: Record<string, Sample> = {
  'plus-normal': {
    plan: 'Plus',
    windows: ['5h 12% 9120', 'weekly 41% 260000'],
    amounts: ['credits 0 credits', 'reset-credits 2 count'],
  },
  'free-weekly-only': {plan: 'Free', windows: ['weekly 3% 604800']},
  'plus-exhausted': {
    plan: 'Plus',
    windows: ['5h not-started 18000', 'weekly 100% 434757'],
    amounts: ['credits 0 credits'],
    notes: ['limit-reached'],
  },
  'pro-weekly-only-spark': {
    plan: 'Pro 20x',
    windows: ['weekly 22% 300000', 'spark/5h 25% 3600', 'spark/weekly 40% 86400'],
  },
  'team-code-review': {
    plan: 'Team',
    windows: ['5h 7% 14000', 'weekly 9% 500000', 'code-review/weekly not-started 604800'],
  },
  'team-spend-control': {
    plan: 'Team',
    windows: ['weekly 100% 250000', 'spend/monthly 4% 2512800'],
    amounts: ['credits 0 credits'],
    notes: ['limit-reached-using-credits'],
  },
  'business-null-rate-limit': {
    plan: 'Business',
    windows: ['spend/monthly 0% 123456'],
    amounts: ['credits 14.5 credits'],
  },
  'team-monthly-only': {plan: 'Team', windows: ['monthly 33% 1000000']},
  'older-individual-limit': {plan: 'Business', windows: ['spend/monthly 25% 500000']},
  'prolite-weekly-full': {plan: 'Pro 5x', windows: ['weekly 100% 86400'], notes: ['limit-reached']},
  'stranger-pools': {
    plan: 'Edu',
    windows: [
      '9h 20% 600',
      'weekly 30% 86400',
      'spark/5h 11% 1200',
      'gpt-5.5/5h 12% 1200',
      'image-maker/1d 13% 1200',
      'code-review/weekly 64% 3600',
    ],
    notes: ['pool-exhausted: image-maker', 'pool-exhausted: code-review'],
  },
  'switched-off-windows': {plan: 'Team', windows: ['5h 23% 3000', 'spark/weekly 40% 86400']},
  'length-not-told': {
    plan: 'Plus',
    windows: [
      'weekly 85% 301573',
      'image-maker/5h 4% 14000',
      'image-maker/monthly 61% 1728000',
      'code-review/weekly 7% 602000',
    ],
  },
  'pool-in-two-elements': {
    plan: 'Pro 20x',
    windows: ['weekly 5% 300000', 'spark/5h 20% 9000', 'spark/weekly 80% 400000'],
  },
  'reset-contradicts': {plan: 'Plus', windows: ['5h 55% 3600', 'weekly 30% -']},
  'workspace-credits-gone': {
    plan: 'Business',
    windows: ['5h 20% 3000', 'weekly 40% 300000'],
    amounts: ['credits 0 credits'],
    notes: ['limit-reached: workspace owner credits depleted'],
  },
  'reset-credits': {
    plan: 'Pro 20x',
    windows: ['weekly 18% 300000'],
    amounts: ['credits 12.5 credits', 'reset-credits 2 count'],
  },
  'closed-model': {plan: 'Pro 20x', windows: ['weekly 18% 300000'], notes: ['model-closed: gpt-6-astra']},
  'luna-reserve': {
    plan: 'Plus',
    windows: ['5h not-started 18000', 'weekly 100% 200000', 'reserve/weekly 37% 500000'],
    amounts: ['credits 0 credits'],
    notes: ['limit-reached'],
  },
  'luna-reserve-untouched': {
    plan: 'Go',
    windows: ['30d 100% 1500000', 'reserve/weekly not-started 604800'],
    notes: ['limit-reached'],
  },
  'tolerated-spellings': {plan: 'Plus', windows: ['5h 40.5% 7200', '1d unknown -', 'weekly 71% 86400']},
};

const rate = (limit: unknown, rest: object = {}) => parseUsage({rate_limit: limit, ...rest}, now);
const primary = (window: object, rest: object = {}) => rate({primary_window: window, ...rest});
const only = (reading: Reading): string => {
  expect(reading.windows).toHaveLength(1);
  return lines(reading)[0] ?? '';
};
const fiveHours = {limit_window_seconds: 18_000, used_percent: 12};

describe('samples', () => {
  it.each(Object.entries(samples))('reads %s', (name, expected) => {
    const reading = parseUsage(fixture(name), now);
    expect(reading.plan).toBe(expected.plan);
    expect(lines(reading)).toEqual(expected.windows);
    expect(amounts(reading)).toEqual(expected.amounts ?? []);
    expect(notes(reading)).toEqual(expected.notes ?? []);
  });
});

describe('names of windows', () => {
  it.each([
    [18_000, '5h'],
    [18_600, '5h'],
    [17_400, '5h'],
    [604_800, 'weekly'],
    [601_200, 'weekly'],
    [2_628_000, 'monthly'],
    [2_678_400, 'monthly'],
    [2_419_200, 'monthly'],
    [2_592_000, '30d'],
    [86_400, '1d'],
    [32_400, '9h'],
    [5400, '90m'],
    ['18000', '5h'],
  ])('calls %s seconds %s wherever it stands', (seconds, id) => {
    const window = {used_percent: 10, limit_window_seconds: seconds};
    for (const key of ['primary_window', 'secondary_window', 'tertiary_window', 'primary', 'secondary'])
      expect(only(rate({[key]: window}))).toBe(`${id} 10% -`);
  });

  it('goes by the place where neither length nor reset is told', () => {
    for (const length of [
      {},
      {limit_window_seconds: null},
      {limit_window_seconds: -5},
      {limit_window_seconds: 'soon'},
    ]) {
      const window = {used_percent: 10, ...length};
      const reading = rate({primary_window: window, secondary_window: window, tertiary_window: window});
      expect(lines(reading)).toEqual(['5h 10% -', 'weekly 10% -', 'tertiary 10% -']);
      expect(reading.windows.map(({windowMs}) => windowMs)).toEqual([null, null, null]);
    }
  });

  it.each([
    ['primary_window', -60, '5h'],
    ['primary_window', 60, '5h'],
    ['primary_window', 5 * 3600, '5h'],
    ['primary_window', 5 * 3600 + 300, '5h'],
    ['primary_window', 6 * 3600, 'weekly'],
    ['primary_window', 7 * 86_400, 'weekly'],
    ['primary_window', 8 * 86_400, 'monthly'],
    ['secondary_window', 3600, 'weekly'],
    ['secondary_window', 6 * 86_400, 'weekly'],
    ['secondary_window', 20 * 86_400, 'monthly'],
    ['tertiary_window', 3600, 'tertiary'],
    ['tertiary_window', 29 * 86_400, 'monthly'],
  ])('calls a %s of unknown length that resets in %i seconds %s', (key, left, id) => {
    const window = {used_percent: 10, reset_at: now / 1000 + left};
    expect(only(rate({[key]: window}))).toBe(`${id} 10% ${left}`);
    const pool = {limit_name: 'Maker', metered_feature: 'm', rate_limit: {[key]: window}};
    expect(only(parseUsage({additional_rate_limits: [pool]}, now))).toBe(`maker/${id} 10% ${left}`);
  });

  it('shows no row for a length of zero, however it is written', () => {
    for (const length of [{limit_window_seconds: 0}, {limit_window_seconds: '0'}, {window_minutes: 0}]) {
      const off = {used_percent: 50, reset_after_seconds: 0, ...length};
      const limit = {primary_window: off, secondary_window: fiveHours, tertiary_window: off};
      expect(lines(rate(limit))).toEqual(['5h 12% -']);
      expect(lines(parseUsage({code_review_rate_limit: limit}, now))).toEqual(['code-review/5h 12% -']);
      expect(lines(rate({primary_window: off, secondary_window: null}))).toEqual([]);
    }
  });

  it('takes a length beyond a century for no length', () => {
    expect(primary({used_percent: 1, limit_window_seconds: 1e300}).windows[0]).toMatchObject({
      id: '5h',
      windowMs: null,
    });
  });

  it('puts the shorter window first even when it stands second', () => {
    const reading = rate({
      primary_window: {used_percent: 2, limit_window_seconds: 604_800},
      secondary_window: {used_percent: 1, limit_window_seconds: 18_000},
    });
    expect(lines(reading)).toEqual(['5h 1% -', 'weekly 2% -']);
  });

  it('puts a window without a length where its name belongs, and a nameless one last', () => {
    const window = {used_percent: 1};
    const weekly = {...window, limit_window_seconds: 604_800};
    const tertiary = rate({tertiary_window: window, secondary_window: weekly, primary_window: window});
    expect(lines(tertiary)).toEqual(['5h 1% -', 'weekly 1% -', 'tertiary 1% -']);
    const swapped = rate({secondary_window: window, primary_window: {...window, limit_window_seconds: 18_000}});
    expect(lines(swapped)).toEqual(['5h 1% -', 'weekly 1% -']);
  });

  it('keeps the fuller of two windows of one length', () => {
    const [low, high, unknown] = [10, 90, 'x'].map(used => ({used_percent: used, limit_window_seconds: 604_800}));
    expect(only(rate({primary_window: low, secondary_window: high}))).toBe('weekly 90% -');
    expect(only(rate({primary_window: high, secondary_window: low}))).toBe('weekly 90% -');
    expect(only(rate({primary_window: unknown, secondary_window: low}))).toBe('weekly 10% -');
  });

  it('shows a broken sibling as unknown and keeps the good one', () => {
    const reading = rate({primary_window: fiveHours, secondary_window: {limit_window_seconds: 604_800}});
    expect(lines(reading)).toEqual(['5h 12% -', 'weekly unknown -']);
  });

  it('shows nothing for an empty place', () => {
    expect(lines(rate({primary_window: null, secondary_window: fiveHours}))).toEqual(['5h 12% -']);
  });
});

describe('percentages', () => {
  it.each([
    [{used_percent: 24.5}, 24.5],
    [{used_percent: '24.5'}, 24.5],
    [{used_percent: 137}, 137],
    [{used_percent: -5}, -5],
    [{used_percent: 0}, 0],
    [{percent_used: 31}, 31],
    [{remaining_percent: 31}, 69],
    [{remaining_percent: '99.9'}, 0.1],
    [{remaining_percent: -20}, 120],
    [{used_percent: null, remaining_percent: 31}, 69],
    [{used_percent: 30, remaining_percent: 31}, 30],
  ])('reads %j as %d', (fields, usedPercent) => {
    const [window] = primary({...fields, limit_window_seconds: 18_000}).windows;
    expect(window?.use).toEqual({state: 'known', usedPercent});
  });

  it.each([undefined, null, 'NaN', '', ' ', 'ten', '12%', true, false, {}, [], [12], {value: 12}])(
    'never makes a number of %j',
    used => {
      const [window] = primary({used_percent: used, limit_window_seconds: 18_000}).windows;
      expect(window?.use.state).toBe('unknown');
    },
  );
});

describe('resets', () => {
  const resetOf = (fields: object) => primary({...fiveHours, ...fields}).windows[0]?.resetsAt;
  const at = now + 9_120_000;

  it.each([
    ['seconds', {reset_at: at / 1000}],
    ['seconds as text', {reset_at: String(at / 1000)}],
    ['milliseconds', {reset_at: at}],
    ['an ISO date', {reset_at: new Date(at).toISOString()}],
    ['an ISO date with microseconds', {reset_at: new Date(at).toISOString().replace('Z', '123+00:00')}],
    ['the other name', {resets_at: at / 1000}],
    ['the time left', {reset_after_seconds: 9120}],
    ['the time left as text', {reset_after_seconds: '9120'}],
    ['the time left beside a placeholder', {reset_at: 0, reset_after_seconds: 9120}],
    ['the time left beside a slip of units', {reset_at: at * 1000, reset_after_seconds: 9120}],
  ])('is understood from %s', (_, fields) => {
    expect(resetOf(fields)).toBe(at);
  });

  it('is the instant that was told where the time left agrees, but for a little', () => {
    for (const off of [-110, -3, 0, 3, 110])
      expect(resetOf({reset_at: at / 1000, reset_after_seconds: 9120 + off})).toBe(at);
  });

  it('is counted from the time left where the instant is of another clock', () => {
    for (const off of [-86_400, -3600, -130, 130, 3600, 86_400 * 40])
      expect(resetOf({reset_at: at / 1000 + off, reset_after_seconds: 9120})).toBe(at);
  });

  it('is never further off than the window is long', () => {
    expect(resetOf({reset_at: now / 1000 + 86_400})).toBeNull();
    expect(resetOf({reset_after_seconds: 86_400})).toBeNull();
    expect(resetOf({reset_at: now / 1000 + 172_800, reset_after_seconds: 86_400})).toBeNull();
    // Of two that contradict each other the possible one.
    expect(resetOf({reset_at: at / 1000, reset_after_seconds: 86_400})).toBe(at);
    // Servers round: a few minutes more are none.
    expect(resetOf({reset_after_seconds: 18_060})).toBe(now + 18_060_000);
  });

  it('keeps an instant in the past', () => {
    expect(resetOf({reset_at: now / 1000 - 60})).toBe(now - 60_000);
  });

  it.each([{}, {reset_at: null}, {reset_at: 'soon'}, {reset_at: true}, {reset_after_seconds: -1}, {reset_at: 1e300}])(
    'is not told by %j',
    fields => {
      expect(resetOf(fields)).toBeNull();
    },
  );
});

describe('windows that have not started', () => {
  const idle = {limit_window_seconds: 18_000, used_percent: 1, reset_after_seconds: 18_000};
  it.each([
    ['an untouched window', {}, 'not-started'],
    ['one a rounding away', {reset_after_seconds: 17_998}, 'not-started'],
    ['one without a percentage', {used_percent: null}, 'unknown'],
    ['one that is used', {used_percent: 2}, 'known'],
    ['one that is running', {reset_after_seconds: 17_990}, 'known'],
    ['one without a length', {limit_window_seconds: null}, 'known'],
    ['one with only an instant', {reset_after_seconds: null, reset_at: now / 1000 + 18_000}, 'not-started'],
    ['one without a reset', {reset_after_seconds: null}, 'known'],
  ])('%s is seen for what it is', (_, fields, state) => {
    expect(primary({...idle, ...fields}).windows[0]?.use.state).toBe(state);
  });
});

describe('reached limits', () => {
  const reached = {allowed: true, limit_reached: true, primary_window: {...fiveHours, used_percent: 100}};
  const open = {allowed: true, limit_reached: false};
  const some = {credits: {has_credits: true, unlimited: false, balance: '3'}};
  it.each([
    ['reached', reached, {}, ['limit-reached']],
    ['reached, with credits', reached, some, ['limit-reached-using-credits']],
    [
      'reached, with unlimited credits',
      reached,
      {credits: {unlimited: true}},
      ['limit-reached-using-credits', 'credits-unlimited'],
    ],
    ['stopped in spite of credits', {...reached, allowed: false}, some, ['limit-reached']],
    ['full by percentage alone', {...reached, limit_reached: false}, {}, []],
    [
      'reached, credits capped',
      reached,
      {...some, spend_control: {reached: true}},
      ['limit-reached', 'pool-exhausted: spend'],
    ],
    [
      'reached, and the kind is told',
      reached,
      {rate_limit_reached_type: {type: 'workspace_owner_credits_depleted'}},
      ['limit-reached: workspace owner credits depleted'],
    ],
    [
      'depleted without any rate limit',
      null,
      {rate_limit_reached_type: 'workspace_member_credits_depleted'},
      ['limit-reached: workspace member credits depleted'],
    ],
    ['an unknown kind', null, {rate_limit_reached_type: {type: 'unknown'}}, []],
    ['no kind', open, {rate_limit_reached_type: {type: null}}, []],
    ['a kind against an open limit', open, {rate_limit_reached_type: 'rate_limit_reached'}, ['limit-reached']],
    [
      'a kind against an open limit, with credits',
      open,
      {...some, rate_limit_reached_type: {type: 'rate_limit_reached'}},
      ['limit-reached-using-credits'],
    ],
    [
      'a kind that nobody has seen yet, against an open limit',
      open,
      {rate_limit_reached_type: 'moon_phase_limit_reached'},
      ['limit-reached: moon phase limit reached'],
    ],
    [
      'a limit of the workspace, which credits do not help',
      reached,
      {...some, rate_limit_reached_type: {type: 'workspace_member_usage_limit_reached'}},
      ['limit-reached: workspace member usage limit reached'],
    ],
    ['truth spelled as text', {allowed: 'no', limit_reached: 'yes'}, {}, []],
  ])('%s', (_, limit, rest, expected) => {
    expect(notes(rate(limit, rest))).toEqual(expected);
  });
});

describe('models that are closed', () => {
  const soon = now / 1000 + 9000;
  const closed = (body: object) => parseUsage({rate_limit: null, ...body}, now).notes;
  const banner = {banner_type: 'model_recovery', blocked_model_slug: 'gpt-6-astra', reset_at: soon};
  const note = (text: string, at?: number) => ({code: 'model-closed', text, ...(at === undefined ? {} : {at})});

  it('are named, with the time at which they open where it is told and to come', () => {
    const usage = (available_at: unknown) => ({model_usage: {'gpt-6-astra': {available: false, available_at}}});
    expect(closed(usage(soon))).toEqual([note('gpt-6-astra', soon * 1000)]);
    expect(closed(usage(new Date(soon * 1000).toISOString()))).toEqual([note('gpt-6-astra', soon * 1000)]);
    for (const at of [null, undefined, 0, now / 1000 - 60, 'soon'])
      expect(closed(usage(at))).toEqual([note('gpt-6-astra')]);
  });

  it('are told by the banner as well, once', () => {
    expect(closed({rate_limit_upsell: banner})).toEqual([note('gpt-6-astra', soon * 1000)]);
    const usage = {'gpt-6-astra': {available: false, available_at: null}, 'gpt-7': {available: false}};
    expect(closed({rate_limit_upsell: banner, model_usage: usage})).toEqual([
      note('gpt-6-astra', soon * 1000),
      note('gpt-7'),
    ]);
    expect(closed({rate_limit_upsell: banner, model_usage: {'gpt-6-astra': {available: true}}})).toEqual([]);
  });

  it.each([
    null,
    [],
    'gpt-6',
    {a: null},
    {a: {available: 'no'}},
    {a: {available: true}},
    {a: {}},
    {'\u0000': {available: false}},
  ])('are not invented from %j', model_usage => {
    expect(closed({model_usage, rate_limit_upsell: {banner_type: 'luna_reserve', title: 'Buy more'}})).toEqual([]);
  });

  it('come after what matters more, eight of them at most', () => {
    const usage = Object.fromEntries(Array.from({length: 40}, (_, at) => [`gpt-${at}`, {available: false}]));
    const reading = rate({limit_reached: true}, {model_usage: usage, spend_control: {reached: true}});
    expect(notes(reading).slice(0, 3)).toEqual(['limit-reached', 'pool-exhausted: spend', 'model-closed: gpt-0']);
    expect(notes(reading)).toHaveLength(10);
  });
});

describe('credits', () => {
  it.each([
    ['"9.99"', {balance: '9.99'}, ['credits 9.99 credits']],
    ['a number', {balance: 7}, ['credits 7 credits']],
    ['zero in scientific form', {balance: '0E-10'}, ['credits 0 credits']],
    ['no balance', {balance: null}, []],
    ['a balance that is none', {balance: 'plenty'}, []],
    ['unlimited', {unlimited: true, balance: '0'}, []],
  ])('reads %s', (_, credits, expected) => {
    expect(amounts(parseUsage({credits}, now))).toEqual(expected);
  });

  it('counts reset coupons only when there are some', () => {
    const coupons = (count: unknown) => amounts(parseUsage({rate_limit_reset_credits: {available_count: count}}, now));
    expect(coupons(2)).toEqual(['reset-credits 2 count']);
    expect([coupons(0), coupons(-1), coupons('x'), coupons(null)]).toEqual([[], [], [], []]);
  });
});

describe('spend control', () => {
  const limit = (used: number) => ({limit: '200', used: String(used), reset_at: now / 1000 + 60});
  const spend = (body: object) => lines(parseUsage({credits: null, ...body}, now));

  it('is found in each of its three places, the outermost first', () => {
    const [root, inRate, inControl] = [limit(20), limit(40), limit(60)];
    const control = {spend_control: {individual_limit: inControl}};
    const rated = {rate_limit: {individual_limit: inRate}};
    expect(spend({...control})).toEqual(['spend/monthly 30% 60']);
    expect(spend({...control, ...rated})).toEqual(['spend/monthly 20% 60']);
    expect(spend({...control, ...rated, individual_limit: root})).toEqual(['spend/monthly 10% 60']);
    expect(spend({...control, individual_limit: {limit: null}})).toEqual(['spend/monthly 30% 60']);
  });

  it('resets within a month, by the time left where the clocks differ', () => {
    const reset = (fields: object) =>
      parseUsage({individual_limit: {limit: 9, used: 3, ...fields}}, now).windows[0]?.resetsAt;
    expect(reset({reset_at: now / 1000 + 2_600_000})).toBe(now + 2_600_000_000);
    expect(reset({reset_at: now / 1000 + 9_000_000})).toBeNull();
    expect(reset({reset_at: now / 1000 + 9000, reset_after_seconds: 4000})).toBe(now + 4_000_000);
  });

  it('carries used and limit in credits', () => {
    const {windows} = parseUsage(fixture('team-spend-control'), now);
    expect(windows.at(-1)).toMatchObject({
      pool: 'spend',
      unit: 'credits',
      windowMs: null,
      use: {state: 'known', usedPercent: 4, used: 36.79748725891113, limit: 1000},
    });
  });

  it('counts what is used from what remains', () => {
    const [window] = parseUsage({individual_limit: {limit: 50, remaining: '40'}}, now).windows;
    expect(window?.use).toEqual({state: 'known', usedPercent: 20, used: 10, limit: 50});
  });

  it('does not guess a percentage', () => {
    expect(spend({individual_limit: {limit: '50'}})).toEqual(['spend/monthly unknown -']);
    expect(spend({individual_limit: {used: '50', limit: null}})).toEqual(['spend/monthly unknown -']);
  });

  it.each([null, {}, [], 'none', {limit: 0, used: 0}, {limit: '-1', used_percent: 3}])('shows no cap for %j', value => {
    expect(spend({individual_limit: value, spend_control: {individual_limit: value}})).toEqual([]);
  });

  it('shows what is shared beside what is one’s own', () => {
    const shared = {group_shared_limit: {group_name: 'Team', details: limit(100)}, workspace_shared_limit: limit(180)};
    expect(spend({spend_control: {individual_limit: limit(2), ...shared}})).toEqual([
      'spend/monthly 1% 60',
      'spend-group/monthly 50% 60',
      'spend-workspace/monthly 90% 60',
    ]);
    expect(spend({spend_control: {...shared, group_shared_limit: null}})).toEqual(['spend/monthly 90% 60']);
    expect(spend({spend_control: {group_default_limit: {details: limit(4)}}})).toEqual(['spend/monthly 2% 60']);
  });
});

describe('additional limits', () => {
  const element = (limit_name: unknown, metered_feature: unknown, used = 10) => ({
    limit_name,
    metered_feature,
    rate_limit: {primary_window: {used_percent: used, limit_window_seconds: 18_000}},
  });
  const pools = (...list: unknown[]) => lines(parseUsage({additional_rate_limits: list}, now));

  it.each([
    ['GPT-5.3-Codex-Spark', 'codex_bengalfox', 'spark'],
    ['GPT-5.3-Codex-Spark', undefined, 'spark'],
    [undefined, 'gpt_5_3_codex_spark', 'spark'],
    [undefined, 'codex_spark_preview', 'spark'],
    [null, 'codex_bengalfox', 'spark'],
    ['GPT-5.6-Codex-Max', 'x', 'max'],
    ['GPT-5.5', 'x', 'gpt-5.5'],
    ['Image Maker', 'x', 'image-maker'],
    ['Sparkling', 'x', 'sparkling'],
    ['o4-mini', 'x', 'o4-mini'],
    ['GPT-5 X', 'x', 'gpt-5-x'],
    [7, {}, 'other'],
    ['\u001b[31mRed\u001b[0m\nteam', 'x', 'red-team'],
    ['/', 'x', 'other'],
  ])('calls %j (%j) %s', (name, feature, pool) => {
    expect(pools(element(name, feature))).toEqual([`${pool}/5h 10% -`]);
  });

  it('skips what cannot be read, one by one', () => {
    expect(pools(null, 'x', 7, [], {}, {rate_limit: 'x'}, element('Good', 'good'), {rate_limit: null})).toEqual([
      'good/5h 10% -',
    ]);
    expect(lines(parseUsage({additional_rate_limits: 'unexpected'}, now))).toEqual([]);
  });

  it('shows one feature once, by the first that has a limit', () => {
    const empty = {...element('Spark', 'same'), rate_limit: null};
    expect(pools(empty, element('Spark', 'same', 1), element('Spark again', 'same', 2))).toEqual(['spark/5h 1% -']);
    expect(pools(element('Twin', undefined, 1), element('Twin', undefined, 2))).toEqual(['twin/5h 1% -']);
  });

  it('brings the windows of one feature together, from however many elements', () => {
    const weekly = {used_percent: 70, limit_window_seconds: 604_800};
    const part = (feature: unknown, limit: object, name: unknown = 'Maker') => ({
      limit_name: name,
      metered_feature: feature,
      rate_limit: limit,
    });
    const parts = [element('Maker', 'm'), part('m', {secondary_window: weekly}), part('m', {primary_window: weekly})];
    expect(pools(...parts)).toEqual(['maker/5h 10% -', 'maker/weekly 70% -']);
    expect(pools(...parts.toReversed())).toEqual(['maker/5h 10% -', 'maker/weekly 70% -']);
    expect(pools(element('Maker', 'm'), part(null, {primary_window: weekly}))).toHaveLength(2);
    expect(pools(element('Maker', 'm'), element('Other', 'o'), part('o', {primary_window: weekly}))).toEqual([
      'maker/5h 10% -',
      'other/5h 10% -',
      'other/weekly 70% -',
    ]);
    const unread = part('m', {primary_window: {limit_window_seconds: 604_800}});
    expect(pools(unread, part('m', {primary_window: weekly}))).toEqual(['maker/weekly 70% -']);
  });

  it('says that a pool is used up when any of its elements does', () => {
    const spent = {...element('Maker', 'm'), rate_limit: {limit_reached: true}};
    expect(notes(parseUsage({additional_rate_limits: [element('Maker', 'm'), spent]}, now))).toEqual([
      'pool-exhausted: maker',
    ]);
  });

  it('shows 32 pools at most', () => {
    const many = Array.from({length: 5000}, (_, at) => element(`Maker ${at}`, `m${at}`));
    expect(pools(...many)).toHaveLength(32);
  });

  it('gives different features of one name ids of their own', () => {
    const ids = pools(
      element('GPT-5.3-Codex-Spark', 'a'),
      element('GPT-6-Codex-Spark', 'b'),
      element('GPT-6-Codex-Spark', 'c'),
      element(null, null),
      element(null, null),
      element('Code review', 'd'),
      element('spend', 'e'),
    );
    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(7);
    expect(ids.slice(0, 2)).toEqual(['spark/5h 10% -', 'gpt-6-codex-spark/5h 10% -']);
    expect(ids.some(id => id.startsWith('code-review/') || id.startsWith('spend/'))).toBe(false);
  });

  it('counts the code review pool by the week when no length is told', () => {
    const reading = parseUsage({code_review_rate_limit: {primary_window: {used_percent: 5}}}, now);
    expect(lines(reading)).toEqual(['code-review/weekly 5% -']);
  });
});

describe('plans', () => {
  it.each([
    ['plus', 'Plus'],
    ['prolite', 'Pro 5x'],
    ['pro_lite', 'Pro 5x'],
    ['pro-lite', 'Pro 5x'],
    ['pro', 'Pro 20x'],
    ['free_workspace', 'Free Workspace'],
    ['k12', 'K12'],
    ['pro_20x', 'Pro 20x'],
    ['edu_plus', 'Edu Plus'],
    ['finserv', 'Finserv'],
    ['go', 'Go'],
    ['enterprise_cbp_usage_based', 'Enterprise'],
    ['self_serve_business_usage_based', 'Business'],
    ['Self-Serve Business Usage-Based', 'Business'],
    ['galactic_max', 'Galactic Max'],
    ['\u001b[2Jplus\u0007', 'Plus'],
    ['', null],
    ['\u0000', null],
    [null, null],
    [5, null],
    [{}, null],
  ])('shows %j as %j', (raw, shown) => {
    expect(planName(raw)).toBe(shown);
  });
});

describe('answers that tell nothing', () => {
  const failureOf = (body: unknown): unknown => {
    try {
      return parseUsage(body, now);
    } catch (error) {
      return error;
    }
  };

  it.each([
    {},
    [],
    null,
    'str',
    7,
    true,
    undefined,
    {detail: 'Unauthorized'},
    {error: {}, status: 401},
    {email: 'a@b.c'},
  ])('refuses %j', body => {
    const error = failureOf(body);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({code: 'bad_response', remedy: {code: 'report'}});
  });

  it.each(['x', 7, [], true, {windows: []}, {primary_window: 'x'}])('calls the rate limit %j a change', rate_limit => {
    expect(failureOf({plan_type: 'plus', rate_limit})).toMatchObject({code: 'bad_response', shape: expect.any(String)});
    const reading = parseUsage({rate_limit, credits: {balance: '5'}}, now);
    expect(notes(reading)).toEqual(['skipped-rows']);
    expect(amounts(reading)).toEqual(['credits 5 credits']);
  });

  it('tells the shape of a change, and none of its values', () => {
    const error = failureOf({rate_limit: {windows: ['secret text']}, account_id: 'secret id'});
    expect(error).toMatchObject({shape: '{rate_limit: {windows: [string]}, account_id: string}'});
  });

  it.each([
    {rate_limit: null},
    {rate_limit: {}},
    {rate_limit: {allowed: true, limit_reached: false, primary_window: null, secondary_window: null}},
    {additional_rate_limits: 'unexpected'},
    {plan_type: 'plus', credits: null},
  ])('reads %j as empty', body => {
    expect(parseUsage(body, now)).toMatchObject({windows: [], amounts: [], notes: []});
  });

  it('reads credits alone as a good answer', () => {
    expect(amounts(parseUsage({rate_limit: null, credits: {has_credits: true, balance: '2.5'}}, now))).toEqual([
      'credits 2.5 credits',
    ]);
  });
});
