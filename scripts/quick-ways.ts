import {readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {BuildOptions, Plugin} from 'esbuild';
import {bundleOptions} from './bundle-options.ts';
import {coloursWithoutStreams} from './ink-patches/colours-without-streams.ts';
import {replaced} from './ink-patches/patch.ts';
import {plainStringWidth} from './ink-patches/plain-string-width.ts';
import {knownProviders} from './known-providers.ts';

const source = fileURLToPath(new URL('../src/', import.meta.url));

/** Ways out that load nothing but what they need, by the name of their file below dist/quick/. */
const ways = ['version', 'start', 'statusline', 'json', 'guard', 'screen'];

/** What several ways out load when there are settings, themes or another language: files of their own beside them. */
const shared: Record<string, string> = {
  'system/settings/check': 'settings-check',
  'system/settings/theme-check': 'theme-check',
  'view/strings/index': 'strings',
};

const fileIn = (resolveDir: string, path: string): string | undefined =>
  shared[relative(source, join(resolveDir, path)).replaceAll('\\', '/').replace(/\.ts$/, '')];

/** What a way out does not need as a rule: where it is reached, the way gives up, and the usual one is taken. */
export const usualWayOnly: Plugin = {
  name: 'usual-way-only',
  setup(build) {
    build.onResolve({filter: /^\.\.?\//}, ({kind, path, resolveDir}) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = fileIn(resolveDir, path);
      return file === undefined ? {path: 'usual way', namespace: 'usual-way'} : {path: `./${file}.cjs`, external: true};
    });
    build.onLoad({filter: /./, namespace: 'usual-way'}, () => ({
      contents: `import {usualWay} from ${JSON.stringify(join(source, 'commands/quick/usual-way.ts'))}; usualWay();`,
      resolveDir: source,
    }));
  },
};

/** A module of Node of which nothing is used is not loaded. */
export const unusedIsNotLoaded: Plugin = {
  name: 'unused-is-not-loaded',
  setup(build) {
    build.onResolve({filter: /^node:/}, ({path}) => ({path, external: true, sideEffects: false}));
  },
};

const sourceOf = (way: string): string => join(source, `commands/quick/${way}.ts`);

/** CommonJS, for which Node starts less of itself than for an ES module, and one file each: opening another takes time, too. */
export const quickOptions = {
  ...bundleOptions,
  entryPoints: {
    ...Object.fromEntries(ways.map(way => [way, sourceOf(way)])),
    ...Object.fromEntries(Object.entries(shared).map(([path, name]) => [name, join(source, `${path}.ts`)])),
  },
  // Otherwise Node would start its loader of ES modules for a file of ours.
  supported: {'dynamic-import': false},
  outExtension: {'.js': '.cjs'},
  splitting: false,
  format: 'cjs',
  banner: {},
  plugins: [knownProviders, usualWayOnly],
} satisfies BuildOptions;

const otherLanguages = `{
  en,
  get zh() { return require('./strings.cjs').stringsFor('zh'); },
  get ja() { return require('./strings.cjs').stringsFor('ja'); },
}`;

/** English is built in; the file with the other languages is for those who read them. */
const languagesLater: Plugin = {
  name: 'languages-later',
  setup(build) {
    build.onResolve({filter: /^\.\/strings\.cjs$/}, ({path}) => ({path, external: true}));
    build.onLoad({filter: /view[\\/]strings[\\/]index\.ts$/}, ({path}) => {
      const code = readFileSync(path, 'utf8');
      const without = ['zh', 'ja'].reduce(
        (rest, of) => replaced(rest, `import {${of}} from './${of}.ts';\n`, ''),
        code,
      );
      return {contents: replaced(without, '{en, zh, ja}', otherLanguages), loader: 'ts'};
    });
  },
};

/** The painter of the first frame, which dist/quick/screen.cjs loads. */
export const firstFrameOptions = {
  ...quickOptions,
  entryPoints: {'first-frame': fileURLToPath(new URL('../src/first-frame/paint.ts', import.meta.url))},
  plugins: [knownProviders, usualWayOnly, languagesLater, plainStringWidth, coloursWithoutStreams, unusedIsNotLoaded],
} satisfies BuildOptions;
