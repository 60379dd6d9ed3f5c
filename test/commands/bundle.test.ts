import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {inAWorld} from '../support/in-a-world.ts';
import {run} from '../support/run.ts';

const {world} = inAWorld(['openai', 'zai', 'copilot']);

type Bundle = {
  settings: Record<string, unknown>;
  accounts: {account: string; reading: {status: string; failure: {codes: string[]} | null} | null}[];
  answers: {provider: string; status: number; shape: string}[];
  ledger: {version: number; rows: Record<string, number>} | null;
  variables: string[];
  settingsProblems: string[];
};
const bundle = (...args: string[]) => run(['doctor', '--bundle', ...args], world().env);
const text = (name = 'bundle.json'): string => readFileSync(join(world().home, name), 'utf8');
const read = (): Bundle => JSON.parse(text()) as Bundle;

/** Files of ours, for their owner alone. */
function writeOwn(name: string, value: unknown): void {
  world().write(`.config/mystatus-tui/${name}`, JSON.stringify(value));
  chmodSync(join(world().home, '.config/mystatus-tui'), 0o700);
  chmodSync(join(world().home, '.config/mystatus-tui', name), 0o600);
}

describe('the file for a bug report', () => {
  it('tells versions, settings, accounts, shapes of answers and the state of the ledger', async () => {
    writeOwn('config.json', {display: {theme: 'dark'}, keys: {refresh: ['ctrl+r']}, thresholds: {warn: 55}});
    await run(['--json'], world().env);
    const {code, stdout, stderr} = await bundle('bundle.json', '--provider', 'openai,zai');
    expect([code, stdout]).toEqual([0, `${join(world().home, 'bundle.json')}\n`]);
    expect(stderr).toMatch(/^mystatus-tui: [^\n]*look through it before you share it\n$/);
    const {settings, accounts, answers, ledger, variables} = read();
    expect(settings).toMatchObject({display: {theme: 'dark'}, keys: {refresh: ['ctrl+r']}, thresholds: {warn: 55}});
    expect(accounts).toMatchObject([
      {account: expect.stringMatching(/^openai:/), reading: {status: 'ok'}},
      {account: expect.stringMatching(/^zai:/), reading: {status: 'ok'}},
    ]);
    const openai = answers.find(({provider}) => provider === 'openai');
    expect(openai).toMatchObject({status: 200, shape: expect.stringContaining('rate_limit: {')});
    expect(ledger).toMatchObject({version: expect.any(Number), rows: {account: 3}});
    expect(variables).toContain('MYSTATUS_OPENAI_URL');
  });

  it('has nothing of what is secret or tells who it is, wherever that stands', async () => {
    const planted = (what: string) => `planted${what}word`;
    writeOwn('config.json', {
      [planted('setting')]: planted('setting'),
      providers: {
        google: {clientId: planted('client'), clientSecret: planted('clientsecret')},
        openai: {url: `https://${planted('host')}.example.com`},
        plantedown: {intervalSeconds: 90},
      },
      display: {theme: planted('theme')},
      alerts: {
        webhook: `https://hook.example.com/${planted('webhook')}`,
        command: ['/bin/true', planted('argument')],
        rules: [{window: planted('window')}],
      },
      hidden: [`zai:${planted('hidden')}`],
      ledger: `postgres://${planted('dbuser')}:${planted('dbpassword')}@127.0.0.1:1/${planted('database')}`,
      machine: planted('machine'),
      customProviders: [
        {
          id: 'plantedown',
          name: planted('name'),
          http: {
            url: `${world().services.zhipu?.origin}/${planted('path')}`,
            headers: {'x-tenant': planted('header')},
            windows: [{id: 'weekly', usedPercent: {path: planted('field')}}],
          },
        },
      ],
    });
    const stored = {id: '3f2a91c0', provider: 'zhipu', label: planted('label'), secret: planted('stored'), fields: {}};
    const token = {id: '3f2a91c1', provider: 'serve', secret: planted('servetoken'), fields: {}};
    writeOwn('credentials.json', {version: 1, credentials: [stored, token]});
    const error = {error: {message: `the token ${planted('message')} of planted@example.com`}, code: 500};
    world().services.copilot?.answerWith(() => ({status: 403, body: error}));
    const strange = {plan: planted('plan'), 'planted@example.com': {[planted('key7')]: [planted('value')]}};
    world().services.zai?.answerWith(() => ({status: 200, body: strange}));
    world().services.zhipu?.answerWith(() => ({status: 200, body: `<p>${planted('page')}</p>`}));
    const env = {
      ...world().env,
      OPENROUTER_API_KEY: planted('variable'),
      SOME_TOKEN: planted('token'),
      PGPASSWORD: planted('pgpassword'),
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${planted('otel')}`,
      HTTPS_PROXY: `http://${planted('user')}:${planted('password')}@127.0.0.1:9`,
      NO_PROXY: '127.0.0.1',
    };
    // What is written into the ledger by the one is read by the other.
    await run(['--json'], env);
    const {code, stdout, stderr} = await run(['doctor', '--bundle', 'bundle.json'], env);
    expect([code, stdout + stderr]).toEqual([0, expect.not.stringContaining('planted')]);
    expect(text()).not.toMatch(/planted|@example|octocat/i);
    const {answers, accounts, settingsProblems} = read();
    expect(answers.map(({provider, status, shape}) => [provider, status, shape])).toEqual(
      expect.arrayContaining([
        ['zai', 200, '{plan: string, <key>: {<key>: [string]}}'],
        ['copilot', 403, expect.stringContaining('{error: {message: string}, code: number}')],
      ]),
    );
    expect(accounts.find(({account}) => account.startsWith('copilot:'))?.reading?.failure?.codes).toEqual(['HTTP 403']);
    expect(settingsProblems).toContain('display');
  });

  it('is for its owner alone, and takes the place of nothing', async () => {
    const free = ['--demo', '--provider', 'openai'];
    expect((await bundle('bundle.json', ...free)).code).toBe(0);
    expect(statSync(join(world().home, 'bundle.json')).mode & 0o777).toBe(0o600);
    const before = text();
    const again = await bundle('bundle.json', ...free);
    expect([again.code, again.stdout, again.stderr]).toEqual([
      1,
      '',
      `mystatus-tui: ${join(world().home, 'bundle.json')} is there already: name another file\n`,
    ]);
    expect(text()).toBe(before);
    symlinkSync(join(world().home, 'elsewhere.json'), join(world().home, 'link.json'));
    expect((await bundle('link.json', ...free)).code).toBe(1);
    expect(existsSync(join(world().home, 'elsewhere.json'))).toBe(false);
  });

  it('has a name of its own where none is given, and one line where it cannot be written', async () => {
    const {stdout} = await run(['doctor', '--demo', '--provider', 'openai', '--bundle'], world().env);
    expect(stdout).toMatch(/\/mystatus-tui-bundle-\d{4}-\d\d-\d\d\.json\n$/);
    expect(readdirSync(world().home)).toContain(stdout.trim().split('/').at(-1));
    writeFileSync(join(world().home, 'file'), '');
    mkdirSync(join(world().home, 'folder'));
    for (const place of ['nowhere/bundle.json', 'file/bundle.json', 'folder']) {
      const {code, stderr} = await bundle(place, '--demo', '--provider', 'openai');
      expect([code, stderr.split('\n').length, stderr]).toEqual([1, 2, expect.stringContaining(place)]);
    }
  });
});
