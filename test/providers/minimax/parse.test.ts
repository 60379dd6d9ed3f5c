import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Reading, type Window} from '../../../src/core/model.ts';
import {parseBalance} from '../../../src/providers/minimax/balance.ts';
import {parsePlan} from '../../../src/providers/minimax/plan.ts';
import {sites} from '../../../src/providers/minimax/sites.ts';
import {fixture, sampledAt as now} from './support.ts';

const read = (body: unknown): Reading => parsePlan(body, sites.minimax, now);
const readRow = (row: object): Reading => read({model_remains: [row]});
const timeOf = (ms: number | null): string => (ms === null ? 'no reset' : new Date(ms).toISOString().slice(0, 16));
function told({id, use, unit, resetsAt}: Window): string {
  const counts = use.state === 'known' && use.limit !== undefined ? ` (${use.used} of ${use.limit})` : '';
  const figure = use.state === 'known' ? `${use.usedPercent} %${counts}` : use.state;
  return `${id}: ${figure} ${unit}, ${timeOf(resetsAt)}`;
}

describe('a plan of MiniMax', () => {
  it.each([
    [
      'general-and-video',
      [
        '5h: 4 % percent, 2026-11-28T00:00',
        'weekly: 30 % percent, 2026-11-30T00:00',
        'video/1d: 34 % (1 of 3) requests, 2026-11-28T00:00',
        'video/weekly: 5 % (1 of 21) requests, 2026-11-30T00:00',
      ],
    ],
    ['cn-strings-boost', ['5h: 88 % percent, 2026-11-27T21:00', 'weekly: 30 % percent, 2026-11-29T16:00']],
    ['old-subscriber-no-week', ['5h: 100 % percent, 2026-11-27T21:00', 'weekly: unlimited percent, 2026-11-29T16:00']],
    [
      'count-senses',
      [
        'video/1d: 0 % (0 of 3) requests, 2026-11-28T00:00',
        'image-01/1d: 25 % (25 of 100) requests, 2026-11-28T00:00',
        'speech-hd/1d: 60 % percent, 2026-11-28T00:00',
      ],
    ],
    ['counts-only', ['5h: unknown percent, 2026-11-27T21:00']],
    ['stale-end', ['5h: 48.5 % percent, 2026-11-27T20:02']],
    ['no-rows', []],
  ])('%s is read exactly', (name, windows) => {
    expect(read(fixture(name)).windows.map(told)).toEqual(windows);
  });

  it('has its title, bought credits and a raised allowance beside the limits', () => {
    expect(parsePlan(fixture('cn-strings-boost'), sites['minimax-cn'], now)).toMatchObject({
      plan: 'Max',
      amounts: [{id: 'credits', value: 1250.5, unit: 'credits'}],
      notes: [{code: 'minimax-cn/boost', text: '×1.5'}],
    });
    expect(read(fixture('general-and-video'))).toMatchObject({plan: null, amounts: [], notes: []});
  });

  it('is found in its envelope, whatever stands beside that', () => {
    const data = {
      model_remains: [{model_name: 'general', current_interval_remaining_percent: 40, end_time: now + 9e6}],
    };
    for (const beside of [{}, {model_remains: null}, {model_remains: ''}])
      expect(read({...beside, data}).windows.map(told)).toEqual(read(data).windows.map(told));
    expect(parseBalance({available_amount: null, data: {available_amount: '3'}}, sites.minimax).amounts).toMatchObject([
      {id: 'balance', value: 3},
    ]);
  });

  it('without rows is ok_empty', () => {
    expect(outcomeOf({reading: read(fixture('no-rows')), failure: null})).toBe('ok_empty');
  });

  it.each(
    [[], {}, {model_remains: null}, {base_resp: {status_code: 0}}, {model_remains: {general: 1}}].map(body => [body]),
  )('that is %j is bad_response with its shape', body => {
    expect(() => read(body)).toThrow(expect.objectContaining({code: 'bad_response', shape: expect.any(String)}));
  });

  it('is read inside a wrapper', () => {
    const rows = [{current_interval_remaining_percent: 40}];
    for (const around of [{}, {model_remains: null}])
      expect(read({...around, data: {model_remains: rows}}).windows).toMatchObject([{use: {usedPercent: 60}}]);
  });

  it('says that rows were skipped only if no limit is left', () => {
    expect(read({model_remains: ['x', null]}).notes).toEqual([{code: 'skipped-rows'}]);
    expect(read({model_remains: ['x', {current_interval_remaining_percent: 1}]}).notes).toEqual([]);
  });
});

