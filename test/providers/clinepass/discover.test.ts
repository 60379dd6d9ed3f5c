import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Account} from '../../../src/core/provider.ts';
import {clinepass} from '../../../src/providers/clinepass/index.ts';
import {now, withHome, writeStore} from '../shared/home.ts';
import {fixture} from './support.ts';

const file = '.cline/data/settings/providers.json';
const opencode = '.local/share/opencode/auth.json';
const section = (accessToken: string, expiresAt: number, accountId = 'usr-FAKE') => ({
  settings: {auth: {accessToken, refreshToken: 'r', expiresAt, accountId}},
});
const cline = (providers: object) => ({[file]: {version: 1, providers}});

const found = async (files: Record<string, unknown>, options = {}) =>
  clinepass.discover((await withHome(files)).machine(options));
const secretOf = ({credential}: Account): string | undefined => (credential as {key?: string} | null)?.key;
const shown = (accounts: Account[]) => accounts.map(account => [account.source, secretOf(account)]);

describe('a key of Cline', () => {
  it('is found in every place', async () => {
    expect(shown(await found({}, {env: {CLINE_API_KEY: 'one'}}))).toEqual([['CLINE_API_KEY', 'one']]);
    expect(shown(await found({}, {env: {CLINEPASS_API_KEY: 'two'}}))).toEqual([['CLINEPASS_API_KEY', 'two']]);
    const auth = {'cline-pass': {type: 'api', key: 'three'}};
    expect(shown(await found({[opencode]: auth}))).toEqual([['opencode auth.json', 'three']]);
    const env = {OPENCODE_AUTH_CONTENT: JSON.stringify(auth)};
    expect(shown(await found({}, {env}))).toEqual([['OPENCODE_AUTH_CONTENT', 'three']]);
    const stored = async () => [{id: 's1', provider: 'clinepass', secret: 'Bearer four', fields: {}}];
    expect(await found({}, {stored})).toMatchObject([{stored: true, credential: {key: 'four'}}]);
  });

  it('is found in the store of opencode 2', async () => {
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: 'cline-pass', value: {type: 'key', key: 'five'}}]);
    expect(shown(await clinepass.discover(home.machine()))).toEqual([['opencode store', 'five']]);
  });

  it('in two places is one account, named after the first', async () => {
    const env = {CLINE_API_KEY: 'one', CLINEPASS_API_KEY: 'one'};
    expect(shown(await found({[opencode]: {'cline-pass': {type: 'api', key: 'one'}}}, {env}))).toEqual([
      ['CLINE_API_KEY', 'one'],
    ]);
  });
});

describe('a sign-in of Cline', () => {
  it('is found with its address and its end', async () => {
    const [account, ...others] = await found({[file]: fixture('providers-json')});
    expect(others).toEqual([]);
    expect(account).toMatchObject({
      ...{provider: 'clinepass', label: 'user@example.com', source: 'cline providers.json', place: 'Cline'},
      expiresAt: Date.parse('2026-09-01T23:00:00Z'),
      secrets: ['workos:HEADER.PAYLOAD.SIG', 'fake'],
      credential: {key: 'workos:HEADER.PAYLOAD.SIG', accountId: 'usr-FAKE'},
    });
  });

  it('gets its prefix where it has none, and both spellings are secrets', async () => {
    const [account] = await found(cline({cline: section('a.b.c', now)}));
    expect(account).toMatchObject({credential: {key: 'workos:a.b.c'}, secrets: ['workos:a.b.c', 'a.b.c', 'r']});
    const [other] = await found(cline({cline: section('WorkOS:a.b.c', now)}));
    expect(other).toMatchObject({credential: {key: 'WorkOS:a.b.c'}});
  });

  it('of one user in two sections is the one that ends later', async () => {
    const [soon, late] = [section('soon', now + 1), section('late', now + 2)];
    const source = 'cline providers.json';
    expect(shown(await found(cline({cline: soon, 'cline-pass': late})))).toEqual([[source, 'workos:late']]);
    expect(shown(await found(cline({cline: late, 'cline-pass': soon})))).toEqual([[source, 'workos:late']]);
    const other = section('other', now + 3, 'usr-OTHER');
    expect(await found(cline({cline: late, 'cline-pass': other}))).toHaveLength(2);
  });

  it('is found where two variables say', async () => {
    const home = await withHome({
      'data/settings/providers.json': {providers: {cline: section('data', now)}},
      'dir/data/settings/providers.json': {providers: {cline: section('dir', now)}},
    });
    const at = async (env: Record<string, string>) => (await clinepass.discover(home.machine({env}))).map(secretOf);
    const [CLINE_DATA_DIR, CLINE_DIR] = [join(home.path, 'data'), join(home.path, 'dir')];
    expect(await at({CLINE_DIR})).toEqual(['workos:dir']);
    expect(await at({CLINE_DATA_DIR, CLINE_DIR})).toEqual(['workos:data']);
    expect(await at({CLINE_DATA_DIR: 'data'})).toEqual([]);
  });

  it('keeps its account when the token is renewed', async () => {
    const [before] = await found(cline({cline: section('one', now)}));
    const [after] = await found(cline({cline: section('two', now)}));
    expect(before?.key).toBe(after?.key);
    expect(before?.fingerprint).not.toBe(after?.fingerprint);
  });

  it('in a broken file is shown, with nothing of its content', async () => {
    const [account] = await found({[file]: '{"accessToken": "secret-part'});
    expect(account).toMatchObject({problem: {code: 'no_credentials', remedy: {code: 'fix-file'}}});
    expect(JSON.stringify(account)).not.toContain('secret-part');
  });

  it('that was signed out of is none', async () => {
    for (const content of [{}, [], {providers: []}, {providers: {cline: {settings: {auth: null}}}}])
      expect(await found({[file]: content})).toEqual([]);
  });
});
