/**
 * Installs release/*.tgz on several versions of Node, each in a clean prefix and with an empty cache, starts it, and prints
 * what that takes: `node scripts/release/try-package.ts [version…]` (22.13.0, 24.21.0 and the latest). Needs a network.
 */
import {mkdirSync, mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {run} from './programs.ts';
import {checkout, manifest, releaseDirectory} from './variables.ts';

const directory = mkdtempSync(join(tmpdir(), 'mystatus-try-'));
const {version} = manifest();
const tarball = join(releaseDirectory, `mystatus-tui-${version}.tgz`);
const smoke = join(checkout, 'scripts/release/smoke.mjs');

type Env = NodeJS.ProcessEnv;

/** A Node of this version in front of all others, with a home and a cache that hold nothing. */
function environmentOf(node: string): Env {
  const place = join(directory, node);
  const home = join(place, 'home');
  mkdirSync(home, {recursive: true});
  run('npm', [
    'install',
    '--prefix',
    place,
    '--no-audit',
    '--no-fund',
    `node-${process.platform}-${process.arch}@${node}`,
  ]);
  const bin = join(place, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  const {HTTPS_PROXY, NODE_EXTRA_CA_CERTS, npm_config_registry} = process.env;
  const path = [bin, process.env.PATH].join(delimiter);
  return {
    HTTPS_PROXY,
    NODE_EXTRA_CA_CERTS,
    npm_config_registry,
    PATH: path,
    HOME: home,
    npm_config_cache: join(home, 'cache'),
  };
}

const seconds = (work: () => unknown): string => {
  const start = performance.now();
  work();
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
};

const filesIn = (below: string) =>
  readdirSync(below, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));

function tried(node: string): string[] {
  const env = environmentOf(node);
  const prefix = join(directory, node, 'prefix');
  const install = ['install', '-g', '--prefix', prefix, '--no-audit', '--no-fund', tarball];
  const installing = seconds(() => run('npm', install, {env, cwd: directory}));
  run('node', [smoke, join(prefix, 'bin/mystatus-tui'), version], {env, cwd: directory});
  const files = filesIn(join(prefix, 'lib'));
  const packages = files.filter(path => /node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path)).length;
  const megabytes = files.reduce((sum, path) => sum + statSync(path).size, 0) / 1_000_000;
  const npx = ['exec', '--yes', `--package=${tarball}`, '--', 'mystatus-tui', '--version'];
  const cold = {...env, npm_config_cache: join(directory, node, 'other-cache')};
  return [
    node,
    installing,
    String(packages),
    `${megabytes.toFixed(1)} MB`,
    seconds(() => run('npm', npx, {env: cold, cwd: directory})),
  ];
}

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['22.13.0', process.versions.node, 'latest'];
process.stdout.write('Node | npm install -g | packages | installed | npx, cold\n');
try {
  for (const node of versions) process.stdout.write(`${tried(node).join(' | ')}\n`);
} finally {
  rmSync(directory, {recursive: true});
}
