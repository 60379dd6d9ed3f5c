import {lstatSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {Script} from 'node:vm';
import {placeForCode, trustedCodeIn} from './compiled-code.ts';
import {ignoreErrors, replaceFile} from './files/private-file.ts';

// Files are loaded by one bundle and kept by another, and nothing else do these share.
const name = Symbol.for('mystatus-tui kept functions');
const shared = globalThis as unknown as {[name]?: (() => void)[]};

/** For when nobody waits any more: writes down what was made of the code of all files that were loaded so, unless that is how it came. */
export function keepFunctions(): void {
  for (const keep of shared[name] ?? []) keep();
}

/**
 * Loads a CommonJS file of ours, with what was made of it the last time, and returns its exports. Node's own cache has no function that is compiled
 * when it is first called, which are nearly all: half of a first frame goes by with them.
 */
export function loadWithFunctions(
  path: string,
  name: string,
  {stateDirectory, version}: Places,
  requireFor: NodeJS.Require = require,
): unknown {
  const place = ignoreErrors(() => placeOf(path, name, trustedCodeIn(stateDirectory, version)), null);
  const cachedData = place === null ? null : ignoreErrors(() => readOwn(place), null);
  // The bundler writes nothing but ASCII.
  const text = readFileSync(path, 'latin1');
  const source = text.startsWith('(') ? text : `(function (exports, require, module, __filename) {${text}\n})`;
  const script = new Script(source, {filename: path, ...(cachedData && {cachedData})});
  const module = {exports: {}};
  (script.runInThisContext() as Wrapper)(module.exports, requireFor, module, path);
  let isKept = cachedData !== null && script.cachedDataRejected !== true;
  const keep = (): void => {
    if (isKept) return;
    isKept = true;
    ignoreErrors(() => {
      // Of the first start, which made the ledger's directory meanwhile.
      const to = place ?? placeOf(path, name, placeForCode(stateDirectory, version));
      if (to === null) return;
      // Two that run with other options of Node in turns would both write it again each time.
      if (cachedData === null || Date.now() - statSync(to).mtimeMs > rewrittenAfterMs)
        replaceFile(to, script.createCachedData());
    }, undefined);
  };
  remember(keep);
  return module.exports;
}

function remember(keep: () => void): void {
  shared[name] = [...(shared[name] ?? []), keep];
}

const rewrittenAfterMs = 3_600_000;

type Places = {stateDirectory: string; version: string};
type Wrapper = (exports: object, require: NodeJS.Require, module: object, filename: string) => void;

/** Another build, another Node and another machine have files of their own: V8 only looks at the length of the source. */
function placeOf(path: string, name: string, directory: string | null): string | null {
  if (directory === null) return null;
  const {size, mtimeMs} = statSync(path);
  return join(directory, [name, process.arch, process.versions.v8, size, Math.round(mtimeMs)].join('-'));
}

const othersMask = 0o077;

function readOwn(path: string): Buffer | null {
  const stat = lstatSync(path);
  const isOwn = process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & othersMask) === 0);
  return stat.isFile() && isOwn ? readFileSync(path) : null;
}
