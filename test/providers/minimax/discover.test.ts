import {describe, expect, it} from 'vitest';
import type {Provider} from '../../../src/core/provider.ts';
import {minimax, minimaxCn} from '../../../src/providers/minimax/index.ts';
import {withHome, writeStore} from '../shared/home.ts';
import {fixture, sampledAt as now} from './support.ts';

type Files = Record<string, unknown>;
const accountsOf = async (provider: Provider, files: Files, env: Record<string, string> = {}) =>
  provider.discover((await withHome(files)).machine({env, now: () => now}));
const sourcesOf = async (provider: Provider, files: Files, env = {}) =>
  (await accountsOf(provider, files, env)).map(({source}) => source);
/** What each of the two sites has. */
const both = async (files: Files, env = {}) => [
  await sourcesOf(minimax, files, env),
  await sourcesOf(minimaxCn, files, env),
];
const key = 'sk-cp-fake';

describe('a key in the environment', () => {
  it.each([
    [{MINIMAX_CODING_PLAN_API_KEY: key}, ['MINIMAX_CODING_PLAN_API_KEY'], []],
    [{MINIMAX_CHINA_CODING_PLAN_API_KEY: key}, [], ['MINIMAX_CHINA_CODING_PLAN_API_KEY']],
    [{MINIMAX_CN_API_KEY: key}, [], ['MINIMAX_CN_API_KEY']],
    [{MINIMAX_CODING_PLAN_API_KEY: ''}, [], []],
  ])('%j is of the site in its name', async (env, international, china) => {
    expect(await both({}, env)).toEqual([international, china]);
  });

  const yes = ['MINIMAX_API_KEY'];
  it.each([
    [{}, [], []],
    [{MINIMAX_REGION: 'global'}, yes, []],
    [{MINIMAX_REGION: 'Intl'}, yes, []],
    [{MINIMAX_API_REGION: 'io'}, yes, []],
    [{MINIMAX_REGION: 'cn'}, [], yes],
    [{MINIMAX_REGION: 'elsewhere'}, [], []],
    [{MINIMAX_BASE_URL: 'https://api.minimax.io/anthropic'}, yes, []],
    [{MINIMAX_API_HOST: 'api.minimaxi.com'}, [], yes],
    [{MINIMAX_API_HOST: 'https://api.minimax.cn'}, [], yes],
    [{MINIMAX_API_HOST: 'https://api.minimax.io.example'}, [], []],
    [{MINIMAX_API_HOST: 'https://notminimax.io'}, [], []],
    [{MINIMAX_API_HOST: 'https://api.minimax.io', MINIMAX_REGION: 'cn'}, [], []],
  ])('in a variable of both sites is of the one that %j names', async (beside, international, china) => {
    expect(await both({}, {MINIMAX_API_KEY: key, ...beside})).toEqual([international, china]);
  });

  it.each(['MINIMAX_CODING_API_KEY', 'MINIMAX_TOKEN_PLAN_KEY'])('%s needs a site, too', async name => {
    expect(await both({}, {[name]: key})).toEqual([[], []]);
    expect(await both({}, {[name]: key, MINIMAX_REGION: 'china'})).toEqual([[], [name]]);
  });
});

