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
