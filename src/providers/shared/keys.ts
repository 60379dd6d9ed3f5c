import type {LoginPlace} from '../../core/login-place.ts';
import type {Remedy} from '../../core/model.ts';
import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {mask} from '../../core/text/redact.ts';
import {bareToken, isSendable, problemAccount, uniqueAccounts} from './accounts.ts';
import {type Held, isNamedIn, nothing, only, readPlaces, remedyFor, together, trouble} from './held.ts';
import {inOpencodeConfig, opencodePlace, storedPlace} from './login-places.ts';
import {asideUnlessNamed, type Opencode, type OpencodeFind, openOpencode} from './opencode.ts';
import {readOpencodeConfig} from './opencode-config.ts';
import {recordOf, toText} from './values.ts';

/** A service with static keys that stand in places which many tools share. */
export type KeySite = {
  id: string;
  /** Hosts of base URLs beside which a key is this service's. */
  hosts: readonly string[];
  /** Where these hosts serve other products too, the path that is this one's. */
  path?: string;
  /** Paths that are another product's. */
  otherPaths?: readonly string[];
  /** Ids in opencode that are this service's unless their address is elsewhere. */
  opencodeIds: readonly string[];
  /** Variables of Claude Code that may hold a key beside the address; by default its token alone. */
  claudeVariables?: readonly string[];
  /** Keys in variables: only those that are surely of this service. */
  inEnvironment(env: Machine['env']): {source: string; key: unknown; fields?: KeyCredential['fields']}[];
  /** Whether a key is of another product by its form. */
  isForeign?(key: string): boolean;
};
/** As much of it as a single key needs. */
export type KeyOwner = Pick<KeySite, 'id' | 'isForeign'>;
/**
 * What `discover` puts into an account. `fields`: what belongs to the key and is sent with it; `renew`: what renews a token
 * that ends by itself.
 */
export type KeyCredential = {key: string; fields?: Readonly<Record<string, string>>; renew?: Remedy};
/** Further places of one service, by name. */
export type MorePlaces = Record<string, (machine: Machine) => Promise<Held>>;

const claudeCode = 'Claude Code';
const claudeToken = ['ANTHROPIC_AUTH_TOKEN'] as const;

/** Where `discoverKeys` looks, in its order. */
export const keyPlaces = (
  {hosts, path = '', opencodeIds, claudeVariables = claudeToken}: Omit<KeySite, 'inEnvironment'>,
  variables: readonly string[],
  note?: string,
): LoginPlace[] => [
  {name: 'environment', variables, ...(note === undefined ? {} : {note})},
  storedPlace,
  opencodePlace(opencodeIds.length > 0 ? opencodeIds : [`ids whose address is on ${hosts.join(', ')}`]),
  {
    name: 'opencode’s configuration',
    variables: ['OPENCODE_CONFIG'],
    files: [...inOpencodeConfig('opencode.jsonc'), ...inOpencodeConfig('opencode.json')],
  },
  {
    name: claudeCode,
    variables: claudeVariables,
    files: ['$CLAUDE_CONFIG_DIR/settings.json', '~/.claude/settings.json'],
    note: `if ANTHROPIC_BASE_URL beside it is on ${hosts.map(host => host + path).join(', ')}`,
  },
];

/** Every key of the service on this machine; a key in several places is one account. Never throws. `stores`: those of opencode, to be read once for several sites. */
export async function discoverKeys(
  site: KeySite,
  machine: Machine,
  names?: readonly string[],
  more: MorePlaces = {},
  stores = openOpencode(machine),
): Promise<Account[]> {
  const rest = Object.entries(more).map(([name, read]) => [name, () => read(machine)] as const);
  const readers = {
    environment: () =>
      together(
        site.inEnvironment(machine.env).map(({source, key, fields}) => held(site, machine, source, key, {}, fields)),
      ),
    [storedPlace.name]: () => storedKeys(site, machine),
    opencode: () => inOpencode(site, machine, stores),
    [claudeCode]: () => inClaudeCode(site, machine),
    ...Object.fromEntries(rest),
  };
  const {logins, problems, hints} = await readPlaces(readers, names);
  return uniqueAccounts([...logins, ...problems, ...(logins.length === 0 ? hints : [])], machine.now());
}

/** The login of one key; nothing where there is none, or one of another product. With other fields it is another account. */
export function held(
  site: KeyOwner,
  machine: Machine,
  source: string,
  value: unknown,
  more: Partial<Account> = {},
  fields: KeyCredential['fields'] = {},
): Held {
  const written = toText(value);
  const key = written === undefined ? '' : bareToken(written);
  if (written === undefined || key === '' || site.isForeign?.(key)) return nothing;
  const parts = [key, ...Object.values(fields)];
  if (!parts.every(isSendable)) return trouble(unusable(site, machine, source, 'it is not a key', more));
  const credential: KeyCredential = parts.length > 1 ? {key, fields} : {key};
  return only({
    key: accountKey(machine, site.id, parts.join('\n')),
    provider: site.id,
    label: mask(key),
    source,
    credential,
    secrets: [...new Set([key, written])],
    fingerprint: fingerprintOf(machine, ...parts),
    expiresAt: null,
    stored: false,
    ...more,
  });
}

