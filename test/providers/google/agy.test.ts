import {chmod, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Account, Wire} from '../../../src/core/provider.ts';
import {isFree, parseAgy, versionIn} from '../../../src/providers/google/agy.ts';
import {google} from '../../../src/providers/google/index.ts';
import {createWire} from '../../../src/system/http/wire.ts';
import {type Home, now, withHome} from '../shared/home.ts';
import {at, failureOf, fixture, lines} from './support.ts';

const sample = JSON.stringify(fixture('agy-usage'));
const sampleNow = at('2026-08-09T05:09:10Z');
const expected = [
  'gemini/weekly known 6.809354 2026-08-12T19:59:49.000Z',
  'gemini/5h not-started',
  'claude-gpt/weekly known 0 2026-08-16T04:45:30.000Z',
  'claude-gpt/5h not-started',
];
const read = (stdout: string): string[] => lines(parseAgy(stdout, sampleNow).windows);
const answer = (rest: object): string => JSON.stringify({...(fixture('agy-usage') as object), ...rest});

describe('what agy prints', () => {
  it('is read from the sample', () => {
    expect(read(sample)).toEqual(expected);
  });

  it.each([
    ['before', `I0808 12:00 starting {pid 7}\n{"level":"info"}\n${sample}`],
    ['after', `${sample}\nbye } {`],
    ['around, on the same line', `log: ${sample} done`],
    ['around, with an open brace', `{ oops\n${sample}\n`],
    ['around several lines', `hello\n${JSON.stringify(JSON.parse(sample), null, 2)}\n{"level":"info"}`],
    [
      'of a stream',
      `{"event":"start"}\n${JSON.stringify({event: 'command_result', command: JSON.parse(sample).command})}\n{"event":"end"}\n`,
    ],
  ])('is found with noise %s', (_, stdout) => expect(read(stdout)).toEqual(expected));

  const buckets = (...rows: unknown[]): string =>
    answer({command: {name: 'usage', data: {groups: [{name: 'Gemini Models', buckets: rows}]}}});
  it.each([
    [
      {id: 'gemini-5h', window: '5h', remaining_fraction: 0, reset_time: '2026-08-09T09:00:00Z'},
      'gemini/5h known 100 2026-08-09T09:00:00.000Z',
    ],
    [{id: '3p-5h', window: '5h', disabled: true}, 'claude-gpt/5h unknown not in force at the moment'],
    [{id: 'other-weekly', window: 'weekly', remaining_fraction: 0.5, reset_time: ''}, 'claude-gpt/weekly known 50'],
    [{id: 'd', window: '5h'}, 'd/5h unknown not reported'],
    [{window: '5h', remaining_fraction: 0.5}, 'gemini/5h known 50'],
    [
      {id: 'gemini-5h', window: '5h', remaining_fraction: 3.5},
      'gemini/5h unknown reported as a fraction outside 0 to 1',
    ],
    [
      {id: 'gemini-5h', window: '5h', remaining_fraction: -0.1},
      'gemini/5h unknown reported as a fraction outside 0 to 1',
    ],
    [{id: 'gemini', window: 'monthly', remaining_fraction: 0.5}, 'gemini/monthly known 50'],
  ])('has the row %j', (row, line) => expect(read(buckets(row))).toEqual([line]));

  it('may have a row per model', () => {
    const rows = [
      {
        id: 'gemini-3.1-pro-low',
        name: 'Gemini 3.1 Pro (Low)',
        remaining_fraction: 0.4,
        reset_time: '2026-08-12T05:00:00Z',
      },
      {id: 'gemini-3.5-flash', name: 'Gemini 3.5 Flash', remaining_fraction: 0.9, reset_time: '2026-08-09T07:00:00Z'},
    ];
    expect(read(buckets(...rows))).toEqual(['gemini/weekly known 60 2026-08-12T05:00:00.000Z']);
  });

  it.each([
    ['no groups', answer({command: {name: 'usage', data: {groups: null}}})],
    ['another command', answer({command: {name: 'credits', data: {groups: []}}})],
    ['nothing', ''],
    ['no JSON', 'Gemini Models\tWeekly\t93%'],
    ['a list', '[1, 2]'],
  ])('with %s is no answer', async (_, stdout) => {
    expect((await failureOf(() => parseAgy(stdout, sampleNow))).code).toBe('bad_response');
  });

  it.each([{num_turns: 1}, {conversation_id: 'abc'}, {usage: {total_tokens: 3181}}])(
    'is refused when it cost something: %j',
    async rest => {
      const failure = await failureOf(() => parseAgy(answer(rest), sampleNow));
      expect([failure.code, failure.remedy?.code]).toEqual(['bad_response', 'update']);
    },
  );

  it('says when nobody is signed in', async () => {
    const stdout = JSON.stringify({status: 'ERROR', num_turns: 0, response: 'You are not logged in. Please sign in.'});
    const failure = await failureOf(() => parseAgy(stdout, sampleNow));
    expect([failure.code, failure.remedy?.code]).toEqual(['expired', 'sign-in']);
    expect((await failureOf(() => parseAgy('{"status":"ERROR","response":"boom"}', sampleNow))).code).toBe(
      'server_error',
    );
  });
});

