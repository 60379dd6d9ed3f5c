import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {bareToken, isSendable, problemAccount} from '../shared/accounts.ts';
import {type Held, hint, nothing, only, remedyFor, together} from '../shared/held.ts';
import {jwtClaims} from '../shared/jwt.ts';
import {held, isOn, type KeyCredential} from '../shared/keys.ts';
import {textsOfToml} from '../shared/toml.ts';
import {isRecord, type Json, toEpochMs, toText} from '../shared/values.ts';
import {openKimi} from './fetch.ts';
import {type Site, siteOf} from './sites.ts';

/** What Kimi's own tools keep: keys in their configuration, and the token of a login, which they alone renew. */

const homeOf = ({env, home}: Machine): string => toText(env.KIMI_CODE_HOME) ?? `${home}/.kimi-code`;
const oldHomeOf = ({env, home}: Machine): string => toText(env.KIMI_SHARE_DIR) ?? `${home}/.kimi`;

/** Keys of providers whose address is on the site. */
export async function inConfiguration(site: Site, machine: Machine): Promise<Held> {
  const source = 'kimi-code config.toml';
  const file = await machine.readText(`${homeOf(machine)}/config.toml`);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable') return hint(problem(site, machine, source, file.why, remedyFor(file)));
  const texts = new Map(textsOfToml(file.text).map(({path, text}) => [JSON.stringify(path), text]));
  const names = new Set([...texts.keys()].map(path => JSON.parse(path) as string[]).flatMap(nameOf));
  const textAt = (...path: string[]) => texts.get(JSON.stringify(['providers', ...path]));
  const ours = [...names].filter(name => isOn(site.hosts, textAt(name, 'base_url') ?? ''));
  const keys = ours.map(name => toText(textAt(name, 'api_key')) ?? textAt(name, 'env', 'KIMI_API_KEY'));
  return together(keys.map(key => held(site, machine, source, key)));
}

const nameOf = ([root, name]: string[]): string[] => (root === 'providers' && name !== undefined ? [name] : []);

export const inLogin = (site: Site, machine: Machine): Promise<Held> =>
  tokenIn(site, machine, 'kimi-code login', `${homeOf(machine)}/${site.tokenFile}`);

/** The tool's predecessor. */
export const inOldLogin = (site: Site, machine: Machine): Promise<Held> =>
  tokenIn(site, machine, 'kimi-cli login', `${oldHomeOf(machine)}/${site.tokenFile}`);

async function tokenIn(site: Site, machine: Machine, source: string, path: string): Promise<Held> {
  if (isSentElsewhere(machine.env)) return nothing;
  const file = await machine.readJson(path);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable') return hint(problem(site, machine, source, file.why, remedyFor(file, openKimi)));
  if (isRecord(file.value)) return tokenOf(site, machine, source, file.value);
  return hint(problem(site, machine, source, 'it does not contain a JSON object', openKimi));
}

/** Then the tool signs in at hosts of somebody else, and where its token belongs is not certain. */
const isSentElsewhere = ({KIMI_CODE_OAUTH_HOST, KIMI_OAUTH_HOST, KIMI_CODE_BASE_URL}: Machine['env']): boolean =>
  [KIMI_CODE_OAUTH_HOST, KIMI_OAUTH_HOST].some(host => toText(host) !== undefined) ||
  (toText(KIMI_CODE_BASE_URL) !== undefined && siteOf(KIMI_CODE_BASE_URL ?? '') === undefined);

/** A sign-out leaves an empty token behind. Both tools hold one login, whose name would be the token's own secret. */
function tokenOf(site: Site, machine: Machine, source: string, file: Json): Held {
  const written = toText(file.access_token);
  const token = bareToken(written ?? '');
  if (written === undefined || token === '') return nothing;
  if (!isSendable(token))
    return hint(problem(site, machine, source, 'its token contains invalid characters', openKimi));
  const credential: KeyCredential = {key: token, renew: openKimi};
  return only({
    key: accountKey(machine, site.id, 'login'),
    provider: site.id,
    label: source,
    source,
    credential,
    secrets: [token, written, toText(file.refresh_token)].flatMap(secret => secret ?? []),
    fingerprint: fingerprintOf(machine, token),
    expiresAt: toEpochMs(file.expires_at) ?? toEpochMs(jwtClaims(token)?.exp),
    stored: false,
  });
}

const problem = (
  {id}: Site,
  machine: Machine,
  source: string,
  why: string,
  remedy: Parameters<typeof problemAccount>[2]['remedy'],
): Account => problemAccount(machine, id, {source, why, remedy});
