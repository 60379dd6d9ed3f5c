import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {AccountEntry} from '../../src/output/accounts.ts';
import {run} from '../support/run.ts';
import {openTerminal, type Terminal} from '../support/terminal.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
let key: string;
let terminal: Terminal | undefined;
beforeEach(async () => {
  world = await createWorld([]);
  key = await keyOfService();
});
afterEach(async () => {
  terminal?.close();
  terminal = undefined;
  await world.close();
});

/** A key that the invented service of Z.ai takes. */
async function keyOfService(): Promise<string> {
  const other = await createWorld(['zai']);
  const text = readFileSync(join(other.home, '.chelper/config.yaml'), 'utf8');
  await other.close();
  return /api_key: *"?([^"\n]+)/.exec(text)?.[1] ?? '';
}

const file = () => join(world.home, '.config/mystatus-tui/credentials.json');
const stored = (): unknown[] =>
  existsSync(file()) ? (JSON.parse(readFileSync(file(), 'utf8')) as {credentials: unknown[]}).credentials : [];
const login = (...args: string[]) => run(['login', ...args], world.env, {stdin: `${key}\n`});
const accounts = async (): Promise<AccountEntry[]> =>
  (JSON.parse((await run(['accounts', '--json'], world.env)).stdout) as {accounts: AccountEntry[]}).accounts;

describe('login from a pipe', () => {
  it('takes no name and no field that would show the secret, asks nobody, and repeats nothing', async () => {
    const shown = [
      ['zai', '--label', key],
      ['zai', '--label', `my ${key}`],
      ['zai', '--label', key.slice(2, 15)],
      ['zai', '--label', `ghp_${'a1'.repeat(18)}`],
      ['zai', '--label', key, '--no-verify'],
      ['copilot', '--field', `username=${key}`],
      ['zhipu', '--field', `organization=org,project=${key}`],
    ];
    for (const args of shown) {
      const {code, stdout, stderr} = await login(...args);
      expect([code, stdout], args.join(' ')).toEqual([2, '']);
      expect(stderr).toMatch(/^mystatus-tui: --(label|field \w+) is shown on screen.*\n$/);
      expect(stderr).not.toContain(key.slice(2, 15));
      expect(stderr).not.toContain('a1a1');
    }
    expect(Object.values(world.services).flatMap(({requests}) => requests)).toEqual([]);
    expect(stored()).toEqual([]);
  });

  it('keeps the name when the same key comes again without one', async () => {
    expect((await login('zai', '--label', 'work')).code).toBe(0);
    expect((await login('zai')).code).toBe(0);
    expect(stored()).toMatchObject([{label: 'work'}]);
    await login('zai', '--label', 'home');
    expect(stored()).toMatchObject([{label: 'home'}]);
  });

  it('says that what was stored is not shown while its provider is switched off', async () => {
    world.write('.config/mystatus-tui/config.json', '{"providers": {"zai": {"enabled": false}}}');
    const {code, stderr} = await login('zai');
    expect([code, stderr]).toEqual([0, expect.stringContaining('Z.ai is switched off: enable it in settings (,)')]);
    expect(stored()).toHaveLength(1);
  });

  it('says so when more than one line comes', async () => {
    const two = await run(['login', 'zai'], world.env, {stdin: `${key}\nanother line\n`});
    expect([two.code, two.stderr]).toEqual([
      2,
      'mystatus-tui: several lines were given: enter only the API key, on one line. Try --help.\n',
    ]);
    const spaced = await run(['login', 'zai'], world.env, {stdin: `\n  ${key}\r\n\n`});
    expect(spaced).toMatchObject({code: 0, stderr: ''});
  });
});

describe('a name that was stored before and is the secret', () => {
  it('is printed by nothing, and is not written to the ledger', async () => {
    const entry = {id: '0000abcd', provider: 'zai', label: key, secret: key, fields: {}};
    world.write('.config/mystatus-tui/credentials.json', JSON.stringify({version: 1, credentials: [entry]}));
    const all: string[] = [];
    for (const args of [['accounts'], ['accounts', '--json'], ['--once'], ['--json'], ['doctor']])
      all.push(Object.values(await run(args, world.env)).join('\n'));
    all.push((await run(['statusline', '--format', '{account}'], world.env)).stdout);
    const state = join(world.home, '.local/state/mystatus-tui');
    for (const name of readdirSync(state).filter(each => each.startsWith('state.db')))
      all.push(readFileSync(join(state, name), 'latin1'));
    expect(all.filter(text => text.includes(key.slice(0, 12)))).toEqual([]);
    const mask = `${key.slice(0, 4)}…${key.slice(-4)}`;
    expect(all.slice(0, 4).filter(text => !text.includes(mask))).toEqual([]);
    const {stdout} = await run(['logout', 'zai'], world.env);
    expect(stdout).toMatch(new RegExp(`^Removed ${mask} \\(zai:`));
  });
});

