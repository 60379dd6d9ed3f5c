import {isIP} from 'node:net';

/** Where to listen: an IP address and a port, or the path of a socket. */
export type ListenAddress = {host: string; port: number} | {path: string};

export const usualAddress = {host: '127.0.0.1', port: 7878} as const;
const highestPort = 65_535;

/** `7878`, `127.0.0.1:7878`, `[::1]:7878`, `localhost:7878` or `/run/…/socket`; null for anything else. */
export function listenAddress(text: string): ListenAddress | null {
  if (text.startsWith('/')) return {path: text};
  if (text.includes(':')) return hostAndPort(text);
  const port = portOf(text);
  return port === null ? withHost(text, usualAddress.port) : {host: usualAddress.host, port};
}

function hostAndPort(text: string): ListenAddress | null {
  // An address of version 6 alone is full of colons.
  if (isIP(text) === 6) return {host: text, port: usualAddress.port};
  const [, host = '', digits = ''] = /^(.*):([^:]*)$/.exec(text) ?? [];
  const port = portOf(digits);
  return port === null ? null : withHost(host, port);
}

/** A name would be looked up, and may mean another machine tomorrow; `localhost` means this one. */
function withHost(text: string, port: number): ListenAddress | null {
  if (text.toLowerCase() === 'localhost') return {host: usualAddress.host, port};
  const bare = bareHost(text);
  const isBracketed = bare !== text;
  return isIP(bare) === (isBracketed ? 6 : 4) ? {host: bare, port} : null;
}

function portOf(digits: string): number | null {
  if (!/^\d{1,5}$/.test(digits)) return null;
  const port = Number(digits);
  return port <= highestPort ? port : null;
}

/** Without the brackets that an address of version 6 has in a URL. */
export const bareHost = (host: string): string => /^\[(.*)\]$/.exec(host)?.[1] ?? host;

/** Without what marks an address of version 4 that came in over a socket of version 6. */
export const plainIp = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** Only programs of this machine reach it. */
export function isLoopback(address: ListenAddress): boolean {
  if ('path' in address) return true;
  const ip = plainIp(address.host);
  return /^127\./.test(ip) || ip === '::1';
}

/** As it is written in a URL. */
export const urlOf = (address: ListenAddress): string =>
  'path' in address
    ? `unix:${address.path}`
    : `http://${isIP(address.host) === 6 ? `[${address.host}]` : address.host}:${address.port}/`;
