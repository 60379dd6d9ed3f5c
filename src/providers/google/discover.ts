import type {Reading} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {isSendable} from '../shared/accounts.ts';
import {readPlaces} from '../shared/held.ts';
import {storedPlace} from '../shared/login-places.ts';
import {findAccountsFile} from './accounts-file.ts';
import {findClient} from './client.ts';
import type {Credential} from './credential.ts';
import {blankLogin, type Login, mergedLogins} from './login.ts';
import {agyPaths, places} from './names.ts';
import {findAgyLogin, findCodexBarLogin, findInOpencode, findStored, findStoredClient} from './stores.ts';

/** Every Google login of this machine: see docs/providers/google.md for the places and their order. Never throws. */
export async function discoverAccounts(machine: Machine, wanted?: readonly string[]): Promise<Account[]> {
  const readers = {
    [storedPlace.name]: () => findStored(machine),
    [places.accountsFile]: () => findAccountsFile(machine),
    [places.opencode]: () => findInOpencode(machine),
    [places.codexBar]: () => findCodexBarLogin(machine),
    [places.agyFiles]: () => findAgyLogin(machine),
  };
  const held = await readPlaces(readers, wanted);
  const logins = distinctLogins(held.logins);
  const {client, missing} = await findClient(machine, await findStoredClient(machine));
  const common = {client, clientMissing: missing, hasOneHost: hasOneHost(machine)};
  const hints = logins.length === 0 && held.problems.length === 0 ? held.hints : [];
  return [...(await accountsOf(machine, logins, common)), ...held.problems, ...hints];
}

/** The programs' own files do not always say whose login they hold: then they count only where no other place has one. */
function distinctLogins(found: readonly Login[]): Login[] {
  const isBeside = ({place}: Login): boolean => place === places.codexBar || place === places.agyFiles;
  const named = mergedLogins(found.filter(login => !isBeside(login)));
  const beside = found.filter(isBeside).filter(login => named.length === 0 || login.email !== null);
  return mergedLogins([...named, ...beside]);
}

type Common = Pick<Credential, 'client' | 'clientMissing' | 'hasOneHost'>;

const hasOneHost = (machine: Machine): boolean =>
  Boolean(machine.env.MYSTATUS_GOOGLE_URL?.trim() || machine.setting('google', 'url'));

/**
 * Logins for which no OAuth client is known need agy. Its answer is about whoever is signed in there: that is the login of
 * its own file, or the only one there is; among several it stands as an account of its own.
 */
async function accountsOf(machine: Machine, logins: readonly Login[], common: Common): Promise<Account[]> {
  const asked = logins.filter(({disabled, toVerify}) => !disabled && toVerify === null);
  const needy = asked.filter(login => (login.client ?? common.client) === null || login.refresh === null);
  const agy = needy.length > 0 || logins.length === 0 ? await findAgy(machine) : null;
  const speaksFor = agy === null ? undefined : (needy.find(({isAgys}) => isAgys) ?? only(asked, needy));
  const accounts = logins.map(login => accountOf(machine, login, {...common, agy: login === speaksFor ? agy : null}));
  return agy === null || speaksFor !== undefined ? accounts : [...accounts, agyAccount(machine, agy, common)];
}

const only = (asked: readonly Login[], needy: readonly Login[]): Login | undefined =>
  asked.length === 1 ? needy[0] : undefined;

/** The vendor's program: where the user says that it is, on PATH, where its installers put it. */
async function findAgy(machine: Machine): Promise<string | null> {
  const {env, home, platform} = machine;
  for (const path of [env.AGY_BIN, env.ANTIGRAVITY_CLI_PATH]) {
    const found = path ? await machine.which(path) : null;
    if (found !== null) return found;
  }
  const windows = platform === 'win32' && env.LOCALAPPDATA ? [`${env.LOCALAPPDATA}\\agy\\bin\\agy.exe`] : [];
  return machine.which('agy', [...agyPaths.map(path => path.replace(/^~/, home)), ...windows]);
}

const switchedOff: Reading = {plan: null, windows: [], amounts: [], notes: [{code: 'disabled'}]};

function accountOf(machine: Machine, login: Login, common: Common & Pick<Credential, 'agy'>): Account {
  const {label, source, place, stored, refresh, cached, disabled, toVerify, project, notes} = login;
  const access = login.access !== null && isSendable(login.access.token) ? login.access : null;
  const client = login.client ?? common.client;
  const credential: Credential = {...common, refresh, access, client, project, notes};
  const secrets = [refresh, access?.token, client?.secret];
  // A token that only another program renews is not the credential as long as we make our own.
  const sent = client !== null && refresh !== null ? [] : [access?.token];
  return {
    key: accountKey(machine, 'google', login.email ?? refresh ?? `source ${source}`),
    provider: 'google',
    label,
    source,
    // What agy says is no matter of one place.
    ...(place === undefined || common.agy !== null ? {} : {place}),
    credential,
    secrets: secrets.filter(secret => typeof secret === 'string'),
    fingerprint: fingerprintOf(
      machine,
      ...[refresh, client?.id, client?.secret, project, common.agy, ...sent].map(String),
    ),
    expiresAt: refresh === null ? (access?.expiresAt ?? null) : null,
    stored,
    ...(toVerify === null ? {} : {problem: toVerify}),
    ...(disabled ? {staticReading: switchedOff} : {}),
    ...(cached === null ? {} : {cached}),
  };
}

/** Whoever is signed in to agy. */
function agyAccount(machine: Machine, agy: string, common: Common): Account {
  const {key, ...account} = accountOf(
    machine,
    {...blankLogin, label: 'agy', source: 'agy'},
    {...common, client: null, agy},
  );
  return {...account, key: accountKey(machine, 'google', 'agy')};
}
