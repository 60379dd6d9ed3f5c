import {readFileSync} from 'node:fs';
import {readFile, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, it} from 'vitest';
import {
  findOpencode,
  opencodeConfigDirectories,
  opencodeDataDirectories,
} from '../../../src/providers/shared/opencode.ts';
import {type Home, now, type StoreRow, storePath, withHome, writeStore} from './home.ts';

const authPath = '.local/share/opencode/auth.json';
const fixture: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('../../fixtures/opencode/auth.json.json', import.meta.url), 'utf8'),
);
const oauth = (access: string, rest: object = {}) => ({type: 'oauth', access, refresh: 'r', expires: now, ...rest});
const find = (home: Home, ids: string[] = ['openai'], options = {}) => findOpencode(home.machine(options), ids);
const nothing = {entry: null, problem: null};

const restart = {code: 'restart', name: 'opencode'};

describe('auth.json of version 1', () => {
  it('holds logins of every kind', async () => {
    const home = await withHome({[authPath]: fixture});
    const {entry} = await find(home);
    expect(entry).toEqual({
      id: 'openai',
      kind: 'oauth',
      access: 'HEADER.PAYLOAD.SIG',
      refresh: 'rt_fake',
      expires: 1_788_901_234_567,
      accountId: '11111111-2222-3333-4444-555555555555',
      source: 'opencode auth.json',
    });
    expect((await find(home, ['zai-coding-plan'])).entry).toMatchObject({
      kind: 'api',
      key: expect.any(String),
      expires: null,
    });
    expect((await find(home, ['github-copilot'])).entry).toMatchObject({
      expires: null,
      enterpriseUrl: 'ghe.example.com',
    });
    expect((await find(home, ['https://wk.example.com'])).entry).toMatchObject({kind: 'other'});
    expect(await find(home, ['gemini'])).toEqual(nothing);
  });

  it('answers for the first of several ids that is there', async () => {
    const home = await withHome({[authPath]: {codex: oauth('c'), 'openai/': oauth('o')}});
    expect((await find(home, ['openai', 'codex'])).entry).toMatchObject({id: 'openai', access: 'o'});
    expect((await find(home, ['chatgpt', 'codex'])).entry).toMatchObject({id: 'codex', access: 'c'});
  });

  it('skips bad entries one by one', async () => {
    const home = await withHome({[authPath]: {openai: 'text', chatgpt: null, codex: oauth('c')}});
    expect((await find(home, ['openai', 'chatgpt', 'codex'])).entry).toMatchObject({access: 'c'});
  });

  it.each([
    ['{"openai"', 'it is not valid JSON'],
    ['[]', 'it does not contain a JSON object'],
  ])('is a problem when it holds %s', async (content, why) => {
    const home = await withHome({[authPath]: content});
    expect(await find(home)).toEqual({
      entry: null,
      problem: {source: 'opencode auth.json', why, remedy: 'fix-file', isNamed: content.includes('openai')},
    });
  });

  it('is stood in for by OPENCODE_AUTH_CONTENT', async () => {
    const home = await withHome({[authPath]: {openai: oauth('file'), codex: oauth('file')}});
    const given = (content: string, ids = ['openai']) => find(home, ids, {env: {OPENCODE_AUTH_CONTENT: content}});
    expect((await given(JSON.stringify({openai: oauth('env')}))).entry).toMatchObject({
      access: 'env',
      source: 'OPENCODE_AUTH_CONTENT',
    });
    expect(await given(JSON.stringify({openai: oauth('env')}), ['codex'])).toEqual(nothing);
    expect(await given('{}')).toEqual(nothing);
    for (const invalid of ['', '{"openai"', '[]', 'null'])
      expect((await given(invalid)).entry).toMatchObject({access: 'file'});
  });
});

