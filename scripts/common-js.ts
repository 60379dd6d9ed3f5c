import {readFileSync, writeFileSync} from 'node:fs';
import {type BuildOptions, build, transform} from 'esbuild';
import {bundleOptions} from './bundle-options.ts';
import {writePack} from './pack.ts';

const {banner: _, ...shared} = bundleOptions;

/** The program for a CommonJS loader, where modules have no address of their own. */
export const commonJsOptions = {
  ...shared,
  define: {...shared.define, 'import.meta.url': 'moduleAddress'},
} satisfies BuildOptions;

/** What stands for `import.meta.url`: the address of a file. */
export const addressOf = (file: string): string =>
  `const moduleAddress=require('node:url').pathToFileURL(${file}).href;`;

const packOptions: BuildOptions = {
  platform: 'node',
  target: bundleOptions.target,
  minify: true,
  // As it is run: to put a function around so much text, it would be copied at each start.
  banner: {js: `(function (exports, require, module, __filename) {"use strict";${addressOf('__filename')}`},
  footer: {js: '})'},
};

/**
 * Node's loader of ES modules takes twice as long as its older one, and asks Node's own modules for all that they have.
 * The bundler splits ES modules alone, so that each chunk is translated afterwards.
 */
export async function buildCommonJs(options: BuildOptions & {outdir: string}): Promise<void> {
  const {metafile} = await build({...commonJsOptions, ...options, outExtension: {'.js': '.cjs'}, metafile: true});
  await writePack(options.outdir, metafile, packOptions);
  await Promise.all(Object.keys(metafile.outputs).map(translate));
}

async function translate(path: string): Promise<void> {
  const {code} = await transform(readFileSync(path, 'utf8'), {
    format: 'cjs',
    platform: 'node',
    target: bundleOptions.target,
    minify: true,
    supported: {'dynamic-import': false},
  });
  const address = code.includes('moduleAddress') ? addressOf('__filename') : '';
  // ES modules are strict without saying so.
  writeFileSync(path, `"use strict";${address}${code}`);
}
