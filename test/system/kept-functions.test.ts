import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {run} from '../support/run.ts';

const version = '1.2.3';
let home = '';
let file = '';
const code = () => join(home, 'code', version);
const kept = (): string[] => readdirSync(code()).map(name => join(code(), name));

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-'));
  mkdirSync(code(), {recursive: true, mode: 0o700});
  chmodSync(join(home, 'code'), 0o700);
  file = join(home, 'way.cjs');
  writeFileSync(file, '"use strict";\nexports.answer = () => 6 * 7;\n');
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

const loader = new URL('../../src/system/kept-functions.ts', import.meta.url).href;

/** In a process of its own, as V8 remembers what it has compiled: runs it, and lets it keep what it has by then. */
async function runOnce(): Promise<string> {
  const script = `import(${JSON.stringify(loader)}).then(({keepFunctions, loadWithFunctions}) => {
    const places = {stateDirectory: ${JSON.stringify(home)}, version: '${version}'};
    const {answer} = loadWithFunctions(${JSON.stringify(file)}, 'way', places);
    console.log(answer());
    keepFunctions();
  })`;
  const {stdout, stderr} = await run(['-e', script], {HOME: home}, {command: process.execPath});
  return stdout.trim() + stderr;
}

describe('the functions of a file', () => {
  it('are kept for their owner alone, and not written again while they are used', async () => {
    expect(await runOnce()).toBe('42');
    const [path = ''] = kept();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const {ino} = statSync(path);
    expect(await runOnce()).toBe('42');
    expect(kept().map(each => statSync(each).ino)).toEqual([ino]);
  });

  it('that do not fit are left aside, and replaced once they are an hour old', async () => {
    await runOnce();
    const [path = ''] = kept();
    const fitting = readFileSync(path);
    writeFileSync(path, fitting.subarray(0, 40));
    expect([await runOnce(), readFileSync(path).length]).toEqual(['42', 40]);
    const longAgo = Date.now() / 1000 - 4000;
    utimesSync(path, longAgo, longAgo);
    expect([await runOnce(), readFileSync(path).length]).toEqual(['42', fitting.length]);
  });

  it('are kept by the first start already, which makes the place for them', async () => {
    rmSync(join(home, 'code'), {recursive: true});
    expect(await runOnce()).toBe('42');
    expect([kept().length, statSync(code()).mode & 0o777]).toEqual([1, 0o700]);
  });

  it('are not used where others could write, and what lies there is thrown away', async () => {
    writeFileSync(join(code(), 'forged'), '');
    chmodSync(code(), 0o777);
    expect(await runOnce()).toBe('42');
    expect(kept().map(path => basename(path))).toEqual([expect.stringMatching(/^way-/)]);
    expect(statSync(code()).mode & 0o777).toBe(0o700);
  });

  it('are kept nowhere below a directory that others could write to', async () => {
    chmodSync(home, 0o777);
    expect(await runOnce()).toBe('42');
    expect(kept()).toEqual([]);
  });
});