describe('the store of version 2', () => {
  const stored = async (rows: StoreRow[], options = {}): Promise<Home> => {
    const home = await withHome({[authPath]: {openai: oauth('stale')}});
    await writeStore(home, rows, options);
    return home;
  };

  it('wins over the auth.json that was left behind', async () => {
    const value = {
      type: 'oauth',
      access: 'a',
      refresh: 'r',
      expires: now,
      metadata: {accountID: 'acc', enterpriseURL: 'ghe'},
    };
    const {entry, problem} = await find(await stored([{id: 'cred_1', value, active: 1}]));
    expect(problem).toBeNull();
    expect(entry).toEqual({
      id: 'openai',
      kind: 'oauth',
      access: 'a',
      refresh: 'r',
      expires: now,
      accountId: 'acc',
      enterpriseUrl: 'ghe',
      source: 'opencode store',
    });
  });

  it('answers with the active row, else the one written last', async () => {
    const row = (id: string, updated: number, active: number | null): StoreRow => ({
      id,
      updated,
      active,
      value: oauth(id),
    });
    const picked = async (...rows: StoreRow[]) => (await find(await stored(rows))).entry?.access;
    expect(await picked(row('old', 1, 0), row('active', 2, 1), row('new', 3, 0))).toBe('active');
    expect(await picked(row('new', 3, null), row('old', 1, null))).toBe('new');
    expect(await picked(row('new', 3, null), row('active', 1, 1))).toBe('active');
    expect(await picked(row('first', 1, null), row('second', 1, null))).toBe('second');
  });

  it('calls a key by either name, and looks at the kind only after the row is chosen', async () => {
    const home = await stored([
      {id: 'cred_1', value: oauth('inactive'), active: 0, updated: 9},
      {id: 'cred_2', value: {type: 'key', key: 'k'}, active: 1},
    ]);
    expect((await find(home)).entry).toMatchObject({kind: 'api', key: 'k'});
  });

  it('reads rows that still stand in the log', async () => {
    const home = await withHome();
    const database = await writeStore(home, [{id: 'cred_1', value: oauth('first'), active: 1}]);
    database.exec(`update credential set value = '${JSON.stringify(oauth('renewed'))}'`);
    expect((await stat(join(home.path, `${storePath}-wal`))).size).toBeGreaterThan(0);
    expect((await find(home)).entry).toMatchObject({access: 'renewed'});
  });

  it('is never written to', async () => {
    const home = await withHome();
    (await writeStore(home, [{id: 'cred_1', value: oauth('a'), active: 1}])).close();
    const before = await readFile(join(home.path, storePath));
    expect((await find(home)).entry).toMatchObject({access: 'a'});
    expect((await readFile(join(home.path, storePath))).equals(before)).toBe(true);
  });

  it('knows the column’s name of the pre-releases, and trailing slashes', async () => {
    const home = await stored([{id: 'cred_1', integration: 'openai/', value: oauth('a')}], {idColumn: 'connector_id'});
    expect((await find(home)).entry).toMatchObject({id: 'openai', access: 'a'});
  });

  it('gives way to auth.json where it has no table of logins or no login of this provider', async () => {
    const home = await stored([{id: 'cred_1', integration: 'anthropic', value: oauth('other')}]);
    expect((await find(home)).entry).toMatchObject({access: 'stale', source: 'opencode auth.json'});
    const sessions = await withHome({[authPath]: {openai: oauth('v1')}});
    const database = new DatabaseSync(join(sessions.path, storePath));
    database.exec('create table session (id text)');
    database.close();
    expect((await find(sessions)).entry).toMatchObject({access: 'v1'});
    await writeFile(join(sessions.path, storePath), '');
    expect((await find(sessions)).entry).toMatchObject({access: 'v1'});
  });

  it('is a problem when it cannot be read: the old file would be a lie', async () => {
    const home = await withHome({[authPath]: {openai: oauth('stale')}});
    await home.write(storePath, 'this is not a database '.repeat(100));
    expect(await find(home)).toEqual({
      entry: null,
      problem: {source: 'opencode store', why: 'it is not a SQLite file', remedy: restart, isNamed: false},
    });
  });

  it.each(['not json', '"text"', 'null', '[1]'])('is a problem when the chosen row holds %s', async value => {
    const {entry, problem} = await find(await stored([{id: 'cred_1', value, active: 1}]));
    expect(entry).toBeNull();
    expect(problem).toEqual({
      source: 'opencode store',
      why: 'its login for openai has an unknown format',
      remedy: restart,
      isNamed: true,
    });
  });

  it('is a problem when its table has another form', async () => {
    const home = await stored([{id: 'cred_1', value: oauth('a')}], {idColumn: 'something_id'});
    expect((await find(home)).problem?.why).toBe('its login table has an unknown format');
  });

  it('is looked for where OPENCODE_DB says', async () => {
    const home = await withHome({[authPath]: {openai: oauth('v1')}});
    await writeStore(home, [{id: 'cred_1', value: oauth('own')}], {path: 'elsewhere/mine.db'});
    await writeStore(home, [{id: 'cred_1', value: oauth('named')}], {path: '.local/share/opencode/mine.db'});
    const at = async (OPENCODE_DB: string) => (await find(home, ['openai'], {env: {OPENCODE_DB}})).entry?.access;
    expect(await at(join(home.path, 'elsewhere/mine.db'))).toBe('own');
    expect(await at('mine.db')).toBe('named');
    expect(await at(':memory:')).toBe('v1');
    expect(await at('missing.db')).toBe('v1');
  });

  it('may belong to another release channel; the main one comes first', async () => {
    const home = await withHome();
    await writeStore(home, [{id: 'cred_1', value: oauth('local')}], {path: '.local/share/opencode/opencode-local.db'});
    expect((await find(home)).entry).toMatchObject({access: 'local'});
    await writeStore(home, [{id: 'cred_1', value: oauth('main')}]);
    expect((await find(home)).entry).toMatchObject({access: 'main'});
  });

  it('is that of the main channel alone where other channels are switched off', async () => {
    const home = await withHome({[authPath]: {openai: oauth('v1')}});
    await writeStore(home, [{id: 'cred_1', value: oauth('beta')}], {path: '.local/share/opencode/opencode-beta.db'});
    const off = async (OPENCODE_DISABLE_CHANNEL_DB: string) =>
      (await find(home, ['openai'], {env: {OPENCODE_DISABLE_CHANNEL_DB}})).entry?.access;
    expect([await off('1'), await off('true'), await off('0'), await off('')]).toEqual(['v1', 'v1', 'beta', 'beta']);
  });

  it('wins over OPENCODE_AUTH_CONTENT only where that names no login', async () => {
    const home = await stored([{id: 'cred_1', value: oauth('store')}]);
    const env = (content: object) => ({env: {OPENCODE_AUTH_CONTENT: JSON.stringify(content)}});
    expect((await find(home, ['openai'], env({openai: oauth('env')}))).entry).toMatchObject({access: 'env'});
    expect((await find(home, ['openai'], env({}))).entry).toMatchObject({access: 'store'});
    await rm(join(home.path, authPath));
    expect((await find(home)).entry).toMatchObject({access: 'store'});
  });
});

