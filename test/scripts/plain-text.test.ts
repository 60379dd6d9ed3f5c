import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {PlainSegmenter} from '../../scripts/ink-patches/runtime/plain-segmenter.ts';
import plainStringWidth from '../../scripts/ink-patches/runtime/plain-string-width.ts';

// What a screen shows, in any mixture: plain and wide letters, marks, colours; and what changes the letters beside it.
const pieces = [
  ...[
    'a',
    'Zz 9',
    '…',
    '·',
    '‼',
    '—',
    '∞',
    '█▊░',
    '─│╭',
    '▸',
    '↻',
    '✗',
    '⠋',
    '中文',
    'カタ',
    'ー',
    '。',
    '！',
    '한',
    'é',
  ],
  ...['\u001b[31m', '\u001b[38;5;147m', '\u001b[39m', '\u001b', '\n', '\r\n', '\t'],
  ...[
    'e\u0301',
    '\u0301',
    '\u3099',
    '\ufe0f',
    '\u200d',
    '\u00ad',
    '👍🏽',
    '👩‍👩‍👧',
    '⚡',
    '⏸',
    '◾',
    '1️⃣',
    '🇯🇵',
    'ｶﾞ',
    '\ud800',
  ],
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces), {maxLength: 12}).map(parts => parts.join('')),
  fc.string({unit: 'binary', maxLength: 12}),
);

describe('what the bundle counts text with', () => {
  it('counts cells as string-width does', () => {
    fc.assert(
      fc.property(text, each => {
        expect(plainStringWidth(each)).toBe(stringWidth(each));
        expect(plainStringWidth(each, {countAnsiEscapeCodes: true})).toBe(
          stringWidth(each, {countAnsiEscapeCodes: true}),
        );
      }),
      {numRuns: 500},
    );
  });

  it('counts every letter of the first plane as string-width does', () => {
    const wrong = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code)).filter(
      letter => plainStringWidth(letter) !== stringWidth(letter),
    );
    expect(wrong).toEqual([]);
  });

  it('finds the graphemes that Intl.Segmenter finds', () => {
    const real = new Intl.Segmenter();
    const fast = new PlainSegmenter();
    fc.assert(
      fc.property(text, each => {
        expect([...fast.segment(each)].map(({segment, index}) => [segment, index])).toEqual(
          [...real.segment(each)].map(({segment, index}) => [segment, index]),
        );
      }),
      {numRuns: 500},
    );
  });

  it('leaves words to Intl.Segmenter', () => {
    const words = new PlainSegmenter('en', {granularity: 'word'});
    expect([...words.segment('two words')].map(({segment}) => segment)).toEqual(['two', ' ', 'words']);
  });
});
