import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading, type Window} from '../../../src/core/model.ts';
import {parseQuota} from '../../../src/providers/zhipu/parse.ts';
import {now, withLimits} from './support.ts';

const runs = {numRuns: 500};

/** Values of the wrong kind, of the right kind in the wrong spelling, and texts that would move the cursor. */
const garbage = fc.oneof(
  fc.jsonValue({maxDepth: 3}),
  fc.double({noNaN: true}),
  fc.integer(),
  fc.constantFrom<unknown>(
    'NaN',
    'Infinity',
    '1e999',
    '0E-10',
    '',
    ' ',
    '\u001b[31mred\u0007',
    '\u202eabc',
    '\ud800',
    true,
    null,
  ),
);
const sometimes = (usual: fc.Arbitrary<unknown>) => fc.oneof({weight: 3, arbitrary: usual}, garbage);
const count = fc.oneof(fc.nat(200_000), fc.double({min: -1e308, max: 1e308, noNaN: true}));

const row = fc.record(
  {
    type: sometimes(fc.constantFrom('CREDIT_LIMIT', 'TOKENS_LIMIT', 'TIME_LIMIT', 'SEAT_LIMIT')),
    name: garbage,
    unit: sometimes(fc.integer({min: -1, max: 8})),
    number: sometimes(fc.integer({min: -1, max: 31})),
    usage: sometimes(count),
    currentValue: sometimes(count),
    remaining: sometimes(count),
    percentage: sometimes(fc.integer({min: -5, max: 140})),
    nextResetTime: sometimes(fc.integer({min: now - 1e9, max: now + 1e9})),
    usageDetails: sometimes(
      fc.array(fc.record({modelCode: garbage, usage: garbage}, {requiredKeys: []}), {maxLength: 4}),
    ),
  },
  {requiredKeys: []},
);
const data = fc.record(
  {
    limits: sometimes(fc.array(fc.oneof(row, garbage), {maxLength: 8})),
    level: garbage,
    planName: garbage,
    plan: garbage,
  },
  {requiredKeys: []},
);
const body = fc.record(
  {
    code: sometimes(fc.constantFrom(200, 0, '200', 401, '1302', 500)),
    success: sometimes(fc.boolean()),
    msg: garbage,
    message: garbage,
    error: sometimes(fc.record({code: garbage, type: garbage, message: garbage}, {requiredKeys: []})),
    data: sometimes(data),
    limits: sometimes(fc.array(row, {maxLength: 4})),
  },
  {requiredKeys: []},
);

/** The reading, or the `ProviderError`; whatever else is thrown fails the property. */
function outcomeOf(value: unknown): Reading | ProviderError {
  try {
    return parseQuota(value, now);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Cs}/u;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]);
}

const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

function expectSound(outcome: Reading | ProviderError): void {
  const words = outcome instanceof ProviderError ? [outcome.message, outcome.shape ?? ''] : textsIn(outcome);
  expect(words.filter(word => unprintable.test(word))).toEqual([]);
  if (outcome instanceof ProviderError) return;
  expect(numbersIn(outcome).every(Number.isFinite)).toBe(true);
  const ids = outcome.windows.map(({id}) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every(id => id !== '' && !id.endsWith('/'))).toBe(true);
}

const windowsOf = (...rows: unknown[]): Window[] => parseQuota(withLimits(...rows), now).windows;

describe('whatever the body', () => {
  it('throws nothing but ProviderError, and lets no control character through: any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({maxDepth: 6}), value => expectSound(outcomeOf(value))),
      runs,
    );
  });

  it('throws nothing but ProviderError, and lets no control character through: bodies that look right', () => {
    fc.assert(
      fc.property(body, value => expectSound(outcomeOf(value))),
      runs,
    );
  });

  it('finds each window once, whatever stands among the rows', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(row, garbage), {maxLength: 12}), rows =>
        expectSound(outcomeOf(withLimits(...rows))),
      ),
      runs,
    );
  });
});

