import type {Remedy} from '../../core/model.ts';
import type {Account, Machine} from '../../core/provider.ts';
import {bareToken, problemAccount, uniqueAccounts} from '../shared/accounts.ts';
import {type Held, hint, inJsonFile, nothing, readPlaces, together, trouble} from '../shared/held.ts';
import {jwtClaims} from '../shared/jwt.ts';
import {storedPlace} from '../shared/login-places.ts';
import {asideUnlessNamed, findOpencode} from '../shared/opencode.ts';
import {heldToken, storedTokens, type TokenLogin} from '../shared/token-login.ts';
import {isRecord, type Json, toEpochMs, toText} from '../shared/values.ts';
import type {Refused} from './fetch.ts';
import {grokLogin, id, opencodeIds, places, runGrok, variables} from './names.ts';

/** Every Grok login on this machine (docs/providers/grok.md#where-logins-are-found). Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  const readers = {
    [places.environment]: () => inEnvironment(machine),
    [storedPlace.name]: () => storedTokens(machine, id, login => held(machine, login)),
    [places.cli]: () => inCli(machine),
    [places.opencode]: () => inOpencode(machine),
  };
  const {logins, problems, hints} = await readPlaces(readers, names);
  const accounts = uniqueAccounts([...logins, ...problems], machine.now());
  return accounts.length > 0 ? accounts : hints.slice(0, 1);
}

type Login = Omit<TokenLogin, 'identity'> & {user?: string | undefined} & Partial<Refused>;

/** The login names its user, or its token does; a token that says nothing stands for itself. */
function held(machine: Machine, {user, refused, ...login}: Login): Held {
  if (isApiKey(login.token)) return apiKey(machine, login);
  const claims = jwtClaims(login.token) ?? {};
  const identity = user ?? toText(claims.sub) ?? `token ${login.token}`;
  const expiresAt = login.expiresAt ?? toEpochMs(claims.exp);
  return heldToken(machine, id, {...login, identity, expiresAt}, {refused: refused ?? login.renew} satisfies Refused);
}

const isApiKey = (token: string): boolean => token.startsWith('xai-');

/** A key of xAI's API, which is billed by use: it is never sent here. What was given to us is answered for, the rest is a hint. */
function apiKey(machine: Machine, {source, token, stored = false}: Login): Held {
  const problem = problemAccount(machine, id, {
    source,
    why: 'an API key has no plan quota',
    code: 'no_plan',
    remedy: 'grok/api-key',
  });
  return (stored ? trouble : hint)({...problem, secrets: [token], stored});
}

function inEnvironment(machine: Machine): Held {
  const inVariable = (source: string): Held => {
    const token = bareToken(machine.env[source] ?? '');
    const renew: Remedy = {code: 'replace-credential', name: source};
    return token === '' ? nothing : held(machine, {source, token, renew});
  };
  return together(variables.map(inVariable));
}

function inCli(machine: Machine): Promise<Held> {
  const source = 'grok auth.json';
  const path = `${machine.env.GROK_HOME || `${machine.home}/.grok`}/auth.json`;
  return inJsonFile(machine, id, {source, path}, file => inAuth(machine, source, file));
}

function inAuth(machine: Machine, source: string, file: unknown): Held {
  const login = isRecord(file) ? loginIn(file) : undefined;
  if (login === undefined) return nothing;
  return held(machine, {
    ...{source, renew: runGrok, refused: grokLogin, token: login.token},
    ...{user: toText(login.user_id), label: toText(login.email) ?? places.cli},
    ...{expiresAt: toEpochMs(login.expires_at), secrets: [login.refresh_token, ...identitiesIn(login)]},
  });
}

// A refusal may repeat whose login it was.
const identitiesIn = ({user_id, team_id}: Json): unknown[] => [user_id, team_id];

// The first is the sign-in of today, with the client's id behind it.
const scopes = [/^https:\/\/auth\.x\.ai::/, /^https:\/\/accounts\.x\.ai\/sign-in/];

/** Of the logins by scope the one of the newest kind, and of these the one that ends last. */
function loginIn(file: Json): (Json & {token: string}) | undefined {
  const logins = Object.entries(file).flatMap(([scope, entry]) => {
    const [rank, token] = [scopes.findIndex(each => each.test(scope)), isRecord(entry) ? toText(entry.key) : undefined];
    return rank < 0 || token === undefined || !isRecord(entry) ? [] : [{...entry, rank, token}];
  });
  const endOf = ({expires_at}: Json): number => toEpochMs(expires_at) ?? 0;
  return logins.sort((a, b) => a.rank - b.rank || endOf(b) - endOf(a))[0];
}

/** Only what was signed in to; under the same id may stand a key for the API. */
async function inOpencode(machine: Machine): Promise<Held> {
  const {entry, problem} = await findOpencode(machine, opencodeIds);
  if (problem !== null) return hint(problemAccount(machine, id, asideUnlessNamed(problem)));
  if (entry?.kind !== 'oauth' || entry.access === undefined) return nothing;
  const {source, access, refresh, accountId, expires} = entry;
  const isGiven = source === 'OPENCODE_AUTH_CONTENT';
  const renew: Remedy = isGiven ? {code: 'replace-credential', name: source} : {code: 'open', name: 'opencode'};
  const refused: Remedy = isGiven ? renew : {code: 'run', command: 'opencode auth login'};
  return held(machine, {
    source,
    token: access,
    user: accountId,
    expiresAt: expires,
    secrets: [refresh],
    renew,
    refused,
  });
}
