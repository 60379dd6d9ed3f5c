import {describe, expect, it} from 'vitest';
import {pagesWithLists, withLists} from '../../scripts/provider-docs.ts';
import {catalogue} from '../../src/providers/index.ts';
import {textOf} from './support.ts';

describe('the lists of providers', () => {
  it('are in these pages', () => {
    expect(pagesWithLists().sort()).toEqual(['README.md', 'docs/scripting.md', 'docs/settings.md']);
  });

  it.each(pagesWithLists())('are those of the catalogue (npm run docs): %s', page => {
    expect(textOf(page)).toBe(withLists(textOf(page)));
  });

  it('have every provider in README, with its page, its hosts and its variable', () => {
    const readme = textOf('README.md');
    for (const {id, name, hosts} of catalogue) {
      expect(readme).toContain(`| [${name}](docs/providers/${id}.md) | \`${id}\` |`);
      for (const host of hosts) expect(readme).toContain(`\`${host}\``);
      expect(readme).toContain(`\`MYSTATUS_${id.toUpperCase().replaceAll('-', '_')}_URL\``);
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
