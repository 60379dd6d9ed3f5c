/** Ends with 1 unless this tag may be released: `node scripts/release/check-tag.ts v0.2.0`. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {notesOf} from './notes.ts';
import {checkout, type Manifest, manifest, type ReleaseVariables, releaseVariables} from './variables.ts';

/** What is wrong with it, one line each. */
export function whyNotReleased(tag: string, own: Manifest, release: ReleaseVariables, changes: string): string[] {
  const wrong: string[] = [];
  if (tag !== `v${own.version}`) wrong.push(`the tag is ${tag}, and package.json says ${own.version}`);
  if (release.repository === '') wrong.push('packaging/release.json names no repository');
  try {
    notesOf(changes, own.version);
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error));
  }
  return wrong;
}

if (import.meta.main) {
  const [tag = ''] = process.argv.slice(2);
  const changes = readFileSync(join(checkout, 'CHANGELOG.md'), 'utf8');
  const wrong = whyNotReleased(tag, manifest(), releaseVariables(), changes);
  for (const line of wrong) process.stderr.write(`${line}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}
