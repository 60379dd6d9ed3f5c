import {BlockList, isIP} from 'node:net';
import {ProviderError} from '../../core/model.ts';
import {isLoopback} from './origins.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy through which a URL is asked, by the usual convention: `HTTPS_PROXY` or `HTTP_PROXY` by the URL's scheme, else
 * `ALL_PROXY`, in either case (lower case first), unless `NO_PROXY` names the host. This machine is always asked directly.
 * Throws `ProviderError` for a proxy that cannot be understood: going past it could show the user's address.
 */
export function proxyFor(url: URL, env: Environment): URL | null {
  if (isLoopback(url.hostname) || isExempt(url, read(env, 'no_proxy') ?? '')) return null;
  for (const name of [url.protocol === 'https:' ? 'https_proxy' : 'http_proxy', 'all_proxy']) {
    const value = read(env, name);
    if (value !== undefined) return parseProxy(value, name.toUpperCase());
  }
  return null;
}

/** Blank counts as not set. */
const read = (env: Environment, name: string): string | undefined =>
  env[name]?.trim() || env[name.toUpperCase()]?.trim() || undefined;

const schemes = ['http:', 'https:', 'socks:', 'socks4:', 'socks4a:', 'socks5:', 'socks5h:'];

function parseProxy(value: string, name: string): URL {
  const full = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || url.hostname === '' || !schemes.includes(url.protocol))
    throw new ProviderError('network', {detail: `${name} is not a proxy address`, remedy: 'proxy'});
  return url;
}

/**
 * `NO_PROXY`: hosts separated by commas or blanks. `example.com`, `.example.com` and `*.example.com` stand for the domain
 * and all below it, `*` for everything; an entry may carry a port, an address may carry a prefix length.
 */
function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some(entry => covers(entry, host, port));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const {name = '', entryPort} = splitPort(entry);
  if (entryPort !== undefined && entryPort !== port) return false;
  if (isIP(host) !== 0) return coversAddress(name, host);
  const domain = name.replace(/^\*?\./, '').replace(/\.$/, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

/** An address of version 6 is all colons: it has a port only behind brackets. */
function splitPort(entry: string): {name?: string; entryPort?: string} {
  if (isIP(entry) === 6 || /^[\da-f:]+\/\d+$/.test(entry)) return {name: entry};
  const {name, port} = /^\[?(?<name>[^\]]*?)\]?(?::(?<port>\d+))?$/.exec(entry)?.groups ?? {};
  return {...(name === undefined ? {} : {name}), ...(port === undefined ? {} : {entryPort: port})};
}

function coversAddress(entry: string, address: string): boolean {
  const [network = '', prefix] = entry.split('/');
  const family = isIP(network);
  if (family === 0) return false;
  const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
  if (!Number.isInteger(bits) || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
