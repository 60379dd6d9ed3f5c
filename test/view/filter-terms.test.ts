import {describe, expect, it} from 'vitest';
import {termsOf} from '../../src/view/filter-terms.ts';
import {stringsFor} from '../../src/view/strings/index.ts';

const terms = (filter: string, language: 'en' | 'zh' | 'ja' = 'en') => termsOf(filter, stringsFor(language).filter);
const word = (text: string, more = {}) => ({kind: 'word', text, quoted: false, not: false, ...more});

describe('the terms of a filter', () => {
  it('are words with spaces between them, in small letters', () => {
    expect(terms('  Open  PLUS ')).toEqual([word('open'), word('plus')]);
    expect(terms('')).toEqual([]);
  });
  it('hold their spaces within quotes, also while the quote is not closed', () => {
    expect(terms('"a b" c')).toEqual([word('a b', {quoted: true}), word('c')]);
    expect(terms('"a b')).toEqual([word('a b', {quoted: true})]);
    expect(terms('plan:"AI Pro"')).toEqual([{kind: 'field', field: 'plan', text: 'ai pro', not: false}]);
  });
  it.each(['>', '<', '>=', '<='] as const)('compare figures with %s', sign => {
    const figure = {kind: 'figure', sign, percent: 12.5, not: false};
    expect(terms(`${sign}12.5`)).toEqual([figure]);
    expect(terms(`!${sign}12.5%`)).toEqual([{...figure, not: true}]);
  });
  it('are negated by ! before anything', () => {
    expect(terms('!failed')).toEqual([{kind: 'state', state: 'failed', text: 'failed', not: true}]);
    expect(terms('!plan:pro')).toEqual([{kind: 'field', field: 'plan', text: 'pro', not: true}]);
    expect(terms('!octo')).toEqual([word('octo', {not: true})]);
  });
  it.each(['!', '!!', '>', '<=', '>8x', '>-5', 'plan:', 'colour:red', ':', '::', '""', '"'])(
    'that are malformed are plain words: %s',
    text => {
      expect(terms(text)).toEqual([word(text, {quoted: text.includes('"')})]);
    },
  );
  it.each([
    ['zh', '!失败', 'failed', true],
    ['zh', '不限量', 'unlimited', false],
    ['ja', '！失敗', 'failed', true],
    ['ja', 'stale', 'stale', false],
  ] as const)('name states in the language of the screen and in English: %s %s', (language, text, state, not) => {
    expect(terms(text, language)).toMatchObject([{kind: 'state', state, not}]);
  });
  it.each([
    ['zh', '套餐：pro', 'plan'],
    ['ja', 'プラン:pro', 'plan'],
    ['ja', 'provider:pro', 'provider'],
  ] as const)('name fields so too: %s %s', (language, text, field) => {
    expect(terms(text, language)).toEqual([{kind: 'field', field, text: 'pro', not: false}]);
  });
});
