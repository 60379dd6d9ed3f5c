import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {OnResolveArgs, Plugin} from 'esbuild';

const catalogue = fileURLToPath(new URL('../src/providers/index.ts', import.meta.url));
const inProvider = /src[\\/]providers[\\/][^\\/]+[\\/]/;

/**
 * What the catalogue loads of the providers stays one chunk. Code that a provider loads later shares modules with it, and
 * every such set would become a chunk of its own: fifty files to open at each start. When that code runs the catalogue
 * has long been loaded; importing it there tells the bundler so.
 */
export const catalogueChunk: Plugin = {
  name: 'catalogue-chunk',
  setup(build) {
    const later = new Set<string>();
    build.onResolve({filter: /^\.\.?\//}, async ({path, kind, importer, resolveDir, pluginData}: OnResolveArgs) => {
      if (kind !== 'dynamic-import' || !inProvider.test(importer) || pluginData === 'seen') return undefined;
      const found = await build.resolve(path, {kind, importer, resolveDir, pluginData: 'seen'});
      later.add(found.path);
      return found;
    });
    build.onLoad({filter: inProvider}, ({path}) =>
      later.has(path)
        ? {contents: `import ${JSON.stringify(catalogue)};\n${readFileSync(path, 'utf8')}`, loader: 'ts'}
        : undefined,
    );
  },
};
