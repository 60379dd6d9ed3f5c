import type {LoginPlace} from '../login-place.ts';
import type {Discovery} from '../polling/discovery.ts';
import type {Account, Machine, Provider, StoredCredential} from '../provider.ts';
import type {Redactor} from '../text/redact.ts';
import {sanitize} from '../text/sanitize.ts';
import {type Item, itemsOf} from './items.ts';
import {createLooks, type Look, type Looks} from './looks.ts';

/**
 * Where the logins of a provider were looked for, and what was found there: its own `discover` is run for each of its
 * places, and what it reads on the way is noted. Works for every provider of the catalogue; nothing secret comes out.
 */

/** `unused`: it is there, and discovery had no reason to look at it. */
export type Finding = 'login' | 'no-login' | 'absent' | 'unreadable' | 'unused';
export type SearchedItem = Pick<Item, 'kind' | 'what'> & {found: Finding; why?: string};
export type SearchedPlace = {place: LoginPlace; found: Finding; why?: string; items: SearchedItem[]};

type Deps = {discovery: Pick<Discovery, 'findIn'>; redactor: Redactor};
/** What came of one place: the accounts, and what was read for it. */
type Tried = {place: LoginPlace; accounts: Account[]; looks: Looks; items: Item[]; stored: StoredCredential[]};

export async function searchPlaces(deps: Deps, provider: Provider): Promise<SearchedPlace[]> {
  const tried = await Promise.all(provider.places.map(place => tryPlace(deps, provider, place)));
  const home = tried.find(({machine}) => machine !== null)?.machine ?? null;
  // A file of one place may be read for another one.
  const looks = new Map(tried.flatMap(({looks}) => [...looks.all]));
  const named = new Set(tried.flatMap(({items}) => items.flatMap(({path}) => path ?? [])));
  const evidence = evidenceIn(tried.flatMap(({accounts}) => accounts));
  return tried.map(each => {
    const others = home === null ? [] : unnamed(each, named, home);
    return searched(each, [...each.items, ...others], {looks, evidence, redactor: deps.redactor, machine: home});
  });
}

async function tryPlace({discovery}: Deps, provider: Provider, place: LoginPlace) {
  const looks = createLooks();
  const seen: {items: Item[]; stored: StoredCredential[]; machine: Machine | null} = {
    items: [],
    stored: [],
    machine: null,
  };
  const noting: Provider = {
    ...provider,
    async discover(machine, only) {
      seen.machine = machine;
      seen.items = await itemsOf(place, machine);
      seen.stored = place.stored ? await machine.stored(provider.id) : [];
      return provider.discover(looks.through(machine), only);
    },
  };
  const found = await discovery.findIn(noting, place.name);
  // What is wrong with our own store is said of every place.
  const accounts = found.filter(({stored}) => stored === (place.stored === true));
  return {place, accounts, looks, ...seen};
}

// Shorter ones would be found by chance.
const shortestEvidence = 6;

/** What shows that a login stands in a text: its secrets; without any, its name. */
const evidenceIn = (accounts: readonly Account[]): string[] =>
  accounts
    .filter(({problem}) => problem === undefined)
    .flatMap(({secrets, label}) => (secrets.length > 0 ? secrets : [label]))
    .filter(text => text.length >= shortestEvidence);

/** What was read for a place, is there, and is named nowhere: other directories of other platforms. */
const unnamed = ({looks}: Tried, named: ReadonlySet<string>, machine: Machine): Item[] =>
  [...looks.all]
    .filter(([path, {state, program}]) => state !== 'missing' && !named.has(path) && program !== true)
    .map(([path]) => ({kind: 'file', what: shortened(path, machine), path, isThere: true}));

const shortened = (path: string, {home}: Machine): string =>
  path.startsWith(`${home}/`) || path.startsWith(`${home}\\`) ? `~${path.slice(home.length)}` : path;

type Known = {
  looks: ReadonlyMap<string, Look>;
  evidence: readonly string[];
  redactor: Redactor;
  machine: Machine | null;
};

function searched({place, accounts, stored}: Tried, all: readonly Item[], known: Known): SearchedPlace {
  const items = all.flatMap(item =>
    item.kind === 'stored' ? stored.map(each => entryOf(each, item, known)) : [toSearched(item, known)],
  );
  const none = place.stored === true && stored.length === 0;
  const listed = none ? [{kind: 'stored', what: 'what it stored', found: 'absent'} as const, ...items] : items;
  const isLogin = accounts.some(account => account.problem === undefined && !standsElsewhere(account, all, known));
  const isEmpty = listed.length > 0 && listed.every(({found}) => found === 'absent');
  const problem = isEmpty ? undefined : accounts.find(each => each.problem !== undefined)?.problem?.detail;
  const [found, why] = verdictOf(listed, isLogin, problem);
  const safe = why === undefined ? {} : {why: known.redactor.redact(sanitize(why, 200))};
  return {place, found, ...safe, items: found === 'login' ? withLogin(listed) : [...listed]};
}

/** Read on the way, in a file that another place names. */
function standsElsewhere(account: Account, items: readonly Item[], {looks}: Known): boolean {
  const evidence = evidenceIn([account]);
  const own = new Set(items.map(({path}) => path));
  return [...looks].some(([path, look]) => !own.has(path) && evidence.some(look.holds));
}

function verdictOf(
  items: readonly SearchedItem[],
  isLogin: boolean,
  problem: string | undefined,
): [Finding, why?: string] {
  if (isLogin || items.some(({found}) => found === 'login')) return ['login'];
  const unreadable = items.find(({found}) => found === 'unreadable');
  if (unreadable !== undefined) return ['unreadable', problem ?? unreadable.why ?? ''];
  if (problem !== undefined) return ['no-login', problem];
  return [items.every(({found}) => found === 'absent') ? 'absent' : 'no-login'];
}

/** A login that shows nowhere stands in the one thing that is there. */
function withLogin(items: readonly SearchedItem[]): SearchedItem[] {
  const there = items.filter(({found}) => found === 'no-login' || found === 'unused');
  if (items.some(({found}) => found === 'login') || there.length !== 1) return [...items];
  return items.map(item => (item === there[0] ? {...item, found: 'login'} : item));
}

function entryOf({keychain, problem, secret}: StoredCredential, {kind, what}: Item, known: Known): SearchedItem {
  const named = {kind, what: keychain ? `${what} (keychain)` : what};
  if (problem !== undefined) return {...named, found: 'unreadable', why: known.redactor.redact(sanitize(problem, 200))};
  return {...named, found: known.evidence.some(text => secret.includes(text)) ? 'login' : 'no-login'};
}

function toSearched(item: Item, {looks, evidence, redactor, machine}: Known): SearchedItem {
  const {kind, what, path, isThere, why} = item;
  const look = path === null ? undefined : looks.get(path);
  const value = kind === 'variable' ? (machine?.env[what] ?? '') : '';
  const isLogin = evidence.some(text => value.includes(text) || look?.holds(text) === true);
  if (isLogin) return {kind, what, found: 'login'};
  if (look?.state === 'unreadable')
    return {kind, what, found: 'unreadable', why: redactor.redact(sanitize(look.why ?? '', 200))};
  if (!isThere || (kind !== 'variable' && look?.state === 'missing'))
    return {kind, what, found: 'absent', ...(why && {why})};
  return {kind, what, found: look !== undefined || kind === 'variable' ? 'no-login' : 'unused'};
}
