import {execFileSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {parse} from 'yaml';
import {openLedger} from '../../src/system/ledger/ledger.ts';
import {root, textOf} from '../docs/support.ts';
import {run} from '../support/run.ts';
import {account, hour, reading, window} from '../support/state.ts';
import {openTerminal, program} from '../support/terminal.ts';
import {createWorld, type World} from '../support/world.ts';

const page = 'docs/integrations.md';

/** The page, as a reader would paste it, with an account whose names are orders to every shell and bar. */

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
function output(command: string, args: readonly string[], options: {input?: string} = {}): string {
  return execFileSync(command, args, {env: environment(), cwd: home, encoding: 'utf8', ...options});
}

function environment(): Record<string, string> {
  return {
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    HOME: home,
    MYSTATUS_STATE_DIR: join(home, 'state'),
    MYSTATUS_CONFIG_DIR: join(home, 'config'),
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
  };
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

const taken = new Set<string>();
/** The `nth` code block of a section of the page. */
function recipe(section: string, nth = 0): string {
  const text = textOf(page).split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const blocks = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  const found = blocks[nth];
  if (found === undefined) throw new Error(`no recipe ${nth} for ${section}`);
  taken.add(`${section} ${nth}`);
  return found;
}
/** The command of a bar's recipe, which the bar gives to `sh -c`. */
const commandIn = (code: string): string => /(?:exec|command) ?= ?(.*)$/m.exec(code)?.[1] ?? '';

/** Of TOML what the recipes use: tables, and keys with values that are JSON's, or texts in single quotes. */
function tomlIn(code: string): Record<string, unknown> {
  const pairs = code.split('\n').flatMap(line => {
    if (line === '' || /^\[[\w.]+\]$/.test(line)) return [];
    const [, key = '', value = ''] = /^(\w+) = (.*)$/.exec(line) ?? [];
    const asJson = value.replaceAll(/'([^']*)'/g, (_, text: string) => JSON.stringify(text));
    return [[key, JSON.parse(asJson)] as const];
  });
  return Object.fromEntries(pairs);
}

const starship = recipe('starship');
const waybar = [recipe('waybar'), recipe('waybar', 1)].map(block => JSON.parse(block)['custom/quota']);
const tmux = [recipe('tmux'), recipe('tmux', 1)] as const;
const zsh = [recipe('zsh'), recipe('zsh', 1)] as const;
const [bash, fish] = [recipe('bash'), recipe('fish')];
const [polybar, i3blocks, xbar] = [recipe('polybar'), recipe('i3blocks'), recipe('xbar, SwiftBar')];
const claudeCode = recipe('Claude Code');
const opencode = {command: recipe('opencode'), plugin: recipe('opencode', 1), tui: recipe('opencode', 2)};
const codex = recipe('Codex');
const vsCode = recipe('VS Code');
const actions = [recipe('GitHub Actions'), recipe('GitHub Actions', 1)] as const;

it('every block of the page is tried here', () => {
  expect(taken.size).toBe(textOf(page).match(/^```\w+$/gm)?.length);
});

describe('a recipe shows a hostile name and does nothing that it says', () => {
  const printsPrompt = 'print -P -- "$RPROMPT"';
  it.skipIf(!has('zsh')).each([
    ['PROMPT_SUBST', `setopt PROMPT_SUBST\n${zsh[0]}\nmystatus_quota; ${printsPrompt}`],
    ['no PROMPT_SUBST', `unsetopt PROMPT_SUBST\n${zsh[0]}\nmystatus_quota; ${printsPrompt}`],
    ['colours', `${zsh[1]}\n${printsPrompt}`],
  ])('zsh with %s', (_, script) => {
    expect(output('zsh', ['-f', '-c', script])).toContain('62%');
    expect(ranOrders()).toBe(false);
  });

  it('bash', () => {
    const shown = output('bash', ['--norc', '-c', `${bash}\n$PROMPT_COMMAND; echo "\${PS1@P}"`]);
    expect(shown).toContain('62%');
    expect(ranOrders()).toBe(false);
  });

  it.skipIf(!has('fish'))('fish', () => {
    expect(output('fish', ['--no-config', '-c', `${fish}\nfish_right_prompt`])).toContain('62%');
    expect(ranOrders()).toBe(false);
  });

  it('waybar, as JSON of exactly the fields that were meant, whose texts are Pango', () => {
    const line = JSON.parse(output('sh', ['-c', waybar[0].exec])) as Record<string, string>;
    expect(Object.keys(line)).toEqual(['text', 'alt', 'tooltip', 'class', 'percentage']);
    expect(line).toMatchObject({text: expect.stringContaining('62%'), class: 'ok', alt: 'ok', percentage: 62});
    expect(line.tooltip).toContain('&lt;b&gt;');
    expect(`${line.text}${line.tooltip}`).not.toMatch(/[<>]|&(?!\w+;|#39;)/);
    const coloured = output('sh', ['-c', waybar[1].exec]);
    expect(coloured.replace(/<span foreground="#\w+">62%<\/span>/, '62%')).not.toMatch(/[<>]/);
  });

  it.each([
    ['polybar', polybar, /%\{(?!F)/],
    ['i3blocks', i3blocks, /<(?!\/?span)/],
  ])('%s', (_, block, order) => {
    expect(block.split('\n').every(line => /^(?:\[[\w/]+\]|[\w-]+ ?= ?.+|)$/.test(line))).toBe(true);
    const line = output('sh', ['-c', commandIn(block)]);
    expect(line).toContain('62%');
    expect(line).not.toMatch(order);
  });

  it('xbar', () => {
    const line = output('sh', ['-c', xbar]);
    expect(line).toContain('62%');
    expect(line).not.toContain('|');
  });

  it('starship, which runs the line by a shell', () => {
    expect(tomlIn(starship)).toMatchObject({when: true, format: '[$output]($style) '});
    const line = output('sh', ['-c', String(tomlIn(starship).command)]);
    expect(line).toContain('62%');
    expect(line).not.toMatch(/[$`\\]/);
  });

  it('Claude Code, whose figures it takes and keeps', () => {
    const {statusLine} = JSON.parse(claudeCode);
    const resets_at = Math.floor(Date.now() / 1000) + 3600;
    const handed = {
      rate_limits: {five_hour: {used_percentage: 12, resets_at}, seven_day: {used_percentage: 41, resets_at}},
    };
    const shown = output('sh', ['-c', statusLine.command], {input: JSON.stringify(handed)});
    expect(shown.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe('5h 12% · week 41%\n');
    expect(output('sh', ['-c', statusLine.command], {input: 'nonsense'})).toContain('62%');
    expect(ranOrders()).toBe(false);
  });
});

