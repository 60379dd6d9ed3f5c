import {chmod} from 'node:fs/promises';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, it} from 'vitest';
import {zai, zhipu} from '../../../src/providers/zhipu/index.ts';
import {keyOf, machineWith, summary} from './support.ts';

const authJson = '.local/share/opencode/auth.json';
const opencodeAuth = JSON.stringify({
  'zhipuai-coding-plan': {type: 'api', key: '0123456789abcdef.China'},
  'zai-coding-plan/': {type: 'api', key: 'fedcba9876543210.Global'},
});
const claude = (url: string, token: string) =>
  JSON.stringify({env: {ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: token}});
const stored =
  (secret: string, fields: Record<string, string> = {}, label?: string) =>
  async (provider: string) =>
    provider === 'zhipu' ? [{id: 'one', provider, secret, fields, ...(label === undefined ? {} : {label})}] : [];

describe('an account', () => {
  it('is named by its masked key and never carries the key outside its credential', async () => {
    const machine = await machineWith({}, {env: {ZAI_API_KEY: ' 0123456789abcdef.FakeSecretPart\n'}});
    const [account] = await zai.discover(machine);
    expect(account).toMatchObject({
      provider: 'zai',
      label: '0123…Part',
      source: 'ZAI_API_KEY',
      expiresAt: null,
      stored: false,
      secrets: ['0123456789abcdef.FakeSecretPart', 'FakeSecretPart'],
    });
    expect(account?.key).toMatch(/^zai:[0-9a-f]{8}$/);
    expect(JSON.stringify({...account, credential: null, secrets: []})).not.toMatch(/FakeSecret|456789/);
  });

  it('does not show a short key at all', async () => {
    const [account] = await zai.discover(await machineWith({}, {env: {ZAI_API_KEY: 'short'}}));
    expect(account?.label).toBe('****');
  });

  it('is one, wherever its key is found again: the first place names it', async () => {
    const machine = await machineWith(
      {[authJson]: opencodeAuth, '.config/zai/key.json': '{"key": "fedcba9876543210.Global"}'},
      {env: {Z_AI_API_KEY: 'fedcba9876543210.Global'}},
    );
    expect(summary(await zai.discover(machine))).toEqual(['fedcba9876543210.Global ← Z_AI_API_KEY']);
  });

  it('has another fingerprint when its team changes, and the same key', async () => {
    const env = {ZHIPU_API_KEY: 'one.Key'};
    const team = {Z_AI_BIGMODEL_ORGANIZATION: 'org-1', Z_AI_BIGMODEL_PROJECT: 'proj_1'};
    const [alone] = await zhipu.discover(await machineWith({}, {env}));
    const [inTeam] = await zhipu.discover(await machineWith({}, {env: {...env, ...team}}));
    expect(inTeam?.key).toBe(alone?.key);
    expect(inTeam?.fingerprint).not.toBe(alone?.fingerprint);
  });

  it('of the same key under an entry of each site is two accounts, each of its own site', async () => {
    const entries = {
      'zai-coding-plan': {type: 'api', key: 'one.Key'},
      'zhipuai-coding-plan': {type: 'api', key: 'one.Key'},
    };
    const machine = await machineWith({[authJson]: JSON.stringify(entries)});
    const [global, china] = [await zai.discover(machine), await zhipu.discover(machine)];
    expect([...global, ...china].map(keyOf)).toEqual(['one.Key', 'one.Key']);
    expect(global[0]?.key).not.toBe(china[0]?.key);
  });
});

