import {chmodSync, existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
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
    windows: [
      {id: '5h', used: {path: 'data.used'}, limit: {path: 'data.total'}, unit: 'requests'},
      {id: 'weekly', used: {path: 'data.used'}, limit: {path: 'data.max'}},
    ],
    amounts: [{id: 'balance', value: {path: 'money'}, unit: 'usd'}],
  },
});
const answer = {data: {total: 40, used: 30}, money: 12.5, me: 'secret-person@example.com'};
const directory = () => join(world().home, '.config/mystatus-tui');
const at = (name: string): string => join(directory(), name);
const configure = (...customProviders: unknown[]): void => {
  world().write('.config/mystatus-tui/config.json', JSON.stringify({customProviders}));
  chmodSync(directory(), 0o700);
  chmodSync(at('config.json'), 0o600);
};
const described = (): {id: string}[] =>
  (JSON.parse(readFileSync(at('config.json'), 'utf8')) as {customProviders: {id: string}[]}).customProviders;
const env = () => ({...world().env, ACME_KEY: key});
const provider = (...args: string[]): Promise<Run> => run(['provider', ...args], env());
const listed = async (): Promise<unknown> =>
  (JSON.parse((await provider('list', '--json')).stdout) as {providers: unknown}).providers;
const trusted = (): Promise<Run> => provider('trust', 'acme', '--url', gateway().http.url);

beforeEach(async () => {
  service = await startService(({headers}) =>
    headers.authorization === `Bearer ${key}` ? {status: 200, body: answer} : {status: 401, body: {message: 'no'}},
  );
  onTestFinished(() => service.close());
});

describe('provider list', () => {
  it('tells what is described, whether it may be used, and what is wrong', async () => {
    configure(gateway(), {id: 'broken', name: 'Broken', http: {url: 'http://acme.example/'}});
    const {code, stdout} = await provider('list');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/acme +http +http:\/\/127.0.0.1:\d+ +no +once trusted\n/),
    ]);
    expect(stdout).toContain('! customProviders[1].url: must be https, or http on this machine');
    expect(await listed()).toMatchObject([
      {id: 'acme', kind: 'http', place: service.origin, trusted: false, credential: null},
      {
        id: 'broken',
        kind: null,
        trusted: null,
        problems: [expect.stringContaining('customProviders[1]')],
      },
    ]);
    await trusted();
    expect(await listed()).toMatchObject([{trusted: true, credential: true, problems: []}, {}]);
    expect(service.requests).toEqual([]);
  });

  it('says how to begin where nothing is described, and why nothing is used where others can write', async () => {
    expect((await provider('list')).stdout).toContain('provider add <preset>');
    configure(gateway());
    chmodSync(at('config.json'), 0o664);
    const {stderr} = await provider('list');
    expect(stderr).toBe('mystatus-tui: config.json can be written by others (mode 664); custom providers are off\n');
    expect((await provider('test', 'acme')).code).toBe(3);
  });
});

