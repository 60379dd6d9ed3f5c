import type {RemedyInit} from '../../core/model.ts';
import {bareToken} from '../shared/accounts.ts';
import type {Held} from '../shared/held.ts';
import {toText} from '../shared/values.ts';
import type {Team} from './fetch.ts';
import {isOfSite, ownerOfAddress, type Site, sites} from './sites.ts';

/**
 * How surely a place says whose its key is: an entry or an address of one site (`named`), a variable or a file of the
 * site's own name (`own`), a name that tools use for both sites but more for this one (`likely`), or for either (`shared`).
 */
export type Certainty = 'named' | 'own' | 'likely' | 'shared';
/** `site`: null where nothing says it. `isHint`: it says whose a key is, but is no login itself. */
export type Place = {site: Site['id'] | 'elsewhere' | null; certainty: Certainty; isHint?: true};

/** `written`: what our own store holds, and knows this key by. `identity`: by what the account stays the same. */
export type Key = Place & {
  source: string;
  /** The name of the place in the catalogue. */
  place?: string;
  key: string;
  identity: string;
  stored: boolean;
  written?: string;
  label?: string;
  team?: Team;
};
/**
 * `isVague`: the place serves many services, and may never have held a key of this site. `isUnread`: what it says of other
 * keys is not known either.
 */
export type Problem = {
  site: Site['id'];
  source: string;
  why: string;
  remedy: RemedyInit;
  written?: string;
  isVague?: true;
  isUnread?: true;
};
/** A key, or the reason why it could not be read. */
export type Finding = Key | Problem;

export const isKey = (finding: Finding): finding is Key => 'key' in finding;
const isProblem = (finding: Finding): finding is Problem => 'why' in finding;

export const namedFor = ({id}: Site): Place => ({site: id, certainty: 'named'});

/** The place that an address makes of whatever stands beside it; null where it says nothing. */
export function placeOfAddress(address: string): Place | null {
  const owner = ownerOfAddress(address);
  // Somebody else's gateway may take a site's own key too: that says less than an entry of the site.
  if (owner === 'elsewhere') return {site: owner, certainty: 'own', isHint: true};
  const site = sites.find(({id}) => id === owner);
  if (site === undefined) return null;
  return isOfSite(site, address) ? namedFor(site) : {...namedFor(site), isHint: true};
}

/** Nothing for a blank value, a problem for one that cannot be a key (half a file, a sentence). */
export function finding(
  place: Place,
  source: string,
  value: unknown,
  remedy: RemedyInit,
  more: Partial<Key> = {},
): Finding[] {
  const key = bareToken(toText(value) ?? '');
  // Anthropic's own tokens end up beside these sites' addresses by mistake; they were not issued for them.
  if (key === '' || key.startsWith('sk-ant-')) return [];
  if (isToken(key)) return [{...place, source, key, identity: key, stored: false, ...more}];
  const {site} = place;
  if (site === null || site === 'elsewhere' || place.isHint === true) return [];
  const {written} = more;
  return [{site, source, why: 'it contains no API key', remedy, ...(written === undefined ? {} : {written})}];
}

/** Organization and project of a team's key: useful together or not at all. */
export function teamOf(organization: string | undefined, project: string | undefined): Team | null {
  const team = {organization: organization?.trim() ?? '', project: project?.trim() ?? ''};
  return isToken(team.organization) && isToken(team.project) ? team : null;
}

const isToken = (text: string): boolean => /^[\w.~+/=:-]{1,1024}$/.test(text);

/** What a place held: a problem of a place that serves many services is no more than a hint. */
export const heldOf = (findings: readonly Finding[]): Held<Key, Problem> => ({
  logins: findings.filter(isKey),
  problems: findings.filter(isProblem).filter(({isVague}) => isVague !== true),
  hints: findings.filter(isProblem).filter(({isVague}) => isVague === true),
});
