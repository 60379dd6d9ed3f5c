import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {openai} from '../../../src/providers/openai/index.ts';
import {now, storePath, withHome, writeStore} from '../shared/home.ts';
import {accessToken, accountA, accountB, codexFile, jwt, opencodeEntry} from './tokens.ts';

const codexPath = '.codex/auth.json';
const opencodePath = '.local/share/opencode/auth.json';
const later = now / 1000 + 900_000;
const sooner = now / 1000 + 1000;

const sources = (accounts: Account[]): string[] => accounts.map(({source}) => source);
const labels = (accounts: Account[]): string[] => accounts.map(({label}) => label);
const tokenOf = (account?: Account): unknown => (account?.credential as {token?: unknown} | null)?.token;
const problems = (accounts: Account[]) =>
  accounts.map(({source, problem}) => `${source}: ${problem?.code} ${problem?.remedy?.code}`);

const identityOf = (account?: Account): unknown => (account?.credential as {identity?: unknown} | null)?.identity;
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8'));
/** Our own store with these secrets in it. */
const storedAs = (...entries: {secret: string; fields?: Record<string, string>; label?: string}[]) => ({
  stored: async () =>
    entries.map((entry, at) => ({id: `s${at}`, provider: 'openai', fields: {} as Record<string, string>, ...entry})),
});

const found = async (files: Record<string, unknown>, options = {}): Promise<Account[]> =>
  openai.discover((await withHome(files)).machine(options));