function unusable({id}: KeyOwner, machine: Machine, source: string, why: string, more: Partial<Account>): Account {
  return {...problemAccount(machine, id, {source, why, remedy: {code: 'replace-credential', name: id}}), ...more};
}

/** Keys that `login` stored. */
export async function storedKeys(site: KeyOwner, machine: Machine): Promise<Held> {
  const stored = await machine.stored(site.id);
  return together(
    stored.map(({secret, label, fields}) => {
      const more = {stored: true, ...(label === undefined ? {} : {label})};
      const why = 'the saved key is of another product';
      if (site.isForeign?.(bareToken(secret)))
        return trouble({...unusable(site, machine, storedPlace.name, why, more), secrets: [secret]});
      return held(site, machine, storedPlace.name, secret, more, fields);
    }),
  );
}

/** Keys in its stores and its configuration. An address in the configuration outranks what an id is called. */
async function inOpencode(site: KeySite, machine: Machine, stores: Opencode): Promise<Held> {
  const {providers, problems} = await readOpencodeConfig(machine, site.opencodeIds);
  const addressOf = (id: string): string | undefined => providers.find(each => each.id === id)?.baseUrl;
  const isOurs = (id: string): boolean => {
    const address = addressOf(id);
    return address === undefined ? site.opencodeIds.includes(id) : isAt(site, address);
  };
  // A file that cannot be read may send these ids elsewhere.
  const unsure = problems.flatMap(({ids}) => ids).filter(id => providers.every(each => each.id !== id));
  const ids = [...new Set([...site.opencodeIds, ...providers.map(({id}) => id)])].filter(
    id => isOurs(id) && !unsure.includes(id),
  );
  const stored = await Promise.all(ids.map(async id => inStores(site, machine, await stores.find([id]))));
  const configured = providers.filter(({id}) => ids.includes(id));
  return together([
    ...stored,
    ...configured.map(({key, source}) => held(site, machine, source, key)),
    ...problems.map(({source, why}) => trouble(problemAccount(machine, site.id, {source, why, remedy: 'fix-file'}))),
  ]);
}

function inStores(site: KeySite, machine: Machine, {entry, problem}: OpencodeFind): Held {
  if (problem !== null) return trouble(problemAccount(machine, site.id, asideUnlessNamed(problem)));
  return entry?.kind === 'api' ? held(site, machine, entry.source, entry.key) : nothing;
}

/** A token counts only beside an address of the service, in the same place. */
async function inClaudeCode(site: KeySite, machine: Machine): Promise<Held> {
  const path = `${machine.env.CLAUDE_CONFIG_DIR || `${machine.home}/.claude`}/settings.json`;
  const source = 'Claude Code settings.json';
  const environment = besideAddress(site, machine, machine.env);
  const file = await machine.readJson(path);
  if (file.state === 'ok')
    return together([environment, besideAddress(site, machine, recordOf(recordOf(file.value).env), source)]);
  if (file.state === 'missing') return environment;
  // Broken settings are our concern only if they name the service.
  const isNamed = await isNamedIn(machine, path, site.hosts);
  const problem = problemAccount(machine, site.id, {source, why: file.why, remedy: remedyFor(file)});
  return isNamed ? together([environment, trouble(problem)]) : environment;
}

function besideAddress(site: KeySite, machine: Machine, env: Readonly<Record<string, unknown>>, source?: string): Held {
  const address = toText(env.ANTHROPIC_BASE_URL);
  if (address === undefined || !isAt(site, address)) return nothing;
  const name = (site.claudeVariables ?? claudeToken).find(each => toText(env[each]) !== undefined);
  return name === undefined ? nothing : held(site, machine, source ?? name, env[name]);
}

/** Whether an address is the service's, and not another product's beside it. */
export const isAt = ({hosts, path, otherPaths = []}: Omit<KeySite, 'inEnvironment'>, address: string): boolean =>
  isOn(hosts, address, path) && !otherPaths.some(each => isOn(hosts, address, each));

/** Whether an address, with or without its scheme, is on one of the hosts, and at `path` or below. */
export function isOn(hosts: readonly string[], address: string, path = ''): boolean {
  try {
    const {hostname, pathname} = new URL(address.includes('://') ? address : `https://${address}`);
    return hosts.includes(hostname) && `${pathname}/`.startsWith(`${path}/`);
  } catch {
    return false;
  }
}
