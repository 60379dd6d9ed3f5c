import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {run as runProgram} from '../../scripts/release/programs.ts';
import {stagePackage} from '../../scripts/release/stage.ts';
import {type Manifest, manifest, type ReleaseVariables} from '../../scripts/release/variables.ts';
import {run} from '../support/run.ts';

const release: ReleaseVariables = {
  repository: 'https://git.example.com/someone/mystatus-tui',
  homepage: '',
  maintainer: {name: 'Some One', email: ''},
  keywords: ['quota'],
};
const directory = mkdtempSync(join(tmpdir(), 'mystatus-package-'));
const staged = join(directory, 'staged');
const prefix = join(directory, 'prefix');
const installed = join(prefix, 'lib/node_modules/mystatus-tui');
// The Node that runs this test comes first: npm and the program are both started by `env node`.
const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
const env = {PATH: path, HOME: join(directory, 'home'), TERM: 'xterm-256color', LANG: 'en_US.UTF-8'};

const filesIn = (below: string): string[] =>
  readdirSync(below, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(below.length + 1));
const program = {command: join(prefix, 'bin/mystatus-tui')};
const start = (...args: string[]) => run(args, env, program);
const published = (): Partial<Manifest> & Record<string, unknown> =>
  JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));

beforeAll(() => {
  mkdirSync(env.HOME);
  stagePackage(staged, release);
  const npm = (...args: string[]) => runProgram('npm', args, {cwd: directory, env});
  const tarball = npm('pack', staged, '--loglevel', 'error').trim();
  npm('install', '-g', '--prefix', prefix, '--offline', '--no-audit', '--no-fund', join(directory, tarball));
});
afterAll(() => rmSync(directory, {recursive: true}));

