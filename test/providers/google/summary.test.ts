import {describe, expect, it} from 'vitest';
import {parseSummary} from '../../../src/providers/google/parse-summary.ts';
import {at, day, failureOf, fixture, hour, lines} from './support.ts';

const now = at('2026-09-24T11:11:03Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const read = (body: unknown): string[] => lines(parseSummary(body, now)?.windows ?? []);
const bucket = (bucketId: string, rest: object = {}): object => ({bucketId, remainingFraction: 0.5, ...rest});
const group = (...buckets: unknown[]) => ({groups: [{displayName: 'Gemini Models', buckets}]});

describe('the samples', () => {
  it('reads a normal summary: used, and not started where the reset slides along', () => {
    expect(read(fixture('summary-normal'))).toEqual([
      'gemini/weekly known 0.002426 2026-09-30T07:50:22.000Z',
      'gemini/5h not-started',
      'claude-gpt/weekly known 50 2026-09-29T02:10:00.000Z',
      'claude-gpt/5h not-started',
    ]);
  });

  it('reads a spent pool, and a limit that is not in force as unknown', () => {
    const windows = parseSummary(fixture('summary-exhausted'), at('2026-10-07T12:00:00Z'))?.windows ?? [];
    expect(lines(windows)).toEqual([
      'gemini/5h known 100 2026-10-07T15:00:00.000Z',
      'gemini/weekly known 62.13 2026-10-12T09:00:00.000Z',
      'claude-gpt/weekly known 100 2026-10-11T21:03:41.000Z',
      'claude-gpt/5h unknown not in force at the moment',
    ]);
    expect(windows.map(({windowMs}) => windowMs)).toEqual([5 * hour, 7 * day, 7 * day, 5 * hour]);
    expect(windows.map(({pool}) => pool)).toEqual(['gemini', 'gemini', 'claude-gpt', 'claude-gpt']);
  });

  it('reads plans that have no five hours', () => {
    expect(lines(parseSummary(fixture('summary-weekly-only'), at('2026-11-27T09:00:00Z'))?.windows ?? [])).toEqual([
      'gemini/weekly not-started',
      'claude-gpt/weekly known 60 2026-11-29T09:00:00.000Z',
    ]);
  });

  it('takes an empty summary for an answer', () => {
    expect(parseSummary(fixture('summary-empty'), now)).toEqual({plan: null, windows: [], amounts: [], notes: []});
  });

  it.each([[{}], [{response: {}}], [{groups: null}], [null], ['groups'], [[]], [{models: {}}]])(
    'does not take %j for a summary',
    body => expect(parseSummary(body, now)).toBeNull(),
  );
});

describe('envelopes', () => {
  const inner = group(bucket('gemini-5h'));
  it.each([
    ['none', inner],
    ['response', {response: inner}],
    ['summary', {summary: inner}],
    ['quotaSummary', {quotaSummary: inner}],
    ['two of them', {response: {quotaSummary: inner}}],
    ['buckets without groups', {buckets: [bucket('gemini-5h')]}],
    ['buckets in a response', {response: {buckets: [bucket('gemini-5h')]}}],
  ])('are opened: %s', (_, body) => expect(read(body)).toEqual(['gemini/5h known 50']));
});

describe('what is left', () => {
  it.each([
    [{remainingFraction: 0.78}, 'known 22'],
    [{remainingFraction: '0.25'}, 'known 75'],
    [{remaining_fraction: 0.1}, 'known 90'],
    [{remaining: {remainingFraction: 0.4}}, 'known 60'],
    [{remaining: {case: 'remainingFraction', value: 0.4}}, 'known 60'],
    [{remaining: {case: 'remainingAmount', value: '400'}}, 'unknown not reported'],
    [{remainingFraction: 0}, 'known 100'],
    [{}, 'unknown not reported'],
    [{remainingFraction: null}, 'unknown not reported'],
    [{remainingAmount: '600'}, 'unknown not reported'],
    [{remainingFraction: 3.5}, 'unknown reported as a fraction outside 0 to 1'],
    [{remainingFraction: -0.1}, 'unknown reported as a fraction outside 0 to 1'],
    [{remainingFraction: 'NaN'}, 'unknown reported as a fraction outside 0 to 1'],
    [{remainingFraction: true}, 'unknown reported as a fraction outside 0 to 1'],
    [{disabled: true, remainingFraction: 0.4}, 'unknown not in force at the moment'],
  ])('%j is %s', (told, expected) => {
    expect(read(group({bucketId: 'gemini-weekly', ...told}))).toEqual([`gemini/weekly ${expected}`]);
  });
});

describe('resets', () => {
  const moment = '2026-09-24T13:00:00.000Z';
  it.each([moment, at(moment) / 1000, String(at(moment) / 1000), at(moment), {seconds: String(at(moment) / 1000)}])(
    'are understood as %j',
    resetTime => expect(read(group(bucket('gemini-5h', {resetTime})))).toEqual([`gemini/5h known 50 ${moment}`]),
  );

  it.each(['', 0, 'soon', null, -5])('are not told by %j', resetTime =>
    expect(read(group(bucket('gemini-5h', {resetTime})))).toEqual(['gemini/5h known 50']),
  );

  it.each([
    ['a delay in place of a date', {resetTime: '5400s'}],
    ['seconds to wait', {resetInSeconds: 5400}],
    [
      'seconds to wait beside a date that says nearly the same',
      {reset_in_seconds: 5200, resetTime: iso(now + 5400_000)},
    ],
    ['seconds to wait beside a date of another clock', {reset_in_seconds: '5400', resetTime: iso(now + 4 * hour)}],
  ])('may be told as %s', (_, told) =>
    expect(read(group(bucket('gemini-5h', told)))).toEqual([`gemini/5h known 50 ${iso(now + 5400_000)}`]),
  );

  it('beyond the length of the limit are impossible, and so not told', () => {
    const of = (id: string, ms: number) => read(group(bucket(id, {resetTime: iso(now + ms)})));
    expect(of('gemini-5h', 6 * day)).toEqual(['gemini/5h known 50']);
    expect(of('gemini-weekly', 40 * day)).toEqual(['gemini/weekly known 50']);
    expect(of('gemini-weekly', 7 * day)).toEqual([`gemini/weekly known 50 ${iso(now + 7 * day)}`]);
    const full = {remainingFraction: 1, resetTime: iso(now + 6 * day)};
    expect(read(group(bucket('gemini-5h', full)))).toEqual(['gemini/5h known 0']);
  });
});

describe('a length of zero', () => {
  it.each([0, '0', '0s', '0h', '0 days', '0h0m'])('(%j) is a limit that is switched off: it has no row', window => {
    const off = bucket('gemini-5h', {window, resetTime: iso(now)});
    const reading = parseSummary(group(off, bucket('gemini-weekly')), now);
    expect(lines(reading?.windows ?? [])).toEqual(['gemini/weekly known 50']);
    expect(reading?.notes).toEqual([]);
    expect(parseSummary(group(off), now)?.windows).toEqual([]);
  });
});

describe('a row per model', () => {
  const november = at('2026-11-27T09:00:00Z');
  const inDays = (days: number) => ({resetTime: iso(now + days * day)});

  it('is pooled: the tightest model decides, its reset tells the length, and the models stand under the notes', () => {
    const reading = parseSummary(fixture('summary-per-model'), november);
    expect(lines(reading?.windows ?? [])).toEqual([
      'gemini/weekly known 80 2026-12-03T09:00:00.000Z',
      'claude-gpt/weekly known 10 2026-12-02T09:00:00.000Z',
    ]);
    expect(reading?.windows.map(({windowMs}) => windowMs)).toEqual([7 * day, 7 * day]);
    expect(reading?.windows[0]?.shares).toEqual([
      {name: 'Gemini 3.5 Flash (Medium)', value: 50, unit: 'percent'},
      {name: 'Gemini 3.1 Pro (Low)', value: 80, unit: 'percent'},
    ]);
    expect(reading?.notes).toEqual([
      {code: 'model', text: 'Gemini 3.5 Flash (Medium)', percent: 50},
      {code: 'model', text: 'Gemini 3.1 Pro (Low)', percent: 80},
      {code: 'model', text: 'Claude Sonnet 4.6', percent: 0},
      {code: 'model', text: 'GPT-OSS 120B (Medium)', percent: 10},
    ]);
  });

  it.each([
    ['gemini-pro-agent', 'gemini'],
    ['claude-opus-5', 'claude-gpt'],
    ['gpt-oss-120b-medium', 'claude-gpt'],
  ])('is known by its name: %s', (id, pool) => {
    expect(read(group(bucket(id, inDays(2))))).toEqual([`${pool}/weekly known 50 ${iso(now + 2 * day)}`]);
    expect(read(group(bucket(id, {resetTime: iso(now + hour)})))).toEqual([`${pool}/5h known 50 ${iso(now + hour)}`]);
  });

  it('may say that it does not say for which length it stands', () => {
    const rows = ['', null, 'WINDOW_UNSPECIFIED'].map(window => bucket('gemini-3-flash', {window, ...inDays(2)}));
    for (const row of rows) expect(read(group(row))).toEqual([`gemini/weekly known 50 ${iso(now + 2 * day)}`]);
  });

  it('may be that of a model which nobody knows, among others', () => {
    const rows = group(bucket('gemini-3-flash', inDays(2)), bucket('grok-5', {displayName: 'Grok 5', ...inDays(3)}));
    expect(read(rows)).toEqual([
      `gemini/weekly known 50 ${iso(now + 2 * day)}`,
      `other/weekly known 50 ${iso(now + 3 * day)}`,
    ]);
  });

  it('never counts a fraction that is left out as spent', () => {
    const rows = group({bucketId: 'gemini-3-flash', ...inDays(2)}, bucket('claude-x', inDays(2)));
    expect(read(rows)).toEqual([
      `gemini/weekly unknown not reported ${iso(now + 2 * day)}`,
      `claude-gpt/weekly known 50 ${iso(now + 2 * day)}`,
    ]);
  });

  it('is left out of the pool when it is a picture model or not in force', () => {
    const rows = [bucket('gemini-3-pro-image', {remainingFraction: 0}), bucket('gemini-4', {disabled: true})];
    expect(read(group(bucket('gemini-3-flash', inDays(2)), ...rows))).toEqual([
      `gemini/weekly known 50 ${iso(now + 2 * day)}`,
    ]);
  });

  it('shares its window with a bucket for the same length: the tighter figure stands', () => {
    const model = (remainingFraction: number) => bucket('gemini-3-flash', {remainingFraction, ...inDays(2)});
    expect(read(group(bucket('gemini-weekly'), model(0.9)))).toEqual(['gemini/weekly known 50']);
    expect(read(group(bucket('gemini-weekly'), model(0.1)))).toEqual([`gemini/weekly known 90 ${iso(now + 2 * day)}`]);
  });
});

describe('a row of an unknown pool without a length', () => {
  it('has the length that its reset tells', () => {
    const of = (ms: number) => read(group(bucket('grok', {resetTime: iso(now + ms)})));
    expect(of(3 * day)).toEqual([`grok/weekly known 50 ${iso(now + 3 * day)}`]);
    expect(of(hour)).toEqual([`grok/5h known 50 ${iso(now + hour)}`]);
    expect(read(group(bucket('gemini-image', {resetTime: iso(now + day)})))).toEqual([
      `gemini-image/weekly known 50 ${iso(now + day)}`,
    ]);
  });

  it('has the name of its title where no reset is told, but not its own name twice', () => {
    expect(read(group(bucket('grok', {displayName: 'Thinking'})))).toEqual(['grok/thinking known 50']);
    expect(read(group(bucket('grok', {displayName: 'Grok'})))).toEqual(['grok/limit known 50']);
  });
});

describe('a bucket that is told twice', () => {
  it('is one limit, and stands where the tighter figure says', () => {
    const november = at('2026-11-27T09:00:00Z');
    expect(lines(parseSummary(fixture('summary-bucket-twice'), november)?.windows ?? [])).toEqual([
      'gemini/weekly known 70 2026-12-01T09:00:00.000Z',
    ]);
  });

  it.each([
    ['in another order', [bucket('gemini-5h', {remainingFraction: 0.1}), bucket('gemini-5h')], 'gemini/5h known 90'],
    [
      'under two names of one pool',
      [bucket('3p-5h'), bucket('other-5h', {remainingFraction: 0})],
      'claude-gpt/5h known 100',
    ],
    ['of a pool that nobody knows', [bucket('x-5h'), bucket('X-5h', {remainingFraction: 0.2})], 'x/5h known 80'],
    [
      'without a length and with two resets',
      [bucket('x', {resetTime: iso(now + hour)}), bucket('x', {remainingFraction: 0, resetTime: iso(now + 2 * day)})],
      `x/weekly known 100 ${iso(now + 2 * day)}`,
    ],
    ['once without a figure', [{bucketId: 'gemini-5h'}, bucket('gemini-5h')], 'gemini/5h known 50'],
    ['once switched off', [bucket('gemini-5h', {disabled: true}), bucket('gemini-5h')], 'gemini/5h known 50'],
    [
      'with one figure and two resets',
      [bucket('gemini-5h', {resetTime: iso(now + hour)}), bucket('gemini-5h', {resetTime: iso(now + 2 * hour)})],
      `gemini/5h known 50 ${iso(now + 2 * hour)}`,
    ],
  ])('%s', (_, buckets, line) => {
    expect(read(group(...buckets))).toEqual([line]);
    expect(read({groups: buckets.map(one => ({displayName: 'Any', buckets: [one]}))})).toEqual([line]);
  });
});

describe('a full window', () => {
  it.each([
    ['gemini-5h', undefined, 'not-started'],
    ['gemini-5h', now + 5 * hour, 'not-started'],
    ['gemini-5h', now + 5 * hour + 60_000, 'not-started'],
    ['gemini-5h', now + 4 * hour, `known 0 ${iso(now + 4 * hour)}`],
    ['gemini-weekly', now + 7 * day, 'not-started'],
    ['gemini-weekly', now + 7 * day - 24 * 60_000, `known 0 ${iso(now + 7 * day - 24 * 60_000)}`],
    ['gemini-weekly', now + 5 * hour, `known 0 ${iso(now + 5 * hour)}`],
  ])('%s that resets at %s is %s', (id, resetsAt, expected) => {
    const resetTime = resetsAt === undefined ? undefined : iso(resetsAt);
    expect(read(group(bucket(id, {remainingFraction: 1, resetTime})))[0]).toMatch(new RegExp(`${expected}$`));
  });

  it('is not started only when it is quite full', () => {
    expect(read(group(bucket('gemini-5h', {remainingFraction: 0.9999})))).toEqual(['gemini/5h known 0.01']);
  });
});

describe('names', () => {
  it.each([
    [{bucketId: 'gemini-5h'}, 'gemini/5h'],
    [{bucketId: '3p-weekly'}, 'claude-gpt/weekly'],
    [{bucketId: 'other-5h'}, 'claude-gpt/5h'],
    [{bucketId: 'gemini-image-5h', displayName: 'Gemini 5-hour'}, 'gemini-image/5h'],
    [{bucketId: 'd', window: '5h'}, 'd/5h'],
    [{id: 'gemini-x', window: 'session'}, 'gemini-x/5h'],
    [{bucketId: 'gemini', window: '5-hour'}, 'gemini/5h'],
    [{bucketId: 'gemini', displayName: 'Five Hour Limit'}, 'gemini/5h'],
    [{bucketId: 'gemini', displayName: 'Weekly'}, 'gemini/weekly'],
    [{bucketId: 'gemini-daily'}, 'gemini/1d'],
    [{bucketId: 'gemini', window: '18000s'}, 'gemini/5h'],
    [{bucketId: 'gemini', window: '5h0m0s'}, 'gemini/5h'],
    [{bucketId: 'gemini', window: '168h'}, 'gemini/weekly'],
    [{bucketId: 'gemini-monthly'}, 'gemini/monthly'],
    [{bucketId: 'gemini', window: 'fortnight'}, 'gemini/fortnight'],
    [{displayName: 'Weekly Limit'}, 'gemini/weekly'],
    [{bucketId: 'a\u001b[31m/b', window: '5h'}, 'a-31m-b/5h'],
  ])('%j is called %s', (told, id) => {
    expect(parseSummary(group({remainingFraction: 0.5, ...told}), now)?.windows[0]?.id).toBe(id);
  });

  it('never merges strangers: a known bucket keeps the plain id, a row that would share it gets a number', () => {
    const stranger = (displayName: string) => ({displayName, window: '5h', remainingFraction: 0.9});
    const body = group(stranger('Five hours'), bucket('gemini-5h'), stranger('Images'));
    expect(read(body)).toEqual(['gemini/5h-2 known 10', 'gemini/5h known 50', 'gemini/5h-3 known 10']);
  });

  it('takes the pool of a row without an id from its group', () => {
    const buckets = [{window: '5h', remainingFraction: 0.5}];
    const names = ['Gemini Models', 'Claude and other models', 'Images', undefined];
    const body = {groups: names.map(displayName => ({displayName, buckets}))};
    expect(parseSummary(body, now)?.windows.map(({pool}) => pool)).toEqual(['gemini', 'claude-gpt', 'images', 'other']);
  });
});

describe('broken rows', () => {
  it('hide no other row, and are counted', () => {
    const reading = parseSummary({groups: [null, {buckets: [7, bucket('gemini-5h')]}, {buckets: 'x'}, {}]}, now);
    expect(lines(reading?.windows ?? [])).toEqual(['gemini/5h known 50']);
    expect(reading?.notes).toEqual([{code: 'skipped-rows'}]);
  });

  it('are a changed answer when nothing else is there', async () => {
    const failure = await failureOf(() => parseSummary({groups: [{buckets: ['a', 3]}]}, now));
    expect([failure.code, failure.remedy?.code]).toEqual(['bad_response', 'report']);
    expect(failure.shape).toContain('groups');
  });
});