describe('login at a terminal', () => {
  const open = (...args: string[]): Terminal => openTerminal({env: world.env, args: ['login', ...args]});
  /** The complaint, and the question again below it: only then are keys heard. */
  const asksAgain = (opened: Terminal, complaint: string, question: string): Promise<void> => {
    const [said, asked] = [complaint, question].map(text => text.replace(/[.*+?()[\]]/g, '\\$&'));
    return opened.sees(new RegExp(`${said}[^]*${asked}`));
  };

  it('asks for the token before anything that is shown, and again for what will not do', async () => {
    const token = `ghp_${'Zy9'.repeat(12)}`;
    terminal = open('copilot', '--no-verify');
    await terminal.sees('GitHub Copilot, token (not shown):');
    expect(await terminal.text()).not.toContain('user name');
    terminal.type('\r');
    await asksAgain(terminal, 'no token given', 'token (not shown):');
    terminal.type(`${token}\r`);
    await terminal.sees('GitHub user name (Enter: none):');
    terminal.type('octo\r');
    await terminal.sees('plan [');
    terminal.type('prp\r');
    await asksAgain(terminal, 'did you mean pro?', 'plan [');
    terminal.type('pro\r');
    for (const question of [
      'organisation that is billed',
      'enterprise that is billed',
      'company host',
      'billing model',
    ]) {
      await terminal.sees(`${question}`);
      terminal.type('\r');
    }
    expect((await terminal.exited).code).toBe(0);
    expect(stored()).toMatchObject([{secret: token, fields: {username: 'octo', tier: 'pro'}}]);
    expect(terminal.written()).not.toContain(token);
  });

  it('takes no token for a user name', async () => {
    const token = `github_pat_${'11Zy'.repeat(8)}`;
    terminal = open('copilot', '--no-verify', '--field', 'tier=pro');
    await terminal.sees('token (not shown):');
    terminal.type(`${token}\r`);
    await terminal.sees('GitHub user name');
    terminal.type(`${token}\r`);
    await asksAgain(terminal, 'do not put the secret there', 'GitHub user name (Enter');
    terminal.type(`ghp_${'a1'.repeat(18)}\r`);
    await asksAgain(terminal, 'and this looks like a secret', 'GitHub user name (Enter');
    terminal.type('\u0003');
    expect((await terminal.exited).code).toBe(130);
    expect(stored()).toEqual([]);
  });

  it('takes neither of two lines that are pasted at once, and asks again', async () => {
    terminal = open('zai');
    await terminal.sees('API key (not shown):');
    terminal.type(`first-half-of-a-key\rsecond-half-of-a-key\r`);
    await asksAgain(terminal, 'enter only the API key, on one line', 'API key (not shown):');
    terminal.type(`${key}\r`);
    expect((await terminal.exited).code).toBe(0);
    expect(stored()).toMatchObject([{secret: key}]);
    expect(terminal.written()).not.toContain('half-of-a-key');
  });

  it('asks again for a provider that there is not', async () => {
    terminal = open();
    await terminal.sees('Which provider?');
    terminal.type('zia\r');
    await asksAgain(terminal, 'unknown provider "zia"; did you mean zai?', 'Which provider?');
    terminal.type(`${key}\r`);
    await asksAgain(terminal, 'unknown provider;', 'Which provider?');
    terminal.type('zai\r');
    await terminal.sees('Z.ai, API key (not shown):');
    terminal.type(`${key}\r`);
    expect((await terminal.exited).code).toBe(0);
  });
});

describe('logout', () => {
  it('takes a provider for its only stored login', async () => {
    await login('zai', '--label', 'work');
    const {code, stdout} = await run(['logout', 'zai'], world.env);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Removed work \(zai:[0-9a-f]{8}\)\.\n$/)]);
    expect(stored()).toEqual([]);
  });

  it('names them where a provider has several, and forgets none', async () => {
    await login('zai', '--label', 'work');
    await run(['login', 'zai', '--label', 'home', '--no-verify'], world.env, {stdin: 'another-invented-key-0002\n'});
    const {code, stdout, stderr} = await run(['logout', 'zai'], world.env);
    expect([code, stdout]).toEqual([1, '']);
    for (const {account, label} of await accounts()) expect(stderr).toContain(`${account} (${label})`);
    expect(stored()).toHaveLength(2);
  });

  it('names what it does not know, and the nearest name', async () => {
    await login('zai');
    const answer = async (name: string) => (await run(['logout', name], world.env)).stderr;
    expect(await answer('zia')).toContain('there is no account "zia". Did you mean zai?');
    expect(await answer('openai')).toBe('mystatus-tui: there is no login for openai.\n');
    expect(stored()).toHaveLength(1);
  });

  it('leaves the login of another tool alone when its provider is named', async () => {
    const env = {...world.env, ZAI_API_KEY: key};
    const {code, stderr} = await run(['logout', 'zai'], env);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('its login comes from ZAI_API_KEY, which is left untouched'),
    ]);
  });
});
