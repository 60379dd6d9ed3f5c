import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {problemAccount, uniqueAccounts} from '../shared/accounts.ts';
import {readPlaces, together} from '../shared/held.ts';
import {storedPlace} from '../shared/login-places.ts';
import {inAuthDb} from './auth-db.ts';
import {inCopilotCli} from './copilot-cli.ts';
import type {Credential, Found, OauthLogin} from './credential.ts';
import {at, publicHost} from './hosts.ts';
import {places, quotaTokenFile} from './names.ts';
import {inEditors, inEnvironment, inGh, inOpencode, inOurStore, inQuotaTokenFile, type Problem} from './places.ts';

/** Every GitHub login on this machine, in the order of docs/providers/copilot.md#where-logins-are-found. */
export async function discover(machine: Machine, only?: readonly string[]): Promise<Account[]> {
  const readers = {
    [storedPlace.name]: () => inOurStore(machine),
    [quotaTokenFile]: () => inQuotaTokenFile(machine),
    [places.opencode]: () => inOpencode(machine),
    [places.environment]: () => inEnvironment(machine),
    [places.cli]: () => inCopilotCli(machine),
    [places.gh]: () => inGh(machine),
    [places.editors]: async () => together([await inAuthDb(machine), await inEditors(machine)]),
  };
  const {logins, problems, hints} = await readPlaces(readers, only);
  const found = withKnownLogins(logins).filter(one => !isBlocked(one, problems));
  const accounts = groups(found).map(group => toAccount(machine, group));
  const shown = accounts.length === 0 ? [...problems, ...hints] : problems;
  return uniqueAccounts([...accounts, ...shown.map(problem => toProblem(machine, problem))]);
}

/** A broken token file is shown, not silently replaced by another token for the account that it is about. */
const isBlocked = (found: Found, mistakes: readonly Problem[]): boolean =>
  !found.stored &&
  mistakes.some(
    ({source, label}) =>
      source === quotaTokenFile && (label === undefined || found.login === undefined || isSame(label, found.login)),
  );

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The same token in two places is one login, even where only one of them names it. */
function withKnownLogins(found: readonly Found[]): Found[] {
  return found.map(one => {
    const twin = found.find(other => other.token === one.token && other.host === one.host && other.login !== undefined);
    return one.login === undefined && twin?.login !== undefined ? {...one, login: twin.login} : one;
  });
}

type Group = {identity: string; label: string; login?: string; members: [Found, ...Found[]]};

/** One group per login and host, and one per organisation whose bill is asked for. */
function groups(found: readonly Found[]): Group[] {
  const all = new Map<string, Group>();
  for (const one of found) {
    const {key, ...group} = groupOf(one, found);
    const known = all.get(key);
    if (known === undefined) all.set(key, {...group, members: [one]});
    else known.members.push(one);
  }
  return [...all.values()];
}

/**
 * Tokens that nobody names are taken for the only login there is on their host (the answer is checked against it). Where
 * there are several, or none, they stand together as one of their own, known by the first of them.
 */
function groupOf(one: Found, found: readonly Found[]): Omit<Group, 'members'> & {key: string} {
  const {host, token, billing} = one;
  if (billing !== undefined && billing.scope.kind !== 'user') {
    const {kind, name, user} = billing.scope;
    const identity = [host, kind, name, user ?? ''].join(' ').toLowerCase();
    return {key: identity, identity, label: at(user === undefined ? name : `${user} (${name})`, host)};
  }
  const login = one.login ?? onlyLogin(found, host);
  if (login === undefined) return {key: host, identity: `${host} token ${token}`, label: at('GitHub', host)};
  const identity = loginIdentity(login, host);
  return {key: identity, identity, label: at(login, host), login};
}

/** The login of a host when its tokens name no second one. */
function onlyLogin(found: readonly Found[], host: string): string | undefined {
  const personal = found.filter(one => one.host === host && (one.billing?.scope.kind ?? 'user') === 'user');
  const logins = personal.flatMap(({login}) => login ?? []);
  const [first] = logins;
  return first !== undefined && logins.every(login => isSame(login, first)) ? first : undefined;
}

const loginIdentity = (login: string, host: string): string => `${host} login ${login.toLowerCase()}`;

/** Where all its tokens stand in one place, that place is its own. */
const placeOf = ([{place}, ...others]: Group['members']): {place?: string} =>
  place !== undefined && others.every(other => other.place === place) ? {place} : {};

function toAccount(machine: Machine, {identity, label, login, members}: Group): Account {
  const [{host, source, stored}] = members;
  const bill = members.find(({billing}) => billing !== undefined)?.billing;
  const oauth = members.filter(({billing}) => billing === undefined).map(toOauthLogin);
  const credential: Credential = {
    host,
    ...(login === undefined ? {} : {login}),
    ...(bill === undefined ? {} : {billing: bill}),
    oauth: oauth.filter(({token}, index) => oauth.findIndex(other => other.token === token) === index),
  };
  return {
    key: accountKey(machine, 'copilot', identity),
    provider: 'copilot',
    label: sanitize(label),
    source,
    ...placeOf(members),
    credential,
    secrets: [...new Set(members.map(({token}) => token))],
    fingerprint: fingerprintOf(machine, JSON.stringify(credential)),
    expiresAt: null,
    stored,
  };
}

const toOauthLogin = ({token, source, login}: Found): OauthLogin => ({
  token,
  source,
  ...(login === undefined ? {} : {login}),
});

function toProblem(machine: Machine, {source, why, remedy, label}: Problem): Account {
  const who =
    label === undefined ? {label: 'GitHub'} : {label: sanitize(label), identity: loginIdentity(label, publicHost)};
  return problemAccount(machine, 'copilot', {source, why, remedy, ...who});
}
