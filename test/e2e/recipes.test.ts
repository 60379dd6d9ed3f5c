import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openLedger} from '../../src/system/ledger/ledger.ts';
import {textOf} from '../docs/support.ts';
import {account, hour, reading, window} from '../support/state.ts';
import {program} from '../support/terminal.ts';

/** docs/statusline.md, as a reader would paste it, with an account whose names are orders to every shell and bar. */

const orders = '$(touch ran) `touch ran` #(touch ran) %{A1:touch ran:} | "} \' \\ <b> !x';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-recipe-'));
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/mystatus-tui'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(home, 'bin/mystatus-tui'), 0o755);
  const ledger = openLedger({directory: join(home, 'state'), onNotice: () => {}});
  const now = Date.now();
  const pool = `${orders}/5h`;
  const hostile = reading(orders, [{...window(pool, 62, hour), resetsAt: now + hour}]);
  ledger.settle(
    {...account('openai:00000001', orders, hostile), readAt: now, lastAttemptAt: now, dueAt: now + hour},
    now,
  );
  ledger.close();
});
afterAll(() => rmSync(home, {recursive: true, force: true}));

/** Runs a program with the recipe's home as its own; what it printed. */
function output(command: string, args: readonly string[]): string {
  const env = {
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    HOME: home,
    MYSTATUS_STATE_DIR: join(home, 'state'),
    MYSTATUS_CONFIG_DIR: join(home, 'config'),
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
  };
  return execFileSync(command, args, {env, cwd: home, encoding: 'utf8'});
}

const has = (command: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`]);
    return true;
  } catch {
    return false;
  }
};
const ranOrders = (): boolean => readdirSync(home).includes('ran');

/** The `nth` code block of a section of the page. */
function recipe(section: string, nth = 0): string {
  const text = textOf('docs/statusline.md').split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const blocks = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  const found = blocks[nth];
  if (found === undefined) throw new Error(`no recipe ${nth} for ${section}`);
  return found;
}
/** The command of a bar's recipe, which the bar gives to `sh -c`. */
const commandIn = (code: string): string => /(?:exec|command) ?= ?"?(.*?)"?$/m.exec(code)?.[1] ?? '';

describe('a recipe shows a hostile name and does nothing that it says', () => {
  it.skipIf(!has('zsh')).each(['setopt PROMPT_SUBST', 'unsetopt PROMPT_SUBST'])('zsh, %s', option => {
    const shown = output('zsh', ['-f', '-c', `${option}\n${recipe('zsh')}\nmystatus_quota; print -P -- "$RPROMPT"`]);
    expect(shown).toContain('62%');
    expect(ranOrders()).toBe(false);
  });

  it('bash', () => {
    const shown = output('bash', ['--norc', '-c', `${recipe('bash')}\n$PROMPT_COMMAND; echo "\${PS1@P}"`]);
    expect(shown).toContain('62%');
    expect(ranOrders()).toBe(false);
  });

  it.skipIf(!has('fish'))('fish', () => {
    expect(output('fish', ['--no-config', '-c', `${recipe('fish')}\nfish_right_prompt`])).toContain('62%');
    expect(ranOrders()).toBe(false);
  });

  it('waybar, as JSON of exactly the fields that were meant', () => {
    const {exec} = JSON.parse(recipe('waybar', 1).replace(/^"custom\/quota": /, '')) as {exec: string};
    const line = JSON.parse(output('sh', ['-c', exec])) as Record<string, string>;
    expect(Object.keys(line)).toEqual(['text', 'tooltip', 'class']);
    expect(line.text).toContain('62%');
    expect(line.tooltip).toContain('&lt;b&gt;');
    expect(line.class).toBe('ok');
  });

  it.each([
    ['polybar', '%{A1'],
    ['i3blocks', '<b>'],
  ])('%s', (bar, order) => {
    const line = output('sh', ['-c', commandIn(recipe(bar))]);
    expect(line).toContain('62%');
    expect(line).not.toContain(order);
  });

  it('xbar', () => {
    const line = output('sh', ['-c', recipe('xbar, SwiftBar')]);
    expect(line).toContain('62%');
    expect(line).not.toContain('|');
  });

  it('starship, which runs the line by a shell', () => {
    const line = output('sh', ['-c', commandIn(recipe('starship'))]);
    expect(line).toContain('62%');
    expect(line).not.toMatch(/[$`\\]/);
  });
});

describe('--escape', () => {
  const line = (reader: string): string =>
    output('mystatus-tui', ['statusline', '--escape', reader, '--format', '{plan} {account} {used}']).trimEnd();

  it.skipIf(!has('zsh')).each(['setopt PROMPT_SUBST', 'unsetopt PROMPT_SUBST'])(
    'zsh holds inside a prompt, %s',
    option => {
      const shown = output('zsh', ['-f', '-c', `${option}; PROMPT=$1; print -P -- "$PROMPT"`, 'zsh', line('zsh')]);
      expect(shown).toContain('62%');
      expect(ranOrders()).toBe(false);
    },
  );

  it('bash shows the very name inside PS1', () => {
    const shown = output('bash', ['--norc', '-c', `PS1=$1; echo "\${PS1@P}"`, 'bash', line('bash')]);
    expect(shown).toContain(orders);
    expect(ranOrders()).toBe(false);
  });

  it('json gives back the very name', () => {
    expect(JSON.parse(`"${line('json')}"`)).toContain(`${orders} ${orders} 62%`);
  });

  it.skipIf(!has('tmux'))('tmux starts nothing', () => {
    const socket = ['-L', 'mystatus-recipe', '-f', '/dev/null'];
    output('tmux', [...socket, 'new-session', '-d', '-x', '80', '-y', '24', 'cat']);
    try {
      const shown = output('tmux', [...socket, 'display-message', '-p', line('tmux')]);
      expect(shown).toContain('#(touch ran)');
      // Jobs are started in the order in which they are met: behind this one the other would have run.
      output('tmux', [...socket, 'run-shell', 'true']);
      expect(ranOrders()).toBe(false);
    } finally {
      output('tmux', [...socket, 'kill-server']);
    }
  });
});
