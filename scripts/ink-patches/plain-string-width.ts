import {fileURLToPath} from 'node:url';
import type {Plugin} from 'esbuild';

const path = fileURLToPath(new URL('runtime/plain-string-width.ts', import.meta.url));

/** Ink measures every cell of every frame: plain cells are counted by a table, the rest by the real library. */
export const plainStringWidth: Plugin = {
  name: 'plain-string-width',
  setup(build) {
    build.onResolve({filter: /^string-width$/}, ({importer, resolveDir}) =>
      importer === path ? undefined : {path, pluginData: resolveDir},
    );
  },
};
