import {type LoginPlace, whereOf} from '../core/login-place.ts';
import type {SearchedItem, SearchedPlace} from '../core/login-search/search.ts';
import {wrap} from '../view/format/cells.ts';
import type {Strings} from '../view/strings/en.ts';

/** Where the logins of a provider were looked for, and what was found there, for `accounts` and `doctor`. */

export type Discovered = {id: string; name: string; places: readonly SearchedPlace[]};
type Say = (text: string) => string;

/** The same for scripts. */
export const placeEntry = (searched: SearchedPlace, say: Say) => ({
  name: searched.place.name,
  where: whereOf(searched.place),
  found: searched.found,
  ...whyIn(searched, say),
  looked: lookedIn(searched, say),
});

export const lookedIn = ({place, items}: SearchedPlace, say: Say): SearchedItem[] =>
  items.map(item => ({kind: item.kind, what: whatIn(item, place, say), found: item.found, ...whyIn(item, say)}));

const whyIn = ({why}: {why?: string}, say: Say): {why?: string} => (why === undefined ? {} : {why: say(why)});

/** What the catalogue names is the same on every machine; another path may tell whose machine it is. */
const whatIn = ({kind, what}: SearchedItem, {files = []}: LoginPlace, say: Say): string =>
  kind !== 'file' || files.includes(what) ? what : say(what);

type TextOptions = {width: number; strings: Strings; say: Say};

/** Every place with what was found, and below it every thing that was looked at. */
export function placesText({name, places}: Discovered, {width, strings, say}: TextOptions): string {
  const lines = places.flatMap((searched, at) => [
    ...hung(`${String(at + 1).padStart(3)}  `, placeLine(searched, strings, say), width),
    ...placeDetails(searched, strings, say).flatMap(text => hung(' '.repeat(7), text, width)),
  ]);
  return `\n${[...wrap(strings.table.places(name), width), ...lines].join('\n')}\n`;
}

const hung = (before: string, text: string, width: number): string[] =>
  wrap(text, Math.max(1, width - before.length)).map((line, row) =>
    row === 0 ? before + line : ' '.repeat(before.length) + line,
  );

/** 'Codex CLI: login found'. */
export function placeLine({place, found, why}: SearchedPlace, {table}: Strings, say: Say): string {
  const words = found === 'absent' ? table.found.nothing : table.found[found];
  return `${place.name}: ${withWhy(words, why, say)}`;
}

/** '~/.codex/auth.json: login found', and what else has to be known. */
export const placeDetails = ({place, items}: SearchedPlace, strings: Strings, say: Say): string[] => [
  ...items.map(item => itemLine(item, whatIn(item, place, say), strings, say)),
  ...(place.note === undefined ? [] : [place.note]),
];

function itemLine({kind, found, why}: SearchedItem, what: string, {table}: Strings, say: Say): string {
  const words = kind === 'variable' && found === 'absent' ? table.found.unset : table.found[found];
  return `${kind === 'program' ? `the command ${what}` : what}: ${withWhy(words, why, say)}`;
}

const withWhy = (words: string, why: string | undefined, say: Say): string =>
  why === undefined ? words : `${words} (${say(why)})`;
