/** Writes the completions and the manual page; a test fails when they are stale. */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {completionsOf} from '../src/commands/args/completions.ts';
import {shells} from '../src/commands/args/description.ts';
import {manPage} from '../src/commands/args/man.ts';

const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};
mkdirSync('completions', {recursive: true});
mkdirSync('man', {recursive: true});
for (const shell of shells) writeFileSync(`completions/mystatus-tui.${shell}`, completionsOf(shell));
writeFileSync('man/mystatus-tui.1', manPage(version));
