/** How our code is bundled: the program itself, and what it is measured beside. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {BuildOptions, Plugin} from 'esbuild';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const {version} = JSON.parse(readFileSync(beside('../package.json'), 'utf8')) as {version: string};

/** Yoga decodes its WebAssembly with `fetch('data:…')`, which would load a whole HTTP client at every start. */
const yogaWithoutFetch: Plugin = {
  name: 'yoga-without-fetch',
  setup(build) {
    build.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, ({path}) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
      loader: 'js',
    }));
  },
};

/** Ink measures every cell of every frame: plain cells are counted by a table, the rest by the real library. */
const fastStringWidth: Plugin = {
  name: 'fast-string-width',
  setup(build) {
    build.onResolve({filter: /^string-width$/}, ({importer, resolveDir}) =>
      importer.endsWith('fast-string-width.js')
        ? undefined
        : {path: beside('fast-string-width.js'), pluginData: resolveDir},
    );
  },
};

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
  // Development tools of React that are asked for by name; as an external they would be a static import that fails.
  alias: {'react-devtools-core': beside('no-devtools.js')},
  plugins: [yogaWithoutFetch, fastStringWidth],
  // CommonJS dependencies inside an ES module.
  banner: {
    js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
  },
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    MYSTATUS_VERSION: JSON.stringify(version),
  },
  logLevel: 'warning',
} satisfies BuildOptions;
