import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {sanitize, sanitizeDeep} from '../../../src/core/text/sanitize.ts';

describe('clean', () => {
  it.each([
    ['plain text', 'plain text'],
    ['  two\r\n lines\t here ', 'two lines here'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007after', 'after'],
    ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001bP1$r0m\u001b\\after', 'after'],
    ['\u009b2Jcleared', 'cleared'],
    ['before\u001b]52;c;ZXZpbA==', 'before'],
    ['a\u001bcb', 'ab'],
    ['a\u0000b\u0007c\u007fd\u0085e', 'abcde'],
    ['abc\u202edef\u2066ghi', 'abcdefghi'],
    ['a \u200b b', 'a b'],
    ['zero\u200bwidth\u2060join\ufeffed\u00ad', 'zerowidthjoined'],
    ['hangul\u3164filler\u115f', 'hangulfiller'],
    ['tag\u{e0041}ged', 'tagged'],
    ['lone\ud83dsurrogate', 'lonesurrogate'],
    ['智谱 GLM 日本語 한국어 ✓ 😀', '智谱 GLM 日本語 한국어 ✓ 😀'],
    ['line\u2028separator\u2029s', 'line separator s'],
  ])('makes %j one printable line', (text, expected) => {
    expect(sanitize(text)).toBe(expected);
  });

  it('leaves no character that is unsafe, in a text of others or beside one of every kind', () => {
    const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
    const kept = (text: string) => unsafe.test(sanitize(`a${text}b`)) || unsafe.test(sanitize(`한${text}b`));
    const all = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code));
    expect(all.filter(kept)).toEqual([]);
    expect(all.filter(each => sanitize(`a${each}b`) !== sanitize(`한${each}b`).replace('한', 'a'))).toEqual([]);
  });

  it('cuts at whole letters and says so', () => {
    expect(sanitize('x'.repeat(80))).toBe('x'.repeat(80));
    expect(sanitize('x'.repeat(81))).toBe(`${'x'.repeat(79)}…`);
    expect(sanitize('😀😀😀😀', 3)).toBe('😀😀…');
    expect(sanitize('one two three', 5)).toBe('one…');
  });

  it('does not take long over a text made to be slow', () => {
    for (const part of ['\u001b]', '\u001b[', ' \u200b', '\u001b', '\u009b0'])
      expect(sanitize(part.repeat(500_000)).length).toBeLessThanOrEqual(80);
  });
});

// What could move a cursor, change a direction, hide, or end a line.
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const hostile = fc
  .array(
    fc.oneof(
      fc.string({unit: 'binary'}),
      fc.integer({min: 0, max: 0xffff}).map(unit => String.fromCharCode(unit)),
      fc.constantFrom(
        '\u001b',
        '\u001b[',
        '\u001b]',
        '\u001bP',
        '\u0007',
        '\u001b\\',
        '\u009b',
        '\u009c',
        '\u009d',
        '\u202e',
        '\u{e0041}',
        '\ud83d',
        '\ude00',
        '31m',
        ';',
        '0',
      ),
    ),
    {maxLength: 40},
  )
  .map(parts => parts.join(''));

describe('whatever comes in', () => {
  it('leaves clean() as one bounded line without anything that acts on a terminal', () => {
    fc.assert(
      fc.property(hostile, fc.integer({min: 1, max: 100}), (text, longest) => {
        const line = sanitize(text, longest);
        expect(line).not.toMatch(harmful);
        expect([...line].length).toBeLessThanOrEqual(longest);
        expect(line).toBe(line.trim());
        expect(sanitize(line, longest)).toBe(line);
      }),
    );
  });

  it('leaves printable text on one line as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9.,:;!?()_-]{0,60}$/), text => {
        expect(sanitize(text)).toBe(text);
      }),
    );
  });

  it('is clean all the way down after sanitizeDeep()', () => {
    fc.assert(
      fc.property(fc.jsonValue({stringUnit: 'binary', maxDepth: 4}), value => {
        expect(JSON.stringify(sanitizeDeep(value)) ?? '').not.toMatch(
          /\\u00[01]|\\[nrtbf]|[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });
});

describe('sanitizeDeep', () => {
  it('cleans values and keys and keeps everything else', () => {
    const value = {'ke\ny': ['a\u001b[1mb', 1, true, null, {deep: 'c\u0007'}], none: undefined};
    expect(sanitizeDeep(value)).toEqual({'ke y': ['ab', 1, true, null, {deep: 'c'}], none: undefined});
  });

  it('drops what is not data', () => {
    expect(sanitizeDeep({a: () => 1, b: Symbol('b'), c: 1n, d: [() => 1, 2]})).toEqual({d: [2]});
  });

  it('passes every text through the given function', () => {
    expect(sanitizeDeep({a: ['b']}, text => text.toUpperCase())).toEqual({A: ['B']});
  });

  it('cannot be used to reach a prototype', () => {
    const cleaned = sanitizeDeep(JSON.parse('{"__proto__": {"polluted": true}}'));
    expect(Object.getPrototypeOf(cleaned)).toBe(Object.prototype);
    expect(({} as {polluted?: boolean}).polluted).toBeUndefined();
  });
});
