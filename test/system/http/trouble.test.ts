import {createServer, type RequestListener, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {brotliCompressSync, deflateRawSync, deflateSync, gzipSync} from 'node:zlib';
import {afterEach, describe, expect, it} from 'vitest';
import {ProviderError} from '../../../src/core/model.ts';
import {createWire, type WireOptions} from '../../../src/system/http/wire.ts';
import {startTcp} from '../../support/proxies.ts';
import {startService} from '../../support/service.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const url = 'https://api.example.com/usage';
const wireTo = (port: number, options: Partial<WireOptions> = {}) =>
  createWire({
    provider: {id: 'x', hosts: ['api.example.com']},
    origin: `http://127.0.0.1:${port}`,
    env: {},
    version: '1',
    now: Date.now,
    ...options,
  });

async function serve(handler: RequestListener): Promise<{port: number; server: Server}> {
  const server = createServer(handler);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return {port: (server.address() as AddressInfo).port, server};
}

async function tcp(answer: string): Promise<number> {
  const server = await startTcp(socket => socket.once('data', () => socket.end(answer)));
  cleanups.push(server.close);
  return server.port;
}

async function misbehaving(how: 'reset' | 'stall-headers' | 'stall-body'): Promise<number> {
  const service = await startService(() => ({misbehave: how}));
  cleanups.push(service.close);
  return Number(new URL(service.origin).port);
}

const failure = async (
  sending: Promise<unknown>,
): Promise<Pick<ProviderError, 'code' | 'message' | 'remedy'> & {unreachable?: true}> => {
  const error = await sending.then(
    () => expect.fail('it answered'),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ProviderError);
  const {code, message, remedy, unreachable} = error as ProviderError;
  return {code, message, remedy, ...(unreachable ? {unreachable} : {})};
};

describe('the deadline', () => {
  const late = {
    code: 'timeout',
    message: 'the response was incomplete at the deadline',
    remedy: {code: 'network'},
  };

  it.each(['stall-headers', 'stall-body'] as const)('ends a request on %s', async how => {
    expect(await failure(wireTo(await misbehaving(how), {deadlineMs: 100}).send({url}))).toEqual(late);
  });

  it('ends a body that trickles for ever', async () => {
    const {port} = await serve((_, response) => {
      const timer = setInterval(() => response.write(' '), 10);
      response.once('close', () => clearInterval(timer));
    });
    expect(await failure(wireTo(port, {deadlineMs: 150}).send({url}))).toEqual(late);
  });

  it('ends a connection on which nothing is ever said', async () => {
    const server = await startTcp(() => {});
    cleanups.push(server.close);
    expect(await failure(wireTo(server.port, {deadlineMs: 100}).send({url}))).toEqual(late);
  });

  it('is one for all requests of the wire', async () => {
    const {port} = await serve((_, response) => setTimeout(() => response.end('{}'), 60));
    const wire = wireTo(port, {deadlineMs: 200});
    const sendUntilLate = async () => {
      for (let sent = 0; sent < 10; sent++) await wire.send({url});
    };
    expect(await failure(sendUntilLate())).toEqual(late);
    expect(await failure(wire.send({url}))).toEqual(late);
  });
});

describe('a deadline that has passed', () => {
  it('sends nothing', async () => {
    const service = await startService();
    cleanups.push(service.close);
    const wire = wireTo(Number(new URL(service.origin).port), {deadlineMs: 0});
    expect(await failure(wire.send({url}))).toMatchObject({code: 'timeout'});
    expect(service.requests).toEqual([]);
  });
});

describe('an abort', () => {
  it.each(['stall-headers', 'stall-body'] as const)('during %s is passed on as it is', async how => {
    const abort = new AbortController();
    const sending = wireTo(await misbehaving(how), {signal: abort.signal}).send({url});
    setTimeout(() => abort.abort(), 50);
    await expect(sending).rejects.toBe(await abortReason(abort.signal));
    expect(abort.signal.reason.name).toBe('AbortError');
  });

  it('before the request sends nothing', async () => {
    const service = await startService();
    cleanups.push(service.close);
    const wire = createWire({
      provider: {id: 'x', hosts: ['api.example.com']},
      origin: service.origin,
      env: {},
      version: '1',
      now: Date.now,
      signal: AbortSignal.abort(),
    });
    await expect(wire.send({url})).rejects.toMatchObject({name: 'AbortError'});
    expect(service.requests).toEqual([]);
  });

  it('with another reason is an AbortError all the same', async () => {
    await expect(wireTo(1, {signal: AbortSignal.abort('stopped')}).send({url})).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

const abortReason = (signal: AbortSignal): Promise<unknown> =>
  new Promise(resolve => signal.addEventListener('abort', () => resolve(signal.reason)));

describe('a body', () => {
  const large = {code: 'bad_response', message: 'the response is larger than 1 MiB', remedy: null};

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('in %s is unpacked', async (encoding, pack) => {
    const {port} = await serve((_, response) =>
      response.writeHead(200, {'content-encoding': encoding}).end(pack('{"ä":1}')),
    );
    expect((await wireTo(port).send({url})).text).toBe('{"ä":1}');
  });

  it('of 1 MiB is taken, of one byte more refused', async () => {
    const {port} = await serve(({url: path}, response) => response.end('x'.repeat(1_048_576 + Number(path?.slice(1)))));
    expect((await wireTo(port).send({url: 'https://api.example.com/0'})).text.length).toBe(1_048_576);
    expect(await failure(wireTo(port).send({url: 'https://api.example.com/1'}))).toEqual(large);
  });

  it('that is small only as long as it is packed is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const {port} = await serve((_, response) => response.writeHead(200, {'content-encoding': 'gzip'}).end(bomb));
    expect(await failure(wireTo(port).send({url}))).toEqual(large);
  });

  it('without an end is refused, and its connection closed', async () => {
    let closed = false;
    const {port} = await serve((_, response) => {
      const block = 'x'.repeat(65_536);
      const push = () => {
        while (!closed && response.write(block));
      };
      response.on('drain', push).once('close', () => {
        closed = true;
      });
      push();
    });
    expect(await failure(wireTo(port).send({url}))).toEqual(large);
    await expect.poll(() => closed).toBe(true);
  });

  it.each([
    ['gzip', gzipSync('')],
    ['deflate', deflateRawSync('')],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])],
  ])('in %s that never ends is refused, however little comes out of it (%#)', async (encoding, piece) => {
    let sent = 0;
    let closed = false;
    const block = Buffer.concat(Array.from({length: Math.ceil(65_536 / piece.length)}, () => piece));
    const {port} = await serve((_, response) => {
      response.writeHead(200, {'content-encoding': encoding});
      const push = () => {
        while (!closed && response.write(block)) sent += block.length;
      };
      response.on('drain', push).once('close', () => {
        closed = true;
      });
      push();
    });
    expect(await failure(wireTo(port).send({url}))).toEqual(large);
    await expect.poll(() => closed).toBe(true);
    expect(sent).toBeLessThan(16 * 1_048_576);
  });

  it.each(['gzip', 'br', 'deflate'])('of 1 MiB in %s is taken, of one byte more refused', async encoding => {
    const pack = {gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync}[encoding] ?? gzipSync;
    const {port} = await serve(({url: path}, response) =>
      response
        .writeHead(200, {'content-encoding': encoding})
        .end(pack(Buffer.alloc(1_048_576 + Number(path?.slice(1)), 'x'))),
    );
    expect((await wireTo(port).send({url: 'https://api.example.com/0'})).text.length).toBe(1_048_576);
    expect(await failure(wireTo(port).send({url: 'https://api.example.com/1'}))).toEqual(large);
  });

  it.each(['gzip, gzip', 'compress', 'zstd'])(
    'packed as %s, which nobody asked for, is a bad answer',
    async encoding => {
      const {port} = await serve((_, response) =>
        response.writeHead(200, {'content-encoding': encoding}).end(gzipSync(gzipSync('{}'))),
      );
      expect(await failure(wireTo(port).send({url}))).toMatchObject({
        code: 'bad_response',
        message: 'the response has an unknown compression',
      });
    },
  );

  it.each([
    ['shorter than announced', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":'],
    ['without its last chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n'],
    ['cut inside a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"a":'],
  ])('%s broke off', async (_what, answer) => {
    expect(await failure(wireTo(await tcp(answer)).send({url}))).toMatchObject({
      code: 'network',
      remedy: {code: 'network'},
    });
  });

  it.each(['gzip', 'br', 'deflate'])('that is not the %s it claims to be is damaged', async encoding => {
    const {port} = await serve((_, response) =>
      response.writeHead(200, {'content-encoding': encoding}).end('this is plain text'),
    );
    expect(await failure(wireTo(port).send({url}))).toMatchObject({
      code: 'bad_response',
      message: 'the response is damaged',
    });
  });

  it('in an encoding nobody asked for comes as it is', async () => {
    const {port} = await serve((_, response) => response.writeHead(200, {'content-encoding': 'identity'}).end('{}'));
    expect((await wireTo(port).send({url})).text).toBe('{}');
  });
});

describe('a connection', () => {
  it('that is refused says so', async () => {
    const {port, server} = await serve(() => {});
    await new Promise(resolve => server.close(resolve));
    expect(await failure(wireTo(port).send({url}))).toEqual({
      code: 'network',
      message: 'connection refused',
      unreachable: true,
      remedy: {code: 'network'},
    });
  });

  it('that is reset says so', async () => {
    expect(await failure(wireTo(await misbehaving('reset')).send({url}))).toEqual({
      code: 'network',
      message: 'connection reset',
      remedy: {code: 'network'},
    });
  });

  it('to a host that does not exist says so', async () => {
    const wire = wireTo(0, {origin: 'https://nowhere.invalid'});
    expect(await failure(wire.send({url}))).toMatchObject({
      code: 'network',
      message: expect.stringMatching(/^host name (not found|cannot be discovered up)$/),
    });
  });

  it('to something that does not speak HTTP is a bad answer', async () => {
    expect(await failure(wireTo(await tcp('SSH-2.0-OpenSSH_9.6\r\n')).send({url}))).toMatchObject({
      code: 'bad_response',
    });
  });

  it('to something that does not speak TLS says so', async () => {
    const origin = `https://127.0.0.1:${await tcp('HTTP/1.1 400 Bad Request\r\n\r\n')}`;
    expect(await failure(wireTo(0, {origin}).send({url}))).toMatchObject({
      code: 'network',
      message: 'TLS connection failed',
    });
  });
});

describe('connections', () => {
  it('are kept and used again, also after answers whose body was refused', async () => {
    const server = await serve(({url: path}, response) => {
      if (path === '/redirect') response.writeHead(302, {location: '/'}).end('x'.repeat(100_000));
      else if (path === '/large') response.end('x'.repeat(2_000_000));
      else response.end('{}');
    });
    let open = 0;
    let made = 0;
    server.server.on('connection', socket => {
      open += 1;
      made += 1;
      socket.once('close', () => {
        open -= 1;
      });
    });
    const send = (path: string) =>
      wireTo(server.port)
        .send({url: `https://api.example.com/${path}`})
        .catch(() => null);
    for (let round = 0; round < 10; round++) await send('small');
    expect(made).toBe(1);
    for (let round = 0; round < 10; round++) {
      await send('redirect');
      await send('large');
    }
    await send('small');
    await expect.poll(() => open).toBe(1);
  });

  /** Answers every question but the one that is the n-th on its connection: that one breaks it off. */
  async function breakingAt(fatal: (path: string, nth: number) => boolean) {
    const asked: string[] = [];
    const counts = new WeakMap<object, number>();
    const {port} = await serve(({url: path = '', method, socket}, response) => {
      const nth = (counts.get(socket) ?? 0) + 1;
      counts.set(socket, nth);
      asked.push(`${method} ${path} ${nth}`);
      if (fatal(path, nth)) socket.resetAndDestroy();
      else response.end('{}');
    });
    const send = (path: string, more: object = {}) =>
      wireTo(port).send({url: `https://api.example.com/${path}`, ...more});
    return {asked, send};
  }

  it('that were closed by the other side meanwhile cost one more question, on a new connection', async () => {
    const {asked, send} = await breakingAt((_, nth) => nth === 3);
    await Promise.all([send('a'), send('b'), send('c')]);
    await Promise.all([send('d'), send('e'), send('f')]);
    expect((await send('g')).text).toBe('{}');
    expect(asked.slice(6)).toEqual(['GET /g 3', 'GET /g 1']);
  });

  it('that are broken off when they are new say so, and are not tried again', async () => {
    const {asked, send} = await breakingAt(() => true);
    expect(await failure(send('a'))).toMatchObject({code: 'network', message: 'connection reset'});
    expect(asked).toEqual(['GET /a 1']);
  });

  it('that break off again say so: there is no third time', async () => {
    const {asked, send} = await breakingAt(path => path === '/b');
    await send('a');
    expect(await failure(send('b'))).toMatchObject({code: 'network', message: 'connection reset'});
    expect(asked).toEqual(['GET /a 1', 'GET /b 2', 'GET /b 1']);
  });

  it('that break off carry no POST a second time: it may have had its effect', async () => {
    const {asked, send} = await breakingAt((_, nth) => nth === 2);
    await send('a');
    expect(await failure(send('b', {method: 'POST', body: '{}'}))).toMatchObject({message: 'connection reset'});
    expect(asked).toEqual(['GET /a 1', 'POST /b 2']);
  });

  it('to one host are at most six at a time', async () => {
    let now = 0;
    let most = 0;
    const {port} = await serve((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.end('{}');
      }, 10);
    });
    await Promise.all(Array.from({length: 30}, () => wireTo(port).send({url})));
    expect(most).toBe(6);
  });
});
