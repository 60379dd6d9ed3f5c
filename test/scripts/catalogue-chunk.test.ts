import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {expect, it} from 'vitest';
import {bundleOptions} from '../../scripts/bundle-options.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Outputs, and which of them are loaded with the chunk of this source. */
async function bundled(source: string) {
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
  const [main = ''] = outputs.find(([, {entryPoint}]) => entryPoint === source) ?? [];
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

/** What is loaded of the providers, chunk by chunk. */
async function providersIn(source: string): Promise<string[][]> {
  const {outputs, loaded} = await bundled(source);
  return outputs
    .filter(([name]) => loaded.has(name))
    .map(([, {inputs}]) => Object.keys(inputs).flatMap(input => isProvider.exec(input)?.[1] ?? []))
    .filter(names => names.length > 0);
}

it('what the catalogue loads of all providers is one chunk, and what fetches and parses is not in it', async () => {
  const chunks = await providersIn('src/commands/once.ts');
  expect(chunks).toHaveLength(1);
  expect(chunks[0]).toContain('index');
  for (const name of ['fetch', 'parse', 'discover', 'demo']) expect(chunks[0]).not.toContain(name);
});

it('the command line is understood without them', async () => {
  expect(await providersIn('src/commands/main.ts')).toEqual([]);
});
