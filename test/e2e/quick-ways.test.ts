import {spawnSync} from 'node:child_process';
import {chmodSync, readFileSync, rmSync, statSync, utimesSync} from 'node:fs';
import {basename, join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import type {Report} from '../../src/output/report.ts';
import {catalogue} from '../../src/providers/index.ts';
import {codexToken} from '../support/codex.ts';
import {type Run, run} from '../support/run.ts';
import {program} from '../support/terminal.ts';
import {createWorld, type World} from '../support/world.ts';

const usual = new URL('../fixtures/loads/usual.cjs', import.meta.url).pathname;
const repository = new URL('../../', import.meta.url).pathname;
const preload = new URL('../fixtures/loads/preload.cjs', import.meta.url).pathname;

let world: World;
let roster = '';
/** Looks for logins and reads everything. */
const look = async (): Promise<void> => expect((await run(['--json'], world.env)).code).toBe(0);
beforeAll(async () => {
  world = await createWorld(['openai', 'zai', 'copilot']);
  roster = join(world.home, '.local/state/mystatus-tui/roster.json');
  // The first one makes the place where compiled code is kept.
  await look();
  await look();
});
afterAll(() => world.close());

type Loads = {files: string[]; builtIn: string[]};

/** As it is installed, and what was loaded for it. */
async function installed(args: readonly string[], env: Record<string, string> = {}, own = world): Promise<Run & Loads> {
  const LOADS = join(own.home, 'loads.json');
  const result = await run(args, {...own.env, ...env, LOADS, NODE_OPTIONS: `--require=${preload}`});
  return {...result, ...(JSON.parse(readFileSync(LOADS, 'utf8')) as Loads)};
}

/** Node's own module that every ES module of the program begins with. */
const usualStart = 'NativeModule module';

/** What is the same a second later. */
const lasting = (answer: string): string =>
  answer.replace(/"generatedAt": ".*"/, '').replace(/"forecast": \{[^}]*\}/g, '"forecast": {}');
const answerOf = ({code, stdout, stderr}: Run) => ({code, stderr, stdout: lasting(stdout)});

describe('the quick ways out', () => {
  it.each([
    [['--version'], 0],
    [['statusline', '--format', '{all}'], 0],
    [['statusline', '--format={provider} {window} {left|off} {severity} {status}', '--color', 'tmux'], 0],
    [['statusline', '--format', '{openai.weekly.used} {zai.plan} {risk} {runout|none}', '--lang', 'en'], 0],
    [['--json', '--max-age', '3600'], 0],
    [['--max-age=3600', '--json', '--provider', 'zai', '--privacy'], 0],
    [['--json', '--max-age', '3600', '--provider=amp', '--timeout', '2'], 3],
    [['guard', '--min-remaining', '99.5', '--max-age', '3600', '--provider', 'openai', '--privacy'], 1],
    [['guard', '--max-risk=100', '--max-age', '3600', '--window', 'weekly'], 0],
  ])('%j has the same answer as the usual way, without anything of it', async (args, expected) => {
    const quick = await installed(args);
    expect(quick.code).toBe(expected);
    expect(quick.files.map(file => basename(file))).toEqual(['mystatus-tui.js', expect.stringMatching(/\.cjs$/)]);
    expect(quick.builtIn).not.toContain(usualStart);
    expect(answerOf(quick)).toEqual(answerOf(await run(args, world.env, {program: usual})));
  });

  it('loads another language, and the check of settings, from files beside it, and follows the settings', async () => {
    onTestFinished(() => rmSync(join(world.home, '.config/mystatus-tui/config.json'), {force: true}));
    const args = ['statusline', '--format', '{all}', '--lang', 'ja'];
    const filesOf = ({files}: {files: readonly string[]}): string[] => files.map(file => basename(file)).slice(1);
    const before = await installed(args);
    expect(filesOf(before)).toEqual(['start.cjs', 'strings.cjs']);
    world.write('.config/mystatus-tui/config.json', JSON.stringify({providers: {openai: {enabled: false}}}));
    const after = await installed(args);
    expect(filesOf(after)).toEqual(['start.cjs', 'settings-check.cjs', 'strings.cjs']);
    expect(after.builtIn).not.toContain(usualStart);
    expect([before.stdout.includes('OpenAI'), after.stdout.includes('OpenAI')]).toEqual([true, false]);
    expect(answerOf(after)).toEqual(answerOf(await run(args, world.env, {program: usual})));
  });

  it.each([
    [['statusline', '--format', '{nope}'], 2],
    [['--json', '--max-age', '-1'], 2],
    [['guard', '--max-age', '3600'], 2],
    [['guard', '--min-remaining', '1', '--max-age', '3600', '--account', 'openai:00000000'], 3],
  ])('%j is left to the usual way, which answers as ever', async (args, expected) => {
    const here = await installed(args);
    expect(here.code).toBe(expected);
    expect(here.builtIn).toContain(usualStart);
    expect(answerOf(here)).toEqual(answerOf(await run(args, world.env, {program: usual})));
  });
});

