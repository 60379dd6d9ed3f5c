import {ProviderError} from '../../core/model.ts';
import {whyNotCustomUrl} from './origins.ts';

// The host as it is written, before a URL parser has smoothed it: no user name, port, escape, backslash or foreign letter.
const plainHttps = /^https:\/\/(?<host>[a-z\d-]+(?:\.[a-z\d-]+)+)(?=[/?]|$)/i;

/**
 * Where a request really goes: to the host that it names if the provider's credentials belong there, or to the same path
 * at the configured origin. Throws `ProviderError` for every other host, so that no mistake can send a token astray.
 */
export function targetOf(address: string, hosts: readonly string[], origin: string | null): URL {
  if (hosts.some(host => isOrigin(host) && isAt(address, host))) return moved(new URL(address), null);
  const host = plainHttps.exec(address)?.groups?.host?.toLowerCase();
  if (host === undefined || new URL(address).hostname !== host || !hosts.some(pattern => matchesHost(pattern, host)))
    throw new ProviderError('bad_response', {
      detail: `no credential is sent to ${hostOf(address)}`,
      remedy: 'endpoint',
    });
  return moved(new URL(address), origin);
}

const isOrigin = (host: string): boolean => host.includes('://');
/** No configured origin stands in for this one: it is the user's own already. */
const isAt = (address: string, origin: string): boolean =>
  whyNotCustomUrl(address) === null && new URL(address).origin === origin;

/** `*` stands for exactly one label: `*.ghe.com` takes in `a.ghe.com`, neither `ghe.com` nor `a.b.ghe.com`. */
function matchesHost(pattern: string, host: string): boolean {
  const [wanted, given] = [pattern.toLowerCase().split('.'), host.split('.')];
  return wanted.length === given.length && wanted.every((label, index) => label === '*' || label === given[index]);
}

/** Path and query are set one by one: a path such as `//elsewhere/` resolved against the origin would change the host. */
function moved(url: URL, origin: string | null): URL {
  url.hash = '';
  if (origin === null) return url;
  const target = new URL(origin);
  target.pathname = url.pathname;
  target.search = url.search;
  return target;
}

/** The host of an address for a message; never its user name or path, which may hold a secret. */
export function hostOf(address: string, base?: URL): string {
  return URL.canParse(address, base?.href) ? new URL(address, base).host : 'an address that cannot be read';
}