describe('a row', () => {
  const percent = {current_interval_remaining_percent: 60};
  const ids = (row: object) => readRow({...percent, ...row}).windows.map(({id}) => id);
  const startedAt = (hours: number) => ({start_time: now, end_time: now + hours * 3_600_000});

  it.each([
    ['general', '5h'],
    ['MiniMax-M*', '5h'],
    ['MiniMax-M2.7', '5h'],
    ['M2-her', '5h'],
    ['M*', '5h'],
    ['MiniMax M2', '5h'],
    ['coding-plan-vlm', '5h'],
    [undefined, '5h'],
    ['video', 'video/1d'],
    ['music-2.0', 'music-2.0/1d'],
    ['MiniMax-Hailuo-02', 'minimax-hailuo-02/1d'],
    [7, 'other/1d'],
  ])('of %j is %s', (model_name, id) => {
    expect(ids({model_name})).toEqual([id]);
  });

  it.each([
    ['general', 4, '5h'],
    ['general', 6, '5h'],
    ['general', 24, '1d'],
    ['video', 4, 'video/4h'],
    ['video', 168, 'video/weekly'],
  ])('of %s over %i hours is %s', (model_name, hours, id) => {
    expect(ids({model_name, ...startedAt(hours)})).toEqual([id]);
  });

  it('of the day’s last block is as long as it is', () => {
    expect(read(fixture('general-and-video')).windows.map(({windowMs}) => windowMs)).toEqual([
      ...[14_400_000, 604_800_000, 86_400_000, 604_800_000],
    ]);
    expect(readRow(percent).windows.map(({windowMs}) => windowMs)).toEqual([18_000_000]);
  });

  it.each([
    [{end_time: now + 60_000, remains_time: 5}, now + 60_000],
    [{end_time: (now + 60_000) / 1000}, now + 60_000],
    [{end_time: now - 60_000, remains_time: 5000}, now + 5000],
    [{end_time: now - 60_000, remains_time: 0}, null],
    [{end_time: now + 30 * 86_400_000}, null],
    [{remains_time: 30 * 86_400_000}, null],
    [{}, null],
  ])('with %j resets when it says', (row, resetsAt) => {
    expect(readRow({...percent, ...row}).windows).toMatchObject([{resetsAt}]);
  });

  it.each([
    [{current_interval_remaining_percent: 120}, {state: 'unknown'}],
    [{current_interval_remaining_percent: -5}, {state: 'known', usedPercent: 105}],
    [{current_interval_remaining_percent: 66.1}, {state: 'known', usedPercent: 33.9}],
    [{current_interval_remaining_percent: 'many'}, {state: 'unknown'}],
    [{current_interval_remaining_percent: true}, {state: 'unknown'}],
    [{current_interval_status: 2}, {state: 'known', usedPercent: 100}],
    [{current_interval_status: 1}, {state: 'unknown'}],
    [{current_interval_status: 3, current_interval_total_count: 5}, {state: 'unlimited'}],
    [{current_interval_total_count: 100, current_interval_usage_count: 40}, {state: 'unknown'}],
  ])('with %j is used as that says, and no further', (row, use) => {
    expect(readRow(row).windows).toMatchObject([{id: '5h', use}]);
  });

  it('has no week unless something is told of it', () => {
    const week = (row: object) => ids(row).includes('weekly');
    expect(week({current_weekly_total_count: 0, current_weekly_status: 1})).toBe(false);
    expect(week({current_weekly_total_count: 10})).toBe(true);
    expect(week({current_weekly_status: 2})).toBe(true);
    expect(week({current_weekly_remaining_percent: 50})).toBe(true);
  });

  it('beside another of the same limit counts if its use is higher', () => {
    const named = {model_name: 'MiniMax-M2', current_interval_remaining_percent: 20};
    const general = {model_name: 'general', ...percent};
    for (const model_remains of [
      [general, named],
      [named, general],
    ])
      expect(read({model_remains}).windows.map(told)).toEqual(['5h: 80 % percent, no reset']);
  });

  it('that tells nothing is no limit', () => {
    expect(readRow({model_name: 'general'}).windows).toEqual([]);
  });
});

