import type {Account, Machine} from '../../core/provider.ts';
import {accountKey, fingerprintOf} from '../../core/provider.ts';
import {mask} from '../../core/text/redact.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {problemAccount, uniqueAccounts} from '../shared/accounts.ts';
import type {Credential, Team} from './fetch.ts';
import {type Key, type Problem, teamOf} from './findings.ts';
import type {Site} from './sites.ts';
import {findKeys} from './sources.ts';

/**
 * Every key of this site on this machine. A key found in several places is one account, named after the first place;
 * what that place does not say (a label, a team) the later ones fill in. A place that may not concern this site at all is
 * a problem only when there is no key. Never throws.
 */
export async function discoverKeys(site: Site, machine: Machine, only?: readonly string[]): Promise<Account[]> {
  const {logins, problems, hints} = await findKeys(site, machine, only);
  const keys = oncePerKey(logins).map(key => keyAccount(site, machine, key));
  const said = keys.length === 0 ? [...problems, ...hints] : problems;
  return uniqueAccounts([...keys, ...said.map(problem => toProblem(site, machine, problem))], machine.now());
}

/** What is known of a key from several places is no matter of one of them. */
function oncePerKey(keys: readonly Key[]): Key[] {
  const byKey = new Map<string, Key>();
  for (const {place, ...found} of keys) {
    const known = byKey.get(found.key);
    const isOwn = place !== undefined && found.certainty === 'named' && (known === undefined || known.place === place);
    const {place: _, ...rest} = known ?? {};
    byKey.set(found.key, {...found, ...rest, ...(isOwn ? {place} : {})});
  }
  return [...byKey.values()];
}

/** `login` mends what stands in our own store or in a variable, so the remedy names the provider and not the place. */
function toProblem(site: Site, machine: Machine, {source, why, remedy, written}: Problem): Account {
  const name = remedy === 'replace-credential' ? site.id : source;
  const account = problemAccount(machine, site.id, {
    source,
    why,
    remedy: typeof remedy === 'string' ? {code: remedy, name} : remedy,
  });
  return written === undefined ? account : {...account, stored: true, secrets: [written]};
}

function keyAccount(site: Site, machine: Machine, found: Key): Account {
  const {key, source, stored, identity} = found;
  const team = site.hasTeams ? (found.team ?? environmentTeam(machine)) : null;
  const credential: Credential = {key, team};
  return {
    key: accountKey(machine, site.id, identity),
    provider: site.id,
    label: sanitize(found.label ?? '', 60) || mask(key),
    source,
    ...(found.place === undefined ? {} : {place: found.place}),
    credential,
    secrets: [...new Set([...secretsIn(key), found.written ?? key])],
    fingerprint: fingerprintOf(machine, key, team?.organization ?? '', team?.project ?? ''),
    expiresAt: null,
    stored,
  };
}

const environmentTeam = ({env}: Machine): Team | null =>
  teamOf(env.Z_AI_BIGMODEL_ORGANIZATION, env.Z_AI_BIGMODEL_PROJECT);

/** The key, and its second half alone: `{id}.{secret}` may be echoed in parts. */
function secretsIn(key: string): string[] {
  const [, ...secret] = key.split('.');
  return secret.length === 0 ? [key] : [key, secret.join('.')];
}
