import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {grok} from '../../../src/providers/grok/index.ts';
import {now, withHome, writeStore} from '../shared/home.ts';
import {fixture} from './support.ts';

const cli = '.grok/auth.json';
const opencode = '.local/share/opencode/auth.json';
const entry = Object.values(fixture('auth-json') as object)[0] as object;
const oauth = (more: object = {}) => ({
  type: 'oauth',
  access: 'token-of-opencode',
  refresh: 'r',
  expires: now + 9e6,
  ...more,
});

const found = async (files: Record<string, unknown>, options = {}) =>
  grok.discover((await withHome(files)).machine(options));
const shown = (accounts: Account[]) =>
  accounts.map(({source, credential, problem}) => [
    source,
    (credential as {key?: string} | null)?.key ?? problem?.code,
  ]);

describe('Grok Build', () => {
  it('holds a login', async () => {
    const [account, ...others] = await found({[cli]: fixture('auth-json')});
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      ...{provider: 'grok', label: 'user@example.com', source: 'grok auth.json', place: 'Grok Build', stored: false},
      expiresAt: Date.parse('2026-09-02T05:00:00.123Z'),
      // Whose login it is stays out of messages too.
      secrets: ['HEADER.PAYLOAD.SIG', 'fake', 'user-FAKE', 'team-FAKE'],
    });
    expect(account?.key).toMatch(/^grok:[0-9a-f]{8}$/);
  });

  it('is found where GROK_HOME says, and nowhere else then', async () => {
    const home = await withHome({[cli]: {}, 'own/auth.json': fixture('auth-json')});
    const at = (GROK_HOME: string) => grok.discover(home.machine({env: {GROK_HOME}}));
    expect(await at(join(home.path, 'own'))).toHaveLength(1);
    expect(await at(join(home.path, 'nothing'))).toEqual([]);
    expect(await at('own')).toEqual([]);
  });

  it('of several logins uses the newest kind, and of these the one that ends last', async () => {
    const file = {
      'https://accounts.x.ai/sign-in': {...entry, key: 'older-kind', expires_at: '2026-10-01T00:00:00Z'},
      'https://auth.x.ai::one': {...entry, key: 'sooner', expires_at: '2026-09-02T00:00:00Z'},
      'https://auth.x.ai::two': {...entry, key: 'later', expires_at: '2026-09-03T00:00:00Z'},
      'https://elsewhere.example': {...entry, key: 'stranger', expires_at: '2027-01-01T00:00:00Z'},
      'https://auth.x.ai::three': {expires_at: '2027-01-01T00:00:00Z'},
    };
    expect(shown(await found({[cli]: file}))).toEqual([['grok auth.json', 'later']]);
    const older = {'https://accounts.x.ai/sign-in': file['https://accounts.x.ai/sign-in']};
    expect(shown(await found({[cli]: older}))).toEqual([['grok auth.json', 'older-kind']]);
  });

  it('with a broken file is shown, with nothing of its content', async () => {
    const [account] = await found({[cli]: '{"key": "secret-part'});
    expect(account).toMatchObject({problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}});
    expect(JSON.stringify(account)).not.toContain('secret-part');
  });

  it('that was signed out of holds nothing', async () => {
    for (const file of [{}, [], {'https://auth.x.ai::one': null}]) expect(await found({[cli]: file})).toEqual([]);
  });
});

describe('other places', () => {
  it('are two variables', async () => {
    const env = {GROK_OAUTH_TOKEN: 'Bearer one', GROK_BUILD_ACCESS_TOKEN: 'two'};
    expect(shown(await found({}, {env}))).toEqual([
      ['GROK_OAUTH_TOKEN', 'one'],
      ['GROK_BUILD_ACCESS_TOKEN', 'two'],
    ]);
  });

  it('are opencode’s, for a sign-in', async () => {
    expect(shown(await found({[opencode]: {xai: oauth()}}))).toEqual([['opencode auth.json', 'token-of-opencode']]);
    expect(await found({[opencode]: {xai: {type: 'api', key: 'xai-fake'}}})).toEqual([]);
    const env = {OPENCODE_AUTH_CONTENT: JSON.stringify({xai: oauth()})};
    expect(shown(await found({}, {env}))).toEqual([['OPENCODE_AUTH_CONTENT', 'token-of-opencode']]);
  });

  it('are the store of opencode 2', async () => {
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: 'xai', value: oauth()}]);
    expect(shown(await grok.discover(home.machine()))).toEqual([['opencode store', 'token-of-opencode']]);
  });

  it('are what `login` saved', async () => {
    const stored = async () => [
      {id: 's1', provider: 'grok', label: 'mine', secret: 'Bearer token-of-mine', fields: {}},
    ];
    expect(await found({}, {stored})).toMatchObject([
      {label: 'mine', stored: true, credential: {key: 'token-of-mine'}},
    ]);
  });

  it('of one user are one account, the one that ends later', async () => {
    const user = {[cli]: fixture('auth-json'), [opencode]: {xai: oauth({accountId: 'user-FAKE', expires: now + 9e8})}};
    expect(shown(await found(user))).toEqual([['opencode auth.json', 'token-of-opencode']]);
    const other = {[cli]: fixture('auth-json'), [opencode]: {xai: oauth()}};
    expect(await found(other)).toHaveLength(2);
  });
});

describe('a key for the API', () => {
  const key = 'xai-fake-not-a-key';

  it('is never sent: what was saved is answered for, elsewhere it is said if there is no login', async () => {
    const stored = async () => [{id: 's1', provider: 'grok', secret: key, fields: {}}];
    const problem = {code: 'no_plan', remedy: {code: 'grok/api-key'}};
    const given = await found({[cli]: fixture('auth-json')}, {stored});
    expect(given).toMatchObject([{credential: {key: 'HEADER.PAYLOAD.SIG'}}, {stored: true, secrets: [key], problem}]);
    const env = {GROK_OAUTH_TOKEN: key};
    expect(await found({}, {env})).toMatchObject([{credential: null, secrets: [key], problem}]);
    expect(shown(await found({[cli]: fixture('auth-json')}, {env}))).toEqual([
      ['grok auth.json', 'HEADER.PAYLOAD.SIG'],
    ]);
  });
});
