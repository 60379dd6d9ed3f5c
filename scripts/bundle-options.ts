/** How our code is bundled: the program itself, and what it is measured beside. */
import {readFileSync, writeFileSync} from 'node:fs';
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
      importer.endsWith('fast-string-width.ts')
        ? undefined
        : {path: beside('fast-string-width.ts'), pluginData: resolveDir},
    );
  },
};

/**
 * Ink forgets with every frame what it found out about each row of it. Rows mostly stay the same; what is remembered here
 * follows from the row's text alone.
 */
const inkRemembersRows: Plugin = {
  name: 'ink-remembers-rows',
  setup(build) {
    build.onLoad({filter: /ink\/build\/(output|sanitize-ansi)\.js$/}, ({path}) => ({
      contents: path.endsWith('output.js')
        ? `${replaced(path, 'caches = new OutputCaches();', 'caches = remembered();')}
          let kept = new OutputCaches();
          const remembered = () => (kept.styledChars.size > ${mostRows} ? (kept = new OutputCaches()) : kept);`
        : `${replaced(path, 'export default sanitizeAnsi;', '')}
          const known = new Map();
          export default text => {
            let sane = known.get(text);
            if (sane !== undefined) return sane;
            if (known.size > ${mostRows}) known.clear();
            known.set(text, (sane = sanitizeAnsi(text)));
            return sane;
          };`,
      loader: 'js',
    }));
  },
};
// Some screens of 300×100.
const mostRows = 800;

/** Throws when the words are not there: then Ink has changed, and this must be thought through again. */
function replaced(path: string, words: string, others: string): string {
  const code = readFileSync(path, 'utf8');
  if (!code.includes(words)) throw new Error(`${path} no longer says: ${words}`);
  return code.replace(words, others);
}

/**
 * Node's own modules, taken as they are. To `import` one, Node reads everything that it exports, and some of that loads
 * what nobody asked for: `node:http` a second HTTP client for the sake of its `WebSocket`, `node:fs` all of its streams.
 */
const builtinsAsTheyAre: Plugin = {
  name: 'builtins-as-they-are',
  setup(build) {
    build.onEnd(({metafile}) => {
      for (const file of Object.keys(metafile?.outputs ?? {}).filter(file => file.endsWith('.js')))
        writeFileSync(file, withoutImports(readFileSync(file, 'utf8')));
    });
  },
};

const importOfBuiltin =
  /(?<=^|[;}\n])import\s*([\w$]+)?,?\s*(?:\*\s*as\s+([\w$]+)\s*|\{([^}]*)\}\s*)?from\s*"([\w:/]+)";/g;
const lateImport = /(?<![\w$.])import\("(node:[\w/]+)"\)/g;

const withoutImports = (code: string): string =>
  code
    .replace(importOfBuiltin, (whole, one?: string, all?: string, some?: string, from = '') => {
      if (!isBuiltin(from)) return whole;
      const names = [one, all, some && `{${some.replaceAll(/\s+as\s+/g, ':')}}`].filter(Boolean);
      return `const ${names.map(name => `${name}=${moduleOf(from)}`).join(',')};`;
    })
    .replace(
      lateImport,
      (_, from: string) => `Promise.resolve(Object.create(${moduleOf(from)},{default:{value:${moduleOf(from)}}}))`,
    );

const moduleOf = (name: string): string => `process.getBuiltinModule("${name}")`;

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
    'react-devtools-core': beside('nothing.js'),
    // For a Node without web streams, which is older than ours.
    'web-streams-polyfill/dist/ponyfill.es2018.js': beside('nothing.js'),
  },
  plugins: [yogaWithoutFetch, fastStringWidth, inkRemembersRows, builtinsAsTheyAre],
  inject: [beside('fast-segmenter.ts')],
  // CommonJS dependencies inside an ES module.
  banner: {
    js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  },
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    // See there.
    'Intl.Segmenter': 'FastSegmenter',
    MYSTATUS_VERSION: JSON.stringify(version),
  },
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;
