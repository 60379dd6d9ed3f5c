import {readFileSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Machine, StoredCredential} from '../../../src/core/provider.ts';
import {zai, zhipu} from '../../../src/providers/zhipu/index.ts';
import {keyOf, machineWith, summary} from './support.ts';

const authJson = '.local/share/opencode/auth.json';
const configJson = '.config/opencode/opencode.json';
const zaiUrl = 'https://api.z.ai/api/coding/paas/v4';
const zhipuUrl = 'https://open.bigmodel.cn/api/coding/paas/v4';

type World = {
  env?: Record<string, string>;
  files?: Record<string, unknown>;
  stored?: Record<string, string>;
};

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

function machineIn({env = {}, files = {}, stored = {}}: World): Promise<Machine> {
  const texts = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, textOf(content)]));
  const credentials = async (provider: string): Promise<StoredCredential[]> => {
    const secret = stored[provider];
    return secret === undefined ? [] : [{id: 'one', provider, secret, fields: {}}];
  };
  return machineWith(texts, {env, stored: credentials});
}

const sentTo = async (machine: Machine) => ({
  zai: (await zai.discover(machine)).map(keyOf),
  zhipu: (await zhipu.discover(machine)).map(keyOf),
});
const found = async (world: World) => sentTo(await machineIn(world));
const none = {zai: [], zhipu: []};
const onlyZai = {zai: ['k.1'], zhipu: []};
const onlyZhipu = {zai: [], zhipu: ['k.1']};
const both = {zai: ['k.1'], zhipu: ['k.1']};

const config = (provider: object, more: object = {}) => ({[configJson]: {provider, ...more}});
const login = (...ids: string[]) => ({[authJson]: Object.fromEntries(ids.map(id => [id, {type: 'api', key: 'k.1'}]))});
const claude = (url: string, name = 'ANTHROPIC_AUTH_TOKEN') => ({
  '.claude/settings.json': {env: {ANTHROPIC_BASE_URL: url, [name]: 'k.1'}},
});

