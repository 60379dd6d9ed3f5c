import {chmod, mkdir, readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {Account, Machine, StoredCredential} from '../../../src/core/provider.ts';
import type {Credential} from '../../../src/providers/copilot/credential.ts';
import {copilot} from '../../../src/providers/copilot/index.ts';
import type {MachineOptions} from '../../../src/system/machine.ts';
import {type Home, withHome, writeStore} from '../shared/home.ts';
import {fixtureText} from './fixture.ts';

const quotaFile = '.config/opencode/copilot-quota-token.json';
const authJson = '.local/share/opencode/auth.json';
const ghHosts = '.config/gh/hosts.yml';
const appsJson = '.config/github-copilot/apps.json';
const authDb = '.config/github-copilot/auth.db';
const cliConfig = '.copilot/config.json';

const token = {token: 'github_pat_demo', username: 'octocat', tier: 'pro'};
const opencode = (more: object = {}) => ({
  'github-copilot': {type: 'oauth', refresh: 'gho_opencode', access: 'gho_opencode', expires: 0, ...more},
});
const app = (user: string, oauth_token: string) => ({user, oauth_token, githubAppId: 'Iv1.demo'});

const discover = (home: Home, options: Partial<MachineOptions> = {}) => copilot.discover(home.machine(options));
const found = async (files: Record<string, unknown>, options: Partial<MachineOptions> = {}) =>
  discover(await withHome(files), options);
const credentialOf = (account: Account | undefined) => account?.credential as Credential;
const tokensOf = (account: Account | undefined) => credentialOf(account).oauth.map(({token}) => token);
const shownOf = (accounts: readonly Account[]) =>
  accounts.map(account => [account.label, account.source, ...tokensOf(account)]);
const storing = (...credentials: Pick<StoredCredential, 'secret' | 'fields'>[]) => ({
  stored: async () => credentials.map(one => ({id: 'one', provider: 'copilot', ...one})),
});

describe('the token file', () => {
  it('gives an account that reads bills, with the plan that it names', async () => {
    const [account, ...others] = await found({[quotaFile]: token});
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      provider: 'copilot',
      label: 'octocat',
      source: 'copilot-quota-token.json',
      secrets: ['github_pat_demo'],
      expiresAt: null,
      stored: false,
    });
    expect(account?.key).toMatch(/^copilot:[0-9a-f]{8}$/);
    expect(JSON.stringify({...account, credential: null, secrets: []})).not.toContain('github_pat');
    expect(credentialOf(account)).toEqual({
      host: 'github.com',
      login: 'octocat',
      billing: {
        token: 'github_pat_demo',
        source: 'copilot-quota-token.json',
        scope: {kind: 'user', username: 'octocat'},
        tier: 'pro',
        model: 'ai_credits',
      },
      oauth: [],
    });
  });

  it.each([
    ['no plan', {tier: undefined}, {tier: null, scope: {kind: 'user'}}],
    ['a plan in capitals', {tier: 'PRO+'}, {tier: 'pro+'}],
    ['a plan in words', {tier: 'pro_plus'}, {tier: 'pro+'}],
    [
      'an organisation',
      {tier: 'business', organization: 'acme'},
      {tier: 'business', scope: {kind: 'organization', name: 'acme'}},
    ],
    [
      'an enterprise',
      {tier: 'enterprise', enterprise: 'acme-inc', organization: 'acme'},
      {scope: {kind: 'enterprise', name: 'acme-inc'}},
    ],
    ['an organisation of an enterprise', {tier: 'enterprise', organization: 'acme'}, {scope: {kind: 'organization'}}],
    ['an organisation without a plan', {tier: null, organization: 'acme'}, {scope: {kind: 'organization'}}],
    ['the legacy way of billing', {billingModel: 'legacy_premium_requests'}, {model: 'legacy_premium_requests'}],
  ])('may name %s', async (_, fields, billing) => {
    const [account] = await found({[quotaFile]: {...token, ...fields}});
    expect(credentialOf(account).billing).toMatchObject(billing);
  });

  it('may name a company’s host, and its token goes nowhere else', async () => {
    const [account] = await found({[quotaFile]: {...token, enterpriseUrl: 'https://acme.ghe.com'}});
    expect(account?.label).toBe('octocat@acme.ghe.com');
    expect(credentialOf(account).host).toBe('acme.ghe.com');
  });

  it.each([
    ['not JSON', '{"token": '],
    ['a list', []],
    ['no token', {tier: 'pro'}],
    ['an installation token', {...token, token: 'ghs_demo'}],
    ['a token with a line break', {...token, token: 'github_pat_a\nb'}],
    ['an unknown plan', {...token, tier: 'platinum'}],
    ['a plan that is a number', {...token, tier: 3}],
    ['business without any name', {...token, username: undefined, tier: 'business'}],
    ['enterprise without any name', {...token, username: undefined, tier: 'enterprise'}],
    ['a foreign host', {...token, enterpriseUrl: 'evil.example'}],
    ['a user name that is a path', {...token, username: '../orgs'}],
    ['an unknown way of billing', {...token, billingModel: 'cash'}],
    ['legacy billing of a plan that never had it', {...token, tier: 'max', billingModel: 'legacy_premium_requests'}],
  ])('that is broken (%s) is said, and no other token is borrowed', async (_, content) => {
    const accounts = await found({[quotaFile]: content, [authJson]: opencode()}, {env: {GH_TOKEN: 'gho_env'}});
    expect(accounts).toHaveLength(1);
    expect(accounts[0]?.problem).toMatchObject({code: 'no_credentials', remedy: {code: 'fix-file'}});
    expect(accounts[0]?.problem?.detail).toContain('copilot-quota-token.json: ');
    expect(accounts[0]?.credential).toBe(null);
  });

  it('that is broken leaves another person’s login and our own store alone', async () => {
    const accounts = await found(
      {
        [quotaFile]: {...token, tier: 'platinum'},
        [appsJson]: {'github.com:a': app('monalisa', 'ghu_m'), 'github.com:b': app('Octocat', 'ghu_o')},
      },
      storing({secret: 'github_pat_stored', fields: {username: 'hubot'}}),
    );
    expect(accounts.map(({label, problem}) => [label, problem?.code])).toEqual([
      ['hubot', undefined],
      ['monalisa', undefined],
      ['octocat', 'no_credentials'],
    ]);
  });

  it('is looked for in every directory of opencode’s configuration', async () => {
    const home = await withHome({
      'elsewhere/copilot-quota-token.json': token,
      [quotaFile]: {...token, username: 'hubot'},
    });
    const [account] = await discover(home, {env: {OPENCODE_CONFIG_DIR: join(home.path, 'elsewhere')}});
    expect(account?.label).toBe('octocat');
    const [windows] = await discover(await withHome({'Roaming/opencode/copilot-quota-token.json': token}), {
      platform: 'win32',
    });
    expect(windows).toBeUndefined();
    const roaming = await withHome({'Roaming/opencode/copilot-quota-token.json': token});
    const env = {APPDATA: join(roaming.path, 'Roaming')};
    expect(await discover(roaming, {platform: 'win32', env})).toHaveLength(1);
  });
});

