import fc from 'fast-check';
import {expect, it} from 'vitest';
import {textsOfToml} from '../../../src/providers/shared/toml.ts';

const told = (file: string): string[] => textsOfToml(file).map(({path, text}) => `${path.join(' ')}: ${text}`);

it('texts are found in tables, under dotted names and in inline tables', () => {
  const file = `
    top = "first" # a comment
    [providers.kimi]
    key = 'a "plain" text'
    env.NAME = "with \\"marks\\" and \\u0041"
    env2 = { NAME = "inline", other.name = 'two' }
    count = 7
    ["quoted.table" . 'and' ]
    "a b" = "c"
  `;
  expect(told(file)).toEqual([
    'top: first',
    'providers kimi key: a "plain" text',
    'providers kimi env NAME: with "marks" and A',
    'providers kimi env2 NAME: inline',
    'providers kimi env2 other name: two',
    'quoted.table and a b: c',
  ]);
});

it.each([
  ['comments', '# a = "b"'],
  ['lists of tables', '[[rows]]\na = "b"'],
  ['texts of several lines', 'a = """\nb = "c"\n"""'],
  ['lists', 'a = [\n  "b = c",\n]'],
  ['unfinished texts', 'a = "b'],
  ['unknown escapes', 'a = "\\x"'],
])('nothing is found in %s', (_, file) => {
  expect(told(file)).toEqual([]);
});

it('an inline table is read past what is no text, and one of any length at once', () => {
  expect(told("a = { n = 1, b = 'c', list = [1, 2], d = \"e, f\", g = 'h' }")).toEqual([
    'a b: c',
    'a d: e, f',
    'a g: h',
  ]);
  // Tried at each letter, any of these would take hours.
  for (const part of ['a', 'a.', 'a . ', '"', ', ']) expect(told(`a = {${part.repeat(200_000)}}`)).toEqual([]);
});

it('a list of tables ends with the next table', () => {
  expect(told('[[rows]]\na = "b"\n[table]\nc = "d"')).toEqual(['table c: d']);
});

it('any text gives some answer', () => {
  fc.assert(
    fc.property(fc.string(), text => Array.isArray(textsOfToml(text))),
    {numRuns: 300},
  );
});
