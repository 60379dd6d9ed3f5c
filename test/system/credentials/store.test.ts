import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import type {CredentialStore} from '../../../src/core/credentials.ts';
import type {Notice} from '../../../src/core/model.ts';
import {createCredentialStore} from '../../../src/system/credentials/store.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
const createdAt = '2026-11-22T09:00:00.000Z';
const secret = 'test-client-secret';
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

function directory(text?: unknown): string {
  const path = mkdtempSync(join(tmpdir(), 'mystatus-credentials-'));
  closers.push(() => rmSync(path, {recursive: true, force: true}));
  if (text !== undefined) {
    writeFileSync(file(path), typeof text === 'string' ? text : JSON.stringify(text), {mode: 0o600});
  }
  return path;
}
const file = (path: string) => join(path, 'credentials.json');
const written = (path: string): unknown => JSON.parse(readFileSync(file(path), 'utf8'));
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

function open(path: string): CredentialStore & {notices: Notice[]} {
  const notices: Notice[] = [];
  const store = createCredentialStore(
    path,
    notice => notices.push(notice),
    () => now,
  );
  return Object.assign(store, {notices});
}
const entry = (change: object = {}) => ({provider: 'zai', label: 'work', secret, fields: {team: '1'}, ...change});

it('gives all who look at once the same state of the file, and the next ones what it holds then', async () => {
  const of = (...providers: string[]) => ({
    version: 1,
    credentials: providers.map((provider, at) => ({id: `${at}`, provider, label: provider, secret, fields: {}})),
  });
  const path = directory(of('zai', 'kimi'));
  const store = createCredentialStore(
    path,
    () => {},
    () => now,
  );
  const first = store.list('zai');
  writeFileSync(file(path), JSON.stringify(of('kimi', 'kimi')));
  expect([await first, await store.list('kimi')].map(({length}) => length)).toEqual([1, 1]);
  await new Promise(resolve => setImmediate(resolve));
  expect((await store.list('kimi')).length).toBe(2);
  await store.add({provider: 'kimi', label: '', secret: 'another-test-secret', fields: {}});
  expect((await store.list('kimi')).length).toBe(3);
});

describe('stored credentials', () => {
  it('are none where there is no file, and looking makes none', async () => {
    const path = join(directory(), 'nowhere');
    const store = open(path);
    expect(await store.list()).toEqual([]);
    expect(store.notices).toEqual([]);
    expect(readdirSync(join(path, '..'))).toEqual([]);
    expect(await open(directory('')).list()).toEqual([]);
  });

  it('are kept, listed by provider, and read by any other process', async () => {
    const path = join(directory(), 'new', 'config');
    const store = open(path);
    const kept = await store.add(entry());
    expect(kept).toEqual({...entry(), id: expect.stringMatching(/^[0-9a-f]{8}$/)});
    const plain = await store.add({provider: 'openai', secret: 'another-one', fields: {}});
    expect(plain).not.toHaveProperty('label');
    expect(await open(path).list()).toEqual([kept, plain]);
    expect(await open(path).list('zai')).toEqual([kept]);
    expect(await open(path).list('google')).toEqual([]);
    expect(written(path)).toEqual({
      version: 1,
      credentials: [
        {...kept, createdAt},
        {...plain, createdAt},
      ],
    });
    expect(store.notices).toEqual([]);
  });

  it('are changed and removed by their id', async () => {
    const path = directory();
    const store = open(path);
    const [first, second] = [await store.add(entry()), await store.add(entry({secret: 'second-secret'}))];
    await store.update(first.id, {label: 'home'});
    await store.update(second.id, {secret: 'third-secret', label: '', fields: {tier: 'pro'}});
    expect(await store.list()).toEqual([
      {...first, label: 'home'},
      {id: second.id, provider: 'zai', secret: 'third-secret', fields: {tier: 'pro'}},
    ]);
    expect(await store.remove(first.id)).toBe(true);
    expect(await store.remove(first.id)).toBe(false);
    expect(await store.list()).toHaveLength(1);
    expect(readFileSync(file(path), 'utf8')).not.toContain(first.secret);
    await expect(store.update(first.id, {label: 'x'})).rejects.toThrow(`there is no stored credential ${first.id}`);
  });

  it('are kept once: the same secret again renews label and fields', async () => {
    const store = open(directory());
    const first = await store.add(entry());
    const again = await store.add(entry({label: 'home', fields: {}}));
    await store.add(entry({provider: 'zhipu'}));
    expect(again).toEqual({...first, label: 'home', fields: {}});
    expect(await store.list('zai')).toEqual([again]);
    const bare = await store.add({provider: 'zai', secret, fields: {}});
    expect(await store.list('zai')).toEqual([bare]);
    expect(bare).not.toHaveProperty('label');
  });

  it('need a secret', async () => {
    const path = directory();
    const store = open(path);
    await expect(store.add(entry({secret: ''}))).rejects.toThrow(TypeError);
    const {id} = await store.add(entry());
    await expect(store.update(id, {secret: ''})).rejects.toThrow(TypeError);
    expect((await store.list())[0]?.secret).toBe(secret);
  });

  it('have labels that are safe to draw', async () => {
    const store = open(directory());
    expect(await store.add(entry({label: '\u001b[31mred\u0007\n'}))).toMatchObject({label: 'red'});
    expect((await store.list())[0]?.label).toBe('red');
  });

  it('leave alone what another version wrote beside them', async () => {
    const strange = {id: 'ffffffff', kind: 'keychain', provider: 'zai'};
    const known = {id: '00000001', ...entry(), colour: 'red'};
    const path = directory({version: 1, future: {a: 1}, credentials: [strange, 'text', known]});
    const store = open(path);
    expect(await store.list()).toEqual([{id: '00000001', ...entry()}]);
    expect(store.notices).toEqual([
      {code: 'credentials', text: 'credentials.json has 2 unreadable entries, which are skipped.'},
    ]);
    await store.update('00000001', {label: 'home'});
    expect(written(path)).toEqual({
      version: 1,
      future: {a: 1},
      credentials: [strange, 'text', {...known, label: 'home'}],
    });
  });

  it('are read from a file of a later version, which is not written', async () => {
    const path = directory({version: 2, credentials: [{id: '00000001', ...entry()}]});
    const before = written(path);
    const store = open(path);
    expect(await store.list()).toHaveLength(1);
    await expect(store.add(entry({secret: 'second-secret'}))).rejects.toThrow('newer version');
    expect(written(path)).toEqual(before);
  });
});