describe('opencode', () => {
  it.each([
    ['today', {}, 'gho_opencode'],
    ['an exchanged token as access', {access: 'tid=1;exp=2', refresh: 'ghu_real'}, 'ghu_real'],
    ['the other way round', {access: 'gho_real', refresh: 'ghr_never'}, 'gho_real'],
    ['no refresh token', {refresh: undefined}, 'gho_opencode'],
    ['tokens without a prefix', {access: 'b'.repeat(40), refresh: 'a'.repeat(40)}, 'a'.repeat(40)],
  ])('gives GitHub’s own token: %s', async (_, more, expected) => {
    const [account] = await found({[authJson]: opencode(more)});
    expect(account).toMatchObject({label: 'GitHub', source: 'opencode auth.json'});
    expect(tokensOf(account)).toEqual([expected]);
  });

  it('gives nothing when it holds only what GitHub would not know', async () => {
    expect(await found({[authJson]: opencode({access: 'tid=1;exp=2', refresh: 'ghr_x'})})).toEqual([]);
  });

  it.each(['copilot', 'copilot-chat', 'github-copilot-chat'])('is known as %s too', async id => {
    const accounts = await found({[authJson]: {[id]: {type: 'oauth', refresh: 'gho_x', access: '', expires: 0}}});
    expect(tokensOf(accounts[0])).toEqual(['gho_x']);
  });

  it('may keep the login in its store', async () => {
    const home = await withHome({[authJson]: opencode()});
    await writeStore(home, [
      {
        id: 'a',
        integration: 'github-copilot',
        active: 1,
        value: {
          type: 'oauth',
          refresh: 'gho_store',
          access: 'gho_store',
          expires: 0,
          metadata: {enterpriseURL: 'acme.ghe.com'},
        },
      },
    ]);
    const [account] = await discover(home);
    expect(account).toMatchObject({label: 'GitHub@acme.ghe.com', source: 'opencode store'});
    expect(credentialOf(account)).toMatchObject({host: 'acme.ghe.com', oauth: [{token: 'gho_store'}]});
  });

  const enterprise = (more: object = {}) => ({
    'github-copilot-enterprise': {type: 'oauth', refresh: 'gho_acme', access: 'gho_acme', expires: 0, ...more},
  });

  it('keeps a company’s login apart from one’s own, each for its own host', async () => {
    const acme = enterprise({enterpriseUrl: 'https://acme.ghe.com/'});
    const alone = await found({[authJson]: acme});
    expect(shownOf(alone)).toEqual([['GitHub@acme.ghe.com', 'opencode auth.json', 'gho_acme']]);
    expect(credentialOf(alone[0]).host).toBe('acme.ghe.com');
    const beside = await found({[authJson]: {...opencode(), ...acme}});
    expect(shownOf(beside)).toEqual([
      ['GitHub', 'opencode auth.json', 'gho_opencode'],
      ['GitHub@acme.ghe.com', 'opencode auth.json', 'gho_acme'],
    ]);
  });

  it('may keep a company’s login in its store', async () => {
    const home = await withHome();
    const value = {type: 'oauth', refresh: 'gho_acme', access: 'gho_acme', expires: 0};
    await writeStore(home, [
      {id: 'a', integration: 'github-copilot-enterprise', value: {...value, metadata: {enterpriseUrl: 'acme.ghe.com'}}},
      {id: 'b', integration: 'github-copilot', value: {...value, refresh: 'gho_own', access: 'gho_own'}},
    ]);
    expect(shownOf(await discover(home))).toEqual([
      ['GitHub', 'opencode store', 'gho_own'],
      ['GitHub@acme.ghe.com', 'opencode store', 'gho_acme'],
    ]);
  });

  it.each([
    ['no address', {}],
    ['an empty address', {enterpriseUrl: ' '}],
    ['an address that is no text', {enterpriseUrl: 7}],
    ['another host', {enterpriseUrl: 'ghe.example.com'}],
    ['an address in another spelling', {enterpriseURL: 'ghe.example.com'}],
  ])('does not get a company’s token sent anywhere with %s', async (_, more) => {
    const [account, ...others] = await found({[authJson]: enterprise(more)});
    expect(others).toEqual([]);
    expect(account?.problem?.detail).toContain('enterpriseUrl');
    expect(account).toMatchObject({credential: null, secrets: []});
    const beside = await found({[authJson]: {...opencode(), ...enterprise(more)}});
    expect(shownOf(beside)).toEqual([['GitHub', 'opencode auth.json', 'gho_opencode']]);
  });

  it('does not get a token sent to a host that is not GitHub’s', async () => {
    const files = {[authJson]: opencode({enterpriseUrl: 'ghe.example.com'})};
    const [account] = await found(files);
    expect(account?.problem?.detail).toContain('enterpriseUrl');
    expect(account?.credential).toBe(null);
    const beside = await found({...files, [appsJson]: {'github.com': app('octocat', 'ghu_a')}});
    expect(beside.map(({source}) => source)).toEqual(['github-copilot apps.json']);
  });

  it('may be unreadable: said only when nothing else is found', async () => {
    const files = {'.local/share/opencode/opencode.db': 'this is no database at all'.repeat(99)};
    expect((await found(files))[0]?.problem).toMatchObject({remedy: {code: 'restart'}});
    const beside = await found(files, {env: {GH_TOKEN: 'gho_env'}});
    expect(beside.map(({source}) => source)).toEqual(['GH_TOKEN']);
  });
});

