import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../../src/core/model.ts';
import {parseUsage} from '../../../src/providers/opencode-go/parse.ts';
import {fixture, sampledAt} from './support.ts';

const now = sampledAt + 4;
const read = (body: unknown): Reading => parseUsage(body, now);
const timeOf = (ms: number | null): string => (ms === null ? 'no reset' : new Date(ms).toISOString());
const told = (body: unknown): string[] =>
  read(body).windows.map(
    ({id, use, resetsAt}) =>
      `${id}: ${use.state === 'known' ? `${use.usedPercent} %` : use.state}, ${timeOf(resetsAt)}`,
  );

describe('a response of opencode Go', () => {
  it.each([
    [
      'normal',
      [
        '5h: 15 %, 2026-11-27T22:41:07.000Z',
        'weekly: 42 %, 2026-11-30T00:00:00.000Z',
        'monthly: 3 %, 2026-12-11T01:55:51.000Z',
      ],
      [],
    ],
    [
      'idle',
      ['5h: not-started, no reset', 'weekly: 0 %, 2026-11-30T00:00:00.000Z', 'monthly: 1 %, 2026-12-20T09:14:35.000Z'],
      [],
    ],
    [
      'monthly-gone',
      [
        '5h: 0 %, 2026-11-27T23:12:00.000Z',
        'weekly: 88 %, 2026-11-30T00:00:00.000Z',
        'monthly: 100 %, 2026-12-02T06:06:02.000Z',
      ],
      [{code: 'limit-reached'}],
    ],
    ['partial', ['5h: 12.5 %, 2026-11-27T21:00:00.000Z', 'weekly: 40 %, no reset', 'monthly: unknown, no reset'], []],
  ])('%s is read exactly', (name, windows, notes) => {
    expect(told(fixture(name))).toEqual(windows);
    expect(read(fixture(name))).toMatchObject({plan: 'Go', amounts: [], notes});
  });

  it('names nobody', () => {
    expect(JSON.stringify(read(fixture('idle')))).not.toContain('INVENTED');
  });

  it.each([
    ['of another shape', fixture('not-this-shape')],
    ['a list', []],
    ['without limits', {usage: {}}],
    ['with none that can be read', {usage: {rolling: null, weekly: 1, monthly: 'x'}}],
    ['with other names for every figure', {usage: {rolling: {used: 1}, weekly: {used: 2}, monthly: {}}}],
  ])('%s is bad_response with its shape', (_, body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({code: 'bad_response', shape: expect.any(String)}));
  });

  it.each([
    ['2026-12-11T01:00:00Z', 30],
    ['2026-12-31T01:00:00Z', 31],
    ['2027-03-31T01:00:00Z', 31],
    ['2027-01-15T01:00:00Z', 31],
  ])('gives the month that ends at %s its length', (resetsAt, days) => {
    const at = (ahead: number) =>
      parseUsage({usage: {monthly: {percent: 1, resetsAt}}}, Date.parse(resetsAt) - ahead * 86_400_000).windows[2];
    expect(at(1)?.windowMs).toBe(days * 86_400_000);
    expect(at(40)).toMatchObject({resetsAt: null, windowMs: null});
  });
});

describe('a limit', () => {
  it.each([
    [{percent: 1}, '1 %'],
    [{percent: 100, status: 'ok'}, '100 %'],
    [{percent: 99, status: 'rate-limited'}, '100 %'],
    [{percent: 120, status: 'rate-limited'}, '120 %'],
    [{percent: '7'}, '7 %'],
    [{percent: 5, status: 'never-heard-of'}, '5 %'],
    [{status: 'rate-limited'}, 'unknown'],
    [{percent: null}, 'unknown'],
    [{percent: -1}, 'unknown'],
    [{percent: true}, 'unknown'],
  ])('told as %j is %s', (weekly, use) => {
    expect(told({usage: {rolling: {percent: 1}, weekly}})[1]).toBe(`weekly: ${use}, no reset`);
  });

  const blockEnding = (ms: number, percent: number) =>
    told({usage: {rolling: {percent, resetsAt: new Date(now + ms).toISOString()}}})[0];
  const block = 18_000_000;

  it('of a block that nobody has begun is not started, and its end does not move', () => {
    expect(blockEnding(block, 0)).toBe('5h: not-started, no reset');
    expect(blockEnding(block - 10_000, 0)).toBe('5h: not-started, no reset');
    expect(blockEnding(block - 11_000, 0)).toContain('5h: 0 %');
    expect(blockEnding(block, 1)).toContain('5h: 1 %');
  });
});

describe('whatever the response holds', () => {
  const survives = (body: unknown): boolean => {
    try {
      return read(body).windows.every(({use}) => use.state !== 'known' || use.usedPercent >= 0);
    } catch (error) {
      return error instanceof ProviderError;
    }
  };
  const limit = fc.record({percent: fc.anything(), status: fc.anything(), resetsAt: fc.anything()}, {requiredKeys: []});

  it('nothing but ProviderError is thrown, and every number is sound', () => {
    fc.assert(fc.property(fc.anything(), survives), {numRuns: 300});
    fc.assert(
      fc.property(limit, limit, limit, (rolling, weekly, monthly) => survives({usage: {rolling, weekly, monthly}})),
      {numRuns: 300},
    );
    const times = fc.record({percent: fc.nat(200), resetsAt: fc.double()});
    fc.assert(
      fc.property(times, monthly => survives({usage: {monthly}})),
      {numRuns: 200},
    );
  });

  it('no number comes from a missing field', () => {
    const without = fc.record({status: fc.anything(), resetsAt: fc.anything()});
    fc.assert(
      fc.property(
        without,
        weekly =>
          read({usage: {rolling: {percent: 1}, weekly}}).windows.filter(({use}) => use.state === 'known').length === 1,
      ),
      {numRuns: 200},
    );
  });
});
