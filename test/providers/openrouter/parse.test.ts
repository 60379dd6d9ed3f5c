import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Reading, type Window} from '../../../src/core/model.ts';
import {parseCredits} from '../../../src/providers/openrouter/credits.ts';
import {parseKey} from '../../../src/providers/openrouter/parse.ts';

/** A Friday. */
const now = Date.UTC(2026, 10, 27, 20);
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/openrouter/${name}.json`, import.meta.url), 'utf8'));
const read = (data: object) => parseKey({data}, now);
const useIn = (data: object): Window['use'] | undefined => read(data).windows[0]?.use;
const amountsOf = ({amounts}: Reading) => amounts.map(({id, value, unit}) => `${id} ${value} ${unit}`);
const codesOf = ({notes}: Reading) => notes.map(({code}) => code);

describe('what OpenRouter says of a key', () => {
  it('with a monthly cap', () => {
    const reading = parseKey(fixture('key-monthly-cap'), now);
    expect(reading.windows).toEqual([
      {
        id: 'key/monthly',
        pool: 'key',
        windowMs: 30 * 86_400_000,
        resetsAt: Date.UTC(2026, 11, 1),
        use: {state: 'known', usedPercent: 75.2, used: 37.6, limit: 50},
        unit: 'usd',
      },
    ]);
    expect(amountsOf(reading)).toEqual(['spend 37.6 usd', 'spend/daily 0.42 usd', 'spend/weekly 3.9 usd']);
    expect(codesOf(reading)).toEqual(['openrouter/this-month']);
    // A masked key is no name.
    expect(reading).not.toHaveProperty('label');
  });

  it('with a weekly cap, and the spend on own keys beside it', () => {
    const reading = parseKey(fixture('key-weekly-cap'), now);
    const use = {state: 'known', used: 8.5, limit: 30};
    expect(reading.windows).toMatchObject([{id: 'key/weekly', resetsAt: Date.UTC(2026, 10, 30), use}]);
    expect(amountsOf(reading)).toEqual([
      ...['spend 24.9 usd', 'spend/daily 1.1 usd', 'spend/weekly 8.5 usd', 'spend/own-keys 1.2 usd'],
    ]);
  });

  it('without a cap, on the free tier', () => {
    const reading = parseKey(fixture('key-no-cap-free-tier'), now);
    expect(reading.windows).toEqual([
      {
        id: 'free/1d',
        pool: 'free',
        windowMs: 86_400_000,
        resetsAt: Date.UTC(2026, 10, 28),
        use: {state: 'known', usedPercent: 76, used: 38, limit: 50},
        unit: 'requests',
      },
    ]);
    expect(amountsOf(reading)[0]).toBe('spend 0 usd');
    expect(reading.notes).toContainEqual({code: 'openrouter/expires', at: Date.UTC(2027, 2, 1)});
    expect(reading.label).toBe('laptop');
  });

  it('with more spent than its daily cap allows', () => {
    expect(parseKey(fixture('key-daily-cap-gone'), now).windows).toMatchObject([
      {
        id: 'key/1d',
        resetsAt: Date.UTC(2026, 10, 28),
        use: {state: 'known', usedPercent: 100.6, used: 5.03, limit: 5},
      },
    ]);
  });

  it('from a server that tells less', () => {
    const reading = parseKey(fixture('key-old-server'), now);
    const use = {state: 'known', usedPercent: 25, used: 5, limit: 20};
    expect(reading.windows).toMatchObject([{id: 'key/total', windowMs: null, resetsAt: null, use}]);
    expect([amountsOf(reading), codesOf(reading)]).toEqual([['spend 5 usd'], ['openrouter/all-time']]);
  });

  it('with a cap that is no number: unknown, and the spend stands', () => {
    const reading = parseKey(fixture('key-malformed-limit'), now);
    expect(reading.windows).toMatchObject([
      {id: 'key/total', use: {state: 'unknown', why: 'the limit was not a number'}},
    ]);
    expect(amountsOf(reading)).toEqual(['spend 3.5 usd']);
  });

  it('when it says nothing', () => {
    expect(outcomeOf({reading: parseKey(fixture('key-empty'), now), failure: null})).toBe('ok_empty');
  });

  it.each([
    ['no data', {}],
    ['a list', {data: []}],
    ['null', {data: null}],
    ['a text', 'x'],
    ['nothing', null],
  ])('is bad_response with %s for its data', (_, body) => {
    expect(() => parseKey(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });
});

describe('the cap of a key', () => {
  it.each([
    ['of nothing is used up', {limit: 0}, {state: 'known', usedPercent: 100, limit: 0}],
    ['too small for its use is unknown', {limit: 1e-320, limit_remaining: -1}, {state: 'unknown'}],
    ['that was raised counts nothing', {limit: 5, limit_remaining: 7}, {state: 'known', usedPercent: 0, used: 0}],
    ['in texts is read', {limit: '20', limit_remaining: '5'}, {state: 'known', usedPercent: 75, used: 15}],
    ['below nothing is unknown', {limit: -1, limit_remaining: 0}, {state: 'unknown'}],
    ['of which nothing is told is unknown', {limit: 5}, {state: 'unknown'}],
    ['takes what its own week spent', {limit: 10, limit_reset: 'weekly', usage: 90, usage_weekly: 4}, {used: 4}],
    ['that resets ignores all time’s spend', {limit: 10, limit_reset: 'monthly', usage: 90}, {state: 'unknown'}],
    ['with a word unknown yet ignores it too', {limit: 10, limit_reset: 'yearly', usage: 9}, {state: 'unknown'}],
    ['adds the spend on own keys', {limit: 10, usage: 1, byok_usage: 2, include_byok_in_limit: true}, {used: 3}],
    ['too small to be counted in is unknown', {limit: 1e-300, limit_remaining: -1e300}, {state: 'unknown'}],
    ['waits for that spend', {limit: 10, usage: 1, include_byok_in_limit: true}, {state: 'unknown'}],
  ])('%s', (_, data, use) => {
    expect(useIn(data)).toMatchObject(use);
  });

  it('that is not there is no window', () => {
    expect(read({limit: null, usage: 5}).windows).toEqual([]);
    expect(read({usage: 5}).windows).toEqual([]);
  });

  it.each([
    ['2026-11-27T20:00:00Z', '2026-11-30'],
    ['2026-11-29T23:59:59Z', '2026-11-30'],
    ['2026-11-30T00:00:00Z', '2026-12-07'],
    ['2026-12-31T12:00:00Z', '2027-01-04'],
  ])('of a week begins on Monday: at %s it resets on %s', (at, resets) => {
    const [window] = parseKey({data: {limit: 1, limit_remaining: 1, limit_reset: 'weekly'}}, Date.parse(at)).windows;
    expect(window?.resetsAt).toBe(Date.parse(resets));
  });

  it('of a month is as long as the month, over the turn of the year too', () => {
    const data = {limit: 1, limit_remaining: 1, limit_reset: 'monthly'};
    const [window] = parseKey({data}, Date.UTC(2026, 11, 31)).windows;
    expect(window).toMatchObject({resetsAt: Date.UTC(2027, 0, 1), windowMs: 31 * 86_400_000});
  });
});

describe('requests to free models', () => {
  const of = (requests: object, more: object = {}) => read({...more, free_model_daily_requests: requests}).windows;

  it('are shown to who uses them or has nothing else', () => {
    expect(of({used: 0, limit: 1000})).toEqual([]);
    expect(of({used: 1, limit: 1000})).toHaveLength(1);
    expect(of({used: 0, limit: 50}, {is_free_tier: true})).toHaveLength(1);
    expect(of({limit: 50, remaining: 20})).toMatchObject([{use: {used: 30, usedPercent: 60}}]);
  });

  it('without a limit are no window, without a number unknown', () => {
    expect(of({used: 3}, {is_free_tier: true})).toEqual([]);
    expect(of({used: 3, limit: 0})).toEqual([]);
    expect(of({limit: 50}, {is_free_tier: true})).toMatchObject([{use: {state: 'unknown'}}]);
  });
});

describe('the balance of an account', () => {
  const ordinary = {isManagement: false, usage: 137.61};
  const management = {isManagement: true, usage: undefined};

  it('is what was paid and not spent', () => {
    expect(parseCredits(fixture('credits'), ordinary)).toBe(62.39);
    expect(parseCredits({data: {total_credits: 5, total_usage: 7}}, management)).toBe(-2);
  });

  it('is not believed of an ordinary key where it cannot be true', () => {
    expect(parseCredits(fixture('credits-lying-zero'), ordinary)).toBeUndefined();
    expect(parseCredits(fixture('credits-lying-zero'), {isManagement: false, usage: 0})).toBeUndefined();
    expect(parseCredits(fixture('credits-lying-zero'), management)).toBe(0);
    expect(parseCredits({data: {total_credits: 200, total_usage: 1}}, ordinary)).toBeUndefined();
    expect(parseCredits({data: {total_credits: 200, total_usage: 137.605}}, ordinary)).toBeDefined();
  });

  it.each([null, {}, {data: {total_credits: 5}}, {data: {total_credits: null, total_usage: 1}}])(
    'is unknown in %j, even for a management key',
    body => {
      expect(parseCredits(body, management)).toBeUndefined();
    },
  );
});

describe('whatever it is given', () => {
  const number = fc.oneof(fc.double({noNaN: true}), fc.integer(), fc.anything());
  const data = fc.record(
    {
      limit: number,
      limit_remaining: number,
      limit_reset: fc.constantFrom('daily', 'weekly', 'monthly', null, 'other'),
      usage: number,
      usage_daily: number,
      usage_weekly: number,
      usage_monthly: number,
      include_byok_in_limit: fc.boolean(),
      is_free_tier: fc.boolean(),
      free_model_daily_requests: fc.record({used: number, limit: number, remaining: number}, {requiredKeys: []}),
    },
    {requiredKeys: []},
  );
  const isConsistent = ({use}: Window): boolean => {
    if (use.state !== 'known') return use.state === 'unknown';
    if (use.limit === 0) return use.usedPercent === 100;
    const {used = Number.NaN, limit = Number.NaN, usedPercent} = use;
    const told = (used / limit) * 100;
    return used >= 0 && limit > 0 && Number.isFinite(told) && Math.abs(usedPercent - told) <= told * 1e-9 + 1e-9;
  };

  it('throws nothing but ProviderError', () => {
    const survives = (body: unknown): boolean => {
      try {
        return parseKey(body, now).amounts.every(({value}) => Number.isFinite(value));
      } catch (error) {
        return error instanceof ProviderError;
      }
    };
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 200});
    fc.assert(
      fc.property(fc.anything(), anything => survives({data: anything})),
      {numRuns: 200},
    );
    fc.assert(
      fc.property(fc.anything(), body => Number.isFinite(parseCredits(body, {isManagement: true, usage: 0}) ?? 0)),
      {numRuns: 200},
    );
  });

  it('gives percentages that follow from used and limit, and none where a figure is missing', () => {
    fc.assert(
      fc.property(data, each => {
        const {windows, amounts} = read(each);
        return windows.every(isConsistent) && amounts.every(({value}) => Number.isFinite(value));
      }),
      {numRuns: 400},
    );
  });
});
