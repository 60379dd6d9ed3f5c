import {describe, expect, it} from 'vitest';
import {pagesWithLists, withLists} from '../../scripts/provider-docs.ts';
import {catalogue} from '../../src/providers/index.ts';
import {textOf} from './support.ts';

describe('the lists of providers', () => {
  it('are in these pages', () => {
    const pages = [
      'README.md',
      'docs/comparison.md',
      'docs/providers/index.md',
      'docs/scripting.md',
      'docs/settings.md',
    ];
    expect(pagesWithLists().sort()).toEqual(pages);
  });

  it.each(pagesWithLists())('are those of the catalogue (npm run docs): %s', page => {
    expect(textOf(page)).toBe(withLists(textOf(page)));
  });

  it('have every provider, with its page, its hosts and its variable', () => {
    const [readme, table] = [textOf('README.md'), textOf('docs/providers/index.md')];
    for (const {id, name, hosts} of catalogue) {
      expect(readme).toContain(`[${name}](docs/providers/${id}.md)`);
      expect(table).toContain(`| [${name}](${id}.md) | \`${id}\` |`);
      for (const host of hosts) expect(table).toContain(`\`${host}\``);
      expect(table).toContain(`\`MYSTATUS_${id.toUpperCase().replaceAll('-', '_')}_URL\``);
    }
  });

  it('name the best known in a sentence, and count the others with a link to the table', () => {
    const [, sentence = ''] = /names -->(.*?)<!--/.exec(textOf('README.md')) ?? [];
    const [, named = '', more] = /^(.*) and \[(\d+) more\]\(#providers\)$/.exec(sentence) ?? [];
    const names = named.split(', ');
    expect(catalogue.map(({name}) => name)).toEqual(expect.arrayContaining(names));
    expect([new Set(names).size, Number(more)]).toEqual([names.length, catalogue.length - names.length]);
    expect(names).toEqual(expect.arrayContaining(['OpenAI', 'Claude', 'GitHub Copilot']));
    expect(textOf('README.md')).toMatch(/^## Providers$/m);
  });

  it('are written in place of what was between the markers, and nothing else changes', () => {
    const page = 'a <!-- providers: names -->nobody\n\nat all<!-- /providers --> b <!-- other --> c';
    const [start, end] = withLists(page).split(/(?<=names -->).*(?=<!-- \/providers)/);
    expect([start, end]).toEqual(['a <!-- providers: names -->', '<!-- /providers --> b <!-- other --> c']);
    expect(withLists(withLists(page))).toBe(withLists(page));
    expect(() => withLists(page.replace('names', 'nonsense'))).toThrow('nonsense');
  });
});
