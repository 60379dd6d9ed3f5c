import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {outcomeOf} from '../../../src/core/health.ts';
import {ProviderError, type Reading, type Window} from '../../../src/core/model.ts';
import {parseBalance, parseLimits, parseUserId} from '../../../src/providers/clinepass/parse.ts';
import {now} from '../shared/home.ts';
import {fixture} from './support.ts';

const told = ({id, use, resetsAt}: Window): string =>
  `${id} ${use.state === 'known' ? use.usedPercent : use.state} ${resetsAt === null ? null : new Date(resetsAt).toISOString()}`;
const read = (body: unknown, at = now) => {
  const {windows, notes} = parseLimits(body, at);
  return [windows.map(told), notes.map(({code}) => code)];
};
const limits = (...rows: unknown[]) => ({success: true, data: {limits: rows}});

describe('the limits of ClinePass', () => {
  it.each([
    [
      'pass',
      [
        '5h 12.5 2026-09-02T01:20:30.000Z',
        'weekly 34 2026-09-06T04:30:20.123Z',
        'monthly 56.75 2026-09-29T04:30:20.000Z',
      ],
      ['skipped-rows'],
    ],
    [
      'exhausted',
      ['5h 100 2026-09-01T23:19:52.000Z', 'weekly 100 2026-09-06T04:30:20.000Z', 'monthly 56 2026-09-29T04:30:20.000Z'],
      [],
    ],
    ['partial', ['5h unknown null', 'weekly 40 null', 'monthly 0 null'], []],
    ['empty', [], []],
  ])('%s are read as they were sent', (name, windows, notes) => {
    expect(read(fixture(name))).toEqual([windows, notes]);
  });

  it('of another day are read, too', () => {
    const windows = ['5h 12.5 2026-11-27T22:20:30.000Z', 'weekly 34 2026-11-30T00:00:00.000Z'];
    expect(read(fixture('ok'), Date.UTC(2026, 10, 27, 20))).toEqual([windows, ['skipped-rows']]);
  });

  it('reset no later than they are long', () => {
    const rows = ['five_hour', 'weekly', 'monthly'].map(type => ({
      type,
      percentUsed: 1,
      resetsAt: now + 20 * 86_400_000,
    }));
    expect(read(limits(...rows))).toEqual([['5h 1 null', 'weekly 1 null', 'monthly 1 2026-09-21T22:00:00.000Z'], []]);
  });

  it('without any are ok_empty', () => {
    expect(outcomeOf({reading: parseLimits(fixture('empty'), now), failure: null})).toBe('ok_empty');
  });

  it('told twice are what was told later', () => {
    const rows = [
      {type: 'weekly', percentUsed: 1},
      {type: 'five_hour', percentUsed: 2},
      {type: 'weekly', percentUsed: 3},
    ];
    expect(read(limits(...rows))).toEqual([['weekly 3 null', '5h 2 null'], []]);
  });

  it('are read in the other spelling, and above 100 %', () => {
    const row = {type: 'five_hour', percent_used: 120, resets_at: '2026-09-02T01:20:30Z'};
    expect(read(limits(row))).toEqual([['5h 120 2026-09-02T01:20:30.000Z'], []]);
  });

  it.each([['text'], [''], [null], [-1], [true]])('with %j for a percentage are unknown', percentUsed => {
    expect(read(limits({type: 'weekly', percentUsed}))).toEqual([['weekly unknown null'], []]);
  });

  it.each([
    ['nothing', {}],
    ['null', null],
    ['a list', []],
    ['a refusal', {success: false, data: {limits: []}}],
    ['no list', {success: true, data: {limits: null}}],
    ['no data', fixture('error-404-no-plan')],
    ['unknown kinds alone', limits({type: 'experimental_pool', percentUsed: 1}, 7)],
  ])('that are %s are bad_response', (_, body) => {
    expect(() => parseLimits(body, now)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });
});

describe('the credits', () => {
  it('are told in millionths of a dollar, and may be less than none', () => {
    expect(parseBalance(fixture('balance'))).toEqual({id: 'balance', value: 0.34, unit: 'usd'});
    expect(parseBalance({success: true, data: {balance: '-1500000'}}).value).toBe(-1.5);
  });

  it.each([
    [{}],
    [null],
    [{success: false, data: {balance: 1}}],
    [{success: true, data: {}}],
    [{data: {balance: 'x'}}],
  ])('that are %j are bad_response, never 0', body => {
    expect(() => parseBalance(body)).toThrow(expect.objectContaining({code: 'bad_response'}));
  });
});

describe('whatever the service sends', () => {
  const scalar = fc.oneof(fc.anything(), fc.double(), fc.constantFrom('12', 'NaN', '1e999', null, 0, -1, 1e300, now));
  const row = fc.record({
    type: fc.constantFrom('five_hour', 'weekly', 'monthly', 'x'),
    percentUsed: scalar,
    resetsAt: scalar,
  });
  const isSound = ({windows}: Reading): boolean =>
    windows.every(({use}) => use.state === 'unknown' || (use.state === 'known' && Number.isFinite(use.usedPercent)));
  const survives = (read: () => boolean): boolean => {
    try {
      return read();
    } catch (error) {
      return error instanceof ProviderError;
    }
  };

  it('nothing but a ProviderError is thrown, and every figure is sound', () => {
    fc.assert(
      fc.property(fc.anything(), body => survives(() => isSound(parseLimits(body, now)))),
      {numRuns: 200},
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.anything())), rows =>
        survives(() => isSound(parseLimits(limits(...rows), now))),
      ),
      {numRuns: 400},
    );
    const data = fc.oneof(fc.record({balance: scalar, id: scalar}), fc.anything());
    fc.assert(
      fc.property(data, given => survives(() => Number.isFinite(parseBalance({data: given}).value))),
      {numRuns: 300},
    );
    fc.assert(
      fc.property(data, given => survives(() => parseUserId({data: given}) !== '')),
      {numRuns: 300},
    );
  });

  it('a percentage that is missing is never one', () => {
    fc.assert(
      fc.property(fc.array(row.map(({type, resetsAt}) => ({type, resetsAt}))), rows =>
        survives(() => parseLimits(limits(...rows), now).windows.every(({use}) => use.state === 'unknown')),
      ),
      {numRuns: 200},
    );
  });
});
