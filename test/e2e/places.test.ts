import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {type Run, run} from '../support/run.ts';
import {program} from '../support/terminal.ts';

let home: string;
let project: string;
let env: Record<string, string>;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mystatus-places-'));
  project = mkdtempSync(join(tmpdir(), 'mystatus-project-'));
  env = {HOME: home, PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8', MYSTATUS_ZAI_URL: 'http://127.0.0.1:1'};
});
afterEach(() => {
  for (const directory of [home, project]) rmSync(directory, {recursive: true, force: true});
});

const inProject = (args: string[], more: Record<string, string>): Promise<Run> =>
  run(args, {...env, ...more}, {cwd: project});
const write = (path: string, text: string): void => {
  mkdirSync(join(path, '..'), {recursive: true, mode: 0o700});
  writeFileSync(path, text, {mode: 0o600});
};
const everything = (directory: string): string[] =>
  readdirSync(directory, {recursive: true, encoding: 'utf8'}).map(name => join(directory, name));

describe('our own directories', () => {
  const commands = [
    ['--json'],
    ['--once'],
    ['accounts'],
    ['doctor'],
    ['statusline'],
    ['login', 'zai'],
    ['logout', 'x'],
  ];

  it.each(commands)('given as relative are refused by name, in one line, by %s %s', async (...args) => {
    write(join(project, 'here/config.json'), '{"display": {"theme": "nonsense"}}');
    for (const variable of ['MYSTATUS_CONFIG_DIR', 'MYSTATUS_STATE_DIR']) {
      const {code, stdout, stderr} = await inProject(args, {[variable]: './here'});
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toBe(
        `mystatus-tui: ${variable} must be an absolute path: a relative path would depend on the working directory\n`,
      );
    }
    expect(everything(project)).toEqual([join(project, 'here'), join(project, 'here/config.json')]);
  });

  it('given as relative stop neither help nor the demo, which read nothing', async () => {
    for (const args of [['--help'], ['--version'], ['--demo', '--json']])
      expect((await inProject(args, {MYSTATUS_STATE_DIR: 'here'})).code).toBe(0);
    expect(readdirSync(project)).toEqual([]);
  });

  it('are not made where there is no home directory, by nobody', async () => {
    const missing = join(home, 'missing');
    const said = 'the home directory does not exist. Set HOME.';
    const once = await run(['--json'], {...env, HOME: missing}, {cwd: project});
    expect([once.code, once.stderr]).toEqual([3, expect.stringContaining(said)]);
    const login = await run(['login', 'zai', '--no-verify'], {...env, HOME: missing}, {cwd: project, stdin: 'a-key'});
    expect([login.code, login.stderr]).toEqual([
      1,
      `mystatus-tui: not stored: credentials.json cannot be written: ${said}\n`,
    ]);
    expect(existsSync(missing)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('hold nothing that others could write, whatever the umask', async () => {
    const command = (args: string): string => `umask 000; exec "${process.execPath}" "${program}" ${args}`;
    const withKey = {...env, ZAI_API_KEY: 'an-opaque-key-0123456789.Fake'};
    for (const args of ['login zai --no-verify', '--json', 'statusline', '--json'])
      await run(['-c', command(args)], withKey, {command: 'sh', stdin: 'another-key-0123456789.Fake\n'});
    const made = everything(home);
    expect(made.length).toBeGreaterThan(8);
    expect(made.filter(path => (lstatSync(path).mode & 0o022) !== 0)).toEqual([]);
    expect(made.filter(path => lstatSync(path).isFile() && (lstatSync(path).mode & 0o077) !== 0)).toEqual([]);
  });
});

describe('directories of other tools', () => {
  const logins: Record<string, string> = {
    'auth.json': '{"tokens": {"access_token": "project-token-0123456789"}}',
    '.codex/auth.json': '{"tokens": {"access_token": "project-token-0123456789"}}',
    'opencode/auth.json': '{"zai-coding-plan": {"type": "api", "key": "project-key-0123456789.Fake"}}',
    '.local/share/opencode/auth.json': '{"zai-coding-plan": {"type": "api", "key": "project-key-0123456789.Fake"}}',
    'settings.json':
      '{"env": {"ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic", "ANTHROPIC_AUTH_TOKEN": "project-key-0123"}}',
    'hosts.yml': 'github.com:\n  user: somebody\n  oauth_token: gho_project0123456789\n',
    'gh/hosts.yml': 'github.com:\n  user: somebody\n  oauth_token: gho_project0123456789\n',
  };
  const given = [['HOME'], ['CODEX_HOME', 'CLAUDE_CONFIG_DIR', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'GH_CONFIG_DIR']];

  it.each(given)('in %s given as relative bring no login of a project, which is said', async (...variables) => {
    for (const [path, text] of Object.entries(logins)) write(join(project, path), text);
    const own = {MYSTATUS_CONFIG_DIR: home, MYSTATUS_STATE_DIR: home};
    const all = (value: string) => Object.fromEntries(variables.map(name => [name, value]));
    const said = variables.map(name => `${name} is not an absolute path and is ignored.`);
    for (const value of ['.', 'x/..']) {
      const {stdout, stderr} = await inProject(['accounts', '--json'], {...own, ...all(value)});
      expect(stdout).not.toContain('proj');
      for (const text of said) expect(stderr).toContain(`mystatus-tui: ${text}\n`);
    }
    const {stdout} = await inProject(['doctor', '--json'], {...own, ...all('.')});
    const warned = {id: 'environment', title: 'Environment', status: 'warn'};
    for (const detail of said) expect(JSON.parse(stdout).checks).toContainEqual({...warned, detail});
  });

  it('without a home in the environment are looked for where the system says', async () => {
    const {HOME: _, ...homeless} = env;
    const own = {MYSTATUS_CONFIG_DIR: home, MYSTATUS_STATE_DIR: home};
    const {code, stderr} = await run(['doctor'], {...homeless, ...own}, {cwd: project});
    expect([code === 0 || code === 1, stderr]).toEqual([true, '']);
    expect(userInfo().homedir).not.toBe('');
    expect(readdirSync(project)).toEqual([]);
  });
});

describe('variables of Node itself', () => {
  it.each([
    ['NODE_DEBUG', 'http', /^mystatus-tui: NODE_DEBUG is set: Node would print what is sent, tokens included\./],
    ['NODE_DEBUG', '*', /^mystatus-tui: NODE_DEBUG is set/],
    ['NODE_EXTRA_CA_CERTS', '/tmp/\u001b[31mred', /^mystatus-tui: NODE_EXTRA_CA_CERTS contains control characters\./],
    ['NODE_EXTRA_CA_CERTS', 'ca.pem', /^mystatus-tui: NODE_EXTRA_CA_CERTS must be an absolute path/],
  ])('%s=%j is refused in one line, before anything is sent or printed', async (name, value, said) => {
    const key = 'an-opaque-key-0123456789.Fake';
    const {code, stdout, stderr} = await inProject(['--json'], {ZAI_API_KEY: key, [name]: value});
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').filter(line => line.startsWith('mystatus-tui:'))).toEqual([expect.stringMatching(said)]);
    expect(stderr).not.toContain(key);
    expect(stderr).not.toContain('\u001b');
    expect(readdirSync(home)).toEqual([]);
  });

  it.each(['http', 'socks5'])('DEBUG=* makes no package talk about a proxy (%s)', async scheme => {
    const env = {
      ZAI_API_KEY: 'an-opaque-key-0123456789.Fake',
      DEBUG: '*',
      HTTPS_PROXY: `${scheme}://me:word@127.0.0.1:9`,
    };
    const {code, stderr} = await inProject(['--json', '--provider', 'zai'], env);
    expect([code, stderr]).toEqual([1, '']);
  });
});

describe.skipIf(process.platform === 'win32')('what stands in place of a file of ours and is none', () => {
  const kinds: Record<string, (path: string) => unknown> = {
    'a pipe': path => spawnSync('mkfifo', [path]),
    'a directory': path => mkdirSync(path),
    'a device': path => symlinkSync('/dev/zero', path),
  };
  const files = ['state.db', 'state.db.lock', 'state.db-journal', 'config.json', 'credentials.json'];
  const cases = [
    ...files.map(file => [file, 'a pipe'] as const),
    ...['state.db', 'credentials.json'].flatMap(file => [[file, 'a directory'] as const, [file, 'a device'] as const]),
  ];
  // A program that hangs would be killed by it, and has no exit code then.
  const patient = (...args: string[]): Promise<Run> =>
    run(
      ['20', process.execPath, program, ...args],
      {...env, MYSTATUS_CONFIG_DIR: home, MYSTATUS_STATE_DIR: home},
      {
        command: 'timeout',
        stdin: 'a-key',
      },
    );

  it.each(cases)('is named in one line, and nobody hangs: %s as %s', async (file, kind) => {
    if (file === 'state.db-journal') await patient('--json');
    kinds[kind]?.(join(home, file));
    const {code, stderr} = await patient('--json');
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(new RegExp(`^mystatus-tui: [^\\n]*${file.slice(0, 6)}[^\\n]*\\n$`)),
    ]);
    expect(await patient('statusline')).toEqual({code: 0, stdout: '–\n', stderr: ''});
    const doctor = await patient('doctor', '--json');
    expect(doctor.code).toBe(1);
    const checks = JSON.parse(doctor.stdout).checks as {status: string; detail: string}[];
    const named = checks.filter(({status, detail}) => status === 'warn' && detail.startsWith(file.slice(0, 6)));
    expect(named).toHaveLength(1);
    if (file === 'credentials.json') expect((await patient('login', 'zai', '--no-verify')).code).toBe(1);
  });
});

/** A file system of its own for one test, in a name space of its own: needs Linux, and a kernel that lets users have one. */
const canMount =
  process.platform === 'linux' && spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

describe.skipIf(!canMount)('a disk', () => {
  /** `prepare` and then the program, with a home directory that is a disk of its own. */
  const onDisk = (prepare: string, args: string): Promise<Run> => {
    const mount = `mount -t tmpfs -o size=256k,mode=700 none "${home}"`;
    const start = `"${process.execPath}" "${program}" ${args}; code=$?; find "${home}" -size 0 -path '*/code/*' >&2; exit $code`;
    return run(['-rm', 'sh', '-c', `${mount} && { ${prepare}; }; ${start}`], env, {
      command: 'unshare',
      stdin: 'an-opaque-key-0123456789.Fake',
      cwd: '/',
    });
  };
  const fill = `head -c 400000 /dev/zero > "$HOME/filling" 2> /dev/null`;
  const asReadOnly = 'mount -o remount,ro none "$HOME"';
  const ledger = 'mkdir -p -m 700 "$HOME/.local/state/mystatus-tui"';
  const others = 'Other copies will not see these readings.';

  it('that is full costs the memory and not the answer, and is called that', async () => {
    for (const prepare of [
      fill,
      `${ledger}; ${fill}`,
      `${ledger}; "${process.execPath}" "${program}" --json > /dev/null; ${fill}`,
    ]) {
      const {code, stderr} = await onDisk(prepare, '--json');
      expect([code, stderr]).toEqual([
        3,
        `mystatus-tui: state.db cannot be used: the disk is full. Free some space. ${others}\n`,
      ]);
    }
    const {code, stderr} = await onDisk(fill, 'login zai --no-verify');
    expect([code, stderr]).toEqual([
      1,
      'mystatus-tui: not stored: credentials.json cannot be written: the disk is full. Free some space.\n',
    ]);
  });

  it('that is nearly full gets no compiled code, of which only empty files would remain', async () => {
    const {code, stderr} = await onDisk(ledger, '--json');
    expect([code, stderr]).toEqual([3, '']);
  });

  it('that is read-only is called that, with another place to go to', async () => {
    const why = (variable: string) => `the file system is read-only. Set ${variable} to a writable place.`;
    const used = `${ledger}; "${process.execPath}" "${program}" --json > /dev/null; chmod 755 "$HOME/.local/state/mystatus-tui"`;
    for (const prepare of [asReadOnly, `${ledger}; ${asReadOnly}`, `${used}; ${asReadOnly}`]) {
      const {code, stderr} = await onDisk(prepare, '--json');
      expect([code, stderr]).toEqual([
        3,
        `mystatus-tui: state.db cannot be used: ${why('MYSTATUS_STATE_DIR')} ${others}\n`,
      ]);
    }
    const {code, stderr} = await onDisk(asReadOnly, 'login zai --no-verify');
    expect([code, stderr]).toEqual([
      1,
      `mystatus-tui: not stored: credentials.json cannot be written: ${why('MYSTATUS_CONFIG_DIR')}\n`,
    ]);
  });
});

describe.skipIf(!canMount)('another tool’s store', () => {
  it('that was left in use is read from a read-only disk, its log included', async () => {
    const path = join(home, '.local/share/opencode/opencode.db');
    const make = `
      const db = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(path)});
      db.exec("pragma journal_mode = wal; create table credential (id text, integration_id text, value text, active integer, time_updated integer)");
      db.exec("pragma wal_checkpoint(truncate); pragma wal_autocheckpoint = 0");
      const value = JSON.stringify({type: 'key', key: 'an-opaque-key-0123456789.Fake'});
      db.prepare("insert into credential values ('a', 'zai-coding-plan', ?, 1, 1)").run(value);
      process.kill(process.pid, 'SIGKILL');`;
    writeFileSync(join(project, 'make.cjs'), make);
    const prepare = [
      `mount -t tmpfs -o size=512k,mode=700 none "${home}"`,
      `mkdir -p -m 700 "${join(path, '..')}"`,
      `"${process.execPath}" --disable-warning=ExperimentalWarning "${project}/make.cjs" > /dev/null 2>&1`,
      `rm "${path}-shm"`,
      `mount -o remount,ro none "${home}"`,
    ].join('; ');
    const script = `{ ${prepare}; }; "${process.execPath}" "${program}" accounts --json; ls "${join(path, '..')}" >&2`;
    const {stdout, stderr} = await run(['-rm', 'sh', '-c', script], env, {command: 'unshare', cwd: '/'});
    expect(JSON.parse(stdout).accounts).toMatchObject([{provider: 'zai', source: expect.stringContaining('opencode')}]);
    expect(stderr.replace(/^Killed\n/, '')).toBe('opencode.db\nopencode.db-wal\n');
  });
});

describe('a directory that others share', () => {
  it('keeps its mode, holds no secret of ours, and is said in one line', async () => {
    const shared = join(home, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    const its = {...env, MYSTATUS_CONFIG_DIR: shared, MYSTATUS_STATE_DIR: shared};
    const login = await run(['login', 'zai', '--no-verify'], its, {stdin: 'an-opaque-key-0123456789.Fake'});
    expect([login.code, login.stderr]).toEqual([
      1,
      'mystatus-tui: not stored: credentials.json cannot be written: other users can access its directory. Restrict it (chmod 700), or set MYSTATUS_CONFIG_DIR.\n',
    ]);
    for (const command of ['accounts', '--json', 'statusline']) expect((await run([command], its)).stderr).toBe('');
    expect(lstatSync(shared).mode & 0o777).toBe(0o777);
    expect(readdirSync(shared).filter(name => !name.startsWith('state.db'))).toEqual([]);
  });
});