describe('the version', () => {
  it.each([
    ['1.1.11', true],
    ['agy version v1.1.27 (darwin)', true],
    ['1.2.0', true],
    ['1.2', true],
    ['2.0.0', true],
    ['1.1.10', false],
    ['1.0.99', false],
    ['0.9.12', false],
    ['1.1', false],
    ['A new version is available: 1.4.0\nagy 1.0.2', false],
    ['1.4.0 is available\n1.0.2\n', false],
    ['update available: 1.0.9 -> 1.4.0', false],
    ['agy 1.2.4 (protocol 1.0, go1.22.3)', true],
    ['2026/10/07 12:00:00.123 starting\nantigravity-cli version: 1.2.4', true],
    ['1.1.11-rc.1', false],
    ['1.1.12-rc.1', true],
  ])('%s is free: %s', (text, free) => expect(isFree(versionIn(text) ?? [])).toBe(free));
  it('may be missing', () => expect(versionIn('agy, development build')).toBeNull());
});

/** A stand-in for the vendor's program that notes what it was asked. */
async function withAgy(
  script: string,
  files: Record<string, unknown> = {},
): Promise<{home: Home; calls(): Promise<string[]>}> {
  const home = await withHome(files);
  const log = join(home.path, 'calls');
  await home.write('usage.json', sample);
  await home.write('.local/bin/agy', `#!/bin/sh\necho "$@" >> '${log}'\n${script.replaceAll('HOME', home.path)}\n`);
  await chmod(join(home.path, '.local/bin/agy'), 0o755);
  const calls = () =>
    readFile(log, 'utf8').then(
      text => text.trim().split('\n'),
      () => [],
    );
  return {home, calls};
}

const good = 'if [ "$1" = --version ]; then echo 1.1.11; else cat HOME/usage.json; fi';
const usage = '-p /usage --output-format json --print-timeout 10s';
const memory = () => new Map<string, unknown>();
const wire = (known = memory()): Wire =>
  createWire({provider: google, env: {PATH: process.env.PATH}, version: '1', now: () => now, memory: known});

async function firstOf(home: Home, env: Record<string, string> = {}): Promise<Account> {
  const [account] = await google.discover(home.machine({env}));
  if (account === undefined) throw new Error('no account was found');
  return account;
}

