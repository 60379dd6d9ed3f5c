/**
 * Makes a Debian package, in the directory that is named (release/):
 *
 *     node scripts/release/deb.ts package [directory]       of release/package: for all machines, on Debian's Node
 *     node scripts/release/deb.ts executable [directory]    of release/executable: for this machine, without Node
 */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {run} from './programs.ts';
import {
  checkout,
  type Manifest,
  manifest,
  type ReleaseVariables,
  releaseDirectory,
  releaseVariables,
} from './variables.ts';

type Kind = 'package' | 'executable';
const name = 'mystatus-tui';
const architectures: Readonly<Record<string, string>> = {x64: 'amd64', arm64: 'arm64'};
const architectureOf = (kind: Kind): string =>
  kind === 'package' ? 'all' : (architectures[process.arch] ?? process.arch);

/** What is installed, below `root`; `from` is where the program was made. */
function layOut(root: string, kind: Kind, from: string, {bin}: Manifest): void {
  const library = join(root, 'usr/lib', name);
  mkdirSync(join(root, 'usr/bin'), {recursive: true});
  if (kind === 'executable') {
    cpSync(join(from, name), join(root, 'usr/bin', name));
  } else {
    for (const part of ['bin', 'dist', 'presets', 'schema', 'package.json'])
      cpSync(join(from, part), join(library, part), {recursive: true});
    symlinkSync(`../lib/${name}/${bin[name]}`, join(root, 'usr/bin', name));
  }
  layOutBeside(root, from);
}

/** Manual, completions and licences, where Debian has them. */
function layOutBeside(root: string, from: string): void {
  const completions = join(checkout, 'completions', name);
  const put = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), content);
  };
  put(`usr/share/bash-completion/completions/${name}`, readFileSync(`${completions}.bash`));
  put(`usr/share/zsh/vendor-completions/_${name}`, readFileSync(`${completions}.zsh`));
  put(`usr/share/fish/vendor_completions.d/${name}.fish`, readFileSync(`${completions}.fish`));
  put(`usr/share/man/man1/${name}.1.gz`, gzipSync(readFileSync(join(checkout, 'man', `${name}.1`)), {level: 9}));
  const licences = ['LICENSE', 'THIRD-PARTY-LICENSES.txt'].map(file => readFileSync(join(from, file), 'utf8'));
  put(`usr/share/doc/${name}/copyright`, licences.join('\n'));
}

const bytesIn = (directory: string): number =>
  readdirSync(directory, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .reduce((sum, {parentPath, name: file}) => sum + statSync(join(parentPath, file)).size, 0);

function controlOf(root: string, kind: Kind, own: Manifest, release: ReleaseVariables): string {
  const {homepage, repository, maintainer} = release;
  const person = maintainer.email === '' ? '' : `${maintainer.name} <${maintainer.email}>`;
  const depends =
    kind === 'package' ? `nodejs (${own.engines.node.replace('>=', '>= ')})` : 'libc6 (>= 2.28), libgcc-s1, libstdc++6';
  const fields: readonly (readonly [string, string])[] = [
    ['Package', name],
    ['Version', own.version],
    ['Architecture', architectureOf(kind)],
    ['Maintainer', person],
    ['Installed-Size', String(Math.ceil(bytesIn(root) / 1024))],
    ['Depends', depends],
    ['Section', 'utils'],
    ['Priority', 'optional'],
    ['Homepage', homepage || repository],
    ['Description', own.description],
  ];
  return fields.flatMap(([field, value]) => (value === '' ? [] : `${field}: ${value}\n`)).join('');
}

/** For everybody to read, whatever the habits of whoever makes it. */
function openUp(directory: string): void {
  for (const entry of readdirSync(directory, {recursive: true, withFileTypes: true})) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, entry.parentPath.endsWith('bin') ? 0o755 : 0o644);
  }
  chmodSync(directory, 0o755);
}

/** Returns the path of the package. */
export function makeDeb(kind: Kind, from: string, to: string, release: ReleaseVariables = releaseVariables()): string {
  const root = mkdtempSync(join(tmpdir(), 'mystatus-deb-'));
  try {
    const own = manifest();
    layOut(root, kind, from, own);
    const control = controlOf(root, kind, own, release);
    mkdirSync(join(root, 'DEBIAN'));
    writeFileSync(join(root, 'DEBIAN/control'), control);
    openUp(root);
    const file = join(to, `${name}_${own.version}_${architectureOf(kind)}.deb`);
    run('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', root, file]);
    return file;
  } finally {
    rmSync(root, {recursive: true});
  }
}

if (import.meta.main) {
  const [kind, to = releaseDirectory] = process.argv.slice(2);
  if (kind !== 'package' && kind !== 'executable') throw new Error('which one: package or executable?');
  process.stdout.write(`${makeDeb(kind, join(releaseDirectory, kind), to)}\n`);
}
