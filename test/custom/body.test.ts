import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProviderError, type Reading} from '../../src/core/model.ts';
import {mapBody} from '../../src/providers/custom/body.ts';
import {fixture, httpOf, withWindow} from './definitions.ts';

const now = Date.parse('2026-11-27T20:00:00Z');
const read = (definition: string, body: unknown): Reading => mapBody(httpOf(fixture(definition)), body, now).reading;
const windowOf = (mapping: Record<string, unknown>, body: unknown) =>
  mapBody(withWindow(mapping), body, now).reading.windows[0];
const useOf = (mapping: Record<string, unknown>, body: unknown) => windowOf(mapping, body)?.use;
const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('the examples of the manual', () => {
  it('read a LiteLLM key with a budget', () => {
    const {windows, amounts, label, notes} = read('litellm', fixture('litellm-key-info'));
    expect(windows).toEqual([
      {
        id: 'key/30d',
        pool: 'key',
        windowMs: 30 * 86_400_000,
        resetsAt: Date.parse('2026-12-12T00:00:00Z'),
        use: {state: 'known', usedPercent: 70.783333333, used: 212.35, limit: 300},
        unit: 'usd',
      },
    ]);
    expect([amounts, label, notes]).toEqual([[{id: 'spend', value: 212.35, unit: 'usd'}], 'laptop', []]);
  });

  it('read a LiteLLM key without a budget: there is no window, only what was spent', () => {
    expect(read('litellm', fixture('litellm-key-no-budget'))).toEqual({
      plan: null,
      windows: [],
      amounts: [{id: 'spend', value: 12.5, unit: 'usd'}],
      notes: [],
    });
  });

  it('read a relay that counts in parts of a dollar', () => {
    const {windows, amounts, label} = read('new-api', fixture('new-api-body'));
    expect(windows).toMatchObject([
      {
        id: 'key/total',
        windowMs: null,
        resetsAt: null,
        use: {state: 'known', usedPercent: 25, used: 2.5, limit: 10},
        unit: 'usd',
      },
    ]);
    expect([amounts, label]).toEqual([[{id: 'balance', value: 7.5, unit: 'usd'}], 'laptop']);
  });

  it('take a refusal inside a success for what it is', () => {
    const refused = thrown(() => read('new-api', {success: false, message: 'invalid token'}));
    expect(refused).toMatchObject({code: 'auth_rejected', message: 'invalid token'});
    expect(refused).toBeInstanceOf(ProviderError);
    expect(thrown(() => read('new-api', {code: 1}))).toMatchObject({
      code: 'auth_rejected',
      message: '"code" in the response does not stand for success',
    });
  });

  it('read the rows of a gateway, by its own names of their lengths', () => {
    const {plan, windows, notes} = read('gateway', fixture('gateway-body'));
    expect(windows).toMatchObject([
      {
        id: '5h',
        use: {state: 'known', usedPercent: 12.5},
        resetsAt: Date.parse('2026-11-27T21:00:00Z'),
        unit: 'percent',
      },
      {id: 'weekly', use: {state: 'known', usedPercent: 102}, resetsAt: Date.parse('2026-11-28T21:00:00Z')},
    ]);
    expect([plan, windows.length, notes]).toEqual(['gold', 2, []]);
  });
});