describe('a key of another tool', () => {
  it.each([
    ['minimax-coding-plan', ['opencode auth.json'], []],
    ['minimax', ['opencode auth.json'], []],
    ['minimax-cn-coding-plan', [], ['opencode auth.json']],
    ['minimax-china-coding-plan', [], ['opencode auth.json']],
    ['minimax-cn', [], ['opencode auth.json']],
  ])('in opencode under %s is of its site', async (id, international, china) => {
    const auth = {[id]: {type: 'api', key}};
    expect(await both({'.local/share/opencode/auth.json': auth})).toEqual([international, china]);
    const inVariable = [international, china].map(sources => sources.map(() => 'OPENCODE_AUTH_CONTENT'));
    expect(await both({}, {OPENCODE_AUTH_CONTENT: JSON.stringify(auth)})).toEqual(inVariable);
    const inConfiguration = [international, china].map(sources => sources.map(() => 'opencode.json'));
    const config = {provider: {[id]: {options: {apiKey: key}}}};
    expect(await both({'.config/opencode/opencode.json': config})).toEqual(inConfiguration);
  });

  it('is found in the store of opencode 2', async () => {
    const home = await withHome();
    await writeStore(home, [{id: 'c', integration: 'minimax-cn-coding-plan', value: {type: 'key', key}}]);
    expect(await minimaxCn.discover(home.machine())).toMatchObject([{source: 'opencode store'}]);
    expect(await minimax.discover(home.machine())).toEqual([]);
  });

  it.each([
    ['https://api.minimax.io/anthropic', ['Claude Code settings.json'], []],
    ['https://api.minimaxi.com/anthropic', [], ['Claude Code settings.json']],
    ['https://api.minimax.cn/anthropic', [], ['Claude Code settings.json']],
    ['https://api.example/anthropic', [], []],
  ])('in Claude Code beside %s is of that site', async (address, international, china) => {
    const env = {ANTHROPIC_BASE_URL: address, ANTHROPIC_AUTH_TOKEN: key};
    expect(await both({'.claude/settings.json': {env}})).toEqual([international, china]);
  });

  it('saved with login is found', async () => {
    const machine = (await withHome()).machine();
    const entry = {id: '1', provider: 'minimax', secret: key, label: 'Work', fields: {}};
    const stored = async (id: string) => (id === 'minimax' ? [entry] : []);
    expect(await minimax.discover({...machine, stored})).toMatchObject([{label: 'Work', stored: true}]);
    expect(await minimaxCn.discover({...machine, stored})).toEqual([]);
  });

  it('in two places is one account, named after the first', async () => {
    const files = {'.mmx/config.json': {api_key: key, region: 'global'}};
    expect(await both(files, {MINIMAX_CODING_PLAN_API_KEY: key})).toEqual([['MINIMAX_CODING_PLAN_API_KEY'], []]);
  });
});

describe('the configuration of mmx', () => {
  const config = fixture('credentials-mmx') as Record<string, unknown>;
  const {api_key: _, ...withoutKey} = config;
  const {oauth, ...withoutLogin} = withoutKey;
  const mmx = (content: unknown, more: Files = {}) => ({'.mmx/config.json': content, ...more});

  it.each([
    [{}, [], ['mmx config.json']],
    [{region: undefined}, [], ['mmx config.json']],
    [{region: undefined, base_url: 'https://api.minimax.io'}, ['mmx config.json'], []],
    [{region: 'global', base_url: undefined}, ['mmx config.json'], []],
    [{region: 'global'}, [], []],
    [{region: undefined, base_url: undefined}, [], []],
    [{region: 'elsewhere'}, [], []],
  ])('with %j is of the site that it names', async (change, international, china) => {
    expect(await both(mmx({...config, ...change}))).toEqual([international, china]);
  });

  it('gives its key before its login, and both tokens of the login as secrets', async () => {
    expect(await accountsOf(minimaxCn, mmx(config))).toMatchObject([{credential: {key: 'sk-cp-INVENTED'}}]);
    expect(await accountsOf(minimaxCn, mmx(withoutKey))).toMatchObject([
      {
        label: 'someone@example.invalid',
        credential: {key: 'INVENTED.JWT.X'},
        secrets: expect.arrayContaining(['INVENTED.JWT.X', 'INVENTED']),
        expiresAt: Date.parse('2026-11-27T21:00:00Z'),
        place: 'mmx',
      },
    ]);
  });

  it('gives a login of the old file to the site that it names itself', async () => {
    const old = {'.mmx/credentials.json': oauth};
    expect(await both(mmx(withoutLogin, old))).toEqual([[], ['mmx credentials.json']]);
    expect(await both(old)).toEqual([[], []]);
    expect(await both(mmx({}, old))).toEqual([[], []]);
  });

  it('stays the same account when the login is renewed, and its fingerprint changes', async () => {
    const [before] = await accountsOf(minimaxCn, mmx(withoutKey));
    const renewed = {...withoutKey, oauth: {...(oauth as object), access_token: 'NEXT.JWT.X'}};
    const [after] = await accountsOf(minimaxCn, mmx(renewed));
    expect(after?.key).toBe(before?.key);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('is found where MMX_CONFIG_DIR says', async () => {
    const home = await withHome({'elsewhere/config.json': config});
    const machine = home.machine({env: {MMX_CONFIG_DIR: `${home.path}/elsewhere`}});
    expect(await minimaxCn.discover(machine)).toMatchObject([{source: 'mmx config.json'}]);
  });

  it('that is broken is shown, unless there is a key', async () => {
    expect(await accountsOf(minimax, mmx('{'))).toMatchObject([{problem: {code: 'no_credentials'}}]);
    expect(await sourcesOf(minimax, mmx('{'), {MINIMAX_CODING_PLAN_API_KEY: key})).toEqual([
      'MINIMAX_CODING_PLAN_API_KEY',
    ]);
  });
});
