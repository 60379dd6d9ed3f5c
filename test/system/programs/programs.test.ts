import {existsSync} from 'node:fs';
import {chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {createMachine} from '../../../src/system/machine.ts';
import {startProgram} from '../../../src/system/programs/programs.ts';

const hasProc = existsSync('/proc/self/stat');
let directory: string;
const at = (name: string) => join(directory, name);
const withPath = (...entries: string[]) =>
  createMachine({env: {PATH: entries.join(':')}, home: '/nowhere', platform: 'linux'});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mystatus-programs-'));
});
afterEach(() => rm(directory, {recursive: true, force: true}));

async function program(name: string, script = '', mode = 0o755): Promise<string> {
  await mkdir(join(at(name), '..'), {recursive: true});
  await writeFile(at(name), `#!/bin/sh\n${script}\n`);
  await chmod(at(name), mode);
  return at(name);
}

describe('which', () => {
  it('takes the first program on PATH that can be run', async () => {
    await mkdir(at('a/agy'), {recursive: true});
    await program('b/agy', '', 0o644);
    const third = await program('c/agy');
    await program('d/agy');
    expect(await withPath(at('a'), at('b'), at('missing'), at('c'), at('d')).which('agy')).toBe(third);
  });

  it('follows links and ignores dangling ones', async () => {
    await program('real/tool');
    await mkdir(at('bin'));
    await symlink(at('gone'), at('bin/dangling'));
    await symlink(at('real/tool'), at('bin/agy'));
    expect(await withPath(at('bin')).which('agy')).toBe(at('bin/agy'));
    expect(await withPath(at('bin')).which('dangling')).toBeNull();
  });

  it('never looks into the working directory', async () => {
    const here = process.cwd();
    await program('agy');
    process.chdir(directory);
    try {
      expect(await withPath('.', '', 'sub').which('agy')).toBeNull();
      expect(await withPath().which('./agy')).toBeNull();
      expect(await createMachine({env: {}, platform: 'linux'}).which('agy', ['agy', '.'])).toBeNull();
    } finally {
      process.chdir(here);
    }
  });

  it('looks at the extra places after PATH, be they the program or its directory', async () => {
    const extra = await program('extra/agy');
    expect(await withPath(at('none')).which('agy', [at('nowhere'), extra])).toBe(extra);
    expect(await withPath(at('none')).which('agy', [at('extra')])).toBe(extra);
    const onPath = await program('bin/agy');
    expect(await withPath(at('bin')).which('agy', [extra])).toBe(onPath);
  });

  it('takes an absolute path as it is', async () => {
    const absolute = await program('bin/agy');
    expect(await withPath().which(absolute)).toBe(absolute);
  });
});

describe('start', () => {
  const here = process.cwd();
  beforeEach(() => mkdir(at('project')).then(() => process.chdir(at('project'))));
  afterEach(() => process.chdir(here));
  const start = (path: string, ...args: string[]) =>
    startProgram('xdg-open', args, {env: {PATH: path, MARK: at('mark')}, platform: 'linux'});
  const mark = () => readFile(at('mark'), 'utf8').catch(() => '');

  it.each(['.', '', '.:', ':', './bin:.:', 'bin', '~/bin', '../project'])(
    'runs nothing of the working directory when PATH is %j',
    async path => {
      await program('project/xdg-open', 'echo forged > "$MARK"');
      await program('project/bin/xdg-open', 'echo forged > "$MARK"');
      expect(await start(path)).toBe(false);
      expect(await mark()).toBe('');
    },
  );

  it('runs what stands in an absolute entry, as it is given, and goes on without it', async () => {
    await program('bin/xdg-open', 'echo "$1" > "$MARK"; exit 3');
    expect(await start(`.:${at('bin')}:`, 'https://example.com/?a=$(id)')).toBe(true);
    await expect.poll(mark).toBe('https://example.com/?a=$(id)\n');
  });

  it('lets what it runs find nothing in the working directory either', async () => {
    await program('project/browser', 'echo forged > "$MARK"');
    await program('bin/xdg-open', 'browser; echo "$PATH" > "$MARK"');
    expect(await start(`.:${at('bin')}::/usr/bin:`)).toBe(true);
    await expect.poll(mark).toBe(`${at('bin')}:/usr/bin\n`);
  });

  it('says so when it cannot be run', async () => {
    await program('bin/xdg-open', '', 0o644);
    expect(await start(at('bin'))).toBe(false);
  });
});