describe('the use of a window', () => {
  it.each<[Record<string, unknown>, unknown, unknown]>([
    [{usedPercent: {path: 'p'}}, {p: 37.5}, {usedPercent: 37.5}],
    [{usedPercent: {path: 'p'}}, {p: '37.5'}, {usedPercent: 37.5}],
    [{usedPercent: {path: 'p'}, scale: '0-1'}, {p: 0.07}, {usedPercent: 7}],
    [{remainingPercent: {path: 'p'}}, {p: 30}, {usedPercent: 70}],
    [{remainingPercent: {path: 'p'}, scale: '0-1'}, {p: 0.25}, {usedPercent: 75}],
    [
      {used: {path: 'u'}, limit: {path: 'l'}},
      {u: 3, l: 4},
      {usedPercent: 75, used: 3, limit: 4},
    ],
    [{used: {path: 'u'}, limit: 8}, {u: 10}, {usedPercent: 125, used: 10, limit: 8}],
    [
      {remaining: {path: 'r'}, limit: {path: 'l'}},
      {r: 87.65, l: 300},
      {usedPercent: 70.783333333, used: 212.35, limit: 300},
    ],
    [
      {remaining: {path: 'r'}, limit: {path: 'l'}},
      {r: 15, l: 10},
      {usedPercent: -50, used: -5, limit: 10},
    ],
    [
      {used: {path: 'u'}, remaining: {path: 'r'}},
      {u: 1, r: 3},
      {usedPercent: 25, used: 1, limit: 4},
    ],
    [
      {used: {path: 'u', divideBy: 1e6}, limit: {path: 'l', money: true}},
      {u: 2e6, l: '$1,000.00'},
      {usedPercent: 0.2, used: 2, limit: 1000},
    ],
    [{used: {path: 'u', negate: true}, limit: 10}, {u: -5}, {usedPercent: 50, used: 5, limit: 10}],
    [{used: {path: 'u'}, limit: 10}, {u: 0}, {usedPercent: 0, used: 0, limit: 10}],
  ])('is what the figures come to: %j of %j', (mapping, body, use) => {
    expect(useOf(mapping, body)).toEqual({state: 'known', ...(use as object)});
  });

  it.each<[Record<string, unknown>, unknown, string]>([
    [{usedPercent: {path: 'p'}}, {}, 'windows[0].usedPercent: missing'],
    [{usedPercent: {path: 'p'}}, {p: null}, 'windows[0].usedPercent: null'],
    [{usedPercent: {path: 'p'}}, {p: true}, 'windows[0].usedPercent: not a number'],
    [{usedPercent: {path: 'p'}}, {p: ''}, 'windows[0].usedPercent: not a number'],
    [{usedPercent: {path: 'p'}}, {p: 'NaN'}, 'windows[0].usedPercent: not a number'],
    [{usedPercent: {path: 'p'}}, {p: [1]}, 'windows[0].usedPercent: not a number'],
    [{usedPercent: {path: 'p'}}, {p: '$5'}, 'windows[0].usedPercent: not a number'],
    [{usedPercent: {path: 'p'}}, {p: 1e16}, 'windows[0].usedPercent: out of range'],
    [{used: {path: 'u'}, limit: {path: 'l'}}, {u: 1}, 'windows[0].limit: missing'],
    [{used: {path: 'u'}, limit: {path: 'l'}}, {l: 1}, 'windows[0].used: missing'],
    [{used: {path: 'u'}, limit: {path: 'l'}}, {u: 1, l: 0}, 'windows[0].limit: not above 0'],
    [{used: {path: 'u'}, limit: {path: 'l'}}, {u: 1, l: -5}, 'windows[0].limit: not above 0'],
    [{used: {path: 'u'}, remaining: {path: 'r'}}, {u: 0, r: 0}, 'windows[0].limit: not above 0'],
    [{used: 1e15, limit: 1e-15}, {}, 'windows[0]: out of range'],
    [{each: 'rows', usedPercent: {path: 'p'}}, {}, 'windows[0].each: missing'],
    [{each: 'rows', usedPercent: {path: 'p'}}, {rows: {p: 1}}, 'windows[0].each: not a list'],
  ])('is unknown, and says why, where they do not tell it: %j of %j', (mapping, body, why) => {
    expect(useOf(mapping, body)).toEqual({state: 'unknown', why});
  });

  it('is unlimited where the service says so, whatever the limit says', () => {
    const mapping = {used: {path: 'u'}, limit: {path: 'l'}, unlimited: {path: 'free', equals: true}};
    expect(useOf(mapping, {u: 4, l: -1, free: true})).toEqual({state: 'unlimited', used: 4});
    expect(useOf(mapping, {free: true})).toEqual({state: 'unlimited'});
    expect(useOf(mapping, {u: 4, l: 8, free: 'true'})).toMatchObject({state: 'known', usedPercent: 50});
  });

  it('tells what could not be read, with its path, to whoever tests a definition', () => {
    const definition = withWindow(
      {used: {path: 'data.used'}, limit: {path: 'data.max'}},
      {amounts: [{id: 'balance', value: {path: 'data.left'}, unit: 'eur'}]},
    );
    const {reading, unread} = mapBody(definition, {data: {used: 1, total: 2}}, now);
    expect(unread).toMatchObject([
      {place: 'windows[0].limit', path: 'data.max', why: 'missing'},
      {place: 'amounts[0].value', path: 'data.left', why: 'missing'},
    ]);
    expect([reading.amounts, reading.notes]).toEqual([[], [{code: 'skipped-rows'}]]);
  });
});

