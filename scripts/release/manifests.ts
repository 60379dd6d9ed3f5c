/** Fills in the templates of packaging/templates for a release: `node scripts/release/manifests.ts <SHA256SUMS> [directory]`. */
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {checksumsIn, filledIn, valuesFor} from './filled-in.ts';
import {checkout, manifest, type ReleaseVariables, releaseDirectory, releaseVariables} from './variables.ts';

const templates = join(checkout, 'packaging/templates');

/** `aur/SRCINFO` is `aur/.SRCINFO` where it is published; here it is to be seen. */
const publishedAs = (path: string): string => path.replace(/SRCINFO$/, '.SRCINFO');

export function writeManifests(checksums: string, directory: string, release: ReleaseVariables): string[] {
  const values = valuesFor(manifest(), release);
  const sums = checksumsIn(checksums);
  const paths = readdirSync(templates, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  return paths.map(path => {
    const to = join(directory, publishedAs(path.slice(templates.length + 1)));
    mkdirSync(dirname(to), {recursive: true});
    writeFileSync(to, filledIn(readFileSync(path, 'utf8'), values, sums));
    return to;
  });
}

if (import.meta.main) {
  const [sums = '', directory = join(releaseDirectory, 'manifests')] = process.argv.slice(2);
  const written = writeManifests(readFileSync(sums, 'utf8'), directory, releaseVariables());
  process.stdout.write(`${written.join('\n')}\n`);
}
