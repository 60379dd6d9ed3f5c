import {readFileSync} from 'node:fs';
import {chmod} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {volcengine} from '../../../src/providers/volcengine/index.ts';
import {withHome} from '../shared/home.ts';
import {failureThrough, found, readThrough, testVendorProgram, withProgram} from '../shared/vendor-program.ts';

const usage = readFileSync(new URL('../../fixtures/volcengine/arkcli.json', import.meta.url), 'utf8');
const login = {'.arkcli/identities/volc-1/token.json': {refresh_token: 'fake-refresh-token'}};
const version = 'arkcli version 1.0.3';

testVendorProgram(volcengine, {
  ...{name: 'arkcli', files: login, version, usage},
  others: [
    ['', 'no_credentials'],
    ['2.4.0', 'no_credentials'],
    ['arkpaste version 2.4.0', 'no_credentials'],
    ['arkcli version 0.0.9', 'bad_response'],
  ],
});

const answering = (rest: string) => `if [ "$1" = --version ]; then echo '${version}'; exit; fi\n${rest}`;
const fakeOf = (rest: string, files: Record<string, unknown> = login) =>
  withProgram('arkcli', answering(rest), {...files, 'usage.json': usage});

describe('arkcli', () => {
  it('is asked for the usage of all plans, and kept from updating itself', async () => {
    const fake = await fakeOf('echo "$ARKCLI_NO_UPDATE_NOTIFIER" > HOME/quiet; cat HOME/usage.json');
    expect((await readThrough(fake, volcengine)).windows).toHaveLength(6);
    expect(await fake.calls()).toEqual(['--version', 'usage plan --format json']);
    expect(readFileSync(join(fake.home.path, 'quiet'), 'utf8')).toBe('1\n');
  });

  it.each([
    ['not logged in', 'expired'],
    ['Error: authentication required', 'expired'],
    ['ListSubscribeTrade requires Volc SSO STS, please run `arkcli auth login volc-sso`', 'expired'],
    ['AccessDenied: User someone is not authorized to perform: ark:GetCodingPlanUsage', 'scope_missing'],
    ['Throttling: try later', 'rate_limited'],
    ['unknown command "plan" for "arkcli usage"', 'bad_response'],
    ['disk full', 'server_error'],
  ])('that ends badly with %j: %s', async (words, code) => {
    for (const to of ['2', '1']) {
      const failure = await failureThrough(await fakeOf(`echo '${words}' >&${to}; exit 1`), volcengine);
      expect([failure.code, failure.message.includes('someone')]).toEqual([code, false]);
    }
  });

  it('is found on Windows where npm puts the program itself, for which no shell is needed', async () => {
    const place = 'npm/node_modules/@volcengine/ark-cli/bin/arkcli-windows-amd64.exe';
    const home = await withHome({...login, [place]: '', 'npm/arkcli.cmd': ''});
    await chmod(join(home.path, place), 0o755);
    await chmod(join(home.path, 'npm/arkcli.cmd'), 0o755);
    const env = {APPDATA: home.path, Path: join(home.path, 'npm')};
    const [account] = await volcengine.discover(home.machine({platform: 'win32', env}));
    expect(account?.credential).toEqual({path: join(home.path, place)});
  });

  it('says what to do', async () => {
    const remedyFor = async (words: string) =>
      (await failureThrough(await fakeOf(`echo '${words}' >&2; exit 1`), volcengine)).remedy;
    expect(await remedyFor('not logged in')).toEqual({code: 'run', command: 'arkcli auth login'});
    expect(await remedyFor('unknown command')).toMatchObject({code: 'update', name: 'arkcli'});
    expect(await remedyFor('AccessDenied')).toMatchObject({code: 'grant'});
  });

  it('that ends well with nobody signed in says so', async () => {
    const fake = await fakeOf('echo \'{"viewer": {"auth_method": "none"}, "items": []}\'');
    expect((await failureThrough(fake, volcengine)).code).toBe('expired');
  });

  it('is found where ARKCLI_PATH says first, then on PATH, then where installers put it', async () => {
    const fake = await fakeOf('');
    for (const path of ['other/tool', '.local/bin/arkcli']) {
      await fake.home.write(path, '#!/bin/sh\n');
      await chmod(join(fake.home.path, path), 0o755);
    }
    const pathOf = async (env: Record<string, string>) => (await found(fake, volcengine, env))[0]?.credential;
    const other = join(fake.home.path, 'other/tool');
    expect(await pathOf({ARKCLI_PATH: other})).toEqual({path: other});
    expect(await pathOf({ARKCLI_PATH: '/nonexistent/arkcli'})).toEqual({path: fake.path});
    expect(await pathOf({ARKCLI_PATH: 'other/tool'})).toEqual({path: fake.path});
    expect(await pathOf({PATH: '/nonexistent'})).toEqual({path: join(fake.home.path, '.local/bin/arkcli')});
  });

  it.each([
    [{'.arkcli/identities/volc-1/sts.json': {}}, 1],
    [{'.arkcli/.env': 'VOLCENGINE_ACCESS_KEY=fake\nVOLCENGINE_SECRET_KEY=fake\n'}, 1],
    [{'.arkcli/config.yaml': 'profiles:\n  default:\n    access_key: fake\n'}, 1],
    [{'.arkcli/config.yaml': 'region: cn-beijing\naccess_key:\n'}, 0],
    [{'.arkcli/cache/models.json': {}}, 0],
  ])('is an account if somebody is signed in: %j', async (files, count) => {
    expect(await found(await fakeOf('', files), volcengine)).toHaveLength(count);
  });

  it('is the same account after another sign-in, and is asked again', async () => {
    const fake = await fakeOf('');
    const [before] = await found(fake, volcengine);
    await fake.home.write('.arkcli/identities/volc-1/token.json', {refresh_token: 'another-fake-refresh-token'});
    const [after] = await found(fake, volcengine);
    expect(after?.key).toBe(before?.key);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
    expect(JSON.stringify([before, after])).not.toContain('refresh-token');
  });
});
