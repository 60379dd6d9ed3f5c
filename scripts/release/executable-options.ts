import type {BuildOptions} from 'esbuild';
import {addressOf, commonJsOptions} from '../common-js.ts';
import {checkout} from './variables.ts';

const {chunkNames: _, ...shared} = commonJsOptions;

/** Everything in one CommonJS file, which is what Node takes in. */
export const executableOptions = {
  ...shared,
  absWorkingDir: checkout,
  entryPoints: ['scripts/release/executable-entry.ts'],
  splitting: false,
  format: 'cjs',
  banner: {js: addressOf('process.execPath')},
  metafile: true,
} satisfies BuildOptions;
