import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Connection, type Served, serveFake} from '../support/served.ts';
import {fresh} from '../support/state.ts';
import {until} from '../support/until.ts';

let served: Served;
const most = 20;
beforeAll(async () => {
  served = await serveFake(fresh(), {connections: most, rate: {burst: 100_000, perSecond: 100_000}});
});
afterAll(() => served.close());

const get = (path: string, headers = 'Host: localhost\r\n'): string =>
  `GET ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`;
const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
const isWell = async (): Promise<boolean> => (await served.ask('/healthz')).status === 200;

describe('a path that means something else', () => {
  it.each([
    ['/../etc/passwd', 400],
    ['/v1/../../etc/passwd', 400],
    ['/./v1/readings', 400],
    ['/..%2f..%2fetc/passwd', 400],
    ['/%00', 400],
    ['/v1/readings%00.html', 400],
    ['/page.js/', 400],
    ['//localhost/v1/readings', 400],
    ['http://localhost/v1/readings', 400],
    ['http://evil.example/', 400],
    ['*', 400],
    ['/v1\\readings', 400],
    [`/${'a'.repeat(2000)}`, 400],
    [`/${'a'.repeat(500)}!`, 400],
    ['/__proto__', 404],
    ['/src/server/page/page.ts', 404],
    ['/page.js.map', 404],
  ])('%s', async (path, status) => {
    const text = await served.raw(get(path));
    expect(statusOf(text)).toBe(status);
    expect(text).not.toMatch(/root:|openai/);
  });
});

describe('a request that is none', () => {
  it.each([
    ['nothing of HTTP', 'GARBAGE\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['an end of line alone in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\nb\r\n\r\n', 400],
    ['no host', get('/healthz', ''), 400],
    ['two hosts', get('/healthz', 'Host: localhost\r\nHost: localhost\r\n'), 421],
    ['a host of nobody', get('/healthz', 'Host: \r\n'), 421],
    ['a body', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc', 400],
    [
      'a body in chunks',
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'two lengths',
      'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['a header without an end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}`, 431],
    ['another protocol', 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 400],
    ['a tunnel', 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n', 405],
    ['an expectation', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n', 417],
  ])('is answered by one line: %s', async (_, bytes, status) => {
    const text = await served.raw(bytes);
    expect(statusOf(text)).toBe(status);
    expect(text).not.toMatch(/openai|node:|at .*\.js/);
    expect(await isWell()).toBe(true);
    expect(served.complaints).toEqual([]);
  });

  it('does not smuggle another one in', async () => {
    const inner = 'GET /v1/readings HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const text = await served.raw(
      `GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
    );
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(text).not.toContain('openai');
  });
});

describe('more connections than there may be', () => {
  it('close those that say nothing for longest, and keep nobody else out', async () => {
    const idle: Connection[] = [];
    for (let count = 0; count < 5 * most; count++) idle.push(served.open('GET /v1/readings HTTP/1.1\r\nHost: loc'));
    await until(
      () => idle.filter(({socket}) => socket.destroyed).length >= 4 * most,
      () => `${idle.filter(({socket}) => socket.destroyed).length} closed`,
    );
    expect(await isWell()).toBe(true);
    expect(statusOf(idle[0]?.text() ?? '')).toBe(503);
    for (const {socket} of idle) socket.destroy();
  });

  it('say 503 while all are listeners, and serve again when one has gone', async () => {
    const listeners: Connection[] = [];
    for (let count = 0; count < most; count++) {
      const listener = served.open('GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
      listeners.push(listener);
      await until(() => listener.text().includes('event: reading'), listener.text);
    }
    expect(statusOf(await served.raw(get('/healthz')))).toBe(503);
    for (const {socket} of listeners) socket.destroy();
    await until(isWell, () => 'is not served again');
  });
});
