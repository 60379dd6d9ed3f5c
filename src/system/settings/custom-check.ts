import * as v from 'valibot';
import {type CustomProvider, customId, mostCustomProviders} from '../../core/custom/definition.ts';
import {storeIds} from '../../core/provider.ts';
import {longestIntervalSeconds, shortestIntervalSeconds} from '../../core/settings.ts';
import {revealing, revealingName} from '../../core/text/reveal.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isRecord} from '../files/json-store.ts';
import {customSchema} from './custom-schema.ts';

export type CustomRead = {
  definitions: CustomProvider[];
  /** Also of broken ones, which other settings may go on naming. */
  ids: string[];
};

type Path = PropertyKey[];
type Report = (path: Path, why: string) => void;
type Issue = {path: Path; why: string};

/** The providers that the user describes, without those that are broken, each of which is reported. Throws nothing. */
export function checkCustom(written: unknown, builtIn: readonly string[], report: Report): CustomRead {
  const list = listIn(written, report);
  const ids = list.map(idOf);
  const definitions = list.flatMap((each, at) => {
    const {output, issues} = judged(each, builtIn, ids.slice(0, at));
    for (const {path, why} of issues) report(['customProviders', at, ...placeIn(path)], why);
    return output ?? [];
  });
  return {definitions, ids: ids.filter(id => customId.test(id) && !builtIn.includes(id))};
}

function listIn(written: unknown, report: Report): unknown[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) report(['customProviders'], 'must be a list');
  const list: unknown[] = Array.isArray(written) ? written : [];
  if (list.length > mostCustomProviders)
    report(['customProviders'], `has more than ${mostCustomProviders} entries; the others are ignored`);
  return list.slice(0, mostCustomProviders);
}

const idOf = (value: unknown): string => (isRecord(value) && typeof value.id === 'string' ? value.id : '');

function judged(
  written: unknown,
  builtIn: readonly string[],
  before: readonly string[],
): {output: CustomProvider | null; issues: Issue[]} {
  const secrets = secretsIn(written);
  // What a message would quote may be the secret.
  if (secrets.length > 0) return {output: null, issues: secrets};
  const id = idOf(written);
  if (builtIn.includes(id)) return refused(`"${id}" is a built-in provider`);
  if (storeIds.includes(id)) return refused(`"${id}" is a name of this program`);
  if (before.includes(id) && id !== '') return refused(`"${sanitize(id, 40)}" is in the list twice`);
  const {success, output, issues = []} = v.safeParse(customSchema, written);
  if (!success) return {output: null, issues: onePerPlace(issues.flatMap(each => inside(each)))};
  return withInterval(output);
}

const refused = (why: string) => ({output: null, issues: [{path: ['id'], why}]});

/** An interval out of range becomes the nearest one, as that of any provider. */
function withInterval(output: CustomProvider): {output: CustomProvider; issues: Issue[]} {
  const {intervalSeconds: given} = output;
  const intervalSeconds = Math.min(Math.max(given, shortestIntervalSeconds), longestIntervalSeconds);
  if (given === intervalSeconds) return {output, issues: []};
  const why = `${given} is not from ${shortestIntervalSeconds} to ${longestIntervalSeconds}; using ${intervalSeconds}`;
  return {output: {...output, intervalSeconds}, issues: [{path: ['intervalSeconds'], why}]};
}

type Refusal = {type?: string; path?: unknown; message: string; issues?: readonly Refusal[] | undefined};

const keysOf = ({path}: Refusal): Path => (Array.isArray(path) ? path.map(({key}: {key: PropertyKey}) => key) : []);

