import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {blocksIn, root, withoutCode} from '../docs/support.ts';
import {run} from './run.ts';

/** What docs/adding-a-provider.md says to do, taken from the page itself. */
export type Steps = {
  /** The files of its table. */
  files: string[];
  /** What each section puts into the file that it begins with. */
  edits: {file: string; text: string; prose: string}[];
  /** The lines of its shell block. */
  commands: string[];
};

export function stepsOf(page: string): Steps {
  const edits = page.split(/^## (?=\d)/m).flatMap(section => {
    const file = /^.*\n\n`([\w./-]+)`/.exec(section)?.[1];
    const [text = ''] = ['ts', 'md'].flatMap(language => blocksIn(section, language));
    return file === undefined ? [] : [{file, text, prose: section}];
  });
  const lines = blocksIn(page, 'sh').flatMap(block => block.split('\n'));
  return {
    files: [...withoutCode(page).matchAll(/^\| `([\w./-]+)` \|/gm)].map(([, file = '']) => file),
    edits,
    commands: lines.map(line => line.replace(/\s*#.*/, '')).filter(line => line !== ''),
  };
}

/** Puts every block where the page says; what a file holds already stays. */
export function follow({edits}: Steps, directory: string): void {
  for (const {file, text, prose} of edits) {
    const path = join(directory, file);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, existsSync(path) ? withProvider(readFileSync(path, 'utf8'), text, prose) : text);
  }
}

/** The catalogue with one more import and one more name. */
function withProvider(code: string, imported: string, prose: string): string {
  const name = /add `(\w+)` to the list/.exec(prose)?.[1];
  if (name === undefined) throw new Error('the page does not say what to add to the list');
  return code
    .replace(/(?<=^import [^;]*;\n)(?!import)/m, imported)
    .replace(/(?<=^export const catalogue[^=]*= \[[^\]]*?),?\s*(?=\])/m, `, ${name}`);
}

/** A copy of the checkout as git sees it, what is not committed yet included, with the same packages. */
export async function copyOfCheckout(): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), 'mystatus-copy-'));
  for (const file of await git(root, 'ls-files', '--cached', '--others', '--exclude-standard'))
    if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file));
  await git(copy, 'init', '--quiet');
  await git(copy, 'add', '--all');
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Files that are new in the copy, or not as they were. */
export async function changedIn(copy: string): Promise<string[]> {
  return (await git(copy, 'ls-files', '--modified', '--others', '--exclude-standard')).sort();
}

/** The files that git names; where the packages are a link, it takes that for one. */
async function git(cwd: string, ...args: string[]): Promise<string[]> {
  const env = {PATH: process.env.PATH ?? '', HOME: cwd};
  const {code, stdout, stderr} = await run(args, env, {command: 'git', cwd});
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.split('\n').filter(file => file !== '' && file !== 'node_modules');
}
