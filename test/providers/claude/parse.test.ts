import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading, type Window} from '../../../src/core/model.ts';
import {parseUsage} from '../../../src/providers/claude/parse.ts';
import {parseStatusLine} from '../../../src/providers/claude/status-line.ts';
import {now} from '../shared/home.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/claude/${name}.json`, import.meta.url), 'utf8'));

/** A window in one line: id, use, the reset. */
function line({id, use, resetsAt, unit}: Window): string {
  const share = use.state === 'known' && use.limit !== undefined ? ` ${use.used}/${use.limit} ${unit}` : '';
  const figure = use.state === 'known' ? `${use.usedPercent}%${share}` : use.state;
  return `${id} ${figure} ${resetsAt === null ? '-' : new Date(resetsAt).toISOString()}`;
}
const told = (body: unknown): Pick<Reading, 'notes'> & {windows: string[]; amounts: string[]} => {
  const {windows, amounts, notes} = parseUsage(body);
  return {windows: windows.map(line), amounts: amounts.map(({id, value, unit}) => `${id} ${value} ${unit}`), notes};
};

const samples: Record<string, {windows: string[]; amounts?: string[]}> = {
  'flat-2025': {
    windows: ['5h 12.5% 2026-09-01T23:30:00.000Z', 'weekly 30% 2026-09-05T00:00:00.000Z', 'sonnet/weekly 5% -'],
  },
  'limits-2026': {
    windows: [
      '5h 11% 2026-09-02T00:30:00.282Z',
      'weekly 9% 2026-09-07T09:00:00.282Z',
      'fable/weekly 5% 2026-09-07T09:00:00.283Z',
    ],
  },
  'limits-spend-full': {
    windows: [
      '5h 100% 2026-09-01T22:40:00.102Z',
      'weekly 90% 2026-09-03T09:00:00.102Z',
      'opus/weekly 61% 2026-09-03T09:00:00.102Z',
      'routines/weekly 2% 2026-09-03T09:00:00.102Z',
      'extra/monthly 100% 40.01/40 usd -',
    ],
    amounts: ['balance 12.5 usd'],
  },
  'enterprise-extra-only': {windows: ['extra/monthly 38.15% 7.63/20 eur -']},
  'extra-uncapped': {
    windows: ['5h 3% 2026-09-02T01:00:00.000Z', 'weekly 44% 2026-09-06T12:00:00.000Z'],
    amounts: ['overage 141.57 usd'],
  },
  idle: {windows: ['5h not-started -', 'weekly 100% 2026-09-04T09:00:00.283Z']},
  'odd-values': {windows: ['5h unknown 2026-09-02T00:00:00.000Z', 'weekly 105.2% -', 'opus/weekly unknown -']},
  'all-null': {windows: []},
};