describe('the rows of a window', () => {
  const usedPercent = {path: 'p'};

  it.each<[unknown, unknown, boolean]>([
    [{path: 'kind', equals: 'a'}, {kind: 'a', p: 1}, true],
    [{path: 'kind', equals: 'a'}, {kind: 'b', p: 1}, false],
    [{path: 'kind', equals: null}, {p: 1}, false],
    [{path: 'max', present: true}, {max: 0, p: 1}, true],
    [{path: 'max', present: true}, {max: null, p: 1}, false],
    [{path: 'max', positive: true}, {max: '3', p: 1}, true],
    [{path: 'max', positive: true}, {max: 0, p: 1}, false],
    [{path: 'max', positive: true}, {max: true, p: 1}, false],
  ])('are there when the condition is met: %j of %j', (when, body, isThere) => {
    expect(windowOf({when, usedPercent}, body) !== undefined).toBe(isThere);
  });

  it('without a name are told to be missing, not passed over', () => {
    const id = {path: 'type', map: {a: '5h'}};
    const mapping = {id, each: 'rows', usedPercent};
    const {reading, unread} = mapBody(
      withWindow(mapping),
      {rows: [{p: 3}, {type: 'a', p: 4}, {type: 'toString', p: 5}]},
      now,
    );
    expect(reading.windows).toMatchObject([{id: '5h', use: {usedPercent: 4}}]);
    expect(reading.notes).toEqual([{code: 'skipped-rows'}]);
    expect(unread).toMatchObject([{place: 'windows[0].id', path: 'type', why: 'missing'}]);
  });

  it('of one id are one: the one that is used more', () => {
    const windows = [
      {id: '5h', usedPercent: {path: 'a'}},
      {id: '5h', usedPercent: {path: 'b'}},
    ];
    const both = (body: unknown) => mapBody(withWindow({}, {windows}), body, now).reading.windows.map(({use}) => use);
    expect(both({a: 20, b: 80})).toEqual([{state: 'known', usedPercent: 80}]);
    expect(both({a: 80, b: 20})).toEqual([{state: 'known', usedPercent: 80}]);
    expect(both({b: 0})).toEqual([{state: 'known', usedPercent: 0}]);
  });

  it('are all named by the map where the list is missing', () => {
    const id = {path: 'type', map: {a: '5h', b: 'weekly', c: '5h'}};
    const {windows} = mapBody(withWindow({id, each: 'rows', usedPercent}), {}, now).reading;
    expect(windows.map(window => [window.id, window.use.state])).toEqual([
      ['5h', 'unknown'],
      ['weekly', 'unknown'],
    ]);
  });

  it('may be the body itself, and are a hundred at most', () => {
    const rows = Array.from({length: 150}, (_, p) => ({p}));
    const {windows, notes} = mapBody(withWindow({each: [], usedPercent}), rows, now).reading;
    expect([windows.length, windows[0]?.use, notes]).toEqual([
      1,
      {state: 'known', usedPercent: 99},
      [{code: 'skipped-rows'}],
    ]);
  });
});

describe('the reset of a window', () => {
  const at = Date.parse('2026-11-27T21:00:00Z');
  it.each<[unknown, unknown, number | null]>([
    [{path: 't', as: 'iso'}, '2026-11-27T21:00:00.000Z', at],
    [{path: 't', as: 'iso'}, '2026-11-27T22:00:00+01:00', at],
    [{path: 't', as: 's'}, at / 1000, at],
    [{path: 't', as: 's'}, String(at / 1000), at],
    [{path: 't', as: 'ms'}, at, at],
    [{path: 't', as: 'in-seconds'}, 3600, at],
    [{path: 't', as: 'in-seconds'}, '3600', at],
    [{next: 'utc-day'}, null, Date.parse('2026-11-28T00:00:00Z')],
    [{path: 't', as: 'iso'}, '2026-11-27T19:59:00Z', null],
    [{path: 't', as: 'iso'}, at, null],
    [{path: 't', as: 'iso'}, 'soon', null],
    [{path: 't', as: 's'}, 0, null],
    [{path: 't', as: 'in-seconds'}, -5, null],
    [{path: 't', as: 'ms'}, 1e300, null],
    [{path: 't', as: 'ms'}, null, null],
  ])('is as the definition says, and null when it is over or not told: %j of %j', (resetsAt, t, expected) => {
    expect(windowOf({usedPercent: 1, resetsAt}, {t})?.resetsAt).toBe(expected);
  });
});

describe('texts of a body', () => {
  const named = (more: Record<string, unknown>, body: unknown) => {
    const {plan, label} = mapBody(withWindow({usedPercent: 1}, more), body, now).reading;
    return [plan, label];
  };

  it('are cleaned and cut, and stand for nothing where they are none', () => {
    expect(named({plan: 'Team', accountLabel: {path: 'me'}}, {me: 7})).toEqual(['Team', '7']);
    expect(named({plan: {path: 'p'}}, {p: '\u001b[31mGold\u0007\nplan'})).toEqual(['Gold plan', undefined]);
    expect(named({plan: {path: 'p'}}, {p: 'x'.repeat(90)})[0]).toBe(`${'x'.repeat(59)}…`);
    expect(named({plan: {path: 'p'}, accountLabel: {path: 'p'}}, {p: {a: 1}})).toEqual([null, undefined]);
  });
});