describe('Codex', () => {
  it('is found in the home directory', async () => {
    const token = accessToken();
    const [account, ...others] = await found({
      [codexPath]: codexFile(token, {id_token: jwt({email: 'user@example.com'})}),
    });
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      provider: 'openai',
      label: 'user@example.com',
      source: 'codex auth.json',
      expiresAt: now + 864_000_000,
      stored: false,
    });
    expect(account?.key).toMatch(/^openai:[0-9a-f]{8}$/);
    expect(tokenOf(account)).toBe(token);
  });

  it('is found in its legacy place only when the new one is empty', async () => {
    const [a, b] = [accessToken(), accessToken({account: accountB})];
    expect(tokenOf((await found({'.config/codex/auth.json': codexFile(a)}))[0])).toBe(a);
    const both = await found({[codexPath]: codexFile(b), '.config/codex/auth.json': codexFile(a)});
    expect(both.map(tokenOf)).toEqual([b]);
  });

  it('is looked for nowhere else when CODEX_HOME is set', async () => {
    const home = await withHome({
      [codexPath]: codexFile(accessToken()),
      'work/auth.json': codexFile(accessToken({account: accountB})),
    });
    const at = (CODEX_HOME: string) => openai.discover(home.machine({env: {CODEX_HOME}}));
    expect((await at(join(home.path, 'work'))).map(tokenOf)).toEqual([accessToken({account: accountB})]);
    expect(await at(join(home.path, 'nothing'))).toEqual([]);
    expect(await at('')).toHaveLength(1);
  });

  it('is found below the home directory on Windows and macOS', async () => {
    for (const platform of ['win32', 'darwin'])
      expect(await found({[codexPath]: codexFile(accessToken())}, {platform})).toHaveLength(1);
  });

  it('is read in every spelling of its file', async () => {
    const token = accessToken();
    const files = [
      {tokens: {accessToken: token, refreshToken: 'refresh-of-codex', idToken: jwt({email: 'a@example.com'})}},
      {tokens: {access_token: token, account_id: null, refresh_token: 'refresh-of-codex'}},
      {access_token: token, refresh_token: 'refresh-of-codex'},
      {tokens: null, access_token: token, refresh_token: 'refresh-of-codex', OPENAI_API_KEY: 'sk-test'},
      codexFile(token, {id_token: {email: 'user@example.com'}}),
    ];
    for (const file of files) {
      const [account] = await found({[codexPath]: file});
      expect(tokenOf(account)).toBe(token);
      expect(account?.secrets).toEqual(expect.arrayContaining([token, 'refresh-of-codex']));
    }
  });

  it('labels an account by the id token, stored as text or decoded', async () => {
    const anonymous = accessToken({email: ''});
    const texts = [{id_token: jwt({email: 'id@example.com'})}, {id_token: {email: 'id@example.com'}}];
    for (const tokens of texts)
      expect(labels(await found({[codexPath]: codexFile(anonymous, tokens)}))).toEqual(['id@example.com']);
    expect(labels(await found({[codexPath]: codexFile(anonymous)}))).toEqual(['account 11111111']);
  });

  it('takes the login that auth_mode names, whatever else was left in the file', async () => {
    const [account, ...others] = await found({[codexPath]: fixture('codex/personal-access-token')});
    expect(others).toEqual([]);
    expect(tokenOf(account)).toBe('at-invented');
    // Neither the older login's workspace nor its end.
    expect(identityOf(account)).toMatchObject({accountId: null, email: null});
    expect(account).toMatchObject({label: 'codex auth.json', expiresAt: null});
  });

  const everything = {
    OPENAI_API_KEY: 'sk-test-key',
    bedrock_api_key: 'bedrock-test-key',
    personal_access_token: 'at-test-token',
    agent_identity: 'agent-test-token',
    tokens: {access_token: 'opaque-access', refresh_token: 'refresh-of-codex'},
  };

  it.each([
    ['chatgpt', 'opaque-access'],
    ['ChatGPT', 'opaque-access'],
    ['chatgptAuthTokens', 'opaque-access'],
    ['personalAccessToken', 'at-test-token'],
    ['personal_access_token', 'at-test-token'],
    // What codex takes where no mode, or none that is known, is named.
    ['hologram', 'at-test-token'],
    [undefined, 'at-test-token'],
    [7, 'at-test-token'],
  ])('uses, where auth_mode is %j, %s', async (auth_mode, token) => {
    const accounts = await found({[codexPath]: {...everything, auth_mode}});
    expect(accounts.map(tokenOf)).toEqual([token]);
  });

  it.each([
    ['apikey', 'no_plan openai/api-key', 'sk-test-key'],
    ['apiKey', 'no_plan openai/api-key', 'sk-test-key'],
    ['bedrockApiKey', 'no_plan openai/api-key', 'bedrock-test-key'],
    ['bedrockAccessKeys', 'no_plan openai/api-key', 'bedrock-test-key'],
    ['agentIdentity', 'no_credentials run', 'agent-test-token'],
  ])('sends no token where auth_mode is %s, and says why nothing can be asked', async (auth_mode, why, secret) => {
    const accounts = await found({[codexPath]: {...everything, auth_mode}});
    expect(problems(accounts)).toEqual([`codex auth.json: ${why}`]);
    expect(accounts[0]).toMatchObject({credential: null, secrets: expect.arrayContaining([secret])});
    const env = {CODEX_TOKEN: accessToken()};
    expect(sources(await found({[codexPath]: {...everything, auth_mode}}, {env}))).toEqual(['CODEX_TOKEN']);
  });

  it('finds nothing where the login that auth_mode names is signed out', async () => {
    const {tokens, personal_access_token, ...rest} = everything;
    expect(await found({[codexPath]: {...rest, personal_access_token, tokens: null, auth_mode: 'chatgpt'}})).toEqual(
      [],
    );
    expect(await found({[codexPath]: {...rest, tokens, auth_mode: 'personalAccessToken'}})).toEqual([]);
    const broken = {...rest, personal_access_token: 7, auth_mode: 'personalAccessToken'};
    expect(problems(await found({[codexPath]: broken}))).toEqual(['codex auth.json: no_credentials fix-file']);
  });

  it('keeps the private key of an agent identity to itself, also in older files', async () => {
    const agent_identity = {agent_runtime_id: 'r', agent_private_key: 'private-test-key'};
    const [account] = await found({[codexPath]: {agent_identity}});
    expect(account?.secrets).toEqual(['private-test-key']);
    expect(account?.problem?.detail).toContain('agent identity');
  });

  it('tries a personal access token of which nothing is known', async () => {
    const file = {auth_mode: 'personal_access_token', personal_access_token: 'at-test-token', tokens: null};
    const [account] = await found({[codexPath]: file});
    expect(account).toMatchObject({label: 'codex auth.json', expiresAt: null, secrets: ['at-test-token']});
    expect(account?.problem).toBeUndefined();
  });

  it.each([{tokens: null}, {}, {bedrock_api_key: 'x', OPENAI_API_KEY: null}])(
    'says that an API key login has no plan quota (%j)',
    async rest => {
      const [account, ...others] = await found({[codexPath]: {OPENAI_API_KEY: 'sk-test-key', ...rest}});
      expect(others).toEqual([]);
      expect(account?.problem).toMatchObject({code: 'no_plan', remedy: {code: 'openai/api-key'}});
      expect(account?.secrets).toHaveLength(1);
      expect(JSON.stringify(account?.problem)).not.toContain('sk-test-key');
    },
  );

  it('does not speak of the API key when there is a login that can be asked', async () => {
    const env = {CODEX_TOKEN: accessToken()};
    expect(sources(await found({[codexPath]: {OPENAI_API_KEY: 'sk-test-key'}}, {env}))).toEqual(['CODEX_TOKEN']);
  });

  it('finds nothing in a file that a sign-out left behind', async () => {
    expect(await found({[codexPath]: {auth_mode: 'chatgpt', OPENAI_API_KEY: null, tokens: null}})).toEqual([]);
  });

  it.each([
    ['{"tokens": {"access', 'it is not valid JSON'],
    ['', 'it is empty'],
    ['[]', 'it does not contain a JSON object'],
    ['"text"', 'it does not contain a JSON object'],
    ['null', 'it does not contain a JSON object'],
    ['{"tokens": {"access_token": 5}}', 'its tokens have an unknown format'],
    ['{"tokens": ["x"]}', 'its tokens have an unknown format'],
    ['{"tokens": {"refresh_token": "x"}}', 'its tokens have an unknown format'],
    ['{"tokens": {"access_token": "one\\ntwo"}}', 'its token contains invalid characters'],
    ['{"tokens": {"access_token": "schlüssel"}}', 'its token contains invalid characters'],
  ])('says what is wrong with %s', async (content, why) => {
    const [account, ...others] = await found({[codexPath]: content});
    expect(others).toEqual([]);
    expect(account?.problem).toMatchObject({
      detail: `codex auth.json: ${why}`,
      remedy: {code: 'fix-file', name: 'codex auth.json'},
    });
  });

  it('says so even when another login works', async () => {
    const files = {[codexPath]: 'broken', [opencodePath]: {openai: opencodeEntry(accessToken())}};
    const accounts = await found(files);
    expect(problems(accounts)).toEqual([
      'opencode auth.json: undefined undefined',
      'codex auth.json: no_credentials fix-file',
    ]);
  });

  it('names missing permissions', async () => {
    const home = await withHome();
    // Whoever runs the tests may be allowed to read everything.
    const machine = {
      ...home.machine(),
      readJson: async () => ({state: 'unreadable', why: 'permission denied', reason: 'forbidden'}) as const,
    };
    expect(problems(await openai.discover(machine))).toEqual(['codex auth.json: no_credentials file-permissions']);
  });

  it('says that a login in the system keyring is not read', async () => {
    for (const mode of ['keyring', 'auto']) {
      const config = `model = "x"\n  cli_auth_credentials_store = "${mode}" # why not\n`;
      const [account] = await found({'.codex/config.toml': config});
      expect(account?.problem).toMatchObject({code: 'no_credentials', remedy: {code: 'run', command: 'codex'}});
      expect(account?.problem?.detail).toContain('keyring');
    }
  });

  it('is quiet about the keyring when the file is there, is wanted, or another login works', async () => {
    const keyring = {'.codex/config.toml': 'cli_auth_credentials_store = "keyring"'};
    expect(sources(await found({...keyring, [codexPath]: codexFile(accessToken())}))).toEqual(['codex auth.json']);
    expect(sources(await found(keyring, {env: {CODEX_TOKEN: accessToken()}}))).toEqual(['CODEX_TOKEN']);
    expect(await found({'.codex/config.toml': 'cli_auth_credentials_store = "file"\n'})).toEqual([]);
    expect(await found({'.codex/config.toml': '# cli_auth_credentials_store = "keyring"\n'})).toEqual([]);
  });
});