describe('a store that is not as it should be', () => {
  const broken = ['{"version": 1, "credentials": [', 'rubbish', '[]', 'null', '{"credentials": []}', '{"version": 1}'];

  it.each(broken)('is set aside and said when it is read: %s', async text => {
    const path = directory(text);
    const store = open(path);
    expect(await store.list()).toEqual([]);
    expect(await store.list()).toEqual([]);
    const aside = 'credentials.json.bad-20261122T090000000Z';
    expect(store.notices).toEqual([{code: 'credentials', text: expect.stringContaining(aside)}]);
    expect(readFileSync(join(path, aside), 'utf8')).toBe(text);
    await store.add(entry());
    expect(await store.list()).toHaveLength(1);
  });

  it('is set aside and said before it is written', async () => {
    const path = directory('rubbish');
    const store = open(path);
    await store.add(entry());
    expect(await store.list()).toHaveLength(1);
    expect(store.notices.map(({code}) => code)).toEqual(['credentials']);
    expect(readdirSync(path).filter(name => name.includes('bad'))).toHaveLength(1);
  });

  it('is waited for when an editor is just writing it', async () => {
    const path = directory('{"version": 1, ');
    const store = open(path);
    const listing = store.list();
    writeFileSync(file(path), JSON.stringify({version: 1, credentials: [{id: '00000001', ...entry()}]}));
    expect(await listing).toHaveLength(1);
    expect(store.notices).toEqual([]);
  });

  it('is said when it cannot be read, and rejects what it cannot write', async () => {
    const path = directory();
    mkdirSync(file(path), {mode: 0o700});
    const store = open(path);
    expect(await store.list()).toEqual([]);
    expect(store.notices).toEqual([
      {
        code: 'credentials',
        text: 'credentials.json cannot be used: a directory is where the file should be. Move it away.',
      },
    ]);
    await expect(store.add(entry())).rejects.toThrow(
      'credentials.json cannot be written: a directory is where the file should be',
    );
    const below = open(join(path, 'a', 'b'));
    writeFileSync(join(path, 'a'), '');
    await expect(below.add(entry())).rejects.toThrow(
      'credentials.json cannot be written: a file is where a directory should be',
    );
    expect(await below.list()).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('who may read it', () => {
  it('is its owner alone', async () => {
    const path = join(directory(), 'config');
    await open(path).add(entry());
    expect([mode(path), mode(file(path))]).toEqual(['700', '600']);
    expect(readdirSync(path).map(name => mode(join(path, name)))).toEqual(['600', '600']);
  });

  it('is mended and said once when it was open to others', async () => {
    const path = join(directory(), 'mystatus-tui');
    mkdirSync(path, {mode: 0o755});
    writeFileSync(file(path), '{"version": 1, "credentials": []}', {mode: 0o644});
    const store = open(path);
    await store.list();
    await store.list();
    expect([mode(path), mode(file(path))]).toEqual(['700', '600']);
    expect(store.notices).toEqual([
      {code: 'permissions', text: 'The configuration directory was open to other users; its mode is now 0700.'},
      {code: 'permissions', text: 'credentials.json was open to other users; its mode is now 0600.'},
    ]);
  });

  it.each([0o640, 0o660, 0o620, 0o604, 0o602, 0o666, 0o700 | 0o010])(
    'is its owner alone after mode %o',
    async tooOpen => {
      const path = directory({version: 1, credentials: []});
      chmodSync(file(path), tooOpen);
      const store = open(path);
      await store.list();
      expect(mode(file(path))).toBe('600');
      expect(store.notices.map(({text}) => text)).toEqual([
        'credentials.json was open to other users; its mode is now 0600.',
      ]);
    },
  );

  it.each([0o755, 0o750, 0o770, 0o711, 0o777, 0o1777])(
    'is not decided for a directory of mode %o that we did not make: it is left alone, and no secret is kept there',
    async shared => {
      const path = directory();
      writeFileSync(join(path, 'somebody-elses'), '');
      chmodSync(path, shared);
      const store = open(path);
      expect(await store.list()).toEqual([]);
      expect(store.notices).toEqual([]);
      await expect(store.add(entry())).rejects.toThrow(
        /^credentials\.json cannot be written: other users can access its directory\. Restrict it \(chmod 700\), or set MYSTATUS_CONFIG_DIR\.$/,
      );
      expect(statSync(path).mode & 0o7777).toBe(shared);
      expect(readdirSync(path)).toEqual(['somebody-elses']);
    },
  );

  it('is said of a file that lies among other people’s, which can be read and emptied, and not added to', async () => {
    const path = directory({version: 1, credentials: [{id: '00000001', ...entry()}]});
    chmodSync(path, 0o755);
    const store = open(path);
    expect(await store.list()).toHaveLength(1);
    expect(store.notices).toEqual([
      {
        code: 'permissions',
        text: 'credentials.json is in a directory that is open to other users: close it (chmod 700).',
      },
    ]);
    await expect(store.update('00000001', {secret: 'another-one'})).rejects.toThrow('other users can access');
    expect(await store.remove('00000001')).toBe(true);
    expect(readFileSync(file(path), 'utf8')).not.toContain(secret);
    expect(mode(path)).toBe('755');
  });

  it('is not decided by reading: a directory of ours without secrets keeps its mode until there is one', async () => {
    const path = join(directory(), 'mystatus-tui');
    mkdirSync(path, {mode: 0o755});
    const store = open(path);
    expect(await store.list()).toEqual([]);
    expect([mode(path), store.notices]).toEqual(['755', []]);
    await store.add(entry());
    expect([mode(path), mode(file(path))]).toEqual(['700', '600']);
    expect(store.notices.map(({text}) => text)).toEqual([
      'The configuration directory was open to other users; its mode is now 0700.',
    ]);
  });

  it.skipIf(process.getuid?.() !== 0)('is nobody in a directory that belongs to somebody else', async () => {
    const path = directory();
    chownSync(path, 12_345, 12_345);
    await expect(open(path).add(entry())).rejects.toThrow('its directory belongs to another user');
    expect(readdirSync(path)).toEqual([]);
  });
});

describe('several processes', {timeout: 60_000}, () => {
  const program = `
    import {createCredentialStore} from ${JSON.stringify(new URL('../../../src/system/credentials/store.ts', import.meta.url).href)};
    const [directory, name, count] = process.argv.slice(1);
    const store = createCredentialStore(directory, notice => console.log(notice.text));
    for (let i = 0; i < Number(count); i += 1) {
      const {id} = await store.add({provider: 'zai', secret: name + ' secret ' + i, fields: {}});
      if (i % 5 === 4) await store.remove(id);
    }
  `;
  const start = (path: string, name: string, count: number) =>
    spawn(process.execPath, ['--input-type=module', '-e', program, path, name, String(count)], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning'},
    });

  it('that write at once lose nothing', async () => {
    const path = directory();
    const names = ['a', 'b', 'c', 'd'];
    const ends = await Promise.all(names.map(name => once(start(path, name, 25), 'exit')));
    expect(ends).toEqual(names.map(() => [0, null]));
    const store = open(path);
    const secrets = (await store.list()).map(({secret}) => secret).sort();
    const expected = names.flatMap(name =>
      Array.from({length: 25}, (_, i) => i).flatMap(i => (i % 5 === 4 ? [] : [`${name} secret ${i}`])),
    );
    expect(secrets).toEqual(expected.sort());
    expect(new Set((await store.list()).map(({id}) => id)).size).toBe(80);
    expect(readdirSync(path).sort()).toEqual(['credentials.json', 'credentials.json.lock']);
  });

  it('that are killed in the middle leave a whole file, and no lock', async () => {
    const path = directory();
    const child = start(path, 'a', 10_000);
    const store = open(path);
    const deadline = Date.now() + 30_000;
    while ((await store.list()).length < 10 && Date.now() < deadline)
      await new Promise(resolve => setTimeout(resolve, 5));
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const before = await store.list();
    expect(before.length).toBeGreaterThanOrEqual(10);
    await store.add(entry());
    expect(await store.list()).toHaveLength(before.length + 1);
    expect(store.notices).toEqual([]);
  });
});
