import {execFile, execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer, type Server} from 'node:https';
import {type AddressInfo, connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createServer as createTlsServer} from 'node:tls';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import {createWire, type WireOptions} from '../../../src/system/http/wire.ts';
import {type FakeProxy, startConnectProxy, startSocksProxy, startTcp} from '../../support/proxies.ts';

// Names below .test never resolve: an answer proves that the proxy was asked, by name.
const hosts = ['quota.test'];
const url = 'https://quota.test/usage';
const wire = (env: Record<string, string>, options: Partial<WireOptions> = {}) =>
  createWire({provider: {id: 'x', hosts}, env, version: '1', now: Date.now, ...options});

const proxies: {close(): Promise<void>}[] = [];
const kept = <T extends {close(): Promise<void>}>(proxy: T): T => {
  proxies.push(proxy);
  return proxy;
};
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
});

/** A server that says one thing when it is spoken to, and then waits. `gone`: the other side has closed the connection. */
async function talking(text: string): Promise<{port: number; asked: Promise<void>; gone: Promise<void>}> {
  const [asked, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const {port} = kept(
    await startTcp(socket => {
      socket.once('close', () => gone.resolve());
      socket.once('data', () => {
        socket.write(text);
        asked.resolve();
      });
    }),
  );
  return {port, asked: asked.promise, gone: gone.promise};
}

describe('a proxy that does not help', () => {
  it.each([
    [407, 'the proxy requires a user name and password (407)'],
    [403, 'the proxy refused (HTTP 403)'],
    [502, 'the proxy refused (HTTP 502)'],
  ])('with %i is named', async (status, message) => {
    const proxy = kept(await startConnectProxy({to: 1, status}));
    const sending = wire({HTTPS_PROXY: proxy.url}).send({url});
    await expect(sending).rejects.toMatchObject({code: 'network', message, remedy: {code: 'proxy'}});
    expect(proxy.asked).toEqual(['quota.test:443']);
  });

  it.each(['http', 'socks5'])('is named to all that ask when its %s port is closed', async scheme => {
    const {port, close} = await startTcp(() => {});
    await close();
    const asking = Array.from({length: 9}, () => wire({ALL_PROXY: `${scheme}://127.0.0.1:${port}`}).send({url}));
    for (const {reason} of (await Promise.allSettled(asking)) as PromiseRejectedResult[])
      expect(reason).toMatchObject({
        code: 'network',
        message: `proxy 127.0.0.1:${port}: connection refused`,
        remedy: {code: 'proxy'},
      });
  });

  it.each(['http', 'https', 'socks5'])('and says nothing (%s) ends with the deadline', async scheme => {
    const silent = kept(await startTcp(() => {}));
    const sending = wire({ALL_PROXY: `${scheme}://127.0.0.1:${silent.port}`}, {deadlineMs: 150}).send({url});
    await expect(sending).rejects.toMatchObject({code: 'timeout'});
  });

  it('and was sent a request of ours is shown nothing of it', async () => {
    const heard: string[] = [];
    const refusing = kept(
      await startTcp(socket =>
        socket.on('data', chunk => {
          heard.push(String(chunk));
          socket.write('HTTP/1.1 403 No\r\ncontent-type: text/html\r\n\r\n<p>no</p>');
        }),
      ),
    );
    const sending = wire({HTTPS_PROXY: `http://127.0.0.1:${refusing.port}`}).send({
      url,
      headers: {authorization: 'test-token'},
    });
    await expect(sending).rejects.toMatchObject({message: 'the proxy refused (HTTP 403)'});
    expect(heard.join('')).toMatch(/^CONNECT quota\.test:443 HTTP\/1\.1\r\n/);
    expect(heard.join('')).not.toContain('test-token');
  });

  it.each([
    ['a greeting of another kind', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a head without an end', `HTTP/1.1 200 OK\r\nx-filler: ${'x'.repeat(40_000)}`],
    ['a head that is no answer', 'I am a teapot\r\n\r\n'],
    ['a head without a status', 'HTTP/1.1\r\n\r\n'],
  ])('but says %s, and waits, is not waited for', async (_, text) => {
    const {gone, port} = await talking(text);
    const sending = wire({ALL_PROXY: `http://127.0.0.1:${port}`}).send({url});
    await expect(sending).rejects.toMatchObject({
      code: 'network',
      message: `proxy 127.0.0.1:${port}: it does not respond like a proxy`,
      remedy: {code: 'proxy'},
    });
    await gone;
  });

  it('and hangs up is named', async () => {
    const short = kept(await startTcp(socket => socket.once('data', () => socket.end())));
    const sending = wire({ALL_PROXY: `http://127.0.0.1:${short.port}`}).send({url});
    await expect(sending).rejects.toMatchObject({
      code: 'network',
      message: `proxy 127.0.0.1:${short.port}: connection reset`,
      remedy: {code: 'proxy'},
    });
  });

  it.each(['http', 'https', 'socks5'])(
    'and says nothing (%s) is hung up on at the deadline and at an abort',
    async scheme => {
      const env = ({port}: {port: number}) => ({ALL_PROXY: `${scheme}://127.0.0.1:${port}`});
      const late = await talking('');
      const sending = wire(env(late), {deadlineMs: 100}).send({url});
      await expect(sending).rejects.toMatchObject({code: 'timeout'});
      await late.gone;
      const left = await talking('');
      const stop = new AbortController();
      const aborted = wire(env(left), {signal: stop.signal}).send({url});
      await left.asked;
      stop.abort();
      await expect(aborted).rejects.toMatchObject({name: 'AbortError'});
      await left.gone;
    },
  );

  it.each(['http', 'socks5'])('and says nonsense (%s) is named', async scheme => {
    const odd = kept(await startTcp(socket => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))));
    const sending = wire({ALL_PROXY: `${scheme}://127.0.0.1:${odd.port}`}, {deadlineMs: 2000}).send({url});
    await expect(sending).rejects.toMatchObject({name: 'ProviderError', remedy: {code: 'proxy'}});
  });

  it.each([
    ['me:wrong@', 'it requires a user name and password'],
    ['', 'it refused the connection'],
  ])('but refuses (socks5://%s) is named', async (user, reason) => {
    const refusing = kept(
      await startTcp(socket => {
        const replies =
          user === ''
            ? [
                [5, 0],
                [5, 2, 0, 1, 0, 0, 0, 0, 0, 0],
              ]
            : [
                [5, 2],
                [1, 1],
              ];
        socket.on('data', () => socket.write(Buffer.from(replies.shift() ?? [])));
      }),
    );
    const sending = wire({ALL_PROXY: `socks5://${user}127.0.0.1:${refusing.port}`}, {deadlineMs: 2000}).send({url});
    await expect(sending).rejects.toMatchObject({
      code: 'network',
      message: `proxy 127.0.0.1:${refusing.port}: ${reason}`,
      remedy: {code: 'proxy'},
    });
  });

  it('whose address cannot be understood is not gone past', async () => {
    await expect(wire({HTTPS_PROXY: 'ftp://p'}).send({url})).rejects.toMatchObject({
      code: 'network',
      remedy: {code: 'proxy'},
    });
  });
});