describe('a status line with settings', () => {
  it('follows them as the usual way does, and loads what checks them', async () => {
    const args = ['statusline', '--format', '{all}|{account}|{openai.used|switched off}'];
    const config = '.config/mystatus-tui';
    onTestFinished(() => rmSync(join(world.home, config), {recursive: true}));
    const before = (await run(args, world.env)).stdout;
    world.write(`${config}/themes/mine.json`, '{"colors": {"ok": "no colour"}}');
    world.write(
      `${config}/config.json`,
      JSON.stringify({order: ['zai'], providers: {openai: {enabled: false}}, display: {privacy: true, theme: 'mine'}}),
    );
    const quick = await installed(args);
    expect(quick.files.map(file => basename(file)).sort()).toEqual([
      'mystatus-tui.js',
      'settings-check.cjs',
      'start.cjs',
      'theme-check.cjs',
    ]);
    expect(quick.stdout).toContain('switched off');
    expect(quick.stdout).not.toBe(before);
    expect(answerOf(quick)).toEqual(answerOf(await run(args, world.env, {program: usual})));
  });
});

describe('what a quick way out may cost', () => {
  // Reading and compiling code is most of what Node does for these: a seventh more than they have now, for new words.
  const kilobytes = {version: 3, statusline: 110, json: 125, guard: 100};
  // The compiler of scripts is for the functions that are kept.
  const ledger = ['Internal Binding sqlite', 'NativeModule sqlite', 'NativeModule vm'];
  // Of itself Node has loaded what `node -e 0` has. A stream for the answer would be twenty more, cryptography forty.
  const ofNode = {version: [], statusline: ledger, json: ledger, guard: ledger};
  const commands = {
    version: ['--version'],
    statusline: ['statusline'],
    json: ['--json', '--max-age', '3600'],
    guard: ['guard', '--min-remaining', '0', '--max-age', '3600'],
  };
  const ways = Object.keys(commands) as (keyof typeof commands)[];

  it.each(ways)('%s: one file of code, and of Node itself what it needs', async way => {
    const {files, builtIn} = await installed(commands[way]);
    // The way itself is no module, so that its functions are kept.
    expect(files.map(file => basename(file))).toEqual([
      'mystatus-tui.js',
      way === 'version' ? 'version.cjs' : 'start.cjs',
    ]);
    expect(statSync(`${repository}dist/quick/${way}.cjs`).size / 1000).toBeLessThan(kilobytes[way]);
    expect(builtIn.filter(name => name !== 'Internal Binding signal_wrap').sort()).toEqual([...ofNode[way]].sort());
  });

  // The command and its package.json; what starts the way out, that itself, its functions; the last look or the themes; the ledger.
  const opened = {version: 3, statusline: 7, json: 7, guard: 7};

  const traces = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;
  it.skipIf(!traces).each(ways)('%s: as few files as it can do with (counted by strace)', async way => {
    const log = join(world.home, 'trace.log');
    // The first one keeps its functions.
    await run(commands[way], world.env);
    const args = ['-f', '-qq', '-e', 'trace=openat', '-o', log, process.execPath, program, ...commands[way]];
    expect((await run(args, world.env, {command: 'strace'})).code).toBe(0);
    const opens = readFileSync(log, 'utf8')
      .split('\n')
      .filter(line => line.includes('openat'));
    const ours = opens.filter(line => line.includes(repository) || line.includes(world.home));
    expect(ours.filter(line => !line.includes('/node_modules/'))).toHaveLength(opened[way]);
  });
});

describe('a look for logins that is over', () => {
  const args = ['--json', '--max-age', '3600'];
  /** When it did, the file says so. */
  const looksAgain = async (env: Record<string, string> = {}): Promise<Run & Loads> => {
    const startedAt = Date.now();
    const result = await installed(args, env);
    const {mtimeMs} = statSync(roster);
    expect([mtimeMs >= startedAt - 1, mtimeMs <= Date.now()]).toEqual([true, true]);
    return result;
  };
  const accountsIn = ({stdout}: Run) => (JSON.parse(stdout) as Report).accounts.map(({provider}) => provider);

  it('is for its owner alone, and has no secret in it', async () => {
    await look();
    expect(statSync(roster).mode & 0o777).toBe(0o600);
    const text = readFileSync(roster, 'utf8');
    expect(text).toContain('"openai:');
    expect(text).not.toContain(codexToken(world.home));
  });

  it('does not answer when it is older than what is wanted, or of a time to come', async () => {
    for (const at of [Date.now() / 1000 - 3700, Date.now() / 1000 + 60]) {
      await look();
      utimesSync(roster, at, at);
      await looksAgain();
    }
    expect((await installed(args)).builtIn).not.toContain(usualStart);
  });

  it('does not answer for another environment, other settings or other logins of ours', async () => {
    await look();
    expect(accountsIn(await looksAgain({DEEPSEEK_API_KEY: 'an-invented-key-for-this-test'}))).toContain('deepseek');
    for (const file of ['.config/mystatus-tui/config.json', '.config/mystatus-tui/credentials.json']) {
      await look();
      onTestFinished(() => rmSync(join(world.home, file), {force: true}));
      world.write(file, '{}');
      await looksAgain();
    }
  });

  it('does not answer what others could have written, or another version has', async () => {
    await look();
    chmodSync(roster, 0o644);
    expect((await looksAgain()).builtIn).toContain(usualStart);
    world.write('.local/state/mystatus-tui/roster.json', readFileSync(roster, 'utf8').replace('"version"', '"other"'));
    await looksAgain();
  });

  it('does not answer for an account that has to be asked', async () => {
    await look();
    world.services.zai?.answerWith(() => ({status: 500, body: {}}));
    expect((await run(['--json'], world.env)).code).toBe(1);
    const {code, builtIn} = await looksAgain();
    expect([code, builtIn.includes(usualStart)]).toEqual([1, true]);
  });
});

