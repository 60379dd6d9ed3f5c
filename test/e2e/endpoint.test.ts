import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {type FakeProxy, startConnectProxy} from '../support/proxies.ts';
import {run} from '../support/run.ts';
import {type Service, startService} from '../support/service.ts';

/** Every request to another machine would show here: this proxy is the only way out, and writes down who is called. */
let wayOut: FakeProxy;
let service: Service;
let home: string;
let env: Record<string, string>;

beforeEach(async () => {
  service = await startService();
  wayOut = await startConnectProxy({to: Number(new URL(service.origin).port), status: 403});
  home = mkdtempSync(join(tmpdir(), 'mystatus-endpoint-'));
  env = {
    HOME: home,
    PATH: process.env.PATH ?? '',
    HTTPS_PROXY: wayOut.url,
    ZAI_API_KEY: 'an-opaque-key-0123456789.Fake',
  };
});
afterEach(async () => {
  await Promise.all([wayOut.close(), service.close()]);
  rmSync(home, {recursive: true, force: true});
});

const settings = (url: string): void => {
  mkdirSync(join(home, '.config/mystatus-tui'), {recursive: true, mode: 0o700});
  writeFileSync(join(home, '.config/mystatus-tui/config.json'), JSON.stringify({providers: {zai: {url}}}));
};
const account = async (more: Record<string, string> = {}) => {
  const {stdout} = await run(['--json'], {...env, ...more});
  return (JSON.parse(stdout) as Report).accounts[0];
};

it.each(['https://quota.example.com', 'https://api.z.ai', 'http://10.0.0.1', 'https://127.0.0.1.example.com'])(
  '%s in the environment, as a project’s .env may set it, is refused in true words and nothing is sent',
  async url => {
    const told = await account({MYSTATUS_ZAI_URL: url});
    expect(told?.message).toBe(
      'the configured address is not allowed; nothing was sent: MYSTATUS_ZAI_URL may only name this machine (localhost, 127.0.0.1, [::1]); another host must be set as providers.zai.url in config.json',
    );
    expect([told?.endpoint, told?.windows]).toEqual([null, []]);
    expect([wayOut.asked, service.requests]).toEqual([[], []]);
  },
);

it('a foreign host in the settings is asked, and named wherever the account is', async () => {
  settings('https://quota.example.com:8443');
  expect((await account())?.endpoint).toBe('https://quota.example.com:8443');
  expect(wayOut.asked).toEqual(['quota.example.com:8443']);
  for (const command of [['accounts'], ['accounts', '--json'], ['--once'], ['doctor']])
    expect((await run(command, env)).stdout).toContain('https://quota.example.com:8443');
});

it('a host of this machine in the environment is asked, goes before the settings, and is named', async () => {
  settings('https://quota.example.com');
  expect((await account({MYSTATUS_ZAI_URL: service.origin}))?.endpoint).toBe(service.origin);
  expect(service.requests[0]?.path).toBe('/api/monitor/usage/quota/limit');
  const {stdout} = await run(['doctor', '--json'], {...env, MYSTATUS_ZAI_URL: service.origin});
  const {checks} = JSON.parse(stdout) as {checks: {id: string; status: string; detail: string}[]};
  expect(checks.find(({id}) => id === 'reach zai')).toMatchObject({
    status: 'ok',
    detail: `reachable; ${service.origin} is used instead of api.z.ai`,
  });
});

it('a service that a program asks has no other address, whatever a variable says, and doctor says who asks', async () => {
  mkdirSync(join(home, 'bin'));
  const printed = JSON.stringify({per5HourPercentage: 0.25, per5HourResetTime: Date.now() + 3_600_000});
  const script = `#!/bin/sh\ncase "$1" in --version) echo "bl 2.8.0";; *) echo '${printed}';; esac\n`;
  writeFileSync(join(home, 'bin/bl'), script, {mode: 0o755});
  const own = {HOME: home, PATH: `${join(home, 'bin')}:${process.env.PATH}`, DASHSCOPE_ACCESS_TOKEN: 'fake-console'};
  for (const MYSTATUS_ALIBABA_URL of [service.origin, 'https://quota.example.com']) {
    const said = {...own, MYSTATUS_ALIBABA_URL};
    const {accounts} = JSON.parse((await run(['--json'], said)).stdout) as Report;
    expect(accounts).toMatchObject([{provider: 'alibaba', status: 'ok', endpoint: null}]);
    expect(accounts[0]?.windows.map(({id, usedPercent}) => [id, usedPercent])).toEqual([['5h', 25]]);
    const {stdout} = await run(['doctor', '--provider', 'alibaba'], said);
    expect(stdout).toContain('polled through a program: not contacted');
    expect(stdout).not.toContain(MYSTATUS_ALIBABA_URL);
  }
});

it.each(['https://quota.example.com/base', 'https://quota.example.com?x=1', 'http://localhost:8080/x'])(
  '%s in the settings is named there as it is refused by a request',
  async url => {
    settings(url);
    const {stdout, stderr} = await run(['--json'], env);
    const [told] = (JSON.parse(stdout) as Report).accounts;
    const [, reason] = /providers\.zai\.url (.*)$/.exec(told?.message ?? '') ?? [];
    expect(stderr).toBe(`mystatus-tui: providers.zai.url: ${reason}; nothing is sent\n`);
    expect([wayOut.asked, service.requests]).toEqual([[], []]);
  },
);

it('the service itself is nobody’s stand-in', async () => {
  expect((await account())?.endpoint).toBeNull();
  expect((await run(['accounts'], env)).stdout).not.toContain('via');
});