describe('money in a text', () => {
  it.each<[string, number | null]>([
    ['$1,234.50', 1234.5],
    ['-$5', -5],
    ['€ 7.25', 7.25],
    ['1,000 USD', 1000],
    ['12', 12],
    ['1,23', null],
    ['--5', null],
    ['five', null],
    ['$', null],
  ])('is read where the definition says that it is money: %s', (text, value) => {
    const definition = withWindow(
      {usedPercent: 1},
      {amounts: [{id: 'spend', value: {path: 'm', money: true}, unit: 'usd'}]},
    );
    expect(mapBody(definition, {m: text}, now).reading.amounts.map(amount => amount.value)).toEqual(
      value === null ? [] : [value],
    );
  });
});

describe('whatever the service answers', () => {
  it.each([null, 7, 'hello', true])('is refused when it is neither an object nor a list: %j', body => {
    expect(thrown(() => read('gateway', body))).toMatchObject({code: 'bad_response'});
  });

  it('is refused when it is nested too deep', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`);
    expect(thrown(() => read('gateway', deep))).toMatchObject({code: 'bad_response'});
  });

  const names = ['info', 'data', 'limits', 'window', 'ratio', 'spend', 'max_budget', 'total_used', 'code'];
  const {tree} = fc.letrec(tie => ({
    tree: fc.oneof(
      {maxDepth: 3},
      fc.oneof(fc.jsonValue({maxDepth: 2}), fc.double(), fc.string(), fc.integer()),
      fc.dictionary(fc.constantFrom(...names), tie('tree')),
      fc.array(tie('tree'), {maxLength: 3}),
    ),
  }));
  const path = fc.array(fc.constantFrom(...names), {minLength: 1, maxLength: 3});
  const source = fc.oneof(
    fc.record({path, negate: fc.boolean(), money: fc.boolean(), divideBy: fc.constantFrom(1, 100, 1e-9)}),
    fc.double({min: -1e15, max: 1e15, noNaN: true}),
  );
  const condition = fc.oneof(
    fc.record({path, present: fc.constant(true)}),
    fc.record({path, positive: fc.constant(true)}),
  );
  const figures = fc.oneof(
    fc.record({usedPercent: source, scale: fc.constant('0-1')}),
    fc.record({remainingPercent: source}),
    fc.record({used: source, limit: source}),
    fc.record({remaining: source, limit: source}),
    fc.record({used: source, remaining: source}),
  );
  const rest = fc.record(
    {
      each: path,
      when: condition,
      unlimited: condition,
      id: fc.record({path, map: fc.dictionary(fc.constantFrom(...names), fc.constant('weekly'))}),
      resetsAt: fc.record({path, as: fc.constantFrom('iso', 's', 'ms', 'in-seconds')}),
    },
    {requiredKeys: []},
  );

  it('is a reading of finite numbers, or a failure that says so, whatever the definition says', () => {
    fc.assert(
      fc.property(tree, figures, rest, (body, way, more) => {
        const outcome = thrown(() => mapBody(withWindow({...way, ...more}), body, now).reading);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(ProviderError);
          return;
        }
        for (const {use, windowMs, resetsAt} of (outcome as Reading).windows) {
          expect(windowMs === null || windowMs > 0).toBe(true);
          expect(resetsAt === null || resetsAt > now).toBe(true);
          if (use.state === 'known') expect(Math.abs(use.usedPercent)).toBeLessThanOrEqual(1e15);
          else if (use.state === 'unknown') expect(use.why).toMatch(/^windows\[0\]/);
        }
      }),
    );
  });

  it('never makes a number of a field that is missing', () => {
    const fields = ['usedPercent', 'remainingPercent', 'used limit', 'remaining limit', 'used remaining'];
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.integer({min: 0, max: 1}), fc.jsonValue(), (way, gone, extra) => {
        const figures = way.split(' ');
        const missing = figures[gone % figures.length] ?? '';
        const body = {...Object.fromEntries(figures.map(name => [name, 5])), extra};
        Reflect.deleteProperty(body, missing);
        const mapping = Object.fromEntries(figures.map(name => [name, {path: name}]));
        expect(useOf(mapping, body)).toEqual({state: 'unknown', why: `windows[0].${missing}: missing`});
      }),
    );
  });
});
