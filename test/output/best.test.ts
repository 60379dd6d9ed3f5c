import {readFileSync} from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {describe, expect, it} from 'vitest';
import type {ForecastOf, WindowForecast} from '../../src/core/foresight/forecasts.ts';
import {foreseen} from '../../src/core/foresight/outlook-of.ts';
import {tightestWindow} from '../../src/core/health.ts';
import type {AccountState, Amount, Note, Use, Window} from '../../src/core/model.ts';
import {type BestOptions, nothingToRank, rankedAccounts} from '../../src/output/best.ts';
import {bestReport, bestText} from '../../src/output/best-text.ts';
import {toReport} from '../../src/output/report.ts';
import {
  account,
  day,
  failing,
  failure,
  hour,
  minute,
  monitorState,
  reading,
  someNow,
  window,
} from '../support/state.ts';

const of = (key: string, windows: Window[], more: Partial<AccountState> = {}): AccountState =>
  account(key, 'me@example.com', reading('Plus', windows), more);
const used = (key: string, use: Use | number, more: Partial<AccountState> = {}): AccountState =>
  of(key, [window('weekly', use, 2 * day)], more);
const noting = (key: string, windows: Window[], notes: Note[], amounts: Amount[] = []): AccountState =>
  account(key, 'me', reading(null, windows, amounts, notes));
const balance = (key: string, value: number): AccountState =>
  noting(key, [], [], [{id: 'balance', value, unit: 'usd'}]);

/** A forecast by account key; what is not named has none. */
const saying =
  (verdicts: Record<string, [WindowForecast['verdict'], number]>): ForecastOf =>
  ({key}) => {
    const [verdict, probability] = verdicts[key] ?? [];
    if (verdict === undefined || probability === undefined) return null;
    const told = verdict === 'lasts' ? {runOutAt: null, range: null} : {runOutAt: someNow + 5 * hour, range: null};
    return {verdict, probability, ...told, usedAtReset: 90, usedRange: [80, 100], learnedFrom: null};
  };
const rank = (accounts: AccountState[], options: Partial<BestOptions> = {}) =>
  rankedAccounts(monitorState(accounts), {now: someNow, ...options});
const order = (...parts: Parameters<typeof rank>): string[] => rank(...parts).map(({account}) => account.key);
const json = (accounts: AccountState[], options: Partial<BestOptions> = {}) => {
  const state = monitorState(accounts);
  return bestReport(toReport(state, {now: someNow, privacy: false}), rank(accounts, options)).accounts.map(
    ({account, rank, tightest, remainingPercent}) => [account, rank, tightest, remainingPercent],
  );
};

describe('the best account', () => {
  it('is the one whose tightest window has the most left', () => {
    const wide = of('openai:1', [window('5h', 5, hour), window('weekly', 80, day)]);
    const even = of('openai:2', [window('5h', 40, hour), window('weekly', 30, day)]);
    expect(json([wide, even])).toEqual([
      ['openai:2', 1, '5h', 60],
      ['openai:1', 2, 'weekly', 20],
    ]);
  });

  it('lasts until its reset, however much more is left of one that runs out before', () => {
    const accounts = [used('openai:runs', 10), used('openai:may', 50), used('openai:lasts', 90)];
    const forecastOf = saying({
      'openai:runs': ['runs-out', 0.8],
      'openai:may': ['may-run-out', 0.4],
      'openai:lasts': ['lasts', 0.1],
    });
    expect(order(accounts, {forecastOf})).toEqual(['openai:lasts', 'openai:may', 'openai:runs']);
    expect(order(accounts)).toEqual(['openai:runs', 'openai:may', 'openai:lasts']);
  });

  it('is not held back by a forecast that is missing or too early', () => {
    const early = used('openai:early', 20);
    const silent = used('openai:silent', 30);
    const forecastOf = saying({'openai:early': ['too-early', 0], 'openai:lasts': ['lasts', 0.1]});
    expect(order([used('openai:lasts', 40), silent, early], {forecastOf})).toEqual([
      'openai:early',
      'openai:silent',
      'openai:lasts',
    ]);
  });

  it('is judged by the window that runs out first, which is the tightest on the screen too', () => {
    const two = of('openai:two', [window('5h', 10, hour), window('weekly', 60, day)]);
    const ofShort: ForecastOf = (account, {id}) =>
      saying({[account.key]: id === '5h' ? ['runs-out', 0.9] : ['lasts', 0.1]})(account, window('5h', 1, 1));
    expect(json([two, used('openai:less', 70)], {forecastOf: ofShort})).toEqual([
      ['openai:less', 1, 'weekly', 30],
      ['openai:two', 2, '5h', 90],
    ]);
    const [ranked] = rank([two], {forecastOf: ofShort});
    expect(ranked?.window?.id).toBe(tightestWindow([foreseen(two, ofShort, someNow)])?.window.id);
  });

  it('of two with the same left is the one that less probably runs out, then the one that stands first', () => {
    const forecastOf = saying({'openai:1': ['lasts', 0.2], 'openai:2': ['lasts', 0.1], 'openai:3': ['lasts', 0.1]});
    const accounts = ['openai:1', 'openai:2', 'openai:3'].map(key => used(key, 50));
    expect(order(accounts, {forecastOf})).toEqual(['openai:2', 'openai:3', 'openai:1']);
  });
});

