import {describe, expect, it} from 'vitest';
import type {Use} from '../../src/core/model.ts';
import {catalogue} from '../../src/providers/index.ts';
import type {ViewContext} from '../../src/view/context.ts';
import {filtered} from '../../src/view/filter.ts';
import {panelsOf} from '../../src/view/rows/panel.ts';
import {stringsFor} from '../../src/view/strings/index.ts';
import {testLook} from '../support/look.ts';
import {
  account,
  failing,
  fresh,
  freshAccounts,
  hour,
  monitorState,
  reading,
  someNow,
  window,
} from '../support/state.ts';

const found = (filter: string, state = fresh(), context: ViewContext = testLook()): string[] =>
  filtered(panelsOf(state, catalogue, someNow), filter, context).map(panel => panel.info.id);

describe('the filter', () => {
  it('finds by provider, account and plan', () => {
    expect(found('copilot')).toEqual(['copilot']);
    expect(found('octo')).toEqual(['copilot']);
    expect(found('ultra')).toEqual(['google']);
    expect(found('')).toHaveLength(freshAccounts().length);
  });
  it('needs every word', () => {
    expect(found('google ultra')).toEqual(['google']);
    expect(found('google plus')).toEqual([]);
  });
  it('finds by status, and by the mark of a failure', () => {
    expect(found('rate_limited', failing())).toEqual(['copilot']);
    expect(found('cannot reach', failing())).toEqual(['zai']);
    expect(found('✗', failing())).toHaveLength(5);
    expect(found('✗')).toEqual([]);
  });
});

describe('the language of the filter', () => {
  const use = (id: string, ...uses: (number | Use)[]) =>
    account(
      `${id}:1`,
      `${id}@example.com`,
      reading(
        'Pro',
        uses.map((each, index) => window(index === 0 ? '5h' : 'weekly', each, hour)),
      ),
    );
  const old = {...use('zhipu', 95), readAt: someNow - 24 * hour};
  const state = monitorState([
    use('openai', 12, 64),
    use('copilot', 71, {state: 'unlimited'}),
    use('google', 98),
    use('zai', {state: 'unknown', why: 'no figure'}),
    old,
  ]);
  it.each([
    ['>80', ['google', 'zhipu']],
    ['>=98', ['google']],
    ['>98', []],
    ['<20', ['openai']],
    ['<20 >60', ['openai']],
    ['!>80', ['openai', 'copilot', 'zai']],
    ['stale', ['zhipu']],
    ['critical !stale', ['google']],
    ['!unlimited', ['openai', 'google', 'zai', 'zhipu']],
    ['unknown', ['zai']],
    ['!!', ['google', 'zhipu']],
    ['provider:open', ['openai']],
    ['account:copilot@', ['copilot']],
    ['plan:openai', []],
    ['!plan:pro', []],
    ['cplt', ['copilot']],
    ['"cplt"', []],
    ['!cplt !provider:zai', ['openai', 'google', 'zhipu']],
    ['nonsense:openai', []],
  ])('/%s', (filter, ids) => expect(found(filter, state)).toEqual(ids));
  it('tells accounts that failed from those that did not', () => {
    const all = found('', failing());
    expect(found('failed', failing())).toHaveLength(5);
    expect(found('!failed', failing())).toHaveLength(all.length - 5);
    expect(found('!failed')).toHaveLength(freshAccounts().length);
  });
  it('takes figures for what the screen shows', () => {
    expect(found('<20', state, testLook({show: 'left'}))).toEqual(['google', 'zhipu']);
    expect(found('>80', state, testLook({show: 'left'}))).toEqual(['openai']);
  });
});

describe('the filter by how bad it is', () => {
  const one = (id: string, use: number | Use) => account(`${id}:1`, 'me', reading('Pro', [window('5h', use, hour)]));
  const state = monitorState([
    one('openai', 12),
    one('copilot', 71),
    one('google', 98),
    one('zai', 137),
    one('zhipu', {state: 'unlimited'}),
  ]);
  it.each([
    ['warn', ['copilot']],
    ['warning', ['copilot']],
    ['critical', ['google', 'zai']],
    ['over', ['zai']],
    ['!', ['copilot', 'google', 'zai']],
    ['!!', ['google', 'zai']],
    ['‼', ['google', 'zai']],
    ['98', ['google']],
    ['137%', ['zai']],
    ['unlimited', ['zhipu']],
  ])('/%s', (filter, ids) => {
    expect(found(filter, state)).toEqual(ids);
  });
  it.each([
    ['zh', '警告', ['copilot']],
    ['zh', '严重', ['google', 'zai']],
    ['ja', '危険', ['google', 'zai']],
    ['ja', '超過', ['zai']],
    ['ja', 'critical', ['google', 'zai']],
  ] as const)('in %s: /%s', (language, filter, ids) => {
    expect(found(filter, state, testLook({strings: stringsFor(language, catalogue)}))).toEqual(ids);
  });
  it('goes by the thresholds of the settings and by the figures that are shown', () => {
    expect(found('critical', state, testLook({thresholds: {warn: 10, critical: 70}}))).toEqual([
      'copilot',
      'google',
      'zai',
    ]);
    expect(found('88%', state, testLook({show: 'left'}))).toEqual(['openai']);
  });
});
