import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {lettersOf} from '../../src/view/format/cells.ts';
import {edited, inserted, lineOf, type TypedLine} from '../../src/view/line-edit.ts';
import {lineWidth} from '../../src/view/rows/line.ts';
import {typedLine} from '../../src/view/rows/typed-line.ts';
import {testLook} from '../support/look.ts';

/** The line after these keys, with `|` where the cursor stands. */
function lineAfter(start: string, ...keys: string[]): string {
  const {text, cursor} = keys.reduce<TypedLine>(edited, lineOf(start));
  const letters = lettersOf(text);
  return `${letters.slice(0, cursor).join('')}|${letters.slice(cursor).join('')}`;
}

describe('a line that is being typed', () => {
  it.each([
    [['!'], 'one two three!|'],
    [['left', 'left', '!'], 'one two thr!|ee'],
    [['ctrl+b', 'ctrl+b', 'ctrl+f', '!'], 'one two thre!|e'],
    [['home', '!'], '!|one two three'],
    [['ctrl+a', 'right', '!'], 'o!|ne two three'],
    [['home', 'end', '!'], 'one two three!|'],
    [['ctrl+a', 'ctrl+e', '!'], 'one two three!|'],
    [['backspace'], 'one two thre|'],
    [['ctrl+h'], 'one two thre|'],
    [['delete'], 'one two three|'],
    [['home', 'delete'], '|ne two three'],
    [['home', 'ctrl+d', 'ctrl+d'], '|e two three'],
    [['home', 'backspace', 'left'], '|one two three'],
    [['ctrl+w'], 'one two |'],
    [['ctrl+w', 'ctrl+w'], 'one |'],
    [['left', 'left', 'ctrl+w'], 'one two |ee'],
    [['ctrl+u'], '|'],
    [['left', 'left', 'ctrl+u'], '|ee'],
    [['left', 'left', 'ctrl+k'], 'one two thr|'],
    [['ctrl+left'], 'one two |three'],
    [['alt+left', 'alt+b'], 'one |two three'],
    [['home', 'ctrl+right'], 'one| two three'],
    [['home', 'alt+right', 'alt+f'], 'one two| three'],
    [['ctrl+right'], 'one two three|'],
    [['home', 'ctrl+left'], '|one two three'],
    [['alt+backspace'], 'one two |'],
    [['home', 'alt+d'], '| two three'],
    [['home', 'alt+d', 'alt+d'], '| three'],
    [['up', 'tab', 'f1', 'alt+x', 'ctrl+t', '\u0007'], 'one two three|'],
  ])('is after %j: %s', (keys, line) => {
    expect(lineAfter('one two three', ...keys)).toBe(line);
  });

  it('counts what people call letters', () => {
    expect(lineAfter('a👨‍👩‍👧é', 'backspace', 'backspace')).toBe('a|');
    expect(lineAfter('日本語', 'left', 'x')).toBe('日本x|語');
    // The mark becomes part of the letter before it.
    expect(lineAfter('e', '\u0301', 'left')).toBe('|e\u0301');
  });

  it('takes a paste where the cursor stands', () => {
    expect(inserted({text: 'ac', cursor: 1}, 'bb')).toEqual({text: 'abbc', cursor: 3});
  });

  it('keeps its cursor within the text, and to whole letters, whatever is pressed', () => {
    const key = fc.constantFrom(
      'a',
      ' ',
      '語',
      '\u0301',
      '👩',
      '\u200d',
      'left',
      'right',
      'home',
      'end',
      'backspace',
      'delete',
      'ctrl+w',
      'ctrl+u',
      'ctrl+k',
    );
    fc.assert(
      fc.property(fc.string(), fc.array(key), (start, keys) => {
        const {text, cursor} = keys.reduce<TypedLine>(edited, lineOf(start));
        return Number.isInteger(cursor) && cursor >= 0 && cursor <= lettersOf(text).length;
      }),
    );
  });

  const moves = ['left', 'right', 'home', 'end', 'ctrl+left', 'ctrl+right', 'alt+b', 'alt+f', 'ctrl+a', 'ctrl+e'];
  const texts = fc.string({unit: 'grapheme', maxLength: 20});
  const lines = fc.tuple(texts, fc.nat(20)).map(([text, at]): TypedLine => {
    const line = lineOf(text);
    return {text, cursor: Math.min(line.cursor, at)};
  });

  it('is not changed by moving in it', () => {
    fc.assert(
      fc.property(lines, fc.array(fc.constantFrom(...moves)), (line, keys) => {
        expect(keys.reduce<TypedLine>(edited, line).text).toBe(line.text);
      }),
    );
  });
  it('goes as far to the right as it went to the left', () => {
    fc.assert(
      fc.property(lines, line => {
        if (line.cursor === 0) return;
        expect(['left', 'right'].reduce<TypedLine>(edited, line)).toEqual(line);
      }),
    );
  });
  it('loses what is before the cursor and what is after it, and nothing else', () => {
    fc.assert(
      fc.property(lines, line => {
        const letters = lettersOf(line.text);
        expect(edited(line, 'ctrl+u').text).toBe(letters.slice(line.cursor).join(''));
        expect(edited(line, 'ctrl+k').text).toBe(letters.slice(0, line.cursor).join(''));
        const [shorter, same] = [edited(line, 'ctrl+w'), edited(edited(line, 'ctrl+left'), 'end')];
        expect(same.text.startsWith(shorter.text.slice(0, shorter.cursor))).toBe(true);
      }),
    );
  });
  it('is drawn within its room, with the cursor in it', () => {
    fc.assert(
      fc.property(lines, fc.integer({min: 6, max: 30}), fc.boolean(), (line, width, ascii) => {
        const drawn = typedLine(line, width, {...testLook(), ascii});
        expect(lineWidth(drawn)).toBeLessThanOrEqual(width);
        const under = lettersOf(line.text)[line.cursor];
        const [, , cursor] = drawn;
        expect(cursor?.text).toBe(under ?? (ascii ? '_' : '▏'));
        expect(cursor?.inverse ?? false).toBe(under !== undefined);
      }),
    );
  });
});
