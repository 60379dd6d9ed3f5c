import type {RemedyInit} from '../../core/model.ts';
import type {Machine} from '../../core/provider.ts';
import {type Held, hint, nothing, only, remedyFor, together, trouble} from '../shared/held.ts';
import {storedPlace} from '../shared/login-places.ts';
import {findOpencode, type OpencodeEntry, opencodeConfigDirectories} from '../shared/opencode.ts';
import {isRecord, type Json, toText} from '../shared/values.ts';
import {type Found, foundToken, foundWithPlan, isMarkedOauth, isUsableToken, type Refusal} from './credential.ts';
import {type GhLogin, ghLogins} from './gh-hosts.ts';
import {githubHost, publicHost} from './hosts.ts';
import {enterpriseId, opencodeIds, quotaTokenFile, tokenVariables} from './names.ts';

export type Problem = {source: string; why: string; remedy: RemedyInit; label?: string};
/** What one place holds: tokens, and what kept others from being read. */
export type Place = Held<Found, Problem>;

/** A place that gave nothing: said only where no other one does. */
export const unread = (source: string, why: string, remedy: RemedyInit = 'fix-file'): Place =>
  hint({source, why, remedy});
/** Written by hand for this purpose: said even where other logins work. */
const mistake = (source: string, why: string, remedy: RemedyInit = 'fix-file', label?: string): Place =>
  trouble({source, why, remedy, ...(label === undefined ? {} : {label})});

/** Credentials that `login` stored. */
export async function inOurStore(machine: Machine): Promise<Place> {
  const source = storeName;
  const stored = await machine.stored('copilot');
  const places = stored.map(({secret, fields}) => {
    const found = fromStored(secret.trim(), fields, source);
    return 'why' in found ? mistake(source, found.why) : only({...found, stored: true});
  });
  return together(places);
}

/** A token that came without a word about who pays is judged by its kind. */
function fromStored(token: string, fields: Json, source: string): Found | Refusal {
  const found = foundWithPlan(token, fields, source);
  const isPlain = ['tier', 'organization', 'enterprise', 'billingModel'].every(name => !fields[name]);
  return 'why' in found || !isPlain ? found : foundToken(token, source, found.host, found.login);
}

export const storeName = storedPlace.name;

/** The token file beside opencode's configuration: the first one there is. A broken one is a problem, not a missing one. */
export async function inQuotaTokenFile(machine: Machine): Promise<Place> {
  for (const directory of opencodeConfigDirectories(machine)) {
    const file = await machine.readJson(`${directory}/${quotaTokenFile}`);
    if (file.state === 'missing') continue;
    if (file.state === 'unreadable') return mistake(quotaTokenFile, file.why, remedyFor(file));
    if (!isRecord(file.value)) return mistake(quotaTokenFile, 'it does not contain a JSON object');
    const found = foundWithPlan(toText(file.value.token), file.value, quotaTokenFile);
    if (!('why' in found)) return only(found);
    const label = toText(file.value.username);
    return mistake(quotaTokenFile, found.why, 'fix-file', label);
  }
  return nothing;
}

/** Two logins at most: a company's may stand beside one's own. */
export const inOpencode = async (machine: Machine): Promise<Place> =>
  together(await Promise.all(opencodeIds.map(ids => underOneOf(machine, ids))));

/** One id after the other: an entry without a usable token must not hide the next one. */
async function underOneOf(machine: Machine, ids: readonly string[]): Promise<Place> {
  for (const id of ids) {
    const {entry, problem} = await findOpencode(machine, [id]);
    if (problem !== null) return hint(problem);
    const token = entry === null ? undefined : tokenIn(entry);
    if (entry !== null && token !== undefined) return fromOpencode(entry, token);
  }
  return nothing;
}

/** A company's token goes to the company's host: without one it goes nowhere. */
function fromOpencode({id, enterpriseUrl, source}: OpencodeEntry, token: string): Place {
  const host = githubHost(enterpriseUrl ?? (id === enterpriseId ? '' : publicHost));
  return host === undefined
    ? unread(source, 'its enterpriseUrl is not like acme.ghe.com; nothing is sent there')
    : only(foundToken(token, source, host));
}

/** Older versions kept an exchanged token as `access` and GitHub's own as `refresh`. */
function tokenIn({refresh, access, key}: OpencodeEntry): string | undefined {
  const tokens = [refresh, access, key].filter(isUsableToken);
  return tokens.find(isMarkedOauth) ?? tokens.at(0);
}

/** The first OAuth token and the first fine-grained one count: they answer different questions. */
export function inEnvironment({env}: Machine): Place {
  const host = hostIn(env);
  if (host === undefined) return nothing;
  const found = tokenVariables.flatMap(name => {
    const token = toText(env[name]);
    return isUsableToken(token) ? [foundToken(token, name, host)] : [];
  });
  const bills = found.filter(({billing}) => billing !== undefined);
  const others = found.filter(({billing}) => billing === undefined);
  return only(...others.slice(0, 1), ...bills.slice(0, 1));
}

