import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {cursor} from '../../../src/providers/cursor/index.ts';
import {type Home, now, withHome} from '../shared/home.ts';
import {type KeyValue, writeTables} from '../shared/sqlite.ts';
import {agentFile, fixture, token} from './support.ts';

const ide = '.config/Cursor/User/globalStorage/state.vscdb';
const cli = '.config/cursor/auth.json';

const rowsAround = (access: string): KeyValue[] =>
  (fixture('item-table-rows') as KeyValue[]).map(row =>
    row.key.endsWith('Token') ? {...row, value: row.key.endsWith('accessToken') ? access : 'refresh-of-ide'} : row,
  );

const writeIde = (home: Home, rows: KeyValue[], path = ide) => writeTables(home, path, {ItemTable: rows});

const tokenOf = (account?: Account): unknown => (account?.credential as {key?: unknown} | null)?.key;
const sources = (accounts: Account[]): string[] => accounts.map(({source}) => source);

describe('the editor', () => {
  it('holds a login, with its plan and its address', async () => {
    const home = await withHome();
    await writeIde(home, rowsAround(token()));
    const [account, ...others] = await cursor.discover(home.machine());
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      provider: 'cursor',
      label: 'user@example.com',
      source: 'cursor state.vscdb',
      place: 'Cursor IDE',
      expiresAt: now + 864_000_000,
      credential: {key: token(), membership: 'pro_plus', renew: {code: 'open', name: 'Cursor'}},
      secrets: [token(), 'refresh-of-ide'],
    });
    expect(account?.key).toMatch(/^cursor:[0-9a-f]{8}$/);
  });

  it('keeps values as bytes or in quotes as well', async () => {
    const home = await withHome();
    const rows = rowsAround(JSON.stringify(token())).map(row => ({
      ...row,
      value: new TextEncoder().encode(String(row.value)),
    }));
    await writeIde(home, rows);
    expect((await cursor.discover(home.machine())).map(tokenOf)).toEqual([token()]);
  });

  it('is found on macOS and Windows, and where CURSOR_STATE_DB says', async () => {
    const home = await withHome();
    const at = (platform: string, env = {}) => cursor.discover(home.machine({platform, env}));
    await writeIde(
      home,
      rowsAround(token({sub: 'mac'})),
      'Library/Application Support/Cursor/User/globalStorage/state.vscdb',
    );
    await writeIde(home, rowsAround(token({sub: 'win'})), 'AppData/Roaming/Cursor/User/globalStorage/state.vscdb');
    await writeIde(home, rowsAround(token({sub: 'own'})), 'elsewhere/state.vscdb');
    await writeIde(home, rowsAround(token({sub: 'xdg'})), 'xdg/Cursor/User/globalStorage/state.vscdb');
    expect((await at('darwin')).map(tokenOf)).toEqual([token({sub: 'mac'})]);
    expect((await at('win32')).map(tokenOf)).toEqual([token({sub: 'win'})]);
    expect(await at('linux')).toEqual([]);
    const CURSOR_STATE_DB = join(home.path, 'elsewhere/state.vscdb');
    expect((await at('linux', {CURSOR_STATE_DB})).map(tokenOf)).toEqual([token({sub: 'own'})]);
    expect((await at('linux', {XDG_CONFIG_HOME: join(home.path, 'xdg')})).map(tokenOf)).toEqual([token({sub: 'xdg'})]);
  });

  it('in which nobody is signed in holds nothing', async () => {
    const home = await withHome();
    await writeIde(home, []);
    expect(await cursor.discover(home.machine())).toEqual([]);
  });

  it('with a store that cannot be read is shown if there is no other login', async () => {
    const home = await withHome({[ide]: 'this is no store'});
    expect(await cursor.discover(home.machine())).toMatchObject([{problem: {code: 'no_credentials'}}]);
    await home.write(cli, agentFile(token()));
    expect(sources(await cursor.discover(home.machine()))).toEqual(['cursor auth.json']);
  });
});