describe('the environment', () => {
  it.each([
    [{GH_HOST: 'acme.ghe.com'}, ['GitHub@acme.ghe.com']],
    [{GH_HOST: 'https://Acme.ghe.com/'}, ['GitHub@acme.ghe.com']],
    [{COPILOT_GH_HOST: 'acme.ghe.com', GH_HOST: 'github.com'}, ['GitHub@acme.ghe.com']],
    [{GH_HOST: 'github.com'}, ['GitHub']],
    [{GH_HOST: ' '}, ['GitHub']],
    [{GH_HOST: 'git.acme.example'}, []],
  ])('a token of the environment goes to the host that stands beside it: %j', async (beside, labels) => {
    const accounts = await found({}, {env: {GH_TOKEN: 'gho_env', ...beside}});
    expect(accounts.map(({label}) => label)).toEqual(labels);
  });

  it('is read in Copilot CLI’s order', async () => {
    const env = {GITHUB_TOKEN: 'gho_3', GH_TOKEN: 'gho_2', COPILOT_GITHUB_TOKEN: 'gho_1'};
    const accounts = await found({}, {env});
    expect(accounts).toHaveLength(1);
    expect(accounts[0]?.source).toBe('COPILOT_GITHUB_TOKEN');
    expect(tokensOf(accounts[0])).toEqual(['gho_1']);
  });

  it('is passed over where it holds an installation’s token', async () => {
    expect(await found({}, {env: {GITHUB_TOKEN: 'ghs_actions', GH_TOKEN: ' '}})).toEqual([]);
    expect((await found({}, {env: {GITHUB_TOKEN: 'gho_x', GH_TOKEN: 'ghs_y'}}))[0]?.source).toBe('GITHUB_TOKEN');
  });

  it('may hold a fine-grained token, which reads bills', async () => {
    const [account, ...others] = await found(
      {},
      {env: {COPILOT_GITHUB_TOKEN: 'github_pat_x', GH_TOKEN: 'ghp_classic'}},
    );
    expect(others).toEqual([]);
    expect(credentialOf(account)).toMatchObject({
      billing: {token: 'github_pat_x', tier: null},
      oauth: [{token: 'ghp_classic'}],
    });
  });
});

