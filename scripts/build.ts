/** Bundles src/cli.ts into dist/: split, so that a script that wants one line does not load the screen. */
import {readFileSync, rmSync} from 'node:fs';
import {build, type Plugin} from 'esbuild';

const {version} = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string};

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
        : {path: new URL('fast-string-width.js', import.meta.url).pathname, pluginData: resolveDir},
    );
  },
};

rmSync('dist', {recursive: true, force: true});
await build({
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.13',
  jsx: 'automatic',
  chunkNames: 'chunks/[name]-[hash]',
  // Development tools of React that are asked for by name; as an external they would be a static import that fails.
  alias: {'react-devtools-core': './scripts/no-devtools.js'},
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
});
