import type {ProviderFacts} from '../core/provider.ts';
import type {CredentialRow, Orphan, ProviderInfo} from '../core/services.ts';
import type {Check} from '../output/doctor-report.ts';
import {type Discovered, lookedIn, placeDetails, placeLine} from '../output/places.ts';
import {remedyText} from '../view/format/labels.ts';
import {en} from '../view/strings/en.ts';
import type {DoctorWorld} from './doctor-world.ts';

/** What `doctor` says of logins: which were found, where they were looked for, whether their services can be reached. */

const rowsOf = (id: string, rows: readonly CredentialRow[]): CredentialRow[] =>
  rows.filter(({account}) => account.provider === id);

export function accountChecks(world: DoctorWorld, rows: readonly CredentialRow[]): Check[] {
  if (rows.length === 0) return [noLogin(world)];
  return world.providers.flatMap(provider =>
    rowsOf(provider.id, rows).map(row => accountCheck(row, provider, world.isOff(provider.id))),
  );
}

const noLogin = ({providers, isNamed}: DoctorWorld): Check => ({
  id: 'accounts',
  title: 'Accounts',
  status: 'warn',
  detail: isNamed ? `no login found for ${providers.map(({name}) => name).join(', ')}` : 'no logins found',
  hint: 'sign in with a tool named under places, or run "mystatus-tui login"',
});

/** What is off or hidden is not asked: whatever is wrong with it needs no attention. */
function accountCheck({account, hidden}: CredentialRow, {name}: ProviderInfo, isOff: boolean): Check {
  const marks = `${isOff ? ', off' : ''}${hidden ? ', hidden' : ''}`;
  const place = `${account.key}, from ${account.source}${marks}`;
  const base = {id: `account ${account.key}`, title: name};
  const isIdle = marks !== '';
  if (account.problem !== undefined)
    return {...base, status: isIdle ? 'info' : 'fail', detail: `${place}: ${account.problem.detail}`};
  // A token that is not sent may end.
  if (account.passive === undefined && account.expiresAt !== null && account.expiresAt < Date.now())
    return {...base, status: isIdle ? 'info' : 'warn', detail: `${place}: its token has expired`};
  return {...base, status: isIdle ? 'info' : 'ok', detail: place};
}

/** Where logins were looked for, by name. */
export const placeChecks = ({providers}: DoctorWorld, rows: readonly CredentialRow[]): Check[] =>
  providers.map(provider => placesInShort(provider, rows));

function placesInShort({id, name, places}: ProviderInfo, rows: readonly CredentialRow[]): Check {
  const found = rowsOf(id, rows).length === 0 ? 'no login found; looked in' : 'looked in';
  const detail = `${found}: ${places.map(place => place.name).join(', ')}`;
  return {id: `places ${id}`, title: name, status: 'info', detail};
}

/** Of providers that are named on the command line: every place in full, and what was found there. */
export const searchedChecks = (discovered: readonly Discovered[], say: (text: string) => string): Check[] =>
  discovered.flatMap(({id, name, places}) =>
    places.map((searched, at) => ({
      id: `place ${id} ${at + 1}`,
      title: `${name} ${at + 1}`,
      status: 'info',
      detail: [placeLine(searched, en, say), ...placeDetails(searched, en, say)].join('; '),
      found: searched.found,
      looked: lookedIn(searched, say),
    })),
  );

/** Of interest only where a stored login needs it; asking without need may put a prompt before the user. */
export function keychainChecks(rows: readonly CredentialRow[]): Check[] {
  const kept = rows.filter(({keychain}) => keychain === true);
  if (kept.length === 0) return [];
  const problem = kept.find(({account}) => account.problem?.remedy?.code === 'keychain')?.account.problem;
  const detail = problem === undefined ? `available; logins stored in it: ${kept.length}` : 'unavailable, see above';
  return [{id: 'keychain', title: 'Keychain', status: 'info', detail}];
}

/** A secret that nobody uses any more, and that no view lists. */
export const orphanChecks = (orphans: readonly Orphan[]): Check[] =>
  orphans.map(({key, provider, label}) => ({
    id: `orphan ${key}`,
    title: 'Stored login',
    status: 'warn',
    detail: `${key} (${label}): no provider uses it`,
    hint: `restore its definition in config.json, or remove it: mystatus-tui logout ${provider}`,
  }));

/** Asks the host of every provider that is shown for nothing, without a credential: any answer will do. */
export function reachChecks(world: DoctorWorld, rows: readonly CredentialRow[], timeoutMs: number): Promise<Check[]> {
  const used = world.providers.filter(({id}) => rowsOf(id, rows).length > 0);
  return Promise.all(used.map(provider => reachCheck(provider, rowsOf(provider.id, rows), world, timeoutMs)));
}

/** Of a service that a program asks, the vendor's own or one of the user. */
const isOfProgram = ({hosts, custom, places}: ProviderFacts): boolean =>
  hosts.length === 0 && (custom === true || places.some(({programs}) => programs !== undefined));

async function reachCheck(
  provider: ProviderFacts,
  rows: readonly CredentialRow[],
  {isOff, reach}: DoctorWorld,
  timeoutMs: number,
): Promise<Check> {
  const base = {id: `reach ${provider.id}`, title: `${provider.name} service`};
  if (isOff(provider.id)) return {...base, status: 'info', detail: 'off: not contacted'};
  if (rows.every(({hidden}) => hidden)) return {...base, status: 'info', detail: 'hidden: not contacted'};
  const isPassive = rows.every(({hidden, account}) => hidden || account.passive !== undefined);
  if (isPassive) return {...base, status: 'info', detail: 'not polled: not contacted'};
  if (provider.custom && rows.every(({account}) => account.problem !== undefined))
    return {...base, status: 'info', detail: 'not contacted, see above'};
  if (isOfProgram(provider)) return {...base, status: 'info', detail: 'polled through a program: not contacted'};
  // Without a service, a login that cannot be read is polled as little as any other.
  if (provider.hosts.length === 0) return {...base, status: 'info', detail: 'not polled: not contacted'};
  const problem = await reach(provider, timeoutMs);
  const endpoint = rows[0]?.endpoint;
  const instead = endpoint === undefined ? '' : `; ${endpoint} is used instead of ${provider.hosts[0]}`;
  if (problem === null) return {...base, status: 'ok', detail: `reachable${instead}`};
  const isAddress = problem.remedy?.code === 'endpoint';
  const hint = isAddress
    ? remedyText({code: 'endpoint'}, en)
    : 'check the network, HTTPS_PROXY and NODE_EXTRA_CA_CERTS';
  return {...base, status: 'fail', detail: `${problem.detail}${instead}`, hint};
}
