import {readFileSync} from 'node:fs';
import {utimes} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {reconcile} from '../../../src/core/polling/reconcile.ts';
import type {Account} from '../../../src/core/provider.ts';
import {demo} from '../../../src/providers/devin/demo.ts';
import {devin} from '../../../src/providers/devin/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Handler, type ServiceAnswer, startService} from '../../support/service.ts';
import {type Home, now, withHome} from '../shared/home.ts';
import {type Refusal, tokenRefusals} from '../shared/key-service.ts';
import {writeTables} from '../shared/sqlite.ts';
import {fixturesIn, toldWindow} from '../shared/told.ts';

const fixture = fixturesIn('devin');
const credentials = readFileSync(new URL('../../fixtures/devin/credentials-toml.toml', import.meta.url), 'utf8');
const cliFile = '.local/share/devin/credentials.toml';
const storeOf = (editor: string) => `.config/${editor}/User/globalStorage/state.vscdb`;
type Values = {apiKey?: string; info?: string | Uint8Array};
const writeEditor = (home: Home, editor: string, {apiKey, info}: Values) =>
  writeTables(home, storeOf(editor), {
    ItemTable: [
      ...(apiKey === undefined ? [] : [{key: 'windsurfAuthStatus', value: JSON.stringify({apiKey, name: 'A'})}]),
      ...(info === undefined ? [] : [{key: 'windsurf.settings.cachedPlanInfo', value: info}]),
    ],
  });
const shown = (accounts: Account[]) =>
  accounts.map(({source, place, credential}) => [source, place, (credential as {token?: string} | null)?.token]);