describe('places', () => {
  it('are looked through in order', async () => {
    const machine = await machineWith(
      {
        [authJson]: JSON.stringify({'zhipuai-coding-plan': {type: 'api', key: 'k3'}}),
        '.config/opencode/opencode.json': JSON.stringify({provider: {zhipu: {options: {apiKey: 'k4'}}}}),
        '.claude/settings.json': claude('https://open.bigmodel.cn/api/anthropic', 'k6'),
        '.chelper/config.yaml': 'plan: glm_coding_plan_china\napi_key: k7\n',
        '.config/bigmodel/api_key': 'k8\n',
        '.config/zhipu/api_key': 'k9',
        '.coding-relay/glm-api-key': 'k10',
      },
      {
        env: {
          ZHIPU_API_KEY: 'k1',
          ANTHROPIC_BASE_URL: 'https://dev.bigmodel.cn/api/anthropic',
          ANTHROPIC_AUTH_TOKEN: 'k5',
        },
        stored: stored('k2'),
      },
    );
    expect(summary(await zhipu.discover(machine))).toEqual([
      'k1 ← ZHIPU_API_KEY',
      'k2 ← mystatus-tui login',
      'k3 ← opencode auth.json',
      'k4 ← opencode.json',
      'k5 ← ANTHROPIC_AUTH_TOKEN',
      'k6 ← Claude Code settings.json',
      'k7 ← chelper config.yaml',
      'k8 ← bigmodel/api_key',
      'k9 ← zhipu/api_key',
      'k10 ← .coding-relay/glm-api-key',
    ]);
    expect(await zai.discover(machine)).toEqual([]);
  });

  it('may all be empty', async () => {
    const machine = await machineWith({}, {env: {ZAI_API_KEY: ' ', ZHIPU_API_KEY: ''}});
    expect([...(await zai.discover(machine)), ...(await zhipu.discover(machine))]).toEqual([]);
  });
});

describe('the environment', () => {
  it.each(['ZAI_API_KEY', 'Z_AI_API_KEY', 'ZAI_CODING_PLAN_API_KEY'])('gives %s to Z.ai alone', async name => {
    const machine = await machineWith({}, {env: {[name]: 'one.Key'}});
    expect(summary(await zai.discover(machine))).toEqual([`one.Key ← ${name}`]);
    expect(await zhipu.discover(machine)).toEqual([]);
  });

  it.each(['ZHIPU_API_KEY', 'ZHIPUAI_API_KEY', 'BIGMODEL_API_KEY', 'ZHIPU_CODING_PLAN_API_KEY'])(
    'gives %s to Zhipu alone',
    async name => {
      const machine = await machineWith({}, {env: {[name]: 'one.Key'}});
      expect(summary(await zhipu.discover(machine))).toEqual([`one.Key ← ${name}`]);
      expect(await zai.discover(machine)).toEqual([]);
    },
  );

  it.each([
    [{}, 0, 0],
    [{GLM_PLATFORM: 'ZAI'}, 1, 0],
    [{GLM_PLATFORM: 'zhipu'}, 0, 1],
    [{GLM_PLATFORM: 'elsewhere'}, 0, 0],
    [{GLM_BASE_URL: 'https://api.z.ai/api/coding/paas/v4'}, 1, 0],
    [{GLM_BASE_URL: 'https://open.bigmodel.cn/api/coding/paas/v4'}, 0, 1],
    [{GLM_PLATFORM: 'zhipu', GLM_BASE_URL: 'https://api.z.ai/'}, 0, 1],
  ])('uses GLM_API_KEY only where it is said for which site: %j', async (choice, global, china) => {
    const machine = await machineWith({}, {env: {GLM_API_KEY: 'one.Key', ...choice}});
    expect([(await zai.discover(machine)).length, (await zhipu.discover(machine)).length]).toEqual([global, china]);
  });

  it('says what is no key, and how to replace it', async () => {
    const [account] = await zai.discover(await machineWith({}, {env: {ZAI_API_KEY: 'paste your key here'}}));
    expect(account?.problem).toMatchObject({
      code: 'no_credentials',
      detail: 'ZAI_API_KEY: it contains no API key',
      remedy: {code: 'replace-credential', name: 'zai'},
    });
  });

  it('takes a key that was stored with Bearer before it', async () => {
    const accounts = await zai.discover(await machineWith({}, {env: {ZAI_API_KEY: 'Bearer one.Key'}}));
    expect(accounts.map(keyOf)).toEqual(['one.Key']);
  });

  it.each(['Bearer one.Key', 'no key at all'])('lets our own store know %j again, to forget it', async secret => {
    const [account] = await zhipu.discover(await machineWith({}, {stored: stored(secret, {})}));
    expect(account).toMatchObject({source: 'mystatus-tui login', stored: true});
    expect(account?.secrets).toContain(secret);
  });
});