describe('identity', () => {
  const keyOf = async (access: string, tokens: Record<string, unknown> = {}): Promise<string | undefined> =>
    (await found({[codexPath]: codexFile(access, tokens)}))[0]?.key;

  it('is the account id: stored, then claimed at the top, then in the auth claim, then the first organization', async () => {
    const plain = accessToken({account: null});
    const known = await keyOf(plain, {account_id: accountA});
    expect(await keyOf(accessToken({account: accountB}), {account_id: accountA})).toBe(known);
    expect(await keyOf(accessToken({account: accountB, claims: {chatgpt_account_id: accountA}}))).toBe(known);
    expect(await keyOf(accessToken({account: accountA}))).toBe(known);
    expect(await keyOf(plain, {id_token: jwt({chatgpt_account_id: accountA})})).toBe(known);
    expect(await keyOf(accessToken({account: null, auth: {organizations: [{id: accountA}]}}))).toBe(known);
    expect(await keyOf(plain, {id_token: jwt({organizations: [{id: accountA}, {id: accountB}]})})).toBe(known);
    expect(await keyOf(accessToken({account: accountB}))).not.toBe(known);
  });

  it('is the first organization that has an id, where nothing else names an account', async () => {
    const tokens = {id_token: jwt(fixture('openai/jwt-id-blank-organization')), account_id: null};
    const [account] = await found({[codexPath]: codexFile(jwt({exp: later}), tokens)});
    expect(identityOf(account)).toMatchObject({accountId: 'org-later', email: 'member@example.com'});
    const blank = {organizations: [null, {}, {id: null}, {id: ' '}, 'x', {id: accountA}]};
    const known = await keyOf(accessToken({account: accountA}));
    expect(await keyOf(accessToken({account: null, auth: blank}))).toBe(known);
    expect(await keyOf(accessToken({account: ' '}), {account_id: '', id_token: jwt(blank)})).toBe(known);
  });

  it('is the token itself when nothing names an account', async () => {
    const [one, two] = [accessToken({account: null}), accessToken({account: null, plan: 'pro'})];
    expect(await keyOf(one)).toBe(await keyOf(one));
    expect(await keyOf(one)).not.toBe(await keyOf(two));
    expect(await keyOf('opaque-token')).toMatch(/^openai:/);
  });

  it('stays when the token is renewed, and the fingerprint tells', async () => {
    const [old] = await found({[codexPath]: codexFile(accessToken())});
    const [renewed] = await found({[codexPath]: codexFile(accessToken({exp: later}))});
    expect(renewed?.key).toBe(old?.key);
    expect(renewed?.fingerprint).not.toBe(old?.fingerprint);
  });

  it('ignores an account id that no header could carry', async () => {
    const [account] = await found({[codexPath]: codexFile(accessToken(), {account_id: 'a\r\nX-Evil: 1'})});
    expect(account?.key).toBe(await keyOf(accessToken()));
  });

  it('never lets a key, a fingerprint or a label carry a secret', async () => {
    const [account] = await found({[codexPath]: codexFile('opaque-token-of-someone')});
    expect(JSON.stringify([account?.key, account?.fingerprint, account?.label])).not.toContain('opaque-token');
  });
});

