/** How our code is bundled: the program itself, and what it is measured beside. */
import {readFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
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

/**
 * Node's own modules, taken as they are. To `import` one, Node reads everything that it exports, and some of that loads
 * what nobody asked for: `node:http` brings a second HTTP client for the sake of its `WebSocket`.
 */
const builtinsAsTheyAre: Plugin = {
  name: 'builtins-as-they-are',
  setup(build) {
    build.onResolve({filter: /./}, ({path, kind}) =>
      isBuiltin(path) && kind !== 'require-call' ? {path: path.replace(/^node:/, ''), namespace: 'builtin'} : undefined,
    );
    build.onLoad({filter: /./, namespace: 'builtin'}, ({path}) => ({contents: exportsOf(path), loader: 'js'}));
  },
};

/** What is not used falls away, and with it the look at it. */
function exportsOf(builtin: string): string {
  const names = Object.keys(process.getBuiltinModule(builtin) ?? {}).filter(name => /^[a-z]\w*$/i.test(name));
  return [
    `const builtin = process.getBuiltinModule('node:${builtin}');`,
    'export default builtin;',
    ...names.map(
      name => `const its_${name} = /* @__PURE__ */ (() => builtin.${name})(); export {its_${name} as ${name}};`,
    ),
  ].join('\n');
}

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
  plugins: [yogaWithoutFetch, fastStringWidth, builtinsAsTheyAre],
  // CommonJS dependencies inside an ES module.
  banner: {
    js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  },
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    MYSTATUS_VERSION: JSON.stringify(version),
  },
  logLevel: 'warning',
} satisfies BuildOptions;
