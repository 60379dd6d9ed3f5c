import {copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createKeychain, type Keychain, type KeychainOptions} from '../../src/system/credentials/keychain.ts';

/** A session bus that is not there: on Linux, no keychain can be reached. Elsewhere it does not need one. */
export const withoutBus = {DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus'};
/** Whether a keychain can be made unreachable here. */
export const canRefuse = process.platform === 'linux';

const names = ['HOME', 'USER', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'SYSTEMROOT', 'USERPROFILE', 'APPDATA'];
/** The developer's own session, as far as it leads to a keychain. */
const session: Record<string, string> = Object.fromEntries(
  names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
);

/** How tests reach a keychain: each `open` is another copy of the program. */
export type Backend = {open(options?: Partial<KeychainOptions>): Keychain};

/** The keychain of this machine when it has one that works, with an entry that is gone afterwards; else why not. */
export async function ownKeychain(): Promise<Backend | string> {
  const open: Backend['open'] = options => createKeychain({env: session, ...options});
  const keychain = open({promptMs: 5000});
  const id = `test ${process.pid} ${Date.now()}`;
  return (await keychain.write(id, 'test-client-secret')) ?? (await keychain.remove(id)) ?? {open};
}

// A process may take its time on a busy machine.
const patienceMs = 20_000;
const library = new URL('../fixtures/keyring/index.cjs', import.meta.url).pathname;

export type FileKeychain = Backend & {
  env: Record<string, string>;
  /** What it holds, by `<service>/<id>`. */
  entries(): Record<string, string>;
  /** How it fails from now on; see test/fixtures/keyring. */
  fail(how: Record<string, unknown>): void;
  /** The names of the variables that each process that asked it was given. */
  asked(): string[][];
  close(): void;
};

/** A keychain in a file of its own, asked by a real child process through a library that looks like the real one. */
export function fileKeychain(home = mkdtempSync(join(tmpdir(), 'mystatus-keyring-'))): FileKeychain {
  const file = join(home, 'keyring.json');
  const state = (): {entries?: Record<string, string>} =>
    existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const log = join(home, 'keyring.log');
  const env = {HOME: home, PATH: '/usr/bin:/bin', ANY_API_KEY: 'none-of-its-business'};
  return {
    env,
    open: options => createKeychain({env, library, patienceMs, ...options}),
    entries: () => state().entries ?? {},
    fail: how => writeFileSync(file, JSON.stringify({entries: state().entries ?? {}, ...how})),
    asked: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map(line => JSON.parse(line))
        : [],
    close: () => rmSync(home, {recursive: true, force: true, maxRetries: 5, retryDelay: 50}),
  };
}

/** The built program, installed below `directory` with that library in the place of the real one. */
export function installWithFileKeychain(directory: string): string {
  const root = new URL('../../', import.meta.url).pathname;
  const place = join(directory, 'node_modules/@napi-rs/keyring');
  mkdirSync(place, {recursive: true});
  copyFileSync(library, join(place, 'index.cjs'));
  writeFileSync(join(place, 'package.json'), JSON.stringify({name: '@napi-rs/keyring', main: 'index.cjs'}));
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, part), join(directory, part), {recursive: true});
  return join(directory, 'bin/mystatus-tui.js');
}
