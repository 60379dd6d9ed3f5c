import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError} from '../../src/core/model.ts';
import {parseOutput} from '../../src/providers/custom/output.ts';

const now = Date.parse('2026-11-27T20:00:00Z');
const read = (output: unknown) => parseOutput(JSON.stringify(output), now);
const windowOf = (row: unknown) => read({windows: [row]}).windows[0];

describe('what a program prints', () => {
  it('is a reading in the words of --json', () => {
    const output = {
      schema: 'mystatus-provider/v1',
      plan: 'Team',
      label: 'build box',
      windows: [
        {
          id: '5h',
          state: 'known',
          usedPercent: 37.5,
          used: 75,
          limit: 200,
          unit: 'requests',
          resetsAt: '2026-11-27T22:00:00Z',
          more: 1,
        },
      ],
      amounts: [{id: 'balance', value: 12.5, unit: 'usd'}],
      failure: null,
    };
    expect(read(output)).toEqual({
      plan: 'Team',
      label: 'build box',
      windows: [
        {
          id: '5h',
          pool: null,
          windowMs: 18_000_000,
          resetsAt: Date.parse('2026-11-27T22:00:00Z'),
          use: {state: 'known', usedPercent: 37.5, used: 75, limit: 200},
          unit: 'requests',
        },
      ],
      amounts: [{id: 'balance', value: 12.5, unit: 'usd'}],
      notes: [],
    });
  });

  it.each<[unknown, object]>([
    [
      {id: 'monthly', used: 30, limit: 120, unit: 'calls'},
      {state: 'known', usedPercent: 25, used: 30, limit: 120},
    ],
    [
      {id: '5h', usedPercent: 137},
      {state: 'known', usedPercent: 137},
    ],
    [
      {id: '5h', usedPercent: 0},
      {state: 'known', usedPercent: 0},
    ],
    [
      {id: '5h', state: 'unlimited', used: 4},
      {state: 'unlimited', used: 4},
    ],
    [{id: '5h', state: 'not-started'}, {state: 'not-started'}],
    [
      {id: '5h', state: 'unknown', usedPercent: 4},
      {state: 'unknown', why: 'the program does not know it'},
    ],
    [{id: '5h'}, {state: 'unknown', why: 'windows[0]: neither usedPercent nor used and limit'}],
    [
      {id: '5h', state: 'known', used: 4},
      {state: 'unknown', why: 'windows[0]: neither usedPercent nor used and limit'},
    ],
    [
      {id: '5h', used: 4, limit: 0},
      {state: 'unknown', why: 'windows[0]: neither usedPercent nor used and limit'},
    ],
    [
      {id: '5h', usedPercent: '12'},
      {state: 'unknown', why: 'windows[0].usedPercent: not what it should be'},
    ],
    [
      {id: '5h', usedPercent: 5, limit: true},
      {state: 'unknown', why: 'windows[0].limit: not what it should be'},
    ],
    [
      {id: '5h', usedPercent: 5, resetsAt: 17},
      {state: 'unknown', why: 'windows[0].resetsAt: not what it should be'},
    ],
    [
      {id: '5h', usedPercent: 5, unit: 'apples'},
      {state: 'unknown', why: 'windows[0].unit: not what it should be'},
    ],
    [
      {id: '5h', usedPercent: 5, state: 'fine'},
      {state: 'unknown', why: 'windows[0].state: not what it should be'},
    ],
  ])('makes a row known, or unknown with its reason, never zero: %j', (row, use) => {
    expect(windowOf(row)?.use).toEqual(use);
  });

  it('is told to have rows without a name, or amounts that nobody knows', () => {
    expect(read({windows: [{usedPercent: 5}, {id: 'soon', usedPercent: 5}, 7]})).toMatchObject({
      windows: [],
      notes: [{code: 'skipped-rows'}],
    });
    expect(
      read({
        amounts: [
          {id: 'apples', value: 1, unit: 'usd'},
          {id: 'spend', value: '1', unit: 'usd'},
        ],
      }),
    ).toMatchObject({
      amounts: [],
      notes: [{code: 'skipped-rows'}],
    });
  });

  it('is one row of an id, the one that is used more, and one amount of a name and unit', () => {
    const windows = [
      {id: '5h', usedPercent: 12},
      {id: 'weekly', state: 'unknown'},
      {id: '5h', usedPercent: 80},
      {id: 'weekly', usedPercent: 3},
    ];
    const amounts = [
      {id: 'balance', value: 5, unit: 'usd'},
      {id: 'balance', value: 7, unit: 'eur'},
      {id: 'balance', value: 6, unit: 'usd'},
    ];
    const reading = read({windows, amounts});
    expect(reading.windows.map(({id, use}) => [id, use])).toEqual([
      ['5h', {state: 'known', usedPercent: 80}],
      ['weekly', {state: 'known', usedPercent: 3}],
    ]);
    expect(reading.amounts).toContainEqual({id: 'balance', value: 5, unit: 'usd'});
    expect(reading.amounts).toContainEqual({id: 'balance', value: 7, unit: 'eur'});
    expect(reading.amounts).toHaveLength(2);
  });

  it.each([
    [{windows: {id: '5h', usedPercent: 3}}, 'its windows are not a list'],
    [{windows: 'none', amounts: []}, 'its windows are not a list'],
    [{windows: [], amounts: 12.5}, 'its amounts are not a list'],
  ])('is no reading without limits where they are there in another form: %j', (output, message) => {
    expect(() => read(output)).toThrow(message);
  });

  it('has no reset that is over', () => {
    expect(windowOf({id: '5h', usedPercent: 1, resetsAt: '2026-11-27T19:00:00Z'})?.resetsAt).toBeNull();
  });

  it('is a failure of an unknown kind where the code of one is unknown', () => {
    expect(() => read({failure: {code: 'tired', detail: 'too tired'}})).toThrow(
      new ProviderError('bad_response', {detail: 'too tired'}),
    );
  });

  it('is a reading or a ProviderError, whatever it is', () => {
    const row = fc.record({
      id: fc.constantFrom('5h', 'x', 7),
      state: fc.jsonValue(),
      usedPercent: fc.jsonValue(),
      used: fc.double(),
      limit: fc.double(),
      unit: fc.jsonValue(),
      resetsAt: fc.jsonValue(),
    });
    const output = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({windows: fc.oneof(fc.jsonValue(), fc.array(row)), amounts: fc.jsonValue(), plan: fc.jsonValue()})
        .map(each => JSON.stringify(each)),
    );
    fc.assert(
      fc.property(output, text => {
        try {
          for (const {use} of parseOutput(text, now).windows)
            if (use.state === 'known') expect(Number.isFinite(use.usedPercent)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ProviderError);
        }
      }),
    );
  });
});
