import type {Failure, Note, Notice, Outcome, Remedy} from '../../core/model.ts';
import type {NoteParts, RemedyParts} from '../../core/provider-words.ts';
import type {Strings} from '../strings/index.ts';
import {cellWidth, cut} from './cells.ts';
import {quantityWithUnit} from './quantity.ts';
import {type ClockStyle, dateTime} from './time.ts';
import {percent} from './use.ts';

/** Words for the codes that core speaks in. Strangers (a pool nobody has seen yet) get their own name, capitalised. */

type Lengths = Strings['window']['full'];

/** 'Spark 5-hour limit' for 'spark/5h'. */
export const windowLabel = rememberedById((id, strings) => {
  const {pool, length} = partsOf(id);
  const limit = lengthLabel(length, strings.window.full);
  if (pool === null) return limit ?? poolLabel(length, strings).long;
  return strings.window.pooled(poolLabel(pool, strings).long, limit ?? titled(length));
});

/** 'Spark 5h': for narrow panels and tables. */
export const windowShortLabel = rememberedById((id, strings) => {
  const {pool, length} = partsOf(id);
  const limit = lengthLabel(length, strings.window.short);
  if (pool === null) return limit ?? poolLabel(length, strings).short;
  return `${poolLabel(pool, strings).short} ${limit ?? titled(length)}`;
});

/**
 * The short label within so many cells. A pool that is counted by the month has no other limit: where there is too
 * little room its name says enough. Of another pool the name is cut, not the length: by that its limits differ.
 */
export function windowLabelWithin(id: string, cells: number, strings: Strings): string {
  const label = windowShortLabel(id, strings);
  const {pool, length} = partsOf(id);
  if (cellWidth(label) <= cells || pool === null) return label;
  const {short} = poolLabel(pool, strings);
  if (length === 'monthly') return short;
  const limit = lengthLabel(length, strings.window.short) ?? titled(length);
  const room = cells - cellWidth(limit) - 1;
  return room >= leastPool ? `${cut(short, room)} ${limit}` : label;
}
// Fewer letters of a name do not tell it from another.
const leastPool = 4;

type LabelOf = (id: string, strings: Strings) => string;
// More windows than anybody has.
const mostIds = 5000;

/** Every frame measures the labels of all windows. */
function rememberedById(make: LabelOf): LabelOf {
  const byStrings = new WeakMap<Strings, Map<string, string>>();
  return (id, strings) => {
    const labels = byStrings.get(strings) ?? new Map<string, string>();
    if (labels.size > mostIds) labels.clear();
    byStrings.set(strings, labels);
    const label = labels.get(id) ?? make(id, strings);
    labels.set(id, label);
    return label;
  };
}

function partsOf(id: string): {pool: string | null; length: string} {
  const slash = id.lastIndexOf('/');
  return slash < 0 ? {pool: null, length: id} : {pool: id.slice(0, slash), length: id.slice(slash + 1)};
}

function lengthLabel(length: string, words: Lengths): string | null {
  if (length === 'weekly' || length === 'monthly' || length === 'total') return words[length];
  const unnamed = /^unit([^x]*)x(.+)$/.exec(length);
  if (unnamed !== null) return words.unit(unnamed[1] || '?', unnamed[2] ?? '?');
  const counted = /^(\d+)([hdm])$/.exec(length);
  if (counted === null) return null;
  const number = Number(counted[1]);
  if (counted[2] === 'h') return words.hours(number);
  return counted[2] === 'd' ? words.days(number) : words.minutes(number);
}

function poolName(pool: string, {pools}: Strings): {long: string; short: string} | undefined {
  const name = pools !== undefined && Object.hasOwn(pools, pool) ? pools[pool] : undefined;
  if (name === undefined) return undefined;
  return typeof name === 'string' ? {long: name, short: name} : {long: name[0], short: name[1]};
}
const poolLabel = (pool: string, strings: Strings): {long: string; short: string} =>
  poolName(pool, strings) ?? {long: titled(pool), short: titled(pool)};

// Names that are written in capitals by those who own them.
const capitals = new Set(['ai', 'api', 'glm', 'gpt', 'llm', 'mcp', 'sql', 'ui']);

/** 'GPT 5.3 Codex' from 'gpt-5.3-codex'. */
export const titled = (name: string): string =>
  name
    .split(/[\s_/-]+/)
    .filter(Boolean)
    .map(word => (capitals.has(word.toLowerCase()) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');

// A letter or two are not worth another name.
const leastSaved = 4;

/** What a provider goes by where its name is long: 'Google' for 'Google Antigravity'. */
export function briefName({id, name}: {id: string; name: string}): string {
  const brief = titled(id);
  return cellWidth(brief) + leastSaved <= cellWidth(name) ? brief : name;
}

/** One line for a note; `at` becomes a time, `percent` a percentage, a pool of ours its name. */
export const noteText = (note: Note, now: number, strings: Strings, style: ClockStyle): string =>
  noteWithTime(note, strings, at => dateTime(at, now, strings, style));

/** Empty for a code that has no words: another version of this program may have noted it. */
export const noteWithTime = (
  {code, text, at, percent: used, amount}: Note,
  strings: Strings,
  time: (at: number) => string,
): string =>
  wordsOf<NoteParts>(
    strings.notes,
    code,
  )?.({
    text: text !== undefined && namesPool(code) ? (poolName(text, strings)?.long ?? text) : text,
    time: at === undefined ? undefined : time(at),
    percent: used === undefined ? undefined : percent(used),
    amount: amount && quantityWithUnit(amount.value, amount.unit, strings),
  }) ?? '';

const namesPool = (code: Note['code']): boolean => code === 'pool-exhausted' || code === 'limit-reached';

/** Empty for a code that has no words. */
export const remedyText = ({code, ...parts}: Remedy, strings: Strings): string =>
  wordsOf<RemedyParts>(strings.remedies, code)?.(parts) ?? '';

const wordsOf = <Parts>(words: Readonly<Record<string, (parts: Parts) => string>>, code: string) =>
  Object.hasOwn(words, code) ? words[code] : undefined;

/** One line: what happened, in our words. The service's own are in `failure.detail`. */
export function failureText({code, remedy, refused}: FailureKind, strings: Strings): string {
  // No request was made, so no answer can have been a bad one.
  if (refused !== undefined) return strings.refusals[refused.code](refused);
  return remedy?.code === 'endpoint' ? strings.panel.endpointRefused : strings.failures[code];
}
type FailureKind = Pick<Failure, 'code'> & Partial<Pick<Failure, 'remedy' | 'refused'>>;

/** 'the login has expired — run `codex`'. */
export function failureLine(failure: Failure, strings: Strings): string {
  const cure = failure.remedy === null ? '' : remedyText(failure.remedy, strings);
  return cure === '' ? failureText(failure, strings) : `${failureText(failure, strings)} — ${cure}`;
}

export const outcomeText = (outcome: Outcome, strings: Strings): string =>
  outcome === 'ok' || outcome === 'ok_empty' ? strings.outcomes[outcome] : strings.failures[outcome];

export const noticeText = (notice: Notice, strings: Strings): string =>
  `${strings.notices[notice.code]}: ${notice.text}`;