describe.skipIf(!has('tmux'))('in a real tmux', () => {
  /** The last row of a terminal with tmux of this configuration, once the line is there. */
  async function lastRow(configuration: string): Promise<string> {
    const file = join(home, `tmux-${configuration.length}.conf`);
    // The name is longer than that of any account.
    writeFileSync(file, `${configuration}set -g status-right-length 200\n`);
    const socket = ['-L', `mystatus-recipe-${process.pid}-${configuration.length}`, '-f', file];
    const size = {columns: 200, rows: 5};
    const terminal = openTerminal({command: 'tmux', args: [...socket, 'new-session', 'cat'], env: environment(), size});
    try {
      await terminal.sees('62%');
      output('tmux', [...socket, 'run-shell', 'true']);
      return (await terminal.lines()).at(-1) ?? '';
    } finally {
      output('tmux', [...socket, 'kill-server']);
      terminal.close();
    }
  }

  it('the status line shows the limit', async () => {
    expect(await lastRow(tmux[0])).toMatch(/OpenAI .*#\(touch Ran\).* 62%/);
    expect(ranOrders()).toBe(false);
  });

  it('the plugin puts it where its mark stands', async () => {
    cpSync(join(root, 'packaging/tmux'), join(home, '.tmux/plugins/mystatus'), {recursive: true});
    expect(await lastRow(tmux[1])).toMatch(/ 62% \d\d:\d\d$/);
    expect(ranOrders()).toBe(false);
  });
});

describe('a notice, once a limit is nearly used up', () => {
  beforeAll(() => {
    mkdirSync(join(home, 'config'));
    writeFileSync(join(home, 'config/config.json'), JSON.stringify({thresholds: {warn: 50, critical: 90}}));
    writeFileSync(join(home, 'bin/notify-send'), '#!/bin/sh\nprintf "%s\\n" "$@" > noticed\n');
    chmodSync(join(home, 'bin/notify-send'), 0o755);
  });
  afterAll(() => rmSync(join(home, 'config'), {recursive: true}));

  it('from Codex', () => {
    const [command = '', ...args] = tomlIn(codex).notify as string[];
    output(command, [...args, '{"type": "agent-turn-complete"}']);
    const [title, line, ...more] = readFileSync(join(home, 'noticed'), 'utf8').split('\n');
    expect([title, more]).toEqual(['Codex', ['']]);
    expect(line).toMatch(/^OpenAI .*62%$/);
    expect(ranOrders()).toBe(false);
  });

  it('from the plugin of opencode, which says it once in either version', async () => {
    const path = 'packaging/opencode/plugins/mystatus';
    expect([opencode.plugin, opencode.tui]).toEqual([textOf(`${path}/index.js`), textOf(`${path}/tui.js`)]);
    const {exports} = JSON.parse(textOf(`${path}/package.json`));
    const [server, tui] = (await Promise.all(
      ['.', './tui'].map(async entry => (await import(join(root, path, exports[entry]))).default),
    )) as [OpencodeServer, OpencodeTui];
    const said: string[] = [];
    for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
    try {
      const {event} = await server.server({client: {tui: {showToast: async toast => said.push(toast.body.message)}}});
      for (const type of ['message.updated', 'session.idle', 'session.idle']) await event({event: {type}});
      const heard = new Map<string, () => Promise<void>>();
      const toast = {show: (shown: Toast) => said.push(shown.message)};
      tui.setup({ui: {toast}, data: {on: (name, listener) => heard.set(name, listener)}});
      for (let turn = 0; turn < 2; turn += 1) await heard.get('session.execution.succeeded')?.();
    } finally {
      vi.unstubAllEnvs();
    }
    const line = expect.stringMatching(/^OpenAI .*62%$/);
    expect(said).toEqual([line, line]);
  });
});
type Toast = {message: string};
type OpencodeServer = {
  server(context: {client: {tui: {showToast(toast: {body: Toast}): Promise<unknown>}}}): Promise<{
    event(of: {event: {type: string}}): Promise<unknown>;
  }>;
};
type OpencodeTui = {
  setup(context: {
    ui: {toast: {show(toast: Toast): unknown}};
    data: {on(name: string, listener: () => Promise<void>): unknown};
  }): unknown;
};

describe('with a login', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(['zai']);
    use(40);
  });
  afterAll(() => world.close());
  const use = (percentage: number): void =>
    world.services.zai?.answerWith(() => ({
      status: 200,
      body: {
        ...{code: 200, success: true, msg: 'ok'},
        data: {level: 'pro', limits: [{type: 'TOKENS_LIMIT', unit: 3, number: 5, percentage}]},
      },
    }));
  const inWorld = (script: string, shell: string, env: Record<string, string> = {}) =>
    run(['-c', script], {...world.env, PATH: `${join(home, 'bin')}:${world.env.PATH}`, ...env}, {command: shell});

  it('the command of opencode holds the table', async () => {
    expect(opencode.command).toBe(textOf('packaging/opencode/commands/quota.md'));
    const [, front = ''] = opencode.command.split('---\n');
    expect(parse(front).description).toMatch(/\w/);
    const [, command = ''] = /!`(.+)`/.exec(opencode.command) ?? [];
    expect(await inWorld(command, 'sh')).toMatchObject({code: 0, stdout: expect.stringContaining('Z.ai')});
  });

  it('the tasks of VS Code run', async () => {
    const {tasks} = JSON.parse(vsCode) as {tasks: {type: string; command: string}[]};
    for (const {type, command} of tasks) {
      expect(type).toBe('shell');
      expect(await inWorld(command, 'sh')).toMatchObject({code: 0, stdout: expect.stringMatching(/zai|Z\.ai/i)});
    }
  });

  /** What a step of a GitHub workflow gives as `result`; without one its exit code. */
  async function resultOf(script: string, env: Record<string, string> = {}): Promise<string | number | null> {
    const file = join(home, 'github-output');
    writeFileSync(file, '');
    // As a runner starts it.
    const {code} = await inWorld(`set -eo pipefail\n${script}`, 'bash', {GITHUB_OUTPUT: file, ...env});
    return /^result=(.*)\n$/.exec(readFileSync(file, 'utf8'))?.[1] ?? code;
  }

  it('the step of GitHub Actions says whether enough is left', async () => {
    const {steps} = parse(actions[0]) as {steps: {id?: string; run: string}[]};
    const {run: script = ''} = steps.find(({id}) => id === 'quota') ?? {};
    expect(await resultOf(script)).toBe('enough');
    use(95);
    expect(await resultOf(script)).toBe('1');
    use(40);
  });

  it('the action says it too, and does nothing that its inputs say', async () => {
    const action = parse(textOf('packaging/github-action/action.yml'));
    const [{run: script, env}] = action.runs.steps;
    const names = Object.values<string>(env).map(value => /inputs\.([\w-]+) /.exec(value)?.[1]);
    expect(names).toEqual(Object.keys(action.inputs));
    const [step] = parse(actions[1]).steps;
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    const inputs = {MIN_REMAINING: '1', PROVIDER: 'zai', WINDOW: ''};
    expect(await resultOf(script, inputs)).toBe('enough');
    expect(await resultOf(script, {...inputs, MIN_REMAINING: '100'})).toBe('low');
    expect(await resultOf(script, {...inputs, WINDOW: 'nope'})).toBe('unknown');
    expect(await resultOf(script, {...inputs, PROVIDER: 'zai; touch ran'})).toBe(2);
    expect(await resultOf(script, {...inputs, WINDOW: '$(touch ran)'})).toBe('unknown');
    expect(readdirSync(world.home)).not.toContain('ran');
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