/** Of alternatives the one that was meant says more than that none fits: what it refuses lies further inside. */
function inside(issue: Refusal, above: Path = []): Issue[] {
  const path = [...above, ...keysOf(issue)];
  // Keys too many were refused before: this one is missing.
  if (issue.type === 'strict_object' && path.length > 0)
    return [{path: path.slice(0, -1), why: `needs ${String(path.at(-1))}`}];
  const meant = issue.issues?.filter(each => keysOf(each).length > 0) ?? [];
  return meant.length > 0 ? meant.flatMap(each => inside(each, path)) : [{path, why: issue.message}];
}

const onePerPlace = (issues: Issue[]): Issue[] =>
  [...new Map(issues.toReversed().map(each => [JSON.stringify(placeIn(each.path)), each])).values()].toReversed();

/** As the user thinks of it: `windows[0].used`, without what stands around and below in the file. */
function placeIn(path: Path): Path {
  const [first, ...rest] = path;
  const within = rest.length > 0 && (first === 'http' || first === 'command') ? rest : path;
  const end = within.findIndex((key, at) => key === 'path' && at > 0);
  return end < 0 ? within : within.slice(0, end);
}

const bareWords = /^(?:key|token|secret|value|password|api[-_]?key)$/i;
/** So long a row of letters and digits is no word. */
const longRow = /(?=.*\d)(?=.*[a-z])[\w\-./+=~]{20,}/i;
const secretHeader = /authorization|cookie|api-?key|token|secret/i;
// Also with a word before it: `x-api-key`, `private_token`. A key may be that of a sort, a token that of a page.
const secretParameter =
  /^(?:key|sig)$|^(?!page|next|sort)(?:.*[-_.])?(?:(?:api|access|auth|private|secret|user)[-_]?key|token|secret|passw(?:or)?d|pwd|authorization|signature|session[-_]?id|jwt)$/i;
// A file that holds it is none.
const secretArgument = /^--?(?<name>[\w.-]+)=(?![~/.])./;
const secretInHeader = /^(?:proxy-)?(?:authorization|cookie|x-api-key|api-key)\s*:\s*\S/i;

/** Where something stands that looks like a secret, which belongs in a variable or in our own store. */
function secretsIn(written: unknown): Issue[] {
  const remedy = `put it into a variable or use \`mystatus-tui login ${sanitize(idOf(written), 40) || '<id>'}\``;
  const found = textsIn(written).filter(([path, text]) => looksLikeKey(placeIn(path), text));
  return onePerPlace(found.map(([path]) => ({path: around(path), why: `holds what looks like a key; ${remedy}`})));
}

const around = (path: Path): Path => (path[1] === 'auth' ? path.slice(0, 2) : path);

function looksLikeKey([field, name]: Path, text: string): boolean {
  if (field === 'auth') return bareWords.test(String(name)) || isKeyInAuth(String(name), text);
  if (field === 'headers') return secretHeader.test(String(name)) || revealingName(text, []) !== null;
  if (field === 'run' && isKeyInArgument(text)) return true;
  return revealing(text, []) !== null || (field === 'url' && hasSecretParameter(text));
}

function isKeyInArgument(text: string): boolean {
  const name = secretArgument.exec(text)?.groups?.name ?? '';
  return secretParameter.test(name) || secretInHeader.test(text) || hasSecretParameter(text);
}

function isKeyInAuth(name: string, text: string): boolean {
  // No variable has so many letters and digits without a mark between them.
  const isVariable = /^[A-Z_][A-Z0-9_]*$/.test(text) && !/(?=[A-Z]*\d)[A-Z\d]{20,}/.test(text);
  if (name === 'header' || (name === 'env' && isVariable)) return false;
  return revealingName(text, []) !== null || longRow.test(text);
}

const hasSecretParameter = (url: string): boolean =>
  URL.canParse(url) &&
  [...new URL(url).searchParams].some(([name, value]) => secretParameter.test(name) && value !== '');

/** Every text with its place; nothing is that deep in a definition. */
function textsIn(value: unknown, path: Path = []): [Path, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (path.length > 8 || typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, each]) => textsIn(each, [...path, isList ? Number(key) : key]));
}
