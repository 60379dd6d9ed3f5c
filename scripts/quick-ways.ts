import {fileURLToPath} from 'node:url';
import type {BuildOptions, Plugin} from 'esbuild';
import {bundleOptions} from './bundle-options.ts';
import {knownProviders} from './known-providers.ts';

/** Ways out that load nothing but what they need, by the name of their file below dist/quick/. */
const ways = ['version', 'statusline'];

/** What a way out does not need as a rule: where it is reached, the way gives up, and the usual one is taken. */
const usualWayOnly: Plugin = {
  name: 'usual-way-only',
  setup(build) {
    build.onResolve({filter: /^\.\.?\//}, ({kind}) =>
      kind === 'dynamic-import' ? {path: 'usual way', namespace: 'usual-way'} : undefined,
    );
    build.onLoad({filter: /./, namespace: 'usual-way'}, () => ({
      contents: "throw new Error('the usual way is taken')",
    }));
  },
};

const sourceOf = (way: string): string => fileURLToPath(new URL(`../src/commands/quick/${way}.ts`, import.meta.url));

/** CommonJS, for which Node starts less of itself than for an ES module, and one file each: opening another takes time, too. */
export const quickOptions = {
  ...bundleOptions,
  entryPoints: Object.fromEntries(ways.map(way => [way, sourceOf(way)])),
  outExtension: {'.js': '.cjs'},
  splitting: false,
  format: 'cjs',
  banner: {},
  plugins: [knownProviders, usualWayOnly],
} satisfies BuildOptions;