describe('run', () => {
  const machine = createMachine({env: {PATH: '/usr/bin:/bin', GREETING: 'hello'}, home: '/nowhere'});

  it('gives code and output, runs without a shell and hands on the environment as it is', async () => {
    const path = await program('tool', 'echo "$GREETING $1"; echo problem >&2; exit 3');
    const result = await machine.run(path, ['$(id) ; *'], {timeoutMs: 5000});
    expect(result).toEqual({code: 3, stdout: 'hello $(id) ; *\n', stderr: 'problem\n', timedOut: false});
  });

  it.each([
    ['everybody', 0o757, 0o755, true],
    ['nobody else', 0o755, 0o755, false],
    ['everybody, by way of its directory', 0o755, 0o777, true],
    ['nobody else, in a directory where everybody has files of their own', 0o755, 0o1777, false],
    ['nobody else, in a directory of a group', 0o755, 0o775, false],
  ])('starts no program that can be changed by %s', async (_, mode, directoryMode, isOpen) => {
    const path = await program('bin/tool', 'echo started', mode);
    await mkdir(at('links'));
    await symlink(path, at('links/tool'));
    await chmod(at('bin'), directoryMode);
    for (const each of [path, at('links/tool')]) {
      const {code, stdout, refused} = await machine.run(each, [], {timeoutMs: 5000});
      expect([code, stdout, refused]).toEqual(isOpen ? [126, '', 'open-to-others'] : [0, 'started\n', undefined]);
    }
    await chmod(at('bin'), 0o755);
  });

  it('starts no program that can be changed by a group, unless that is the user’s own', async () => {
    const path = await program('tool', 'echo started', 0o775);
    const {uid, gid} = await stat(path);
    const {refused} = await machine.run(path, [], {timeoutMs: 5000});
    expect(refused).toBe(uid === gid ? undefined : 'open-to-others');
  });

  it('adds nothing to the environment', async () => {
    const {stdout} = await createMachine({env: {ONLY: '1'}}).run('/usr/bin/env', [], {timeoutMs: 5000});
    expect(stdout).toBe('ONLY=1\n');
  });

  it('lets a program find nothing in the working directory', async () => {
    const path = await program('tool', 'tool-of-a-project; echo "$PATH"');
    await program('project/tool-of-a-project', 'echo forged');
    const here = process.cwd();
    process.chdir(at('project'));
    try {
      const run = (PATH: string) => createMachine({env: {PATH}}).run(path, [], {timeoutMs: 5000});
      expect((await run('/usr/bin:.:/bin')).stdout).toBe('/usr/bin:/bin\n');
      expect((await run('.')).stdout).not.toContain('forged');
    } finally {
      process.chdir(here);
    }
  });

  it('closes stdin, so that a program that asks does not wait', async () => {
    expect(await machine.run('/bin/cat', [], {timeoutMs: 5000})).toMatchObject({code: 0, stdout: ''});
  });

  it.skipIf(!hasProc)('runs in a session of its own', async () => {
    const path = await program('tool', 'cut -d" " -f6 /proc/$$/stat; echo $$');
    const {stdout} = await machine.run(path, [], {timeoutMs: 5000});
    const [session, own] = stdout.trim().split('\n');
    expect(session).toBe(own);
  });

  it.skipIf(!hasProc)('ends the program and all that it started when the time is over', async () => {
    const path = await program('tool', `(sleep 60 & echo $! > ${at('child')}; wait) & echo started; wait`);
    const result = await machine.run(path, [], {timeoutMs: 300});
    expect(result).toMatchObject({timedOut: true, code: null, stdout: 'started\n'});
    const child = (await readFile(at('child'), 'utf8')).trim();
    const state = () =>
      readFile(`/proc/${child}/stat`, 'utf8').then(
        stat => stat.split(' ')[2],
        () => 'gone',
      );
    // Dead and not yet collected is as good as gone.
    await expect.poll(state).toMatch(/^(Z|X|gone)$/);
  });

  it.skipIf(!hasProc).each([
    ['holds its output', ''],
    ['is silent', '>/dev/null 2>&1'],
  ])('leaves nothing running that it started, and does not wait for it: what %s', async (_, silenced) => {
    const path = await program('tool', `sleep 60 ${silenced} & echo $! > ${at('child')}; echo done`);
    const result = await machine.run(path, [], {timeoutMs: 20_000});
    expect(result).toEqual({code: 0, stdout: 'done\n', stderr: '', timedOut: false});
    const child = (await readFile(at('child'), 'utf8')).trim();
    const state = () =>
      readFile(`/proc/${child}/stat`, 'utf8').then(
        stat => stat.split(' ')[2],
        () => 'gone',
      );
    await expect.poll(state).toMatch(/^(Z|X|gone)$/);
  });

  it('keeps at most 1 MiB of what is written', async () => {
    const path = await program('tool', 'head -c 3000000 /dev/zero | tr "\\0" x');
    const result = await machine.run(path, [], {timeoutMs: 20_000});
    expect(result.code).toBe(0);
    expect(result.stdout.length).toBe(1_048_576);
  });

  it.each([
    ['a program that is not there', '/nowhere/agy', []],
    ['a name without a path', 'sh', ['-c', 'exit 0']],
    ['an argument that cannot be passed', '/bin/sh', ['a\0b']],
  ])('answers 127 for %s', async (_what, path, args) => {
    expect(await machine.run(path, args, {timeoutMs: 5000})).toMatchObject({code: 127, timedOut: false});
  });
});
