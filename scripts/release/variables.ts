import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** What a release needs to know that the code does not: packaging/release.json. An empty value is not known yet. */
export type ReleaseVariables = {
  /** Page of the repository, without a slash at its end. */
  repository: string;
  homepage: string;
  maintainer: {name: string; email: string};
  keywords: readonly string[];
};

export type Manifest = {
  name: string;
  version: string;
  description: string;
  type?: string;
  license: string;
  bin: Record<string, string>;
  man: readonly string[];
  files: readonly string[];
  engines: {node: string};
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};

export const checkout = fileURLToPath(new URL('../../', import.meta.url));
/** Where everything of a release is made; not committed. */
export const releaseDirectory = join(checkout, 'release');

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

export const releaseVariables = (): ReleaseVariables => read('packaging/release.json') as ReleaseVariables;
export const manifest = (): Manifest => read('package.json') as Manifest;