describe('one account in several places', () => {
  const two = (codexExp: number, opencodeExp: number) => ({
    [codexPath]: codexFile(accessToken({exp: codexExp})),
    [opencodePath]: {openai: opencodeEntry(accessToken({exp: opencodeExp}))},
  });

  it('is one account, and the later expiry wins', async () => {
    expect(sources(await found(two(later, sooner)))).toEqual(['codex auth.json']);
    expect(sources(await found(two(sooner, later)))).toEqual(['opencode auth.json']);
    expect(sources(await found(two(later, later)))).toEqual(['opencode auth.json']);
  });

  it('is two accounts when the workspaces differ, told apart by plan and id', async () => {
    const accounts = await found({
      [codexPath]: codexFile(accessToken({account: accountB, plan: 'team'})),
      [opencodePath]: {openai: opencodeEntry(accessToken())},
    });
    expect(labels(accounts)).toEqual(['user@example.com (Plus 11111111)', 'user@example.com (Team 99999999)']);
  });

  it.each([
    ['11111111-2222-3333-4444-666666666666', '55555555', '66666666'],
    ['11111111-9999-3333-4444-555555555555', accountA, '11111111-9999-3333-4444-555555555555'],
  ])('shows the part of the ids that differs: %s', async (account, here, there) => {
    const accounts = await found({
      [codexPath]: codexFile(accessToken({account})),
      [opencodePath]: {openai: opencodeEntry(accessToken())},
    });
    expect(labels(accounts)).toEqual([`user@example.com (Plus ${here})`, `user@example.com (Plus ${there})`]);
  });

  it('keeps plain labels for different people', async () => {
    const accounts = await found({
      [codexPath]: codexFile(accessToken({account: accountB, email: 'other@example.com'})),
      [opencodePath]: {openai: opencodeEntry(accessToken())},
    });
    expect(labels(accounts)).toEqual(['user@example.com', 'other@example.com']);
  });

  it('is looked for in the environment, then our own store, then opencode, then Codex', async () => {
    const token = (index: number) => accessToken({account: `account-${index}`, email: `${index}@example.com`});
    const stored = async () => [{id: 's', provider: 'openai', secret: token(3), fields: {}, label: 'Work'}];
    const accounts = await found(
      {[codexPath]: codexFile(token(5)), [opencodePath]: {openai: opencodeEntry(token(4))}},
      {env: {CODEX_TOKEN: token(2), CODEX_ACCESS_TOKEN: token(1)}, stored},
    );
    expect(sources(accounts)).toEqual([
      'CODEX_ACCESS_TOKEN',
      'CODEX_TOKEN',
      'mystatus-tui login',
      'opencode auth.json',
      'codex auth.json',
    ]);
    expect(accounts.map(({stored}) => stored)).toEqual([false, false, true, false, false]);
    expect(labels(accounts)[2]).toBe('Work');
  });

  it('takes a token that was copied with Bearer before it', async () => {
    const token = accessToken();
    const stored = async () => [{id: 's', provider: 'openai', secret: `Bearer ${token}`, fields: {}}];
    const [account] = await found({}, {stored});
    expect(tokenOf(account)).toBe(token);
    // The stored text is how our own store knows it again.
    expect(account?.secrets).toEqual([token, `Bearer ${token}`]);
    expect((await found({}, {env: {CODEX_TOKEN: `bearer ${token}`}})).map(tokenOf)).toEqual([token]);
  });

  it('says of what was given by hand that it must be given again', async () => {
    const secret = 'not a token';
    const stored = async () => [{id: 's', provider: 'openai', secret, fields: {}}];
    const [own] = await found({}, {stored});
    expect(own).toMatchObject({stored: true, secrets: [secret]});
    expect(own?.problem?.remedy).toEqual({code: 'replace-credential', name: 'openai'});
    const [given] = await found({}, {env: {CODEX_TOKEN: secret}});
    expect(given).toMatchObject({stored: false});
    expect(given?.problem?.remedy).toEqual({code: 'replace-credential', name: 'CODEX_TOKEN'});
  });

  it('takes the account id that was stored by hand', async () => {
    const stored = async () => [{id: 's', provider: 'openai', secret: 'opaque', fields: {accountId: accountA}}];
    const [account] = await found({}, {stored});
    expect(account?.key).toBe((await found({[codexPath]: codexFile(accessToken())}))[0]?.key);
  });

  it('prefers a login without a told end to one that has ended', async () => {
    const ended = codexFile(accessToken({exp: now / 1000 - 60}));
    const stored = async () => [{id: 's', provider: 'openai', secret: 'opaque', fields: {accountId: accountA}}];
    expect(sources(await found({[codexPath]: ended}, {stored}))).toEqual(['mystatus-tui login']);
    const opaque = codexFile('opaque', {account_id: accountA});
    const files = {[codexPath]: opaque, [opencodePath]: {openai: opencodeEntry(accessToken({exp: now / 1000 - 60}))}};
    expect(sources(await found(files))).toEqual(['codex auth.json']);
  });
});

