import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {createCredentialStore} from '../../../src/system/credentials/store.ts';
import {withLock, withLockNow} from '../../../src/system/files/file-lock.ts';
import {changeSettings} from '../../../src/system/settings/file.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mystatus-lock-'));
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const secret = 'an-invented-secret-0123456789';
const store = () => createCredentialStore(directory, () => {});
const textOfAll = () =>
  readdirSync(directory)
    .map(name => readFileSync(join(directory, name), 'utf8'))
    .join('\n');

/** Stores a credential, and is killed when the new file is written and not yet in its place. */
async function killedWriter(): Promise<void> {
  const program = `
    import fs from 'node:fs';
    import {syncBuiltinESMExports} from 'node:module';
    import {createCredentialStore} from ${JSON.stringify(new URL('../../../src/system/credentials/store.ts', import.meta.url).href)};
    fs.renameSync = () => process.kill(process.pid, 'SIGKILL');
    syncBuiltinESMExports();
    await createCredentialStore(process.argv[1], () => {}).add({provider: 'zai', secret: process.argv[2], fields: {}});
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, directory, secret], {stdio: 'ignore'});
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

describe('what a writer left that was killed', () => {
  it('holds the secret until the next writer comes, and no longer', async () => {
    await killedWriter();
    expect(readdirSync(directory).filter(name => name.startsWith('credentials.json.tmp-'))).toHaveLength(1);
    expect(textOfAll()).toContain(secret);
    await store().add({provider: 'zai', secret: 'another-secret-0123456789', fields: {}});
    expect(readdirSync(directory).sort()).toEqual(['credentials.json', 'credentials.json.lock']);
    expect(textOfAll()).not.toContain(secret);
  });

  it('is gone after logout: no file holds the secret', async () => {
    const {id} = await store().add({provider: 'zai', secret, fields: {}});
    await killedWriter();
    expect(await store().remove(id)).toBe(true);
    expect(textOfAll()).not.toContain(secret);
  });

  it('is gone after logout also where the file links to another place', async () => {
    const elsewhere = join(directory, 'elsewhere');
    mkdirSync(elsewhere, {mode: 0o700});
    writeFileSync(join(elsewhere, 'logins.json'), '', {mode: 0o600});
    writeFileSync(join(elsewhere, 'logins.json.tmp-0123456789abcdef'), secret);
    symlinkSync(join(elsewhere, 'logins.json'), join(directory, 'credentials.json'));
    const {id} = await store().add({provider: 'zai', secret, fields: {}});
    await store().remove(id);
    expect(readdirSync(elsewhere)).toEqual(['logins.json']);
    expect(readFileSync(join(elsewhere, 'logins.json'), 'utf8')).not.toContain(secret);
  });

  it('beside the settings and the ledger goes as well, and nothing else does', async () => {
    const names = [
      'config.json.tmp-0123456789abcdef',
      'state.db.tmp-0123456789abcdef',
      'config.json.template',
      'tmp-1',
    ];
    for (const name of names) writeFileSync(join(directory, name), secret);
    await changeSettings(directory, 0, raw => ({...raw, order: []}));
    withLockNow(join(directory, 'state.db'), 0, () => {});
    expect(readdirSync(directory).filter(name => names.includes(name))).toEqual(['config.json.template', 'tmp-1']);
  });

  it('is left alone while another process writes', async () => {
    const path = join(directory, 'state.db');
    await withLock(path, () => {
      writeFileSync(`${path}.tmp-0123456789abcdef`, '');
      withLockNow(path, 0, () => {});
      expect(readdirSync(directory)).toContain('state.db.tmp-0123456789abcdef');
    });
  });
});

it('a secret is forgotten in broken files that were set aside, and the rest of them is kept', async () => {
  const quoted = 'sec"ret\\with-quotes-0123';
  const broken = `{"credentials": [{"secret": ${JSON.stringify(quoted)}}, {"secret": "the-other-one"}`;
  writeFileSync(join(directory, 'credentials.json.bad-20261122T090000000Z'), broken);
  const {id} = await store().add({provider: 'zai', secret: quoted, fields: {}});
  await store().remove(id);
  expect(readFileSync(join(directory, 'credentials.json.bad-20261122T090000000Z'), 'utf8')).toBe(
    '{"credentials": [{"secret": ""}, {"secret": "the-other-one"}',
  );
});

describe.skipIf(process.platform === 'win32')('what stands in place of a lock and is none', () => {
  const kinds: Record<string, (path: string) => unknown> = {
    'a pipe': path => spawnSync('mkfifo', [path]),
    'a directory': path => mkdirSync(path),
    'a device': path => symlinkSync('/dev/zero', path),
  };

  it.each(Object.entries(kinds))('is named, and waited for by nobody: %s', async (_, make) => {
    make(join(directory, 'credentials.json.lock'));
    const message = 'credentials.json cannot be written: credentials.json.lock is not a regular file. Move it away.';
    await expect(store().add({provider: 'zai', secret, fields: {}})).rejects.toThrow(message);
    expect(readdirSync(directory)).toEqual(['credentials.json.lock']);
  });
});
