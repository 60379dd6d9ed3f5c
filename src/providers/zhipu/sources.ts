import type {Machine} from '../../core/provider.ts';
import {type Held, readPlaces} from '../shared/held.ts';
import {storedPlace} from '../shared/login-places.ts';
import {type Certainty, type Finding, finding, heldOf, type Key, namedFor, type Problem, teamOf} from './findings.ts';
import {inOpencode} from './opencode-keys.ts';
import {places, type Site, sites} from './sites.ts';
import {inClaudeCode, inHelper, inKeyFiles, inZcode} from './tool-files.ts';
import {inEnvironment} from './variables.ts';

/**
 * What was found for a site, in the order in which places are preferred (docs/providers/zhipu.md). All places are looked
 * at for both sites: only together do they say whose a key is. With `only`, what these places say by themselves.
 */
export async function findKeys(site: Site, machine: Machine, only?: readonly string[]): Promise<Held<Key, Problem>> {
  let isUnsure = false;
  const readers = {
    [places.environment]: async () => heldOf(await inEnvironment(machine)),
    [storedPlace.name]: async () => heldOf(await inOwnStore(machine)),
    [places.opencode]: async () => {
      const opencode = await inOpencode(machine);
      isUnsure = opencode.isUnsure;
      return heldOf(opencode.findings);
    },
    [places.claudeCode]: async () => heldOf(await inClaudeCode(machine)),
    [places.helper]: async () => heldOf(await inHelper(machine)),
    [places.zcode]: async () => heldOf(await inZcode(machine)),
    [places.keyFiles]: async () => heldOf(await inKeyFiles(machine)),
  };
  const {logins: keys, problems, hints} = await readPlaces(readers, only);
  isUnsure ||= isUnreadElsewhere(site, problems);
  const own = keys.filter(found => isUsable(site, found) && isOwnedBy(site, found, keys, isUnsure));
  const isOfSite = (problem: Problem): boolean => problem.site === site.id;
  return {
    logins: [...own.filter(found => found.site === site.id), ...own.filter(found => found.site !== site.id)],
    problems: problems.filter(isOfSite),
    hints: hints.filter(isOfSite),
  };
}

/** What `login` stored. */
async function inOwnStore(machine: Machine): Promise<Finding[]> {
  const stored = await Promise.all(sites.map(({id}) => machine.stored(id)));
  return sites.flatMap((site, at) =>
    (stored[at] ?? []).flatMap(({secret, label, fields}) => {
      const team = teamOf(fields.organization, fields.project);
      return finding(namedFor(site), 'mystatus-tui login', secret, 'replace-credential', {
        stored: true,
        written: secret,
        ...(label === undefined ? {} : {label}),
        ...(team === null ? {} : {team}),
      });
    }),
  );
}

/** A place of the site, or a mere variable or file: that one holds the key of whichever site is named for it elsewhere. */
const isUsable = (site: Site, {site: of, certainty, isHint}: Key): boolean =>
  isHint !== true && of !== 'elsewhere' && (of === site.id || certainty !== 'named');

const strengths: Record<Certainty, number> = {shared: 0, likely: 1, own: 2, named: 3};

/**
 * Whether a key is the site's: nothing names another one for it more surely. Two sites that are named equally surely are
 * both right, unless only names that both share speak of them. While a place that may name the other site cannot be read,
 * such names say nothing.
 */
function isOwnedBy(site: Site, {key}: Key, all: readonly Key[], isUnsure: boolean): boolean {
  const claims = all.filter(claim => claim.key === key && claim.site !== null);
  const strongest = Math.max(...claims.map(({certainty}) => strengths[certainty]));
  const named = new Set(claims.filter(({certainty}) => strengths[certainty] === strongest).map(claim => claim.site));
  if (strongest <= strengths.likely && (isUnsure || named.size > 1)) return false;
  return named.has(site.id);
}

/** A broken file that names the other site and not this one may give it any key of a shared name. */
function isUnreadElsewhere(site: Site, problems: readonly Problem[]): boolean {
  const unread = problems.filter(({isUnread}) => isUnread === true);
  return unread.length > 0 && unread.every(problem => problem.site !== site.id);
}
