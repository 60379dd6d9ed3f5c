import {chmod} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import type {Credential} from '../../../src/providers/google/credential.ts';
import {demo} from '../../../src/providers/google/demo.ts';
import {google} from '../../../src/providers/google/index.ts';
import type {MachineOptions} from '../../../src/system/machine.ts';
import {now, withHome, writeStore} from '../shared/home.ts';
import {fixture, hour, lines} from './support.ts';

const accountsPath = '.config/opencode/antigravity-accounts.json';
const authPath = '.local/share/opencode/auth.json';
const file = (...accounts: unknown[]) => ({version: 4, accounts});
const entry = (email: string | undefined, refreshToken: string, rest: object = {}) => ({email, refreshToken, ...rest});
const oauth = (refresh: string, rest: object = {}) => ({type: 'oauth', refresh, ...rest});
const idToken = (email: string): string => `h.${Buffer.from(JSON.stringify({email})).toString('base64url')}.s`;

const found = async (files: Record<string, unknown>, options: Partial<MachineOptions> = {}): Promise<Account[]> =>
  google.discover((await withHome(files)).machine(options));
const credentialOf = (account?: Account) => account?.credential as Credential;
const summary = (accounts: Account[]): string[] => accounts.map(({label, source}) => `${label} from ${source}`);

