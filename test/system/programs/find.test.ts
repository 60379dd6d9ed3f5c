import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {environmentFor, findProgram} from '../../../src/system/programs/find.ts';

const directory = mkdtempSync(join(tmpdir(), 'mystatus-find-'));
const program = (name: string): string => {
  const path = join(directory, name);
  writeFileSync(path, '', {mode: 0o755});
  return path;
};
beforeAll(() => {
  for (const name of ['both.exe', 'both.cmd', 'batch.cmd', 'batch.bat', 'old.com']) program(name);
});
afterAll(() => rmSync(directory, {recursive: true}));

describe('programs on Windows', () => {
  const find = (name: string, env = {}) => findProgram(name, [join(directory, name)], {env, platform: 'win32'});

  it('are found without the ending of their name, whatever stands beside them', async () => {
    expect(await find('both', {PATHEXT: '.CMD;.exe'})).toBe(join(directory, 'both.exe'));
    expect(await find('both.exe')).toBe(join(directory, 'both.exe'));
    expect(await find('old', {PATHEXT: '.com'})).toBe(join(directory, 'old.com'));
  });

  it('are no batch files, which a shell would have to run', async () => {
    for (const env of [{}, {PATHEXT: '.COM;.EXE;.BAT;.CMD;.cmd;.bat'}]) expect(await find('batch', env)).toBeNull();
  });
});

describe('the path that a started program gets', () => {
  it('has no working directory in it, by the rules of the platform', () => {
    const windows = {Path: 'C:\\Tools;.;bin;D:\\More', OTHER: 'kept'};
    expect(environmentFor(windows, 'win32')).toEqual({PATH: 'C:\\Tools;D:\\More', OTHER: 'kept'});
    expect(environmentFor({PATH: '/usr/bin::bin:/bin'}, 'darwin')).toEqual({PATH: '/usr/bin:/bin'});
    expect(environmentFor({Path: '.;bin'}, 'win32')).toEqual({});
  });

  it('is as it was where nothing is wrong with it', () => {
    const windows = {Path: 'C:\\Tools;\\\\server\\share'};
    expect(environmentFor(windows, 'win32')).toBe(windows);
  });
});
