import {isIP} from 'node:net';
import {bareHost, isLoopback, type ListenAddress, plainIp} from './address.ts';

/**
 * A page of a stranger can give its own name the address of this machine, and then ask as if it were ours (DNS rebinding).
 * So a name must be one that is meant for us; an address must be the one that the request came in at.
 */
export type HostCheck = (host: string, localAddress: string) => boolean;

const ofThisMachine: readonly string[] = ['localhost', '127.0.0.1', '::1'];

export function createHostCheck(address: ListenAddress, allowed: readonly string[]): HostCheck {
  const names = new Set([...allowed.map(name => bareHost(name.toLowerCase())), 'localhost']);
  // A tunnel ends at another port than ours: that the name is right is what counts.
  if (isLoopback(address)) for (const name of ofThisMachine) names.add(name);
  if ('host' in address) names.add(address.host);
  return (host, localAddress) => {
    const name = nameIn(host);
    if (name === null) return false;
    return names.has(name) || (isIP(name) !== 0 && name === plainIp(localAddress));
  };
}

/** `name`, `name:port`, `[::1]:port`; null where it is neither, as with a user or a path in it. */
function nameIn(host: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host) ?? [];
  return name === undefined ? null : bareHost(name.toLowerCase());
}

/** What `--allow-host` takes. */
export const isHostName = (text: string): boolean => /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)$/i.test(text);
