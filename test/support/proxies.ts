import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

export type TcpServer = {
  port: number /** How many connections were ever made. */;
  connections(): number;
  close(): Promise<void>;
};

/** A server that speaks bare TCP on loopback, for what no HTTP server would send. */
export async function startTcp(handle: (socket: Socket) => void, host = '127.0.0.1'): Promise<TcpServer> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer(socket => {
    connections += 1;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => {});
    handle(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

export type FakeProxy = {
  url: string;
  /** The targets that were asked for, as `host:port`. */
  asked: string[];
  /** What stood in `proxy-authorization`, or the SOCKS user name and password. */
  credentials: string[];
  close(): Promise<void>;
};

type ProxyOptions = {
  /** Every tunnel ends at this port of 127.0.0.1, whatever was asked for. */
  to: number;
  /** Answers CONNECT with this instead. */
  status?: number;
  host?: string;
};

/** An HTTP proxy that knows CONNECT and nothing else. */
export async function startConnectProxy({to, status = 200, host = '127.0.0.1'}: ProxyOptions): Promise<FakeProxy> {
  const asked: string[] = [];
  const credentials: string[] = [];
  const server = await startTcp(socket => {
    readUntil(socket, '\r\n\r\n', head => {
      asked.push(/^CONNECT (\S+) /.exec(head)?.[1] ?? head);
      credentials.push(/^proxy-authorization: (.*)$/im.exec(head)?.[1] ?? '');
      if (status >= 300) return socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      socket.write(`HTTP/1.1 ${status} Connection established\r\n\r\n`);
      join(socket, to);
    });
  }, host);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`,
    asked,
    credentials,
    close: server.close,
  };
}

/** SOCKS version 5 with names and IPv4 addresses; asks for a user name and password when the client offers one. */
export async function startSocksProxy({to}: ProxyOptions): Promise<FakeProxy> {
  const asked: string[] = [];
  const credentials: string[] = [];
  const server = await startTcp(async socket => {
    const next = reader(socket);
    const [, methods = 0] = await next(2);
    const wantsPassword = (await next(methods)).includes(2);
    socket.write(Buffer.from([5, wantsPassword ? 2 : 0]));
    if (wantsPassword) {
      const [, nameLength = 0] = await next(2);
      const name = await next(nameLength);
      const [passwordLength = 0] = await next(1);
      credentials.push(`${name}:${await next(passwordLength)}`);
      socket.write(Buffer.from([1, 0]));
    }
    const [, , , kind] = await next(4);
    const host = kind === 1 ? [...(await next(4))].join('.') : String(await next((await next(1))[0] ?? 0));
    asked.push(`${host}:${(await next(2)).readUInt16BE()}`);
    socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
    join(socket, to);
  });
  return {url: `socks5://127.0.0.1:${server.port}`, asked, credentials, close: server.close};
}

function join(socket: Socket, port: number): void {
  const target = connect(port, '127.0.0.1');
  target.on('error', () => socket.destroy());
  socket.once('close', () => target.destroy());
  socket.pipe(target).pipe(socket);
}

function readUntil(socket: Socket, mark: string, done: (head: string) => void): void {
  let head = '';
  const collect = (chunk: Buffer) => {
    head += chunk.toString('latin1');
    if (!head.includes(mark)) return;
    socket.off('data', collect);
    done(head);
  };
  socket.on('data', collect);
}

/** Hands out exact numbers of bytes, in order. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async length => {
    while (true) {
      const bytes = length === 0 ? Buffer.alloc(0) : (socket.read(length) as Buffer | null);
      if (bytes !== null) return bytes;
      await new Promise(resolve => socket.once('readable', resolve));
    }
  };
}