describe('teams', () => {
  const credentialsOf = async (env: Record<string, string>, fields: Record<string, string>) => {
    const accounts = await zhipu.discover(await machineWith({}, {env, stored: stored('one.Key', fields, 'Work')}));
    return accounts.map(({credential, label}) => ({...(credential as object), label}));
  };
  const team = {organization: 'org-1', project: 'proj_1'};

  it('come from the stored fields', async () => {
    expect(await credentialsOf({}, team)).toEqual([{key: 'one.Key', team, label: 'Work'}]);
  });

  it('come from the environment where nothing is stored', async () => {
    const env = {Z_AI_BIGMODEL_ORGANIZATION: 'org-2', Z_AI_BIGMODEL_PROJECT: 'proj_2'};
    expect(await credentialsOf(env, {})).toMatchObject([{team: {organization: 'org-2', project: 'proj_2'}}]);
    expect(await credentialsOf(env, team)).toMatchObject([{team}]);
  });

  it('and a label are kept when the same key stands in the environment too', async () => {
    expect(await credentialsOf({ZHIPU_API_KEY: 'one.Key'}, team)).toEqual([{key: 'one.Key', team, label: 'Work'}]);
  });

  it.each([{}, {organization: 'org-1'}, {...team, project: 'a b'}, {...team, organization: 'x\r\ny: z'}])(
    'need both parts, as a header can carry them: %j is none',
    async fields => {
      expect(await credentialsOf({}, fields)).toMatchObject([{team: null}]);
    },
  );

  it('are no matter of Z.ai', async () => {
    const env = {ZAI_API_KEY: 'one.Key', Z_AI_BIGMODEL_ORGANIZATION: 'org-2', Z_AI_BIGMODEL_PROJECT: 'proj_2'};
    const [account] = await zai.discover(await machineWith({}, {env}));
    expect(account?.credential).toEqual({key: 'one.Key', team: null});
  });
});

describe('opencode', () => {
  it('keeps the two sites apart', async () => {
    const machine = await machineWith({[authJson]: opencodeAuth});
    expect(summary(await zai.discover(machine))).toEqual(['fedcba9876543210.Global ← opencode auth.json']);
    expect(summary(await zhipu.discover(machine))).toEqual(['0123456789abcdef.China ← opencode auth.json']);
  });

  it.each(['zhipu-coding-plan', 'zhipuai', 'zhipu'])('is read under %s too', async id => {
    const machine = await machineWith({[authJson]: JSON.stringify({[id]: {type: 'api', key: 'k'}})});
    expect((await zhipu.discover(machine)).map(keyOf)).toEqual(['k']);
    expect(await zai.discover(machine)).toEqual([]);
  });

  it('is read past a login of another kind', async () => {
    const entries = {'zai-coding-plan': {type: 'oauth', access: 'x', refresh: 'y'}, zai: {type: 'api', key: 'k'}};
    const machine = await machineWith({[authJson]: JSON.stringify(entries)});
    expect((await zai.discover(machine)).map(keyOf)).toEqual(['k']);
  });

  it('is read from its store, which wins over the file that it has left behind', async () => {
    const machine = await machineWith({[authJson]: opencodeAuth});
    const store = new DatabaseSync(`${machine.home}/.local/share/opencode/opencode.db`);
    store.exec(
      'create table credential (id text primary key, integration_id text, value text, active integer, time_updated integer)',
    );
    const insert = store.prepare('insert into credential values (?, ?, ?, ?, ?)');
    insert.run('a', 'zai-coding-plan', JSON.stringify({type: 'key', key: 'old'}), 0, 9);
    insert.run('b', 'zai-coding-plan', JSON.stringify({type: 'key', key: 'new'}), 1, 1);
    store.close();
    expect(summary(await zai.discover(machine))).toEqual(['new ← opencode store']);
  });

  it('with a broken file is a problem where there is no other key', async () => {
    const files = {[authJson]: '{"zai-coding-plan": {'};
    const [problem] = await zai.discover(await machineWith(files));
    expect(problem?.problem).toMatchObject({
      detail: 'opencode auth.json: it is not valid JSON',
      remedy: {code: 'fix-file'},
    });
    const machine = await machineWith(files, {env: {ZAI_API_KEY: 'one.Key'}});
    expect(summary(await zai.discover(machine))).toEqual(['one.Key ← ZAI_API_KEY']);
  });
});

