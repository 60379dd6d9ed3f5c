/** The lists of providers in README and docs, between their markers. */
import {readdirSync, readFileSync} from 'node:fs';
import type {Provider} from '../src/core/provider.ts';
import {catalogue} from '../src/providers/index.ts';
import {urlVariable} from '../src/system/http/origins.ts';

const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[], between: string): string => texts.map(code).join(between);
const rowOf = (cells: readonly string[]): string =>
  `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `\n${rowOf(head)}|${'---|'.repeat(head.length)}\n${rows.map(rowOf).join('')}`;

/** 'A, B and C'. */
const enumerated = (texts: readonly string[]): string => texts.join(', ').replace(/, ([^,]*)$/, ' and $1');

const placesOf = ({places}: Provider): string =>
  places.map(({name, stored}) => (stored || /\.\w+$/.test(name) ? code(name) : name)).join(', ');
const intervalOf = ({intervalSeconds: {default: seconds}}: Provider): string =>
  seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;

// A sentence with every name in it would be no sentence any more.
const bestKnown = ['openai', 'claude', 'copilot', 'cursor', 'google', 'zai', 'kimi', 'openrouter'];

function namesInShort(): string {
  const named = bestKnown.map(id => catalogue.find(each => each.id === id)?.name ?? '');
  return enumerated([...named, `[${catalogue.length - named.length} more](#providers)`]);
}

/** By the name in the marker: `<!-- providers: names -->…<!-- /providers -->`. */
const lists: Record<string, () => string> = {
  names: namesInShort,
  links: () => catalogue.map(({id, name}) => `[${name}](docs/providers/${id}.md)`).join(' · '),
  count: () => String(catalogue.length),
  variables: () => catalogue.map(({id}) => code(urlVariable(id))).join(', '),
  table: () =>
    table(
      ['provider', 'ID', 'logins are found in', 'polled every', 'hosts', 'what is sent there'],
      catalogue.map(each => [
        `[${each.name}](${each.id}.md)`,
        code(each.id),
        placesOf(each),
        intervalOf(each),
        codes(each.hosts, ', '),
        each.sends ?? each.login?.secret ?? '',
      ]),
    ),
  windows: () =>
    table(
      ['provider', 'IDs'],
      catalogue.map(({id, windowIds}) => [code(id), codes(windowIds, ' ')]),
    ),
  options: () =>
    table(
      ['provider', 'setting', 'meaning'],
      catalogue.flatMap(({id, options = []}) =>
        options.map(({name, description}) => [`[${id}](providers/${id}.md)`, code(name), description]),
      ),
    ),
};

/** The page with its lists as the catalogue has them. */
export const withLists = (page: string): string =>
  page.replace(
    /(<!-- providers: (\w+) -->).*?(<!-- \/providers -->)/gs,
    (_, start: string, name: string, end: string) => {
      const list = lists[name];
      if (list === undefined) throw new Error(`there is no list of providers with the name ${name}`);
      return `${start}${list()}${end}`;
    },
  );

/** The pages that have lists, by path from the repository's root. */
export const pagesWithLists = (): string[] =>
  ['README.md', ...readdirSync(fileOf('docs'), {recursive: true}).map(name => `docs/${name}`)].filter(
    page => page.endsWith('.md') && readFileSync(fileOf(page), 'utf8').includes('<!-- /providers -->'),
  );

const fileOf = (path: string): URL => new URL(`../${path}`, import.meta.url);