describe('the usage of a Claude subscription', () => {
  it.each(Object.entries(samples))('%s is read as it was sent', (name, {windows, amounts = []}) => {
    expect(told(fixture(name))).toEqual({windows, amounts, notes: []});
  });

  it.each([{}, [], 'x', null, 7, {member_dashboard_available: true}, {five_hour: 'soon'}, {limits: 'none'}])(
    '%j is no usage',
    body => {
      expect(() => parseUsage(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
    },
  );

  const row = (kind: string, percent: unknown, more: object = {}) => ({kind, percent, resets_at: null, ...more});
  const scoped = (scope: unknown, percent: number) => row('weekly_scoped', percent, {scope});
  it.each([
    [
      'of two rows with one name the higher counts',
      [scoped('Opus', 3), scoped({model: {display_name: 'opus'}}, 9)],
      ['opus/weekly 9% -'],
    ],
    [
      'a row for a surface is called by it',
      [scoped({surface: {display_name: 'Code Review'}}, 4)],
      ['code-review/weekly 4% -'],
    ],
    ['a scope without a name has no row', [scoped({model: null, surface: null}, 4), row('session', 5)], ['5h 5% -']],
    ['a scope for every model has no row', [scoped('Sonnet all models', 4), row('session', 5)], ['5h 5% -']],
    ['a scope whose name only ends alike has one', [scoped('Small models', 4)], ['small-models/weekly 4% -']],
    ['a scope for a pool is that pool, however it is spelled', [scoped('Cowork', 4)], ['routines/weekly 4% -']],
    ['a row that is not active counts', [row('weekly_all', 90, {is_active: false})], ['weekly 90% -']],
  ])('%s', (_, limits, windows) => {
    expect(told({limits})).toEqual({windows, amounts: [], notes: []});
  });

  it('says that it left out a limit of an unknown kind or group', () => {
    const limits = [row('session', 5), row('hourly', 80), row('weekly_all', 80, {group: 'century'})];
    expect(told({limits})).toEqual({windows: ['5h 5% -'], amounts: [], notes: [{code: 'skipped-rows'}]});
  });

  it('takes the single fields where the list of limits has no number', () => {
    expect(told({limits: [row('session', null)], five_hour: {utilization: 7}}).windows).toEqual(['5h 7% -']);
    expect(told({limits: [row('session', null)]}).windows).toEqual(['5h unknown -']);
  });

  it('of one pool in both forms shows the row of the list, once', () => {
    const used = {utilization: 9, resets_at: null};
    const limits = [row('session', 5), scoped({surface: 'cowork'}, 4), scoped({model: {display_name: 'Sonnet'}}, 2)];
    expect(told({limits, seven_day_cowork: used, seven_day_sonnet: used, seven_day_omelette: used}).windows).toEqual([
      ...['5h 5% -', 'routines/weekly 4% -', 'sonnet/weekly 2% -', 'design/weekly 9% -'],
    ]);
  });

  it('counts older extra usage in hundredths where it does not say how small its coins are', () => {
    const extra = {is_enabled: true, monthly_limit: 2000, used_credits: '500.0', currency: null};
    const windowsWith = (decimal_places: unknown) =>
      told({five_hour: null, extra_usage: {...extra, decimal_places}}).windows;
    for (const places of [undefined, null, 2, '2'])
      expect(windowsWith(places)).toEqual(['extra/monthly 25% 5/20 usd -']);
    expect(windowsWith(3)).toEqual(['extra/monthly 25% 0.5/2 usd -']);
    expect(windowsWith('many')).toEqual(['extra/monthly unknown -']);
  });

  it('of two spellings of a pool shows the higher use, and leaves out what nobody can explain', () => {
    const used = (utilization: number) => ({utilization, resets_at: null});
    const body = {cowork: used(3), seven_day_routines: used(8), seven_day_sonnet_max: used(1), seven_day_new: used(2)};
    expect(told(body).windows).toEqual(['routines/weekly 8% -', 'new/weekly 2% -']);
  });

  const dollars = (minor: number, currency = 'USD') => ({amount_minor: minor, currency, exponent: 2});
  it.each([
    [
      'without a percentage it is counted',
      {used: dollars(500), limit: dollars(2000)},
      ['extra/monthly 25% 5/20 usd -'],
      [],
    ],
    ['without a limit it is an amount', {used: dollars(500), limit: null}, [], ['overage 5 usd']],
    [
      'of a limit that cannot be read nothing is known',
      {used: dollars(500), limit: {credits: 3}},
      ['extra/monthly unknown -'],
      [],
    ],
    ['of a limit of nothing nothing is known', {used: dollars(0), limit: dollars(0)}, ['extra/monthly unknown -'], []],
    [
      'a limit below nothing is none to be shown',
      {used: dollars(500), limit: dollars(-1), percent: 30},
      ['extra/monthly 30% -'],
      [],
    ],
    ['yen have no smaller coin', {used: {amount_minor: 300, currency: 'JPY', exponent: 0}}, [], ['overage 300 jpy']],
    ['money that does not say how small its coins are is left out', {used: {amount_minor: 300}}, [], []],
  ])('spend: %s', (_, spend, windows, amounts) => {
    const five = {five_hour: null};
    expect(told({...five, spend: {enabled: true, ...spend}})).toEqual({windows, amounts, notes: []});
    expect(told({...five, spend: {enabled: false, ...spend}})).toEqual({windows: [], amounts: [], notes: []});
  });

  it('says that it left out money without a word for its currency', () => {
    const spend = {enabled: true, used: dollars(5, 'XAU'), limit: dollars(10, 'XAU'), percent: 50};
    expect(told({five_hour: null, spend})).toEqual({windows: [], amounts: [], notes: [{code: 'skipped-rows'}]});
  });
});

describe('what Claude Code hands to its status line', () => {
  it('is read as it was sent', () => {
    expect(parseStatusLine(fixture('statusline-stdin'), now).map(line)).toEqual([
      '5h 23.5% 2026-09-01T23:30:00.000Z',
      'weekly 41.2% 2026-09-05T08:00:00.000Z',
    ]);
  });

  const seconds = now / 1000;
  it.each([
    ['a period that is over', {five_hour: {used_percentage: 97, resets_at: seconds - 60}}, []],
    ['a part without a number', {five_hour: {resets_at: seconds + 60}, seven_day: {used_percentage: null}}, []],
    ['a negative number', {five_hour: {used_percentage: -1, resets_at: seconds + 60}}, []],
    ['more than there is', {seven_day: {used_percentage: 105, resets_at: null}}, ['weekly 105% -']],
    ['a reset in years', {five_hour: {used_percentage: 5, resets_at: seconds + 1e8}}, ['5h 5% -']],
    ['a session that has not begun', {five_hour: {used_percentage: 0}}, ['5h not-started -']],
    ['no limits', undefined, []],
  ])('%s', (_, rateLimits, windows) => {
    expect(parseStatusLine({rate_limits: rateLimits}, now).map(line)).toEqual(windows);
  });
});

describe('whatever Claude answers', () => {
  const figures = fc.oneof(fc.anything(), fc.record({utilization: fc.anything(), percent: fc.anything()}));
  const limit = fc.record({
    kind: fc.constantFrom('session', 'weekly_all', 'weekly_scoped', 'x'),
    percent: fc.anything(),
    scope: fc.anything(),
  });
  const money = fc.oneof(
    fc.anything(),
    fc.record({amount_minor: fc.anything(), currency: fc.anything(), exponent: fc.anything()}),
  );
  const body = fc.record(
    {
      five_hour: figures,
      seven_day: figures,
      seven_day_opus: figures,
      routines: figures,
      limits: fc.oneof(fc.anything(), fc.array(limit)),
      spend: fc.oneof(
        fc.anything(),
        fc.record({enabled: fc.boolean(), used: money, limit: money, balance: money, percent: fc.anything()}),
      ),
    },
    {requiredKeys: []},
  );
  const isSound = ({use}: Window): boolean =>
    use.state !== 'known' ||
    ([use.usedPercent, use.used ?? 0, use.limit ?? 0].every(number => Number.isFinite(number)) && use.usedPercent >= 0);

  it('is a sound reading or a ProviderError', () => {
    fc.assert(
      fc.property(fc.oneof(body, fc.anything()), value => {
        try {
          const {windows, amounts} = parseUsage(value);
          const ids = windows.map(({id}) => id);
          return (
            windows.every(isSound) &&
            new Set(ids).size === ids.length &&
            amounts.every(each => Number.isFinite(each.value))
          );
        } catch (error) {
          return error instanceof ProviderError;
        }
      }),
      {numRuns: 500},
    );
  });

  it('has no known figure where no number was sent', () => {
    const empty = fc.record({
      utilization: fc.constantFrom(null, undefined, '', 'x', -3, true),
      resets_at: fc.anything(),
    });
    fc.assert(
      fc.property(empty, empty, (one, two) =>
        parseUsage({five_hour: one, seven_day: two, seven_day_opus: two}).windows.every(
          ({use}) => use.state === 'unknown',
        ),
      ),
      {numRuns: 200},
    );
  });

  it('never stops the status line', () => {
    fc.assert(
      fc.property(fc.anything(), value => parseStatusLine({rate_limits: value}, now).every(isSound)),
      {numRuns: 300},
    );
  });
});
