import {existsSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {commands} from '../../src/commands/args/description.ts';
import {flagNames} from '../../src/commands/args/flags.ts';
import {whereOf} from '../../src/core/login-place.ts';
import {failureCodes} from '../../src/core/model.ts';
import {defaultSettings} from '../../src/core/settings.ts';
import {fieldNames} from '../../src/output/statusline.ts';
import {catalogue} from '../../src/providers/index.ts';
import {urlVariable} from '../../src/system/http/origins.ts';
import {anchorsIn, filesBelow, pages, root, textOf, withoutCode} from './support.ts';

const all = pages.map(textOf).join('\n');

type Link = {page: string; target: string};
const linksOf = (page: string): Link[] =>
  [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)|<img [^>]*src="([^"]+)"/g)].map(([, link, image]) => ({
    page,
    target: link ?? image ?? '',
  }));
const isWeb = ({target}: Link): boolean => /^(https?|mailto):/.test(target);

function leadsSomewhere({page, target}: Link): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page : join(dirname(page), file);
  if (!existsSync(join(root, path))) return false;
  return anchor === undefined || !path.endsWith('.md') || anchorsIn(textOf(path)).includes(anchor);
}

describe('the pages', () => {
  it('hold no link that leads nowhere', () => {
    const dead = pages.flatMap(linksOf).filter(link => !isWeb(link) && !leadsSomewhere(link));
    expect(dead.map(({page, target}) => `${page}: ${target}`)).toEqual([]);
  });

  it('are all reached from the README, or are the door of the site', () => {
    const reached = new Set(['README.md', 'docs/index.md']);
    for (const page of reached)
      for (const {target} of linksOf(page).filter(link => !isWeb(link) && link.target.includes('.md')))
        reached.add(join(dirname(page), target.split('#')[0] ?? ''));
    expect(pages.filter(page => !reached.has(page))).toEqual([]);
  });

  it('name no file of the source or the tests that there is not', () => {
    const paths = /\b[a-z][\w-]*\/[\w./-]+\.(?:ts|tsx)\b/g;
    const named = pages
      // There an invented provider has invented files.
      .filter(page => page !== 'docs/adding-a-provider.md')
      .flatMap(page => (textOf(page).match(paths) ?? []).map(path => ({page, path})));
    expect(named.length).toBeGreaterThan(20);
    const isThere = (path: string): boolean => ['', 'src'].some(below => existsSync(join(root, below, path)));
    expect(named.filter(({path}) => !isThere(path))).toEqual([]);
  });

  it('have the sections that comments in the source lead to', () => {
    const comments = filesBelow('src', /\.tsx?$/).flatMap(file => [
      ...textOf(file).matchAll(/\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g),
    ]);
    expect(comments.length).toBeGreaterThan(10);
    const dead = comments.filter(([target]) => !leadsSomewhere({page: 'README.md', target}));
    expect(dead.map(([target]) => target)).toEqual([]);
  });

  it('name every command and every option', () => {
    const mentioned = (text: RegExp): boolean => text.test(all);
    const missing = [
      ...commands
        .filter(({name}) => name !== '' && !mentioned(new RegExp(`mystatus-tui ${name}\\b`)))
        .map(({name}) => name),
      ...flagNames.filter(name => !mentioned(new RegExp(`--${name}\\b(?!-)`))),
    ];
    expect(missing).toEqual([]);
  });

  it('name no option that there is not', () => {
    // Of other programs: npm, git, gh, agy, arkcli, bl, systemctl; and of the benchmarks.
    const others = [
      ...['format', 'console', 'quiet', 'output', 'output-format', 'hostname', 'noEmit', 'quick', 'user'],
      ...['prefix', 'repo', 'provenance', 'no-git-tag-version'],
    ];
    const named = [...all.matchAll(/(?<![\w-])--([a-z][a-zA-Z-]*)/g)].map(([, name = '']) => name);
    const known: readonly string[] = [...flagNames, ...others];
    expect([...new Set(named)].filter(name => !known.includes(name))).toEqual([]);
  });

  it('name no environment variable that the program does not read', () => {
    const source = [...filesBelow('src', /\.tsx?$/), 'bin/mystatus-tui.js'].map(textOf).join('\n');
    const urls = catalogue.map(({id}) => urlVariable(id));
    const named = pages
      // There invented providers have invented variables.
      .filter(page => !['docs/adding-a-provider.md', 'docs/custom-providers.md'].includes(page))
      // In a recipe stand the shells' own.
      .flatMap(page =>
        [
          ...(page === 'docs/integrations.md' ? withoutCode(textOf(page)) : textOf(page)).matchAll(
            /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g,
          ),
        ].map(([name]) => name),
      );
    const isRead = (name: string): boolean =>
      urls.includes(name) ||
      existsSync(join(root, `${name}.md`)) ||
      source.includes(name) ||
      source.includes(`'${name.toLowerCase()}'`);
    expect([...new Set(named)].filter(name => !isRead(name))).toEqual([]);
  });

  it('have one for every provider, which names its hosts', () => {
    for (const {id, hosts} of catalogue) {
      expect(pages).toContain(`docs/providers/${id}.md`);
      for (const host of hosts) expect(textOf(`docs/providers/${id}.md`)).toContain(host.replace('*', 'acme'));
    }
  });

  it('name every variable and every file that doctor names as a place for logins', () => {
    // Z.ai's page refers to Zhipu AI's for what is the same, and opencode's stores are explained on OpenAI's.
    const pageOf = (id: string): string =>
      ['openai', ...(id === 'zai' || id === 'zhipu' ? ['zhipu', 'zai'] : [id])]
        .map(each => textOf(`docs/providers/${each}.md`))
        .join('\n');
    const names = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[\w-]+\.(?:jsonc?|ya?ml|db)\b/g;
    const missing = catalogue.flatMap(({id, places}) => {
      const page = pageOf(id);
      const named = places.flatMap(whereOf).flatMap(text => text.match(names) ?? []);
      expect(named.length).toBeGreaterThan(0);
      return named.filter(name => !page.includes(name)).map(name => `${id}: ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('explain every setting, every status and every field of the status line', () => {
    const settings = textOf('docs/settings.md');
    const names = [...Object.keys(defaultSettings), ...Object.keys(defaultSettings.display), 'warn', 'critical'];
    expect(names.filter(name => !settings.includes(name))).toEqual([]);
    const troubleshooting = textOf('docs/troubleshooting.md');
    const statuses = [...failureCodes, 'ok', 'ok_empty'];
    expect(statuses.filter(status => !troubleshooting.includes(`| \`${status}\` |`))).toEqual([]);
    const statusline = textOf('docs/statusline.md');
    expect(fieldNames.filter(name => !statusline.includes(`\`{${name}}\``))).toEqual([]);
  });

  it('say what each room of the house is for', () => {
    const architecture = textOf('docs/architecture.md');
    const rooms = readdirSync(join(root, 'src'), {withFileTypes: true}).map(entry =>
      entry.isDirectory() ? `\`${entry.name}/\`` : `\`${entry.name}\``,
    );
    expect(rooms.filter(room => !architecture.includes(room))).toEqual([]);
  });

  it('keep to what a reader may see: no path of a developer, no secret', () => {
    const strange = /\/(?:home|Users)\/(?!demo)\w+|GOCSPX-\w{10}|\bgh[ou]_\w{20}|\bsk-\w{20}|eyJ[\w-]{20}/;
    expect(pages.filter(page => strange.test(textOf(page)))).toEqual([]);
  });
});