describe('a balance of MiniMax', () => {
  const amounts = (body: unknown, site = sites.minimax) =>
    parseBalance(body, site).amounts.map(({id, value, unit}) => `${id} ${value} ${unit}`);

  it('is in the money of the site', () => {
    const expected = (unit: string) => [
      `balance 12.34 ${unit}`,
      `balance/cash 10 ${unit}`,
      `balance/voucher 2.34 ${unit}`,
    ];
    expect(amounts(fixture('balance'))).toEqual(expected('usd'));
    expect(amounts(fixture('balance'), sites['minimax-cn'])).toEqual(expected('cny'));
  });

  it('says what is owed', () => {
    expect(amounts({available_amount: 0, owed_amount: '3.5'})).toEqual(['balance 0 usd', 'owed 3.5 usd']);
  });

  it.each([{}, [], {available_amount: null}, {available_amount: 'much', cash_balance: '1'}].map(body => [body]))(
    'that is %j is bad_response, never 0',
    body => {
      expect(() => amounts(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );
});

describe('whatever the response holds', () => {
  const isSound = ({windows, amounts}: Reading): boolean =>
    amounts.every(({value}) => Number.isFinite(value)) &&
    windows.every(({use}) => use.state !== 'known' || isSoundUse(use)) &&
    new Set(windows.map(({id}) => id)).size === windows.length;
  const isSoundUse = ({usedPercent, used = 0, limit}: Extract<Window['use'], {state: 'known'}>): boolean =>
    Number.isFinite(usedPercent) && (limit === undefined || Math.abs((used / limit) * 100 - usedPercent) <= 1);
  const survives = (body: unknown): boolean => {
    try {
      return isSound(read(body));
    } catch (error) {
      return error instanceof ProviderError;
    }
  };
  const number = fc.oneof(fc.integer({min: -10, max: 200}), fc.double(), fc.double().map(String), fc.anything());
  const names = ['interval', 'weekly'].flatMap(period =>
    ['total_count', 'usage_count', 'remaining_percent', 'status'].map(name => `current_${period}_${name}`),
  );
  const times = ['start_time', 'end_time', 'remains_time', 'weekly_end_time', 'weekly_boost_permille'];
  const row = fc.record(
    {model_name: fc.anything(), ...Object.fromEntries([...names, ...times].map(name => [name, number]))},
    {requiredKeys: []},
  );

  it('nothing but ProviderError is thrown, and every number is sound', () => {
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 300});
    fc.assert(
      fc.property(fc.array(row, {maxLength: 5}), model_remains => survives({model_remains})),
      {numRuns: 500},
    );
  });

  it('no number comes from counts alone', () => {
    const counts = fc.record({current_interval_total_count: number, current_interval_usage_count: number});
    fc.assert(
      fc.property(counts, each => readRow(each).windows.every(({use}) => use.state === 'unknown')),
      {numRuns: 200},
    );
  });
});
