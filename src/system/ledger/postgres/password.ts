import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {Address} from './address.ts';

/** Passwords as libpq finds them: in the address, in PGPASSWORD, in `.pgpass`. */

type Place = {env: Readonly<Record<string, string | undefined>>; home: string};

/** Null where none is known: the server may not want one. */
export function passwordFor(address: Address, place: Place): string | null {
  return address.password ?? passwordIn(textOf(fileIn(place)), address);
}

const fileIn = ({env, home}: Place): string =>
  env.PGPASSFILE ||
  (process.platform === 'win32' ? join(env.APPDATA ?? home, 'postgresql', 'pgpass.conf') : join(home, '.pgpass'));

/** As libpq: a file that others may read is passed over. */
function textOf(file: string): string {
  try {
    const {mode} = statSync(file);
    const isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0;
    return isOpen ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The first line that fits: host:port:database:user:password, where * fits all and \ escapes. */
function passwordIn(text: string, {host, port, database, user}: Address): string | null {
  const wanted = [host.startsWith('/') ? [host, 'localhost'] : [host], [String(port)], [database], [user]];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = fieldsOf(line);
    const [password] = fields.slice(4);
    const fits = wanted.every((words, at) => fields[at] === '*' || words.some(word => word === fields[at]));
    if (fits && password) return password;
  }
  return null;
}

const field = String.raw`((?:\\.|[^\\:])*)`;
const fields = new RegExp(`^${field}:${field}:${field}:${field}:(.*)$`);

function fieldsOf(line: string): string[] {
  const [, ...found] = fields.exec(line) ?? [];
  return found.map(text => text.replace(/\\(.)/g, '$1'));
}
