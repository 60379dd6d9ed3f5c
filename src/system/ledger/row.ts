import type {LedgerRow} from '../../core/ledger.ts';
import type {Failure, Reading} from '../../core/model.ts';
import {sanitizeDeep} from '../../core/text/sanitize.ts';
import {isNullOr, isNumber, isText, type Json, toFailure, toReading} from './values.ts';

/** Rows of the ledger, from and to the columns of its table. */

// Our own writers clean what they keep; this is for a file that somebody else wrote into.
const mayCarryControls = /\\u00|[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

/** `null` is nothing stored; `undefined` is something stored that cannot be read. */
function stored<T>(json: unknown, read: (value: unknown) => T | null): T | null | undefined {
  if (json === null) return null;
  if (!isText(json)) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return read(mayCarryControls.test(json) ? sanitizeDeep(value) : value) ?? undefined;
  } catch {
    return undefined;
  }
}

// What no date can stand for could be neither shown nor waited for.
const isTime = (value: unknown): value is number => isNumber(value) && Math.abs(value) <= 8.64e15;

/** One record of the table `account` as a row; null when it is damaged. */
function decodeRow(record: Json): LedgerRow | null {
  const {key, provider, label, source, fingerprint, failures} = record;
  const texts = [key, provider, label, source, fingerprint];
  const times = [record.read_at, record.asked_at, record.due_at];
  const reading = stored(record.reading, toReading);
  const failure = stored(record.failure, toFailure);
  if (!texts.every(isText) || !times.every(isNullOr(isTime)) || !isNumber(failures)) return null;
  if (reading === undefined || failure === undefined || (reading && record.read_at === null)) return null;
  const [readAt, lastAttemptAt, dueAt] = times as (number | null)[];
  const row = {key, provider, label, source, fingerprint, readAt, lastAttemptAt, dueAt, failures} as LedgerRow;
  return {...row, reading, failure, readAt: reading ? row.readAt : null};
}

/** In characters; an honest reading has a few thousand. */
const longestReading = 256 * 1024;
const longestFailure = 16 * 1024;

/** A reading as it is kept; without its model shares and notes when it is too large; null when it still is. */
function encodeReading(reading: Reading | null): string | null {
  if (!reading) return null;
  const bare = () => reading.windows.map(({shares: _, ...window}) => window);
  return fitting(
    longestReading,
    () => reading,
    () => ({...reading, windows: bare(), notes: []}),
  );
}

/** A failure as it is kept; without the shape of the answer when it is too large. */
function encodeFailure(failure: Failure | null): string | null {
  if (!failure) return null;
  const {shape: _, ...bare} = failure;
  const short = {...bare, detail: bare.detail.slice(0, 500), remedy: null};
  return fitting(
    longestFailure,
    () => failure,
    () => bare,
    () => short,
  );
}

function fitting(longest: number, ...forms: (() => unknown)[]): string | null {
  for (const form of forms) {
    const json = JSON.stringify(form());
    if (Buffer.byteLength(json) <= longest) return json;
  }
  return null;
}

const whole = (time: number | null) => (time !== null && Number.isFinite(time) ? Math.round(time) : null);

/** In the order of `rowColumns`. */
export function columnsOf(row: LedgerRow) {
  const reading = encodeReading(row.reading);
  const readAt = reading === null ? null : whole(row.readAt);
  return [
    row.key,
    row.provider,
    row.label,
    row.source,
    row.fingerprint,
    readAt === null ? null : reading,
    readAt,
    encodeFailure(row.failure),
    whole(row.lastAttemptAt),
    whole(row.dueAt),
    whole(row.failures) ?? 0,
  ] as const;
}

export const rowColumns =
  'key, provider, label, source, fingerprint, reading, read_at, failure, asked_at, due_at, failures';

export const decodeAll = (records: Record<string, unknown>[]): LedgerRow[] =>
  records.map(decodeRow).filter(row => row !== null);
