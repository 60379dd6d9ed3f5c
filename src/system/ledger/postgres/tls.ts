import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ConnectionOptions} from 'node:tls';
import {type Address, AddressError} from './address.ts';

/** TLS as libpq's `sslmode` means it: the ways to connect, in the order in which they are tried. */

export type Tls = false | ConnectionOptions;

/** Reads the certificates. Throws `AddressError` where a named one cannot be read. */
export function tlsWays(address: Address, home: string): Tls[] {
  if (address.host.startsWith('/')) return [false];
  const files = filesFor(address, home);
  const unverified = {...files.own, rejectUnauthorized: false};
  switch (address.sslMode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, unverified];
    case 'prefer':
      return [unverified, false];
    case 'require':
      // With a root certificate it is checked, as by libpq of old.
      return [files.root === null ? unverified : byAuthority(files)];
    case 'verify-ca':
      return [byAuthority(files)];
    case 'verify-full':
      return [{...files.own, ...trusting(files)}];
  }
}

type Files = {own: ConnectionOptions; root: string | 'system' | null};

function filesFor({rootCertificate, certificate, key}: Address, home: string): Files {
  const usual = (name: string): string | null => {
    const path = join(home, '.postgresql', name);
    return existsSync(path) ? path : null;
  };
  const [certPath, keyPath] = [certificate ?? usual('postgresql.crt'), key ?? usual('postgresql.key')];
  const own =
    certPath === null ? {} : {cert: read(certPath, 'sslcert'), ...(keyPath && {key: read(keyPath, 'sslkey')})};
  const rootPath = rootCertificate ?? usual('root.crt');
  return {own, root: rootPath === null || rootPath === 'system' ? rootPath : read(rootPath, 'sslrootcert')};
}

function read(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new AddressError(`names an ${name} that cannot be read`);
  }
}

/** Without a root certificate libpq refuses to verify. */
function trusting({root}: Files): ConnectionOptions {
  if (root === null) throw new AddressError('wants the server verified and names no sslrootcert');
  return root === 'system' ? {} : {ca: root};
}

/** The authority vouches for the server; its name may be another. Where anybody can have a certificate the name counts. */
const byAuthority = (files: Files): ConnectionOptions => ({
  ...files.own,
  ...trusting(files),
  ...(files.root === 'system' ? {} : {checkServerIdentity: () => undefined}),
});
