import type {Machine} from '../../core/provider.ts';
import {type OpencodeEntry, type OpencodeProblem, openOpencode} from '../shared/opencode.ts';
import {type ConfiguredProvider, type OpencodeConfig, readOpencodeConfig} from '../shared/opencode-config.ts';
import {type Finding, finding, isKey, namedFor, type Place, placeOfAddress} from './findings.ts';
import {ownerOfAddress, type Site, sites} from './sites.ts';
import {opencodesVariable, siteOfOpencodesVariable} from './variables.ts';

const configIds = sites.flatMap(({opencodeIds, opencodeOwnIds}) => [...opencodeIds, ...opencodeOwnIds]);

/**
 * opencode's logins, then the keys of its configuration. `isUnsure`: its store may name a site for further keys, but is
 * locked or broken.
 */
export type OpencodeFindings = {findings: Finding[]; isUnsure: boolean};

export async function inOpencode(machine: Machine): Promise<OpencodeFindings> {
  const config = await readOpencodeConfig(machine, configIds);
  const {logins, problem, isBusy} = await loginsOf(machine, config.providers);
  const keys = [...logins, ...config.providers.flatMap(provider => configuredKeys(provider, machine.env))];
  const findings = [...keys, ...brokenFiles(config), ...(problem === undefined ? [] : storeProblems(problem))];
  const chosen = chosenPlace(config, keys);
  if (isBusy || chosen === null) return {findings, isUnsure: isBusy};
  if (problem !== undefined) return {findings, isUnsure: chosen.site !== siteOfOpencodesVariable};
  const {[opencodesVariable]: value} = machine.env;
  return {findings: [...findings, ...finding(chosen, opencodesVariable, value, 'replace-credential')], isUnsure: false};
}

/** Set up for one site alone and without a key for it, opencode takes the variable that it has for both. */
function chosenPlace({inUse, providers}: OpencodeConfig, keys: readonly Finding[]): Place | null {
  const addresses = new Map(providers.map(({id, baseUrl}) => [id, baseUrl]));
  const known = inUse.filter(id => sites.some(({opencodeIds}) => opencodeIds.includes(id)));
  const places = known.flatMap(id => placeOf(id, addresses.get(id)) ?? []);
  const [place] = places;
  const isOne = place !== undefined && places.every(({site}) => site === place.site);
  return !isOne || keys.some(({site}) => site === place.site) ? null : {...place, certainty: 'likely'};
}

type Logins = {logins: Finding[]; problem: OpencodeProblem | undefined; isBusy: boolean};

/** Under each site's ids, and under every other id that the configuration sends to a site. */
async function loginsOf(machine: Machine, configured: readonly ConfiguredProvider[]): Promise<Logins> {
  const addresses = new Map(configured.map(({id, baseUrl}) => [id, baseUrl]));
  const sent = configured.filter(({baseUrl}) => sites.some(({id}) => id === ownerOfAddress(baseUrl ?? '')));
  const ids = new Set([...sites.flatMap(({opencodeIds}) => opencodeIds), ...sent.map(({id}) => id)]);
  const opencode = openOpencode(machine);
  const found = await Promise.all([...ids].map(id => opencode.find([id])));
  const keys = found.flatMap(({entry}) => (entry === null ? [] : loginKey(entry, addresses.get(entry.id))));
  return {
    logins: firstOfEachSite(keys),
    problem: found.flatMap(({problem}) => problem ?? []).at(0),
    isBusy: found.some(({isBusy}) => isBusy === true),
  };
}

/** A login of another kind under one id must not hide the key under the next. */
function loginKey({id, kind, key, source}: OpencodeEntry, address: string | undefined): Finding[] {
  // What is sent to this machine is passed on to where its id says.
  const place = placeOf(id, address) ?? placeOfId(id);
  return kind === 'api' && place !== null
    ? finding(place, source, key, {code: 'run', command: 'opencode auth login'})
    : [];
}

/** Of several logins for a site opencode's first is the account; the others still say whose their keys are. */
const firstOfEachSite = (findings: readonly Finding[]): Finding[] =>
  findings.map((found, at) => {
    const first = findings.findIndex(other => other.site === found.site && !(isKey(other) && other.isHint));
    return at === first || !isKey(found) ? found : {...found, isHint: true};
  });

const storeProblems = (problem: OpencodeProblem): Finding[] =>
  sites.map(({id}) => ({...problem, site: id, isVague: true}));

function placeOfId(id: string): Place | null {
  const site = sites.find(({opencodeIds}) => opencodeIds.includes(id));
  if (site !== undefined) return namedFor(site);
  const likely = sites.find(({opencodeOwnIds}) => opencodeOwnIds.includes(id));
  return likely === undefined ? null : {site: likely.id, certainty: 'likely'};
}

/** A base URL says for which site a key is, whatever the id; without one the id decides. Null: nothing says it. */
const placeOf = (id: string, address: string | undefined): Place | null =>
  address === undefined ? placeOfId(id) : placeOfAddress(address);

function configuredKeys({id, key, source, baseUrl, variables}: ConfiguredProvider, env: Machine['env']): Finding[] {
  const place = placeOf(id, baseUrl);
  if (place === null) return [];
  const named = variables.filter(name => env[name] !== undefined).slice(0, 1);
  return [
    ...finding(place, source, key, 'fix-file'),
    ...named.flatMap(name => finding(place, name, env[name], 'replace-credential')),
  ];
}

const brokenFiles = ({problems}: OpencodeConfig): Finding[] =>
  sites.flatMap(site =>
    problems
      .filter(({ids}) => ids.some(id => isIdOf(site, id)))
      .map(({source, why}) => ({site: site.id, source, why, remedy: 'fix-file' as const, isUnread: true as const})),
  );

const isIdOf = ({opencodeIds, opencodeOwnIds}: Site, id: string): boolean =>
  opencodeIds.includes(id) || opencodeOwnIds.includes(id);
