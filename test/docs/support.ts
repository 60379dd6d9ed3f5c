import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

export const root = new URL('../../', import.meta.url).pathname;
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

export const filesBelow = (directory: string, ending: RegExp): string[] =>
  readdirSync(join(root, directory), {recursive: true, encoding: 'utf8'})
    .filter(name => ending.test(name))
    .map(name => join(directory, name));

/** Every page that people read, by path from the repository's root. */
export const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'CODE_OF_CONDUCT.md',
  ...filesBelow('docs', /\.md$/),
];

/** What GitHub makes of a heading for `#…`. */
export const anchorsIn = (page: string): string[] =>
  [...withoutCode(page).matchAll(/^#+ +(.+?) *$/gm)].map(([, title = '']) =>
    title
      .replaceAll('`', '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** A page without its fenced blocks: what looks like a link there is an example. */
export const withoutCode = (page: string): string => page.replace(/^```[\s\S]*?^```/gm, '');

/** The fenced blocks of a language. */
export const blocksIn = (page: string, language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
