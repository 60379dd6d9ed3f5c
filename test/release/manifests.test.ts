import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {checksumsOf} from '../../scripts/release/checksums.ts';
import {filledIn} from '../../scripts/release/filled-in.ts';
import {writeManifests} from '../../scripts/release/manifests.ts';
import {isRunnable} from '../../scripts/release/programs.ts';
import {manifest, type ReleaseVariables} from '../../scripts/release/variables.ts';

const {version} = manifest();
const release: ReleaseVariables = {
  repository: 'https://git.example.com/someone/mystatus-tui',
  homepage: 'https://mystatus.example.com',
  maintainer: {name: 'Some One', email: 'someone@example.com'},
  keywords: [],
};
const directory = mkdtempSync(join(tmpdir(), 'mystatus-manifests-'));
const artefacts = join(directory, 'artefacts');
const tarball = `mystatus-tui-${version}.tgz`;
const zip = `mystatus-tui-${version}-win32-x64.zip`;
const download = `https://git.example.com/someone/mystatus-tui/releases/download/v${version}`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const text = (path: string): string => readFileSync(join(directory, 'out', path), 'utf8');
const checkedBy = (command: string, ...args: string[]) => {
  const {status, stderr} = spawnSync(command, args, {cwd: join(directory, 'out'), encoding: 'utf8'});
  return {status, stderr};
};

beforeAll(() => {
  mkdirSync(artefacts);
  writeFileSync(join(artefacts, tarball), 'a tarball');
  writeFileSync(join(artefacts, zip), 'an archive');
  writeManifests(checksumsOf(artefacts), join(directory, 'out'), release);
});
afterAll(() => rmSync(directory, {recursive: true}));

describe('the packages of a release', () => {
  it('leave no place unfilled, and say the same version everywhere', () => {
    const files = readdirSync(join(directory, 'out'), {recursive: true, withFileTypes: true}).filter(e => e.isFile());
    expect(files.map(({name}) => name).sort()).toEqual(
      ['.SRCINFO', 'Dockerfile', 'PKGBUILD', 'flake.nix', 'installer.yaml', 'locale.en-US.yaml']
        .concat('mystatus-tui.json', 'mystatus-tui.rb', 'version.yaml')
        .sort(),
    );
    for (const {parentPath, name} of files) {
      const written = readFileSync(join(parentPath, name), 'utf8');
      expect(written, name).not.toMatch(/\{\{|\}\}|undefined/);
      expect(written, name).toContain(version);
    }
  });

  it('have checksums that sha256sum finds right', () => {
    writeFileSync(join(artefacts, 'SHA256SUMS'), checksumsOf(artefacts));
    const {status} = spawnSync('sha256sum', ['-c', 'SHA256SUMS'], {cwd: artefacts});
    expect(status).toBe(0);
  });

  it('Homebrew', () => {
    const formula = text('homebrew/mystatus-tui.rb');
    expect(formula).toContain(`url "${download}/${tarball}"\n  sha256 "${sha256('a tarball')}"`);
    for (const shell of ['bash', 'zsh', 'fish']) expect(formula).toContain(`${shell}_completion.install`);
    expect(formula).toContain('man1.install');
    if (isRunnable('ruby')) expect(checkedBy('ruby', '-c', 'homebrew/mystatus-tui.rb').stderr).toBe('');
  });

  it('Arch: a PKGBUILD that bash takes, whose facts are those of .SRCINFO', () => {
    const facts = [
      'pkgname',
      'pkgver',
      'pkgrel',
      'pkgdesc',
      'url',
      'arch',
      'license',
      'depends',
      'source',
      'sha256sums',
    ];
    const print = facts.map(name => `printf '%s = %s\\n' ${name} "\${${name}[*]}"`).join('\n');
    const {stdout} = spawnSync('bash', ['-euc', `. ./PKGBUILD\n${print}\ndeclare -f package >/dev/null`], {
      cwd: join(directory, 'out/aur'),
      encoding: 'utf8',
    });
    const info = text('aur/.SRCINFO')
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '' && !line.startsWith('pkgbase'));
    expect(stdout.trim().split('\n').sort()).toEqual(info.sort());
    expect(stdout).toContain(`source = ${download}/${tarball}\nsha256sums = ${sha256('a tarball')}`);
    expect(text('aur/PKGBUILD')).toMatch(/^# Maintainer: Some One <someone@example\.com>$/m);
  });

  it('Nix: the checksum in its own spelling', () => {
    const flake = text('nix/flake.nix');
    const hash = createHash('sha256').update('a tarball').digest('base64');
    expect(flake).toContain(`url = "${download}/${tarball}";\n          hash = "sha256-${hash}";`);
    if (isRunnable('nix-instantiate')) expect(checkedBy('nix-instantiate', '--parse', 'nix/flake.nix').status).toBe(0);
  });

  it('Scoop', () => {
    expect(JSON.parse(text('scoop/mystatus-tui.json'))).toMatchObject({
      version,
      license: 'MIT',
      architecture: {'64bit': {url: `${download}/${zip}`, hash: sha256('an archive')}},
      bin: 'mystatus-tui.exe',
    });
  });

  it('winget: three documents about one package', () => {
    const [about, installer, locale] = ['version', 'installer', 'locale.en-US'].map(name =>
      parse(text(`winget/${name}.yaml`)),
    );
    for (const each of [about, installer, locale])
      expect(each).toMatchObject({PackageIdentifier: 'someone.mystatus-tui', PackageVersion: version});
    expect(installer.Installers).toEqual([
      {Architecture: 'x64', InstallerUrl: `${download}/${zip}`, InstallerSha256: sha256('an archive')},
    ]);
    expect(locale).toMatchObject({License: 'MIT', PackageUrl: 'https://mystatus.example.com'});
  });

  it('Docker: known instructions, and nobody is root at the end', () => {
    const lines = text('docker/Dockerfile')
      .replace(/\\\n/g, ' ')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'));
    const instructions = lines.map(line => line.split(' ')[0]);
    const known = ['FROM', 'LABEL', 'COPY', 'RUN', 'USER', 'VOLUME', 'EXPOSE', 'ENTRYPOINT', 'CMD'];
    expect(instructions.filter(word => !known.includes(word ?? ''))).toEqual([]);
    expect(lines.filter(line => line.startsWith('USER'))).toEqual(['USER node']);
    expect(JSON.parse(lines.at(-1)?.replace('CMD ', '') ?? '')).toEqual(['serve', '--listen', '0.0.0.0:7878']);
  });
});

it('without a repository, or without a checksum, nothing is made up', () => {
  const none = {...release, repository: ''};
  expect(() => writeManifests('', directory, none)).toThrow('packaging/release.json names no repository');
  expect(() => filledIn('{{sha256 a.zip}}', {}, new Map())).toThrow('nothing is known of a.zip');
  expect(() => filledIn('{{colour}}', {}, new Map())).toThrow('nothing is known of colour');
});
