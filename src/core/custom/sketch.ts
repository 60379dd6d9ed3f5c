import {customAmountIds} from './definition.ts';

/** A definition as it is described on one page of a form, in place of the settings. Pure; nothing is checked here. */

/** What was typed, by the name of its field; what is empty is not there. */
export type Answers = Readonly<Record<string, string | undefined>>;
/** `isBare`: nothing says yet where its figures stand. It can be tried, to see what comes back, and not be kept. */
export type Sketch = {written: Record<string, unknown>; isBare: boolean};

/** An id that nobody has, after the name: 'Acme gateway' is acme-gateway. */
export function idFor(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const base =
    plain
      .replace(/^[^a-z]+/, '')
      .slice(0, longestBase)
      .replace(/-+$/, '') || 'own';
  const others = taken.map((_, at) => `${base}-${at + 2}`);
  return [base, ...others].find(id => !taken.includes(id)) ?? base;
}
const longestBase = 28;

export function serviceFrom(answers: Answers, taken: readonly string[]): Sketch {
  const {name = '', url = ''} = answers;
  const figures = figuresOf(answers);
  const auth = authOf(answers);
  const http = {url: url.trim(), ...(auth && {auth}), ...(figures ?? nothingYet)};
  return {written: {id: idFor(name, taken), name, http}, isBare: figures === null};
}

/** What reads nothing, and is no broken definition. */
const nothingYet = {amounts: [{id: 'used', value: 0, unit: 'count'}]};

export function programFrom(
  {name = '', run = '', args = '', key, secretEnv}: Answers,
  taken: readonly string[],
): Sketch {
  const id = idFor(name, taken);
  const variable = secretEnv ?? (key === undefined ? undefined : `${id.toUpperCase().replaceAll('-', '_')}_API_KEY`);
  const command = {run: [run, ...args.split(/\s+/).filter(Boolean)], ...(variable && {secretEnv: bare(variable)})};
  return {written: {id, name, command}, isBare: false};
}

/** A key that is typed is stored, and not looked for in the variable of the preset. */
export function presetWith(written: object, {key}: Answers): object {
  const {http} = written as {http?: {auth?: {env?: string}}};
  if (key === undefined || http?.auth?.env === undefined) return written;
  const {env: _, ...auth} = http.auth;
  return {...written, http: {...http, auth: {...auth, stored: true}}};
}

/** `$ACME_KEY` is ACME_KEY. */
const bare = (variable: string): string => variable.replace(/^\$/, '');

/** `Authorization: Bearer`, or the key alone in a header of its own. */
function authOf({key, env, header}: Answers): object | undefined {
  if (key === undefined && env === undefined) return undefined;
  const own = header === undefined || header.toLowerCase() === 'authorization' ? {} : {header, scheme: ''};
  return {...own, ...(key !== undefined && {stored: true}), ...(env !== undefined && {env: bare(env)})};
}

/** Null where nothing at all was said of them. */
function figuresOf(answers: Answers): object | null {
  const {limit: id = '', used, left, most, unit, reset, resetAs} = answers;
  if ([id, used, left, most].every(each => each === undefined || each === '')) return null;
  if (customAmountIds.some(each => each === id))
    return {amounts: [{id, value: source(used ?? left ?? '', answers), unit: unit ?? ''}]};
  const resetsAt = resetsFrom(reset, resetAs);
  return {windows: [{id, ...usageOf(answers), ...unitOf(unit), ...(resetsAt && {resetsAt})}]};
}

/** One path alone is a percentage; with a limit, or with both, they are counts. */
function usageOf(answers: Answers): object {
  const {used, left, most} = answers;
  const isPercent = most === undefined && (used === undefined) !== (left === undefined);
  const entries = [
    [isPercent ? 'usedPercent' : 'used', used],
    [isPercent ? 'remainingPercent' : 'remaining', left],
    ['limit', most],
  ] as const;
  return Object.fromEntries(
    entries.flatMap(([name, text]) => (text === undefined ? [] : [[name, source(text, answers)]])),
  );
}

const unitOf = (unit: string | undefined): object => {
  if (unit === 'fraction') return {unit: 'percent', scale: '0-1'};
  return unit === undefined ? {} : {unit};
};

/** A number stands for itself, anything else is a path. */
function source(text: string, {divideBy}: Answers): unknown {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return {path: text, ...(divideBy !== undefined && {divideBy: Number(divideBy)})};
}

function resetsFrom(reset: string | undefined, as: string | undefined): object | undefined {
  if (as?.startsWith('utc-')) return {next: as};
  return reset === undefined ? undefined : {path: reset, as: as ?? 'iso'};
}