describe('provider test', () => {
  it('sends nothing before it is trusted', async () => {
    configure(gateway());
    const {code, stderr} = await provider('test', 'acme');
    expect([code, stderr]).toEqual([
      3,
      'mystatus-tui: acme: not trusted yet; nothing was sent — run `mystatus-tui provider trust acme`\n',
    ]);
    expect(service.requests).toEqual([]);
  });

  it('shows what was sent and came back, and what each mapping made of it, without a value or the key', async () => {
    configure(gateway());
    await trusted();
    const {code, stdout, stderr} = await provider('test', 'acme');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      new RegExp(
        `^GET ${gateway().http.url}\\n  accept: application/json\\n  user-agent: .*\\n  authorization: Bearer fake…0000\\n200, application/json, \\d+ bytes, \\d+ ms\\n`,
      ),
    );
    expect(stdout).toContain(
      '\n  data        object\n  data.total  number\n  data.used   number\n  money       number\n',
    );
    expect(stdout).toContain('  windows[0]  5h  75% used (30 of 40 requests)\n');
    expect(stdout).toContain(
      '  windows[1]  weekly  unknown\n    windows[1].limit: "data.max" is missing; there are: data.total, data.used\n',
    );
    expect(stdout).toContain('  amounts[0]  balance  12.5 usd\n');
    const account: unknown = JSON.parse(stdout.slice(stdout.indexOf('\n{') + 1));
    expect(account).toMatchObject({provider: 'acme', status: 'ok', windows: [{usedPercent: 75}, {state: 'unknown'}]});
    expect(stdout).not.toContain(key);
    expect(stdout.slice(0, stdout.indexOf('As --json'))).not.toContain('secret-person');
    expect(service.requests).toHaveLength(1);
    expect(existsSync(join(world().home, '.local/state/mystatus-tui'))).toBe(false);
  });

  it('says so when the service refuses, or asked to wait, and then does not ask', async () => {
    configure(gateway());
    await trusted();
    service.answerWith(() => ({status: 429, body: {message: 'slow down'}, headers: {'retry-after': '600'}}));
    const first = await provider('test', 'acme');
    expect([first.code, first.stderr]).toEqual([1, expect.stringContaining('HTTP 429: slow down')]);
    await run(['--json'], env());
    expect(service.requests).toHaveLength(2);
    const state = join(world().home, '.local/state/mystatus-tui');
    const ledger = readFileSync(join(state, 'state.db'));
    service.answerWith(() => ({status: 200, body: answer}));
    const held = await provider('test', 'acme');
    expect([held.code, held.stdout]).toEqual([1, expect.stringContaining('"status": "rate_limited"')]);
    expect(service.requests).toHaveLength(2);
    expect(readFileSync(join(state, 'state.db')).equals(ledger)).toBe(true);
    expect(readdirSync(state).filter(name => name.includes('-wal'))).toEqual([]);
  });

  it('reads a body that was kept, at another time and with another status, and needs no trust and no key', async () => {
    const timed = {id: '5h', usedPercent: {path: 'ratio'}, scale: '0-1', resetsAt: {path: 'in', as: 'in-seconds'}};
    const http = {...gateway().http, windows: [timed], amounts: [], statuses: {'403': 'no_plan'}};
    configure({...gateway(), http});
    world().write('body.json', '{"ratio": 0.125, "in": 3600}');
    const file = join(world().home, 'body.json');
    const kept = await provider('test', 'acme', '--file', file, '--now', '2026-11-27T20:00:00Z');
    expect([kept.code, kept.stderr]).toEqual([0, '']);
    expect(kept.stdout).toContain('5h  12.5% used, resets 2026-11-27T21:00:00.000Z');
    const piped = await run(['provider', 'test', 'acme', '--file', '-'], world().env, {stdin: '{"ratio": 1.02}'});
    expect([piped.code, piped.stdout]).toEqual([0, expect.stringContaining('5h  102% used\n')]);
    const refused = await provider('test', 'acme', '--file', file, '--status', '403');
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('"status": "no_plan"')]);
    const text = await run(['provider', 'test', 'acme', '--file', '-'], world().env, {stdin: 'no JSON'});
    expect([text.code, text.stderr]).toEqual([1, expect.stringContaining('a body that is not JSON')]);
    expect(service.requests).toEqual([]);
  });

  it('names what is wrong with a definition, and with the command line', async () => {
    configure({...gateway(), http: {...gateway().http, windows: [{id: '5h', used: {path: 'data..x'}}]}});
    const broken = await provider('test', 'acme');
    expect([broken.code, broken.stderr]).toEqual([
      2,
      expect.stringContaining('windows[0].used: "data..x" is not a path'),
    ]);
    configure(gateway());
    for (const [args, words] of [
      [['test', 'acne'], 'describes no provider "acne"; did you mean acme? (acme)'],
      [['test'], 'provider test needs a value: provider test <id>'],
      [['test', 'acme', '--status', '403'], '--status goes with --file'],
      [['test', 'acme', '--file', 'nowhere.json'], '--file nowhere.json: '],
      [['test', 'acme', '--file', '-', '--now', 'soon'], '--now must be a time'],
      [['list', 'acme'], 'provider list takes no argument "acme"'],
      [['list', '--file', 'x'], 'provider list has no option --file'],
      [['test', 'acme', 'b'], 'provider takes no argument "b"'],
      [['tset'], 'unknown action "tset"; did you mean test?'],
    ] as const) {
      const {code, stderr} = await provider(...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    }
  });

  it('runs a program, with its own variables, and shows what it printed', async () => {
    world().write(
      'bin/gauge',
      '#!/bin/sh\necho "{\\"windows\\": [{\\"id\\": \\"monthly\\", \\"used\\": 3, \\"limit\\": 12, \\"unit\\": \\"calls\\"}]}"\n',
    );
    for (const [path, mode] of [
      ['bin', 0o755],
      ['bin/gauge', 0o755],
    ] as const)
      chmodSync(join(world().home, path), mode);
    configure({id: 'gauge', name: 'Build farm', command: {run: ['~/bin/gauge', '--json'], passEnv: ['FARM_REGION']}});
    expect((await provider('test', 'gauge')).code).toBe(3);
    expect((await provider('trust', 'gauge', '--run', '~/bin/gauge')).code).toBe(0);
    const {code, stdout} = await provider('test', 'gauge');
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(`run ${world().home}/bin/gauge --json\n  $FARM_REGION\n0, `),
    ]);
    expect(stdout).toContain('windows[0]  monthly  25% used (3 of 12 calls)');
  });
});

