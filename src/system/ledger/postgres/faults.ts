import {sanitize} from '../../../core/text/sanitize.ts';
import {AddressError} from './address.ts';
import {NewerSchemaError, NoSchemaError} from './schema.ts';

/** What an error of the database means: in one line for people, and for what is to be done. */

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there',
  ENOENT: 'there is no such socket',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  EACCES: 'permission denied',
  '28P01': 'the password is wrong',
  '28000': 'the server refuses this user',
  '3D000': 'there is no such database',
  '42501': 'this role lacks a right that it needs',
  '25006': 'it is read-only',
  '53100': 'the disk of the server is full',
  '53300': 'the server has no room for another connection',
  '57P01': 'the server was shut down',
  '57P02': 'the server crashed',
  '57P03': 'the server is starting or stopping',
  '57014': 'it is too slow',
  '42P01': 'the tables are not there any more',
  '3F000': 'the schema is not there any more',
};

const phrases: readonly (readonly [RegExp, string])[] = [
  [/does not support SSL/i, 'the server has no TLS, and sslmode asks for it'],
  [/password must be a string|no password supplied/i, 'a password is needed: in the address, PGPASSWORD or .pgpass'],
  [/timeout/i, 'it does not answer in time'],
  [/Connection terminated|Connection ended/i, 'the connection was closed'],
  [/^no pg_hba\.conf entry/i, 'the server refuses this user, host or kind of connection (pg_hba.conf)'],
  [/altnames|does not match certificate/i, 'its certificate is of another host'],
];

const certificate =
  /^(?:(?:DEPTH_ZERO_|ERR_TLS_|UNABLE_TO_|CERT_)[A-Z_]*|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH)$/;

/** In a few words, without who and by what password: texts of a server are quoted only where nothing else is known. */
export function reasonFor(error: unknown): string {
  if (error instanceof AddressError) return `its address ${error.message}`;
  if (error instanceof NewerSchemaError || error instanceof NoSchemaError) return error.message;
  const {message} = error as {message?: unknown};
  const text = typeof message === 'string' ? message : '';
  const code = codeOf(error);
  const phrase = phrases.find(([pattern]) => pattern.test(text));
  if (phrase !== undefined) return phrase[1];
  if (certificate.test(code)) return 'its certificate cannot be verified (sslmode, sslrootcert)';
  return reasons[code] ?? `it reports ${sanitize(text || code || 'an unknown error', 120)}`;
}

/** Of an error of several addresses that were tried, that of the first. */
function codeOf(error: unknown): string {
  const {code, errors} = error as {code?: unknown; errors?: unknown};
  const [first] = Array.isArray(errors) ? errors : [];
  return String(code ?? (first as {code?: unknown} | undefined)?.code ?? '');
}

/**
 * `gone`: the connection or the server is of no use now; `denied`: this role, or this server, may only be read;
 * `row`: what was to be written is at fault, and would be so again; `again`: the same may work at once.
 */
export function troubleOf(error: unknown): 'gone' | 'denied' | 'row' | 'again' {
  const code = codeOf(error);
  if (code === '25006' || code === '42501') return 'denied';
  if (code === '40001' || code === '40P01') return 'again';
  return /^2[23][0-9A-Z]{3}$/.test(code) ? 'row' : 'gone';
}
