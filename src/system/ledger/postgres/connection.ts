import type {Client, QueryResultRow} from 'pg';
import type {Tls} from './tls.ts';

/** One connection to the database: statements one after the other, and what others notify of. */

export type Value = string | number | boolean | null;
export type Row = QueryResultRow;

export type Connection = {
  /** Rejects with what the driver says, also when the answer takes too long. */
  query(sql: string, values?: readonly Value[]): Promise<Row[]>;
  onNotice(listener: (payload: string) => void): void;
  /** Calls once, when the connection ended without being closed. */
  onLost(listener: (error: unknown) => void): void;
  /** After the statements that were given before. */
  close(): Promise<void>;
  /** At once. */
  drop(): void;
  /** What went over it so far. */
  traffic(): {statements: number; bytes: number};
};

export type ConnectOptions = {
  host: string;
  port: number;
  user: string;
  database: string;
  password: string | null;
  options: string | null;
  ways: readonly Tls[];
  /** For a connection, and for each answer. */
  patienceMs?: number;
};

const usualPatienceMs = {connection: 3000, answer: 5000};

/** The package is not there where optional dependencies are left out. */
class NoDriverError extends Error {
  override readonly name = 'NoDriverError';
  override readonly message = 'the package pg is not installed';
}

/** By the first way that the server takes. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const pg = await driver();
  const [first = false, ...others] = options.ways;
  try {
    return wrapped(await opened(pg, options, first));
  } catch (error) {
    if (others.length === 0 || !isOfTls(error)) throw error;
    return connect({...options, ways: others});
  }
}

type Driver = Pick<typeof import('pg'), 'Client'>;

async function driver(): Promise<Driver> {
  try {
    return await import('pg');
  } catch {
    throw new NoDriverError();
  }
}

/** Another way may work: the server has no TLS, wants it, or shakes hands otherwise. Nothing but that is tried again. */
function isOfTls(error: unknown): boolean {
  const {message = '', code} = error as {message?: string; code?: unknown};
  return /does not support SSL|pg_hba\.conf|SSL/i.test(message) || code === '28000' || code === 'EPROTO';
}

async function opened(pg: Driver, options: ConnectOptions, ssl: Tls): Promise<Client> {
  const {host, port, user, database, password, patienceMs} = options;
  const client = new pg.Client({
    ...{host, port, user, database, ssl},
    // A function, so that the driver looks nowhere by itself.
    password: () => password ?? (undefined as unknown as string),
    ...(options.options === null ? {} : {options: options.options}),
    application_name: 'mystatus-tui',
    connectionTimeoutMillis: patienceMs ?? usualPatienceMs.connection,
    query_timeout: patienceMs ?? usualPatienceMs.answer,
    keepAlive: true,
  });
  // Whoever is not asked for a while is lost without anybody waiting for it.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.end().catch(() => {});
    throw error;
  }
}

function wrapped(client: Client): Connection {
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  let lost: ((error: unknown) => void) | null = null;
  let statements = 0;
  const socket = (client as unknown as {connection: {stream: {bytesRead: number; bytesWritten: number}}}).connection
    .stream;
  const lose = (error: unknown): void => {
    if (!isClosed) lost?.(error);
    isClosed = true;
  };
  client.on('error', lose);
  client.on('end', () => lose(new Error('Connection terminated')));
  return {
    query(sql, values = []) {
      const answer = queue.then(() => {
        statements += 1;
        return client.query(sql, [...values]);
      });
      queue = answer.catch(() => {});
      return answer.then(({rows}) => (rows ?? []) as Row[]);
    },
    onNotice: listener => void client.on('notification', ({payload}) => listener(payload ?? '')),
    onLost(listener) {
      lost = listener;
    },
    async close() {
      isClosed = true;
      await queue;
      await client.end().catch(() => {});
    },
    drop() {
      isClosed = true;
      (client as unknown as {connection: {stream: {destroy(): void}}}).connection.stream.destroy();
    },
    traffic: () => ({statements, bytes: socket.bytesRead + socket.bytesWritten}),
  };
}