describe('members of one workspace', () => {
  const member = (user: string | null, init: {plan?: string; email?: string; exp?: number; account?: string} = {}) =>
    accessToken({
      account: 'workspace-1',
      plan: 'team',
      email: user === null ? '' : `${user}@example.com`,
      auth: user === null ? {} : {chatgpt_user_id: user},
      ...init,
    });
  const accountsOf = (...secrets: string[]) => found({}, storedAs(...secrets.map(secret => ({secret}))));
  const keyOf = async (...secrets: string[]) => (await accountsOf(...secrets)).map(({key}) => key);

  it('are two accounts', async () => {
    const [a, b] = fixture('openai/jwt-access-two-members').map(jwt);
    const accounts = await found({
      [opencodePath]: {openai: opencodeEntry(a)},
      [codexPath]: codexFile(b, {account_id: 'workspace-1'}),
    });
    expect(accounts.map(tokenOf)).toEqual([a, b]);
    expect(labels(accounts)).toEqual(['member-a@example.com', 'member-b@example.com']);
    expect(new Set(accounts.map(({key}) => key)).size).toBe(2);
  });

  it.each(['team', 'plus', 'galactic_max'])('are told by any of their claims (plan %s)', async plan => {
    const claimed = (auth: object, claims = {}) => accessToken({account: 'workspace-1', plan, auth: {...auth}, claims});
    const forms = [
      claimed({chatgpt_user_id: 'member-b'}),
      claimed({user_id: 'member-b'}),
      claimed({}, {chatgpt_user_id: 'member-b'}),
      claimed({chatgpt_user_id: ' ', user_id: 'member-b'}),
    ];
    const a = claimed({chatgpt_user_id: 'member-a', user_id: 'member-a'});
    for (const form of forms) expect(await accountsOf(a, form)).toHaveLength(2);
    expect(await accountsOf(a, ...forms)).toHaveLength(2);
    const idToken = {id_token: jwt({'https://api.openai.com/auth': {chatgpt_user_id: 'member-b'}})};
    const files = {[codexPath]: codexFile(claimed({}), idToken), [opencodePath]: {openai: opencodeEntry(a)}};
    expect(await found(files)).toHaveLength(2);
  });

  it('are told apart by their own ids where nothing else differs', async () => {
    const email = 'shared@example.com';
    const accounts = await accountsOf(member('user-aaaaaaaa', {email}), member('user-bbbbbbbb', {email}));
    expect(labels(accounts)).toEqual(['shared@example.com (Team user-aaa)', 'shared@example.com (Team user-bbb)']);
    const alike = await accountsOf(member('user-x-1', {email}), member('user-x-2', {email}));
    expect(labels(alike)).toEqual(['shared@example.com (Team user-x-1)', 'shared@example.com (Team user-x-2)']);
  });

  it('are not multiplied: one member in several places is one account', async () => {
    const [old, renewed] = [member('member-a'), member('member-a', {exp: later})];
    expect((await accountsOf(old, renewed)).map(tokenOf)).toEqual([renewed]);
    // One place knows only the workspace.
    const blank = storedAs({secret: 'opaque', fields: {accountId: 'workspace-1'}});
    const [only, ...others] = await found({[codexPath]: codexFile(renewed)}, blank);
    expect(others).toEqual([]);
    expect(only?.key).toBe((await accountsOf(renewed))[0]?.key);
    expect(await accountsOf(member(null), renewed)).toHaveLength(1);
    expect(await accountsOf(renewed, member(null))).toHaveLength(1);
    expect(await accountsOf(member(null), member(null, {exp: later}))).toHaveLength(1);
  });

  it('own the login that says only whose e-mail it is', async () => {
    const [a, b] = [member('member-a'), member('member-b')];
    expect(await accountsOf(a, b, member(null, {email: 'Member-B@example.com', exp: later}))).toHaveLength(2);
    // A third person's, and one that may be anybody's.
    expect(await accountsOf(a, b, member(null, {email: 'c@example.com'}))).toHaveLength(3);
    expect(await accountsOf(a, b, member(null))).toHaveLength(3);
    expect(await accountsOf(a, member(null, {email: 'c@example.com'}))).toHaveLength(2);
  });

  it('keep their keys whoever else is there, in whatever order', async () => {
    const [a, b] = [member('member-a'), member('member-b')];
    const [keyA] = await keyOf(a);
    const [keyB] = await keyOf(b);
    expect(await keyOf(a, b)).toEqual([keyA, keyB]);
    expect(await keyOf(b, a)).toEqual([keyB, keyA]);
    expect(await keyOf(member('member-a', {exp: later}))).toEqual([keyA]);
  });

  it.each(['free', 'go', 'plus', 'pro', 'prolite', 'pro_lite', 'pro_20x'])(
    'have no part in the key of a personal account (%s)',
    async plan => {
      const nameless = await keyOf(accessToken({plan}));
      expect(await keyOf(accessToken({plan, auth: {chatgpt_user_id: 'member-a'}}))).toEqual(nameless);
    },
  );

  it('have no part in the key where nobody says who it is, or which plan', async () => {
    const nameless = await keyOf(accessToken({plan: 'team'}));
    expect(await keyOf(accessToken({plan: 'plus'}))).toEqual(nameless);
    expect(await keyOf(accessToken({plan: '', auth: {chatgpt_user_id: 'member-a'}}))).toEqual(nameless);
  });

  it('of two workspaces are two accounts as before', async () => {
    const accounts = await accountsOf(member('member-a'), member('member-a', {account: 'workspace-2'}));
    expect(labels(accounts)).toEqual(['member-a@example.com (Team kspace-1)', 'member-a@example.com (Team kspace-2)']);
  });

  it('leave our own store the login that another tool has fresher', async () => {
    const files = {[codexPath]: codexFile(member('member-a', {exp: later}))};
    const own = member('member-a');
    const [account] = await found(files, storedAs({secret: own}));
    expect(account).toMatchObject({source: 'codex auth.json', stored: false});
    expect(account?.secrets.at(0)).toBe(tokenOf(account));
    expect(account?.secrets).toContain(own);
  });
});

