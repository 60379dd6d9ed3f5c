import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {run as runProgram} from '../../scripts/release/programs.ts';
import {run} from '../support/run.ts';
import {openTerminal} from '../support/terminal.ts';
import {createWorld, type World} from '../support/world.ts';

const directory = mkdtempSync(join(tmpdir(), 'mystatus-executable-'));
const made = join(directory, 'made');
const program = join(made, 'mystatus-tui');
const home = join(directory, 'home');
let world: World;

beforeAll(async () => {
  mkdirSync(home);
  world = await createWorld(['openai']);
  runProgram(process.execPath, ['scripts/release/executable.ts', made]);
}, 180_000);
afterAll(async () => {
  await world.close();
  rmSync(directory, {recursive: true});
});

// No Node is on its path.
const alone = (): Record<string, string> => ({...world.env, PATH: '/usr/bin:/bin'});
const start = (args: readonly string[], env: Record<string, string> = alone()) =>
  run(args, env, {command: program, cwd: home});

it('reads an account, and keeps the reading in the ledger', async () => {
  const {code, stdout} = await start(['--json', '--provider', 'openai']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({accounts: [{provider: 'openai', status: 'ok'}]});
  const ledger = new DatabaseSync(join(world.home, '.local/state/mystatus-tui/state.db'), {readOnly: true});
  expect(ledger.prepare('SELECT provider FROM account').all()).toEqual([{provider: 'openai'}]);
  ledger.close();
});

it('opens the monitor', async () => {
  const terminal = openTerminal({env: alone(), command: program, args: ['--provider', 'openai'], cwd: home});
  await terminal.sees('Weekly limit');
  terminal.type('q');
  expect((await terminal.exited).code).toBe(0);
  terminal.close();
});

it('serves its page, and the readings', async () => {
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--provider', 'openai'], {env: alone(), cwd: home});
  try {
    const address = await new Promise<string>((resolve, reject) => {
      child.stderr.on('data', data => {
        const [, found] = /listening on (http:\S+)/.exec(String(data)) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.on('exit', code => reject(new Error(`ended with ${code}`)));
    });
    for (const name of ['', 'page.js', 'page.css', 'icon.svg']) {
      const response = await fetch(new URL(name, address));
      expect([name, response.status]).toEqual([name, 200]);
      expect(await response.text()).toBe(readFileSync(join('dist/page', name || 'index.html'), 'utf8'));
    }
    expect((await fetch(new URL('/v1/readings', address))).status).toBe(200);
  } finally {
    child.kill();
  }
});

it('carries its presets', async () => {
  const url = 'https://keys.example.com';
  const {code, stderr} = await start(['provider', 'add', 'litellm', '--url', url]);
  expect([code, stderr]).toEqual([0, '']);
  const settings = readFileSync(join(world.home, '.config/mystatus-tui/config.json'), 'utf8');
  expect(JSON.parse(settings)).toMatchObject({customProviders: [{id: 'litellm'}]});
});

it('refuses what the program that Node starts refuses, in the same words', async () => {
  for (const variable of [{NODE_DEBUG: 'http'}, {NODE_EXTRA_CA_CERTS: 'own.pem'}, {NODE_EXTRA_CA_CERTS: '/a\u001b'}]) {
    const env = {...alone(), ...variable} as Record<string, string>;
    const answer = await start(['--version'], env);
    expect(answer).toEqual(await run(['--version'], env));
    expect(answer.code).toBe(2);
  }
});

it('loads no library that lies beside it, and says that there is none', async () => {
  const library = join(made, 'node_modules/@napi-rs/keyring');
  mkdirSync(library, {recursive: true});
  writeFileSync(join(library, 'package.json'), '{"name": "@napi-rs/keyring", "main": "index.js"}');
  writeFileSync(
    join(library, 'index.js'),
    `require('node:fs').writeFileSync(${JSON.stringify(join(home, 'ran'))}, '')`,
  );
  const args = ['login', 'zai', '--keychain', '--no-verify'];
  const {code, stderr} = await run(args, alone(), {command: program, cwd: home, stdin: 'test-key-of-zai\n'});
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining('the keychain library @napi-rs/keyring is not installed'),
  ]);
  expect(existsSync(join(home, 'ran'))).toBe(false);
});

it('goes with the licences of Node and of all that is bundled', () => {
  const text = readFileSync(join(made, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  expect(text).toMatch(/^Node\.js \d+\./m);
  expect(text).toMatch(/^ink \d+\.\d+\.\d+ \(MIT\)$/m);
  expect(statSync(join(made, 'LICENSE')).isFile()).toBe(true);
});
