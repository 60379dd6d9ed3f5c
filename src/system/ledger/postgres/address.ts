/** Where the database is, as its address and libpq's variables say. Nothing here is read from disk. */

type Environment = Readonly<Record<string, string | undefined>>;

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

export type Address = {
  /** A name, or the directory of a socket. */
  host: string;
  port: number;
  user: string;
  database: string;
  /** As the address or PGPASSWORD says; null: perhaps `.pgpass` does. */
  password: string | null;
  sslMode: SslMode;
  /** Files, where they are named. */
  rootCertificate: string | null;
  certificate: string | null;
  key: string | null;
  /** For the server, as `-c search_path=…`. */
  options: string | null;
};

/** An address that cannot be used; the message says why and quotes nothing of it. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

// A URL with a user and a socket's directory has no host, which the standard does not allow.
const noHost = 'no-host.invalid';
const schemes = /^postgres(?:ql)?:\/\//i;
const isPostgres = (text: string): boolean => schemes.test(text.trim());

/** What is wrong with a value of the setting `ledger`; null: nothing. It quotes none of it. */
export function whyNoLedger(text: string): string | null {
  if (text === 'sqlite') return null;
  try {
    addressOf(text, {});
    return null;
  } catch (error) {
    if (!isPostgres(text)) return 'must be sqlite or postgres://…';
    return error instanceof AddressError ? error.message : 'is not an address';
  }
}

/** Throws `AddressError`. */
export function addressOf(text: string, env: Environment): Address {
  const url = parsed(text);
  const told = (name: string, variable: string): string | null => url.searchParams.get(name) || env[variable] || null;
  const user = decoded(url.username) || told('user', 'PGUSER') || userName();
  return {
    host: hostIn(url) || told('host', 'PGHOST') || 'localhost',
    port: portOf(url.port || told('port', 'PGPORT') || '5432'),
    user,
    database: decoded(url.pathname.slice(1)) || told('dbname', 'PGDATABASE') || user,
    password: decoded(url.password) || told('password', 'PGPASSWORD'),
    sslMode: sslModeOf(told('sslmode', 'PGSSLMODE')),
    rootCertificate: told('sslrootcert', 'PGSSLROOTCERT'),
    certificate: told('sslcert', 'PGSSLCERT'),
    key: told('sslkey', 'PGSSLKEY'),
    options: told('options', 'PGOPTIONS'),
  };
}

/** For people: where it is, without who and by what password. */
export const shownAddress = ({host, port, database}: Address): string =>
  host.startsWith('/') ? `${database} (socket in ${host})` : `${host}:${port}/${database}`;

function parsed(text: string): URL {
  if (!isPostgres(text)) throw new AddressError('must begin with postgres://');
  try {
    return new URL(text.trim().replace(/^([^/]+\/\/)((?:[^/?#]*@)?)(?=[/?#]|$)/, `$1$2${noHost}`));
  } catch {
    const why = /^[^/]+\/\/[^/]*,/.test(text.trim()) ? 'may name one host only' : 'is not an address';
    throw new AddressError(why);
  }
}

/** A socket's directory may stand encoded in the place of the host. */
function hostIn(url: URL): string {
  const host = decoded(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  if (host.includes(',')) throw new AddressError('may name one host only');
  return host === noHost ? '' : host;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AddressError('has a % that encodes nothing');
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new AddressError('has a port that is none');
  return port;
}

function sslModeOf(text: string | null): SslMode {
  if (text === null) return 'prefer';
  const mode = sslModes.find(each => each === text);
  if (mode === undefined) throw new AddressError(`has an sslmode that is not one of ${sslModes.join(', ')}`);
  return mode;
}

function userName(): string {
  try {
    // A status bar reads addresses, and loads as little as it can.
    return process.getBuiltinModule('node:os').userInfo().username;
  } catch {
    return 'postgres'; // a user whom the system does not know, as in containers
  }
}