describe('provider trust', () => {
  it('asks on a terminal, after it has shown what is sent where', async () => {
    configure(gateway());
    const terminal = open({env: env(), args: ['provider', 'trust', 'acme'], size: {columns: 120, rows: 20}});
    await terminal.sees('Trust it? [y/N]');
    const shown = await terminal.text();
    for (const part of [
      'Acme gateway will send',
      '$ACME_KEY',
      `${gateway().http.url} (this machine)`,
      'Authorization: Bearer',
    ])
      expect(shown).toContain(part);
    expect(shown).not.toContain(key);
    terminal.type('y\r');
    await terminal.sees('acme is trusted');
    expect((await terminal.exited).code).toBe(0);
    expect((await provider('test', 'acme')).code).toBe(0);
  });

  it.each([
    ['\r', 3],
    ['no\r', 3],
    ['\u0003', 130],
  ])('is not given by %j', async (keys, code) => {
    configure(gateway());
    const terminal = open({env: env(), args: ['provider', 'trust', 'acme']});
    await terminal.sees('Trust it? [y/N]');
    terminal.type(keys);
    expect((await terminal.exited).code).toBe(code);
    expect(await listed()).toMatchObject([{trusted: false}]);
    expect(service.requests).toEqual([]);
  });

  it('wants the exact URL without a terminal, and ends with the definition that it was given for', async () => {
    configure(gateway());
    expect((await provider('trust', 'acme')).stderr).toContain('without a terminal, name what is to be trusted: --url');
    expect((await provider('trust', 'acme', '--url', `${gateway().http.url}/`)).code).toBe(2);
    expect((await provider('trust', 'acme', '--run', gateway().http.url)).code).toBe(2);
    expect(await listed()).toMatchObject([{trusted: false}]);
    expect((await trusted()).code).toBe(0);
    configure({...gateway(), http: {...gateway().http, url: `${service.origin}/v2/limits`}});
    expect((await provider('test', 'acme')).code).toBe(3);
    expect(service.requests).toEqual([]);
  });

  it('shows every argument as it is, also what would hide it on a terminal', async () => {
    const args = ['a\u202eb', 'c\u009b2Kd', 'e\u200bf', 'g h'];
    configure({id: 'gauge', name: 'Gauge', command: {run: ['/bin/echo', ...args]}});
    const {stderr} = await provider('trust', 'gauge', '--run', '/bin/echo');
    expect(stderr).toContain('arguments     "a\\u202eb" "c\\u009b2Kd" "e\\u200bf" "g h"');
  });

  it('is taken back, also of a definition that is gone', async () => {
    configure(gateway());
    await trusted();
    configure();
    expect(await provider('untrust', 'acme')).toMatchObject({code: 0, stdout: 'acme is no longer trusted.\n'});
    expect(await provider('untrust', 'acme')).toMatchObject({code: 1, stderr: 'mystatus-tui: acme was not trusted\n'});
    configure(gateway());
    expect((await provider('test', 'acme')).code).toBe(3);
  });

  it('says that a program is not run which others can change', async () => {
    world().write('bin/gauge', '#!/bin/sh\necho "{}"\n');
    chmodSync(join(world().home, 'bin'), 0o755);
    chmodSync(join(world().home, 'bin/gauge'), 0o775);
    configure({id: 'gauge', name: 'Build farm', command: {run: ['~/bin/gauge']}});
    const {code, stderr} = await provider('trust', 'gauge', '--run', '~/bin/gauge');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('gauge: ~/bin/gauge can be written by others; it was not run'),
    ]);
  });
});

