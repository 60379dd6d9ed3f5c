import {describe, expect, it} from 'vitest';
import {isLoopback, listenAddress, urlOf} from '../../src/server/address.ts';
import {createHostCheck} from '../../src/server/hosts.ts';
import {createRateLimit} from '../../src/server/rate-limit.ts';

describe('where it listens', () => {
  it.each([
    ['9000', 'http://127.0.0.1:9000/', true],
    ['127.0.0.1', 'http://127.0.0.1:7878/', true],
    ['127.8.0.1:80', 'http://127.8.0.1:80/', true],
    ['localhost:9000', 'http://127.0.0.1:9000/', true],
    ['LocalHost', 'http://127.0.0.1:7878/', true],
    ['[::1]:9000', 'http://[::1]:9000/', true],
    ['::1', 'http://[::1]:7878/', true],
    ['[::ffff:127.0.0.1]:1', 'http://[::ffff:127.0.0.1]:1/', true],
    ['0.0.0.0:9000', 'http://0.0.0.0:9000/', false],
    ['[::]:9000', 'http://[::]:9000/', false],
    ['192.0.2.7:65535', 'http://192.0.2.7:65535/', false],
    ['[::ffff:192.0.2.7]:1', 'http://[::ffff:192.0.2.7]:1/', false],
    ['/run/limits.sock', 'unix:/run/limits.sock', true],
  ])('%s is %s', (text, url, loopback) => {
    const address = listenAddress(text);
    expect(address).not.toBeNull();
    if (address === null) return;
    expect(urlOf(address)).toBe(url);
    expect(isLoopback(address)).toBe(loopback);
  });

  it.each([
    '',
    ':',
    '127.0.0.1:',
    ':7878x',
    '127.0.0.1:65536',
    '-1',
    '7878 ',
    'desk.example:7878',
    '[127.0.0.1]:80',
    '::1:x',
    'http://127.0.0.1:80',
    '256.0.0.1:80',
  ])('%j is no place', text => expect(listenAddress(text)).toBeNull());
});

describe('the host that a request names', () => {
  const loopback = createHostCheck({host: '127.0.0.1', port: 7878}, ['limits.example']);
  const everywhere = createHostCheck({host: '0.0.0.0', port: 7878}, []);

  it.each(['127.0.0.1:7878', 'localhost', 'LOCALHOST:9000', '[::1]:7878', 'limits.example', 'Limits.Example:443'])(
    'is ours: %s',
    host => {
      expect(loopback(host, '127.0.0.1')).toBe(true);
    },
  );
  it.each([
    '',
    'evil.example',
    'localhost.evil.example',
    'localhost.',
    'you@localhost',
    'localhost:7878/x',
    'localhost:',
    '127.0.0.2',
    '[::2]',
    'xlimits.example',
    '127.1',
  ])('is not: %j', host => {
    expect(loopback(host, '127.0.0.1')).toBe(false);
  });
  it('may be any address of this machine at which a request comes in, and no name', () => {
    expect(everywhere('192.0.2.7:7878', '::ffff:192.0.2.7')).toBe(true);
    expect(everywhere('192.0.2.8:7878', '192.0.2.7')).toBe(false);
    expect(everywhere('desk.example', '192.0.2.7')).toBe(false);
    expect(everywhere('localhost:7878', '127.0.0.1')).toBe(true);
  });
});

describe('how much one address may ask', () => {
  it('is a burst, and then as much as comes back with time', () => {
    let now = 0;
    const {take} = createRateLimit({burst: 3, perSecond: 2}, () => now);
    expect([1, 2, 3, 4].map(() => take('a'))).toEqual([true, true, true, false]);
    expect(take('b')).toBe(true);
    now = 500;
    expect([take('a'), take('a')]).toEqual([true, false]);
    now = 60_000;
    expect([1, 2, 3, 4].map(() => take('a'))).toEqual([true, true, true, false]);
  });
  it('does not come back when a clock is set back', () => {
    let now = 60_000;
    const {take} = createRateLimit({burst: 1, perSecond: 1}, () => now);
    expect(take('a')).toBe(true);
    now = 0;
    expect(take('a')).toBe(false);
  });
});