describe('a login of Devin or Windsurf', () => {
  it('is found where Devin’s command line keeps it', async () => {
    expect(await devin.discover((await withHome({[cliFile]: credentials})).machine())).toMatchObject([
      {
        ...{source: 'devin credentials.toml', place: 'Devin CLI', label: 'Devin CLI', expiresAt: null},
        secrets: ['devin-session-token$FAKE'],
        credential: {token: 'devin-session-token$FAKE', host: 'server.codeium.com', product: 'devin'},
      },
    ]);
  });

  it.each([
    ['https://server.self-serve.windsurf.com', 'server.self-serve.windsurf.com'],
    ['https://server.self-serve.windsurf.com/', 'server.self-serve.windsurf.com'],
    ['http://server.self-serve.windsurf.com', 'server.codeium.com'],
    ['https://server.codeium.com.example', 'server.codeium.com'],
    ['https://server.self-serve.windsurf.com@example.com', 'server.codeium.com'],
    ['https://example.com/server.self-serve.windsurf.com', 'server.codeium.com'],
    ['', 'server.codeium.com'],
  ])('that names %j goes to %s', async (address, host) => {
    const text = `windsurf_api_key = "k"\napi_server_url = "${address}"\n`;
    const [account] = await devin.discover((await withHome({[cliFile]: text})).machine());
    expect(account?.credential).toMatchObject({host});
  });

  it.each([
    ['Windsurf', 'windsurf'],
    ['Windsurf - Next', 'windsurf'],
    ['Devin', 'devin'],
  ])('is found in the editor %s', async (editor, product) => {
    const home = await withHome();
    await writeEditor(home, editor, {apiKey: 'editor-key'});
    const [account, ...others] = await devin.discover(home.machine());
    expect(others).toEqual([]);
    const host = product === 'devin' ? 'server.codeium.com' : 'server.self-serve.windsurf.com';
    const credential = {token: 'editor-key', host, product, renew: {code: 'open', name: editor}};
    expect(account).toMatchObject({source: `${editor} state.vscdb`, credential});
  });

  it('in several places is one account, with its fallbacks in order and no place of its own', async () => {
    const home = await withHome({[cliFile]: credentials});
    const [alone] = await devin.discover(home.machine());
    await writeEditor(home, 'Windsurf', {apiKey: 'windsurf-key'});
    await writeEditor(home, 'Devin', {apiKey: 'devin-session-token$FAKE'});
    const [account, ...others] = await devin.discover(home.machine());
    expect(others).toEqual([]);
    expect(account?.key).toBe(alone?.key);
    expect(account).not.toHaveProperty('place');
    expect(account).toMatchObject({
      ...{source: 'devin credentials.toml', secrets: ['devin-session-token$FAKE', 'windsurf-key']},
      credential: {token: 'devin-session-token$FAKE', fallbacks: [{token: 'windsurf-key', product: 'windsurf'}]},
    });
    expect(account?.fingerprint).not.toBe(alone?.fingerprint);
    expect(shown(await devin.discover(home.machine(), ['Windsurf']))).toEqual([
      ['Windsurf state.vscdb', 'Windsurf', 'windsurf-key'],
    ]);
  });

  it('saved by login is an account of its own, of the product that it names', async () => {
    const stored = async () => [
      {id: 'a', provider: 'devin', secret: 'one', fields: {}},
      {id: 'b', provider: 'devin', secret: 'two', fields: {product: 'windsurf'}},
    ];
    const accounts = await devin.discover((await withHome({[cliFile]: credentials})).machine({stored}));
    expect(accounts).toMatchObject([
      {stored: true, credential: {token: 'one', host: 'server.codeium.com'}},
      {stored: true, credential: {token: 'two', host: 'server.self-serve.windsurf.com', product: 'windsurf'}},
      {stored: false, credential: {token: 'devin-session-token$FAKE'}},
    ]);
    expect(new Set(accounts.map(({key}) => key)).size).toBe(3);
  });

  it('is found where the platform keeps it', async () => {
    const home = await withHome({'AppData/Roaming/devin/credentials.toml': 'windsurf_api_key = "win"'});
    await home.write('xdg/devin/credentials.toml', 'windsurf_api_key = "xdg"');
    await writeTables(home, 'Library/Application Support/Windsurf/User/globalStorage/state.vscdb', {
      ItemTable: [{key: 'windsurfAuthStatus', value: '{"apiKey":"mac"}'}],
    });
    const token = async (platform: string, env = {}) =>
      shown(await devin.discover(home.machine({platform, env})))[0]?.[2];
    expect(await token('win32')).toBe('win');
    expect(await token('darwin')).toBe('mac');
    expect(await token('linux')).toBeUndefined();
    expect(await token('linux', {XDG_DATA_HOME: join(home.path, 'xdg')})).toBe('xdg');
  });

  it('is none where nobody is signed in', async () => {
    const home = await withHome({
      [cliFile]: 'api_server_url = "https://server.codeium.com"\n[x]\nwindsurf_api_key = "no"',
    });
    await writeEditor(home, 'Windsurf', {});
    await writeEditor(home, 'Devin', {apiKey: ' '});
    expect(await devin.discover(home.machine())).toEqual([]);
  });

  it('in a place that cannot be read is told of where there is no other', async () => {
    const home = await withHome({[storeOf('Windsurf')]: 'this is no store'});
    expect(await devin.discover(home.machine())).toMatchObject([
      {source: 'Windsurf state.vscdb', problem: {code: 'no_credentials'}},
    ]);
    await home.write(cliFile, credentials);
    expect(await devin.discover(home.machine())).toMatchObject([{source: 'devin credentials.toml'}]);
  });
});

describe('figures that a Windsurf editor noted', () => {
  const info = JSON.stringify(fixture('cached-plan-info'));
  const inTheMorning = now / 1000 - 7200;

  it.each([
    ['a text', info],
    ['UTF-8', new Uint8Array(Buffer.from(info, 'utf8'))],
    ['UTF-16', new Uint8Array(Buffer.from(info, 'utf16le'))],
  ])('as %s are as old as its store, and need no login', async (_, value) => {
    const home = await withHome();
    (await writeEditor(home, 'Windsurf', {info: value})).close();
    await utimes(join(home.path, storeOf('Windsurf')), inTheMorning, inTheMorning);
    const accounts = await devin.discover(home.machine());
    const [state] = reconcile(accounts, [], () => null, now);
    expect(state?.reading?.windows.map(toldWindow)).toEqual([
      '1d 45 % percent 2026-09-02T00:00:00Z',
      'weekly 10 % percent 2026-09-07T00:00:00Z',
    ]);
    expect(state).toMatchObject({readAt: now - 7_200_000, dueAt: null, failure: null, source: 'Windsurf state.vscdb'});
    expect(await devin.discover(home.machine(), ['Devin CLI'])).toEqual([]);
  });

  it('stand behind a login, from wherever that is', async () => {
    const home = await withHome({[cliFile]: credentials});
    await writeEditor(home, 'Windsurf', {info});
    const [account] = await devin.discover(home.machine());
    expect(account).toMatchObject({source: 'devin credentials.toml', cached: {reading: {plan: 'Pro'}}});
    expect(account).not.toHaveProperty('passive');
    expect(await devin.discover(home.machine(), ['Devin CLI'])).toEqual([account]);
  });

  it('that have all reset are nothing', async () => {
    const home = await withHome();
    await writeEditor(home, 'Windsurf', {info});
    expect(await devin.discover(home.machine({now: () => Date.parse('2026-09-08T00:00:00Z')}))).toEqual([]);
  });
});