describe('whatever a row tells', () => {
  const kind = fc.constantFrom('CREDIT_LIMIT', 'TOKENS_LIMIT', 'TIME_LIMIT');

  it('is never a percentage that was told neither as such nor in counts', () => {
    const untold = fc.record(
      {usage: garbage, unit: garbage, number: garbage, nextResetTime: garbage},
      {requiredKeys: []},
    );
    fc.assert(
      fc.property(kind, untold, (type, rest) => {
        const states = windowsOf({...rest, type}).map(({use}) => use.state);
        expect(states.every(state => state === 'unknown')).toBe(true);
      }),
      runs,
    );
  });

  it('is a percentage near one of those that were told', () => {
    const told = fc.record({
      usage: fc.integer({min: 1, max: 1e9}),
      currentValue: fc.nat(2e9),
      percentage: fc.integer({min: -10, max: 250}),
    });
    fc.assert(
      fc.property(kind, told, (type, {usage, currentValue, percentage}) => {
        const [window] = windowsOf({type, unit: 6, number: 1, usage, currentValue, percentage});
        const use = window?.use;
        const possible = [(currentValue * 100) / usage, percentage];
        expect(use?.state === 'known' && possible.includes(use.usedPercent)).toBe(true);
        if (percentage >= 0 && use?.state === 'known')
          expect(Math.abs(use.usedPercent - percentage)).toBeLessThanOrEqual(2);
      }),
      runs,
    );
  });

  it('does not depend on the order of the rows', () => {
    const rows = fc.uniqueArray(
      fc.record({
        type: kind,
        unit: fc.option(fc.constantFrom(1, 3, 5, 6, 9), {nil: undefined}),
        number: fc.option(fc.integer({min: 0, max: 7}), {nil: undefined}),
        percentage: fc.integer({min: 0, max: 100}),
        nextResetTime: fc.option(fc.integer({min: now - 1e9, max: now + 3e9}), {nil: undefined}),
      }),
      // Of the same figure told twice either may be kept.
      {maxLength: 8, selector: ({percentage}) => percentage},
    );
    fc.assert(
      fc.property(rows, rows => {
        expect(windowsOf(...rows.toReversed())).toEqual(windowsOf(...rows));
      }),
      runs,
    );
  });

  it('of unit 6 is the week whatever its number', () => {
    const number = fc.oneof(fc.integer({min: -1, max: 400}), garbage);
    fc.assert(
      fc.property(kind, number, fc.integer({min: 1, max: 150}), (type, number, percentage) => {
        const [window] = windowsOf({type, unit: 6, number, percentage});
        expect([window?.id, window?.windowMs]).toEqual([
          type === 'TIME_LIMIT' ? 'mcp/weekly' : 'weekly',
          7 * 24 * 3_600_000,
        ]);
      }),
      runs,
    );
  });

  it('never lets a window end later than it lasts', () => {
    fc.assert(
      fc.property(fc.array(row, {maxLength: 6}), rows => {
        const late = windowsOf(...rows).filter(
          ({resetsAt, windowMs}) =>
            resetsAt !== null && windowMs !== null && resetsAt - now > windowMs * 1.05 + 600_000,
        );
        expect(late).toEqual([]);
      }),
      runs,
    );
  });

  it('loses no figure of a plan that names its windows by their resets', () => {
    const figures = fc.record({five: fc.integer({min: 0, max: 100}), week: fc.integer({min: 0, max: 100})});
    const ends = fc.record({
      five: fc.option(fc.integer({min: 1, max: 18_000_000}), {nil: null}),
      week: fc.integer({min: 19_000_000, max: 604_800_000}),
    });
    fc.assert(
      fc.property(fc.constantFrom('CREDIT_LIMIT', 'TOKENS_LIMIT'), figures, ends, (type, used, left) => {
        const five = {type, percentage: used.five, nextResetTime: left.five === null ? null : now + left.five};
        const week = {type, percentage: used.week, nextResetTime: now + left.week};
        expect(windowsOf(week, five).map(({id}) => id)).toEqual(['5h', 'weekly']);
      }),
      runs,
    );
  });
});
