/** Writes what follows from the source in README, docs/ and schema/; a test fails when any of it is stale. */
import {readFileSync, writeFileSync} from 'node:fs';
import {keysDoc} from '../src/view/keymap/keys-doc.ts';
import {commandsPage} from './commands-doc.ts';
import {withPresets} from './preset-docs.ts';
import {pagesWithLists, withLists} from './provider-docs.ts';
import {settingsJsonSchema} from './settings-schema.ts';
import {themeJsonSchema} from './theme-schema.ts';

const fileOf = (path: string): URL => new URL(`../${path}`, import.meta.url);

for (const page of pagesWithLists()) writeFileSync(fileOf(page), withLists(readFileSync(fileOf(page), 'utf8')));
writeFileSync(fileOf('docs/statusline.md'), withPresets(readFileSync(fileOf('docs/statusline.md'), 'utf8')));
writeFileSync(fileOf('docs/commands.md'), commandsPage());
writeFileSync(fileOf('docs/keys.md'), keysDoc());
writeFileSync(fileOf('schema/settings.schema.json'), settingsJsonSchema());
writeFileSync(fileOf('schema/theme.schema.json'), themeJsonSchema());
