import {describe, expect, it} from 'vitest';
import {parseModels, parseUserQuota} from '../../../src/providers/google/parse-models.ts';
import {at, day, failureOf, fixture, hour, lines} from './support.ts';

const now = at('2026-10-07T12:00:00Z');
const later = '2026-10-07T15:12:00.000Z';
const earlier = '2026-10-07T09:00:00.000Z';
const quota = (remainingFraction?: unknown, resetTime: unknown = later) => ({
  quotaInfo: {remainingFraction, resetTime},
});
const read = (models: unknown, rest: object = {}): string[] =>
  lines(parseModels({models, ...rest}, {now, isFree: false})?.windows ?? []);
const novemberNow = at('2026-11-27T09:00:00Z');

describe('the answer per model', () => {
  it('is pooled by its tightest model', () => {
    expect(lines(parseModels(fixture('models-normal'), {now, isFree: false})?.windows ?? [])).toEqual([
      `gemini/5h known 20 ${later}`,
      'claude-gpt/5h known 75 2026-10-07T13:40:00.000Z',
    ]);
  });

  it('names every model in the notes and as a share of its pool', () => {
    const reading = parseModels(fixture('models-normal'), {now, isFree: false});
    expect(reading?.notes).toEqual([
      {code: 'model', text: 'Gemini 3.1 Pro (High)', percent: 20},
      {code: 'model', text: 'Gemini 3.7 Flash (High)', percent: 20},
      {code: 'model', text: 'Claude Opus 4.6 (Thinking)', percent: 75},
      {code: 'model', text: 'GPT-OSS 120B (Medium)', percent: 75},
    ]);
    expect(reading?.windows[1]?.shares).toEqual([
      {name: 'Claude Opus 4.6 (Thinking)', value: 75, unit: 'percent'},
      {name: 'GPT-OSS 120B (Medium)', value: 75, unit: 'percent'},
    ]);
  });

  it('may stand inside a response', () => {
    expect(parseModels({response: fixture('models-normal')}, {now, isFree: false})?.windows).toHaveLength(2);
  });

  it('may name no model at all', () => {
    expect(parseModels(fixture('models-empty'), {now, isFree: false})).toMatchObject({
      windows: [],
      notes: [],
      isAllFull: false,
    });
  });

  it.each([[{}], [null], [{models: []}], ['models'], [{groups: []}]])('is not %j', body =>
    expect(parseModels(body, {now, isFree: false})).toBeNull(),
  );

  it('is a changed answer when no model in it can be read', async () => {
    expect((await failureOf(() => parseModels({models: {a: 1}}, {now, isFree: false}))).code).toBe('bad_response');
  });
});

describe('the length of a limit that is told per model', () => {
  const inMs = (ms: number) => new Date(now + ms).toISOString();

  it('is known by how far off the reset is: the week that is spent is not called five hours', () => {
    const reading = parseModels(fixture('models-week-spent'), {now: novemberNow, isFree: false});
    expect(lines(reading?.windows ?? [])).toEqual([
      'claude-gpt/weekly known 100 2026-12-01T09:00:00.000Z',
      'gemini/5h known 50 2026-11-27T11:00:00.000Z',
    ]);
    expect(reading?.windows.map(({windowMs}) => windowMs)).toEqual([7 * day, 5 * hour]);
  });

  it.each([
    [hour, '5h'],
    [5 * hour + 60_000, '5h'],
    [6 * hour, 'weekly'],
    [7 * day, 'weekly'],
    [20 * day, 'monthly'],
  ])('with a reset in %d ms is %s, also for a pool that nobody knows', (ms, length) => {
    expect(read({'grok-5': quota(0.4, inMs(ms))})).toEqual([`other/${length} known 60 ${inMs(ms)}`]);
  });

  it('is that of the tightest model, with its own reset', () => {
    const models = {'gemini-a': quota(0.2, inMs(3 * day)), 'gemini-b': quota(0.6, inMs(hour)), 'gemini-c': quota(0.9)};
    expect(read(models)).toEqual([`gemini/weekly known 80 ${inMs(3 * day)}`]);
    expect(read({...models, 'gemini-b': quota(0.1, inMs(hour))})).toEqual([`gemini/5h known 90 ${inMs(hour)}`]);
  });

  it('is that of the reset further off where two models are equally tight: until then the pool is not free', () => {
    const models = {'gemini-a': quota(0, inMs(hour)), 'gemini-b': quota(0, inMs(2 * day)), 'gemini-c': quota(0, '')};
    expect(read(models)).toEqual([`gemini/weekly known 100 ${inMs(2 * day)}`]);
  });

  it('is five hours where no reset is told', () => {
    expect(read({'gemini-a': quota(0.5, null)})).toEqual(['gemini/5h known 50']);
  });
});

