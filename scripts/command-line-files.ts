import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {completionsOf} from '../src/commands/args/completions.ts';
import {shells} from '../src/commands/args/description.ts';
import {manPage} from './man.ts';

const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {version: string};

/** What packagers install beside the program, by its path in the package. */
const files = (): (readonly [path: string, text: string])[] => [
  ...shells.map(shell => [`completions/mystatus-tui.${shell}`, completionsOf(shell)] as const),
  ['man/mystatus-tui.1', manPage(version)],
];

/** Writes them below a directory, in place of what was there. */
export function writeCommandLineFiles(directory: string): void {
  for (const folder of ['completions', 'man']) rmSync(join(directory, folder), {recursive: true, force: true});
  for (const [path, text] of files()) {
    mkdirSync(dirname(join(directory, path)), {recursive: true});
    writeFileSync(join(directory, path), text);
  }
}
