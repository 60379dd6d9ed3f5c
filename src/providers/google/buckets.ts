import {firstOf, isRecord, type Json, listOf, recordOf, toText} from '../shared/values.ts';
import {day, hour, week, windowIdOf} from '../shared/windows.ts';
import {durationMs, type Left, leftOf, sessionMs} from './limits.ts';

/** A window's length; `ms` is null for a month, which has no fixed one, and 0 for a limit that is switched off. */
export type Length = {id: string; ms: number | null};

/** One bucket of the summary, with what it calls itself. */
export type Bucket = {
  record: Json;
  group: Json;
  id: string | undefined;
  title: string | undefined;
  /** What the bucket says in the field for its length, whether or not it can be read. */
  window: string | undefined;
  length: Length | undefined;
};

/** The record that holds the groups: the body itself or inside one or two of the envelopes that are in use. */
export function unwrapped(body: unknown, depth = 2): Json | null {
  if (!isRecord(body)) return null;
  if (Array.isArray(body.groups) || Array.isArray(body.buckets)) return body;
  if (depth === 0) return null;
  const inner = [body.response, body.summary, body.quotaSummary].map(part => unwrapped(part, depth - 1));
  return inner.find(part => part !== null) ?? null;
}

/** Every bucket of every group; null for what cannot be read, a group that is no group included. */
export function bucketsOf(summary: Json): (Bucket | null)[] {
  const grouped = listOf(summary.groups).flatMap(group =>
    isRecord(group) ? listOf(group.buckets).map(bucket => bucketOf(bucket, group)) : [null],
  );
  const none = {};
  return [...grouped, ...listOf(summary.buckets).map(bucket => bucketOf(bucket, none))];
}

function bucketOf(record: unknown, group: Json): Bucket | null {
  if (!isRecord(record)) return null;
  const id = firstOf(record, ['bucketId', 'bucket_id', 'id'], toText);
  const title = nameOf(record);
  const window = isUntold(record.window) ? undefined : toText(record.window);
  const length = windowLength(record.window) ?? lengthNamed(id) ?? lengthNamed(title);
  return {record, group, id, title, window, length};
}

// The name that protobuf gives to an enumeration's first value, as in 'WINDOW_UNSPECIFIED'.
const isUntold = (window: unknown): boolean => /unspecified$/i.test(toText(window) ?? '');

export const nameOf = (record: Json): string | undefined =>
  firstOf(record, ['displayName', 'display_name', 'name'], toText);

const lengths: readonly [RegExp, (count: number) => number][] = [
  [/\bweek(?:ly)?\b|\bseven days?\b/, () => week],
  [/\bsession\b|\bfive hours?\b/, () => sessionMs],
  [/\b(\d{1,4}) ?h(?:ours?|rs?)?\b/, count => count * hour],
  [/\b(\d{1,3}) ?d(?:ays?)?\b/, count => count * day],
  [/\bdaily\b|\bday\b/, () => day],
];

/** The field for the length: words, or a duration such as '18000s'. */
function windowLength(window: unknown): Length | undefined {
  const text = window === 0 ? '0' : toText(window);
  if (text === undefined) return undefined;
  const isZero = /^0+(?:\.0+)?(?: *(?:[hdmsw]|hours?|days?|minutes?|seconds?|weeks?))?$/i.test(text);
  const ms = isZero ? 0 : durationMs(text);
  if (ms === 0) return {id: '', ms};
  const id = ms === undefined ? undefined : windowIdOf(ms);
  return id === undefined || ms === undefined ? lengthNamed(text) : {id, ms};
}

function lengthNamed(text = ''): Length | undefined {
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

/** `remainingFraction: x`, `remaining: {remainingFraction: x}`, or `remaining: {case: 'remainingFraction', value: x}`. */
export function leftInBucket({record}: Bucket): Left {
  if (record.disabled === true) return 'off';
  const remaining = recordOf(record.remaining);
  const value = remaining.case === 'remainingFraction' ? remaining.value : undefined;
  return leftOf(fractionIn(record) ?? fractionIn(remaining) ?? value);
}

const fractionIn = (record: Json): unknown => record.remainingFraction ?? record.remaining_fraction;