describe('a model without a fraction', () => {
  it('is unknown on the free tier, whose answers leave it out of what nobody used', () => {
    const reading = parseModels(fixture('models-free'), {now: novemberNow, isFree: true});
    expect(lines(reading?.windows ?? [])).toEqual([
      'claude-gpt/weekly unknown not reported 2026-12-01T09:00:00.000Z',
      'gemini/5h known 30 2026-11-27T11:00:00.000Z',
    ]);
    expect(reading?.notes).toContainEqual({code: 'model', text: 'Claude Sonnet 4.6'});
  });

  it('is spent on the free tier when the flag says so', () => {
    const models = {'gemini-a': {quotaInfo: {isExhausted: true, resetTime: later}}};
    expect(lines(parseModels({models}, {now, isFree: true})?.windows ?? [])).toEqual([`gemini/5h known 100 ${later}`]);
  });

  it.each([
    ['is spent when its reset is still to come', quota(), `gemini/5h known 100 ${later}`],
    ['is spent when the flag says so', {quotaInfo: {isExhausted: true}}, 'gemini/5h known 100'],
    ['is unknown when its reset is past', quota(undefined, earlier), `gemini/5h unknown not reported ${earlier}`],
    ['is unknown when no reset is told', {quotaInfo: {}}, 'gemini/5h unknown not reported'],
    ['is unknown when it has no quota', {}, 'gemini/5h unknown not reported'],
    [
      'is unknown when the fraction is none',
      quota(7),
      `gemini/5h unknown reported as a fraction outside 0 to 1 ${later}`,
    ],
  ])('%s', (_, model, expected) => expect(read({'gemini-3-flash': model})).toEqual([expected]));

  it('does not hide a model that has one', () => {
    expect(read({'gemini-a': {}, 'gemini-b': quota(0.3)})).toEqual([`gemini/5h known 70 ${later}`]);
  });
});

describe('pools', () => {
  it.each([
    ['gemini-3.1-pro-high', {}, 'gemini'],
    ['claude-sonnet-4-6', {}, 'claude-gpt'],
    ['gpt-oss-120b-medium', {}, 'claude-gpt'],
    ['x', {displayName: 'Opus 5'}, 'claude-gpt'],
    ['x', {label: 'Haiku'}, 'claude-gpt'],
    ['x', {modelProvider: 'MODEL_PROVIDER_GOOGLE'}, 'gemini'],
    ['x', {modelProvider: 'MODEL_PROVIDER_OPENAI'}, 'claude-gpt'],
    ['x', {}, 'other'],
  ])('%s %j belongs to %s', (id, entry, pool) => {
    expect(read({[id]: {...entry, ...quota(0.5)}})).toEqual([`${pool}/5h known 50 ${later}`]);
  });
});