describe('provider add', () => {
  it('writes a preset at the address of one’s own, beside what is there, and it works', async () => {
    world().write('.config/mystatus-tui/config.json', '{"display": {"theme": "dark"}, "mine": 1}');
    chmodSync(at('config.json'), 0o600);
    const {code, stdout} = await provider('add', 'litellm', '--url', `${service.origin}/v1/`);
    expect([code, stdout]).toEqual([0, expect.stringContaining('mystatus-tui provider trust litellm\n')]);
    expect(JSON.parse(readFileSync(at('config.json'), 'utf8'))).toMatchObject({display: {theme: 'dark'}, mine: 1});
    expect(statSync(at('config.json')).mode & 0o777).toBe(0o600);
    service.answerWith(() => ({status: 200, body: {info: {spend: 3, max_budget: 4, budget_duration: '7d'}}}));
    await provider('trust', 'litellm', '--url', `${service.origin}/key/info`);
    const tested = await run(['provider', 'test', 'litellm'], {...env(), LITELLM_API_KEY: key});
    expect([tested.code, tested.stdout]).toEqual([0, expect.stringContaining('key/weekly  75% used (3 of 4 usd)')]);
  });

  it('asks for the address on a terminal, again for one that will not do', async () => {
    const terminal = open({env: env(), args: ['provider', 'add', 'new-api']});
    await terminal.sees('Address of your New API (such as https://relay.example.com):');
    terminal.type('http://relay.acme.example\r');
    await terminal.sees(/must be https, or http on this machine[\s\S]*Address of your New API/);
    terminal.type('https://relay.acme.example\r');
    await terminal.sees('mystatus-tui login new-api');
    expect((await terminal.exited).code).toBe(0);
    expect(described()).toMatchObject([{id: 'new-api', http: {url: 'https://relay.acme.example/api/usage/token/'}}]);
  });

  it('takes no id that is taken, no preset that there is not, and needs the address where it cannot ask', async () => {
    expect((await provider('add', 'vercel')).code).toBe(0);
    const again = await provider('add', 'vercel');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('"vercel" is taken in config.json')]);
    expect((await provider('add', 'versel')).stderr).toContain('unknown preset "versel"; did you mean vercel?');
    expect((await provider('add', 'sub2api')).stderr).toContain('--url https://relay.example.com');
    for (const url of ['ftp://relay.example.com', 'https://relay.example.com/?a=1', 'relay.example.com'])
      expect((await provider('add', 'sub2api', '--url', url)).code).toBe(2);
    expect(described().map(({id}) => id)).toEqual(['vercel']);
  });

  it('leaves a file alone that is no JSON', async () => {
    world().write('.config/mystatus-tui/config.json', '{"customProviders": [');
    const {code, stderr} = await provider('add', 'vercel');
    expect([code, stderr]).toEqual([1, expect.stringContaining('not added: config.json: not valid JSON at line 1')]);
    expect(readFileSync(at('config.json'), 'utf8')).toBe('{"customProviders": [');
  });

  it('brings the program of a preset along, for the user alone, and it runs with the stored key', async () => {
    expect((await provider('add', 'fireworks')).code).toBe(0);
    const program = at('programs/fireworks.mjs');
    expect(statSync(program).mode & 0o777).toBe(0o700);
    const [written] = JSON.parse(JSON.stringify(described())) as {command: {run: string[]}}[];
    configure({...written, command: {...written?.command, run: [program, service.origin]}});
    service.answerWith(({path, headers}) => {
      if (headers.authorization !== `Bearer ${key}`) return {status: 401, body: {}};
      if (path === '/v1/accounts') return {status: 200, body: {accounts: [{name: 'accounts/acme'}]}};
      return {status: 200, body: {lineItems: [{totalCost: {currencyCode: 'USD', units: '1', nanos: 500000000}}]}};
    });
    expect((await provider('trust', 'fireworks', '--run', program)).code).toBe(0);
    expect((await run(['login', 'fireworks'], env(), {stdin: key})).code).toBe(0);
    const {code, stdout} = await provider('test', 'fireworks');
    expect([code, stdout]).toEqual([0, expect.stringContaining('amounts[0]  spend  1.5 usd')]);
    expect(stdout).not.toContain(key);
  });
});
