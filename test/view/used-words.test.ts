import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {failureCodes} from '../../src/core/model.ts';
import {en} from '../../src/view/strings/en.ts';

/** Words that nothing says stay in three languages for ever unless somebody looks: here every key and code is looked up. */

const src = new URL('../../src', import.meta.url).pathname;
const files = readdirSync(src, {recursive: true, encoding: 'utf8'})
  .filter(file => /\.tsx?$/.test(file) && !file.startsWith('view/strings/'))
  .map(file => ({file, code: withoutComments(readFileSync(join(src, file), 'utf8'))}));

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** `look.strings.panel`, `(options.strings ?? en).panel`; other things have keys and states, too. */
const accessOf = (group: string): string => `(?:[sS]trings|[wW]ords|\\))\\.${group}`;

/** Functions that return a group, as `wordsOf(desk)` does: other files call them. */
const getters = (group: string): string[] =>
  files.flatMap(({code}) =>
    [...code.matchAll(new RegExp(`const (\\w+) = \\([^;{}()]*\\) =>[^;{}]*\\.${group};`, 'g'))].map(
      ([, name = '']) => `\\b${name}\\([^()]*\\)`,
    ),
  );

/** What a file calls a group of strings: `strings.panel`, `panel` taken out of it, `words` that stands for it. */
function nameIn(code: string, group: string, called: readonly string[]): string {
  const variables = [
    ...code.matchAll(new RegExp(`(?:const|let) (\\w+) = [^;]*(?:${called.join('|')});`, 'g')),
    ...code.matchAll(new RegExp(`(\\w+): Strings\\['${group}'\\]`, 'g')),
  ].map(([, name]) => `\\b${name}`);
  const taken = new RegExp(`{[^{}=]*\\b${group}\\b[^{}=]*}(?: = [^;]*(?:strings|words)|: Strings\\b)`, 'i');
  return `(?:${[...called, ...variables, ...(taken.test(code) ? [`(?<![.\\w])${group}`] : [])].join('|')})`;
}

/** The keys of a group that are said by name. */
function namedKeys(group: string): string[] {
  const called = [accessOf(group), ...getters(group)];
  const speaking = files.filter(({code}) => code.includes(group) || new RegExp(called.join('|')).test(code));
  return speaking.flatMap(({code}) => {
    const name = nameIn(code, group, called);
    const named = [...code.matchAll(new RegExp(`${name}(?:\\??\\.|\\[')([\\w-]+)`, 'g'))].map(([, key = '']) => key);
    const taken = [...code.matchAll(new RegExp(`{([^{}=]*)} = [^;]*${name};`, 'g'))].flatMap(
      ([, list = '']) => list.match(/\w+/g) ?? [],
    );
    return [...named, ...taken];
  });
}

/** Keys that are looked up by a value where others of their group are said by name. */
const lookedUp: Readonly<Record<string, readonly string[]>> = {
  states: ['used', 'left'],
  help: ['move', 'act', 'view', 'program'],
  accountTable: ['hours', 'week', 'month'],
  doctor: ['ok', 'warn', 'fail', 'info'],
  own: ['service', 'program'],
  // By type one for each action of the keymap.
  keys: Object.keys(en.keys),
};
/** Read as a table, `strings.notes[code]`, or handed on as one. */
const isTable = (group: string): boolean => files.some(({code}) => new RegExp(`${accessOf(group)}[[,)]`).test(code));

function usedKeys(group: string, keys: readonly string[]): ReadonlySet<string> {
  const named = namedKeys(group).filter(key => keys.includes(key));
  return new Set(named.length === 0 && isTable(group) ? keys : [...named, ...(lookedUp[group] ?? [])]);
}

type Words = Record<string, unknown>;
function unusedWords(strings: Words): string[] {
  return Object.entries(strings).flatMap(([group, words]) => {
    if (typeof words !== 'object' || words === null)
      return files.some(({code}) => new RegExp(`\\.${group}\\b`).test(code)) ? [] : [group];
    const used = usedKeys(group, Object.keys(words));
    return Object.keys(words)
      .filter(key => !used.has(key))
      .map(key => `${group}.${key}`);
  });
}

describe('the words', () => {
  it('are all used: no key that nothing says', () => {
    expect(unusedWords(en)).toEqual([]);
  });

  it('would be found if nothing used them', () => {
    const more = {...en, lonely: () => '', header: {...en.header, provider: '', never: ''}, nobody: {reads: ''}};
    expect(unusedWords(more)).toEqual(['header.provider', 'header.never', 'lonely', 'nobody.reads']);
  });
});

/** Where codes come from; tables that must be complete by type say nothing about use. */
const producers = files.filter(({file}) => !/^view\/|^core\/model\.ts|^system\/ledger-values\.ts/.test(file));
const unproduced = (codes: readonly string[], pattern: (code: string) => string): string[] =>
  codes.filter(code => !producers.some(each => new RegExp(pattern(code)).test(each.code)));

const quoted = (code: string): string => `'${code}'`;

describe('the codes', () => {
  it.each([
    ['notes', quoted, []],
    ['remedies', quoted, []],
    ['notices', quoted, []],
    // The lists at the end are words of services that are still to come: each leaves its list with the first giver.
    ['amounts', (code: string) => `id: '${code}'|\\['${code}', `, ['balance/workspace']],
    [
      'units',
      (code: string) => `[uU]nit: '${code}'|\\bunit = '${code}'|'${code}' as const|[?:] '${code}'`,
      ['points', 'characters'],
    ],
  ] as const)('of %s are all given by somebody', (group, pattern, awaited) => {
    expect(unproduced(Object.keys(en[group]), pattern)).toEqual(awaited);
  });

  it('of failures are all given by somebody', () => {
    // Not the sets of core/: they only sort what providers and the network give.
    const given = producers.filter(({file}) => /^(providers|system|core\/(once|settle))/.test(file));
    const unused = failureCodes.filter(
      code => !given.some(each => new RegExp(`(?:ProviderError\\(|: |\\? |code: )'${code}'`).test(each.code)),
    );
    expect(unused).toEqual([]);
  });

  it('would be found if nobody gave them', () => {
    expect(unproduced(['message', 'never-given'], quoted)).toEqual(['never-given']);
  });
});