describe('a token that is none', () => {
  const agent = jwt({agent_runtime_id: 'r', agent_private_key: 'k', account_id: accountA, exp: later});

  it.each([
    ['sk-test-key', 'no_plan', 'openai/api-key'],
    ['sk-proj-test-key', 'no_plan', 'openai/api-key'],
    [agent, 'no_credentials', 'run'],
  ])('is not sent, wherever it stands: %s', async (token, code, remedy) => {
    const ways = [
      found({}, {env: {CODEX_ACCESS_TOKEN: token}}),
      found({}, {env: {CODEX_TOKEN: `Bearer ${token}`}}),
      found({}, storedAs({secret: token})),
      found({[codexPath]: codexFile(token)}),
      found({[codexPath]: {auth_mode: 'personalAccessToken', personal_access_token: token}}),
      found({[opencodePath]: {openai: opencodeEntry(token)}}),
    ];
    for (const accounts of await Promise.all(ways)) {
      expect(accounts).toHaveLength(1);
      expect(accounts[0]).toMatchObject({credential: null, problem: {code, remedy: {code: remedy}}});
      expect(accounts[0]?.secrets).toContain(token);
    }
  });

  it('is quiet beside a login that can be asked, unless it was stored by hand', async () => {
    const files = {[codexPath]: codexFile(accessToken())};
    expect(sources(await found(files, {env: {CODEX_ACCESS_TOKEN: 'sk-test-key'}}))).toEqual(['codex auth.json']);
    const accounts = await found(
      files,
      storedAs({secret: 'sk-one', label: 'Work'}, {secret: 'sk-two'}, {secret: 'a b'}),
    );
    expect(labels(accounts)).toEqual(['user@example.com', 'Work', 'mystatus-tui login', 'mystatus-tui login']);
    expect(accounts.map(({stored}) => stored)).toEqual([false, true, true, true]);
  });

  it('of CODEX_ACCESS_TOKEN is a personal access token as well as an access token', async () => {
    const [personal] = await found({}, {env: {CODEX_ACCESS_TOKEN: 'at-test-token'}});
    expect(personal).toMatchObject({source: 'CODEX_ACCESS_TOKEN', expiresAt: null});
    expect(tokenOf(personal)).toBe('at-test-token');
    const [access] = await found({}, {env: {CODEX_ACCESS_TOKEN: accessToken()}});
    expect(access).toMatchObject({label: 'user@example.com'});
  });
});

