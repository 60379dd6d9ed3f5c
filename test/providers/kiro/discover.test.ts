import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {kiro} from '../../../src/providers/kiro/index.ts';
import {type Home, now, withHome} from '../shared/home.ts';
import {type KeyValue, writeTables} from '../shared/sqlite.ts';
import {fixture} from './support.ts';

const tokenFile = '.aws/sso/cache/kiro-auth-token.json';
const cliStore = '.local/share/kiro-cli/data.sqlite3';
const storage = '.config/Kiro/User/globalStorage';
const arn = 'arn:aws:codewhisperer:us-east-1:000000000000:profile/FAKE00000000';

const value = (more: object = {}) => JSON.stringify({...(fixture('cli-token-value') as object), ...more});
const writeCli = (home: Home, rows: KeyValue[], path = cliStore, state: KeyValue[] = []) =>
  writeTables(home, path, {auth_kv: rows, state});
const credentialOf = (account?: Account) => account?.credential as Record<string, unknown> | undefined;
const shown = (accounts: Account[]) =>
  accounts.map(account => [account.source, credentialOf(account)?.key ?? account.problem?.code]);

describe('the editor', () => {
  it('holds a login', async () => {
    const [account, ...others] = await kiro.discover((await withHome({[tokenFile]: fixture('ide-token')})).machine());
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      ...{
        provider: 'kiro',
        source: 'kiro-auth-token.json',
        label: 'Kiro IDE',
        place: 'Kiro IDE',
        secrets: ['aoaFAKE', 'aorFAKE', '000000000000', 'FAKE00000000'],
      },
      expiresAt: Date.parse('2026-09-01T22:50:00Z'),
      credential: {key: 'aoaFAKE', region: 'us-east-1', profileArn: arn, kind: 'Google'},
    });
    expect(account).not.toHaveProperty('cached');
  });

  it('keeps its profile elsewhere as well', async () => {
    const files = {
      [tokenFile]: {...(fixture('ide-token') as object), profileArn: undefined},
      [`${storage}/kiro.kiroagent/profile.json`]: {arn, name: 'fake'},
    };
    const [account] = await kiro.discover((await withHome(files)).machine());
    expect(credentialOf(account)).toMatchObject({profileArn: arn});
  });

  it('noted figures, which stand in where the token has ended', async () => {
    const home = await withHome({[tokenFile]: fixture('ide-token')});
    const rows = [{key: 'kiro.kiroAgent', value: JSON.stringify(fixture('usage-state'))}];
    await writeTables(home, `${storage}/state.vscdb`, {ItemTable: rows});
    const [account] = await kiro.discover(home.machine());
    expect(account?.cached).toMatchObject({
      readAt: Date.parse('2026-09-01T21:00:00Z'),
      reading: {windows: [{id: 'monthly', use: {state: 'known', used: 47.2}}]},
    });
  });

  it.each(['this is no store', ''])('with a copy that cannot be read holds a login all the same: %j', async text => {
    const home = await withHome({[tokenFile]: fixture('ide-token'), [`${storage}/state.vscdb`]: text});
    expect(shown(await kiro.discover(home.machine()))).toEqual([['kiro-auth-token.json', 'aoaFAKE']]);
  });

  it('with a broken file is shown, with nothing of its content', async () => {
    const [account] = await kiro.discover((await withHome({[tokenFile]: '{"accessToken": "secret-part'})).machine());
    expect(account).toMatchObject({problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}});
    expect(JSON.stringify(account)).not.toContain('secret-part');
  });

  it('in a region that nobody knows is shown, and its token goes nowhere', async () => {
    const file = {...(fixture('ide-token') as object), region: 'us-gov-west-1', profileArn: undefined};
    const accounts = await kiro.discover((await withHome({[tokenFile]: file})).machine());
    expect(accounts).toMatchObject([{credential: null, secrets: ['aoaFAKE'], problem: {code: 'no_credentials'}}]);
  });
});

