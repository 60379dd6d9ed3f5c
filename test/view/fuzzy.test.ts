import {describe, expect, it} from 'vitest';
import {fuzzyMatch, isClose} from '../../src/view/fuzzy.ts';

const score = (query: string, text: string): number => fuzzyMatch(query, text)?.score ?? Number.NaN;

describe('a fuzzy match', () => {
  it('needs every letter, in order, whatever its case', () => {
    expect(fuzzyMatch('RFA', 'refresh all')).not.toBeNull();
    expect(fuzzyMatch('arf', 'refresh all')).toBeNull();
    expect(fuzzyMatch('zz', 'z')).toBeNull();
    expect(fuzzyMatch('', 'anything')).toEqual({score: 0, skipped: 0});
  });
  it('is better in a row than apart, and at the start of a word than within', () => {
    expect(score('all', 'refresh all')).toBeGreaterThan(score('all', 'a little later'));
    expect(score('th', 'next theme')).toBeGreaterThan(score('th', 'eight horses'));
    expect(score('nt', 'next theme')).toBeGreaterThan(score('nt', 'minute'));
  });
  it('takes the best of all places', () => {
    expect(fuzzyMatch('pro', 'p r o, then pro')?.skipped).toBe(0);
  });
  it('counts letters as people do', () => {
    expect(fuzzyMatch('主题', '主题：深色')?.skipped).toBe(0);
    expect(fuzzyMatch('👩‍💻', 'a 👩‍💻')?.skipped).toBe(0);
  });
});

describe('a rough name', () => {
  it.each([
    ['cplt', 'GitHub Copilot'],
    ['opn', 'OpenAI'],
    ['gantig', 'Google Antigravity'],
    ['opil', 'GitHub Copilot'],
  ])('%s is close to %s', (query, text) => expect(isClose(query, text)).toBe(true));
  it.each([
    ['gt', 'GitHub'],
    ['ogle', 'OpenAI'],
    ['gvy', 'Google Antigravity'],
    ['plus', 'people use lists'],
  ])('%s is not close to %s', (query, text) => expect(isClose(query, text)).toBe(false));
});
