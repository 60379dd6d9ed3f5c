import type {RemedyCode} from '../../core/model.ts';
import type {Account, FileRead, Machine} from '../../core/provider.ts';
import {problemAccount} from '../shared/accounts.ts';
import {firstOf, isRecord, type Json, toText} from '../shared/values.ts';
import {id, type Remedies, toAccount} from './account.ts';
import {type Find, hint, nothing, shown} from './find.ts';

const source = 'codex auth.json';
const remedies: Remedies = {expired: 'codex-login', refused: 'codex-login'};

/** Where Codex keeps its login: where CODEX_HOME says and nowhere else, or in the home directory, new place first. */
export function codexHomes({env, home}: Pick<Machine, 'env' | 'home'>): string[] {
  const set = toText(env.CODEX_HOME);
  return set === undefined ? [`${home}/.codex`, `${home}/.config/codex`] : [set];
}

export async function findCodex(machine: Machine): Promise<Find> {
  for (const home of codexHomes(machine)) {
    const file = await machine.readJson(`${home}/auth.json`);
    if (file.state === 'ok') return readLogin(machine, file.value);
    if (file.state === 'unreadable') return shown(unreadable(machine, file));
  }
  return keyringHint(machine);
}

const unreadable = (machine: Machine, {why}: Extract<FileRead, {state: 'unreadable'}>): Account =>
  problem(machine, why, /permission|EACCES|EPERM/i.test(why) ? 'file-permissions' : 'fix-file');

const problem = (machine: Machine, why: string, remedy: RemedyCode): Account =>
  problemAccount(machine, id, {source, why, remedy});

function readLogin(machine: Machine, value: unknown): Find {
  if (!isRecord(value)) return shown(problem(machine, 'it holds no JSON object', 'fix-file'));
  const login = tokensOf(value);
  if (login !== undefined) return shown(toAccount(machine, {source, remedies, ...login}));
  const key = toText(value.OPENAI_API_KEY) ?? toText(value.bedrock_api_key);
  if (key !== undefined) return hint({...apiKeyAccount(machine, source), secrets: [key]});
  if (isRecord(value.agent_identity) || toText(value.agent_identity))
    return hint(problem(machine, 'an agent identity has no plan quota', 'codex-login'));
  // `tokens: null` is what a sign-out leaves behind.
  const signedOut = value.tokens === null || value.tokens === undefined;
  return signedOut ? nothing : shown(problem(machine, 'its tokens have an unknown form', 'fix-file'));
}

/** The tokens in every spelling: below `tokens`, at the root of old files, or a personal access token. */
function tokensOf(file: Json) {
  const all = {...file, ...(isRecord(file.tokens) ? file.tokens : {})};
  const token = firstOf(all, ['access_token', 'accessToken', 'personal_access_token', 'personalAccessToken'], toText);
  if (token === undefined) return undefined;
  return {
    token,
    idToken: all.id_token ?? all.idToken,
    refresh: firstOf(all, ['refresh_token', 'refreshToken'], toText),
    accountId: firstOf(all, ['account_id', 'accountId', 'accountID'], toText),
  };
}

/** A login by API key is billed per use: it has no plan whose windows could be read. */
export const apiKeyAccount = (machine: Machine, source: string): Account =>
  problemAccount(machine, id, {
    source,
    why: 'an API-key login has no plan quota',
    code: 'no_plan',
    remedy: 'api-key-login',
  });

const keyring = /^\s*cli_auth_credentials_store\s*=\s*["'](?:keyring|auto)["']/m;

/** No file, and a configuration that puts the login into the system's keyring: there it is left alone. */
async function keyringHint(machine: Machine): Promise<Find> {
  const configs = await Promise.all(codexHomes(machine).map(home => machine.readText(`${home}/config.toml`)));
  if (!configs.some(config => config.state === 'ok' && keyring.test(config.text))) return nothing;
  const why =
    'it is missing; the login is in the system keyring, which is not read. Set cli_auth_credentials_store = "file" and sign in again';
  return hint(problem(machine, why, 'codex-login'));
}
