import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {until} from './until.ts';

const canRun = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

/** Why there is no Prometheus here; null when there is one. */
export const noPrometheus: string | null =
  canRun('prometheus') && canRun('promtool') ? null : 'prometheus and promtool are not installed (Debian: prometheus)';

/** Runs promtool to its end: what it printed, and how it ended. */
export function promtool(args: readonly string[], input = ''): {status: number | null; output: string} {
  const {status, stdout, stderr} = spawnSync('promtool', [...args], {input, encoding: 'utf8'});
  return {status, output: stdout + stderr};
}

export type Series = {metric: Record<string, string>; value: [number, string]};
export type Prometheus = {
  /** The data that its API gives. */
  get<Data>(path: string): Promise<Data>;
  /** Throws what Prometheus says against the query. */
  query(expression: string): Promise<Series[]>;
  close(): Promise<void>;
};

/** A real Prometheus on a loopback port, with its files in a directory of its own. */
export async function startPrometheus(config: string): Promise<Prometheus> {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-prometheus-'));
  const file = join(directory, 'prometheus.yml');
  writeFileSync(file, config);
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn('prometheus', [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=${address}`,
    '--log.level=warn',
  ]);
  let said = '';
  child.stderr.on('data', chunk => (said += chunk));
  await until(
    async () => (await fetch(`http://${address}/-/ready`).catch(() => null))?.ok === true,
    () => said,
  );
  const get = async <Data>(path: string): Promise<Data> => {
    const answer = (await (await fetch(`http://${address}/api/v1/${path}`)).json()) as {data: Data; error?: string};
    if (answer.error !== undefined) throw new Error(`${decodeURIComponent(path)}: ${answer.error}`);
    return answer.data;
  };
  return {
    get,
    query: async expression => (await get<{result: Series[]}>(`query?query=${encodeURIComponent(expression)}`)).result,
    async close() {
      await ended(child);
      rmSync(directory, {recursive: true, force: true, maxRetries: 5, retryDelay: 50});
    },
  };
}

export const ended = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
