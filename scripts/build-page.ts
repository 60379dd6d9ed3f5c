/** The page of `serve`: one script for browsers, and the files beside it. */
import {copyFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {build, type Plugin} from 'esbuild';

const source = 'src/server/page';
const files = ['index.html', 'page.css', 'icon.svg'];

/** The catalogue leads to what asks and parses, by imports that no page ever makes. */
const withoutWhatAsks: Plugin = {
  name: 'without-what-asks',
  setup(bundle) {
    bundle.onResolve({filter: /./}, ({kind, path}) => (kind === 'dynamic-import' ? {path, external: true} : undefined));
  },
};

export async function buildPage(directory: string): Promise<void> {
  mkdirSync(directory, {recursive: true});
  await build({
    entryPoints: [join(source, 'page.ts')],
    outfile: join(directory, 'page.js'),
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    plugins: [withoutWhatAsks],
    logLevel: 'warning',
  });
  for (const file of files) copyFileSync(join(source, file), join(directory, file));
}