describe("opencode's configuration", () => {
  const config = (provider: object) => ({'.config/opencode/opencode.json': JSON.stringify({provider})});
  const found = async (provider: object) => {
    const machine = await machineWith(config(provider));
    return {zai: (await zai.discover(machine)).map(keyOf), zhipu: (await zhipu.discover(machine)).map(keyOf)};
  };

  it.each(['zai-coding-plan', 'zai', 'glm', 'glm-coding-plan'])('gives the key of %s to Z.ai alone', async id => {
    expect(await found({[id]: {options: {apiKey: 'k'}}})).toEqual({zai: ['k'], zhipu: []});
  });

  it.each(['zhipuai-coding-plan', 'zhipu'])('gives the key of %s to Zhipu alone', async id => {
    expect(await found({[id]: {options: {apiKey: 'k'}}})).toEqual({zai: [], zhipu: ['k']});
  });

  it('gives a key to the site that its address names, whatever the id', async () => {
    const options = {apiKey: 'k', baseURL: 'https://open.bigmodel.cn/api/coding/paas/v4'};
    expect(await found({glm: {options}})).toEqual({zai: [], zhipu: ['k']});
  });

  it.each([
    'https://gateway.example.com/v1',
    'https://api.z.ai.example.com/',
    'http://127.0.0.1:8080',
    '{env:NOT_SET}',
  ])('gives a key that goes to %s to neither', async baseURL => {
    expect(await found({zai: {options: {apiKey: 'k', baseURL}}})).toEqual({zai: [], zhipu: []});
  });

  it('is a problem of the site that a broken file names', async () => {
    const machine = await machineWith({'.config/opencode/opencode.json': '{"provider": {"zai": {"options": '});
    expect(summary(await zai.discover(machine))).toEqual(['opencode.json: it is not valid JSON ← opencode.json']);
    expect(await zhipu.discover(machine)).toEqual([]);
  });
});

describe('Claude Code', () => {
  const both = async (files: Record<string, string>, env: Record<string, string> = {}) => {
    const machine = await machineWith(files, {env});
    return {zai: (await zai.discover(machine)).map(keyOf), zhipu: (await zhipu.discover(machine)).map(keyOf)};
  };

  it.each([
    ['https://api.z.ai/api/anthropic', {zai: ['k'], zhipu: []}],
    ['https://open.bigmodel.cn/api/anthropic', {zai: [], zhipu: ['k']}],
    ['https://dev.bigmodel.cn/api/anthropic', {zai: [], zhipu: ['k']}],
    ['https://API.Z.AI', {zai: ['k'], zhipu: []}],
    ['https://api.anthropic.com', {zai: [], zhipu: []}],
    ['https://api.z.ai.example.com/', {zai: [], zhipu: []}],
    ['https://api.z.ai@example.com/', {zai: [], zhipu: []}],
    ['https://example.com/api.z.ai', {zai: [], zhipu: []}],
    ['http://api.z.ai/', {zai: [], zhipu: []}],
    ['api.z.ai', {zai: [], zhipu: []}],
  ])('pointed at %s', async (url, expected) => {
    expect(await both({'.claude/settings.json': claude(url, 'k')})).toEqual(expected);
    expect(await both({}, {ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: 'k'})).toEqual(expected);
  });

  it('keeps its settings where CLAUDE_CONFIG_DIR says', async () => {
    const machine = await machineWith({'elsewhere/settings.json': claude('https://api.z.ai', 'k')});
    const env = {CLAUDE_CONFIG_DIR: `${machine.home}/elsewhere`};
    expect((await zai.discover({...machine, env})).map(keyOf)).toEqual(['k']);
  });

  it('does not lend an address from one place to a token from another', async () => {
    const files = {'.claude/settings.json': JSON.stringify({env: {ANTHROPIC_AUTH_TOKEN: 'of-another-service'}})};
    expect(await both(files, {ANTHROPIC_BASE_URL: 'https://api.z.ai'})).toEqual({zai: [], zhipu: []});
  });

  it("never gives away Anthropic's own token", async () => {
    const files = {'.claude/settings.json': claude('https://api.z.ai', 'sk-ant-oat01-fake')};
    expect(await both(files)).toEqual({zai: [], zhipu: []});
  });

  it('with broken settings is a problem only of the site that they name', async () => {
    const machine = await machineWith({'.claude/settings.json': '{"env": {"ANTHROPIC_BASE_URL": "https://api.z.ai", '});
    expect(summary(await zai.discover(machine))).toEqual([
      'Claude Code settings.json: it is not valid JSON ← Claude Code settings.json',
    ]);
    expect(await zhipu.discover(machine)).toEqual([]);
  });

  it.each(['[]', 'null', '{"env": 7}', '{"env": {"ANTHROPIC_BASE_URL": 7, "ANTHROPIC_AUTH_TOKEN": {}}}'])(
    'may hold settings of another shape: %s',
    async text => {
      expect(await both({'.claude/settings.json': text})).toEqual({zai: [], zhipu: []});
    },
  );
});

