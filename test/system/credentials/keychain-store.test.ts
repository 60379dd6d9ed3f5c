import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, describe, expect, it} from 'vitest';
import type {CredentialStore} from '../../../src/core/credentials.ts';
import type {Notice} from '../../../src/core/model.ts';
import {withKeychain} from '../../../src/system/credentials/keychain-store.ts';
import {createCredentialStore} from '../../../src/system/credentials/store.ts';
import {type Backend, fileKeychain, ownKeychain} from '../../support/keychain.ts';

const own = await ownKeychain();
const inFile = fileKeychain();
const locked = fileKeychain();
locked.fail({trouble: 'the platform storage is locked'});
const backends: [string, Backend][] = [['in a file', inFile]];
if (typeof own !== 'string') backends.push(['of this machine', own]);
afterAll(() => {
  inFile.close();
  locked.close();
});
const now = Date.parse('2026-11-22T09:00:00Z');
const createdAt = '2026-11-22T09:00:00.000Z';
const secret = 'test-client-secret';
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function directory(credentials?: readonly object[]): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-keychain-'));
  closers.push(() => rmSync(path, {recursive: true, force: true}));
  if (credentials) writeFileSync(file(path), JSON.stringify({version: 1, credentials}), {mode: 0o600});
  return path;
}
const file = (path: string) => join(path, 'credentials.json');
const text = (path: string) => readFileSync(file(path), 'utf8');
const rows = (path: string) => (JSON.parse(text(path)) as {credentials: unknown[]}).credentials;

function open(path: string, backend: Backend): CredentialStore & {notices: Notice[]} {
  const notices: Notice[] = [];
  const store = withKeychain(
    createCredentialStore(
      path,
      notice => notices.push(notice),
      () => now,
    ),
    backend.open(),
  );
  return Object.assign(store, {notices});
}

const plain = {id: '00000001', provider: 'zai', secret: 'plain-secret', fields: {}};
const kept = {id: '00000002', provider: 'zai', label: 'work', fields: {team: '1'}, keychain: true};
const entry = {provider: 'zai', label: 'work', secret, fields: {team: '1'}, keychain: true} as const;
const problem = 'the keychain is locked or denied access';

describe('stored credentials, with a keychain that is locked', () => {
  it('are listed as ever when none of them needs one', async () => {
    const store = open(directory([plain]), locked);
    expect(await store.list()).toEqual([plain]);
    expect(await store.add({provider: 'zai', secret, fields: {}})).not.toHaveProperty('keychain');
  });

  it('say what is wrong with those that are in it, and give the others', async () => {
    const store = open(directory([plain, kept]), locked);
    expect(await store.list('zai')).toEqual([plain, {...kept, secret: '', problem}]);
    expect(await store.list('openai')).toEqual([]);
    expect(store.notices).toEqual([]);
  });

  it('are not kept at all when they were to be in it', async () => {
    const path = join(directory(), 'config');
    const store = open(path, locked);
    await expect(store.add(entry)).rejects.toThrow(problem);
    expect(await store.list()).toEqual([]);
    mkdirSync(path, {recursive: true});
    expect(readdirSync(path)).toEqual([]);
  });

  it('stay as they are when what is in it cannot be replaced', async () => {
    const path = directory([plain, kept]);
    const store = open(path, locked);
    await expect(store.update(kept.id, {secret, label: 'home'})).rejects.toThrow(problem);
    expect(rows(path)).toEqual([plain, kept]);
    await expect(store.update(kept.id, {secret: ''})).rejects.toThrow(TypeError);
    await store.update(kept.id, {label: 'home'});
    await store.update(plain.id, {secret: 'other-secret'});
    expect(rows(path)).toEqual([
      {...plain, secret: 'other-secret'},
      {...kept, label: 'home'},
    ]);
  });

  it('can be removed, and say that a part may remain', async () => {
    const path = directory([plain, kept]);
    const store = open(path, locked);
    await expect(store.remove(kept.id)).rejects.toThrow(
      `${problem}; its entry "00000002" of mystatus-tui may still be there`,
    );
    expect(rows(path)).toEqual([plain]);
    expect(await store.remove(kept.id)).toBe(false);
  });

  it('keep the secret of an entry that has one, whatever else it says', async () => {
    const path = directory([{...kept, secret: 'plain-secret'}]);
    const store = open(path, locked);
    expect(await store.list()).toMatchObject([{secret: 'plain-secret'}]);
    await store.add({provider: 'zai', secret: 'plain-secret', fields: {}});
    expect(rows(path)).toMatchObject([{id: kept.id, secret: 'plain-secret'}]);
  });
});

describe.each(backends)('stored credentials, with a keychain (%s)', (_, backend) => {
  const opened = (path: string) => {
    const store = open(path, backend);
    closers.push(async () => {
      for (const {id, keychain} of await store.list()) if (keychain) await store.remove(id);
    });
    return store;
  };

  it('have their secret there and everything else in the file', async () => {
    const path = directory();
    const store = opened(path);
    const added = await store.add(entry);
    expect(added).toEqual({...entry, id: expect.stringMatching(/^[0-9a-f]{8}$/)});
    expect(rows(path)).toEqual([
      {id: added.id, provider: 'zai', label: 'work', fields: {team: '1'}, keychain: true, createdAt},
    ]);
    expect(await open(path, backend).list()).toEqual([added]);
    await store.update(added.id, {secret: 'second-secret', label: 'home'});
    expect(await store.list()).toEqual([{...added, label: 'home', secret: 'second-secret'}]);
    expect(text(path)).not.toMatch(/secret/);
    expect(await store.remove(added.id)).toBe(true);
    expect(await backend.open().read([added.id])).toMatchObject([{problem: expect.any(String)}]);
  });

  it('move there from the file, and stay there when they come again without a word', async () => {
    const path = directory([plain]);
    const store = opened(path);
    await store.add({...plain, keychain: true});
    expect(text(path)).not.toContain(plain.secret);
    await store.add({provider: 'zai', secret: plain.secret, label: 'home', fields: {}});
    expect(await store.list()).toEqual([{...plain, label: 'home', keychain: true}]);
    expect(text(path)).not.toContain(plain.secret);
  });
});

describe('what lies in the keychain', () => {
  const opened = (path: string) => {
    const kept = fileKeychain();
    closers.push(kept.close);
    return {kept, store: open(path, kept)};
  };

  it('is one entry under the credential’s id, and gone with it', async () => {
    const {kept, store} = opened(directory());
    const {id} = await store.add(entry);
    expect(kept.entries()).toEqual({[`mystatus-tui/${id}`]: secret});
    await store.update(id, {secret: 'second-secret'});
    expect(kept.entries()).toEqual({[`mystatus-tui/${id}`]: 'second-secret'});
    await store.remove(id);
    expect(kept.entries()).toEqual({});
  });

  it('is taken away again when the file cannot be written', async () => {
    const path = directory();
    mkdirSync(file(path), {mode: 0o700});
    const {kept, store} = opened(path);
    await expect(store.add({...entry, secret: 'orphan-secret'})).rejects.toThrow('credentials.json');
    expect(kept.entries()).toEqual({});
  });

  it('is not asked for while no credential needs it', async () => {
    const {kept, store} = opened(directory([plain]));
    await store.list();
    await store.add({provider: 'zai', secret, fields: {}});
    await store.remove(plain.id);
    expect(kept.asked()).toEqual([]);
  });
});
