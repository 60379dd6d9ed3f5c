import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {expect, it} from 'vitest';
import {bundleOptions} from '../../scripts/bundle-options.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Outputs, and which of them are loaded with the chunk that parses the command line. */
async function bundled() {
  const {metafile} = await build({
    ...bundleOptions,
    absWorkingDir: repository,
    entryPoints: ['src/cli.ts'],
    outdir: 'dist',
    write: false,
  });
  const outputs = Object.entries(metafile.outputs);
  const staticOf = (name: string): string[] =>
    (metafile.outputs[name]?.imports ?? [])
      .filter(({kind, external}) => kind === 'import-statement' && !external)
      .map(({path}) => path);
  const [main = ''] = outputs.find(([, {entryPoint}]) => entryPoint === 'src/commands/main.ts') ?? [];
  const loaded = new Set<string>();
  const load = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    staticOf(name).forEach(load);
  };
  load(main);
  return {outputs, loaded};
}

const isProvider = /^src\/providers\/(?!shared\/|custom\/)[^/]+\/([^/]+)\.ts$/;

it('what the catalogue loads of all providers is one chunk, and what fetches and parses is not in it', async () => {
  const {outputs, loaded} = await bundled();
  const withProviders = outputs
    .filter(([name]) => loaded.has(name))
    .map(([, {inputs}]) => Object.keys(inputs).flatMap(input => isProvider.exec(input)?.[1] ?? []))
    .filter(names => names.length > 0);
  expect(withProviders).toHaveLength(1);
  expect(withProviders[0]).toContain('index');
  for (const name of ['fetch', 'parse', 'discover', 'demo']) expect(withProviders[0]).not.toContain(name);
});
