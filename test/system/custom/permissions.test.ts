import {chmod, chown, mkdir, mkdtemp, rename, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {networkOf} from '../../../src/system/custom/network.ts';
import {troubleWith, troubleWithProgram} from '../../../src/system/custom/permissions.ts';
import {runProgram} from '../../../src/system/programs/programs.ts';

const isRoot = process.getuid?.() === 0;
const somebody = 4711;
let home: string;
const at = (name: string): string => join(home, name);

async function file(name: string, mode = 0o755): Promise<string> {
  await mkdir(dirname(at(name)), {recursive: true});
  await writeFile(at(name), '#!/bin/sh\necho started\n');
  await chmod(at(name), mode);
  return at(name);
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mystatus-permissions-'));
});
afterEach(() => rm(home, {recursive: true, force: true}));

describe('a program', () => {
  it('is the user’s where nobody else can write to anything on the way to it', async () => {
    const program = await file('bin/gauge');
    await symlink(program, at('gauge'));
    expect(await troubleWithProgram(program)).toBeNull();
    expect(await troubleWithProgram(at('gauge'))).toBeNull();
    expect(await troubleWithProgram(at('missing'))).toBeNull();
  });

  it.each(['shared', 'tools', 'shared/deep'])(
    'is not where one of the links on the way can be changed: %s',
    async open => {
      await file('real/gauge');
      for (const directory of ['shared/deep', 'tools', 'bin']) await mkdir(at(directory), {recursive: true});
      await symlink('../../real/gauge', at('shared/deep/link'));
      await symlink('../shared/deep/link', at('tools/gauge'));
      await symlink(at('tools'), at('bin/way'));
      const program = at('bin/way/gauge');
      expect(await troubleWithProgram(program)).toBeNull();
      await chmod(at(open), 0o777);
      expect(await troubleWithProgram(program)).toEqual({path: at(open), why: 'writable', mode: 0o777});
      expect(await runProgram(program, [], {timeoutMs: 5000, env: {}})).toMatchObject({refused: 'open-to-others'});
    },
  );

  it('is not where its directory can be exchanged from above, unless everybody has files of their own there', async () => {
    const program = await file('above/bin/gauge');
    await chmod(at('above'), 0o1777);
    expect(await troubleWithProgram(program)).toBeNull();
    await chmod(at('above'), 0o777);
    expect(await troubleWithProgram(program)).toMatchObject({path: at('above'), why: 'writable'});
  });

  it('is not where links go round in a circle', async () => {
    await symlink(at('b'), at('a'));
    await symlink(at('a'), at('b'));
    expect(await troubleWithProgram(at('a'))).toBeNull();
    expect(await runProgram(at('a'), [], {timeoutMs: 5000, env: {}})).toMatchObject({refused: 'not-startable'});
  });

  it.runIf(isRoot)('is not where it, its directory or the one of a link belongs to somebody else', async () => {
    const program = await file('bin/gauge');
    await mkdir(at('links'));
    await symlink(program, at('links/gauge'));
    for (const theirs of ['bin/gauge', 'bin', 'links']) {
      await chown(at(theirs), somebody, somebody);
      expect(await troubleWithProgram(at('links/gauge'))).toMatchObject({path: at(theirs), why: 'foreign'});
      await chown(at(theirs), 0, 0);
    }
  });
});

describe('a file of our own', () => {
  it.each([
    ['the file', 'ours/config.json', 0o602],
    ['the file, by a group', 'ours/config.json', 0o660],
    ['its directory', 'ours', 0o770],
  ])('is in doubt where others can write to %s', async (_, name, mode) => {
    const path = await file('ours/config.json', 0o600);
    expect(troubleWith(path)).toBeNull();
    await chmod(at(name), mode);
    expect(troubleWith(path)).toEqual({path: at(name), why: 'writable', mode});
  });

  it('is in doubt where the directory of the real file can be written to', async () => {
    await file('elsewhere/config.json', 0o600);
    await mkdir(at('ours'));
    await symlink(at('elsewhere/config.json'), at('ours/config.json'));
    expect(troubleWith(at('ours/config.json'))).toBeNull();
    await chmod(at('elsewhere'), 0o777);
    expect(troubleWith(at('ours/config.json'))).toMatchObject({path: at('elsewhere'), why: 'writable'});
  });

  it('is the user’s in a directory where everybody has files of their own', async () => {
    const path = await file('ours/config.json', 0o600);
    await chmod(at('ours'), 0o1777);
    expect(troubleWith(path)).toBeNull();
  });

  it.runIf(isRoot)('is in doubt where it or its directory belongs to somebody else', async () => {
    const path = await file('ours/config.json', 0o600);
    for (const theirs of [path, at('ours')]) {
      await chown(theirs, somebody, somebody);
      expect(troubleWith(path)).toMatchObject({path: theirs, why: 'foreign'});
      await chown(theirs, 0, 0);
    }
    await rename(path, at('config.json'));
    expect(troubleWith(path)).toBeNull();
  });
});

it.each([
  ['127.9.9.9', 'this machine'],
  ['[::1]', 'this machine'],
  ['0.0.0.0', 'this machine'],
  ['[::]', 'this machine'],
  ['[::ffff:7f00:1]', 'this machine'],
  ['localhost.', 'this machine'],
  ['api.localhost', 'this machine'],
  ['[::ffff:a00:1]', 'private'],
  ['[febf::1]', 'private'],
  ['[fdab::1]', 'private'],
  ['100.64.0.1', 'private'],
  ['printer.local.', 'private'],
  ['gateway.', 'private'],
  ['gateway.home.arpa', 'private'],
  ['100.128.0.1', 'public'],
  ['[::ffff:808:808]', 'public'],
  ['[2001:db8::1]', 'public'],
  ['notlocalhost.example', 'public'],
  ['local.example', 'public'],
])('%s is on %s', (host, network) => {
  expect(networkOf(host)).toBe(network);
});
