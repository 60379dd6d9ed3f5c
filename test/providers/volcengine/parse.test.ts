import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading, type Window} from '../../../src/core/model.ts';
import {type Json, recordOf} from '../../../src/providers/shared/values.ts';
import {parseUsage} from '../../../src/providers/volcengine/parse.ts';

const fixture = (name: string): Json =>
  recordOf(JSON.parse(readFileSync(new URL(`../../fixtures/volcengine/${name}.json`, import.meta.url), 'utf8')));
const now = Date.parse('2026-11-27T20:00:00Z');
const hour = 3_600_000;

const line = ({id, use, resetsAt, unit}: Window): string => {
  const figures = use.state === 'known' ? [use.usedPercent, use.used, use.limit] : [];
  const reset = resetsAt === null ? [] : [new Date(resetsAt).toISOString()];
  return [id, use.state, ...figures.filter(each => each !== undefined), unit, ...reset].join(' ');
};
const item = (periods: unknown, rest: object = {}) => ({product: 'coding-plan', subscribed: true, periods, ...rest});
const read = (...items: unknown[]): Reading => parseUsage({viewer: {auth_method: 'sso'}, items}, now);
const lineOf = (period: object, rest: object = {}) => read(item([period], rest)).windows.map(line)[0];

describe('what arkcli tells of the plans', () => {
  it('is every window of every plan, and a plan that fails costs only itself', () => {
    const {plan, windows, notes, amounts} = parseUsage(fixture('arkcli'), now);
    expect(windows.map(line)).toEqual([
      '5h not-started percent',
      'weekly known 1.672568 percent 2026-11-29T16:00:00.000Z',
      'monthly known 0.836284 percent 2026-12-18T15:59:59.000Z',
      'agent/5h known 25 250 1000 credits 2026-11-27T21:00:00.000Z',
      'agent/weekly known 25 12500 50000 credits 2026-11-29T16:00:00.000Z',
      'agent/monthly known 25 50000 200000 credits 2026-12-15T16:00:00.000Z',
    ]);
    expect([plan, amounts]).toEqual(['Agent Plan Medium', []]);
    expect(notes).toEqual([{code: 'volcengine/no-seat', text: 'Agent Plan Team'}]);
  });

  it('carries nothing of who it is', () => {
    expect(JSON.stringify(parseUsage(fixture('arkcli'), now))).not.toMatch(/invented/i);
  });

  it.each([
    [{label: 'session', percent: 1.5, reset_at: now + hour}, '5h known 1.5 percent 2026-11-27T21:00:00.000Z'],
    [{label: '5h', percent: 1.5, reset_at: (now + hour) / 1000}, '5h known 1.5 percent 2026-11-27T21:00:00.000Z'],
    [{label: '5h', percent: 3, reset_at: -1}, '5h known 3 percent'],
    [{label: '5h', percent: 0, reset_at: -1}, '5h not-started percent'],
    [{label: '5h', percent: 0, reset_at: now + hour}, '5h known 0 percent 2026-11-27T21:00:00.000Z'],
    [
      {label: '5h', total: 1000, percent: 0, reset_at: now + hour},
      '5h known 0 0 1000 credits 2026-11-27T21:00:00.000Z',
    ],
    [{label: '5h', used: 1, total: 3, percent: 33.33, reset_at: 0}, '5h known 33.333333333 1 3 credits'],
    [{label: 'weekly', used: 1200, total: 1000, percent: 120}, 'weekly known 120 1200 1000 credits'],
    [{label: 'monthly', total: 1000}, 'monthly unknown credits'],
    [{label: 'weekly'}, 'weekly unknown percent'],
    [{label: 'weekly', percent: 'much'}, 'weekly unknown percent'],
    [{label: 'weekly', percent: -1}, 'weekly unknown percent'],
    [{label: 'weekly', percent: 2, reset_at: now + 900 * hour}, 'weekly known 2 percent'],
    [{label: 'daily', percent: 3}, undefined],
    [{label: '5h', used: 0, total: 0, percent: 0}, undefined],
  ])('as %j is %j', (period, expected) => {
    expect(lineOf(period)).toBe(expected);
  });

  it.each([
    ['agent-plan', 'agent/5h'],
    ['coding-plan-team', 'coding-team/5h'],
    ['agent-plan-team', 'agent-team/5h'],
  ])('of %s has a pool of its own', (product, id) => {
    const [window] = read(item([{label: '5h', percent: 1}], {product})).windows;
    expect([window?.id, window?.pool]).toEqual([id, id.split('/')[0]]);
  });

  it.each([
    [{label: 'fortnightly', percent: 3}, {}],
    [7, {}],
    [{label: '5h', percent: 3}, {product: 'video-plan'}],
  ])('is left out, with a note, where its kind is unknown: %j of %j', (period, rest) => {
    const {windows, notes} = read(item([{label: 'weekly', percent: 1}]), item([period], rest));
    expect([windows.map(({id}) => id), notes]).toEqual([['weekly'], [{code: 'skipped-rows'}]]);
  });

  it('is told once where two rows have one id: the one that is used more, wherever it stands', () => {
    const rows = [
      {label: '5h', percent: 40},
      {label: 'session', percent: 12.5},
      {label: 'weekly', percent: 0},
      {label: 'weekly'},
    ];
    for (const periods of [rows, rows.toReversed()])
      expect(read(item(periods)).windows.map(line).sort()).toEqual([
        '5h known 40 percent',
        'weekly not-started percent',
      ]);
  });

  it('has a note on a plan that could not be read, in no words of the service', () => {
    const failed = item([], {product: 'agent-plan', error: 'AccessDenied: user someone may not'});
    const {windows, notes} = read(item([{label: 'weekly', percent: 1}]), failed);
    expect([windows.length, notes]).toEqual([1, [{code: 'volcengine/unread', text: 'Agent Plan'}]]);
  });

  it('is empty where a plan has no limits, and names the tier that is told', () => {
    expect(read(item([], {tier: 'pro'}))).toEqual({plan: 'Coding Plan Pro', windows: [], amounts: [], notes: []});
  });

  it.each<[string, unknown[], string]>([
    ['no plan', [], 'no_plan'],
    ['plans that nobody subscribed to', [item([], {subscribed: false}), item([], {subscribed: false})], 'no_plan'],
    ['no access to any', [item([], {error: 'AccessDenied: no'}), item([], {error: 'boom'})], 'scope_missing'],
    ['none that could be read', [item([], {error: 'boom'}), item(undefined, {error: 'bang'})], 'server_error'],
    ['none of a known kind', [item([], {product: 'video-plan'})], 'bad_response'],
    ['no list of plans', [7], 'bad_response'],
  ])('with %s is a failure', (_, items, code) => {
    expect(() => read(...items)).toThrow(expect.objectContaining({code}));
  });

  it.each([
    [fixture('arkcli-nothing'), 'no_plan'],
    [{viewer: {auth_method: 'none'}, items: []}, 'expired'],
    [{viewer: {auth_method: 'none'}}, 'expired'],
    [{viewer: {}}, 'bad_response'],
    [{items: {}}, 'bad_response'],
  ])('as %j is a failure: %s', (body, code) => {
    expect(() => parseUsage(body, now)).toThrow(expect.objectContaining({code}));
  });

  it('throws nothing but ProviderError, and is known only where it was told', () => {
    const readIn = (body: Json): Reading | null => {
      try {
        return parseUsage(body, now);
      } catch (error) {
        if (error instanceof ProviderError) return null;
        throw error;
      }
    };
    const value = fc.oneof(fc.anything(), fc.nat(), fc.double({min: 0, noNaN: true}));
    const period = fc.record(
      {label: fc.constantFrom('session', '5h', 'weekly', 'monthly'), used: value, total: value, percent: value},
      {requiredKeys: ['label']},
    );
    fc.assert(
      fc.property(period, each => {
        const use = readIn({items: [item([each])]})?.windows[0]?.use;
        if (use?.state !== 'known') return;
        expect(each.percent !== undefined || (each.used !== undefined && each.total !== undefined)).toBe(true);
        if (use.limit !== undefined) expect(use.usedPercent).toBeCloseTo((Number(use.used) / use.limit) * 100, 6);
      }),
      {numRuns: 300},
    );
    fc.assert(
      fc.property(fc.anything(), each => {
        readIn({items: each});
        readIn({items: [each, item(each), item([each])]});
      }),
      {numRuns: 200},
    );
  });
});