describe("the plugin's accounts file", () => {
  it('gives every account in it; those without an e-mail are called by their place', async () => {
    const accounts = await found({
      [accountsPath]: file(entry('Me@Example.com', '1//one'), entry(undefined, '1//two'), {email: 'x@example.com'}),
    });
    expect(summary(accounts)).toEqual([
      'Me@Example.com from antigravity-accounts.json',
      'account 2 from antigravity-accounts.json',
    ]);
    for (const account of accounts) {
      expect(account).toMatchObject({provider: 'google', stored: false, expiresAt: null});
      expect(account.key).toMatch(/^google:[0-9a-f]{8}$/);
      expect(account.secrets).toEqual([credentialOf(account).refresh]);
    }
  });

  it('is read in every version, and in one that is not known with a word about it', async () => {
    for (const version of [1, 2, 3, 4]) {
      const [account] = await found({
        [accountsPath]: {version, accounts: [entry('a@b.example', '1//r', {isRateLimited: true})]},
      });
      expect(credentialOf(account).notes).toEqual([]);
    }
    const [strange] = await found({[accountsPath]: {version: 9, accounts: [entry('a@b.example', '1//r')]}});
    expect(credentialOf(strange).notes[0]?.text).toContain('(9)');
    const [odd] = await found({[accountsPath]: {version: {toString: 1}, accounts: [entry('a@b.example', '1//r')]}});
    expect(credentialOf(odd).notes).toHaveLength(1);
  });

  it.each([
    [{managedProjectId: 'managed', projectId: 'own'}, 'managed'],
    [{projectId: 'own'}, 'own'],
    [{managedProjectId: ' ', projectId: 'own'}, 'own'],
    [{}, null],
  ])('names the project: %j', async (rest, project) => {
    expect(credentialOf((await found({[accountsPath]: file(entry('a', '1//r', rest))}))[0]).project).toBe(project);
  });

  it('is found in the first of its places that has one', async () => {
    const home = await withHome({
      'own/antigravity-accounts.json': file(entry('own', '1//1')),
      'xdg/opencode/antigravity-accounts.json': file(entry('xdg', '1//2')),
      [accountsPath]: file(entry('plain', '1//3')),
      'roaming/opencode/antigravity-accounts.json': file(entry('roaming', '1//4')),
    });
    const at = (name: string) => join(home.path, name);
    const label = async (env: Record<string, string>, platform = 'linux', path = home.path) =>
      (await google.discover(home.machine({env, platform, home: path}))).map(({label}) => label);
    expect(await label({OPENCODE_CONFIG_DIR: at('own'), XDG_CONFIG_HOME: at('xdg')})).toEqual(['own']);
    expect(await label({XDG_CONFIG_HOME: at('xdg')})).toEqual(['xdg']);
    for (const platform of ['linux', 'darwin', 'win32'])
      expect(await label({APPDATA: at('roaming')}, platform)).toEqual(['plain']);
    expect(await label({APPDATA: at('roaming')}, 'win32', at('nobody'))).toEqual(['roaming']);
  });

  it('holds an account once: the entry used last', async () => {
    const accounts = await found({
      [accountsPath]: file(
        entry('a@b.example', '1//old', {lastUsed: 1000}),
        entry('A@b.example', '1//new', {lastUsed: 5000}),
        entry(undefined, '1//new'),
      ),
    });
    expect(accounts.map(account => credentialOf(account).refresh)).toEqual(['1//new']);
  });

  it('tells an account that is switched off without asking', async () => {
    const [account] = await found({[accountsPath]: file(entry('a', '1//r', {enabled: false}))});
    expect(account?.staticReading).toEqual({plan: null, windows: [], amounts: [], notes: [{code: 'disabled'}]});
    expect(account?.problem).toBeUndefined();
  });

  it('tells an account that has to be verified, with the page for it', async () => {
    const rest = {verificationRequired: true, verificationUrl: 'https://accounts.google.com/v'};
    const [account] = await found({[accountsPath]: file(entry('a', '1//r', rest))});
    expect(account?.problem).toMatchObject({
      code: 'auth_rejected',
      remedy: {code: 'verify', name: 'Google', url: 'https://accounts.google.com/v'},
    });
    const unsafe = {verificationRequired: true, verificationUrl: 'javascript:alert(1)'};
    const [other] = await found({[accountsPath]: file(entry('a', '1//r', unsafe))});
    expect(other?.problem?.remedy).toEqual({code: 'verify', name: 'Google'});
  });

  it('says both of an account that was switched off because it has to be verified', async () => {
    const [first, second] = await found({[accountsPath]: fixture('accounts-v4')});
    expect([first?.problem, first?.staticReading]).toEqual([undefined, undefined]);
    expect(second?.problem?.remedy?.code).toBe('verify');
    expect(second?.staticReading?.notes).toEqual([{code: 'disabled'}]);
  });

  it("brings the plugin's own numbers as a last resort, with their age", async () => {
    const [account] = await found({[accountsPath]: fixture('accounts-v4')});
    expect(account?.cached?.readAt).toBe(1_791_331_000_000);
    expect(lines(account?.cached?.reading.windows ?? [])).toEqual([
      'gemini/weekly unknown unverified',
      'claude-gpt/weekly known 60 2026-10-07T13:40:00.000Z',
    ]);
    expect(account?.cached?.reading.notes).toEqual([{code: 'google/cached', at: 1_791_331_000_000}]);
  });

  it.each([
    [
      {'gemini-pro': {}, claude: {remainingFraction: 'x'}},
      ['gemini/5h unknown not reported', 'claude-gpt/5h unknown reported as a fraction outside 0 to 1'],
    ],
    [{'gemini-pro': {remainingFraction: 1}}, ['gemini/5h unknown unverified']],
    [{claude: {remainingFraction: 1}}, ['claude-gpt/5h unknown unverified']],
    [{claude: {remainingFraction: 0}}, ['claude-gpt/5h unknown not reported']],
    [
      {claude: {remainingFraction: 0, resetTime: (now + hour) / 1000}},
      ['claude-gpt/5h known 100 2026-09-01T23:00:00.000Z'],
    ],
    [
      {claude: {remainingFraction: 0.3, resetTime: (now + 60 * hour) / 1000}},
      ['claude-gpt/weekly known 70 2026-09-04T10:00:00.000Z'],
    ],
    [
      {'gemini-pro': {remainingFraction: 0.5}, 'gemini-flash': {}, claude: {remainingFraction: 0.5}},
      ['gemini/5h unknown unverified', 'claude-gpt/5h known 50'],
    ],
  ])('invents nothing from %j', async (cachedQuota, expected) => {
    const rest = {cachedQuota, cachedQuotaUpdatedAt: now - hour};
    const [account] = await found({[accountsPath]: file(entry('a', '1//r', rest))});
    expect(lines(account?.cached?.reading.windows ?? [])).toEqual(expected);
  });

  it.each([
    ['{"accounts": [', 'it is not valid JSON'],
    ['{"version": 4}', 'no list of accounts'],
    ['{"accounts": [{"email": "a@b.example"}, 7]}', 'no account in it has a refresh token'],
  ])('is a problem of its own when it is broken: %s', async (text, why) => {
    const [account, ...others] = await found({[accountsPath]: text});
    expect(others).toEqual([]);
    expect(account?.problem?.detail).toContain(why);
    expect(account).toMatchObject({source: 'antigravity-accounts.json', problem: {remedy: {code: 'fix-file'}}});
  });

  it.skipIf(process.getuid?.() === 0)('says when it may not be read', async () => {
    const home = await withHome({[accountsPath]: file(entry('a', '1//r'))});
    await chmod(join(home.path, accountsPath), 0);
    expect((await google.discover(home.machine()))[0]?.problem?.remedy?.code).toBe('file-permissions');
  });

  it('holds nothing when its list is empty', async () => {
    expect(await found({[accountsPath]: file()})).toEqual([]);
  });
});

