import {cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Bundled, bundledFile} from '../bundled-packages.ts';
import {licencesOf} from './licences.ts';
import {publishedManifest} from './published-manifest.ts';
import {publishedReadme} from './published-readme.ts';
import {checkout, manifest, type ReleaseVariables, releaseVariables} from './variables.ts';

/** What is published beside the program: what it reads, what editors and shells read, and what must go with it. */
const beside = ['presets', 'schema', 'completions', 'man', 'LICENSE'];

/** Writes the package as it is published into a directory, of what `npm run build` made. */
export function stagePackage(directory: string, release: ReleaseVariables = releaseVariables()): void {
  const bundled = bundledIn(checkout);
  rmSync(directory, {recursive: true, force: true});
  mkdirSync(directory, {recursive: true});
  for (const name of ['bin', 'dist', ...beside]) copy(name, directory);
  const own = manifest();
  const published = publishedManifest(own, bundled, release);
  const readme = readFileSync(join(checkout, 'README.md'), 'utf8');
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  writeFileSync(join(directory, 'README.md'), publishedReadme(readme, release.repository, own.version));
  writeFileSync(join(directory, 'THIRD-PARTY-LICENSES.txt'), licencesOf(checkout, bundled.packages));
}

function bundledIn(root: string): Bundled {
  const path = join(root, 'dist', bundledFile);
  if (!existsSync(path)) throw new Error('nothing is built yet: npm run build');
  return JSON.parse(readFileSync(path, 'utf8')) as Bundled;
}

const copy = (name: string, directory: string): void =>
  cpSync(join(checkout, name), join(directory, name), {
    recursive: true,
    filter: source => !source.endsWith(bundledFile),
  });