describe('the command line', () => {
  it('holds a login, labelled by the address of the same person', async () => {
    const config = (authInfo: object) => ({'.cursor/cli-config.json': {authInfo}});
    const labelOf = async (files: object) =>
      (await cursor.discover((await withHome({[cli]: agentFile(token()), ...files})).machine())).map(
        ({label}) => label,
      );
    const {sub} = fixture('jwt-payload') as {sub: string};
    expect(await labelOf({})).toEqual(['Cursor CLI']);
    expect(await labelOf(config({email: 'a@example.com'}))).toEqual(['a@example.com']);
    expect(await labelOf(config({email: 'a@example.com', authId: sub}))).toEqual(['a@example.com']);
    expect(await labelOf(config({email: 'b@example.com', authId: 'auth0|user_OTHER'}))).toEqual(['Cursor CLI']);
  });

  it('is found in its old place only when the new one is empty', async () => {
    const found = async (files: Record<string, unknown>) =>
      (await cursor.discover((await withHome(files)).machine())).map(tokenOf);
    const [a, b] = [token({sub: 'a'}), token({sub: 'b'})];
    expect(await found({'.cursor/auth.json': agentFile(a)})).toEqual([a]);
    expect(await found({'.cursor/auth.json': agentFile(a), [cli]: agentFile(b)})).toEqual([b]);
    expect(await found({'.cursor/auth.json': agentFile(a), [cli]: {}})).toEqual([a]);
  });

  it('with a broken file is shown, with nothing of its content', async () => {
    const [account] = await cursor.discover((await withHome({[cli]: '{"accessToken": "secret-part'})).machine());
    expect(account).toMatchObject({problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}});
    expect(JSON.stringify(account)).not.toContain('secret-part');
  });

  it('with a token that cannot be sent is shown', async () => {
    const [account] = await cursor.discover((await withHome({[cli]: agentFile('a b')})).machine());
    expect(account).toMatchObject({problem: {code: 'no_credentials'}, secrets: ['a b', 'refresh-of-cursor']});
  });
});

describe('several logins', () => {
  it('of one person are one account, the one that ends later', async () => {
    for (const [ideDays, cliDays, source] of [
      [2, 1, 'cursor state.vscdb'],
      [1, 2, 'cursor auth.json'],
    ] as const) {
      const home = await withHome({[cli]: agentFile(token({exp: now / 1000 + cliDays * 86_400}))});
      await writeIde(home, rowsAround(token({exp: now / 1000 + ideDays * 86_400})));
      expect(sources(await cursor.discover(home.machine()))).toEqual([source]);
    }
  });

  it('of two people are two accounts, and one place is read alone', async () => {
    const home = await withHome({[cli]: agentFile(token({sub: 'other'}))});
    await writeIde(home, rowsAround(token()));
    expect(sources(await cursor.discover(home.machine()))).toEqual(['cursor state.vscdb', 'cursor auth.json']);
    expect(sources(await cursor.discover(home.machine(), ['Cursor CLI']))).toEqual(['cursor auth.json']);
  });

  it('keep their account when the token is renewed', async () => {
    const keyOf = async (exp: number) =>
      (await cursor.discover((await withHome({[cli]: agentFile(token({exp}))})).machine()))[0];
    const [before, after] = [await keyOf(now / 1000 + 100), await keyOf(now / 1000 + 200)];
    expect(before?.key).toBe(after?.key);
    expect(before?.fingerprint).not.toBe(after?.fingerprint);
  });

  it('that `login` saved are taken as they were pasted', async () => {
    const stored = async () => [{id: 's1', provider: 'cursor', label: 'mine', secret: `Bearer ${token()}`, fields: {}}];
    expect(await cursor.discover((await withHome()).machine({stored}))).toMatchObject([
      {
        label: 'mine',
        stored: true,
        secrets: [token(), `Bearer ${token()}`],
        credential: {renew: {code: 'replace-credential', name: 'cursor'}},
      },
    ]);
  });

  it('of a key for the API are not looked for', async () => {
    expect(await cursor.discover((await withHome()).machine({env: {CURSOR_API_KEY: 'key_fake'}}))).toEqual([]);
  });
});
