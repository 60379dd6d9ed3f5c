import type {Machine, Rows} from '../../core/provider.ts';
import {nothing, only, remedyFor, together} from '../shared/held.ts';
import {isLocked} from '../shared/opencode-store.ts';
import {toText} from '../shared/values.ts';
import {type Found, foundToken, isMarkedOauth, isUsableToken} from './credential.ts';
import {githubHost} from './hosts.ts';
import {editorDirectories, type Place, unread} from './places.ts';

const source = 'github-copilot auth.db';

/** Where today's language server for editors keeps its logins; the JSON files beside it are left over, and stale. */
export async function inAuthDb(machine: Machine): Promise<Place> {
  const paths = editorDirectories(machine).map(directory => `${directory}/auth.db`);
  return together(await Promise.all(paths.map(path => inDatabase(machine, path))));
}

// What was read last, by the one function that a machine and its copies have in common.
const lastRead = new WeakMap<Machine['query'], Map<string, Place>>();

/** While its owner keeps the file locked, what was known of it holds. */
async function inDatabase(machine: Machine, path: string): Promise<Place> {
  const known = lastRead.get(machine.query) ?? new Map<string, Place>();
  lastRead.set(machine.query, known);
  const place = (await readDatabase(machine, path)) ?? known.get(path) ?? nothing;
  known.set(path, place);
  return place;
}

/** Null while the file is locked. */
async function readDatabase({query}: Machine, path: string): Promise<Place | null> {
  const columns = await query(path, "select name from pragma_table_info('oauth_tokens')");
  if (columns.state !== 'ok') return withoutRows(columns);
  const names = columns.rows.map(({name}) => String(name));
  if (names.length === 0) return nothing;
  if (!['auth_authority', 'token_ciphertext'].every(name => names.includes(name)))
    return unread(source, 'its login table has an unknown format');
  const found = await query(path, selection(names));
  return found.state === 'ok' ? only(...found.rows.flatMap(toFound)) : withoutRows(found);
}

const withoutRows = (read: Exclude<Rows, {state: 'ok'}>): Place | null =>
  read.state === 'missing' ? nothing : isLocked(read) ? null : unread(source, read.why, remedyFor(read));

// What the columns beside the token are called differs from version to version.
const loginColumns = ['user', 'login', 'user_login', 'username', 'account'];
const ageColumns = ['last_used_at', 'updated_at', 'created_at', 'token_id', 'id'];

/** The newest login first. The token is a text or the bytes of one. */
function selection(names: readonly string[]): string {
  const login = loginColumns.find(name => names.includes(name));
  const age = ageColumns.find(name => names.includes(name));
  const columns = `auth_authority as authority, cast(token_ciphertext as text) as token, ${login ? `"${login}"` : 'null'} as login`;
  return `select ${columns} from oauth_tokens ${age ? `order by "${age}" desc` : ''} limit 64`;
}

/** Nothing for another host's login, and for a token that is encrypted: it does not look like one of GitHub's. */
function toFound({authority, token, login}: Record<string, unknown>): Found[] {
  const host = githubHost(String(authority));
  const text = toText(token);
  if (host === undefined || !isUsableToken(text) || !isMarkedOauth(text)) return [];
  return [foundToken(text, source, host, nameIn(login))];
}

/** A login, but not the number of an account. */
function nameIn(login: unknown): string | undefined {
  const name = toText(login);
  return name !== undefined && /^[a-z0-9][\w-]*$/i.test(name) && !/^\d+$/.test(name) ? name : undefined;
}