describe('directories', () => {
  const world = (platform: string, env = {}) => ({platform, home: '/home/u', env});

  it('of data', () => {
    expect(opencodeDataDirectories(world('linux'))).toEqual(['/home/u/.local/share/opencode']);
    expect(opencodeDataDirectories(world('linux', {XDG_DATA_HOME: '/x'}))).toEqual(['/x/opencode']);
    expect(opencodeDataDirectories(world('darwin'))).toEqual([
      '/home/u/.local/share/opencode',
      '/home/u/Library/Application Support/opencode',
    ]);
    expect(opencodeDataDirectories(world('win32', {APPDATA: 'R', LOCALAPPDATA: 'L'}))).toEqual([
      '/home/u/.local/share/opencode',
      'L/opencode',
      'R/opencode',
    ]);
  });

  it('of configuration', () => {
    expect(opencodeConfigDirectories(world('linux'))).toEqual(['/home/u/.config/opencode']);
    expect(opencodeConfigDirectories(world('linux', {OPENCODE_CONFIG_DIR: '/o', XDG_CONFIG_HOME: '/x'}))).toEqual([
      '/o',
      '/x/opencode',
      '/home/u/.config/opencode',
    ]);
    expect(opencodeConfigDirectories(world('win32', {APPDATA: 'R'}))).toEqual([
      '/home/u/.config/opencode',
      'R/opencode',
    ]);
  });
});