describe('the command line', () => {
  it.each(['kirocli:odic:token', 'kirocli:oidc:token', 'kirocli:social:token', 'codewhisperer:odic:token'])(
    'holds a login under %s',
    async key => {
      const home = await withHome();
      await writeCli(home, [{key, value: value()}]);
      expect(await kiro.discover(home.machine())).toMatchObject([
        {
          ...{source: 'kiro-cli data.sqlite3', label: 'Kiro CLI', place: 'Kiro CLI', secrets: ['aoaFAKE', 'aorFAKE']},
          expiresAt: Date.parse('2026-09-01T23:00:00.123Z'),
          credential: {key: 'aoaFAKE', region: 'us-east-1', renew: {code: 'run', command: 'kiro-cli'}},
        },
      ]);
    },
  );

  it('names its profile beside the login', async () => {
    const home = await withHome();
    const state = [{key: 'api.codewhisperer.profile', value: JSON.stringify({arn})}];
    await writeCli(home, [{key: 'kirocli:odic:token', value: value()}], cliStore, state);
    expect(credentialOf((await kiro.discover(home.machine()))[0])).toMatchObject({profileArn: arn});
  });

  it('of several logins uses the one that ends last', async () => {
    const home = await withHome();
    await writeCli(home, [
      {key: 'kirocli:odic:token', value: value({access_token: 'old', expires_at: '2026-09-01T20:00:00Z'})},
      {key: 'kirocli:social:token', value: value({access_token: 'new'})},
    ]);
    expect(shown(await kiro.discover(home.machine()))).toEqual([['kiro-cli data.sqlite3', 'new']]);
  });

  it('is found where its variables say, on macOS and on Windows', async () => {
    const home = await withHome();
    const write = (path: string, access_token: string) =>
      writeCli(home, [{key: 'kirocli:odic:token', value: value({access_token})}], path);
    await write('Library/Application Support/kiro-cli/data.sqlite3', 'mac');
    await write('AppData/Roaming/kiro-cli/data.sqlite3', 'win');
    await write('xdg/kiro-cli/data.sqlite3', 'xdg');
    await write('data/kiro-cli/data.sqlite3', 'data');
    await write('own.sqlite3', 'own');
    const at = async (platform: string, env = {}) => shown(await kiro.discover(home.machine({platform, env})));
    const in_ = (path: string) => join(home.path, path);
    expect(await at('darwin')).toEqual([['kiro-cli data.sqlite3', 'mac']]);
    expect(await at('win32')).toEqual([['kiro-cli data.sqlite3', 'win']]);
    expect(await at('linux')).toEqual([]);
    expect(await at('linux', {XDG_DATA_HOME: in_('xdg')})).toEqual([['kiro-cli data.sqlite3', 'xdg']]);
    expect(await at('linux', {KIRO_DATA_DIR: in_('data'), XDG_DATA_HOME: in_('xdg')})).toEqual([
      ['kiro-cli data.sqlite3', 'data'],
    ]);
    expect(await at('linux', {KIROCLI_DB_PATH: in_('own.sqlite3')})).toEqual([['kiro-cli data.sqlite3', 'own']]);
  });

  it('in which nobody is signed in holds nothing', async () => {
    const home = await withHome();
    await writeCli(home, []);
    expect(await kiro.discover(home.machine())).toEqual([]);
  });

  it('with a store that cannot be read is shown if there is no other login', async () => {
    const home = await withHome({[cliStore]: 'this is no store'});
    expect(shown(await kiro.discover(home.machine()))).toEqual([['kiro-cli data.sqlite3', 'no_credentials']]);
    await home.write(tokenFile, fixture('ide-token'));
    expect(shown(await kiro.discover(home.machine()))).toEqual([['kiro-auth-token.json', 'aoaFAKE']]);
  });

  it('is read once, also where Amazon Q is looked at', async () => {
    const home = await withHome();
    await writeCli(home, []);
    const machine = home.machine();
    const read: string[] = [];
    const query: typeof machine.query = (path, sql) => {
      read.push(`${path.slice(home.path.length)} ${sql.includes('auth_kv')}`);
      return machine.query(path, sql);
    };
    expect(await kiro.discover({...machine, query})).toEqual([]);
    expect(read).toEqual([`/${cliStore} true`, '/.local/share/amazon-q/data.sqlite3 true']);
    expect(await kiro.discover({...machine, query}, ['Amazon Q CLI'])).toEqual([]);
    expect(read.slice(2)).toEqual(read.slice(0, 2));
  });

  it('counts before that of Amazon Q, which it grew out of', async () => {
    const home = await withHome();
    const old = [{key: 'codewhisperer:odic:token', value: value({access_token: 'old'})}];
    await writeCli(home, old, '.local/share/amazon-q/data.sqlite3');
    expect(shown(await kiro.discover(home.machine()))).toEqual([['amazon-q data.sqlite3', 'old']]);
    await writeCli(home, [{key: 'kirocli:odic:token', value: value()}]);
    expect(shown(await kiro.discover(home.machine()))).toEqual([['kiro-cli data.sqlite3', 'aoaFAKE']]);
  });
});

describe('several logins', () => {
  it('in the editor and the command line are two accounts, as nothing says whose they are', async () => {
    const home = await withHome({[tokenFile]: fixture('ide-token')});
    await writeCli(home, [{key: 'kirocli:odic:token', value: value({access_token: 'other'})}]);
    expect(shown(await kiro.discover(home.machine()))).toEqual([
      ['kiro-auth-token.json', 'aoaFAKE'],
      ['kiro-cli data.sqlite3', 'other'],
    ]);
    expect(shown(await kiro.discover(home.machine(), ['Kiro CLI']))).toEqual([['kiro-cli data.sqlite3', 'other']]);
  });

  it('keep their account when the token is renewed', async () => {
    const found = async (accessToken: string) =>
      (
        await kiro.discover(
          (await withHome({[tokenFile]: {...(fixture('ide-token') as object), accessToken}})).machine(),
        )
      )[0];
    const [before, after] = [await found('one'), await found('two')];
    expect(before?.key).toBe(after?.key);
    expect(before?.fingerprint).not.toBe(after?.fingerprint);
  });

  it('that `login` saved may name a profile', async () => {
    const fields = {profileArn: arn.replace('us-east-1', 'eu-central-1')};
    const stored = async () => [{id: 's1', provider: 'kiro', secret: 'Bearer aoaMINE', fields}];
    expect(await kiro.discover((await withHome()).machine({stored, now: () => now}))).toMatchObject([
      {stored: true, credential: {key: 'aoaMINE', region: 'eu-central-1', ...fields}},
    ]);
  });
});
