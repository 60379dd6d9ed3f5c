import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {themeJsonSchema} from '../../../scripts/theme-schema.ts';
import {themeTones} from '../../../src/core/themes.ts';
import {readSettings} from '../../../src/system/settings/file.ts';
import {checkTheme} from '../../../src/system/settings/theme-check.ts';
import {readThemes} from '../../../src/system/settings/themes.ts';
import {known, texts, write} from './support.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mystatus-themes-'));
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const pathOf = (file: string): string => join(directory, 'themes', file);
function put(file: string, theme: unknown): void {
  mkdirSync(join(directory, 'themes'), {recursive: true});
  writeFileSync(pathOf(file), typeof theme === 'string' ? theme : JSON.stringify(theme));
}
const problems = async (): Promise<string[]> => texts((await readThemes(directory)).problems);

describe('themes of the user’s own', () => {
  it('are none, without a complaint, where there is no directory or nothing in it', async () => {
    expect(await readThemes(directory)).toMatchObject({themes: new Map(), problems: []});
    mkdirSync(join(directory, 'themes'));
    expect(await readThemes(directory)).toMatchObject({themes: new Map(), problems: []});
  });
  it('are called by their files, and may leave out everything', async () => {
    put('ocean.json', {extends: 'light', colors: {ok: '#00aaFF', track: 240}, colors256: {ok: 39}});
    put('plain.json', {});
    put('notes.txt', 'no theme');
    expect((await readThemes(directory)).themes).toEqual(
      new Map([
        ['ocean', {extends: 'light', colors: {ok: '#00aaFF', track: 240}, colors256: {ok: 39}}],
        ['plain', {extends: 'auto', colors: {}, colors256: {}}],
      ]),
    );
    expect(await problems()).toEqual([]);
  });
  it.each([
    ['no JSON', '{"colors": {', 'themes/mine.json: not valid JSON at line 1, column 13'],
    ['a list', '[]', 'themes/mine.json: not a JSON object'],
    ['too much', `{"$schema": "${'x'.repeat(70_000)}"}`, 'themes/mine.json: it is larger than 64 KiB'],
  ])('are named and ignored as a whole where the file holds %s', async (_, text, expected) => {
    put('mine.json', text);
    put('other.json', {});
    const {themes} = await readThemes(directory);
    expect([...themes.keys()]).toEqual(['other']);
    expect(await problems()).toEqual([expected]);
  });
  it('are named and ignored where a directory or a link to nowhere has the name', async () => {
    mkdirSync(pathOf('mine.json'), {recursive: true});
    symlinkSync(join(directory, 'nowhere'), pathOf('gone.json'));
    expect((await readThemes(directory)).themes).toEqual(new Map());
    expect(await problems()).toEqual([
      'themes/gone.json: ENOENT',
      'themes/mine.json: a directory is where the file should be',
    ]);
  });
  it.each([
    [{colors: {ok: 'red'}}, 'themes/mine.json: colors.ok: must be "#rrggbb" or a number from 0 to 255'],
    [{colors: {ok: '#12345'}}, 'themes/mine.json: colors.ok: must be "#rrggbb" or a number from 0 to 255'],
    [{colors: {ok: '\u001b[31m'}}, 'themes/mine.json: colors.ok: must be "#rrggbb" or a number from 0 to 255'],
    [{colors: {ok: 256}}, 'themes/mine.json: colors.ok: must be a number from 0 to 255, not 256'],
    [{colors256: {ok: 1.5}}, 'themes/mine.json: colors256.ok: must be a number from 0 to 255'],
    [{colors256: {ok: '#123456'}}, 'themes/mine.json: colors256.ok: must be a number from 0 to 255, not a string'],
    [{colors: {wran: 1}}, /^themes\/mine\.json: colors\.wran: is not one of ok, warn, .*; did you mean "warn"\?$/],
    [{colors: {['__proto__']: 1}}, /^themes\/mine\.json: colors\.__proto__: is not one of ok, /],
    [{extends: 'drak'}, /^themes\/mine\.json: extends: "drak" is not one of auto, dark, .*; did you mean "dark"\?$/],
    [{extends: 'mine'}, /^themes\/mine\.json: extends: "mine" is not one of /],
    [{background: '#000000'}, /^themes\/mine\.json: background: is not one of \$schema, extends, colors, colors256$/],
  ])('lose a value that is not allowed, %j, and keep the others', async (bad, expected) => {
    // As text: an object's own __proto__ is not the same in a literal.
    const text = JSON.stringify(bad).replace('{}', '{"__proto__": 1}');
    put('mine.json', text.replace(/^\{"(colors|colors256)":\{/, '{"$1":{"tick": 7, ').replace(/, \}/, '}'));
    const {themes} = await readThemes(directory);
    const mine = themes.get('mine');
    expect(mine).toMatchObject({extends: 'auto'});
    expect({...mine?.colors, ...mine?.colors256}).toEqual('extends' in bad || 'background' in bad ? {} : {tick: 7});
    expect(await problems()).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)]);
  });
  it.each(['Ocean', 'my theme', 'é', '-dash', '..', 'x'.repeat(33)])('are not called %s', async name => {
    put(`${name}x.json`.replace('xx.json', 'x.json'), {});
    expect((await readThemes(directory)).themes.has(name)).toBe(false);
  });
  it('say of a name that is not allowed what is wrong with it', async () => {
    put('dark.json', {});
    put('My\u0007Theme.json', {});
    expect(await problems()).toEqual([
      expect.stringMatching(/^themes\/My.?Theme\.json: a name has at most 32 of a–z, 0–9, - and _; rename the file$/),
      'themes/dark.json: a built-in theme has this name; rename the file',
    ]);
    expect(JSON.stringify(await problems())).not.toContain('\\u0007');
  });
  it('are a hundred at most', async () => {
    for (let at = 0; at < 102; at += 1) put(`t${at}.json`, {});
    expect((await readThemes(directory)).themes.size).toBe(100);
    expect(await problems()).toEqual(['themes: has more than 100 files; the others are ignored']);
  });
});

