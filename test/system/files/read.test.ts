import {execFileSync} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readdir, rename, rm, symlink, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {createMachine} from '../../../src/system/machine.ts';

let directory: string;
const at = (name: string) => join(directory, name);
const machine = createMachine({env: {}, home: '/nowhere'});
/** Old enough to be remembered. */
const settle = (path: string) => utimes(path, 1_700_000_000, 1_700_000_000);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mystatus-files-'));
});
afterEach(() => rm(directory, {recursive: true, force: true}));

describe('modifiedAt', () => {
  it('is the time of a file’s last change, and null where there is none', async () => {
    await writeFile(at('a'), '');
    await utimes(at('a'), 1_700_000_000, 1_700_000_123.5);
    expect(await machine.modifiedAt(at('a'))).toBe(1_700_000_123_500);
    expect(await machine.modifiedAt(at('gone'))).toBeNull();
  });
});

describe('readText', () => {
  it('reads a text and removes the byte order mark', async () => {
    await writeFile(at('a'), '\ufeff{"ä": "€"}');
    expect(await machine.readText(at('a'))).toEqual({state: 'ok', text: '{"ä": "€"}'});
  });

  it('reads what Windows writes as UTF-16', async () => {
    await writeFile(at('a'), Buffer.from('\ufeff{"a": 1}', 'utf16le'));
    expect(await machine.readJson(at('a'))).toEqual({state: 'ok', value: {a: 1}});
  });

  it.each(['nothing', 'file/below', 'dangling'])('calls %s missing', async name => {
    await writeFile(at('file'), '');
    await symlink(at('gone'), at('dangling'));
    expect(await machine.readText(at(name))).toEqual({state: 'missing'});
  });

  it('reads up to 1 MiB and refuses more', async () => {
    await writeFile(at('most'), 'x'.repeat(1_048_576));
    await writeFile(at('more'), 'x'.repeat(1_048_577));
    expect((await machine.readText(at('most'))).state).toBe('ok');
    expect(await machine.readText(at('more'))).toEqual({
      state: 'unreadable',
      why: 'it is larger than 1 MiB',
      reason: 'broken',
    });
  });

  it('says why it does not read directories, pipes, devices and circles', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await symlink(at('b'), at('a'));
    await symlink(at('a'), at('b'));
    const why = async (path: string) => {
      const file = await machine.readText(path);
      return file.state === 'unreadable' ? file.why : file.state;
    };
    expect(await why(directory)).toBe('it is a directory');
    expect(await why(at('pipe'))).toBe('it is not a regular file');
    expect(await why('/dev/zero')).toBe('it is not a regular file');
    expect(await why(at('a'))).toBe('its links form a loop');
    expect(await why(at('nul\0'))).toBe('its path is not valid');
  });

  it.skipIf(process.getuid?.() === 0)('says when permission is missing', async () => {
    await writeFile(at('a'), 'x');
    await chmod(at('a'), 0);
    expect(await machine.readText(at('a'))).toEqual({
      state: 'unreadable',
      why: 'permission denied',
      reason: 'forbidden',
    });
  });

  it('gives an unchanged file again', async () => {
    await writeFile(at('a'), 'one');
    await settle(at('a'));
    const twice = [await machine.readText(at('a')), await machine.readText(at('a'))];
    expect(twice).toEqual([
      {state: 'ok', text: 'one'},
      {state: 'ok', text: 'one'},
    ]);
  });

  it('sees a file that was written again at once, with the same length', async () => {
    await writeFile(at('a'), 'token-1');
    await machine.readText(at('a'));
    await writeFile(at('a'), 'token-2');
    expect(await machine.readText(at('a'))).toEqual({state: 'ok', text: 'token-2'});
  });

  it('sees a file that was replaced by one of the same age and length', async () => {
    await writeFile(at('a'), 'token-1');
    await writeFile(at('b'), 'token-2');
    await settle(at('a'));
    await settle(at('b'));
    await machine.readText(at('a'));
    await rename(at('b'), at('a'));
    expect(await machine.readText(at('a'))).toEqual({state: 'ok', text: 'token-2'});
  });

  it('forgets a file that went away and reads the one that comes back', async () => {
    await writeFile(at('a'), 'one');
    await settle(at('a'));
    await machine.readText(at('a'));
    await rm(at('a'));
    expect(await machine.readText(at('a'))).toEqual({state: 'missing'});
    await writeFile(at('a'), 'two');
    expect(await machine.readText(at('a'))).toEqual({state: 'ok', text: 'two'});
  });
});

describe('readJson', () => {
  it('tries once more when another program is in the middle of writing', async () => {
    await writeFile(at('a'), '{"token": "ab');
    const reading = machine.readJson(at('a'));
    // The first read is under way or done; the file is whole well before the second.
    await new Promise(resolve => setImmediate(resolve));
    await writeFile(at('a'), '{"token": "abc"}');
    expect(await reading).toEqual({state: 'ok', value: {token: 'abc'}});
  });

  it('names a broken file without quoting it', async () => {
    await writeFile(at('a'), '{"token": "secret-value');
    const file = await machine.readJson(at('a'));
    expect(file).toEqual({state: 'unreadable', why: 'it is not valid JSON', reason: 'broken'});
  });

  it('names an empty file', async () => {
    await writeFile(at('a'), ' \n');
    expect(await machine.readJson(at('a'))).toEqual({state: 'unreadable', why: 'it is empty', reason: 'broken'});
  });

  it('passes on what readText says', async () => {
    expect(await machine.readJson(at('nothing'))).toEqual({state: 'missing'});
    expect(await machine.readJson(directory)).toEqual({
      state: 'unreadable',
      why: 'it is a directory',
      reason: 'broken',
    });
  });
});

it('lists the names in a directory, none where there is no directory', async () => {
  await mkdir(at('sub'));
  await writeFile(at('sub/b'), '');
  await writeFile(at('sub/a'), '');
  expect((await machine.list(at('sub'))).sort()).toEqual(['a', 'b']);
  expect(await machine.list(at('none'))).toEqual([]);
  expect(await machine.list(at('sub/a'))).toEqual([]);
});

it('never writes: a look at a directory leaves it as it was', async () => {
  await writeFile(at('a'), '{}');
  await machine.readJson(at('a'));
  await machine.readText(at('b'));
  expect(await readdir(directory)).toEqual(['a']);
});
