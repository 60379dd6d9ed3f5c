import type {Note, Reading, Window} from '../../core/model.ts';
import {drifted} from '../shared/http.ts';
import {firstOf, isRecord, type Json, listOf, recordOf, toText} from '../shared/values.ts';
import {day, hour, pooledId, second, slug, week, windowIdOf} from '../shared/windows.ts';
import {type Left, leftOf, poolNamed, resetOf, sessionMs, windowOf} from './limits.ts';

/** A bucket of the summary before it has an id of its own. */
type Row = {pool: string; length: Length; isNamed: boolean; bucket: Json};
type Length = {id: string; ms: number | null};

// More rows than any plan has: what lies beyond was not meant for people.
const mostRows = 64;

/**
 * The pools' windows from `retrieveUserQuotaSummary`, in whatever envelope. Null when the body is not a summary, so that
 * an older method has to be asked; an empty summary is an answer. Throws `ProviderError` when none of its rows can be read.
 */
export function parseSummary(body: unknown, now: number): Reading | null {
  const summary = unwrapped(body);
  if (summary === null) return null;
  const told = bucketsOf(summary);
  const rows = told.flatMap(([bucket, group]) => (isRecord(bucket) ? rowOf(bucket, group) : [])).slice(0, mostRows);
  if (told.length > 0 && rows.length === 0) throw drifted('no row of its quota summary can be read', body);
  const skipped: Note[] = rows.length < told.length ? [{code: 'skipped-rows'}] : [];
  return {plan: null, windows: windowsOf(rows, now), amounts: [], notes: skipped};
}

/** The record that holds the groups: the body itself or inside one or two of the envelopes that are in use. */
function unwrapped(body: unknown, depth = 2): Json | null {
  if (!isRecord(body)) return null;
  if (Array.isArray(body.groups) || Array.isArray(body.buckets)) return body;
  if (depth === 0) return null;
  const inner = [body.response, body.summary, body.quotaSummary].map(part => unwrapped(part, depth - 1));
  return inner.find(part => part !== null) ?? null;
}

/** Every bucket with the name of its group. A group that is no group counts as a row that cannot be read. */
function bucketsOf(summary: Json): [unknown, string][] {
  const grouped = listOf(summary.groups).flatMap((group): [unknown, string][] =>
    isRecord(group) ? listOf(group.buckets).map(bucket => [bucket, nameOf(group) ?? '']) : [[null, '']],
  );
  return [...grouped, ...listOf(summary.buckets).map((bucket): [unknown, string] => [bucket, ''])];
}

const nameOf = (record: Json): string | undefined => firstOf(record, ['displayName', 'display_name', 'name'], toText);

const pools: Readonly<Record<string, string>> = {gemini: 'gemini', '3p': 'claude-gpt', other: 'claude-gpt'};
const lengthSuffix =
  /(?:^|[-_ ])(?:weekly|week|daily|monthly|session|five[-_ ]?hours?|\d+[-_ ]?(?:hours?|h|days?|d))$/i;

/** The id decides about the pool: a stranger ('gemini-image-5h') stays on its own, whatever its group is called. */
function rowOf(bucket: Json, group: string): Row {
  const id = firstOf(bucket, ['bucketId', 'bucket_id', 'id'], toText);
  const prefix = id?.replace(lengthSuffix, '').toLowerCase() ?? '';
  const known = Object.hasOwn(pools, prefix) ? pools[prefix] : undefined;
  const pool = known ?? (prefix === '' ? (poolNamed(group) ?? slug(group)) : slug(prefix));
  return {pool, length: lengthOf(bucket, id), isNamed: known !== undefined, bucket};
}

/** The first that names a length: the field for it, the id, the title. Failing all, the row is called as it calls itself. */
function lengthOf(bucket: Json, id: string | undefined): Length {
  const window = toText(bucket.window);
  const title = nameOf(bucket);
  for (const text of [window, id, title]) {
    const length = text === undefined ? undefined : lengthNamed(text);
    if (length !== undefined) return length;
  }
  return {id: slug(window ?? title ?? 'limit'), ms: null};
}

const lengths: readonly [RegExp, (count: number) => number][] = [
  [/\bweek(?:ly)?\b|\bseven days?\b/, () => week],
  [/\bsession\b|\bfive hours?\b/, () => sessionMs],
  [/\b(\d{1,4}) ?h(?:ours?|rs?)?\b/, count => count * hour],
  [/\b(\d{1,3}) ?d(?:ays?)?\b/, count => count * day],
  [/^(\d{1,7})s$/, count => count * second],
  [/\bdaily\b|\bday\b/, () => day],
];

function lengthNamed(text: string): Length | undefined {
  const words = text.toLowerCase().replace(/[-_]+/g, ' ');
  for (const [pattern, toMs] of lengths) {
    const match = pattern.exec(words);
    const ms = match === null ? 0 : toMs(Number(match[1]));
    const id = windowIdOf(ms);
    if (id !== undefined) return {id, ms};
  }
  // A month has no fixed length.
  return /\bmonth(?:ly)?\b/.test(words) ? {id: 'monthly', ms: null} : undefined;
}

function windowsOf(rows: readonly Row[], now: number): Window[] {
  const ids = idsOf(rows);
  return rows.map(row => {
    const {pool, length, bucket} = row;
    const limit = {id: ids.get(row) ?? pool, pool, windowMs: length.ms, resetsAt: resetIn(bucket)};
    if (bucket.disabled === true)
      return {...limit, unit: 'percent', use: {state: 'unknown', why: 'not in force at present'}};
    return windowOf({...limit, left: leftIn(bucket)}, now);
  });
}

/** Known buckets have the plain ids; a row that would share one gets a number. */
function idsOf(rows: readonly Row[]): Map<Row, string> {
  const ids = new Map<Row, string>();
  const taken = new Set<string>();
  for (const row of [...rows.filter(row => row.isNamed), ...rows.filter(row => !row.isNamed)]) {
    const id = pooledId(row.pool, row.length.id);
    let free = id;
    for (let count = 2; taken.has(free); count++) free = `${id}-${count}`;
    taken.add(free);
    ids.set(row, free);
  }
  return ids;
}

const resetIn = (bucket: Json): number | null => resetOf(bucket.resetTime ?? bucket.reset_time);

/** `remainingFraction: x`, `remaining: {remainingFraction: x}`, or `remaining: {case: 'remainingFraction', value: x}`. */
function leftIn(bucket: Json): Left {
  const remaining = recordOf(bucket.remaining);
  const value = remaining.case === 'remainingFraction' ? remaining.value : undefined;
  return leftOf(fractionIn(bucket) ?? fractionIn(remaining) ?? value);
}

const fractionIn = (record: Json): unknown => record.remainingFraction ?? record.remaining_fraction;
