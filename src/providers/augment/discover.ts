import type {Remedy} from '../../core/model.ts';
import type {Account, Machine} from '../../core/provider.ts';
import {problemAccount, uniqueAccounts} from '../shared/accounts.ts';
import {type Held, inJsonFile, nothing, readPlaces, trouble} from '../shared/held.ts';
import {maybeJson} from '../shared/http.ts';
import {storedPlace} from '../shared/login-places.ts';
import {heldToken, storedTokens, type TokenLogin} from '../shared/token-login.ts';
import {isRecord, toText} from '../shared/values.ts';
import type {Tenant} from './credits.ts';
import {id, places, sessionFile, tenantHost, variable} from './names.ts';

/** Every Augment login on this machine (docs/providers/augment.md#where-logins-are-found). Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  const readers = {
    [places.environment]: () => inEnvironment(machine),
    [storedPlace.name]: () => storedTokens(machine, id, (login, {tenantURL}) => held(machine, login, tenantURL)),
    [places.auggie]: () => inAuggie(machine),
  };
  const {logins, problems} = await readPlaces(readers, names);
  return uniqueAccounts([...logins, ...problems], machine.now());
}

/** A token goes to the part of the service that it was issued for, or nowhere. Nothing but the token says whose it is. */
function held(machine: Machine, login: Omit<TokenLogin, 'identity'>, tenantURL: unknown): Held {
  const {source, token, renew, stored = false} = login;
  const identity = `token ${token}`;
  const host = tenantHost(toText(tenantURL) ?? '');
  if (host !== undefined) return heldToken(machine, id, {...login, identity}, {host} satisfies Tenant);
  const why = 'its tenant URL is not on *.api.augmentcode.com';
  const problem = problemAccount(machine, id, {source, why, identity, remedy: renew});
  return trouble({...problem, secrets: [token], stored});
}

/** The session as Auggie keeps it and prints it. */
function inSession(machine: Machine, source: string, session: unknown, renew: Remedy): Held {
  if (!isRecord(session))
    return trouble(problemAccount(machine, id, {source, why: 'it does not contain a JSON object', remedy: renew}));
  const token = toText(session.accessToken);
  return token === undefined ? nothing : held(machine, {source, token, renew, label: places.auggie}, session.tenantURL);
}

function inEnvironment(machine: Machine): Held {
  const text = toText(machine.env[variable]);
  if (text === undefined) return nothing;
  return inSession(machine, variable, maybeJson(text), renewed);
}

const renewed: Remedy = {code: 'replace-credential', name: variable};
const signIn: Remedy = {code: 'run', command: 'auggie login'};

function inAuggie(machine: Machine): Promise<Held> {
  const source = 'augment session.json';
  return inJsonFile(machine, id, {source, path: `${machine.home}/${sessionFile}`}, session =>
    inSession(machine, source, session, signIn),
  );
}