describe('the package, installed in a prefix of its own', () => {
  it('tells its version, and that there is nothing to monitor in an empty home', async () => {
    expect(await start('--version')).toEqual({code: 0, stdout: `${manifest().version}\n`, stderr: ''});
    const {code, stdout} = await start('--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({schema: 'mystatus/v1', accounts: []});
  });

  it('shows the demo', async () => {
    const {code, stdout} = await start('--demo', '--once');
    expect(code).toBe(0);
    expect(stdout).toContain('OpenAI');
  });

  it('has its manual page where man looks', () => {
    const page = realpathSync(join(prefix, 'share/man/man1/mystatus-tui.1'));
    expect(page).toBe(realpathSync(join(installed, 'man/mystatus-tui.1')));
  });

  it('has the files that are needed and no others', () => {
    const bundles = filesIn('dist').filter(name => name !== 'bundled.json');
    const rest = ['LICENSE', 'README.md', 'THIRD-PARTY-LICENSES.txt', 'package.json'];
    const folders = ['bin', 'completions', 'man', 'presets', 'schema'];
    const expected = [
      ...bundles.map(name => join('dist', name)),
      ...folders.flatMap(folder => filesIn(folder).map(name => join(folder, name))),
      ...rest,
    ];
    expect(filesIn(installed).sort()).toEqual(expected.sort());
  });

  it('asks for no package that is bundled', () => {
    const {dependencies = {}, optionalDependencies = {}, devDependencies, scripts} = published();
    const {packages} = JSON.parse(readFileSync('dist/bundled.json', 'utf8')) as {packages: string[]};
    const asked = Object.keys({...dependencies, ...optionalDependencies});
    expect(packages.filter(name => asked.includes(name.replace('node_modules/', '')))).toEqual([]);
    expect(asked).toEqual([]);
    expect(published()).not.toHaveProperty('peerDependencies');
    expect(readdirSync(join(prefix, 'lib/node_modules'))).toEqual(['mystatus-tui']);
    expect([devDependencies, scripts]).toEqual([undefined, undefined]);
  });

  it('takes less than 6 MB', () => {
    expect(filesIn(installed).reduce((sum, file) => sum + statSync(join(installed, file)).size, 0)).toBeLessThan(6e6);
  });

  it('finds the keychain library where it is installed, too, and says so where it is not', async () => {
    const login = () =>
      run(['login', 'zai', '--keychain', '--no-verify'], env, {...program, stdin: 'test-key-of-zai\n'});
    const without = await login();
    expect(without.stderr).toContain('the keychain library @napi-rs/keyring is not installed');
    const library = join(prefix, 'lib/node_modules/@napi-rs/keyring');
    mkdirSync(library, {recursive: true});
    writeFileSync(
      join(library, 'index.js'),
      'exports.Entry = class { setPassword(s) { this.s = s; } getPassword() { return this.s; } };',
    );
    const {code, stdout} = await login();
    expect([code, stdout]).toEqual([0, expect.stringContaining('Z.ai')]);
  });

  it('names the repository everywhere, from one place', () => {
    expect(published()).toMatchObject({
      homepage: 'https://git.example.com/someone/mystatus-tui#readme',
      repository: {type: 'git', url: 'git+https://git.example.com/someone/mystatus-tui.git'},
      bugs: {url: 'https://git.example.com/someone/mystatus-tui/issues'},
      author: 'Some One',
      keywords: ['quota'],
    });
    const page = `https://git.example.com/someone/mystatus-tui/blob/v${manifest().version}/docs/keys.md`;
    expect(readFileSync(join(installed, 'README.md'), 'utf8')).toContain(`(${page})`);
  });

  it('reproduces the licence of everything that is bundled', () => {
    const text = readFileSync(join(installed, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['ink', 'react', 'yoga-layout', 'conf', 'valibot'])
      expect(text).toMatch(new RegExp(`\n${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\n\n\\S`));
  });
});

it('a package of a release without a repository points nowhere', () => {
  const bare = join(directory, 'bare');
  const nothing = {repository: '', homepage: '', maintainer: {name: '', email: ''}, keywords: []};
  stagePackage(bare, nothing);
  const {name, ...rest} = JSON.parse(readFileSync(join(bare, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(name).toBe('mystatus-tui');
  for (const field of ['repository', 'bugs', 'homepage', 'author', 'keywords']) expect(rest).not.toHaveProperty(field);
  expect(readFileSync(join(bare, 'README.md'), 'utf8')).not.toMatch(/\]\(docs\//);
});

describe('half an installation is one line', () => {
  const line = 'mystatus-tui: is not installed completely: a file of it is missing or damaged. Install it again.\n';
  /** The program after `harm` was done to a copy of it. */
  async function broken(harm: (copy: string) => void, ...args: string[]) {
    const copy = mkdtempSync(join(directory, 'broken-'));
    cpSync(installed, copy, {recursive: true});
    harm(copy);
    return run(args, env, {program: join(copy, 'bin/mystatus-tui.js')});
  }
  const chunkOf = (copy: string, name: RegExp): string => {
    const found = filesIn(join(copy, 'dist')).find(file => name.test(file));
    if (found === undefined) throw new Error(`no chunk ${name}`);
    return join(copy, 'dist', found);
  };

  it('without what the build makes', async () => {
    const {code, stderr} = await broken(copy => rmSync(join(copy, 'dist'), {recursive: true}), '--json');
    expect([code, stderr]).toEqual([1, line]);
  });

  it('without the chunk of a command', async () => {
    const {code, stderr} = await broken(copy => rmSync(chunkOf(copy, /\/once-/)), '--once');
    expect([code, stderr]).toEqual([1, line]);
  });

  it('with a chunk that was written in part', async () => {
    const {code, stderr} = await broken(copy => {
      const chunk = chunkOf(copy, /\/doctor-/);
      const text = readFileSync(chunk, 'utf8');
      writeFileSync(chunk, text.slice(0, text.length / 2));
    }, 'doctor');
    expect([code, stderr]).toEqual([1, line]);
  });
});
