import type {Account, Machine, Unreadable} from '../../core/provider.ts';
import {problemAccount, uniqueAccounts} from '../shared/accounts.ts';
import {type Held, hint, nothing, readPlaces, remedyFor, trouble} from '../shared/held.ts';
import {jwtClaims} from '../shared/jwt.ts';
import {knownRows} from '../shared/known-rows.ts';
import {storedPlace} from '../shared/login-places.ts';
import {heldToken, storedTokens, type TokenLogin} from '../shared/token-login.ts';
import {firstOf, isRecord, type Json, recordOf, toEpochMs, toText} from '../shared/values.ts';
import {cliPaths, id, idePath, places} from './names.ts';

/** What `fetch` takes out of an account beside its token: the plan as the editor noted it. */
export type Membership = {membership?: string | undefined};

/** Every Cursor login on this machine (docs/providers/cursor.md#where-logins-are-found). Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  const readers = {
    [storedPlace.name]: () => storedTokens(machine, id, login => held(machine, login)),
    [places.ide]: () => inIde(machine),
    [places.cli]: () => inCli(machine),
  };
  const {logins, problems, hints} = await readPlaces(readers, names);
  const accounts = uniqueAccounts([...logins, ...problems], machine.now());
  return accounts.length > 0 ? accounts : hints.slice(0, 1);
}

type Login = Omit<TokenLogin, 'identity'> & Membership;

/** The token says whose it is, and when it ends. */
function held(machine: Machine, {membership, ...login}: Login): Held {
  const claims = jwtClaims(login.token) ?? {};
  const identity = toText(claims.sub) ?? `token ${login.token}`;
  return heldToken(machine, id, {...login, identity, expiresAt: toEpochMs(claims.exp)}, {membership});
}

const unreadable = (machine: Machine, source: string, read: Unreadable): Account =>
  problemAccount(machine, id, {source, why: read.why, remedy: remedyFor(read)});

const loginKeys = ['accessToken', 'refreshToken', 'cachedEmail', 'stripeMembershipType'].map(
  name => `cursorAuth/${name}`,
);
const selection = `select key, cast(value as text) as value from ItemTable where key in ('${loginKeys.join("', '")}')`;

/** One look into the editor's store; an editor in which nobody is signed in has no token there. */
async function inIde(machine: Machine): Promise<Held> {
  const source = 'cursor state.vscdb';
  const rows = await knownRows(machine, idePath(machine), selection);
  if (rows.state === 'missing') return nothing;
  if (rows.state === 'unreadable') return hint(unreadable(machine, source, rows));
  const values = new Map(rows.rows.map(({key, value}) => [String(key), unquoted(value)]));
  const [token, refresh, email, membership] = loginKeys.map(key => values.get(key));
  if (token === undefined) return nothing;
  const label = email ?? places.ide;
  return held(machine, {source, token, label, membership, secrets: [refresh], renew: {code: 'open', name: 'Cursor'}});
}

/** Some values are JSON texts, with their quotes. */
const unquoted = (value: unknown): string | undefined => toText(toText(value)?.replace(/^"(.*)"$/s, '$1'));

async function inCli(machine: Machine): Promise<Held> {
  const source = 'cursor auth.json';
  for (const path of cliPaths(machine)) {
    const file = await machine.readJson(path);
    if (file.state === 'unreadable') return trouble(unreadable(machine, source, file));
    if (file.state === 'missing') continue;
    const token = isRecord(file.value) ? tokenIn(file.value) : undefined;
    if (token === undefined) continue;
    const label = (await emailOf(machine, token)) ?? places.cli;
    const secrets = [recordOf(file.value).refreshToken];
    return held(machine, {source, token, label, secrets, renew: {code: 'run', command: 'cursor-agent status'}});
  }
  return nothing;
}

const tokenIn = (file: Json): string | undefined => firstOf(file, ['accessToken', 'access_token'], toText);

/** Beside the login stands who signed in last: that counts only for the same person. */
async function emailOf(machine: Machine, token: string): Promise<string | undefined> {
  const file = await machine.readJson(`${machine.home}/.cursor/cli-config.json`);
  const {authId, email} = recordOf(recordOf(file.state === 'ok' ? file.value : {}).authInfo);
  const sub = jwtClaims(token)?.sub;
  return authId === undefined || authId === sub ? toText(email) : undefined;
}