describe('ZHIPU_API_KEY, which opencode takes for both sites,', () => {
  const env = {ZHIPU_API_KEY: 'k.1'};

  it('is a key of Z.ai alone in the sample', async () => {
    const sample = new URL('../../fixtures/opencode/zai-by-shared-variable.json', import.meta.url);
    const machine = await machineIn({env, files: {[configJson]: readFileSync(sample, 'utf8')}});
    expect(summary(await zai.discover(machine))).toEqual(['k.1 ← opencode.json']);
    expect(await zhipu.discover(machine)).toEqual([]);
  });

  it('is a key of Zhipu where nothing else speaks of it', async () => {
    expect(await found({env})).toEqual(onlyZhipu);
    expect(await found({env, files: login('openrouter')})).toEqual(onlyZhipu);
  });

  it.each<[string, Omit<World, 'env'> & {env?: Record<string, string>}]>([
    ['a login of Z.ai in opencode', {files: login('zai-coding-plan')}],
    ['a login of Z.ai under its other id', {files: login('zai/')}],
    [
      'a reference of the configuration',
      {files: config({'zai-coding-plan': {options: {apiKey: '{env:ZHIPU_API_KEY}'}}})},
    ],
    ['a reference under a name of the user', {files: config({glm: {options: {apiKey: '{env:ZHIPU_API_KEY}'}}})}],
    ['a variable of the configuration', {files: config({zai: {env: ['ZHIPU_API_KEY']}})}],
    ['the same text in the configuration', {files: config({zai: {options: {apiKey: 'k.1'}}})}],
    ['an address of Z.ai under any id', {files: config({mine: {options: {apiKey: 'k.1', baseURL: zaiUrl}}})}],
    [
      'an address of Z.ai under an id of Zhipu',
      {files: config({zhipuai: {options: {apiKey: 'k.1', baseURL: zaiUrl}}})},
    ],
    ['an address of Z.ai beside a login', {files: {...login('zhipuai'), ...config({zhipuai: {api: zaiUrl}})}}],
    ['a provider of Z.ai that has no key of its own', {files: config({'zai-coding-plan': {}})}],
    ['a model of Z.ai', {files: config({}, {model: 'zai-coding-plan/glm-5'})}],
    [
      'the only provider that is switched on',
      {files: config({zhipuai: {}, zai: {}}, {disabled_providers: ['zhipuai']})},
    ],
    ['Claude Code', {files: claude('https://api.z.ai/api/anthropic')}],
    ['an API key of Claude Code', {files: claude('https://api.z.ai', 'ANTHROPIC_API_KEY')}],
    ['the helper', {files: {'.chelper/config.yaml': 'plan: glm_coding_plan_global\napi_key: k.1\n'}}],
    ['ZCode', {files: {'.zcode/v2/config.json': {provider: {'builtin:zai-coding-plan': {options: {apiKey: 'k.1'}}}}}}],
    ['a file of Z.ai', {files: {'.config/zai/key.json': {key: 'k.1'}}}],
    ['our own store', {stored: {zai: 'k.1'}}],
    ['a variable of Z.ai', {env: {ZAI_API_KEY: 'k.1'}}],
    ['a variable of Z.ai’s programs', {env: {Z_AI_API_KEY: 'k.1'}}],
    ['an address beside it', {env: {ZHIPU_BASE_URL: zaiUrl}}],
    ['a platform beside it', {env: {ZHIPU_PLATFORM: 'global'}}],
    ['an address beside OpenAI’s variable', {env: {OPENAI_BASE_URL: zaiUrl, OPENAI_API_KEY: 'k.1'}}],
  ])('is a key of Z.ai by %s', async (_what, world) => {
    expect(await found({...world, env: {...env, ...world.env}})).toEqual(onlyZai);
  });

  it.each<[string, Record<string, unknown>]>([
    ['its configuration names both sites', config({'zai-coding-plan': {}, 'zhipuai-coding-plan': {}})],
    ['its configuration chooses Zhipu', config({zhipuai: {}})],
    ['it has another key for Z.ai', {...config({zai: {}}), [authJson]: {zai: {type: 'api', key: 'k.2'}}}],
    ['only a name of the user stands there', config({glm: {}})],
  ])('stays with Zhipu in opencode where %s', async (_what, files) => {
    expect((await found({env, files})).zhipu).toEqual(['k.1']);
    expect((await found({env, files})).zai).not.toContain('k.1');
  });

  it.each<[string, World]>([
    [
      'a gateway in the configuration',
      {files: config({glm: {options: {apiKey: '{env:ZHIPU_API_KEY}', baseURL: 'https://gateway.example.com/v1'}}})},
    ],
    [
      'a gateway for one of its providers',
      {files: config({zhipuai: {options: {baseURL: 'https://gateway.example.com'}}})},
    ],
    [
      'an address that cannot be resolved',
      {files: config({zai: {options: {apiKey: 'k.1', baseURL: '{env:NOT_SET}'}}})},
    ],
    ['a gateway of Claude Code', {files: claude('https://gateway.example.com')}],
    ['a look-alike', {files: claude('https://api.z.ai.example.com')}],
    ['an address beside it', {env: {ZHIPU_BASE_URL: 'https://gateway.example.com/v1'}}],
  ])('goes to nobody where it is the key of %s', async (_what, world) => {
    expect(await found({...world, env: {...env, ...world.env}})).toEqual(none);
  });

  it('is still Zhipu’s where it passes through this machine', async () => {
    const files = {...config({zhipuai: {options: {apiKey: 'k.1', baseURL: 'http://127.0.0.1:8787/v1'}}})};
    expect(await found({env, files})).toEqual(onlyZhipu);
    expect(await found({env: {...env, ZHIPU_BASE_URL: 'http://localhost:8787'}})).toEqual(onlyZhipu);
  });
});

