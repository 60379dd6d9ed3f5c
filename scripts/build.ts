/**
 * Bundles src/cli.ts into dist/: split, so that a script that wants one line does not load the screen; what is asked
 * for all the time has files of its own in dist/quick/, and the page of `serve` in dist/page/. And makes the completions
 * and the manual page.
 */
import {rmSync} from 'node:fs';
import {build} from 'esbuild';
import {buildPage} from './build-page.ts';
import {writeCommandLineFiles} from './command-line-files.ts';
import {buildCommonJs} from './common-js.ts';
import {lookOptions} from './look-way/options.ts';
import {firstFrameOptions, quickOptions} from './quick-ways.ts';

rmSync('dist', {recursive: true, force: true});
await buildCommonJs({entryPoints: ['src/cli.ts'], outdir: 'dist'});
for (const options of [quickOptions, lookOptions, firstFrameOptions]) await build({...options, outdir: 'dist/quick'});
await buildPage('dist/page');
writeCommandLineFiles('.');
