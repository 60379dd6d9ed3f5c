import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type BuildOptions, build} from 'esbuild';
import {bundleOptions} from '../../scripts/bundle-options.ts';
import {buildCommonJs} from '../../scripts/common-js.ts';
import {lookOptions} from '../../scripts/look-way/options.ts';
import {firstFrameOptions, quickOptions} from '../../scripts/quick-ways.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

export type Workshop = {
  /** The program as it is installed, built anew; a build in the checkout meanwhile does not disturb it. */
  program: string;
  /** Paths of what it is measured beside, by name: the files of bench/programs. */
  beside(name: ProgramName): string;
  close(): void;
};
export type ProgramName = 'hello' | 'frames' | 'ansi' | 'rows';

const sources: Readonly<Record<ProgramName, string>> = {
  hello: 'hello.tsx',
  frames: 'frames.tsx',
  rows: 'rows.ts',
  ansi: 'ansi.ts',
};

/** Builds everything that is measured into a directory of its own. */
export async function openWorkshop(): Promise<Workshop> {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-bench-'));
  const at = (...parts: string[]): string => join(directory, ...parts);
  mkdirSync(at('bin'));
  for (const file of ['bin/mystatus-tui.js', 'bin/package.json', 'package.json'])
    copyFileSync(join(repository, file), at(file));
  await buildCommonJs({entryPoints: [join(repository, 'src/cli.ts')], outdir: at('dist')});
  for (const options of [quickOptions, lookOptions, firstFrameOptions])
    await build({...options, outdir: at('dist/quick')});
  await buildBeside(at('beside'), Object.keys(sources) as ProgramName[], bundleOptions);
  return {
    program: at('bin/mystatus-tui.js'),
    beside: name => at('beside', `${name}.js`),
    close: () => rmSync(directory, {recursive: true, force: true}),
  };
}

/** Builds programs of bench/programs into a directory. */
export async function buildBeside(outdir: string, names: readonly ProgramName[], options: BuildOptions): Promise<void> {
  const entryPoints = names.map(name => join(repository, 'bench/programs', sources[name]));
  await build({...options, entryPoints, outdir});
  writeFileSync(join(outdir, 'package.json'), '{"type": "module"}\n');
}
