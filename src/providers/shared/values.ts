/** Reading values that a service sends: tolerant of spelling, never inventing. */

export type Json = Record<string, unknown>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The record itself, or an empty one: for looking further down without a question at every step. */
export const recordOf = (value: unknown): Json => (isRecord(value) ? value : {});
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A finite number, or a decimal text such as '12.5' or '0E-10'; anything else (booleans, 'NaN', '') is undefined. */
export function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && decimal.test(value.trim()) ? Number(value.trim()) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Without the last digits that binary fractions add: 62.39, not 62.389999999999986. */
export const tidy = (value: number): number => Number(value.toFixed(9));

/** Undefined where the sum is out of range. */
export const sumOf = (values: readonly number[]): number | undefined =>
  toNumber(tidy(values.reduce((sum, value) => sum + value, 0)));

/** What is left of one figure without the other; undefined where either is missing, or the result is out of range. */
export const difference = (whole: number | undefined, part: number | undefined): number | undefined =>
  whole === undefined || part === undefined ? undefined : toNumber(tidy(whole - part));

/** A text that is not blank, trimmed. */
export function toText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** The first of the named fields that `read` can make sense of. */
export function firstOf<T>(
  record: Json,
  names: readonly string[],
  read: (value: unknown) => T | undefined,
): T | undefined {
  for (const name of names) {
    const value = read(record[name]);
    if (value !== undefined) return value;
  }
  return undefined;
}

// 1e12 ms is September 2001, 1e12 s is the year 33658: nothing real stands on the wrong side.
const leastMilliseconds = 1e12;
// What `Date` can hold. Beyond it a time can be neither shown nor waited for.
const greatestMilliseconds = 8.64e15;

/**
 * Epoch milliseconds from seconds or milliseconds (numbers or decimal texts) or an ISO date. Fractions of a second are
 * cut to three digits; a date alone, or a time that names no zone, is UTC, wherever this computer stands. Zero,
 * negative, blank and unreadable are null: not told.
 */
export function toEpochMs(value: unknown): number | null {
  const number = toNumber(value);
  const ms = number === undefined ? isoToMs(value) : Math.round(number >= leastMilliseconds ? number : number * 1000);
  return ms !== null && ms > 0 && ms <= greatestMilliseconds ? ms : null;
}

const isoDate = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d{1,3})?\d*)? ?(Z|[+-]\d{2}:?\d{2})?$/i;

function isoToMs(value: unknown): number | null {
  const [, date, time = '00:00', fraction = '', zone = 'Z'] =
    (typeof value === 'string' && isoDate.exec(value.trim())) || [];
  if (date === undefined) return null;
  const seconds = time.length === 5 ? `${time}:00` : time;
  const ms = Date.parse(`${date}T${seconds}${fraction}${zone.toUpperCase().replace(/(\d{2})(\d{2})$/, '$1:$2')}`);
  return Number.isNaN(ms) ? null : ms;
}

/** 'Glm Coding Pro' from 'glm_coding pro': every word begins with a capital, and the rest stays as it is. */
export const titleCase = (text: string): string =>
  text
    .split(/[\s_-]+/)
    .filter(Boolean)
    .map(word => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');

// A link to sign in with is long, but not this long.
const longestUrl = 2000;

/** An https link without a user name, as a URL parser spells it (so that no control character is in it); else null. */
export function safeUrl(value: unknown): string | null {
  const text = toText(value);
  if (text === undefined || !URL.canParse(text)) return null;
  const {protocol, username, password, href} = new URL(text);
  return protocol === 'https:' && username === '' && password === '' && href.length <= longestUrl ? href : null;
}