describe('gh', () => {
  const keyring = 'github.com:\n    users:\n        octocat:\n    user: octocat\n';

  /** A program that answers as gh does, in a directory of its own on PATH. */
  async function withGh(home: Home, script: string) {
    await home.write('bin/gh', `#!/bin/sh\n${script}\n`);
    await chmod(join(home.path, 'bin/gh'), 0o755);
    return {PATH: join(home.path, 'bin')};
  }

  it('has an account per user and host', async () => {
    const text = `github.com:
    users:
        octocat:
            oauth_token: gho_o
        monalisa:
            oauth_token: gho_m
    oauth_token: gho_o
    user: octocat
acme.ghe.com:
    user: octocat
    oauth_token: gho_a
ghe.example.com:
    user: octocat
    oauth_token: gho_elsewhere
`;
    const accounts = await found({[ghHosts]: text});
    expect(accounts.map(account => [account.label, account.source, ...tokensOf(account)])).toEqual([
      ['octocat', 'gh hosts.yml', 'gho_o'],
      ['monalisa', 'gh hosts.yml', 'gho_m'],
      ['octocat@acme.ghe.com', 'gh hosts.yml', 'gho_a'],
    ]);
  });

  it('is found through its variables before the usual place', async () => {
    const home = await withHome({
      'one/hosts.yml': 'github.com:\n  user: a\n  oauth_token: gho_a\n',
      'two/gh/hosts.yml': 'github.com:\n  user: b\n  oauth_token: gho_b\n',
      'three/GitHub CLI/hosts.yml': 'github.com:\n  user: c\n  oauth_token: gho_c\n',
      [ghHosts]: 'github.com:\n  user: d\n  oauth_token: gho_d\n',
    });
    const labelWith = async (env: Record<string, string>, platform = 'linux') =>
      (
        await discover(home, {
          platform,
          env: Object.fromEntries(Object.entries(env).map(([name, path]) => [name, join(home.path, path)])),
        })
      )[0]?.label;
    expect(await labelWith({GH_CONFIG_DIR: 'one', XDG_CONFIG_HOME: 'two'})).toBe('a');
    expect(await labelWith({XDG_CONFIG_HOME: 'two'})).toBe('b');
    expect(await labelWith({APPDATA: 'three'}, 'win32')).toBe('c');
    expect(await labelWith({})).toBe('d');
  });

  it('that other users can change is not run, and that is said where there is no other login', async () => {
    const home = await withHome({[ghHosts]: keyring});
    const env = await withGh(home, 'echo gho_keyring');
    const path = join(home.path, 'bin/gh');
    await chmod(path, 0o757);
    const [account, ...others] = await discover(home, {env});
    expect(others).toEqual([]);
    expect(account?.problem).toMatchObject({
      code: 'no_credentials',
      detail: 'gh: other users can change it, so it is not run',
      remedy: {code: 'restrict', name: path},
    });
    const [other, ...none] = await discover(home, {env: {...env, GITHUB_TOKEN: 'gho_other'}});
    expect([other?.problem, other?.source, none]).toEqual([undefined, 'GITHUB_TOKEN', []]);
  });

  it('is asked for a token that the keyring keeps', async () => {
    const home = await withHome({[ghHosts]: keyring});
    const env = await withGh(home, 'test "$*" = "auth token --hostname github.com" && echo gho_keyring');
    const [account] = await discover(home, {env});
    expect(account).toMatchObject({label: 'octocat', source: 'gh auth token'});
    expect(tokensOf(account)).toEqual(['gho_keyring']);
  });

  it('is not believed when it only repeats the environment', async () => {
    const home = await withHome({[ghHosts]: keyring});
    const env = {...(await withGh(home, 'echo gho_env')), GH_TOKEN: 'gho_env'};
    const accounts = await discover(home, {env});
    expect(accounts.map(({label, source}) => [label, source])).toEqual([['GitHub', 'GH_TOKEN']]);
  });

  it('may fail, and nothing comes of it', async () => {
    const home = await withHome({[ghHosts]: keyring});
    expect(await discover(home, {env: await withGh(home, 'echo gho_no; exit 1')})).toEqual([]);
  });
});

