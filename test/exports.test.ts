import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {expect, it} from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const filesIn = (directory: string): string[] =>
  readdirSync(join(root, directory), {recursive: true, encoding: 'utf8'})
    .filter(name => /\.(?:tsx?|js)$/.test(name))
    .map(name => join(root, directory, name));
const texts = new Map(
  ['src', 'test', 'scripts', 'bench'].flatMap(filesIn).map(file => [file, readFileSync(file, 'utf8')]),
);

const exporting = /^export (?:async )?(?:const|let|function\*?|class) (\w+)/gm;
const exportsOf = (text: string): string[] => [...text.matchAll(exporting)].map(([, name = '']) => name);
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([, to = '']) => to);
const importersOf = new Map<string, string[]>();
for (const [file, text] of texts)
  for (const path of pathsIn(text)) {
    const target = resolve(dirname(file), path);
    importersOf.set(target, [...(importersOf.get(target) ?? []), text]);
  }

// The command loads what was built of them.
const command = readFileSync(join(root, 'bin/mystatus-tui.js'), 'utf8');
for (const file of texts.keys())
  if (dirname(file) === join(root, 'src/commands/quick') || file === join(root, 'src/cli.ts'))
    importersOf.set(file, [...(importersOf.get(file) ?? []), command]);

it('every value that a file of the source exports is used by another file', () => {
  const unused = [...texts]
    .filter(([file]) => file.startsWith(join(root, 'src/')))
    .flatMap(([file, text]) =>
      exportsOf(text)
        .filter(name => !importersOf.get(file)?.some(other => new RegExp(`\\b${name}\\b`).test(other)))
        .map(name => `${file.slice(root.length)}: ${name}`),
    );
  expect(texts.size).toBeGreaterThan(300);
  expect(unused).toEqual([]);
});