describe('variables of Z.ai', () => {
  it.each<[string, World]>([
    ['a login of Zhipu in opencode', {files: login('zhipuai-coding-plan')}],
    [
      'a reference of the configuration',
      {files: config({zhipu: {options: {apiKey: '{env:ZAI_API_KEY}{env:Z_AI_API_KEY}'}}})},
    ],
    ['an address of Zhipu', {files: config({glm: {options: {apiKey: 'k.1', baseURL: zhipuUrl}}})}],
    ['Claude Code', {files: claude('https://open.bigmodel.cn/api/anthropic')}],
    ['the helper', {files: {'.chelper/config.yaml': 'api_key: k.1\nplan: glm_coding_plan_china\n'}}],
    [
      'ZCode',
      {files: {'.zcode/v2/config.json': {provider: {'builtin:bigmodel-coding-plan': {options: {apiKey: 'k.1'}}}}}},
    ],
    ['our own store', {stored: {zhipu: 'k.1'}}],
  ])('hold a key of Zhipu by %s', async (_what, world) => {
    expect(await found({...world, env: {ZAI_API_KEY: 'k.1'}})).toEqual(onlyZhipu);
    expect(await found({...world, env: {Z_AI_API_KEY: 'k.1'}})).toEqual(onlyZhipu);
  });

  it.each([
    [{Z_AI_MODE: 'ZHIPU'}, onlyZhipu],
    [{Z_AI_MODE: 'ZAI'}, onlyZai],
    [{Z_AI_MODE: 'vision'}, onlyZai],
    [{Z_AI_API_HOST: 'open.bigmodel.cn'}, onlyZhipu],
    [{Z_AI_API_HOST: 'https://api.z.ai'}, onlyZai],
    [{Z_AI_QUOTA_URL: 'https://open.bigmodel.cn/api/monitor/usage/quota/limit'}, onlyZhipu],
    [{Z_AI_REGION: 'cn'}, onlyZhipu],
    [{Z_AI_BASE_URL: 'coding'}, onlyZai],
    [{Z_AI_MODE: 'ZHIPU', ZHIPU_API_KEY: 'k.1'}, onlyZhipu],
    [{ZHIPUAI_API_KEY: 'k.1'}, onlyZhipu],
  ])('hold the key of the site that stands beside them: %j', async (beside, expected) => {
    expect(await found({env: {Z_AI_API_KEY: 'k.1', ...beside}})).toEqual(expected);
  });

  it.each([
    [{ZAI_BASE_URL: zhipuUrl}, onlyZhipu],
    [{ZAI_BASE_URL: zaiUrl}, onlyZai],
    [{ZAI_BASE_URL: 'https://gateway.example.com'}, none],
    [{ZAI_BASE_URL: 'http://localhost:4000'}, onlyZai],
  ])('of the SDK go by its address: %j', async (beside, expected) => {
    expect(await found({env: {ZAI_API_KEY: 'k.1', ...beside}})).toEqual(expected);
  });

  it('are asked for the site that a mere hint names', async () => {
    const hint = {OPENAI_BASE_URL: zhipuUrl, OPENAI_API_KEY: 'k.1'};
    expect(await found({env: {ZAI_API_KEY: 'k.1', ...hint}})).toEqual(onlyZhipu);
    expect(await found({env: hint})).toEqual(none);
  });

  it('and of Zhipu go to neither where both may be of either', async () => {
    const env = {Z_AI_API_KEY: 'k.1', ZHIPU_API_KEY: 'k.1'};
    expect(await found({env, files: config({zhipuai: {}})})).toEqual(none);
  });

  it('and of Zhipu that both name their site are both believed', async () => {
    expect(await found({env: {ZAI_API_KEY: 'k.1', BIGMODEL_API_KEY: 'k.1'}})).toEqual(both);
  });
});

describe('a key without a site', () => {
  it.each<[string, World, object]>([
    ['GLM_API_KEY', {env: {GLM_API_KEY: 'k.1'}}, none],
    ['GLM_API_KEY beside a login', {env: {GLM_API_KEY: 'k.1'}, files: login('zai')}, onlyZai],
    [
      'GLM_API_KEY beside a hint',
      {env: {GLM_API_KEY: 'k.1'}, files: claude('https://open.bigmodel.cn', 'ANTHROPIC_API_KEY')},
      onlyZhipu,
    ],
    ['a file of a relay', {files: {'.coding-relay/glm-api-key': 'k.1'}}, onlyZhipu],
    ['a file of a relay beside a login', {files: {'.coding-relay/glm-api-key': 'k.1', ...login('zai')}}, onlyZai],
    ['a name of the user', {files: config({glm: {options: {apiKey: 'k.1'}}})}, onlyZai],
    [
      'a name of the user beside a login',
      {files: {...config({glm: {options: {apiKey: 'k.1'}}}), ...login('zhipuai')}},
      onlyZhipu,
    ],
  ])('goes where another place sends it: %s', async (_what, world, expected) => {
    expect(await found(world)).toEqual(expected);
  });
});