describe('an account', () => {
  it('that is spent or failing comes after those that work, by what is left', () => {
    const accounts = [
      used('openai:spent', 100),
      used('openai:over', 137),
      used('openai:failing', 5, {failure: failure('server_error')}),
      used('openai:nearly', 99),
    ];
    expect(json(accounts)).toEqual([
      ['openai:nearly', 1, 'weekly', 1],
      ['openai:failing', 2, 'weekly', 95],
      ['openai:spent', 3, 'weekly', 0],
      ['openai:over', 4, 'weekly', -37],
    ]);
  });

  it('that a limit beside its windows stops is spent', () => {
    const stopped = noting('openai:stopped', [window('weekly', 10, day)], [{code: 'limit-reached'}]);
    const pooled = noting(
      'copilot:pool',
      [{...window('premium/monthly', {state: 'unlimited'}, day), pool: 'premium'}],
      [{code: 'pool-exhausted', text: 'premium'}],
    );
    const weekly = noting(
      'openai:stopped',
      [window('5h', 20, hour), window('weekly', 100, day)],
      [{code: 'limit-reached'}],
    );
    expect(json([weekly])).toEqual([['openai:stopped', 1, 'weekly', 0]]);
    expect(json([stopped, pooled, used('zai:1', 95)])).toEqual([
      ['zai:1', 1, 'weekly', 5],
      ['openai:stopped', 2, 'weekly', 0],
      ['copilot:pool', 3, 'premium/monthly', 0],
    ]);
  });

  it('without a limit is the best of all, and one whose period has not begun has all left', () => {
    const accounts = [
      used('openai:1', 1),
      used('openai:new', {state: 'not-started'}),
      used('openai:endless', {state: 'unlimited'}),
      noting('openai:credits', [], [{code: 'credits-unlimited'}]),
    ];
    expect(json(accounts)).toEqual([
      ['openai:endless', 1, 'weekly', 100],
      ['openai:credits', 2, null, 100],
      ['openai:new', 3, 'weekly', 100],
      ['openai:1', 4, 'weekly', 99],
    ]);
  });

  it('of which nothing is known is the last: money before no money, failures at the end', () => {
    const accounts = [
      account('openai:never', 'me', null, {failure: failure('network')}),
      balance('zhipu:empty', 0),
      used('openai:unknown', {state: 'unknown', why: 'no figure'}),
      balance('zhipu:rich', 12),
      used('openai:spent', 100),
    ];
    expect(json(accounts)).toEqual([
      ['openai:spent', 1, 'weekly', 0],
      ['zhipu:rich', 2, null, null],
      ['openai:unknown', 3, 'weekly', null],
      ['zhipu:empty', 4, null, null],
      ['openai:never', 5, null, null],
    ]);
  });

  it('is judged by the windows that tell a figure, and not by one that has reset since it was read', () => {
    const half = of('openai:1', [window('5h', 99, -minute), window('weekly', 40, day)], {readAt: someNow - hour});
    expect(json([half])).toEqual([['openai:1', 1, 'weekly', 60]]);
    const over = of('openai:1', [window('5h', 99, -minute)], {readAt: someNow - hour});
    expect(json([over])).toEqual([['openai:1', 1, '5h', null]]);
  });
});

