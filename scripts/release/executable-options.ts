import type {BuildOptions} from 'esbuild';
import {bundleOptions} from '../bundle-options.ts';
import {withoutWaiting} from '../ink-patches/without-waiting.ts';
import {yogaWithoutFetch} from '../ink-patches/yoga-without-fetch.ts';
import {checkout} from './variables.ts';

const {banner: _, chunkNames: __, ...shared} = bundleOptions;

/** Everything in one CommonJS file, which is what Node takes in. */
export const executableOptions = {
  ...shared,
  absWorkingDir: checkout,
  entryPoints: ['scripts/release/executable-entry.ts'],
  splitting: false,
  format: 'cjs',
  plugins: shared.plugins.map(plugin => (plugin === yogaWithoutFetch ? withoutWaiting : plugin)),
  // Modules of a CommonJS file have no address of their own.
  define: {...shared.define, 'import.meta.url': 'moduleAddress'},
  banner: {js: "const moduleAddress=require('node:url').pathToFileURL(process.execPath).href;"},
  metafile: true,
} satisfies BuildOptions;
