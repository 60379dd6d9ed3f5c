import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {gemini} from '../../../src/providers/gemini/index.ts';
import {now, withHome, writeStore} from '../shared/home.ts';
import {fixture, jwt} from './support.ts';

const cli = '.gemini/oauth_creds.json';
const settings = '.gemini/settings.json';
const opencode = '.local/share/opencode/auth.json';
const creds = (more: object = {}) => ({...(fixture('oauth-creds') as object), ...more});
const oauth = (more: object = {}) => ({
  type: 'oauth',
  access: 'ya29.opencode',
  refresh: '1//r|project|managed',
  expires: now + 9e6,
  ...more,
});

const found = async (files: Record<string, unknown>, options = {}) =>
  gemini.discover((await withHome(files)).machine(options));
const shown = (accounts: Account[]) =>
  accounts.map(({source, credential, problem}) => [
    source,
    (credential as {key?: string} | null)?.key ?? problem?.code,
  ]);
const credentialOf = (account?: Account) =>
  account?.credential as {project?: string; isWorkspace?: boolean} | undefined;

describe('Gemini CLI', () => {
  it('holds a login', async () => {
    const [account, ...others] = await found({
      [cli]: creds({id_token: jwt({sub: '1', email: 'a@example.com', hd: 'example.com'})}),
    });
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      ...{provider: 'gemini', label: 'a@example.com', source: 'gemini oauth_creds.json', place: 'Gemini CLI'},
      expiresAt: Date.parse('2026-09-01T23:00:00Z'),
      credential: {key: 'ya29.FAKE', isWorkspace: true},
    });
    expect(account?.secrets).toEqual(expect.arrayContaining(['ya29.FAKE', '1//FAKE']));
  });

  it('names its user in another file as well', async () => {
    const files = {[cli]: creds(), '.gemini/google_accounts.json': {active: 'b@example.com', old: []}};
    expect((await found(files)).map(({label}) => label)).toEqual(['b@example.com']);
  });

  it('is found where GEMINI_CLI_HOME says, and nowhere else then', async () => {
    const home = await withHome({[cli]: creds(), 'own/.gemini/oauth_creds.json': creds({access_token: 'own'})});
    const at = async (path: string) =>
      shown(await gemini.discover(home.machine({env: {GEMINI_CLI_HOME: join(home.path, path)}})));
    expect(await at('own')).toEqual([['gemini oauth_creds.json', 'own']]);
    expect(await at('nothing')).toEqual([]);
  });

  it.each([
    ['today', {security: {auth: {selectedType: 'gemini-api-key'}}}],
    ['older versions', {selectedAuthType: 'vertex-ai'}],
  ])('that signs in in another way has no quota, whatever was left behind (settings of %s)', async (_, content) => {
    const text = `// a comment\n${JSON.stringify(content)}`;
    expect(await found({[cli]: creds(), [settings]: text})).toMatchObject([
      {credential: null, problem: {code: 'no_credentials', remedy: {code: 'gemini/other-sign-in'}}},
    ]);
    const env = {GEMINI_ACCESS_TOKEN: 'given'};
    expect(shown(await found({[settings]: text}, {env}))).toEqual([['GEMINI_ACCESS_TOKEN', 'given']]);
  });

  it('that is signed in without a file keeps its login where it is not read, and that is said', async () => {
    const content = {security: {auth: {selectedType: 'oauth-personal'}}};
    const [account] = await found({[settings]: content});
    expect(account).toMatchObject({
      problem: {code: 'no_credentials', remedy: {code: 'replace-credential', name: 'gemini'}},
    });
    expect(shown(await found({[settings]: content, [cli]: creds()}))).toEqual([
      ['gemini oauth_creds.json', 'ya29.FAKE'],
    ]);
    expect(await found({[settings]: {}})).toEqual([]);
  });

  it('with a broken file is shown, with nothing of its content', async () => {
    const [account] = await found({[cli]: '{"access_token": "secret-part'});
    expect(account).toMatchObject({problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}});
    expect(JSON.stringify(account)).not.toContain('secret-part');
  });

  it('that was signed out of holds nothing', async () => {
    for (const content of [{}, [], {access_token: null}]) expect(await found({[cli]: content})).toEqual([]);
  });
});

describe('other places', () => {
  it('are two variables, the first only beside the one that says that it is meant', async () => {
    const GOOGLE_CLOUD_ACCESS_TOKEN = 'cloud';
    expect(await found({}, {env: {GOOGLE_CLOUD_ACCESS_TOKEN}})).toEqual([]);
    expect(await found({}, {env: {GOOGLE_CLOUD_ACCESS_TOKEN, GOOGLE_GENAI_USE_GCA: 'false'}})).toEqual([]);
    const env = {GOOGLE_CLOUD_ACCESS_TOKEN, GOOGLE_GENAI_USE_GCA: 'true', GEMINI_ACCESS_TOKEN: 'Bearer own'};
    expect(shown(await found({}, {env}))).toEqual([
      ['GOOGLE_CLOUD_ACCESS_TOKEN', 'cloud'],
      ['GEMINI_ACCESS_TOKEN', 'own'],
    ]);
  });

  it.each(['google-gemini-cli', 'gemini-cli', 'opencode-gemini-auth', 'gemini'])(
    'are opencode’s, under %s',
    async id => {
      const [account] = await found({[opencode]: {[id]: oauth()}});
      expect(account).toMatchObject({
        source: 'opencode auth.json',
        credential: {key: 'ya29.opencode', project: 'project'},
        secrets: ['ya29.opencode', '1//r', '1//r|project|managed'],
      });
    },
  );

  it('are not opencode’s login of Antigravity, nor an API key', async () => {
    const entries = {google: oauth(), gemini: {type: 'api', key: 'fake-api-key'}};
    expect(await found({[opencode]: entries})).toEqual([]);
  });

  it('are the store of opencode 2', async () => {
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: 'gemini-cli', value: oauth({refresh: '1//r||managed'})}]);
    const [account] = await gemini.discover(home.machine());
    expect([account?.source, credentialOf(account)?.project]).toEqual(['opencode store', 'managed']);
  });

  it('are what `login` saved, with its project', async () => {
    const stored = async () => [{id: 's1', provider: 'gemini', secret: 'Bearer mine', fields: {projectId: 'p'}}];
    expect(await found({}, {stored})).toMatchObject([{stored: true, credential: {key: 'mine', project: 'p'}}]);
  });
});

it('an account stays the same when its token is renewed', async () => {
  const id_token = jwt({sub: '1'});
  const [[before], [after]] = [
    await found({[cli]: creds({id_token})}),
    await found({[cli]: creds({id_token, access_token: 'other'})}),
  ];
  expect(before?.key).toBe(after?.key);
  expect(before?.fingerprint).not.toBe(after?.fingerprint);
  const [[one], [two]] = [
    await found({[opencode]: {gemini: oauth()}}),
    await found({[opencode]: {gemini: oauth({access: 'b'})}}),
  ];
  expect(one?.key).toBe(two?.key);
});
