import {describe, expect, it} from 'vitest';
import {proxyFor} from '../../../src/system/http/proxy.ts';

const proxy = (address: string, env: Record<string, string>) => proxyFor(new URL(address), env)?.href ?? null;
const site = 'https://api.example.com/usage';

describe('the proxy for a request', () => {
  it.each([
    [{HTTPS_PROXY: 'http://p:1'}, 'http://p:1/'],
    [{https_proxy: 'http://p:1'}, 'http://p:1/'],
    [{https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1'}, 'http://lower:1/'],
    [{https_proxy: '', HTTPS_PROXY: 'http://upper:1'}, 'http://upper:1/'],
    [{HTTPS_PROXY: 'http://p:1', ALL_PROXY: 'socks5://s:2'}, 'http://p:1/'],
    [{ALL_PROXY: 'socks5://s:2'}, 'socks5://s:2'],
    [{all_proxy: 'socks5h://s:2'}, 'socks5h://s:2'],
    [{HTTPS_PROXY: 'socks5://user:pa%20ss@s:2'}, 'socks5://user:pa%20ss@s:2'],
    [{HTTPS_PROXY: 'https://p'}, 'https://p/'],
    [{HTTPS_PROXY: 'p:3128'}, 'http://p:3128/'],
    [{HTTPS_PROXY: 'p'}, 'http://p/'],
    [{HTTPS_PROXY: ' http://p:1 '}, 'http://p:1/'],
    [{HTTP_PROXY: 'http://p:1'}, null],
    [{}, null],
  ])('%j gives %s', (env, expected) => {
    expect(proxy(site, env)).toBe(expected);
  });

  it('follows the scheme of the request', () => {
    const env = {HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'http://tls:1'};
    expect(proxy('http://api.example.com/', env)).toBe('http://plain:1/');
    expect(proxy('https://api.example.com/', env)).toBe('http://tls:1/');
  });

  it.each(['https://localhost', 'http://127.0.0.1:8080', 'http://127.3.2.1', 'https://[::1]:8443'])(
    'is none for %s',
    address => {
      expect(proxy(address, {ALL_PROXY: 'http://p:1'})).toBeNull();
    },
  );

  it.each(['ftp://p:1', 'socks6://p:1', 'http://', '://', 'http://p:notaport', 'javascript:alert(1)'])(
    'that cannot be understood (%s) is a failure: going past it would not be what was asked for',
    value => {
      expect(() => proxy(site, {HTTPS_PROXY: value})).toThrow(
        expect.objectContaining({name: 'ProviderError', code: 'network', remedy: {code: 'proxy'}}),
      );
    },
  );

  it('names the variable and not the password of a proxy that cannot be understood', () => {
    expect(() => proxy(site, {all_proxy: 'ftp://me:secret@p:1'})).toThrow('ALL_PROXY is not a proxy address');
  });
});

describe('NO_PROXY', () => {
  const direct = (noProxy: string, address = site) =>
    proxy(address, {ALL_PROXY: 'http://p:1', NO_PROXY: noProxy}) === null;

  it.each([
    ['*', true],
    ['api.example.com', true],
    ['API.Example.COM', true],
    ['example.com', true],
    ['.example.com', true],
    ['*.example.com', true],
    ['other.com, example.com', true],
    ['other.com example.com', true],
    [' ,, example.com ,', true],
    ['example.com.', true],
    ['api.example.com:443', true],
    ['example.com:8443', false],
    ['ample.com', false],
    ['api.example.com.evil', false],
    ['x.api.example.com', false],
    ['pi.example.com', false],
    ['com', true],
    ['10.0.0.0/8', false],
    ['', false],
    [',', false],
    ['.', false],
    ['*.', false],
    [':443', false],
  ])('%j lets api.example.com be asked directly: %s', (noProxy, expected) => {
    expect(direct(noProxy)).toBe(expected);
  });

  it.each([
    ['https://10.1.2.3', '10.1.2.3', true],
    ['https://10.1.2.3', '10.0.0.0/8', true],
    ['https://10.1.2.3', '11.0.0.0/8', false],
    ['https://10.1.2.3', '10.0.0.0/33', false],
    ['https://10.1.2.3', '10.0.0.0/x', false],
    ['https://10.1.2.3:8443', '10.1.2.3:8443', true],
    ['https://10.1.2.3', '10.1.2.3:8443', false],
    ['https://10.1.2.3', '2.3', false],
    ['https://[2001:db8::1]', '2001:db8::1', true],
    ['https://[2001:db8::1]', '[2001:db8::1]', true],
    ['https://[2001:db8::1]:8443', '[2001:db8:0::1]:8443', true],
    ['https://[2001:db8::1]', '[2001:db8::1]:8443', false],
    ['https://[2001:db8::1]', '2001:db8::/32', true],
    ['https://[2001:db9::1]', '2001:db8::/32', false],
  ])('%s with %j is asked directly: %s', (address, noProxy, expected) => {
    expect(direct(noProxy, address)).toBe(expected);
  });

  it('is read in either case, lower case first', () => {
    expect(proxy(site, {ALL_PROXY: 'http://p:1', no_proxy: 'example.com'})).toBeNull();
    expect(proxy(site, {ALL_PROXY: 'http://p:1', no_proxy: 'other.com', NO_PROXY: 'example.com'})).not.toBeNull();
  });
});
