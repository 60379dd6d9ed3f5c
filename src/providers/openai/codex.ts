import type {RemedyInit} from '../../core/model.ts';
import type {Account, Machine, Unreadable} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {type Held, hint, nothing, remedyFor, trouble} from '../shared/held.ts';
import {firstOf, isRecord, type Json, recordOf, toText} from '../shared/values.ts';
import {agentAccount, apiKeyAccount, findOf, type Remedies} from './account.ts';
import {id, runCodex} from './ids.ts';

const source = 'codex auth.json';
const remedies: Remedies = {expired: runCodex, refused: runCodex};

/** Where Codex keeps its login: where CODEX_HOME says and nowhere else, or in the home directory, new place first. */
function codexHomes({env, home}: Pick<Machine, 'env' | 'home'>): string[] {
  const set = toText(env.CODEX_HOME);
  return set === undefined ? [`${home}/.codex`, `${home}/.config/codex`] : [set];
}

export async function findCodex(machine: Machine): Promise<Held> {
  for (const home of codexHomes(machine)) {
    const file = await machine.readJson(`${home}/auth.json`);
    if (file.state === 'ok') return readLogin(machine, file.value);
    if (file.state === 'unreadable') return trouble(unreadable(machine, file));
  }
  return keyringHint(machine);
}

const unreadable = (machine: Machine, read: Unreadable): Account => problem(machine, read.why, remedyFor(read));

const problem = (machine: Machine, why: string, remedy: RemedyInit): Account =>
  problemAccount(machine, id, {source, why, remedy});

/** What the file's `auth_mode` names is the login, whatever else was left standing beside it. */
function readLogin(machine: Machine, file: unknown): Held {
  if (!isRecord(file)) return trouble(problem(machine, 'it does not contain a JSON object', 'fix-file'));
  switch (modeOf(file)) {
    case 'chatgpt':
      return tokensIn(machine, file);
    case 'personal-token':
      return personalTokenIn(machine, file);
    case 'api-key':
      return hint({...apiKeyAccount(machine, source), secrets: apiKeysOf(file)});
    case 'agent':
      return hint({...agentAccount(machine, source), secrets: agentSecretsOf(file)});
  }
}

type Mode = 'chatgpt' | 'personal-token' | 'api-key' | 'agent';

const modes = new Map<string, Mode>([
  ['chatgpt', 'chatgpt'],
  ['chatgptauthtokens', 'chatgpt'],
  ['personalaccesstoken', 'personal-token'],
  ['apikey', 'api-key'],
  ['bedrockapikey', 'api-key'],
  ['bedrockaccesskeys', 'api-key'],
  ['agentidentity', 'agent'],
]);

/** Older files name no mode, and newer ones may name one that nobody knows: then what the file holds says it. */
function modeOf(file: Json): Mode {
  const named = modes.get((toText(file.auth_mode) ?? '').toLowerCase().replace(/[\s_-]+/g, ''));
  if (named !== undefined) return named;
  if (personalTokenOf(file) !== undefined) return 'personal-token';
  if (loginOf(file) !== undefined) return 'chatgpt';
  if (apiKeysOf(file).length > 0) return 'api-key';
  return isRecord(file.agent_identity) || toText(file.agent_identity) ? 'agent' : 'chatgpt';
}

function tokensIn(machine: Machine, file: Json): Held {
  const login = loginOf(file);
  return login === undefined ? without(machine, file.tokens) : findOf(machine, {source, remedies, ...login});
}

/** It is bound to one member of one workspace: the ids of an older login beside it are not its own. */
function personalTokenIn(machine: Machine, file: Json): Held {
  const token = personalTokenOf(file);
  return token === undefined
    ? without(machine, file.personal_access_token)
    : findOf(machine, {source, remedies, token});
}

/** `tokens: null` is what a sign-out leaves behind. */
const without = (machine: Machine, value: unknown): Held =>
  value === null || value === undefined
    ? nothing
    : trouble(problem(machine, 'its tokens have an unknown format', 'fix-file'));

/** The tokens in every spelling: below `tokens`, or at the root of old files. */
function loginOf(file: Json) {
  const all = {...file, ...(isRecord(file.tokens) ? file.tokens : {})};
  const token = firstOf(all, ['access_token', 'accessToken'], toText);
  if (token === undefined) return undefined;
  return {
    token,
    idToken: all.id_token ?? all.idToken,
    refresh: firstOf(all, ['refresh_token', 'refreshToken'], toText),
    accountId: firstOf(all, ['account_id', 'accountId', 'accountID'], toText),
  };
}

const personalTokenOf = (file: Json): string | undefined =>
  firstOf(file, ['personal_access_token', 'personalAccessToken'], toText);

const apiKeysOf = ({OPENAI_API_KEY, bedrock_api_key}: Json): string[] =>
  textsOf([OPENAI_API_KEY, bedrock_api_key, recordOf(bedrock_api_key).api_key]);

/** A token that holds a private key, or the key itself in older files. */
const agentSecretsOf = ({agent_identity}: Json): string[] =>
  textsOf([agent_identity, recordOf(agent_identity).agent_private_key]);

const textsOf = (values: unknown[]): string[] => values.flatMap(value => toText(value) ?? []);

const keyring = /^\s*cli_auth_credentials_store\s*=\s*["'](?:keyring|auto)["']/m;

/** No file, and a configuration that puts the login into the system's keyring: there it is left alone. */
async function keyringHint(machine: Machine): Promise<Held> {
  const configs = await Promise.all(codexHomes(machine).map(home => machine.readText(`${home}/config.toml`)));
  if (!configs.some(config => config.state === 'ok' && keyring.test(config.text))) return nothing;
  const why =
    'it is missing; the login is in the system keyring, which is not read. Set cli_auth_credentials_store = "file" and sign in again';
  return hint(problem(machine, why, runCodex));
}