describe('hidden models', () => {
  it.each([
    ['chat_20706', {}],
    ['tab_flash_lite_preview', {}],
    ['rev19-gemini', {}],
    ['gemini-mquery', {}],
    ['gemini-2.5-flash-lite', {}],
    ['gemini-3-pro-image', {}],
    ['gemini-x', {isInternal: true}],
    ['gemini-x', {disabled: true}],
    ['gemini-x', {model: 'MODEL_CHAT_23310'}],
    ['gemini-x', {model: 'MODEL_GOOGLE_GEMINI_2_5_PRO'}],
    ['claude-opus-4-5-thinking', {}],
  ])('%s %j does not count', (id, entry) => {
    const models = {[id]: {...entry, ...quota(0)}, 'gemini-3-flash': quota(0.5)};
    expect(read(models, {deprecatedModelIds: ['claude-opus-4-5-thinking']})).toEqual([`gemini/5h known 50 ${later}`]);
  });

  const menu = (...modelIds: string[]) => ({agentModelSorts: [{displayName: 'Recommended', groups: [{modelIds}]}]});

  it('are all but those on the menu, when there is one', () => {
    const models = {'gemini-3.5-flash-lite': quota(0.5), 'gemini-3-flash': quota(0)};
    expect(read(models, menu('gemini-3.5-flash-lite', 'gemini-9'))).toEqual([`gemini/5h known 50 ${later}`]);
  });

  it('are those of the rules when the menu names none that is there', () => {
    expect(read({'gemini-3-flash': quota(0.5)}, menu('gemini-9'))).toEqual([`gemini/5h known 50 ${later}`]);
  });
});

describe('an answer in which everything is full', () => {
  it('is marked, because it may mean no more than that the models exist', () => {
    const full = {'gemini-a': quota(1, at(later) / 1000), 'claude-b': quota(1, undefined), 'gemini-c': {}};
    expect(parseModels({models: full}, {now, isFree: false})?.isAllFull).toBe(true);
    expect(parseModels({models: {...full, 'gpt-d': quota(0.9)}}, {now, isFree: false})?.isAllFull).toBe(false);
    expect(parseModels({models: {'gemini-c': {}}}, {now, isFree: false})?.isAllFull).toBe(false);
  });

  it('is not started where the reset slides along', () => {
    const slides = (ms: number) => new Date(now + ms).toISOString();
    const models = {
      'gemini-a': quota(1, slides(5 * hour)),
      'claude-b': quota(1, later),
      'grok-c': quota(1, slides(7 * day)),
    };
    expect(read(models)).toEqual([
      'gemini/5h not-started',
      `claude-gpt/5h known 0 ${later}`,
      'other/weekly not-started',
    ]);
  });
});

describe('the oldest answer', () => {
  const row = (modelId: unknown, remainingFraction?: unknown) => ({modelId, remainingFraction, resetTime: later});

  it('is read like the one per model', () => {
    const reading = parseUserQuota(fixture('user-quota'), now);
    expect(lines(reading?.windows ?? [])).toEqual(['gemini/weekly known 40 2026-10-08T07:00:00.000Z']);
    expect(reading?.notes).toEqual([{code: 'model', text: 'gemini-2.5-pro', percent: 40}]);
  });

  it('counts several rows of a model as the lowest', () => {
    const buckets = [row('gemini-3-pro', 0.9), row('gemini-3-pro', 0.2), row('gemini-3-pro'), row('claude-x', 1)];
    expect(lines(parseUserQuota({buckets}, now)?.windows ?? [])).toEqual([
      `gemini/5h known 80 ${later}`,
      `claude-gpt/5h known 0 ${later}`,
    ]);
  });

  it('counts the tightest row of a model, with the length of that row', () => {
    expect(lines(parseUserQuota(fixture('user-quota-week-spent'), novemberNow)?.windows ?? [])).toEqual([
      'claude-gpt/weekly known 90 2026-12-01T09:00:00.000Z',
      'other/weekly known 60 2026-11-30T09:00:00.000Z',
    ]);
  });

  it('never takes a missing fraction for a number', () => {
    expect(lines(parseUserQuota({buckets: [row('gemini-3-pro')]}, now)?.windows ?? [])).toEqual([
      `gemini/5h unknown not reported ${later}`,
    ]);
  });

  it('may be empty, may be something else, may be broken', async () => {
    expect(parseUserQuota({buckets: []}, now)?.windows).toEqual([]);
    expect(parseUserQuota({}, now)).toBeNull();
    expect((await failureOf(() => parseUserQuota({buckets: [1, {}]}, now))).code).toBe('bad_response');
  });
});
