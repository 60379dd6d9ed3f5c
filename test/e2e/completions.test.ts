import {chmodSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {run} from '../support/run.ts';
import {openTerminal, program, type Terminal} from '../support/terminal.ts';
import {createWorld, type World} from '../support/world.ts';

let world: World;
let accounts: Record<string, string>;
let terminal: Terminal | undefined;
beforeEach(async () => {
  world = await createWorld(['openai', 'zai']);
  const {stdout} = await run(['--json'], world.env);
  accounts = Object.fromEntries(
    (JSON.parse(stdout) as Report).accounts.map(({provider, account}) => [provider, account]),
  );
  world.write('.config/mystatus-tui/config.json', '{"customProviders": [{"id": "team-gateway"}]}');
  world.write('bin/mystatus-tui', `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(join(world.home, 'bin/mystatus-tui'), 0o755);
});
afterEach(async () => {
  terminal?.close();
  terminal = undefined;
  await world.close();
});

const env = () => ({...world.env, PATH: `${join(world.home, 'bin')}:${world.env.PATH}`, PS1: '> ', PROMPT: '> '});
const has = async (shell: string): Promise<boolean> =>
  (await run(['-c', `command -v ${shell}`], {PATH: process.env.PATH ?? ''}, {command: 'bash'})).code === 0;

it('come from what the ledger knows, without looking for a login', async () => {
  const bare = await createWorld([]);
  expect(await run(['completions', 'accounts'], bare.env)).toEqual({code: 0, stdout: '', stderr: ''});
  await bare.close();
  const listed = (await run(['completions', 'accounts'], world.env)).stdout.trim().split('\n');
  expect(listed).toEqual(Object.values(accounts).sort());
  const windows = (await run(['completions', 'windows'], world.env)).stdout.trim().split('\n');
  expect(windows).toEqual(['5h', 'spark/5h', 'spark/weekly', 'weekly']);
  const relative = await run(['completions', 'accounts'], {...world.env, HOME: '.'}, {cwd: world.home});
  expect(relative.stdout).not.toContain(accounts.zai);
  expect((await run(['completions', 'acounts'], world.env)).stderr).toMatch(/unknown shell "acounts".*bash, zsh, fish/);
});

const shells = [
  ['bash', ['--norc', '--noprofile', '-i'], 'source <(mystatus-tui completions bash)'],
  ['zsh', ['-f', '-i'], 'autoload -U compinit; compinit -u -D; source <(mystatus-tui completions zsh)'],
] as const;

describe.each(shells)('in %s', async (shell, args, setup) => {
  it.runIf(await has(shell))('accounts, windows and lists of providers are completed', async () => {
    terminal = openTerminal({env: env(), command: shell, args: [...args], size: {columns: 100, rows: 24}});
    await terminal.sees('> ');
    terminal.type(`${setup}; echo loa''ded\r`);
    await terminal.sees('loaded');
    const {openai = '', zai = ''} = accounts;
    for (const [typed, expected] of [
      ['logout za', `logout ${zai}`],
      [`logout ${zai.slice(0, 6)}`, `logout ${zai}`],
      [`guard --account openai:`, `guard --account ${openai}`],
      ['guard --window spark/w', 'guard --window spark/weekly'],
      ['--provider openai,zh', '--provider openai,zhipu'],
      ['guard --provider cop', 'guard --provider copilot'],
      ['provider untr', 'provider untrust'],
      ['provider add elev', 'provider add elevenlabs'],
      ['provider test team', 'provider test team-gateway'],
      ['guard --provider openai,tea', 'guard --provider openai,team-gateway'],
      ['login team', 'login team-gateway'],
      ['help stat', 'help statusline'],
      ['doctor --demo al', 'doctor --demo all'],
      ['statusline --stdin cl', 'statusline --stdin claude-code'],
      ['forecast --stdin --he', 'forecast --stdin --help'],
    ] as const) {
      terminal.type(`mystatus-tui ${typed}\t`);
      await terminal.sees(`> mystatus-tui ${expected}`);
      // Ctrl+U, and a clean screen for the next one.
      terminal.type('\u0015\u000c');
      await terminal.loses(expected);
    }
  });
});

it.runIf(await has('fish'))('in fish accounts, windows and lists of providers are completed', async () => {
  const offered = async (line: string): Promise<string[]> => {
    const script = `mystatus-tui completions fish | source; complete -C "mystatus-tui ${line}"`;
    const {stdout} = await run(['-N', '-c', script], env(), {command: 'fish'});
    return stdout
      .trim()
      .split('\n')
      .map(each => each.split('\t')[0] ?? '');
  };
  const {openai = '', zai = ''} = accounts;
  expect(await offered('logout za')).toEqual([zai]);
  expect(await offered('guard --account op')).toEqual([openai]);
  expect(await offered('guard --window sp')).toEqual(['spark/5h', 'spark/weekly']);
  expect(await offered('--provider openai,zh')).toEqual(['openai,zhipu']);
  expect(await offered('--provider openai,te')).toEqual(['openai,team-gateway']);
  expect(await offered('login te')).toEqual(['team-gateway']);
  expect(await offered('help stat')).toEqual(['statusline']);
});

it.runIf(await has('zsh'))('in zsh they work as a file that a package installed, from the first Tab on', async () => {
  world.write('site-functions/_mystatus-tui', (await run(['completions', 'zsh'], world.env)).stdout);
  terminal = openTerminal({env: env(), command: 'zsh', args: ['-f', '-i'], size: {columns: 100, rows: 24}});
  await terminal.sees('> ');
  terminal.type('fpath=(~/site-functions $fpath); autoload -U compinit; compinit -u -D; echo loa""ded\r');
  await terminal.sees(/^loaded/m);
  terminal.type('mystatus-tui statusline --stdin cl\t');
  await terminal.sees('> mystatus-tui statusline --stdin claude-code');
});