/** A reading of the login in the file, with the editor's behind it if there is one. */
async function ask(handler: Handler, editorKey?: string) {
  const service = await startService(handler);
  onTestFinished(() => service.close());
  const home = await withHome({[cliFile]: credentials});
  if (editorKey !== undefined) await writeEditor(home, 'Windsurf', {apiKey: editorKey});
  const [account] = await devin.discover(home.machine());
  if (account === undefined) return expect.unreachable('no account was found');
  const wire = createWire({provider: devin, origin: service.origin, env: {}, version: '1.0.0', now: () => now});
  return {reading: devin.fetch(account, wire), requests: service.requests};
}
const answering = async (answer: ServiceAnswer) => (await ask(() => answer)).reading;
const keyIn = (body: string): string => JSON.parse(body).metadata.apiKey;
const refused = {status: 401, body: fixture('error-401')};

describe('a request to Devin', () => {
  it('carries the key in its body, and an honest name', async () => {
    const {reading, requests} = await ask(() => ({status: 200, body: fixture('max-hidden-daily')}));
    expect((await reading).plan).toBe('Max');
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: '/exa.seat_management_pb.SeatManagementService/GetUserStatus',
        headers: {'user-agent': 'mystatus-tui/1.0.0', 'connect-protocol-version': '1'},
      },
    ]);
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      metadata: {apiKey: 'devin-session-token$FAKE', ideName: 'devin', extensionName: 'devin', locale: 'en'},
    });
  });

  it.each<Refusal>([
    ...tokenRefusals,
    [401, fixture('error-401'), 'expired'],
    [400, {code: 'unauthenticated'}, 'expired'],
    [200, {code: 'unauthenticated', message: 'no'}, 'expired'],
    [403, {code: 'permission_denied'}, 'auth_rejected'],
    [200, {code: 'permission_denied'}, 'auth_rejected'],
    [400, {code: 'resource_exhausted'}, 'rate_limited'],
    [404, {code: 'unimplemented'}, 'bad_response'],
  ])('answered with %i and %j ends as it should: %s', async (status, body, code) => {
    await expect(answering({status, body})).rejects.toMatchObject({code});
  });

  it('waits as long as it was told to', async () => {
    const answer = {status: 429, headers: {'retry-after': '60'}, body: {}};
    await expect(answering(answer)).rejects.toMatchObject({retryAt: now + 60_000});
  });

  it('refused is made again with the next login', async () => {
    const {reading, requests} = await ask(
      ({body}) => (keyIn(body) === 'editor-key' ? {status: 200, body: fixture('windsurf-pro')} : refused),
      'editor-key',
    );
    expect((await reading).plan).toBe('Pro');
    expect(requests.map(({body}) => keyIn(body))).toEqual(['devin-session-token$FAKE', 'editor-key']);
  });

  it('refused with every login speaks of the first', async () => {
    const {reading} = await ask(() => refused, 'editor-key');
    await expect(reading).rejects.toMatchObject({code: 'expired', remedy: {code: 'run', command: 'devin'}});
  });

  it('that fails with the next login speaks of that', async () => {
    const {reading} = await ask(
      ({body}) => (keyIn(body) === 'editor-key' ? {status: 429, body: {}} : refused),
      'editor-key',
    );
    await expect(reading).rejects.toMatchObject({code: 'rate_limited'});
  });

  it.each([403, 429, 500])('answered with %i is not made again', async status => {
    const {reading, requests} = await ask(() => ({status, body: {}}), 'editor-key');
    await expect(reading).rejects.toBeDefined();
    expect(requests).toHaveLength(1);
  });

  it('of the demo is answered', async () => {
    expect(await devin.discover((await withHome(demo.files(now))).machine())).toMatchObject([
      {source: 'devin credentials.toml', place: 'Devin CLI'},
    ]);
  });
});