describe('one window', () => {
  const both = of('openai:1', [window('5h', 90, hour), window('weekly', 10, day)]);
  const weekly = used('openai:2', 20);
  const unread = account('openai:3', 'me', null, {failure: failure('timeout')});

  it('decides alone, and an account without it is not ranked unless it was never read', () => {
    expect(order([both, weekly, unread], {window: 'weekly'})).toEqual(['openai:1', 'openai:2', 'openai:3']);
    expect(json([both, weekly, unread], {window: '5h'})).toEqual([
      ['openai:1', 1, '5h', 10],
      ['openai:3', 2, null, null],
    ]);
  });

  it('that nobody has leaves nothing to rank, which is said with those that there are', () => {
    const options = {now: someNow, window: 'spark/5h'};
    expect(order([both, weekly], options)).toEqual([]);
    expect(nothingToRank(monitorState([both, weekly]), options)).toBe(
      'nothing to rank: no window spark/5h; available: 5h, weekly',
    );
    expect(nothingToRank(monitorState([]), options)).toBe('nothing to rank: no account found');
  });
});

it('as JSON is valid by the published schema, its accounts those of --json', () => {
  const schema: object = JSON.parse(
    readFileSync(new URL('../../schema/mystatus.v1.schema.json', import.meta.url), 'utf8'),
  );
  const ajv = new Ajv2020.default({strict: true, strictRequired: false, allowUnionTypes: true});
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  const report = toReport(failing(), {now: someNow, privacy: false});
  const printed = bestReport(report, rankedAccounts(failing(), {now: someNow}));
  expect(validate(printed), JSON.stringify(validate.errors)).toBe(true);
  expect(printed.accounts).toHaveLength(report.accounts.length);
  const [first = {}] = printed.accounts;
  expect(validate({...printed, accounts: [{...first, rank: 0}]})).toBe(false);
});

describe('the lines', () => {
  const text = (accounts: AccountState[], options: Partial<BestOptions & {privacy: boolean}> = {}): string[] =>
    bestText(monitorState(accounts), {now: someNow, privacy: false, ...options}).split('\n');

  it('say in what order, why, and how old a figure is that could not be renewed', () => {
    const forecastOf = saying({
      'openai:1': ['lasts', 0.1],
      'openai:2': ['may-run-out', 0.4],
      'openai:3': ['runs-out', 0.8],
    });
    const old = {failure: failure('rate_limited'), readAt: someNow - 12 * minute};
    const accounts = [
      used('openai:3', 20),
      used('openai:2', 30),
      used('openai:1', 40),
      used('zai:1', 10, old),
      used('zai:2', {state: 'unlimited'}),
      balance('zhipu:1', 12),
    ];
    expect(text(accounts, {forecastOf})).toEqual([
      'zai:2 me@example.com weekly: unlimited, resets in 2d 0h',
      'openai:1 me@example.com weekly: 60% left, resets in 2d 0h, lasts',
      'openai:2 me@example.com weekly: 70% left, resets in 2d 0h, may run out (chance 40%)',
      'openai:3 me@example.com weekly: 80% left, resets in 2d 0h, runs out in 5h 00m (chance 80%)',
      'zai:1 me@example.com weekly: 90% left, resets in 2d 0h, read 12m ago, rate limited; waiting',
      'zhipu:1 me: Balance $12.00',
      '',
    ]);
  });

  it('hide identities when asked, and hold no control characters', () => {
    const [line = ''] = text([used('openai:1', 40, {label: 'me@example.com\u001b[31m'})], {privacy: true});
    expect(line).toMatch(/^openai:1 m/);
    expect(line).not.toContain('me@example.com');
    expect(line).not.toContain('\u001b');
  });
});