describe("opencode's login", () => {
  it.each([
    ['tok', 'tok', null],
    ['tok|', 'tok', null],
    ['tok|proj', 'tok', 'proj'],
    ['tok||managed', 'tok', 'managed'],
    ['tok|proj|managed', 'tok', 'managed'],
  ])('%s is unpacked', async (packed, refresh, project) => {
    const [account] = await found({[authPath]: {google: oauth(packed)}});
    expect(credentialOf(account)).toMatchObject({refresh, project});
    expect(account).toMatchObject({label: 'Google account', source: 'opencode auth.json'});
  });

  it('brings its access token along', async () => {
    const [account] = await found({[authPath]: {google: oauth('tok', {access: 'ya29.live', expires: now + hour})}});
    expect(credentialOf(account).access).toEqual({token: 'ya29.live', expiresAt: now + hour});
    expect(account?.secrets).toEqual(['tok', 'ya29.live']);
  });

  it('is found under the names of the other plugins, with the project of their variables', async () => {
    const env = {GOOGLE_CLOUD_PROJECT: 'gcp', OPENCODE_AGY_PROJECT_ID: 'agy'};
    const auth = {
      google: {type: 'api', key: 'AIza-not-this'},
      'google-agy': oauth('one'),
      'opencode-agy-auth/': oauth('two|p'),
    };
    const accounts = await found({[authPath]: auth}, {env});
    expect(accounts.map(account => [credentialOf(account).refresh, credentialOf(account).project])).toEqual([
      ['one', 'agy'],
      ['two', 'p'],
    ]);
    expect(accounts[0]?.source).toBe('opencode auth.json (google-agy)');
  });

  it('is not an API key of another product', async () => {
    expect(await found({[authPath]: {google: {type: 'api', key: 'AIza-not-this'}}})).toEqual([]);
  });

  it('is found in OPENCODE_AUTH_CONTENT and in the store of opencode 2', async () => {
    const env = {OPENCODE_AUTH_CONTENT: JSON.stringify({google: oauth('env')})};
    expect(credentialOf((await found({}, {env}))[0]).refresh).toBe('env');
    const home = await withHome({[authPath]: {google: oauth('stale')}});
    await writeStore(home, [{id: 'cred_1', integration: 'google', value: oauth('live|p'), active: 1}]);
    const [account] = await google.discover(home.machine());
    expect(account?.source).toBe('opencode store');
    expect(credentialOf(account)).toMatchObject({refresh: 'live', project: 'p'});
  });

  it('whose file is broken is said only when there is no other login', async () => {
    const broken = {[authPath]: '{'};
    expect((await found(broken))[0]).toMatchObject({
      source: 'opencode auth.json',
      problem: {remedy: {code: 'fix-file'}},
    });
    const both = await found({...broken, [accountsPath]: file(entry('a', '1//r'))});
    expect(both.map(({label}) => label)).toEqual(['a']);
  });
});

describe('an account found in several places', () => {
  it('is one; the first place speaks for it and the others add what it did not know', async () => {
    const accounts = await found({
      [accountsPath]: file(entry('me@example.com', '1//r')),
      [authPath]: {google: oauth('1//r|proj', {access: 'ya29.live', expires: now + hour})},
    });
    expect(summary(accounts)).toEqual(['me@example.com from antigravity-accounts.json']);
    expect(credentialOf(accounts[0])).toMatchObject({project: 'proj', access: {token: 'ya29.live'}});
  });

  it('keeps its key when its refresh token changes', async () => {
    const keys = await Promise.all(
      ['1//old', '1//new'].map(async token => (await found({[accountsPath]: file(entry('me@example.com', token))}))[0]),
    );
    expect(keys[0]?.key).toBe(keys[1]?.key);
    expect(keys[0]?.fingerprint).not.toBe(keys[1]?.fingerprint);
  });
});

describe('our own store', () => {
  const stored = (secret: string, fields: Record<string, string> = {}, label?: string) => ({
    stored: async () => [{id: '1', provider: 'google', secret, fields, ...(label === undefined ? {} : {label})}],
  });

  it('keeps a refresh token, with its project and its client', async () => {
    const [account] = await found(
      {},
      stored('1//r', {projectId: 'p', clientId: 'id', clientSecret: 'test-client-secret'}, 'work'),
    );
    expect(account).toMatchObject({label: 'work', stored: true, source: 'mystatus-tui login'});
    expect(credentialOf(account)).toMatchObject({
      refresh: '1//r',
      project: 'p',
      client: {id: 'id', secret: 'test-client-secret'},
    });
  });

  it('may point at an accounts file, in a field or in place of the secret', async () => {
    const files = {'elsewhere/accounts.json': file(entry('me@example.com', '1//r'))};
    for (const options of [
      stored('', {accountsFile: '~/elsewhere/accounts.json'}),
      stored('~/elsewhere/accounts.json'),
    ]) {
      const [account] = await found(files, options);
      expect(account).toMatchObject({label: 'me@example.com', stored: true});
    }
    expect((await found({}, stored('~/elsewhere/accounts.json')))[0]?.problem?.remedy?.code).toBe('fix-file');
  });

  it('may hold no more than the client for the logins found elsewhere', async () => {
    const options = stored('', {clientId: 'id', clientSecret: 'test-client-secret'});
    const accounts = await found({[accountsPath]: file(entry('a', '1//r'))}, options);
    expect(accounts.map(account => credentialOf(account).client?.id)).toEqual(['id']);
  });

  it('is a wish to see the account, even if the plugin has switched it off', async () => {
    const files = {[accountsPath]: file(entry('a', '1//r', {enabled: false}))};
    expect((await found(files, stored('1//r')))[0]?.staticReading).toBeUndefined();
  });
});