describe('Copilot CLI', () => {
  const withTokens = (tokens: unknown, more: object = {}) => ({[cliConfig]: {copilotTokens: tokens, ...more}});

  it('has an account per login and host, the one in use first', async () => {
    const accounts = await found({[cliConfig]: fixtureText('cli-config.jsonc')});
    expect(shownOf(accounts)).toEqual([
      ['octocat', 'Copilot CLI config.json', 'gho_cli_octocat'],
      ['monalisa', 'Copilot CLI config.json', 'gho_cli_monalisa'],
      ['octo_acme@acme.ghe.com', 'Copilot CLI config.json', 'gho_cli_acme'],
    ]);
    expect(accounts.map(account => credentialOf(account).host)).toEqual(['github.com', 'github.com', 'acme.ghe.com']);
  });

  it('is understood in its older spelling', async () => {
    const accounts = await found({
      [cliConfig]: {
        copilot_tokens: {'https://github.com:a': 'gho_a', 'https://github.com:b': 'gho_b'},
        logged_in_users: [],
        last_logged_in_user: {host: 'https://github.com', login: 'b'},
      },
    });
    expect(accounts.map(({label}) => label)).toEqual(['b', 'a']);
  });

  it.each([
    ['https://github.com:octocat', 'octocat'],
    ['github.com:octocat', 'octocat'],
    ['https://github.com/:octocat', 'octocat'],
    ['https://GitHub.com:octocat', 'octocat'],
    ['https://github.com', 'GitHub'],
    ['https://acme.ghe.com:octo', 'octo@acme.ghe.com'],
  ])('names host and login in one key: %s', async (key, label) => {
    const accounts = await found(withTokens({[key]: 'gho_x'}));
    expect(accounts.map(account => account.label)).toEqual([label]);
  });

  it.each([
    'http://github.com:octocat',
    'https://github.com.evil.example:octocat',
    'https://octocat@github.com:octocat',
    'https://github.com:8443:octocat',
    'https://ghe.example.com:octocat',
    'https://api.github.com:octocat',
    'https://github.com/evil:octocat',
    ':octocat',
    '',
  ])('does not get a token sent to what is not GitHub: %s', async key => {
    expect(await found(withTokens({[key]: 'gho_x'}))).toEqual([]);
  });

  it.each([
    ['a keychain', undefined],
    ['no login', {}],
    ['a list', ['gho_x']],
    ['an installation’s token', {'https://github.com:a': 'ghs_x'}],
    ['a number', {'https://github.com:a': 7}],
  ])('gives nothing, and no complaint, with %s', async (_, tokens) => {
    expect(await found(withTokens(tokens, {banner: 'never'}))).toEqual([]);
  });

  it('is moved by COPILOT_HOME, but never into the working directory', async () => {
    const home = await withHome({
      ...withTokens({'https://github.com:usual': 'gho_usual'}),
      'moved/config.json': {copilotTokens: {'https://github.com:moved': 'gho_moved'}},
    });
    const labelsWith = async (COPILOT_HOME: string) =>
      (await discover(home, {env: {COPILOT_HOME}})).map(({label}) => label);
    expect(await labelsWith(join(home.path, 'moved'))).toEqual(['moved']);
    expect(await labelsWith(join(home.path, 'empty'))).toEqual([]);
    expect(await labelsWith('moved')).toEqual(['usual']);
    expect(await labelsWith('')).toEqual(['usual']);
  });

  it('comes after the environment and before gh, and lends its name to both', async () => {
    const [account, ...others] = await found(
      {
        ...withTokens({'https://github.com:octocat': 'gho_cli'}),
        [ghHosts]: 'github.com:\n  user: octocat\n  oauth_token: gho_gh\n',
      },
      {env: {COPILOT_GITHUB_TOKEN: 'gho_env'}},
    );
    expect(others).toEqual([]);
    expect(account).toMatchObject({label: 'octocat', source: 'COPILOT_GITHUB_TOKEN'});
    expect(tokensOf(account)).toEqual(['gho_env', 'gho_cli', 'gho_gh']);
  });

  it('may leave a broken file, which is said when nothing else is found', async () => {
    const [account] = await found({[cliConfig]: '// nothing\n{"copilotTokens": '});
    expect(account?.problem?.detail).toBe('Copilot CLI config.json: it is not valid JSON');
  });
});

