import {chmodSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {trust} from '../../src/system/custom/trust.ts';
import {definitionOf} from '../custom/definitions.ts';
import {inAWorld} from '../support/in-a-world.ts';
import {type Run, run} from '../support/run.ts';
import {type Service, startService} from '../support/service.ts';

const {world, open} = inAWorld([]);
const key = 'fake-acme-key-000000';
let service: Service;

const gateway = () => ({
  id: 'acme',
  name: 'Acme gateway',
  http: {
    url: `${service.origin}/v1/limits`,
    auth: {env: 'ACME_KEY'},
    accountLabel: {path: 'me'},
    windows: [{id: '5h', used: {path: 'used'}, limit: {path: 'max'}, unit: 'requests'}],
  },
});
const kept = () => ({...gateway(), id: 'kept', name: 'Kept', http: {...gateway().http, auth: {stored: true}}});
const config = '.config/mystatus-tui';
const configure = (...customProviders: unknown[]): void => {
  world().write(`${config}/config.json`, JSON.stringify({customProviders}));
  chmodSync(join(world().home, config), 0o700);
  chmodSync(join(world().home, config, 'config.json'), 0o600);
};
const trusted = (definition: unknown) =>
  trust(join(world().home, config), definitionOf(definition), world().home, Date.now());
const mystatus = (...args: string[]): Promise<Run> => run(args, {...world().env, ACME_KEY: key});
const reported = ({stdout}: Run): Report['accounts'] => (JSON.parse(stdout) as Report).accounts;

beforeEach(async () => {
  service = await startService(({headers}) =>
    headers.authorization === `Bearer ${key}`
      ? {status: 200, body: {used: 30, max: 40, me: `laptop ${key}`}}
      : {status: 401, body: {message: `no such key: ${headers.authorization}`}},
  );
  onTestFinished(() => service.close());
});

describe('a provider that the user describes', () => {
  it('is sent nothing before it is trusted, and says what to do', async () => {
    configure(gateway());
    const once = await mystatus('--json', '--provider', 'acme');
    expect([once.code, once.stderr]).toEqual([1, '']);
    expect(reported(once)).toMatchObject([
      {
        provider: 'acme',
        status: 'no_credentials',
        message: 'acme: not trusted yet; nothing was sent',
        remedy: 'run `mystatus-tui provider trust acme`',
      },
    ]);
    expect((await mystatus('--once')).stdout).toContain('acme: not trusted yet; nothing was sent');
    expect((await mystatus('doctor', '--provider', 'acme')).stdout).toContain('not contacted');
    expect(service.requests).toEqual([]);
  });

  it('is read once it is trusted, on every way out, and its key is on none', async () => {
    configure(gateway());
    await trusted(gateway());
    const runs = [
      await mystatus('--json', '--provider', 'acme'),
      await mystatus('--once'),
      await mystatus('guard', '--min-remaining', '20', '--provider', 'acme'),
      await mystatus('guard', '--min-remaining', '30', '--max-age', '60'),
      await mystatus('statusline', '--format', '{provider} {used}'),
      await mystatus('accounts'),
      await mystatus('history', '--provider', 'acme'),
      await mystatus('forecast', '--provider', 'acme'),
      await mystatus('doctor', '--provider', 'acme'),
      await mystatus('completions', 'providers'),
    ];
    const [json, once, enough, tooLittle, line, accounts, history, forecast, , ids] = runs;
    expect(json && reported(json)).toMatchObject([
      {
        provider: 'acme',
        status: 'ok',
        source: 'environment',
        windows: [{id: '5h', usedPercent: 75, used: 30, limit: 40, unit: 'requests'}],
      },
    ]);
    expect(once?.stdout).toMatch(/Acme gateway[\s\S]*75%/);
    expect([enough?.code, tooLittle?.code]).toEqual([0, 1]);
    expect(line?.stdout).toBe('Acme gateway 75%\n');
    expect(accounts?.stdout).toContain('Acme gateway');
    expect(history?.stdout).toContain('acme:');
    expect([forecast?.code, forecast?.stdout]).toEqual([0, expect.stringContaining('acme:')]);
    expect(ids?.stdout).toBe('acme\n');
    for (const {stdout, stderr} of runs) expect(stdout + stderr).not.toContain(key);
    expect(readFileSync(join(world().home, '.local/state/mystatus-tui/state.db'), 'latin1')).not.toContain(key);
  });

  it('takes a key by login, which names where it goes, and gives it up by logout', async () => {
    configure(kept());
    const env = world().env;
    const wrong = await run(['login', 'kept'], env, {stdin: 'fake-other-key-000000'});
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringMatching(/not stored: HTTP 401: no such key: Bearer \[redacted\]/),
    ]);
    const stored = await run(['login', 'kept'], env, {stdin: key});
    expect([stored.code, stored.stderr]).toEqual([0, expect.stringContaining(`given to ${service.origin} only`)]);
    expect(reported(await mystatus('--json'))).toMatchObject([
      {provider: 'kept', status: 'ok', source: 'mystatus-tui login'},
    ]);
    const asked = service.requests.length;
    configure({...kept(), http: {...kept().http, url: 'https://elsewhere.example/v1'}});
    expect(reported(await mystatus('--json'))).toMatchObject([
      {
        message: `kept: the key was given for ${service.origin}; log in again`,
        remedy: 'store a new credential: `mystatus-tui login kept`',
      },
    ]);
    expect(service.requests).toHaveLength(asked);
    expect((await mystatus('logout', 'kept')).code).toBe(0);
    expect(readFileSync(join(world().home, config, 'credentials.json'), 'utf8')).not.toContain(key);
  });

  it('leaves a stored key that logout removes when its definition is gone or broken, and doctor names it', async () => {
    configure(kept());
    const {env} = world();
    expect((await run(['login', 'kept'], env, {stdin: key})).code).toBe(0);
    const broken = {...kept(), http: {...kept().http, url: 'http://acme.example/'}};
    for (const left of [[], [broken]]) {
      configure(...left);
      const {stdout} = await run(['doctor', '--json'], env);
      const {checks} = JSON.parse(stdout) as {checks: {id: string; detail: string; hint?: string}[]};
      const orphan = checks.find(({id}) => id.startsWith('orphan kept:'));
      expect(orphan?.detail).toMatch(/^kept:[0-9a-f]{8} \(fake…0000\): no provider uses it$/);
      expect(orphan?.hint).toContain('mystatus-tui logout kept');
    }
    expect(await run(['logout', 'kept'], env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Removed fake…0000/),
    });
    expect(readFileSync(join(world().home, config, 'credentials.json'), 'utf8')).not.toContain(key);
    expect((await run(['logout', 'kept'], env)).code).toBe(1);
  });

  it('leaves no key to a provider of this program that has its id later', async () => {
    configure();
    const later = {provider: 'zai', secret: 'fake-gateway-key-00000', fields: {boundTo: service.origin}, id: 'a1'};
    world().write(`${config}/credentials.json`, JSON.stringify({version: 1, credentials: [later]}));
    chmodSync(join(world().home, config, 'credentials.json'), 0o600);
    const {code, stdout} = await mystatus('accounts', '--json', '--provider', 'zai');
    expect([code, reported({code, stdout, stderr: ''})]).toEqual([3, []]);
    expect((await mystatus('--json', '--provider', 'zai')).code).toBe(3);
    expect(world().services.zai?.requests).toEqual([]);
    expect((await mystatus('logout', 'zai')).code).toBe(0);
  });

  it('is off where others can write config.json, and that is said', async () => {
    configure(gateway());
    await trusted(gateway());
    chmodSync(join(world().home, config, 'config.json'), 0o664);
    const {code, stderr} = await mystatus('--once', '--provider', 'acme');
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('acme: config.json can be written by others (mode 664); custom providers are off'),
    ]);
    expect(service.requests).toEqual([]);
  });

  it('goes to its own address alone: no variable takes it elsewhere', async () => {
    configure(gateway());
    await trusted(gateway());
    const {code} = await run(['--json'], {...world().env, ACME_KEY: key, MYSTATUS_ACME_URL: 'http://127.0.0.1:9'});
    expect([code, service.requests.length]).toEqual([0, 1]);
  });

  it('is known to the command line by its id, and by no other', async () => {
    configure(gateway());
    expect((await mystatus('--once', '--provider', 'acne')).stderr).toContain(
      'unknown provider "acne"; did you mean acme?',
    );
    expect((await mystatus('login', 'kepd')).code).toBe(2);
    expect((await mystatus('--demo', '--once', '--provider', 'acme')).stderr).toContain('unknown provider "acme"');
  });

  it('has a panel beside the others, and is skipped when it is broken', async () => {
    configure(gateway(), {id: 'broken', name: 'Broken', http: {url: 'http://acme.example/'}});
    await trusted(gateway());
    const terminal = open({env: {...world().env, ACME_KEY: key}, size: {columns: 120, rows: 90}});
    await terminal.sees('Acme gateway');
    await terminal.sees('75%');
    terminal.type(',');
    await terminal.sees('customProviders[1].url is ignored: must be https, or http on this machine');
  });
});