describe("the vendor's own files", () => {
  const token = (rest: object = {}) => ({
    token: {
      access_token: 'ya29.agy',
      refresh_token: '1//agy',
      token_type: 'Bearer',
      expiry: '2026-09-01T23:00:00.123456789+00:00',
    },
    auth_method: 'consumer',
    ...rest,
  });

  it.each([
    '.gemini/antigravity-cli/antigravity-oauth-token',
    '.gemini/jetski-standalone-oauth-token',
    '.gemini/antigravity-acp/acp_token.json',
    '.gemini/antigravity/acp/acp_token.json',
  ])('%s is read', async path => {
    const [account] = await found({[path]: token()});
    expect(account).toMatchObject({label: 'Google account', source: 'Antigravity login'});
    expect(credentialOf(account)).toMatchObject({
      refresh: '1//agy',
      access: {token: 'ya29.agy', expiresAt: Date.parse('2026-09-01T23:00:00.123Z')},
    });
  });

  it('are found through their variables, with the token at the top too', async () => {
    const home = await withHome({
      'g/jetski-standalone-oauth-token': {access_token: 'ya29.one'},
      'h/.gemini/jetski-standalone-oauth-token': {access_token: 'ya29.two'},
    });
    const first = await google.discover(home.machine({env: {GEMINI_HOME: join(home.path, 'g')}}));
    const second = await google.discover(home.machine({env: {GEMINI_CLI_HOME: join(home.path, 'h')}}));
    expect([...first, ...second].map(account => credentialOf(account).access?.token)).toEqual(['ya29.one', 'ya29.two']);
  });

  it('are looked at beside other logins only when they say whose they are', async () => {
    const path = '.gemini/jetski-standalone-oauth-token';
    const files = {[accountsPath]: file(entry('me@example.com', '1//r'))};
    expect(await found({...files, [path]: token()})).toHaveLength(1);
    expect(await found({...files, [path]: token({id_token: idToken('Me@example.com')})})).toHaveLength(1);
    expect(await found({...files, [path]: token({id_token: idToken('other@example.com')})})).toHaveLength(2);
  });

  it("include CodexBar's copy, which has a client of its own", async () => {
    const creds = {
      ...{access_token: 'ya29.bar', refresh_token: '1//bar', expiry_date: now + hour, email: 'bar@example.com'},
      ...{project_id: 'p', client_id: 'id', client_secret: 'test-client-secret'},
    };
    const [account] = await found({'.codexbar/antigravity/oauth_creds.json': creds});
    expect(account?.label).toBe('bar@example.com');
    expect(credentialOf(account)).toMatchObject({project: 'p', client: {id: 'id', secret: 'test-client-secret'}});
  });

  it('that are broken are passed over', async () => {
    expect(
      await found({'.gemini/jetski-standalone-oauth-token': '{', '.codexbar/antigravity/oauth_creds.json': '[]'}),
    ).toEqual([]);
  });
});

describe('what is found', () => {
  it('is nothing on a machine without Google', async () => {
    expect(await found({})).toEqual([]);
  });

  it('never shows a secret or an e-mail in a key or a fingerprint, and no control character in a label', async () => {
    const [account] = await found({[accountsPath]: file(entry('me\u001b[31m@example.com', '1//refresh'))});
    expect(account?.label).toBe('me@example.com');
    expect(`${account?.key} ${account?.fingerprint}`).not.toMatch(/example|refresh/);
  });

  it('in the demo is two accounts, the second switched off, and a client from the plugin', async () => {
    const accounts = await found(demo.files(now));
    expect(accounts.map(({label, staticReading}) => [label, staticReading !== undefined])).toEqual([
      ['sky@demo.example', false],
      ['ground@demo.example', true],
    ]);
    expect(credentialOf(accounts[0]).client).toEqual({id: 'demo-client-id', secret: 'test-client-secret'});
    expect(accounts[0]?.secrets).toContain('test-client-secret');
  });
});
