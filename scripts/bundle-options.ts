/** How our code is bundled: the program itself, and what it is measured beside. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {BuildOptions} from 'esbuild';
import {bundledPackages} from './bundled-packages.ts';
import {catalogueChunk} from './catalogue-chunk.ts';
import {confWithoutSchema} from './conf-patch/conf-without-schema.ts';
import {ownSpinners} from './ink-patches/own-spinners.ts';
import {plainSegmenter} from './ink-patches/plain-segmenter.ts';
import {plainStringWidth} from './ink-patches/plain-string-width.ts';
import {rememberedRows} from './ink-patches/remembered-rows.ts';
import {withoutAssert} from './ink-patches/without-assert.ts';
import {withoutWaiting} from './ink-patches/without-waiting.ts';
import {knownProviders} from './known-providers.ts';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const {version} = JSON.parse(readFileSync(beside('../package.json'), 'utf8')) as {version: string};

/** For production, one ES module and its chunks; entry points and directory are the caller's. */
export const bundleOptions = {
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.13',
  jsx: 'automatic',
  chunkNames: 'chunks/[name]-[hash]',
  alias: {
    // Development tools of React that are asked for by name; as an external they would be a static import that fails.
    'react-devtools-core': beside('empty-module.js'),
    // For a Node without web streams, which is older than ours.
    'web-streams-polyfill/dist/ponyfill.es2018.js': beside('empty-module.js'),
    debug: beside('silent-debug.js'),
  },
  plugins: [
    withoutWaiting,
    withoutAssert,
    ownSpinners,
    plainStringWidth,
    plainSegmenter,
    rememberedRows,
    confWithoutSchema,
    catalogueChunk,
    knownProviders,
    bundledPackages,
  ],
  // CommonJS dependencies inside an ES module.
  banner: {
    js: "import {createRequire} from 'node:module';const require=createRequire(import.meta.url);",
  },
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    MYSTATUS_VERSION: JSON.stringify(version),
  },
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;