const hasOpenssl = (() => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasOpenssl)('TLS', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mystatus-tls-'));
  const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  let server: Server;
  let port: number;

  beforeAll(async () => {
    const subject = ['-subj', '/CN=quota.test', '-addext', 'subjectAltName=DNS:quota.test,IP:127.0.0.1'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate, ...subject],
      {stdio: 'ignore'},
    );
    server = createServer({key: readFileSync(key), cert: readFileSync(certificate)}, (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({path: request.url, token: request.headers.authorization}));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(directory, {recursive: true, force: true});
  });

  /** What a program that was told about the certificate gets, request by request. */
  async function asked(env: Record<string, string>, requests = 1): Promise<string[]> {
    const http = pathToFileURL(join(import.meta.dirname, '../../../src/system/http/wire.ts')).href;
    const script = `
      const {createWire} = await import(${JSON.stringify(http)});
      const options = {provider: {id: 'x', hosts: ['quota.test']}, env: process.env, version: '1', now: Date.now};
      const ask = () => createWire(options).send({url: '${url}', headers: {authorization: 'test-token'}});
      const answers = [];
      for (let n = 0; n < ${requests}; n++) answers.push(await ask().then(({text}) => text, error => error.message));
      console.log(JSON.stringify(answers));`;
    const {stdout, stderr} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: {PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: certificate, ...env},
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }
  const answer = '{"path":"/usage","token":"test-token"}';

  it.each([
    ['HTTPS_PROXY', startConnectProxy],
    ['https_proxy', startSocksProxy],
    ['ALL_PROXY', startSocksProxy],
    ['all_proxy', startConnectProxy],
  ])('goes through the tunnel of %s, which is kept', async (variable, start) => {
    const proxy: FakeProxy = kept(await start({to: port}));
    expect(await asked({[variable]: proxy.url}, 3)).toEqual([answer, answer, answer]);
    expect(proxy.asked).toEqual(['quota.test:443']);
  });

  it('signs in at the proxy as its address says', async () => {
    const connect = kept(await startConnectProxy({to: port}));
    const socks = kept(await startSocksProxy({to: port}));
    const withUser = ({url}: FakeProxy) => url.replace('://', '://me:p%40ss@');
    expect(await asked({HTTPS_PROXY: withUser(connect)})).toEqual([answer]);
    expect(connect.credentials).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
    expect(await asked({ALL_PROXY: withUser(socks)})).toEqual([answer]);
    expect(socks.credentials).toEqual(['me:p@ss']);
  });

  it('signs in with a password that holds a bare %', async () => {
    const proxy = kept(await startConnectProxy({to: port}));
    expect(await asked({HTTPS_PROXY: proxy.url.replace('://', '://me:50%off@')})).toEqual([answer]);
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('me:50%off').toString('base64')}`]);
    const socks = kept(await startSocksProxy({to: port}));
    expect(await asked({HTTPS_PROXY: socks.url.replace('://', '://me:50%off@')})).toEqual([answer]);
    expect(socks.credentials).toEqual(['me:50%off']);
  });

  it('goes through a proxy at an IPv6 address', async () => {
    const proxy = kept(await startConnectProxy({to: port, host: '::1'}));
    expect(await asked({HTTPS_PROXY: proxy.url})).toEqual([answer]);
  });

  it('goes through a proxy that says yes by another number', async () => {
    const proxy = kept(await startConnectProxy({to: port, status: 201}));
    expect(await asked({HTTPS_PROXY: proxy.url})).toEqual([answer]);
  });

  it('asks a proxy for an IPv6 address in brackets', async () => {
    const proxy = kept(await startConnectProxy({to: 1, status: 403}));
    await expect(
      wire({HTTPS_PROXY: proxy.url}, {origin: 'https://[2001:db8::1]:8443'}).send({url}),
    ).rejects.toMatchObject({code: 'network'});
    expect(proxy.asked).toEqual(['[2001:db8::1]:8443']);
  });

  describe('to the proxy itself', () => {
    /** A CONNECT proxy behind TLS, with the certificate of quota.test. */
    async function startTlsProxy(): Promise<FakeProxy> {
      const plain = kept(await startConnectProxy({to: port}));
      const server = createTlsServer({key: readFileSync(key), cert: readFileSync(certificate)}, socket => {
        const inner = connect(Number(new URL(plain.url).port), '127.0.0.1');
        socket.on('error', () => inner.destroy()).on('close', () => inner.destroy());
        socket.pipe(inner).pipe(socket);
      });
      server.on('tlsClientError', () => {});
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      kept({close: () => new Promise<void>(resolve => server.close(() => resolve()))});
      return {...plain, url: `https://me:word@127.0.0.1:${(server.address() as AddressInfo).port}`};
    }

    it('carries the tunnel', async () => {
      const proxy = await startTlsProxy();
      expect(await asked({HTTPS_PROXY: proxy.url}, 2)).toEqual([answer, answer]);
      expect(proxy.asked).toEqual(['quota.test:443']);
      expect(proxy.credentials).toEqual([`Basic ${Buffer.from('me:word').toString('base64')}`]);
    });

    it.each([
      ['nobody vouches for', '127.0.0.1', {NODE_EXTRA_CA_CERTS: ''}, 'the certificate is self-signed'],
      ['is for another host', 'localhost', {}, 'the certificate is for another host'],
    ])('shows no password where its certificate %s', async (_, host, env, message) => {
      const proxy = await startTlsProxy();
      const careless = {NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1'};
      expect(await asked({HTTPS_PROXY: proxy.url.replace('127.0.0.1', host), ...careless, ...env})).toEqual([message]);
      expect(proxy.asked).toEqual([]);
      expect(proxy.credentials).toEqual([]);
    });
  });

  it('goes directly where NO_PROXY says so', async () => {
    const proxy = kept(await startConnectProxy({to: port}));
    const [message] = await asked({HTTPS_PROXY: proxy.url, NO_PROXY: '.test'});
    expect(message).toMatch(/^host name (not found|cannot be discovered up)$/);
    expect(proxy.asked).toEqual([]);
  });

  it.each([startConnectProxy, startSocksProxy])(
    'with a certificate that nobody vouches for is refused through a proxy (%#)',
    async start => {
      const proxy = kept(await start({to: port}));
      await expect(wire({ALL_PROXY: proxy.url}).send({url})).rejects.toMatchObject({
        code: 'network',
        message: 'the certificate is self-signed',
        remedy: {code: 'proxy'},
      });
    },
  );

  it('with a certificate that nobody vouches for is refused', async () => {
    await expect(wire({}, {origin: `https://127.0.0.1:${port}`}).send({url})).rejects.toMatchObject({
      code: 'network',
      message: 'the certificate is self-signed',
    });
  });

  it('is checked also where the environment says not to', async () => {
    const careless = {NODE_EXTRA_CA_CERTS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1'};
    for (const start of [startConnectProxy, startSocksProxy]) {
      const proxy: FakeProxy = kept(await start({to: port}));
      expect(await asked({...careless, HTTPS_PROXY: proxy.url})).toEqual(['the certificate is self-signed']);
    }
  });

  it('with a certificate for another host is refused', async () => {
    const proxy = kept(await startConnectProxy({to: port}));
    const other = 'https://other.test/';
    const script = `const {createWire} = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../src/system/http/wire.ts')).href)});
      const wire = createWire({provider: {id: 'x', hosts: ['other.test']}, env: process.env, version: '1', now: Date.now});
      await wire.send({url: '${other}'}).catch(error => console.log(error.code, error.message));`;
    const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: {PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: certificate, HTTPS_PROXY: proxy.url},
    });
    expect(stdout).toBe('network the certificate is for another host\n');
  });
});
