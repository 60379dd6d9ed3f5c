import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {ProviderWords} from '../../src/core/provider-words.ts';
import {languages} from '../../src/core/settings.ts';
import {catalogue} from '../../src/providers/index.ts';

const kinds = ['pools', 'notes', 'remedies'] as const;
const keysOf = (words: ProviderWords): string[] =>
  kinds.flatMap(kind => Object.keys(words[kind] ?? {}).map(key => `${kind}.${key}`)).sort();

const directory = new URL('../../src/providers', import.meta.url).pathname;
const code = readdirSync(directory, {recursive: true, encoding: 'utf8'})
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(join(directory, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))
  .join('\n')
  .replace(/^\s*\/\/.*$/gm, '');

/** 'gemini/weekly' is a window of a pool that bears a provider's name. */
const length = /^(?:\d+[hdm]|weekly|monthly|total)$/;

describe('the words of the providers', () => {
  it('are the same in every language', () => {
    for (const {id, words} of catalogue)
      for (const language of languages)
        expect(words && keysOf(words[language]), `${id} ${language}`).toEqual(words && keysOf(words.en));
  });

  // All names of pools stand in one table: a window's id does not say whose it is.
  it('call a pool alike where several providers have it', () => {
    for (const language of languages) {
      const named = catalogue.flatMap(({id, words}) =>
        Object.entries(words?.[language].pools ?? {}).map(([pool, name]) => ({id, pool, name})),
      );
      expect(named.length).toBeGreaterThan(5);
      for (const {id, pool, name} of named)
        for (const other of named.filter(each => each.pool === pool))
          expect(name, `${language} ${pool}: ${id}, ${other.id}`).toEqual(other.name);
    }
  });

  it('hold every note and remedy that a provider has for itself, and none that it does not give', () => {
    const ids = catalogue.map(({id}) => id);
    const plain = [...code.matchAll(/'([a-z0-9-]+)\/([a-z0-9-]+)'/g)]
      .filter(([, id = '', own = '']) => ids.includes(id) && !length.test(own))
      .map(([, id, own]) => `${id}/${own}`);
    // Two sites of one service share their code: `${id}/own` is given by both.
    const shared = [...code.matchAll(/`\$\{id\}\/([a-z0-9-]+)`/g)].flatMap(([, own = '']) =>
      catalogue.flatMap(({id, words}) => (own in {...words?.en.notes, ...words?.en.remedies} ? [`${id}/${own}`] : [])),
    );
    const given = [...plain, ...shared];
    const worded = catalogue.flatMap(({id, words}) =>
      Object.keys({...words?.en.notes, ...words?.en.remedies}).map(own => `${id}/${own}`),
    );
    expect(worded.length).toBeGreaterThan(3);
    expect([...new Set(given)].sort()).toEqual([...new Set(worded)].sort());
  });
});