describe("the sites' own helper", () => {
  const keysIn = async (text: string) => {
    const machine = await machineWith({'.chelper/config.yaml': text});
    return {zai: (await zai.discover(machine)).map(keyOf), zhipu: (await zhipu.discover(machine)).map(keyOf)};
  };

  it.each([
    ['plan: glm_coding_plan_global\napi_key: k.1\n', {zai: ['k.1'], zhipu: []}],
    ['lang: zh_CN\r\nplan: "glm_coding_plan_china" # site\r\napi_key: \'k.1\'\r\n', {zai: [], zhipu: ['k.1']}],
    ['api_key: k.1 # mine\nplan: glm_coding_plan_global\n', {zai: ['k.1'], zhipu: []}],
    ['# api_key: k.1\nplan: glm_coding_plan_global\n', {zai: [], zhipu: []}],
    ['plan: glm_coding_plan_global\napi_key: ""\n', {zai: [], zhipu: []}],
    ['plan: glm_coding_plan_global\napi_key: null\n', {zai: [], zhipu: []}],
    ['plan: something_else\napi_key: k.1\n', {zai: [], zhipu: []}],
    ['api_key: k.1\n', {zai: [], zhipu: []}],
    ['other:\n  plan: glm_coding_plan_global\n  api_key: k.1\n', {zai: [], zhipu: []}],
  ])('says for which site its key is: %j', async (text, expected) => {
    expect(await keysIn(text)).toEqual(expected);
  });
});

describe('key files', () => {
  it.each(['{"key": "k.1"}', '{"api_key": "k.1"}', '{"apiKey": " k.1 "}', '"k.1"', 'k.1\n'])(
    'may be %s',
    async text => {
      const machine = await machineWith({'.config/zai/key.json': text});
      expect((await zai.discover(machine)).map(keyOf)).toEqual(['k.1']);
    },
  );

  it('stand below XDG_CONFIG_HOME where that is set', async () => {
    const machine = await machineWith({'xdg/zhipu/api_key': 'k.1', '.config/zhipu/api_key': 'k.2'});
    const env = {XDG_CONFIG_HOME: `${machine.home}/xdg`};
    expect((await zhipu.discover({...machine, env})).map(keyOf)).toEqual(['k.1']);
  });

  it.each(['', ' \n', '{}', '[]'])('that hold nothing (%j) are nothing', async text => {
    expect(await zai.discover(await machineWith({'.config/zai/key.json': text}))).toEqual([]);
  });

  it.each(['{"key": "k.1', 'two words', 'a\nb', 'x'.repeat(2000), 'ключ'])('that hold %j are a problem', async text => {
    const [account] = await zai.discover(await machineWith({'.config/zai/key.json': text}));
    expect(account).toMatchObject({
      credential: null,
      problem: {detail: 'zai/key.json: it contains no API key', remedy: {code: 'fix-file'}},
    });
  });

  it('that may not be read say so', async context => {
    const machine = await machineWith({'.config/zhipu/api_key': 'k.1'});
    await chmod(`${machine.home}/.config/zhipu/api_key`, 0o000);
    // Nothing is forbidden to root.
    if ((await machine.readText(`${machine.home}/.config/zhipu/api_key`)).state === 'ok') context.skip();
    const [account] = await zhipu.discover(machine);
    expect(account?.problem).toMatchObject({
      detail: 'zhipu/api_key: permission denied',
      remedy: {code: 'file-permissions'},
    });
  });

  it('that are directories say so', async () => {
    const machine = await machineWith({'.config/zhipu/api_key/inside': ''});
    expect(summary(await zhipu.discover(machine))).toEqual(['zhipu/api_key: it is a directory ← zhipu/api_key']);
  });
});

describe('a place that may not concern the site', () => {
  it('is a problem only where there is no key', async () => {
    const files = {'.chelper/config.yaml/inside': ''};
    expect(summary(await zai.discover(await machineWith(files)))).toEqual([
      'chelper config.yaml: it is a directory ← chelper config.yaml',
    ]);
    const machine = await machineWith(files, {env: {ZAI_API_KEY: 'one.Key'}});
    expect(summary(await zai.discover(machine))).toEqual(['one.Key ← ZAI_API_KEY']);
  });
});
