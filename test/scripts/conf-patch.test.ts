import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build, type Metafile} from 'esbuild';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {bundleOptions} from '../../scripts/bundle-options.ts';
import {confWithoutSchema} from '../../scripts/conf-patch/conf-without-schema.ts';
import {run} from '../support/run.ts';

const root = new URL('../..', import.meta.url).pathname;
const directory = mkdtempSync(join(tmpdir(), 'mystatus-conf-'));
afterAll(() => rmSync(directory, {recursive: true, force: true}));

const program = `
import Conf from 'conf';
const [cwd, mode] = process.argv.slice(2);
const options = {cwd, configFileMode: 0o600, accessPropertiesByDotNotation: false};
if (mode === 'use') {
  const conf = new Conf(options);
  conf.set({version: 1, 'a.b': [1, {c: null}]});
  conf.delete('gone');
  process.stdout.write(JSON.stringify([conf.get('version'), conf.get('none', 7), conf.store]));
} else {
  try {
    new Conf({...options, ...(mode === 'schema' ? {schema: {a: {type: 'string'}}} : {projectVersion: '1.0.0', migrations: {'1.0.0': () => {}}})});
  } catch (error) {
    process.stdout.write(error.message);
  }
}
`;
let metafile: Metafile;

async function bundled(name: string, plugins: typeof bundleOptions.plugins): Promise<string> {
  const outdir = join(directory, name);
  const stdin = {contents: program, resolveDir: root, sourcefile: 'program.ts'};
  const built = await build({...bundleOptions, plugins, stdin, outdir, outExtension: {'.js': '.mjs'}});
  metafile = built.metafile;
  return join(outdir, 'stdin.mjs');
}

async function answer(path: string, mode: string): Promise<string> {
  const cwd = mkdtempSync(join(directory, 'config-'));
  writeFileSync(join(cwd, 'config.json'), '{"gone": 1, "kept": "é"}', {mode: 0o644});
  const {stdout} = await run([cwd, mode], {}, {program: path, cwd});
  return mode === 'use'
    ? `${stdout} ${readFileSync(join(cwd, 'config.json'), 'utf8')} ${statSync(join(cwd, 'config.json')).mode & 0o777}`
    : stdout;
}

describe('conf in the bundle', () => {
  let whole: string;
  let patched: string;
  beforeAll(async () => {
    whole = await bundled('whole', []);
    patched = await bundled('patched', [confWithoutSchema]);
  });

  it('comes without a validator and without semver', () => {
    const packages = Object.keys(metafile.inputs).flatMap(
      path => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    expect(packages).toContain('conf');
    expect(packages.filter(name => /^(ajv.*|semver|fast-uri|json-schema-traverse)$/.test(name))).toEqual([]);
  });

  it('reads and writes as it does with them', async () => {
    const used = await answer(patched, 'use');
    expect(used).toBe(await answer(whole, 'use'));
    expect(used).toContain('[1,7,{"kept":"é","version":1,"a.b":[1,{"c":null}]}]');
  });

  it.each(['schema', 'migrations'])('says so where its option %s is used', async mode => {
    expect(await answer(patched, mode)).toBe('conf is bundled without its options `schema` and `migrations`');
    expect(await answer(whole, mode)).toBe('');
  });
});
