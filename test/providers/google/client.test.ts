import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {clientInApp, clientInSource, findClient} from '../../../src/providers/google/client.ts';
import type {MachineOptions} from '../../../src/system/machine.ts';
import {withHome} from '../shared/home.ts';

const source = (id: string, prefix = 'ANTIGRAVITY') =>
  `export const ${prefix}_CLIENT_ID = "${id}";\nexport const ${prefix}_CLIENT_SECRET = 'test-client-secret';\n`;
const plugin = 'opencode-antigravity-auth';
const cache = '.cache/opencode';

// Put together here, so that no text in this file looks like a secret.
const appSecret = ['GOC', 'SPX-', 'x'.repeat(28)].join('');
const app = `…vs/platform/cloudCode/common/oauthClient.js",()=>{id="12-ab.apps.googleusercontent.com",s="${appSecret}"}`;

async function found(files: Record<string, unknown>, options: Partial<MachineOptions> = {}, stored = null) {
  const {client, missing} = await findClient((await withHome(files)).machine(options), stored);
  return client?.id ?? missing;
}

describe('the places of the OAuth client', () => {
  it.each([
    `${cache}/node_modules/${plugin}/dist/src/constants.js`,
    `${cache}/node_modules/${plugin}/src/constants.ts`,
    `${cache}/node_modules/${plugin}/src/constants.js`,
    `${cache}/node_modules/${plugin}/dist/index.js`,
    `${cache}/packages/${plugin}@1.6.0/dist/src/constants.js`,
    `${cache}/packages/${plugin}@latest/node_modules/${plugin}/dist/src/constants.js`,
    `${cache}/packages/@someone/opencode-agy-auth@1/node_modules/@someone/opencode-agy-auth/dist/index.js`,
    `${cache}/node_modules/@someone/opencode-agy-auth/dist/index.js`,
    `.config/opencode/node_modules/${plugin}/dist/src/constants.js`,
  ])('%s', async path => expect(await found({[path]: source('here')})).toBe('here'));

  it.each([
    ['linux', 'XDG_CACHE_HOME', ''],
    ['darwin', '', 'Library/Caches'],
    ['win32', 'LOCALAPPDATA', ''],
    ['win32', 'APPDATA', ''],
  ])('on %s also in the cache at %s%s', async (platform, variable, below) => {
    const home = await withHome({});
    const root = below || 'somewhere';
    await home.write(`${root}/opencode/node_modules/${plugin}/dist/index.js`, source('here'));
    const env = variable === '' ? {} : {[variable]: join(home.path, root)};
    expect((await findClient(home.machine({env, platform}), null)).client?.id).toBe('here');
  });

  it('also below OPENCODE_CONFIG_DIR', async () => {
    const home = await withHome({[`own/node_modules/${plugin}/dist/index.js`]: source('here')});
    const machine = home.machine({env: {OPENCODE_CONFIG_DIR: join(home.path, 'own')}});
    expect((await findClient(machine, null)).client?.id).toBe('here');
  });

  it('are asked in order: environment, settings, our store, plugin, app', async () => {
    const files = {
      [`${cache}/node_modules/${plugin}/dist/index.js`]: source('plugin'),
      '.local/share/antigravity/resources/app/out/main.js': app,
    };
    const env = {ANTIGRAVITY_OAUTH_CLIENT_ID: 'env', ANTIGRAVITY_OAUTH_CLIENT_SECRET: 'test-client-secret'};
    const setting = (_: string, name: string) => ({clientId: 'settings', clientSecret: 'test-client-secret'})[name];
    const stored = {id: 'stored', secret: 'test-client-secret'};
    const home = await withHome(files);
    const id = async (options: Partial<MachineOptions>, kept: typeof stored | null) =>
      (await findClient(home.machine(options), kept)).client?.id;
    expect(await id({env, setting}, stored)).toBe('env');
    expect(await id({env: {ANTIGRAVITY_OAUTH_CLIENT_ID: 'half'}, setting}, stored)).toBe('settings');
    expect(await id({}, stored)).toBe('stored');
    expect(await id({}, null)).toBe('plugin');
    expect(await found({'.local/share/antigravity/resources/app/out/main.js': app})).toBe(
      '12-ab.apps.googleusercontent.com',
    );
  });

  it('of the newest package come first', async () => {
    const path = (version: string) => `${cache}/packages/${plugin}@${version}/dist/index.js`;
    expect(await found({[path('1.9.0')]: source('old'), [path('1.10.0')]: source('new')})).toBe('new');
  });

  it('tell a plugin without a client from no plugin', async () => {
    expect(await found({})).toBe('no OAuth client found on this machine');
    expect(await found({[`${cache}/node_modules/${plugin}/dist/index.js`]: 'export {}'})).toMatch(
      /installed opencode plugin/,
    );
  });
});

describe('constants in a source', () => {
  it.each([
    ['var ANTIGRAVITY_CLIENT_ID="a",ANTIGRAVITY_CLIENT_SECRET="b";', 'a'],
    ['const ANTIGRAVITY_CLIENT_ID: string = `a`\nlet ANTIGRAVITY_CLIENT_SECRET = `b`', 'a'],
    [source('agy', 'AGY'), 'agy'],
    ['const ANTIGRAVITY_CLIENT_ID = "a"', undefined],
    ['if (ANTIGRAVITY_CLIENT_ID === "a" && ANTIGRAVITY_CLIENT_SECRET === "b") {}', undefined],
    ['const MY_ANTIGRAVITY_CLIENT_ID = "a"; const MY_ANTIGRAVITY_CLIENT_SECRET = "b"', undefined],
    [source('gemini', 'GEMINI'), undefined],
  ])('%s', (text, id) => expect(clientInSource(text)?.id).toBe(id));
});

describe('the app', () => {
  it('names its client near its OAuth module only', () => {
    expect(clientInApp(app)).toEqual({id: '12-ab.apps.googleusercontent.com', secret: appSecret});
    expect(clientInApp(app.replace('oauthClient', 'other'))).toBeNull();
    expect(clientInApp(app.replace('id=', `${' '.repeat(4000)}id=`))).toBeNull();
  });
});
