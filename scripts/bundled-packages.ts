import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {join} from 'node:path';
import type {Metafile, Plugin} from 'esbuild';

/** What a bundle is made of beside our own code: directories of packages in it, and packages that it still asks for. */
export type Bundled = {packages: string[]; external: string[]};

/** Beside the bundles of a directory, and not published. */
export const bundledFile = 'bundled.json';

/** Notes it for the release: licences to reproduce, dependencies to declare. Several builds into one directory add up. */
export const bundledPackages: Plugin = {
  name: 'bundled-packages',
  setup({initialOptions: {outdir, write}, onEnd}) {
    if (outdir === undefined || write === false) return;
    onEnd(({metafile}) => {
      if (metafile !== undefined) add(join(outdir, bundledFile), bundledIn(metafile));
    });
  },
};

function add(path: string, {packages, external}: Bundled): void {
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Bundled) : {packages: [], external: []};
  const all = {
    packages: sorted([...before.packages, ...packages]),
    external: sorted([...before.external, ...external]),
  };
  writeFileSync(path, JSON.stringify(all));
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

const packageDirectory = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
const packageName = /^(?:@[^/]+\/)?[^/]+/;

export function bundledIn({outputs}: Metafile): Bundled {
  const inputs = Object.values(outputs).flatMap(output => Object.entries(output.inputs));
  const used = inputs.filter(([, {bytesInOutput}]) => bytesInOutput > 0).map(([path]) => path);
  const asked = Object.values(outputs).flatMap(({imports}) => imports.filter(({external}) => external));
  return {
    packages: sorted(used.flatMap(path => packageDirectory.exec(path)?.[0] ?? [])),
    external: sorted(asked.flatMap(({path}) => (isBuiltin(path) ? [] : (packageName.exec(path)?.[0] ?? [])))),
  };
}
