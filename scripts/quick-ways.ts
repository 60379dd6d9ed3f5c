import {fileURLToPath} from 'node:url';
import type {BuildOptions, Plugin} from 'esbuild';
import {bundleOptions} from './bundle-options.ts';
import {coloursWithoutStreams} from './ink-patches/colours-without-streams.ts';
import {plainStringWidth} from './ink-patches/plain-string-width.ts';
import {knownProviders} from './known-providers.ts';

/** Ways out that load nothing but what they need, by the name of their file below dist/quick/. */
const ways = ['version', 'statusline', 'json', 'guard', 'screen'];

/** What only those pay for who have settings or themes, by what it is imported as: files of their own beside the ways. */
const parts: Readonly<Record<string, string>> = {
  './check.ts': 'check-settings',
  './theme-check.ts': 'check-theme',
};
const partSource = (path: string): string => fileURLToPath(new URL(`../src/system/settings/${path}`, import.meta.url));

/** What a way out does not need as a rule: where it is reached, the way gives up, and the usual one is taken. */
const usualWayOnly: Plugin = {
  name: 'usual-way-only',
  setup(build) {
    build.onResolve({filter: /^\.\.?\//}, ({kind, path}) => {
      if (kind !== 'dynamic-import') return undefined;
      const part = parts[path];
      return part === undefined ? {path: 'usual way', namespace: 'usual-way'} : {path: `./${part}.cjs`, external: true};
    });
    build.onLoad({filter: /./, namespace: 'usual-way'}, () => ({
      contents: "throw new Error('the usual way is taken')",
    }));
  },
};

/** A module of Node of which nothing is used is not loaded. */
const unusedIsNotLoaded: Plugin = {
  name: 'unused-is-not-loaded',
  setup(build) {
    build.onResolve({filter: /^node:/}, ({path}) => ({path, external: true, sideEffects: false}));
  },
};

const sourceOf = (way: string): string => fileURLToPath(new URL(`../src/commands/quick/${way}.ts`, import.meta.url));

/** CommonJS, for which Node starts less of itself than for an ES module, and one file each: opening another takes time, too. */
export const quickOptions = {
  ...bundleOptions,
  entryPoints: Object.fromEntries([
    ...ways.map(way => [way, sourceOf(way)]),
    ...Object.entries(parts).map(([path, part]) => [part, partSource(path)]),
  ]),
  // A part is required, too: `import()` would start the loader of ES modules.
  supported: {'dynamic-import': false},
  outExtension: {'.js': '.cjs'},
  splitting: false,
  format: 'cjs',
  banner: {},
  plugins: [knownProviders, usualWayOnly],
} satisfies BuildOptions;

/** The painter of the first frame, which dist/quick/screen.cjs loads. */
export const firstFrameOptions = {
  ...quickOptions,
  entryPoints: {'first-frame': fileURLToPath(new URL('../src/first-frame/paint.ts', import.meta.url))},
  plugins: [knownProviders, usualWayOnly, plainStringWidth, coloursWithoutStreams, unusedIsNotLoaded],
} satisfies BuildOptions;