describe('a look for logins, where the last one is too old', () => {
  let everybody: World;
  let own: World;
  beforeEach(async () => {
    own = await createWorld(['openai', 'zai']);
    for (let times = 0; times < 2; times++) await run(['--json'], own.env);
  });
  afterEach(() => own.close());
  beforeAll(async () => {
    // Of every provider, with all the programs and stores that logins are read from.
    everybody = await createWorld(catalogue.map(({id}) => id));
    for (let times = 0; times < 2; times++) await run(['--json'], everybody.env);
  });
  afterAll(() => everybody.close());
  const age = ({home}: World): void => utimesSync(join(home, '.local/state/mystatus-tui/roster.json'), 1, 1);
  const older = async (args: readonly string[], of = everybody): Promise<Run & Loads> => {
    age(of);
    return installed(args, {}, of);
  };
  /** Times to come move with the clock, and so does that of figures which no request brings. */
  const steady = (answer: string): string =>
    lasting(answer)
      .replace(/"readAt": ".*"(?=,\s+"stale": false,\s+"nextPollAt": null)/g, '"readAt": "now"')
      .replace(/"nextPollAt": ".*"/g, '"nextPollAt": "soon"');
  const told = ({code, stdout, stderr}: Run) => ({code, stderr, stdout: steady(stdout)});
  const providersIn = ({stdout}: Run): string[] =>
    (JSON.parse(stdout) as Report).accounts.map(({provider}) => provider);

  it.each([
    [['--json', '--max-age', '3600']],
    [['--json', '--max-age', '3600', '--privacy', '--provider', 'copilot']],
    [['guard', '--min-remaining', '1', '--max-age', '3600']],
  ])('%j has the same answer as the usual way, and loads nothing that makes requests', async args => {
    const quick = await older(args);
    expect(quick.files.map(file => basename(file))).toEqual(['mystatus-tui.js', 'start.cjs']);
    expect(
      quick.builtIn.filter(name => /http|tls|crypto|module|promises|perf_hooks|^NativeModule net/.test(name)),
    ).toEqual([]);
    age(everybody);
    expect(told(quick)).toEqual(told(await run(args, everybody.env, {program: usual})));
  });

  it('is one file of code, and of Node itself needs little more than a look that is over', async () => {
    const {builtIn} = await older(['--json', '--max-age', '3600'], own);
    expect(statSync(`${repository}dist/quick/look.cjs`).size / 1000).toBeLessThan(440);
    expect(builtIn.filter(name => name !== 'Internal Binding signal_wrap').sort()).toEqual([
      ...['Internal Binding os', 'Internal Binding sqlite', 'NativeModule internal/abort_controller'],
      ...['NativeModule os', 'NativeModule sqlite', 'NativeModule vm'],
    ]);
  });

  it('sees a login that has gone, by itself, and has one that has come read', async () => {
    const args = ['--json', '--max-age', '3600'];
    const file = join(own.home, '.chelper/config.yaml');
    expect(providersIn(await older(args, own))).toContain('zai');
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    const without = await older(args, own);
    expect([providersIn(without).includes('zai'), without.builtIn.includes(usualStart)]).toEqual([false, false]);
    own.write('.chelper/config.yaml', text);
    expect(providersIn(await older(args, own))).toContain('zai');
  });

  it('leaves what it would change, and what it must say, to the usual way', async () => {
    own.write('.config/mystatus-tui/credentials.json', '{"version": 1, "credentials": []}');
    const file = join(own.home, '.config/mystatus-tui/credentials.json');
    chmodSync(file, 0o644);
    const {stderr} = await older(['--json', '--max-age', '3600'], own);
    expect(stderr.match(/was open to other users/g)).toHaveLength(2);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