describe('the editors’ database', () => {
  /** The file as the language server keeps it: in WAL mode, and still open while it runs. */
  async function writeDatabase(home: Home, sql: string, {path = authDb, isOpen = false} = {}): Promise<void> {
    await mkdir(dirname(join(home.path, path)), {recursive: true});
    const database = new DatabaseSync(join(home.path, path));
    database.exec(`pragma journal_mode = wal; ${sql}`);
    if (isOpen) onTestFinished(() => database.close());
    else database.close();
  }
  const withDatabase = async (sql: string, files: Record<string, unknown> = {}) => {
    const home = await withHome(files);
    await writeDatabase(home, sql);
    return home;
  };
  const table = 'create table oauth_tokens (auth_authority text, token_ciphertext text)';
  const source = 'github-copilot auth.db';

  it.each([true, false])('has an account per login and host, the newest token first (open: %s)', async isOpen => {
    const home = await withHome();
    await writeDatabase(home, fixtureText('auth-db.sql'), {isOpen});
    const accounts = await discover(home);
    expect(shownOf(accounts)).toEqual([
      ['octocat', source, 'ghu_db_newer', 'ghu_db_older'],
      ['monalisa', source, 'ghu_db_monalisa'],
      ['octo_acme@acme.ghe.com', source, 'ghu_db_acme'],
    ]);
    expect(accounts.map(account => credentialOf(account).host)).toEqual(['github.com', 'github.com', 'acme.ghe.com']);
  });

  it('is left as it was, and nothing is put beside it', async () => {
    const home = await withDatabase(fixtureText('auth-db.sql'));
    const before = await readFile(join(home.path, authDb));
    expect(await discover(home)).not.toEqual([]);
    expect(await readdir(dirname(join(home.path, authDb)))).toEqual(['auth.db']);
    expect((await readFile(join(home.path, authDb))).equals(before)).toBe(true);
  });

  it('goes before the stale files beside it, which stay to fall back on', async () => {
    const home = await withDatabase(`${table}; insert into oauth_tokens values ('github.com', 'ghu_fresh')`, {
      [appsJson]: {'github.com:Iv1.one': app('octocat', 'ghu_stale')},
    });
    expect(shownOf(await discover(home))).toEqual([['octocat', source, 'ghu_fresh', 'ghu_stale']]);
  });

  it('is asked for what its columns are called', async () => {
    const home = await withDatabase(`create table oauth_tokens
      (id integer primary key, auth_authority text, user_login text, token_ciphertext blob);
      insert into oauth_tokens values (1, 'https://github.com', 'a', 'ghu_1'), (2, 'github.com', 'b', 'gho_2'),
        (3, 'github.com', '583231', 'ghu_3'), (4, 'github.com', 'no name at all', 'ghu_4')`);
    expect(shownOf(await discover(home))).toEqual([
      ['GitHub', source, 'ghu_4', 'ghu_3'],
      ['b', source, 'gho_2'],
      ['a', source, 'ghu_1'],
    ]);
  });

  it.each([
    ['an encrypted token', "'github.com', x'7f0a99c2'"],
    ['a text that is no token of GitHub’s', "'github.com', 'c2VjcmV0'"],
    ['an installation’s token', "'github.com', 'ghs_x'"],
    ['a fine-grained token, which no app gets', "'github.com', 'github_pat_x'"],
    ['a token with a line break', "'github.com', 'ghu_a' || char(10) || 'b'"],
    ['no token', "'github.com', null"],
    ['no host', "null, 'ghu_x'"],
    ['a host with more around it', "'github.com@evil.example', 'ghu_x'"],
    ['a company’s own server', "'ghe.example.com', 'ghu_x'"],
  ])('gives nothing, and no complaint, for %s', async (_, row) => {
    expect(await discover(await withDatabase(`${table}; insert into oauth_tokens values (${row})`))).toEqual([]);
  });

  it('may hold no table of logins, or an unknown one', async () => {
    expect(await discover(await withDatabase('create table meta (version integer)'))).toEqual([]);
    const [account] = await discover(await withDatabase('create table oauth_tokens (secret text)'));
    expect(account?.problem?.detail).toBe(`${source}: its login table has an unknown format`);
  });

  it('may be damaged: said only when nothing else is found', async () => {
    const files = {[authDb]: 'this is no database at all'.repeat(99)};
    expect((await found(files))[0]?.problem?.detail).toContain(source);
    const beside = await found({...files, [appsJson]: {'github.com': app('octocat', 'ghu_a')}});
    expect(beside.map(account => account.source)).toEqual(['github-copilot apps.json']);
  });

  it('stays what it was while it is locked, and is no fault before it was read', async () => {
    const home = await withDatabase(`${table}; insert into oauth_tokens values ('github.com', 'ghu_x')`);
    const machine = home.machine();
    let isLocked = true;
    const query: Machine['query'] = async (...asked) =>
      isLocked
        ? {state: 'unreadable', why: 'another program has locked it', reason: 'locked'}
        : machine.query(...asked);
    expect(await copilot.discover({...machine, query})).toEqual([]);
    isLocked = false;
    const read = await copilot.discover({...machine, query});
    expect(read.map(tokensOf)).toEqual([['ghu_x']]);
    isLocked = true;
    expect(await copilot.discover({...machine, query})).toEqual(read);
  });

  it('lies in the local application data on Windows, and where XDG_CONFIG_HOME says', async () => {
    const home = await withHome();
    const sql = (token: string) => `${table}; insert into oauth_tokens values ('github.com', '${token}')`;
    await writeDatabase(home, sql('ghu_local'), {path: 'Local/github-copilot/auth.db'});
    await writeDatabase(home, sql('ghu_xdg'), {path: 'xdg/github-copilot/auth.db'});
    const windows = await discover(home, {platform: 'win32', env: {LOCALAPPDATA: join(home.path, 'Local')}});
    expect(windows.map(tokensOf)).toEqual([['ghu_local']]);
    const xdg = await discover(home, {env: {XDG_CONFIG_HOME: join(home.path, 'xdg')}});
    expect(xdg.map(tokensOf)).toEqual([['ghu_xdg']]);
  });
});