it('lets no login that is sent over an open line hide the next one of its site', async () => {
  const logins = {'zai-coding-plan': {type: 'api', key: 'k.2'}, zai: {type: 'api', key: 'k.1'}};
  const open = config({'zai-coding-plan': {options: {baseURL: 'http://api.z.ai'}}});
  expect(await found({files: {[authJson]: logins, ...open}})).toEqual(onlyZai);
});

describe('files of one key', () => {
  it.each<[string, Record<string, unknown>, object]>([
    [
      'the configuration of Z.ai',
      {'.config/zhipu/api_key': 'k.1', ...config({zai: {options: {apiKey: '{file:~/.config/zhipu/api_key}'}}})},
      onlyZai,
    ],
    [
      'the configuration of Zhipu',
      {'.config/zai/key.json': '"k.1"', ...config({zhipuai: {options: {apiKey: 'k.1'}}})},
      onlyZhipu,
    ],
    ['an address inside', {'.config/zai/key.json': {key: 'k.1', base_url: zhipuUrl}}, onlyZhipu],
    ['nothing', {'.config/zai/key.json': {key: 'k.1', base_url: ''}}, onlyZai],
  ])('go by %s', async (_what, files, expected) => {
    expect(await found({files})).toEqual(expected);
  });
});

describe('a place that cannot be read', () => {
  const env = {ZHIPU_API_KEY: 'k.1'};

  it('and names Z.ai keeps a shared name from being sent to Zhipu', async () => {
    const broken = {[configJson]: '{"provider": {"zai-coding-plan": {"options": {"apiKey": "{env:ZHIPU_API_KEY}"'};
    expect((await found({env, files: broken})).zhipu).toEqual([]);
    expect((await found({env: {ZHIPUAI_API_KEY: 'k.1'}, files: broken})).zhipu).toEqual(['k.1']);
    const settings = {'.claude/settings.json': '{"env": {"ANTHROPIC_BASE_URL": "https://api.z.ai'};
    expect((await found({env, files: settings})).zhipu).toEqual([]);
  });

  it('and names Zhipu, or nobody, does not', async () => {
    const broken = {[configJson]: '{"provider": {"zhipuai": {'};
    expect((await found({env, files: broken})).zhipu).toEqual(['k.1', undefined]);
    expect(await found({env, files: {[configJson]: '{"provider": {"openrouter": {'}})).toEqual(onlyZhipu);
  });

  it('such as a locked store keeps it for this look alone', async () => {
    const machine = await machineIn({env, files: login('openrouter')});
    const store = new DatabaseSync(`${machine.home}/.local/share/opencode/opencode.db`);
    store.exec('create table credential (id text, integration_id text, value text, active integer)');
    store.close();
    let isLocked = true;
    const query: Machine['query'] = async (...asked) =>
      isLocked
        ? {state: 'unreadable', why: 'another program has locked it', reason: 'locked'}
        : machine.query(...asked);
    let time = machine.now();
    const lockable = {...machine, query, now: () => time};
    expect(await sentTo(lockable)).toEqual(none);
    isLocked = false;
    time += 15_000;
    expect(await sentTo(lockable)).toEqual(onlyZhipu);
  });

  it('such as a broken store keeps it where opencode was set up for Z.ai', async () => {
    const store = {'.local/share/opencode/opencode.db': 'this is not a database '.repeat(100)};
    const chosen = config({}, {small_model: 'zai/glm-5-air'});
    expect((await found({env, files: {...store, ...chosen}})).zhipu.includes('k.1')).toBe(false);
    expect((await found({env, files: store})).zhipu).toEqual(['k.1']);
  });
});

