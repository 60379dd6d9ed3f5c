/**
 * Makes the program as one file with Node inside, for this platform: release/executable/mystatus-tui, or in the directory
 * that is named (`npm run executable`). The Node that runs this is the one inside.
 */
import {chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {build} from 'esbuild';
import {executableOptions} from './executable-options.ts';
import {carriedFiles, writeNotices} from './executable-parts.ts';
import {isRunnable, run} from './programs.ts';
import {checkout, releaseDirectory} from './variables.ts';

// What Node looks for in itself, to see whether a program was put into it.
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const directory = resolve(process.argv[2] ?? join(releaseDirectory, 'executable'));
const file = join(directory, process.platform === 'win32' ? 'mystatus-tui.exe' : 'mystatus-tui');
const parts = `${directory}-parts`;
const blob = join(parts, 'program.blob');

async function makeBlob(): Promise<void> {
  const main = join(parts, 'main.cjs');
  const {metafile} = await build({...executableOptions, outfile: main});
  writeNotices(directory, metafile);
  const config = join(parts, 'config.json');
  writeFileSync(config, JSON.stringify(seaConfig(main)));
  run(process.execPath, ['--experimental-sea-config', config]);
}

const seaConfig = (main: string) => ({
  main,
  output: blob,
  disableExperimentalSEAWarning: true,
  // Twice as fast to the first screen.
  useCodeCache: true,
  // A young generation of this size takes less memory and no more time.
  execArgv: ['--max-semi-space-size=1'],
  assets: carriedFiles(checkout),
});

function putIntoNode(): void {
  copyFileSync(process.execPath, file);
  chmodSync(file, 0o755);
  // A sixth of it is names for debuggers.
  if (process.platform === 'linux' && isRunnable('strip')) run('strip', [file]);
  if (process.platform === 'darwin') run('codesign', ['--remove-signature', file]);
  const segment = process.platform === 'darwin' ? ['--macho-segment-name', 'NODE_SEA'] : [];
  const postject = join(checkout, 'node_modules/postject/dist/cli.js');
  run(process.execPath, [postject, file, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse, ...segment]);
  if (process.platform === 'darwin') run('codesign', ['--sign', '-', file]);
}

for (const each of [directory, parts]) {
  rmSync(each, {recursive: true, force: true});
  mkdirSync(each, {recursive: true});
}
await makeBlob();
putIntoNode();
rmSync(parts, {recursive: true});
process.stdout.write(`${file}\n`);