describe('the settings', () => {
  const settings = async () => readSettings(directory, known);

  it('may name a theme of the user’s own', async () => {
    put('ocean.json', {});
    write(directory, {display: {theme: 'ocean'}});
    const {settings: read, themes, problems: found} = await settings();
    expect([read.display.theme, [...themes.keys()], found]).toEqual(['ocean', ['ocean'], []]);
  });
  it('say what there is where they name another', async () => {
    put('ocean.json', {});
    write(directory, {display: {theme: 'ocaen'}});
    expect(texts((await settings()).problems)).toEqual([
      'display.theme: "ocaen" is not one of auto, dark, light, contrast, colour-blind, 16, mono, ocean; did you mean "ocean"?',
    ]);
  });
  it('complain of a broken theme once, and go on naming it', async () => {
    put('ocean.json', '{');
    write(directory, {display: {theme: 'ocean'}});
    const {settings: read, themes, problems: found} = await settings();
    expect([read.display.theme, themes.size]).toEqual(['ocean', 0]);
    expect(texts(found)).toEqual(['themes/ocean.json: not valid JSON at line 1, column 2']);
  });
});

describe('the published schema of a theme', () => {
  const published = readFileSync(new URL('../../../schema/theme.schema.json', import.meta.url), 'utf8');
  const isValid = new Ajv2020({strict: true, allowUnionTypes: true}).compile(JSON.parse(published));

  it('is the one that the program checks by (else: npm run docs)', () => {
    expect(published).toBe(themeJsonSchema());
  });
  it('finds fault with a theme exactly when the program does', () => {
    const value = fc.oneof(
      fc.constantFrom('#123456', '#ABCDEF', '#12345g', 'red', '', 'dark', 'auto', null, true, 3.5),
      fc.integer({min: -2, max: 258}),
    );
    const colors = fc.oneof(fc.dictionary(fc.constantFrom(...themeTones, 'stranger'), value, {maxKeys: 4}), value);
    const theme = fc.record(
      {$schema: value, extends: value, colors, colors256: colors, stranger: value},
      {requiredKeys: []},
    );
    fc.assert(
      fc.property(theme, written => {
        const file = JSON.parse(JSON.stringify(written));
        const found: string[] = [];
        const read = checkTheme(structuredClone(file), (place, why) => found.push(`${place}: ${why}`));
        expect({file, found, isValid: isValid(file)}).toMatchObject({isValid: found.length === 0});
        expect(isValid(read)).toBe(true);
      }),
      {numRuns: 1000},
    );
  });
});