describe('every pair of places', () => {
  /** Where a key may stand, whose it is there, and how surely. */
  const places: {site: 'zai' | 'zhipu'; strength: number; world: World}[] = [
    {site: 'zhipu', strength: 0, world: {env: {ZHIPU_API_KEY: 'k.1'}}},
    {site: 'zhipu', strength: 0, world: {files: {'.coding-relay/glm-api-key': 'k.1'}}},
    {site: 'zai', strength: 1, world: {env: {Z_AI_API_KEY: 'k.1'}}},
    {site: 'zai', strength: 2, world: {env: {ZAI_API_KEY: 'k.1'}}},
    {site: 'zai', strength: 2, world: {env: {ZAI_CODING_PLAN_API_KEY: 'k.1'}}},
    {site: 'zai', strength: 2, world: {files: {'.config/zai/key.json': {key: 'k.1'}}}},
    {site: 'zhipu', strength: 2, world: {env: {ZHIPUAI_API_KEY: 'k.1'}}},
    {site: 'zhipu', strength: 2, world: {env: {BIGMODEL_API_KEY: 'k.1'}}},
    {site: 'zhipu', strength: 2, world: {env: {ZHIPU_CODING_PLAN_API_KEY: 'k.1'}}},
    {site: 'zhipu', strength: 2, world: {files: {'.config/zhipu/api_key': 'k.1'}}},
    {site: 'zhipu', strength: 2, world: {files: {'.config/bigmodel/api_key': 'k.1'}}},
    {site: 'zai', strength: 3, world: {env: {GLM_API_KEY: 'k.1', GLM_PLATFORM: 'zai'}}},
    {site: 'zai', strength: 3, world: {stored: {zai: 'k.1'}}},
    {site: 'zhipu', strength: 3, world: {stored: {zhipu: 'k.1'}}},
    {site: 'zai', strength: 3, world: {files: login('zai')}},
    {site: 'zhipu', strength: 3, world: {files: {[configJson]: {provider: {zhipu: {options: {apiKey: 'k.1'}}}}}}},
    {site: 'zai', strength: 3, world: {env: {ANTHROPIC_BASE_URL: 'https://api.z.ai', ANTHROPIC_AUTH_TOKEN: 'k.1'}}},
    {site: 'zhipu', strength: 3, world: {files: claude('https://dev.bigmodel.cn/api/anthropic')}},
    {site: 'zai', strength: 3, world: {files: {'.chelper/config.yaml': 'plan: glm_coding_plan_global\napi_key: k.1'}}},
    {
      site: 'zhipu',
      strength: 3,
      world: {
        files: {'.zcode/v2/config.json': {provider: {'builtin:bigmodel-coding-plan': {options: {apiKey: 'k.1'}}}}},
      },
    },
  ];
  const joined = (worlds: readonly World[]): World => ({
    env: Object.assign({}, ...worlds.map(({env}) => env)),
    files: Object.assign({}, ...worlds.map(({files}) => files)),
    stored: Object.assign({}, ...worlds.map(({stored}) => stored)),
  });

  it('sends a key to the sites that are named most surely, and to no other', async () => {
    const some = fc.subarray(places, {minLength: 1, maxLength: 4});
    await fc.assert(
      fc.asyncProperty(some, async chosen => {
        const strongest = Math.max(...chosen.map(({strength}) => strength));
        const named = new Set(chosen.filter(({strength}) => strength === strongest).map(({site}) => site));
        const sent = await found(joined(chosen.map(({world}) => world)));
        expect([...new Set(sent.zai)]).toEqual(named.has('zai') ? ['k.1'] : []);
        expect([...new Set(sent.zhipu)]).toEqual(named.has('zhipu') ? ['k.1'] : []);
      }),
      {numRuns: 150},
    );
  });

  it('keeps different keys apart', async () => {
    const world = {env: {ZHIPU_API_KEY: 'k.2'}, files: login('zai-coding-plan'), stored: {zhipu: 'k.3'}};
    const machine = await machineIn(world);
    expect(summary(await zai.discover(machine))).toEqual(['k.1 ← opencode auth.json']);
    expect(summary(await zhipu.discover(machine))).toEqual(['k.2 ← ZHIPU_API_KEY', 'k.3 ← mystatus-tui login']);
  });
});
