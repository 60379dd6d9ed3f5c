import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import * as promises from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import * as atOnce from '../../scripts/look-way/at-once.ts';

const mountsOf = (...types: readonly (readonly [string, string])[]): string =>
  types.map(([at, type]) => `none ${at} ${type} rw 0 0\n`).join('');

it.each([
  [
    'a disk and what belongs to the system',
    mountsOf(['/', 'ext4'], ['/proc', 'proc'], ['/sys/fs/cgroup', 'cgroup2']),
    true,
  ],
  ['a container', mountsOf(['/', 'overlay'], ['/dev/shm', 'tmpfs'], ['/run/user/1000/gvfs', 'fuse.gvfsd-fuse']), true],
  ['a home of another machine', mountsOf(['/', 'ext4'], ['/home', 'nfs4']), false],
  ['a directory that a program fills', mountsOf(['/', 'btrfs'], ['/home/somebody/cloud', 'fuse.sshfs']), false],
  ['a disk of Windows', mountsOf(['/', 'ext4'], ['/mnt/c', '9p']), false],
  ['a name that only begins as one of the system', mountsOf(['/', 'ext4'], ['/running', 'nfs']), false],
  ['nothing that could be read', '', false],
])('files are read at once only where all are this machine’s own: %s', (_, mounts, expected) => {
  expect(atOnce.isAllLocal(mounts)).toBe(expected);
});

it('the calls give what Node’s give, and fail as they do', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-'));
  onTestFinished(() => rmSync(directory, {recursive: true}));
  const path = join(directory, 'login.json');
  writeFileSync(path, '{"invented": true}');
  const read = async (open: (path: string, flags: number) => Promise<unknown>): Promise<string> => {
    const file = (await open(path, 0)) as promises.FileHandle;
    const {bytesRead, buffer} = await file.read(Buffer.alloc(64));
    await file.close();
    return buffer.subarray(0, bytesRead).toString();
  };
  expect(await read(atOnce.open)).toBe(await read(promises.open));
  expect(await atOnce.stat(path)).toEqual(await promises.stat(path));
  expect(await atOnce.lstat(path)).toEqual(await promises.lstat(path));
  expect(await atOnce.realpath(path)).toBe(await promises.realpath(path));
  expect(await atOnce.access(path)).toBe(undefined);
  expect(await atOnce.readdir(directory)).toEqual(['login.json']);
  const codeOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: NodeJS.ErrnoException) => error.code);
  const gone = `${path}-gone`;
  const failing = [
    atOnce.stat(gone),
    atOnce.readdir(gone),
    atOnce.readlink(gone),
    atOnce.access(gone),
    atOnce.open(gone, 0),
  ];
  for (const work of failing) expect(await codeOf(work)).toBe('ENOENT');
});

it('every call of node:fs/promises by which logins are looked for has one of these', () => {
  const system = new URL('../../src/system/', import.meta.url).pathname;
  const texts = ['files/read.ts', 'files/query.ts', 'programs/find.ts', 'programs/way.ts'].map(name =>
    readFileSync(system + name, 'utf8'),
  );
  const used = texts.flatMap(text => /import \{(.*)\} from 'node:fs\/promises'/.exec(text)?.[1]?.split(', ') ?? []);
  const calls = used.filter(name => !name.startsWith('type '));
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.filter(name => !(name in atOnce))).toEqual([]);
});