describe('editors', () => {
  it('keep one login per app: one account per user', async () => {
    const accounts = await found({
      [appsJson]: {
        'github.com:Iv1.one': app('octocat', 'ghu_1'),
        'github.com:Iv1.two': app('octocat', 'ghu_2'),
        'acme.ghe.com:Iv1.one': app('octo', 'ghu_3'),
        'ghe.example.com:Iv1.one': app('octo', 'ghu_4'),
        'github.com:Iv1.bad': {user: 'x'},
      },
      '.config/github-copilot/hosts.json': {'github.com': {user: 'octocat', oauth_token: 'ghu_0'}},
    });
    expect(accounts.map(account => [account.label, account.source, tokensOf(account)])).toEqual([
      ['octocat', 'github-copilot apps.json', ['ghu_1', 'ghu_2', 'ghu_0']],
      ['octo@acme.ghe.com', 'github-copilot apps.json', ['ghu_3']],
    ]);
  });

  it('keep it in the local application data on Windows', async () => {
    const home = await withHome({'Local/github-copilot/apps.json': {'github.com': app('octocat', 'ghu_1')}});
    const accounts = await discover(home, {platform: 'win32', env: {LOCALAPPDATA: join(home.path, 'Local')}});
    expect(accounts.map(({label}) => label)).toEqual(['octocat']);
  });

  it('may leave a broken file, which is said when nothing else is found', async () => {
    const [account] = await found({[appsJson]: 'not JSON'});
    expect(account?.problem?.detail).toBe('github-copilot apps.json: it is not valid JSON');
  });
});

