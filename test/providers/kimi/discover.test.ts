import {describe, expect, it} from 'vitest';
import type {Provider} from '../../../src/core/provider.ts';
import {kimi, kimiGlobal} from '../../../src/providers/kimi/index.ts';
import {withHome, writeStore} from '../shared/home.ts';
import {fixture, sampledAt as now} from './support.ts';

type Files = Record<string, unknown>;
async function accountsOf(provider: Provider, files: Files, env: Record<string, string> = {}, names?: string[]) {
  return provider.discover((await withHome(files)).machine({env, now: () => now}), names);
}
const sourcesOf = async (provider: Provider, files: Files, env = {}) =>
  (await accountsOf(provider, files, env)).map(({source}) => source);
/** What each of the two sites has. */
const both = async (files: Files, env = {}) => [
  await sourcesOf(kimi, files, env),
  await sourcesOf(kimiGlobal, files, env),
];

const key = 'sk-kimi-fake';
const login = fixture('credentials-cli') as Record<string, unknown>;
const loginFile = '.kimi-code/credentials/kimi-code.json';
const globalFile = '.kimi-code/credentials/kimi-code-env-0e4f99c69cc27850.json';
const elsewhere = 'https://proxy.example/coding';

describe('a key in the environment', () => {
  it.each([
    [{KIMI_CODE_API_KEY: 'any'}, ['KIMI_CODE_API_KEY'], []],
    [{KIMI_CODE_API_KEY: 'any', KIMI_CODE_BASE_URL: 'https://api.kimi.com/coding/v1'}, ['KIMI_CODE_API_KEY'], []],
    [{KIMI_CODE_API_KEY: key, KIMI_CODE_BASE_URL: 'https://api.kimi.ai/coding/v1'}, [], ['KIMI_CODE_API_KEY']],
    [{KIMI_CODE_API_KEY: 'any', KIMI_CODE_BASE_URL: elsewhere}, [], []],
    [{KIMI_CODE_API_KEY: key, KIMI_CODE_BASE_URL: elsewhere}, ['KIMI_CODE_API_KEY'], []],
    [{KIMI_API_KEY: 'sk-moonshot'}, [], []],
    [{KIMI_API_KEY: 'sk-moonshot', KIMI_BASE_URL: 'https://api.moonshot.ai/v1'}, [], []],
    [{KIMI_API_KEY: 'sk-moonshot', KIMI_BASE_URL: 'https://api.kimi.ai/other'}, [], []],
    [{KIMI_API_KEY: 'any', KIMI_BASE_URL: 'https://api.kimi.com/coding/v1'}, ['KIMI_API_KEY'], []],
    [{KIMI_API_KEY: 'any', KIMI_BASE_URL: 'https://api.kimi.com.example/coding'}, [], []],
    [{KIMI_API_KEY: 'any', KIMI_BASE_URL: 'https://api.kimi.ai/coding/v1'}, [], ['KIMI_API_KEY']],
    [{KIMI_API_KEY: key}, ['KIMI_API_KEY'], []],
    [{KIMI_API_KEY: ` Bearer ${key}`}, ['KIMI_API_KEY'], []],
    [{KIMI_API_KEY: key, KIMI_BASE_URL: 'api.kimi.ai/coding'}, [], ['KIMI_API_KEY']],
    [{KIMI_API_KEY: ''}, [], []],
  ])('%j is of the site that is named', async (env, china, global) => {
    expect(await both({}, env)).toEqual([china, global]);
  });
});

describe('a key of another tool', () => {
  it('is found in opencode, wherever its versions keep it', async () => {
    const auth = {'kimi-for-coding': {type: 'api', key}};
    expect(await both({'.local/share/opencode/auth.json': auth})).toEqual([['opencode auth.json'], []]);
    expect(await both({}, {OPENCODE_AUTH_CONTENT: JSON.stringify(auth)})).toEqual([['OPENCODE_AUTH_CONTENT'], []]);
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: 'kimi-for-coding', value: {type: 'key', key}}]);
    expect(await kimi.discover(home.machine())).toMatchObject([{source: 'opencode store'}]);
  });

  it('is of the site that opencode sends it to', async () => {
    const options = {baseURL: 'https://api.kimi.ai/coding/v1'};
    const config = {'.config/opencode/opencode.json': {provider: {'kimi-for-coding': {options}}}};
    const auth = {'.local/share/opencode/auth.json': {'kimi-for-coding': {type: 'api', key}}};
    expect(await both({...config, ...auth})).toEqual([[], ['opencode auth.json']]);
  });

  it.each([
    ['https://api.kimi.com/coding/', ['Claude Code settings.json'], []],
    ['https://api.kimi.ai/coding', [], ['Claude Code settings.json']],
    ['https://api.kimi.com/', [], []],
    ['https://api.kimi.com/codings', [], []],
    ['https://api.moonshot.ai/anthropic', [], []],
  ])('is found in Claude Code if its address is %s', async (address, china, global) => {
    const env = {ANTHROPIC_BASE_URL: address, ANTHROPIC_API_KEY: key};
    expect(await both({'.claude/settings.json': {env}})).toEqual([china, global]);
    expect(await both({}, {ANTHROPIC_BASE_URL: address, ANTHROPIC_AUTH_TOKEN: key})).toEqual(
      [china, global].map(sources => sources.map(() => 'ANTHROPIC_AUTH_TOKEN')),
    );
  });

  it('is not taken from beside an address in another place', async () => {
    const env = {ANTHROPIC_BASE_URL: 'https://api.kimi.com/coding'};
    expect(await both({'.claude/settings.json': {env}}, {ANTHROPIC_API_KEY: key})).toEqual([[], []]);
  });

  it('is found in pi if it says of which product it is', async () => {
    const pi = (value: string) => ({'.pi/agent/auth.json': {'kimi-coding': {type: 'api_key', key: value}}});
    expect(await both(pi(key))).toEqual([['pi auth.json'], []]);
    expect(await both(pi('sk-other'))).toEqual([[], []]);
  });

  it('saved with login is found', async () => {
    const machine = (await withHome()).machine();
    const entry = {id: '1', provider: 'kimi-global', secret: key, label: 'Work', fields: {}};
    const stored = async (id: string) => (id === 'kimi-global' ? [entry] : []);
    expect(await kimiGlobal.discover({...machine, stored})).toMatchObject([{label: 'Work', stored: true}]);
    expect(await kimi.discover({...machine, stored})).toEqual([]);
  });
});

