/** The section of CHANGELOG.md about a version: `node scripts/release/notes.ts 0.2.0`. A tag such as v0.2.0 will do. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {checkout} from './variables.ts';

/** Throws when there is none: what is released says what is new. */
export function notesOf(changes: string, version: string): string {
  const sections = changes.split(/^## /m).slice(1);
  const found = sections.find(section =>
    new RegExp(`^\\[?${version.replaceAll('.', '\\.')}\\]?(?: |$)`, 'm').test(section.split('\n', 1)[0] ?? ''),
  );
  if (found === undefined) throw new Error(`CHANGELOG.md has no section about ${version}`);
  return `${found.split('\n').slice(1).join('\n').trim()}\n`;
}

if (import.meta.main) {
  const [version = ''] = process.argv.slice(2);
  process.stdout.write(notesOf(readFileSync(join(checkout, 'CHANGELOG.md'), 'utf8'), version.replace(/^v/, '')));
}