describe('our own store', () => {
  it('comes first and is marked as ours', async () => {
    const [account] = await found(
      {[quotaFile]: token},
      storing({secret: ' github_pat_stored\n', fields: {username: 'octocat', tier: 'max'}}),
    );
    expect(account).toMatchObject({source: 'mystatus-tui login', stored: true});
    expect(credentialOf(account).billing).toMatchObject({token: 'github_pat_stored', tier: 'max'});
  });

  it.each([
    ['github_pat_x', {}, 'bill'],
    ['ghp_x', {}, 'counter'],
    ['ghp_x', {username: 'octocat'}, 'counter'],
    ['ghp_x', {tier: 'pro'}, 'bill'],
    ['ghp_x', {enterprise: 'acme-inc'}, 'bill'],
    ['gho_x', {tier: 'pro'}, 'counter'],
    ['gho_x', {organization: 'acme'}, 'bill'],
  ])('asks with %s and %j for the %s', async (secret, fields: Record<string, string>, what) => {
    const [account] = await found({}, storing({secret, fields}));
    expect(credentialOf(account).billing === undefined ? 'counter' : 'bill').toBe(what);
  });

  it('says what is wrong with what it holds', async () => {
    const [account] = await found({}, storing({secret: 'github_pat_x', fields: {tier: 'business'}}));
    expect(account?.problem?.detail).toContain('organization');
  });
});

describe('one login in several places', () => {
  it('is one account, named by the first place, with every token to fall back on', async () => {
    const accounts = await found(
      {
        [quotaFile]: token,
        [authJson]: opencode(),
        [ghHosts]: 'github.com:\n  user: Octocat\n  oauth_token: gho_gh\n',
        [appsJson]: {'github.com': app('octocat', 'ghu_app')},
      },
      {env: {GH_TOKEN: 'gho_env'}},
    );
    expect(accounts).toHaveLength(1);
    expect(accounts[0]).toMatchObject({label: 'octocat', source: 'copilot-quota-token.json'});
    expect(tokensOf(accounts[0])).toEqual(['gho_opencode', 'gho_env', 'gho_gh', 'ghu_app']);
    expect(accounts[0]?.secrets).toEqual(['github_pat_demo', 'gho_opencode', 'gho_env', 'gho_gh', 'ghu_app']);
  });

  it('is one even when no place names it', async () => {
    const accounts = await found(
      {[authJson]: opencode(), [quotaFile]: {token: 'github_pat_demo'}},
      {env: {GH_TOKEN: 'gho_env'}},
    );
    expect(accounts.map(({label}) => label)).toEqual(['GitHub']);
  });

  it('has its name from wherever the same token is named', async () => {
    const text = 'github.com:\n  user: a\n  oauth_token: gho_opencode\n  users:\n    b:\n      oauth_token: gho_b\n';
    const accounts = await found({[authJson]: opencode(), [ghHosts]: text});
    expect(accounts.map(account => [account.label, account.source, tokensOf(account)])).toEqual([
      ['a', 'opencode auth.json', ['gho_opencode']],
      ['b', 'gh hosts.yml', ['gho_b']],
    ]);
  });

  it('stands alone where several names could be meant', async () => {
    const apps = {'github.com:1': app('a', 'ghu_a'), 'github.com:2': app('b', 'ghu_b')};
    const accounts = await found({[authJson]: opencode(), [appsJson]: apps});
    expect(accounts.map(({label}) => label)).toEqual(['GitHub', 'a', 'b']);
  });

  it('is not mixed with the same name on another host, nor with an organisation’s bill', async () => {
    const accounts = await found({
      [quotaFile]: {token: 'github_pat_demo', tier: 'business', organization: 'acme', username: 'octocat'},
      [appsJson]: {'github.com': app('octocat', 'ghu_a'), 'acme.ghe.com': app('octocat', 'ghu_b')},
    });
    expect(accounts.map(({label}) => label)).toEqual(['octocat (acme)', 'octocat', 'octocat@acme.ghe.com']);
    expect(new Set(accounts.map(({key}) => key)).size).toBe(3);
  });

  it('keeps its key and changes its fingerprint when the token changes', async () => {
    const home = await withHome({[appsJson]: {'github.com': app('octocat', 'ghu_old')}});
    const machine = home.machine();
    const [before] = await copilot.discover(machine);
    await home.write(appsJson, {'github.com': app('octocat', 'ghu_newer')});
    const [after] = await copilot.discover(machine);
    expect(after?.key).toBe(before?.key);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('is nothing where nothing is', async () => {
    expect(await found({})).toEqual([]);
  });
});