describe('agy', () => {
  it('is an account of its own where nothing else is found, and asks its version once', async () => {
    const {home, calls} = await withAgy(good);
    const account = await firstOf(home);
    expect(account).toMatchObject({label: 'agy', source: 'agy', secrets: [], stored: false});
    const known = memory();
    for (let times = 0; times < 2; times++)
      expect((await google.fetch(account, wire(known))).windows.map(({id}) => id)).toEqual([
        'gemini/weekly',
        'gemini/5h',
        'claude-gpt/weekly',
        'claude-gpt/5h',
      ]);
    expect(await calls()).toEqual(['--version', usage, usage]);
  });

  it.each(['echo 1.1.10', 'echo unknown', 'exit 3'])(
    'is never asked for the quota when it is old or strange: %s',
    async script => {
      const {home, calls} = await withAgy(script);
      const failure = await failureOf(async () => google.fetch(await firstOf(home), wire()));
      expect(failure.remedy?.code).toBe('update');
      expect(await calls()).toEqual(['--version']);
    },
  );

  it('that spent quota is not run again', async () => {
    const {home, calls} = await withAgy(good);
    await home.write('usage.json', answer({num_turns: 1}));
    const [account, known] = [await firstOf(home), memory()];
    for (let times = 0; times < 3; times++)
      expect((await failureOf(() => google.fetch(account, wire(known)))).remedy?.code).toBe('update');
    expect(await calls()).toEqual(['--version', usage]);
  });

  it('that other users can change is not run', async () => {
    const {home, calls} = await withAgy(good);
    const path = join(home.path, '.local/bin/agy');
    const [account, known] = [await firstOf(home), memory()];
    await google.fetch(account, wire(known));
    await chmod(path, 0o777);
    for (const each of [known, memory()]) {
      const failure = await failureOf(() => google.fetch(account, wire(each)));
      expect([failure.code, failure.remedy]).toEqual(['no_credentials', {code: 'restrict', name: path}]);
    }
    expect(await calls()).toEqual(['--version', usage]);
  });

  it('says when nobody is signed in, and what else went wrong', async () => {
    const saying = (words: string) => `if [ "$1" = --version ]; then echo 1.2.0; else echo '${words}' >&2; exit 1; fi`;
    const failures = ['Error: not logged in. Please sign in.', 'disk full'].map(async words => {
      const {home} = await withAgy(saying(words));
      return failureOf(async () => google.fetch(await firstOf(home), wire()));
    });
    const [signedOut, other] = await Promise.all(failures);
    expect([signedOut?.code, signedOut?.remedy?.code]).toEqual(['expired', 'sign-in']);
    expect([other?.code, other?.message]).toEqual(['server_error', 'agy failed: disk full']);
  });

  it('speaks for the only login that lacks a client, and says so', async () => {
    const accounts = {version: 4, accounts: [{email: 'me@example.com', refreshToken: '1//r'}]};
    const {home} = await withAgy(good, {'.config/opencode/antigravity-accounts.json': accounts});
    const found = await google.discover(home.machine());
    expect(found.map(({label}) => label)).toEqual(['me@example.com']);
    const reading = await google.fetch(await firstOf(home), wire());
    expect(reading.windows).toHaveLength(4);
    expect(reading.notes).toEqual([{code: 'message', text: 'read through agy'}]);
  });

  it('stands on its own beside several logins: its numbers are those of one person', async () => {
    const accounts = {
      version: 4,
      accounts: [
        {email: 'a@b.example', refreshToken: '1//a'},
        {email: 'c@b.example', refreshToken: '1//c'},
      ],
    };
    const {home, calls} = await withAgy(good, {'.config/opencode/antigravity-accounts.json': accounts});
    expect((await google.discover(home.machine())).map(({label}) => label)).toEqual([
      'a@b.example',
      'c@b.example',
      'agy',
    ]);
    expect((await failureOf(async () => google.fetch(await firstOf(home), wire()))).remedy?.code).toBe('google/client');
    expect(await calls()).toEqual([]);
  });

  it('is not looked for when there is a client', async () => {
    const accounts = {
      version: 4,
      accounts: [
        {email: 'a@b.example', refreshToken: '1//a'},
        {email: 'c@b.example', refreshToken: '1//c'},
      ],
    };
    const {home} = await withAgy(good, {'.config/opencode/antigravity-accounts.json': accounts});
    const env = {ANTIGRAVITY_OAUTH_CLIENT_ID: 'id', ANTIGRAVITY_OAUTH_CLIENT_SECRET: 'test-client-secret'};
    expect((await google.discover(home.machine({env}))).map(({label}) => label)).toEqual([
      'a@b.example',
      'c@b.example',
    ]);
  });

  it('answers for the login of its own file once the token there has ended', async () => {
    const token = {access_token: 'ya29.old', refresh_token: '1//agy', expiry: '2026-09-01T21:00:00Z'};
    const {home} = await withAgy(good, {'.gemini/antigravity-cli/antigravity-oauth-token': {token}});
    const account = await firstOf(home);
    expect(account.source).toBe('Antigravity login');
    expect((await google.fetch(account, wire())).windows).toHaveLength(4);
  });

  it.each(['AGY_BIN', 'ANTIGRAVITY_CLI_PATH'])('is found through %s first', async variable => {
    const {home, calls} = await withAgy(good);
    await home.write('other/agy', '#!/bin/sh\necho 1.0.0\n');
    await chmod(join(home.path, 'other/agy'), 0o755);
    const account = await firstOf(home, {[variable]: join(home.path, 'other/agy')});
    expect((await failureOf(() => google.fetch(account, wire()))).message).toContain('1.0.0');
    expect(await calls()).toEqual([]);
  });
});
