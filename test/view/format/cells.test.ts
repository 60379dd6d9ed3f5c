import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {cellWidth, cut, padEnd, padStart, wrap} from '../../../src/view/format/cells.ts';

const letters = fc.constantFrom(
  'a',
  ' ',
  '界',
  'ｱ',
  'é',
  'e\u0301',
  '👩‍👩‍👧',
  '🇯🇵',
  '█',
  '│',
  '한',
  '…',
  '-',
  '\u200d',
);
const texts = fc.oneof(
  fc.array(letters, {maxLength: 24}).map(parts => parts.join('')),
  fc.string({unit: 'grapheme', maxLength: 24}),
);

describe('cellWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['5 小时限额', 10],
    ['週間枠', 6],
    ['█▌░│─╭', 6],
    ['⠋⣿', 2],
    ['“×”', 3],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
  ])('of %j is %i', (text, cells) => {
    expect(cellWidth(text)).toBe(cells);
  });

  it('agrees with string-width on the fast path', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(cellWidth(text)).toBe(stringWidth(text));
      }),
    );
  });
});

describe('cut', () => {
  it.each([
    ['hello', 5, 'hello'],
    ['hello', 4, 'hel…'],
    ['hello', 1, '…'],
    ['hello', 0, ''],
    ['hello', -3, ''],
    ['a long name', 8, 'a long…'],
    ['使用状況', 8, '使用状況'],
    ['使用状況', 7, '使用状…'],
    ['使用状況', 6, '使用…'],
    ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
  ])('fits %j into %i cells', (text, cells, expected) => {
    expect(cut(text, cells)).toBe(expected);
  });

  it('never exceeds its cells, whatever the text', () => {
    fc.assert(
      fc.property(texts, fc.integer({min: -2, max: 30}), (text, cells) => {
        expect(cellWidth(cut(text, cells))).toBeLessThanOrEqual(Math.max(0, cells));
      }),
    );
  });

  it('leaves a text that fits alone', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(cut(text, cellWidth(text))).toBe(cellWidth(text) === 0 ? '' : text);
      }),
    );
  });
});

describe('padding', () => {
  it('is counted in cells', () => {
    expect(padEnd('週間', 6)).toBe('週間  ');
    expect(padStart('12%', 5)).toBe('  12%');
  });

  it('makes every text exactly as wide as asked', () => {
    fc.assert(
      fc.property(texts, fc.integer({min: 0, max: 30}), (text, cells) => {
        expect(cellWidth(padEnd(text, cells))).toBe(cells);
        expect(cellWidth(padStart(text, cells))).toBe(cells);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('the login has expired', 10)).toEqual(['the login', 'has', 'expired']);
  });

  it('keeps a command in one line where a line is long enough', () => {
    expect(wrap('say who pays: `tool login work` with a name', 18)).toEqual([
      'say who pays:',
      '`tool login work`',
      'with a name',
    ]);
    expect(wrap('sign in (`tool login`, or an editor)', 16)).toEqual(['sign in', '(`tool login`,', 'or an editor)']);
    expect(wrap('run `tool login work` now', 12)).toEqual(['run `tool', 'login work`', 'now']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('a abcdefghij b', 4)).toEqual(['a', 'abcd', 'efgh', 'ij b']);
  });

  it('breaks between wide letters', () => {
    expect(wrap('登录已过期', 4)).toEqual(['登录', '已过', '期']);
  });

  it('gives one empty line for nothing, and none for no room', () => {
    expect([wrap('', 5), wrap('abc', 0)]).toEqual([[''], []]);
  });

  it('never exceeds its cells and loses no letter', () => {
    const words = fc.array(fc.constantFrom('a', 'bcd', '使用', 'efghijklmnop', '週間枠', ' '), {maxLength: 12});
    fc.assert(
      fc.property(words, fc.integer({min: 2, max: 20}), (parts, cells) => {
        const text = parts.join(' ');
        const lines = wrap(text, cells);
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(cells);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
