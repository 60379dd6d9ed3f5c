import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {AccountEntry} from '../../src/output/accounts.ts';
import type {Report} from '../../src/output/report.ts';
import {canRefuse, fileKeychain, installWithFileKeychain, withoutBus} from '../support/keychain.ts';
import {run} from '../support/run.ts';
import {createWorld, type World} from '../support/world.ts';

// A key that the invented service of Z.ai takes.
const key = async (): Promise<string> => {
  const world = await createWorld(['zai']);
  const text = readFileSync(join(world.home, '.chelper/config.yaml'), 'utf8');
  await world.close();
  return /api_key: *"?([^"\n]+)/.exec(text)?.[1] ?? '';
};

let world: World;
beforeEach(async () => {
  world = await createWorld(['openai']);
});
afterEach(() => world.close());

const store = () => join(world.home, '.config/mystatus-tui/credentials.json');
const accounts = async (env: Record<string, string>, options = {}): Promise<AccountEntry[]> => {
  const {stdout} = await run(['accounts', '--json', '--provider', 'zai'], env, options);
  return (JSON.parse(stdout) as {accounts: AccountEntry[]}).accounts;
};

describe.runIf(canRefuse)('without a keychain', () => {
  const env = () => ({...world.env, ...withoutBus});

  it('login --keychain says so in one line, and keeps nothing anywhere', async () => {
    const secret = await key();
    for (const args of [[], ['--no-verify']]) {
      const {code, stdout, stderr} = await run(['login', 'zai', '--keychain', ...args], env(), {stdin: `${secret}\n`});
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^mystatus-tui: not stored: no keychain is running .*\n$/);
      expect(stderr).not.toContain(secret.slice(0, 12));
      expect(existsSync(store())).toBe(false);
    }
  });

  it('a login that is in it is an account that says what is wrong and what to do; the others go on', async () => {
    const kept = {id: '0000abcd', provider: 'zai', label: 'work', fields: {}, keychain: true};
    world.write('.config/mystatus-tui/credentials.json', JSON.stringify({version: 1, credentials: [kept]}));
    const {code, stdout} = await run(['--json'], env());
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    expect(report.accounts.find(({provider}) => provider === 'openai')).toMatchObject({status: 'ok'});
    expect(report.accounts.find(({provider}) => provider === 'zai')).toMatchObject({
      label: 'work',
      source: 'mystatus-tui login (keychain)',
      status: 'no_credentials',
      message: expect.stringContaining('mystatus-tui login (keychain): no keychain is running'),
      remedy: expect.stringMatching(/keychain.*`mystatus-tui login zai`/),
    });

    const doctor = await run(['doctor', '--json'], env());
    const {checks} = JSON.parse(doctor.stdout) as {checks: {id: string; status: string; detail: string}[]};
    expect(checks.find(({id}) => id === 'keychain')).toMatchObject({
      status: 'info',
      detail: 'unavailable, see above',
    });

    const [account] = await accounts(env());
    expect(account).toMatchObject({stored: true, masked: '', label: 'work'});
    const logout = await run(['logout', account?.account ?? ''], env());
    expect([logout.code, logout.stderr]).toEqual([1, expect.stringContaining('may still be there')]);
    expect(await accounts(env())).toEqual([]);
  });

  it('doctor does not speak of it while nothing needs it', async () => {
    const {stdout} = await run(['doctor', '--json'], env());
    expect(stdout).not.toContain('keychain');
  });
});

describe('with a keychain', () => {
  it('login --keychain, accounts, a reading and logout go the whole way, and the secret is in no file', async () => {
    const installed = {program: installWithFileKeychain(join(world.home, 'program'))};
    const keychain = fileKeychain(world.home);
    const secret = await key();
    const login = await run(['login', 'zai', '--keychain', '--label', 'work'], world.env, {
      ...installed,
      stdin: `${secret}\n`,
    });
    expect([login.code, login.stderr]).toEqual([0, '']);
    expect(login.stdout).toContain('in the keychain');
    expect(Object.values(keychain.entries())).toEqual([secret]);
    expect(readFileSync(store(), 'utf8')).not.toContain(secret.slice(0, 12));
    const [account] = await accounts(world.env, installed);
    expect(account).toMatchObject({
      label: 'work',
      source: 'mystatus-tui login (keychain)',
      stored: true,
      status: null,
      masked: expect.stringMatching(/^\S{4}…\S{4}$/),
    });
    const {stdout} = await run(['--json', '--provider', 'zai'], world.env, installed);
    expect((JSON.parse(stdout) as Report).accounts).toMatchObject([{status: 'ok', label: 'work'}]);
    expect((await run(['doctor'], world.env, installed)).stdout).toMatch(/Keychain +available; logins stored in it: 1/);
    const logout = await run(['logout', account?.account ?? ''], world.env, installed);
    expect(logout).toMatchObject({code: 0, stderr: ''});
    expect(await accounts(world.env, installed)).toEqual([]);
    expect(keychain.entries()).toEqual({});
  });
});
