import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire, Module} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {afterAll, beforeAll, expect, it} from 'vitest';

type Packed = typeof import('../../src/system/packed-modules.ts');

const directory = mkdtempSync(join(tmpdir(), 'mystatus-pack-'));
const source = new URL('../../src/system/packed-modules.ts', import.meta.url).pathname;
let packed: Packed;

/** As it is built: it is made for CommonJS. */
beforeAll(async () => {
  const options = {bundle: true, format: 'cjs', platform: 'node', write: false} as const;
  const {outputFiles} = await build({...options, entryPoints: [source]});
  const module = new Module(join(directory, 'packed.cjs')) as Module & {_compile(code: string, path: string): void};
  module._compile(outputFiles[0]?.text ?? '', module.id);
  packed = module.exports as Packed;
  mkdirSync(join(directory, 'chunks'));
  for (const name of ['a', 'b']) writeFileSync(join(directory, `chunks/${name}.cjs`), `exports.from = 'file ${name}';`);
});
afterAll(() => rmSync(directory, {recursive: true}));

it('a file gets the module that is there already, and is not run a second time', () => {
  const own = {from: 'pack', default: 'its own'};
  packed.offerModules(directory, {'chunks/a.cjs': own});
  const fromFile = createRequire(join(directory, 'chunks/b.cjs'));
  const fromPack = packed.requireIn(join(directory, 'chunks'));
  expect(fromFile('./a.cjs')).toBe(own);
  expect(fromPack('./a.cjs')).toBe(own);
  // What is not in the pack is a file, whoever asks.
  expect(fromPack('./b.cjs')).toEqual({from: 'file b'});
  expect(fromPack('./b.cjs')).toBe(fromFile('./b.cjs'));
  // An ES module, as far as bundlers ask.
  expect(fromFile('./a.cjs')).toHaveProperty('__esModule', true);
});

it('a module of Node that is slow to load does what it does, once it is asked for it', () => {
  const load = packed.requireIn(directory);
  const {createHash} = load('node:crypto') as typeof import('node:crypto');
  expect(createHash('sha256').update('x').digest('hex')).toMatch(/^2d711642b726b044/);
  const check = load('assert') as (value: unknown, text?: string) => void;
  expect(() => check(false, 'no')).toThrow('no');
  expect(load('node:path')).toBe(createRequire(directory)('node:path'));
});

it('a bundler that looks at such a module finds no names of its own, and every name all the same', () => {
  const crypto = packed.requireIn(directory)('node:crypto') as typeof import('node:crypto');
  expect(Object.getOwnPropertyNames(crypto)).toEqual([]);
  const copy = Object.create(Object.getPrototypeOf(crypto) as object) as typeof crypto;
  expect(typeof copy.randomUUID()).toBe('string');
});
