/**
 * Packs release/executable with manual, completions and README into release/mystatus-tui-<version>-<platform>-<arch>.tar.gz,
 * or .zip on Windows.
 */
import {cpSync} from 'node:fs';
import {join} from 'node:path';
import {run} from './programs.ts';
import {checkout, manifest, releaseDirectory} from './variables.ts';

const {name, version} = manifest();
const {platform, arch} = process;
const from = join(releaseDirectory, 'executable');
for (const part of ['completions', 'man', 'README.md'])
  cpSync(join(checkout, part), join(from, part), {recursive: true});
const file = join(
  releaseDirectory,
  `${name}-${version}-${platform}-${arch}${platform === 'win32' ? '.zip' : '.tar.gz'}`,
);
// Windows' own tar makes a .zip of what is called so.
run('tar', [platform === 'win32' ? '-acf' : '-czf', file, '-C', from, '.']);
process.stdout.write(`${file}\n`);
