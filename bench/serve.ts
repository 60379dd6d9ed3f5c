import {spawn} from 'node:child_process';
import {Agent, get} from 'node:http';
import {connect, type Socket} from 'node:net';
import {createReadWorld} from './support/ledger-world.ts';
import {usageOf} from './support/process.ts';
import {figure, megabytes} from './support/stats.ts';
import type {BenchOptions, Table} from './support/table.ts';
import type {Workshop} from './support/workshop.ts';

// One address may ask so often at once (server/rate-limit.ts); this machine has millions of them.
const requestsPerAddress = 50;
const connections = 8;
const listeners = 200;

/** How much `serve` answers, and what those cost who listen. */
export async function serve({program}: Workshop, {quick}: BenchOptions): Promise<Table[]> {
  const world = await createReadWorld(program, ['--interval', '3600']);
  const child = spawn(process.execPath, [program, 'serve', '--listen', '127.0.0.1:0'], {env: world.env});
  try {
    const port = await portOf(child.stderr);
    const pid = child.pid ?? 0;
    const forMs = quick ? 0 : 5000;
    const rows: Throughput[] = [];
    for (const path of ['/healthz', '/v1/readings', '/metrics']) rows.push(await throughput(port, path, forMs, pid));
    return [
      {
        title: `serve, ${Object.keys(world.services).length} accounts, ${connections} connections`,
        columns: ['path', 'requests/s', 'CPU µs each', 'ratio', 'bytes'],
        rows: rows.map(row => rowOf(row, rows[0]?.perSecond ?? 0)),
        notes: ['/healthz is what HTTP and all checks cost by themselves. The one who asks has the other core.'],
      },
      await listening(port, pid, quick ? 10 : listeners),
    ];
  } finally {
    child.kill('SIGTERM');
    await world.close();
  }
}

function portOf(stream: NodeJS.ReadableStream): Promise<number> {
  return new Promise(resolve => {
    let text = '';
    stream.on('data', chunk => {
      text += chunk;
      const port = /listening on http:\/\/[\d.]+:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}

type Throughput = {path: string; perSecond: number; cpuMicros: number; bytes: number};

const rowOf = ({path, perSecond, cpuMicros, bytes}: Throughput, first: number): string[] => [
  path,
  figure(perSecond, 0),
  figure(cpuMicros, 0),
  `${figure(perSecond / first)} ×`,
  String(bytes),
];

async function throughput(port: number, path: string, forMs: number, pid: number): Promise<Throughput> {
  await round(port, path);
  const [startedAt, before] = [performance.now(), usageOf(pid)];
  let [bytes, count] = [0, 0];
  do {
    bytes = await round(port, path);
    count += connections * requestsPerAddress;
  } while (performance.now() - startedAt < forMs);
  return {
    ...{path, bytes},
    perSecond: (count / (performance.now() - startedAt)) * 1000,
    cpuMicros: ((usageOf(pid).cpuMs - before.cpuMs) * 1000) / count,
  };
}

let used = 0;
/** As many requests as a few addresses may make at once, each over a connection of its own. Resolves to the bytes of one. */
async function round(port: number, path: string): Promise<number> {
  const sizes = await Promise.all(
    Array.from({length: connections}, async () => {
      used += 1;
      const agent = new Agent({keepAlive: true, maxSockets: 1});
      const localAddress = `127.1.${Math.floor(used / 250)}.${(used % 250) + 1}`;
      let bytes = 0;
      for (let count = 0; count < requestsPerAddress; count++) bytes = await one({port, path, agent, localAddress});
      agent.destroy();
      return bytes;
    }),
  );
  return sizes[0] ?? 0;
}

const one = (options: {port: number; path: string; agent: Agent; localAddress: string}): Promise<number> =>
  new Promise((resolve, reject) => {
    get({host: '127.0.0.1', ...options}, response => {
      let bytes = 0;
      response.on('data', chunk => (bytes += chunk.length));
      response.on('end', () =>
        response.statusCode === 200 ? resolve(bytes) : reject(new Error(`HTTP ${response.statusCode}`)),
      );
    }).on('error', reject);
  });

async function listening(port: number, pid: number, count: number): Promise<Table> {
  const before = usageOf(pid).rss;
  const sockets = await Promise.all(Array.from({length: count}, () => listener(port)));
  const after = usageOf(pid).rss;
  for (const socket of sockets) socket.destroy();
  return {
    title: `serve, ${count} listeners on /v1/events`,
    columns: ['listeners', 'RSS MB'],
    rows: [
      ['0', megabytes(before)],
      [String(count), megabytes(after)],
    ],
  };
}

/** Resolves when the first account has been told. */
const listener = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    socket.once('error', reject);
    socket.on('data', chunk => {
      if (String(chunk).includes('event: reading')) resolve(socket);
    });
  });
