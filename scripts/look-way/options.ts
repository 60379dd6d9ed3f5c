import {existsSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {BuildOptions, Plugin} from 'esbuild';
import {replaced} from '../ink-patches/patch.ts';
import {knownProviders} from '../known-providers.ts';
import {quickOptions, unusedIsNotLoaded, usualWayOnly} from '../quick-ways.ts';

/**
 * The way that looks for logins, dist/quick/look.cjs: the program as it is, without what makes requests, writes and watches.
 * Where it reaches one of those, the usual way is taken.
 */

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const at = (path: string): string => JSON.stringify(join(source, `${path}.ts`));
const insteadFile = JSON.stringify(beside('instead.ts'));
const usualWay = `import {usualWay} from ${at('commands/quick/usual-way')};`;

/** Modules that have no part in a look, and what of them `instead.ts` has. */
const instead: Readonly<Record<string, string>> = {
  'system/http/wire': 'createWire',
  'compose/fleet-ledger': 'openFleetLedger',
  'system/credentials/keychain': 'createKeychain, keychainService',
  'system/custom/network': 'networkOf',
  'system/ledger/ledger': 'createMemoryLedger, forgetHistoryIn, openLedger',
  'system/files/watched-places': 'watchPlaces',
  'system/settings/watch': 'watchSettings',
};

const nodes: Readonly<Record<string, string>> = {
  'node:crypto': beside('crypto.ts'),
  'node:fs/promises': beside('at-once.ts'),
  'node:timers/promises': beside('timers.ts'),
};

/** What a look would change, and cannot say a second time that it did. */
const edits: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'system/files/private-file': [
    ['chmodSync(path, privateMode)', 'usualWay()'],
    ['renameSync(path, aside)', 'usualWay()'],
  ],
  'system/files/private-directory': [['chmodSync(directory, privateMode)', 'usualWay()']],
  // Node's own is loaded with all of its cryptography.
  'system/machine': [
    ["import {createHash} from 'node:crypto';", "import {sha256} from './roster/sha256.ts';"],
    ["text => createHash('sha256').update(text, 'utf8').digest('hex')", 'sha256'],
  ],
};

const inProvider = /[\\/]src[\\/]providers[\\/]/;
/** Of the code of providers; some have one file for looking and asking. */
const isForLooking = (path: string): boolean =>
  !/(?:demo|noted|status-line)\.ts$/.test(path) &&
  !(/fetch\.ts$/.test(path) && existsSync(join(path, '../discover.ts')));

const nameOf = (path: string): string => relative(source, path).replaceAll('\\', '/').replace(/\.ts$/, '');

const lookOnly: Plugin = {
  name: 'look-only',
  setup(build) {
    const unmet = new Set([...Object.keys(instead), ...Object.keys(edits)]);
    build.onResolve({filter: /^node:/}, ({path}) => (nodes[path] === undefined ? undefined : {path: nodes[path]}));
    build.onResolve({filter: /^[a-z@]/}, ({kind, path}) =>
      kind !== 'dynamic-import' || path.startsWith('node:') ? undefined : {path, namespace: 'usual-way'},
    );
    build.onResolve({filter: /^\.\.?\//}, ({kind, path, importer, resolveDir}) =>
      kind === 'dynamic-import' && inProvider.test(importer) && isForLooking(join(resolveDir, path))
        ? {path: join(resolveDir, path)}
        : undefined,
    );
    build.onLoad({filter: /[\\/]src[\\/].*\.ts$/}, ({path}) => {
      const name = nameOf(path);
      unmet.delete(name);
      if (instead[name] !== undefined)
        return {contents: `export {${instead[name]}} from ${insteadFile};`, resolveDir: source};
      const changes = edits[name];
      if (changes === undefined) return undefined;
      const code = changes.reduce((text, [words, others]) => replaced(text, words, others), readFileSync(path, 'utf8'));
      return {contents: `${usualWay}\n${code}`, loader: 'ts'};
    });
    build.onEnd(() => ({errors: [...unmet].map(name => ({text: `look-only: ${name} is not bundled`}))}));
  },
};

export const lookOptions = {
  ...quickOptions,
  // Node's own clock is loaded with all that it measures.
  define: {...quickOptions.define, 'performance.now': 'Date.now'},
  entryPoints: {look: join(source, 'commands/quick/look.ts')},
  plugins: [knownProviders, lookOnly, usualWayOnly, unusedIsNotLoaded],
} satisfies BuildOptions;