describe('the configuration of kimi-code', () => {
  const config = `
    default_model = "kimi"
    [providers.kimi]
    base_url = "https://api.kimi.com/coding/v1"
    api_key = "sk-kimi-one"
    [providers."by variable"]
    base_url = 'https://api.kimi.ai/coding/v1'
    env.KIMI_API_KEY = "sk-kimi-two"
    [providers.moonshot]
    base_url = "https://api.moonshot.ai/v1"
    api_key = "sk-three"
    [providers.managed]
    base_url = "https://api.kimi.com/coding/v1"
    api_key = ""
  `;
  const keysOf = async (provider: Provider, files: Files, env = {}) =>
    (await accountsOf(provider, files, env)).map(({credential}) => (credential as {key: string}).key);

  it('gives the keys of the providers whose address is on the site', async () => {
    const files = {'.kimi-code/config.toml': config};
    expect(await keysOf(kimi, files)).toEqual(['sk-kimi-one']);
    expect(await keysOf(kimiGlobal, files)).toEqual(['sk-kimi-two']);
  });

  it('is found where KIMI_CODE_HOME says, and nowhere else', async () => {
    const home = await withHome({'elsewhere/config.toml': config});
    const machine = home.machine({env: {KIMI_CODE_HOME: `${home.path}/elsewhere`}});
    expect(await kimi.discover(machine)).toMatchObject([{source: 'kimi-code config.toml'}]);
    expect(await keysOf(kimi, {'elsewhere/config.toml': config}, {KIMI_CODE_HOME: 'elsewhere'})).toEqual([]);
  });
});

describe('the login of kimi-code', () => {
  it('is of the site in whose file it stands, and dated', async () => {
    expect(await accountsOf(kimi, {[loginFile]: login})).toMatchObject([
      {source: 'kimi-code login', expiresAt: Date.parse('2026-11-27T20:10:00.500Z'), place: 'kimi-code login'},
    ]);
    expect(await both({[globalFile]: login})).toEqual([[], ['kimi-code login']]);
  });

  it('of another host is left alone', async () => {
    expect(await both({'.kimi-code/credentials/kimi-code-env-0123456789abcdef.json': login})).toEqual([[], []]);
  });

  it('stays the same account when the token is renewed, and its fingerprint changes', async () => {
    const [before] = await accountsOf(kimi, {[loginFile]: login});
    const [after] = await accountsOf(kimi, {[loginFile]: {...login, access_token: 'INVENTED-NEXT'}});
    expect(after?.key).toBe(before?.key);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('keeps both tokens out of every message', async () => {
    const [account] = await accountsOf(kimi, {[loginFile]: login});
    expect(account?.secrets).toEqual(expect.arrayContaining(['INVENTED-ACCESS', 'INVENTED-REFRESH']));
  });

  it('is one account with that of its predecessor: the one that lasts longer', async () => {
    const old = {...login, access_token: 'INVENTED-OLD'};
    expect(await sourcesOf(kimi, {[loginFile]: login, '.kimi/credentials/kimi-code.json': old})).toEqual([
      'kimi-code login',
    ]);
    const ended = {...login, expires_at: 1};
    expect(await sourcesOf(kimi, {[loginFile]: ended, '.kimi/credentials/kimi-code.json': old})).toEqual([
      'kimi-cli login',
    ]);
  });

  it('gives way to a key', async () => {
    expect(await sourcesOf(kimi, {[loginFile]: login}, {KIMI_CODE_API_KEY: key})).toEqual(['KIMI_CODE_API_KEY']);
    expect(await accountsOf(kimi, {[loginFile]: login}, {KIMI_CODE_API_KEY: key}, ['kimi-code login'])).toHaveLength(1);
  });

  it.each([
    {KIMI_CODE_OAUTH_HOST: 'https://auth.example'},
    {KIMI_OAUTH_HOST: 'https://auth.kimi.com'},
    {KIMI_CODE_BASE_URL: elsewhere},
  ])('is left alone beside %j', async env => {
    expect(await both({[loginFile]: login, [globalFile]: login}, env)).toEqual([[], []]);
  });

  it('after a sign-out is none', async () => {
    expect(await both({[loginFile]: {...login, access_token: '', expires_at: 0}})).toEqual([[], []]);
  });

  it.each([
    ['broken', '{'],
    ['no object', '[]'],
    ['without a usable token', {access_token: 'a b'}],
  ])('in a file that is %s is shown, unless there is a key', async (_, content) => {
    expect(await accountsOf(kimi, {[loginFile]: content})).toMatchObject([
      {problem: {code: 'no_credentials', remedy: {code: 'open', name: 'kimi'}}},
    ]);
    expect(await sourcesOf(kimi, {[loginFile]: content}, {KIMI_CODE_API_KEY: key})).toEqual(['KIMI_CODE_API_KEY']);
  });
});
