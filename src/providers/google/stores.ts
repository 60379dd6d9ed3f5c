import type {Account, Machine, StoredCredential} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {problemAccount} from '../shared/accounts.ts';
import {type Held, hint, nothing, only, together, trouble} from '../shared/held.ts';
import {jwtClaims} from '../shared/jwt.ts';
import {findOpencode, type OpencodeEntry} from '../shared/opencode.ts';
import {type Json, recordOf, toEpochMs, toText} from '../shared/values.ts';
import {readAccountsFile} from './accounts-file.ts';
import type {OAuthClient} from './credential.ts';
import {blankLogin, type Login, unpacked} from './login.ts';
import {agyFiles, opencodeIds} from './names.ts';

/** Our own store: a refresh token, an accounts file to read, or no more than an OAuth client for the logins found elsewhere. */
export async function findStored(machine: Machine): Promise<Held<Login>> {
  const credentials = await machine.stored('google');
  return together(await Promise.all(credentials.map(credential => storedLogins(machine, credential))));
}

/** The OAuth client that was stored, for logins found elsewhere too. */
export async function findStoredClient(machine: Machine): Promise<OAuthClient | null> {
  const clients = (await machine.stored('google')).map(({fields}) => clientIn(fields.clientId, fields.clientSecret));
  return clients.find(client => client !== null) ?? null;
}

const storedSource = 'mystatus-tui login';

async function storedLogins(machine: Machine, credential: StoredCredential): Promise<Held<Login>> {
  const {fields} = credential;
  const client = clientIn(fields.clientId, fields.clientSecret);
  const path = toText(fields.accountsFile) ?? (isPath(credential.secret) ? credential.secret.trim() : undefined);
  if (path === undefined) return only(...storedToken(credential, client));
  const source = `accounts file of ${storedSource}`;
  const found = await readAccountsFile(machine, absolute(path, machine.home), {source, stored: true});
  if (found === null) return trouble(missingFile(machine, source));
  return {...found, logins: found.logins.map(login => ({...login, client}))};
}

// Google's refresh tokens begin with '1//': a path can be told from one.
const isPath = (secret: string): boolean => /^\s*(?:[/~]|[A-Za-z]:[\\/])/.test(secret) || /\.json\s*$/.test(secret);
const absolute = (path: string, home: string): string => path.replace(/^~(?=[/\\])/, home);

const missingFile = (machine: Machine, source: string): Account =>
  problemAccount(machine, 'google', {source, why: 'the file is missing or contains no account', remedy: 'fix-file'});

function storedToken({secret, label, fields}: StoredCredential, client: OAuthClient | null): Login[] {
  const {refresh, project} = unpacked(secret);
  if (refresh === null) return [];
  const name = sanitize(label ?? '') || 'Google account';
  const projectId = toText(fields.projectId) ?? project;
  return [{...blankLogin, label: name, source: storedSource, stored: true, refresh, project: projectId, client}];
}

function clientIn(id: unknown, secret: unknown): OAuthClient | null {
  const [idText, secretText] = [toText(id), toText(secret)];
  return idText === undefined || secretText === undefined ? null : {id: idText, secret: secretText};
}

/** Only without any other login is it of interest that opencode's store might have held one. */
export async function findInOpencode(machine: Machine, ids: readonly string[] = opencodeIds): Promise<Held<Login>> {
  const {entry, problem} = await findOpencode(machine, ids);
  if (entry === null) return problem === null ? nothing : hint(problemAccount(machine, 'google', problem));
  const rest = ids.slice(ids.indexOf(entry.id) + 1);
  const found = only(...opencodeLogin(entry, machine.env));
  return rest.length === 0 ? found : together([found, await findInOpencode(machine, rest)]);
}

/** An API key under the same name is another product's and says nothing about this quota. */
function opencodeLogin(entry: OpencodeEntry, env: Machine['env']): Login[] {
  const {refresh, project} = unpacked(entry.refresh ?? '');
  const token = toText(entry.access);
  if (entry.kind !== 'oauth' || (refresh === null && token === undefined)) return [];
  const access = token === undefined ? null : {token, expiresAt: entry.expires};
  const fallback = entry.id === 'google' ? null : projectIn(env);
  const source = entry.id === 'google' ? entry.source : `${entry.source} (${entry.id})`;
  return [{...blankLogin, label: 'Google account', source, refresh, access, project: project ?? fallback}];
}

const projectIn = (env: Machine['env']): string | null =>
  env.OPENCODE_AGY_PROJECT_ID || env.GOOGLE_CLOUD_PROJECT || env.GOOGLE_CLOUD_PROJECT_ID || null;

/**
 * The files in which Antigravity and agy keep their login. All are the same user's; the first that holds a token is
 * taken, because without an e-mail two of them cannot be told apart.
 */
export async function findAgyLogin(machine: Machine): Promise<Held<Login>> {
  for (const root of geminiDirectories(machine))
    for (const file of agyFiles) {
      const read = await machine.readJson(`${root}/${file}`);
      const login = read.state === 'ok' ? tokenLogin(recordOf(read.value), 'Antigravity login') : null;
      if (login !== null) return only({...login, isAgys: true});
    }
  return nothing;
}

function geminiDirectories({env, home}: Machine): string[] {
  const cli = env.GEMINI_CLI_HOME;
  const roots = [env.GEMINI_HOME, cli, cli && `${cli}/.gemini`, `${home}/.gemini`];
  return [...new Set(roots.filter((root): root is string => Boolean(root)))];
}

/** CodexBar's copy of an Antigravity login, with the client that it belongs to. */
export async function findCodexBarLogin(machine: Machine): Promise<Held<Login>> {
  const read = await machine.readJson(`${machine.home}/.codexbar/antigravity/oauth_creds.json`);
  const login = read.state === 'ok' ? tokenLogin(recordOf(read.value), 'CodexBar oauth_creds.json') : null;
  return login === null ? nothing : only(login);
}

/** The token may stand at the top or inside `token`; who it belongs to, in the ID token's claims. */
function tokenLogin(file: Json, source: string): Login | null {
  const token = {...file, ...recordOf(file.token)};
  const refresh = toText(token.refresh_token) ?? null;
  const access = toText(token.access_token);
  if (refresh === null && access === undefined) return null;
  const claims = jwtClaims(toText(token.id_token) ?? '');
  const email = toText(token.email) ?? toText(claims?.email);
  return {
    ...blankLogin,
    email: email?.toLowerCase() ?? null,
    label: sanitize(email ?? '') || 'Google account',
    source,
    refresh,
    access: access === undefined ? null : {token: access, expiresAt: toEpochMs(token.expiry ?? token.expiry_date)},
    project: toText(token.project_id) ?? null,
    client: clientIn(token.client_id, token.client_secret),
  };
}
