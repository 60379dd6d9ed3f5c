import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {makeDeb} from '../../scripts/release/deb.ts';
import {isRunnable, run as runProgram} from '../../scripts/release/programs.ts';
import {stagePackage} from '../../scripts/release/stage.ts';
import {manifest} from '../../scripts/release/variables.ts';
import {run} from '../support/run.ts';

const release = {
  repository: 'https://git.example.com/someone/mystatus-tui',
  homepage: '',
  maintainer: {name: 'Some One', email: 'someone@example.com'},
  keywords: [],
};
const directory = mkdtempSync(join(tmpdir(), 'mystatus-deb-test-'));
// A machine of its own, as far as dpkg is concerned: its files, and the list of what is installed.
const root = join(directory, 'root');
const database = join(root, 'var/lib/dpkg');
afterAll(() => rmSync(directory, {recursive: true}));

const canInstall = isRunnable('dpkg') && process.getuid?.() === 0;
const dpkg = (...args: string[]) =>
  run(
    ['--root', root, '--log', join(directory, 'dpkg.log'), ...args].map(String),
    {PATH: process.env.PATH ?? ''},
    {command: 'dpkg'},
  );
const filesIn = (below: string): string[] =>
  readdirSync(below, {recursive: true, withFileTypes: true})
    .map(entry => join(entry.parentPath, entry.name).slice(root.length))
    .filter(path => !path.startsWith('/var/lib/dpkg'))
    .sort();

describe.skipIf(!canInstall)('the Debian package (dpkg, and root to install it)', () => {
  let deb: string;
  beforeAll(() => {
    mkdirSync(join(database, 'info'), {recursive: true});
    mkdirSync(join(database, 'updates'));
    mkdirSync(join(root, 'usr'));
    for (const file of ['status', 'available']) writeFileSync(join(database, file), '');
    stagePackage(join(directory, 'package'), release);
    deb = makeDeb('package', join(directory, 'package'), directory, release);
  });

  it('says what it is, who makes it, and which Node it needs', () => {
    const control = runProgram('dpkg-deb', ['--field', deb]);
    expect(control).toMatch(new RegExp(`^Package: mystatus-tui\nVersion: ${manifest().version}\nArchitecture: all\n`));
    expect(control).toContain('Maintainer: Some One <someone@example.com>\n');
    expect(control).toContain('Depends: nodejs (>= 22.13)\n');
    expect(control).toContain('Homepage: https://git.example.com/someone/mystatus-tui\n');
  });

  it('is not installed where that Node is missing, which is said', async () => {
    const {code, stderr} = await dpkg('--install', deb);
    expect(code).toBe(1);
    expect(stderr).toContain('mystatus-tui depends on nodejs (>= 22.13)');
    await dpkg('--purge', 'mystatus-tui');
  });

  it('installs program, manual and completions; runs; and leaves no trace when it is purged', async () => {
    const before = filesIn(root);
    expect((await dpkg('--force-depends', '--install', deb)).code).toBe(0);
    const program = join(root, 'usr/bin/mystatus-tui');
    expect(readlinkSync(program)).toBe(`../lib/mystatus-tui/${manifest().bin['mystatus-tui']}`);
    const env = {PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: directory};
    const {stdout} = await run(['--version'], env, {command: program});
    expect(stdout).toBe(`${manifest().version}\n`);
    const page = gunzipSync(readFileSync(join(root, 'usr/share/man/man1/mystatus-tui.1.gz'))).toString();
    expect(page).toBe(readFileSync('man/mystatus-tui.1', 'utf8'));
    for (const [place, shell] of [
      ['bash-completion/completions/mystatus-tui', 'bash'],
      ['zsh/vendor-completions/_mystatus-tui', 'zsh'],
      ['fish/vendor_completions.d/mystatus-tui.fish', 'fish'],
    ])
      expect(readFileSync(join(root, 'usr/share', place ?? ''), 'utf8')).toBe(
        readFileSync(`completions/mystatus-tui.${shell}`, 'utf8'),
      );
    expect(readFileSync(join(root, 'usr/share/doc/mystatus-tui/copyright'), 'utf8')).toMatch(/^ink \d.* \(MIT\)$/m);
    for (const path of filesIn(join(root, 'usr/lib'))) {
      const {uid, mode} = lstatSync(join(root, path));
      expect([path, uid, mode & 0o022]).toEqual([path, 0, 0]);
    }
    expect((await dpkg('--purge', 'mystatus-tui')).code).toBe(0);
    expect(filesIn(root)).toEqual(before);
    expect(existsSync(program)).toBe(false);
  });

  it('of an executable has no Node to depend on', () => {
    const made = join(directory, 'executable');
    mkdirSync(made);
    writeFileSync(join(made, 'mystatus-tui'), '#!/bin/sh\n', {mode: 0o755});
    for (const file of ['LICENSE', 'THIRD-PARTY-LICENSES.txt']) writeFileSync(join(made, file), file);
    const file = makeDeb('executable', made, directory, {...release, maintainer: {name: '', email: ''}});
    const control = runProgram('dpkg-deb', ['--field', file]);
    expect(control).toMatch(/^Depends: libc6 \(>= 2\.28\), libgcc-s1, libstdc\+\+6$/m);
    expect(control).not.toMatch(/nodejs|Architecture: all|Maintainer/);
    expect(runProgram('dpkg-deb', ['--contents', file])).toMatch(
      /-rwxr-xr-x root\/root .* \.\/usr\/bin\/mystatus-tui$/m,
    );
  });
});