describe('opencode', () => {
  it.each(['openai', 'codex', 'chatgpt', 'opencode', 'openai/'])('keeps a login under %s', async name => {
    const token = accessToken();
    const [account] = await found({[opencodePath]: {[name]: opencodeEntry(token)}});
    expect(account).toMatchObject({source: 'opencode auth.json', label: 'user@example.com'});
    expect(account?.secrets).toEqual([token, 'refresh-of-opencode']);
  });

  it('uses the expiry of the store only for a token that does not tell its own', async () => {
    const expiry = async (access: string, expires: number) =>
      (await found({[opencodePath]: {openai: opencodeEntry(access, {expires})}}))[0]?.expiresAt;
    expect(await expiry('opaque', now + 5000)).toBe(now + 5000);
    expect(await expiry('opaque', 0)).toBeNull();
    expect(await expiry(accessToken({exp: later}), now - 5000)).toBe(later * 1000);
  });

  it('is read from the place of XDG_DATA_HOME and of Windows', async () => {
    const token = accessToken();
    const home = await withHome({'data/opencode/auth.json': {openai: opencodeEntry(token)}});
    const XDG_DATA_HOME = join(home.path, 'data');
    expect((await openai.discover(home.machine({env: {XDG_DATA_HOME}}))).map(tokenOf)).toEqual([token]);
    const windows = {platform: 'win32', env: {APPDATA: join(home.path, 'data')}};
    expect((await openai.discover(home.machine(windows))).map(tokenOf)).toEqual([token]);
  });

  it('does not take an API key for a login', async () => {
    const api = {type: 'api', key: 'sk-test-key-of-opencode'};
    const accounts = await found({[opencodePath]: {openai: api}});
    expect(problems(accounts)).toEqual(['opencode auth.json: no_plan openai/api-key']);
    expect(await found({[opencodePath]: {opencode: api}})).toEqual([]);
    const both = await found({[opencodePath]: {openai: api, opencode: api, codex: opencodeEntry(accessToken())}});
    expect(both.map(tokenOf)).toEqual([accessToken()]);
  });

  it('leaves a refresh token alone', async () => {
    const accounts = await found({
      [opencodePath]: {openai: {type: 'oauth', refresh: 'refresh-alone', access: '', expires: 0}},
    });
    expect(problems(accounts)).toEqual(['opencode auth.json: expired open']);
    expect(accounts[0]?.secrets).toEqual(['refresh-alone']);
  });

  it('is read from the store of version 2, where the account id stands in the metadata', async () => {
    const home = await withHome({[opencodePath]: {openai: opencodeEntry(accessToken({account: accountB}))}});
    const value = opencodeEntry('opaque-token', {metadata: {accountID: accountA}});
    await writeStore(home, [{id: 'cred_1', value, active: 1}]);
    const accounts = await openai.discover(home.machine());
    expect(accounts.map(tokenOf)).toEqual(['opaque-token']);
    expect(accounts[0]).toMatchObject({source: 'opencode store', label: 'account 11111111'});
  });

  it('speaks of its broken stores only when nobody else can be asked', async () => {
    const home = await withHome({[storePath]: 'no database at all, but long enough to look like one '.repeat(50)});
    expect(problems(await openai.discover(home.machine()))).toEqual(['opencode store: no_credentials restart']);
    await home.write(codexPath, codexFile(accessToken()));
    expect(sources(await openai.discover(home.machine()))).toEqual(['codex auth.json']);
    expect(problems(await found({[opencodePath]: '{"openai":'}))).toEqual([
      'opencode auth.json: no_credentials fix-file',
    ]);
  });
});

it('finds nothing on an empty machine', async () => {
  expect(await found({})).toEqual([]);
});
