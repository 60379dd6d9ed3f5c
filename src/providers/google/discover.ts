import type {Reading} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {findAccountsFile} from './accounts-file.ts';
import {findClient} from './client.ts';
import type {Credential} from './credential.ts';
import {blankLogin, type Login, mergedLogins} from './login.ts';
import {findAgyLogin, findCodexBarLogin, findInOpencode, findStored} from './stores.ts';
import {isSendable} from './token.ts';

/** Every Google login of this machine: see docs/providers/google.md for the places and their order. Never throws. */
export async function discoverAccounts(machine: Machine): Promise<Account[]> {
  const [stored, file, opencode, ...others] = await Promise.all([
    findStored(machine),
    findAccountsFile(machine),
    findInOpencode(machine),
    findCodexBarLogin(machine),
    findAgyLogin(machine),
  ]);
  const beside = others.flat();
  const named = mergedLogins([...stored.logins, ...file.logins, ...opencode.logins]);
  const logins = mergedLogins([...named, ...beside.filter(login => named.length === 0 || login.email !== null)]);
  const problems = [...stored.problems, ...file.problems];
  // Only without any other login is it of interest that opencode's store might have held one.
  if (logins.length === 0 && problems.length === 0) problems.push(...opencode.problems);
  const {client, missing} = await findClient(machine, stored.client);
  const common = {client, clientMissing: missing, hasOneHost: hasOneHost(machine)};
  return [...(await accountsOf(machine, logins, common)), ...problems];
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
  return machine.which('agy', [`${home}/.local/bin/agy`, '/opt/homebrew/bin/agy', '/usr/local/bin/agy', ...windows]);
}

const switchedOff: Reading = {plan: null, windows: [], amounts: [], notes: [{code: 'disabled'}]};

function accountOf(machine: Machine, login: Login, common: Common & Pick<Credential, 'agy'>): Account {
  const {label, source, stored, refresh, cached, disabled, toVerify, project, notes} = login;
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