/** Whose tokens the variables hold: `GH_HOST` names a company's host. Undefined for one that we have no address for. */
const hostIn = (env: Machine['env']): string | undefined =>
  githubHost(toText(env.COPILOT_GH_HOST) ?? toText(env.GH_HOST) ?? publicHost);

function ghDirectories({env, home, platform}: Machine): string[] {
  const roaming = platform === 'win32' && env.APPDATA ? `${env.APPDATA}/GitHub CLI` : undefined;
  const xdg = env.XDG_CONFIG_HOME && `${env.XDG_CONFIG_HOME}/gh`;
  return [env.GH_CONFIG_DIR, xdg, roaming, `${home}/.config/gh`].filter((path): path is string => Boolean(path));
}

/** gh's own file; where that names a user without a token, gh itself, which can open the keyring. */
export async function inGh(machine: Machine): Promise<Place> {
  for (const directory of ghDirectories(machine)) {
    const file = await machine.readText(`${directory}/hosts.yml`);
    if (file.state === 'missing') continue;
    if (file.state === 'unreadable') return unread('gh hosts.yml', file.why, remedyFor(file));
    return together(await Promise.all(ghLogins(file.text).map(login => fromGh(machine, login, file.text))));
  }
  return nothing;
}

async function fromGh(machine: Machine, {host, login, token, isActive}: GhLogin, stamp: string): Promise<Place> {
  const known = githubHost(host);
  if (known === undefined) return nothing;
  if (token !== undefined)
    return isUsableToken(token) ? only(foundToken(token, 'gh hosts.yml', known, login)) : nothing;
  const kept = isActive ? await askGh(machine, known, stamp) : undefined;
  if (typeof kept === 'string') return only(foundToken(kept, 'gh auth token', known, login));
  return kept ?? nothing;
}

const ghTimeoutMs = 3000;
// Where package managers put gh when a terminal was started without them on its PATH.
const ghPlaces = ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin'];

/** A token, or why gh was not asked. `stamp`: gh writes its file at every sign-in, sign-out and switch; until then its answer is the same. */
async function askGh(machine: Machine, host: string, stamp: string): Promise<string | Place | undefined> {
  const gh = await machine.which('gh', ghPlaces);
  if (gh === null) return undefined;
  const args = ['auth', 'token', '--hostname', host];
  const {code, stdout, refused} = await machine.run(gh, args, {timeoutMs: ghTimeoutMs, stamp});
  if (refused === 'open-to-others')
    return unread('gh', 'other users can change it, so it is not run', {code: 'restrict', name: gh});
  const token = code === 0 ? toText(stdout) : undefined;
  // gh repeats what the environment holds before it looks into the keyring; that token may be somebody else's.
  const {GH_TOKEN, GITHUB_TOKEN} = machine.env;
  return isUsableToken(token) && token !== GH_TOKEN && token !== GITHUB_TOKEN ? token : undefined;
}

export function editorDirectories({env, home, platform}: Machine): string[] {
  const roots = [platform === 'win32' ? env.LOCALAPPDATA : undefined, env.XDG_CONFIG_HOME, `${home}/.config`];
  return [...new Set(roots.filter(Boolean))].map(root => `${root}/github-copilot`);
}

/** What Copilot's editor extensions keep: apps.json, and hosts.json of older ones. */
export async function inEditors(machine: Machine): Promise<Place> {
  const paths = editorDirectories(machine).flatMap(directory =>
    ['apps.json', 'hosts.json'].map(name => ({name, path: `${directory}/${name}`})),
  );
  return together(
    await Promise.all(paths.map(({name, path}) => inEditorFile(machine, path, `github-copilot ${name}`))),
  );
}

async function inEditorFile(machine: Machine, path: string, source: string): Promise<Place> {
  const file = await machine.readJson(path);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable') return unread(source, file.why, remedyFor(file));
  if (!isRecord(file.value)) return unread(source, 'it does not contain a JSON object');
  return only(...Object.entries(file.value).flatMap(([key, value]) => editorLogin(key, value, source)));
}

/** 'github.com' or 'github.com:Iv1.b507a08c87ecfe98' → the login under it. */
function editorLogin(key: string, value: unknown, source: string): Found[] {
  const host = githubHost(key.replace(/:.*$/, ''));
  const token = isRecord(value) ? toText(value.oauth_token) : undefined;
  if (host === undefined || !isRecord(value) || !isUsableToken(token)) return [];
  return [foundToken(token, source, host, toText(value.user))];
}
