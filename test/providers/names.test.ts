import {describe, expect, it} from 'vitest';
import {catalogue, pathVariables} from '../../src/providers/index.ts';
import {filesBelow, textOf} from '../docs/support.ts';

/** Words in names that are no names: whoever writes "the key file" outside means nobody's. */
const ordinary = new Set(
  `a ai and api app auth browser chat cli cloud code coding command config configuration credentials desktop editor editors
  cn cursor environment extension file files for go helper ide json key keys login logins mystatus of official plan plugin pro
  program q quota s session settings state store studio the token tokens tool tools tui web accounts`.split(/\s+/),
);

/** Files that may hold what looks like a name, and why. */
const exceptions: Record<string, string> = {
  'src/core/text/redact.ts': 'how tokens begin: gh as in gho_',
  'src/view/rows/frame.ts': 'corners of a frame: bl as in bottom left',
  'src/output/markup.ts': '&amp; is how markup spells the ampersand',
  'src/system/ledger/older-words.ts': 'what 0.1.0 called its advice',
  'src/system/ledger/postgres/database.ts': 'json_build_array is a function of the database',
  'src/system/ledger/postgres/past.ts': 'json_build_array is a function of the database',
  'src/system/kept-functions.ts': 'globalThis is a name of the language',
  'src/terminal/first-frame.ts': 'globalThis is a name of the language',
};

const wordsOf = (name: string): string[] => name.toLowerCase().match(/[\p{L}\d]+(?:\.[\p{L}\d]+)*/gu) ?? [];
const isName = (word: string): boolean => /\p{L}/u.test(word) && !ordinary.has(word);
const names = catalogue.flatMap(({id, name, places}) => [
  ...[id, name, ...places.map(place => place.name)].flatMap(wordsOf).filter(isName),
  ...places.flatMap(({programs = [], variables = []}) => [...programs, ...variables]),
]);
const hosts = catalogue.flatMap(each => each.hosts);
const pattern = new RegExp(
  `(?<!\\w)(?:${[...new Set([...names, ...hosts, ...pathVariables])].map(name => name.replace(/[.*+]/g, '\\$&')).join('|')})(?!\\w)`,
  'i',
);

const withoutComments = (code: string): string => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
/** Also where a name is one word of several: `isCodex`, `CODEX_FILES`. */
const namesIn = (code: string): string[] =>
  code
    .split('\n')
    .filter(line =>
      [line, line.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' '), line.replaceAll('_', ' ')].some(each => pattern.test(each)),
    );

const outside = filesBelow('src', /\.tsx?$/).filter(file => !file.startsWith('src/providers/'));
const found = outside.flatMap(file => namesIn(withoutComments(textOf(file))).map(line => ({file, line: line.trim()})));

describe('outside src/providers', () => {
  it('nothing names a provider, a tool that keeps its logins, a host or a variable of it', () => {
    expect(outside.length).toBeGreaterThan(150);
    expect(found.filter(({file}) => exceptions[file] === undefined)).toEqual([]);
  });

  it('no exception is needed any more that nothing needs', () => {
    const needed = found.map(({file}) => file);
    expect(Object.keys(exceptions).filter(file => !needed.includes(file))).toEqual([]);
  });

  it.each([
    ['an id', "settings.providers['zai']"],
    ['a name', '`Sign in to GitHub Copilot`'],
    ['a tool', 'const isCodexFile = true'],
    ['a tool among other words', 'const OPENCODE_PURE = 1;'],
    ['a program', "run('agy', ['--version'])"],
    ['a host', "'https://api.z.ai/v1'"],
    ['a variable', 'env.GEMINI_CLI_HOME'],
  ])('%s would be found', (_, code) => {
    expect(namesIn(code)).toEqual([code]);
  });

  it.each(['const bazaine = 1;', "'the key file of the program'", 'openCodepoint()'])('%s is no name', code => {
    expect(namesIn(code)).toEqual([]);
  });
});
