/**
 * Bundles src/cli.ts into dist/: split, so that a script that wants one line does not load the screen. And makes the
 * completions and the manual page.
 */
import {rmSync} from 'node:fs';
import {build} from 'esbuild';
import {buildPage} from './build-page.ts';
import {bundleOptions} from './bundle-options.ts';
import {writeCommandLineFiles} from './command-line-files.ts';

rmSync('dist', {recursive: true, force: true});
await build({...bundleOptions, entryPoints: ['src/cli.ts'], outdir: 'dist'});
await buildPage('dist/page');
writeCommandLineFiles('.');
